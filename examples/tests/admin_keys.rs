//! The program `admin_keys` against the embedded server.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{run, run_with, server, session};
use declarest_examples::programs::admin_keys::{Args, run as program};
use declarest_examples::server::{Fault, START};
use declarest_examples::{Interrupt, Session};
use http::{Method, StatusCode};

const PATH: &str = "/organization/admin_api_keys";

fn names(session: &Session) -> Vec<Option<String>> {
    server(session).with_store(|store| store.admin_keys().iter().map(|key| key.name.clone()).collect())
}

#[tokio::test]
async fn the_whole_life_of_a_key_is_shown() {
    let session = session().await;
    let before = names(&session);
    let out = run::<Args>(&session, &[], program).await.ok();
    let expected = "\
The life of an admin API key · embedded server (set OPENAI_ADMIN_KEY to use the real API)

create  key_ff807441bcd2  \"declarest example 1795165200\"  [req_00000001]
        value received: sk-admin-… (41 characters), not shown
list    8 keys on 3 pages
        page 1: 3 keys
          key_1f148a8bb259  sk-admin...cdc  Terraform                     412 days  Infrastructure
          key_398c8d8553c0  sk-admin...642  (no name)                     300 days  Ada Lovelace
          key_15941d86a66f  sk-admin...88b  Billing export                188 days  Grace Hopper
        page 2: 3 keys
          key_e78203c367a8  sk-admin...nly  Platform automation           120 days  Platform
          key_4fceee954551  sk-admin...f0b  CI                            95 days   Infrastructure
          key_66ff72403c08  sk-admin...83c  Usage dashboard               34 days   Grace Hopper
        page 3: 2 keys
          key_219db5c554e1  sk-admin...597  Audit trail                   12 days   Ada Lovelace
          key_ff807441bcd2  sk-admin...3dc  declarest example 1795165200  today     Platform        ← new
get     key_ff807441bcd2  sk-admin...3dc, expires 2026-11-20T10:00:01Z  [req_00000005]
delete  key_ff807441bcd2  deleted  [req_00000006]
get     key_ff807441bcd2  not found, as it should be  [req_00000007]
";
    assert_eq!(out, expected);
    assert_eq!(names(&session), before);
    assert_eq!(
        server(&session).log_lines(),
        [
            "POST /v1/organization/admin_api_keys 200",
            "GET /v1/organization/admin_api_keys?limit=3 200",
            "GET /v1/organization/admin_api_keys?limit=3&after=key_15941d86a66f 200",
            "GET /v1/organization/admin_api_keys?limit=3&after=key_66ff72403c08 200",
            "GET /v1/organization/admin_api_keys/key_ff807441bcd2 200",
            "DELETE /v1/organization/admin_api_keys/key_ff807441bcd2 200",
            "GET /v1/organization/admin_api_keys/key_ff807441bcd2 404",
        ]
    );
}

#[tokio::test]
async fn the_page_size_is_an_argument() {
    let session = session().await;
    let out = run::<Args>(&session, &["--page-size", "100"], program).await.ok();
    assert!(out.contains("8 keys on 1 page\n"), "{out}");
}

#[tokio::test]
async fn a_failure_midway_leaves_no_key() {
    let session = session().await;
    let before = names(&session);
    // The second page of the list.
    server(&session).inject(Fault::new(StatusCode::FORBIDDEN).only(Method::GET, PATH).after(1));
    let (out, failure) = run::<Args>(&session, &[], program).await.failed();
    assert!(failure.starts_with("could not list the keys: 403 Forbidden\n"), "{failure}");
    assert!(failure.contains("req_00000003") && failure.contains("the server says:"), "{failure}");
    assert!(out.contains("deleted after a failure"), "{out}");
    assert_eq!(names(&session), before);
}

#[tokio::test]
async fn a_key_that_cannot_be_deleted_is_named() {
    let session = session().await;
    server(&session).inject(Fault::new(StatusCode::FORBIDDEN).only(Method::DELETE, PATH).times(2));
    let (out, failure) = run::<Args>(&session, &[], program).await.failed();
    assert!(failure.starts_with("could not delete the key"), "{failure}");
    assert!(out.contains("clean   key_ff807441bcd2  IS LEFT and must be deleted by hand"), "{out}");
}

#[tokio::test]
async fn a_key_whose_creation_was_not_answered_is_found_and_deleted() {
    let session = session().await;
    let before = names(&session);
    server(&session).inject(Fault::new(StatusCode::BAD_GATEWAY).only(Method::POST, PATH).carried_out());
    let (out, failure) = run::<Args>(&session, &[], program).await.failed();
    assert!(failure.starts_with("could not create a key"), "{failure}");
    assert!(out.contains("deleted after a failure"), "{out}");
    assert_eq!(names(&session), before);
    let posts = server(&session).log().into_iter().filter(|entry| entry.method == Method::POST).count();
    assert_eq!(posts, 1, "a create is not repeated");
}

#[tokio::test]
async fn a_deletion_whose_answer_was_lost_counts_as_one() {
    let session = session().await;
    let fault = Fault::new(StatusCode::SERVICE_UNAVAILABLE).retry_after(0).only(Method::DELETE, PATH);
    server(&session).inject(fault.carried_out());
    let out = run::<Args>(&session, &[], program).await.ok();
    assert!(out.contains("deleted  [req_00000007] after 2 attempts"), "{out}");
}

#[tokio::test]
async fn an_interruption_leaves_no_key() {
    let session = session().await;
    let before = names(&session);
    let (interrupt, trigger) = Interrupt::manual();
    trigger.pull();
    let ran = run_with::<Args>(&session, &[], |context| context.interrupt(interrupt), program).await;
    assert_eq!(ran.failed().1, "interrupted");
    assert_eq!(names(&session), before);
}

#[tokio::test]
async fn no_secret_is_shown() {
    let session = session().await;
    let out = run::<Args>(&session, &[], program).await.ok();
    let key = server(&session).admin_key();
    assert!(!out.contains(key));
    // The value of the created key is the only other one that the program has seen: 32 hex digits.
    let hex = out.split(|c: char| !c.is_ascii_hexdigit()).map(str::len).max();
    assert!(hex < Some(32), "{out}");
    assert!(out.contains(&START.to_string()));
}
