//! The program `list_admin_keys`, which has no async, against the embedded server.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{server, session};
use declarest_examples::programs::list_admin_keys::run;
use declarest_examples::server::Fault;
use http::{Method, StatusCode};
use tokio::runtime::Runtime;

#[test]
fn the_keys_of_all_pages_are_listed() {
    let world = Runtime::new().unwrap();
    let session = world.block_on(session());
    let mut out = Vec::new();
    run(&session, &mut out).unwrap();
    let expected = "\
key_1f148a8bb259  sk-admin...cdc  Terraform
key_398c8d8553c0  sk-admin...642  (no name)
key_15941d86a66f  sk-admin...88b  Billing export
key_e78203c367a8  sk-admin...nly  Platform automation
key_4fceee954551  sk-admin...f0b  CI
key_66ff72403c08  sk-admin...83c  Usage dashboard
key_219db5c554e1  sk-admin...597  Audit trail
7 keys
";
    assert_eq!(String::from_utf8(out).unwrap(), expected);
    assert_eq!(server(&session).log_lines().len(), 3, "three keys a page");
}

#[test]
fn a_failure_says_what_was_about_to_be_done() {
    let world = Runtime::new().unwrap();
    let session = world.block_on(session());
    let fault = Fault::new(StatusCode::FORBIDDEN).only(Method::GET, "/organization/admin_api_keys");
    server(&session).inject(fault.after(1));
    let failure = run(&session, &mut Vec::new()).unwrap_err().to_string();
    assert!(failure.starts_with("could not list the keys: 403 Forbidden"), "{failure}");
}
