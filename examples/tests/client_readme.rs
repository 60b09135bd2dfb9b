//! The example of the client's README against the embedded server.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, unreachable_pub)]

mod common;

use common::{server, session};

/// The README, and its example as a file: it is compared below, and run.
const README: &str = include_str!("../../client/README.md");
mod example {
    include!("readme/offboard.rs");
}

#[test]
fn the_file_is_the_example() {
    let block = README.split_once("```rust,no_run\n").unwrap().1.split_once("```").unwrap().0;
    assert_eq!(block, include_str!("readme/offboard.rs"), "tests/readme/offboard.rs is the README's example");
    assert_eq!(README.matches("```rust").count(), 1, "another example needs a test of its own");
}

#[tokio::test]
async fn a_person_who_is_no_member_of_some_projects_is_removed_from_the_others() {
    let session = session().await;
    let memberships = |user: &str| {
        server(&session).with_store(|store| {
            let members = store.project_users().iter().filter(|member| member.id == user);
            let of_organization = store.users().iter().any(|one| one.id == user);
            (members.count(), of_organization)
        })
    };
    assert_eq!(memberships("user-donald"), (2, true), "a member of two projects of six");
    example::offboard(session.admin(), "user-donald").await.unwrap();
    assert_eq!(memberships("user-donald"), (0, false));
    let again = example::offboard(session.admin(), "user-donald").await.unwrap_err();
    assert!(again.is_not_found(), "the organization has no such user");
}
