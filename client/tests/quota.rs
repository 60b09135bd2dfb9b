//! A 429 is repeated, unless waiting does not help.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use declarest::testing::Mock;
use openai_admin::prelude::*;
use openai_admin::{Admin, Error};
use serde_json::json;

/// Deletes a key at a server that always says 429 with this code; gives the error and how often it was asked.
async fn refused(code: &str) -> (Error, usize) {
    let mock = Mock::new();
    let attached = mock.clone();
    let admin = Admin::builder("k").configure(move |client| attached.attach(client)).build().unwrap();
    let error = json!({"error": {"message": "m", "type": "t", "code": code}});
    mock.expect(admin.admin_api_keys().delete("key_1")).respond_json(429, error).header("retry-after", "20");
    let error = admin.admin_api_keys().delete("key_1").await.unwrap_err();
    (error, mock.requests().len())
}

#[tokio::test]
async fn a_rate_limit_is_waited_for() {
    let (error, asked) = refused("rate_limit_exceeded").await;
    assert_eq!((asked, error.attempts()), (3, 3));
    assert!(!error.is_insufficient_quota());
}

#[tokio::test]
async fn an_exhausted_quota_is_final() {
    let (error, asked) = refused("insufficient_quota").await;
    assert_eq!((asked, error.attempts()), (1, 1));
    assert!(error.is_insufficient_quota());
    assert_eq!(error.status().unwrap(), 429);
}
