//! A 429 is repeated, unless waiting does not help.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use openai_admin::prelude::*;
use openai_admin::{Admin, Error};

/// Deletes a key at a server that always says 429 with this code; gives the error and how often it was asked.
async fn refused(code: &str) -> (Error, usize) {
    let count = Arc::new(AtomicUsize::new(0));
    let (asked, body) =
        (count.clone(), format!(r#"{{"error":{{"message":"m","type":"t","code":"{code}"}}}}"#));
    let router = Router::new().fallback(move || async move {
        asked.fetch_add(1, Ordering::SeqCst);
        let headers =
            HeaderMap::from_iter([("retry-after-ms".parse().unwrap(), HeaderValue::from_static("1"))]);
        (StatusCode::TOO_MANY_REQUESTS, headers, body)
    });
    let admin = Admin::builder("k")
        .configure(|client| client.transport(router).attempts(3).backoff(declarest::Backoff::none()))
        .build()
        .unwrap();
    let error = admin.admin_api_keys().delete("key_1").await.unwrap_err();
    (error, count.load(Ordering::SeqCst))
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
