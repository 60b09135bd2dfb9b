//! The program `offboard_user` against the embedded server.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{run, run_with, server, session};
use declarest_examples::programs::offboard_user::{Args, run as program};
use declarest_examples::server::Fault;
use declarest_examples::{Interrupt, Session};
use http::{Method, StatusCode};
use openai_admin::prelude::*;

const USER: &str = "user-alan";

/// Memberships and keys in projects, and whether the organization has the user.
fn left(session: &Session) -> (usize, usize, bool) {
    server(session).with_store(|store| {
        let archived = "proj_prototype";
        (
            store.project_users().iter().filter(|m| m.id == USER && m.project_id != archived).count(),
            store
                .project_keys()
                .iter()
                .filter(|key| key.owner.id() == USER && key.project_id != archived)
                .count(),
            store.users().iter().any(|user| user.id == USER),
        )
    })
}

#[tokio::test]
async fn a_person_is_removed_from_everything() {
    let session = session().await;
    assert_eq!(left(&session), (4, 4, true));
    let out = run::<Args>(&session, &["alan@example.com", "--yes"], program).await.ok();
    assert!(out.contains("  proj_search       Search             member  Laptop\n"), "{out}");
    assert_eq!(left(&session), (0, 0, false));
    let deletes: Vec<String> =
        server(&session).log_lines().into_iter().filter(|line| line.starts_with("DELETE")).collect();
    assert_eq!(deletes.len(), 9);
    assert_eq!(deletes.last().unwrap(), "DELETE /v1/organization/users/user-alan 200");
}

#[tokio::test]
async fn nobody_else_is_touched() {
    let session = session().await;
    let others = |session: &Session| {
        server(session).with_store(|store| {
            let members = store.project_users().iter().filter(|member| member.id != USER).count();
            (
                members,
                store.project_keys().iter().filter(|key| key.owner.id() != USER).count(),
                store.users().len(),
            )
        })
    };
    let before = others(&session);
    run::<Args>(&session, &[USER, "--yes", "--keep-in-organization"], program).await.ok();
    assert_eq!(others(&session), before);
    assert_eq!(left(&session), (0, 0, true));
}

#[tokio::test]
async fn a_run_that_fails_is_started_again() {
    let session = session().await;
    server(&session).inject(Fault::new(StatusCode::FORBIDDEN).only(Method::DELETE, "proj_support"));
    let (out, failure) = run::<Args>(&session, &[USER, "--yes"], program).await.failed();
    assert!(failure.starts_with("could not delete the API key") && out.contains("Run again"), "{failure}");
    assert_eq!(left(&session), (2, 2, true));
    run::<Args>(&session, &[USER, "--yes"], program).await.ok();
    assert_eq!(left(&session), (0, 0, false));
}

#[tokio::test]
async fn keys_left_in_a_project_without_membership_are_found() {
    let session = session().await;
    let scope = session.admin().project("proj_search");
    scope.users().delete(USER).await.unwrap();
    assert_eq!(left(&session), (3, 4, true));
    let out = run::<Args>(&session, &[USER, "--yes"], program).await.ok();
    assert!(out.contains("Search             not a member  Laptop"), "{out}");
    assert_eq!(left(&session), (0, 0, false));
}

#[tokio::test]
async fn admin_keys_of_the_person_are_pointed_out() {
    let session = session().await;
    let (out, failure) = run::<Args>(&session, &["grace@example.com"], program).await.failed();
    assert!(out.contains("owns 2 admin API keys, which stay: Billing export, Usage dashboard."), "{out}");
    assert!(failure.contains("--yes"), "{failure}");
    assert!(server(&session).log().iter().all(|entry| entry.method == Method::GET));
}

#[tokio::test]
async fn an_unknown_person_is_said() {
    let session = session().await;
    let (_, failure) = run::<Args>(&session, &["x@example.com", "--yes"], program).await.failed();
    assert_eq!(failure, "no user of the organization has the address x@example.com");
    let (_, failure) = run::<Args>(&session, &["user-x", "--yes"], program).await.failed();
    assert!(failure.starts_with("could not find the user user-x: 404 Not Found\n"), "{failure}");
    let (_, failure) = run::<Args>(&session, &["..", "--yes"], program).await.failed();
    assert!(failure.contains("not sent"), "{failure}");
}

#[tokio::test]
async fn an_interruption_ends_it_before_the_next_step() {
    let session = session().await;
    let (interrupt, trigger) = Interrupt::manual();
    trigger.pull();
    let ran =
        run_with::<Args>(&session, &[USER, "--yes"], |context| context.interrupt(interrupt), program).await;
    assert_eq!(ran.failed().1, "interrupted");
    assert_eq!(left(&session), (4, 4, true));
}
