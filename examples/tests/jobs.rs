//! The eight jobs against the embedded server, and how long they are.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::time::Duration;

use common::{server, session};
use declarest::testing::{Fault, Mock};
use declarest_examples::jobs;
use openai_admin::{Admin, NewAdminApiKey, prelude::*};
use serde_json::json;

#[tokio::test]
async fn all_eight_do_what_they_say() {
    let session = session().await;
    let folder = tempfile::tempdir().unwrap();
    let values = folder.path().join("values");
    let results = jobs::all(session.admin(), session.now(), &values).await.unwrap();
    assert_eq!(results.len(), 8);
    assert_eq!(results[0]["1 roles"]["user-ada"]["proj_website"], "owner");
    assert_eq!(
        results[0]["1 roles"].as_object().unwrap().len(),
        8,
        "people without a project are listed too"
    );
    assert_eq!(
        results[7]["8 left"].as_array().unwrap().len(),
        4,
        "the person is not a member of two projects"
    );

    let keys = std::fs::read_to_string(&values).unwrap();
    assert_eq!(keys.lines().count(), 3, "two admin keys and the key of a service account");
    server(&session).with_store(|store| {
        let names: Vec<_> = store.admin_keys().iter().filter_map(|key| key.name.as_deref()).collect();
        assert!(names.contains(&"CI 2") && names.contains(&"CI 3") && !names.contains(&"CI"), "{names:?}");
        let limits = store.records("/organization/projects/proj_search/rate_limits");
        let limit = limits.iter().find(|limit| limit["model"] == "gpt-5.1").unwrap();
        assert_eq!(limit["max_requests_per_1_minute"], 300);
        assert_eq!(store.records("/organization/spend_alerts").len(), 1);
        assert!(store.users().iter().all(|user| user.id != "user-alan"));
    });
    let costs: Vec<_> = results[2]["3 costs"].as_object().unwrap().values().collect();
    assert!(costs.iter().all(|cost| cost.as_str().unwrap().parse::<f64>().unwrap() > 0.0), "{costs:?}");
    assert!(session.admin().users().get("user-alan").await.unwrap_err().is_not_found());
}

/// The DELETE has taken effect, but its response was lost; repeated, it finds nothing.
#[tokio::test]
async fn an_old_key_that_is_gone_is_no_failure() {
    let (mock, folder) = (Mock::new(), tempfile::tempdir().unwrap());
    let attached = mock.clone();
    let admin = Admin::builder("k").configure(move |client| attached.attach(client)).build().unwrap();
    let (keys, quarter) = (admin.admin_api_keys(), Duration::from_secs(90 * 86_400));
    let key =
        json!({"id": "key_2", "value": "sk-2", "redacted_value": "sk-…2", "created_at": 1, "owner": {}});
    mock.expect(keys.create(&NewAdminApiKey::new("CI").expires_in(quarter))).respond_json(200, key);
    mock.expect(keys.delete("key_1")).fail(Fault::ResetAfterRequest).then().respond_status(404);
    let id = jobs::rotate_key(&admin, "key_1", "CI", &folder.path().join("values")).await.unwrap();
    assert_eq!(id, "key_2");
}

/// The lines of the functions that do the jobs, as rustfmt breaks them: bodies only, without heads, docs and imports.
fn lines() -> usize {
    let functions = include_str!("../src/jobs.rs").split("\npub async fn ").skip(1).take(8);
    let body = |text: &str| text.split_once("{\n").unwrap().1.split("\n}\n").next().unwrap().lines().count();
    functions.map(body).sum()
}

#[test]
fn the_eight_are_short() {
    assert!(lines() <= 55, "{} lines", lines());
}
