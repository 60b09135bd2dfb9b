//! The program `rotate_admin_keys` against the embedded server.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::collections::VecDeque;
use std::fs;
use std::path::PathBuf;

use common::{Ran, run_with, server, session};
use declarest_examples::programs::rotate_admin_keys::{Args, run as program};
use declarest_examples::server::Fault;
use declarest_examples::{Answers, Interrupt, Session};
use http::{Method, StatusCode};
use tempfile::TempDir;

const PATH: &str = "/organization/admin_api_keys";

struct Bench {
    session: Session,
    folder: TempDir,
}

impl Bench {
    async fn new() -> Self {
        Self { session: session().await, folder: tempfile::tempdir().unwrap() }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn run(&self, more: &[&str]) -> Ran {
        self.run_answered(more, "").await
    }

    async fn run_answered(&self, more: &[&str], answer: &str) -> Ran {
        let (values, state) = (self.file("values"), self.file("state"));
        let files = ["--values", values.to_str().unwrap(), "--state", state.to_str().unwrap()];
        let answers = Answers::Given(VecDeque::from([answer.to_owned()]));
        let args = [&files, more].concat();
        run_with::<Args>(&self.session, &args, |context| context.answers(answers), program).await
    }

    /// The values in the file, by the id of the old key.
    fn written(&self) -> Vec<(String, String, String)> {
        let text = fs::read_to_string(self.file("values")).unwrap_or_default();
        let lines = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        lines.map(|line| (text(&line["replaces"]), text(&line["id"]), text(&line["value"]))).collect()
    }

    fn names(&self) -> Vec<String> {
        let name = |name: &Option<String>| name.clone().unwrap_or_default();
        server(&self.session)
            .with_store(|store| store.admin_keys().iter().map(|key| name(&key.name)).collect())
    }

    /// Every key that is on the server and new has its value in the file.
    fn assert_nothing_lost(&self) {
        let written = self.written();
        server(&self.session).with_store(|store| {
            for key in
                store.admin_keys().iter().filter(|key| key.name.as_deref().is_some_and(|n| n.ends_with(']')))
            {
                assert!(written.iter().any(|(_, id, _)| *id == key.id), "{key:?}");
            }
        });
    }
}

#[tokio::test]
async fn old_keys_are_replaced_and_their_values_written_first() {
    let bench = Bench::new().await;
    let out = bench.run(&["--yes"]).await.ok();
    assert!(out.contains("Billing export       188 days  2026-11-19  Grace Hopper"), "{out}");
    assert_eq!(bench.written().len(), 5);
    assert_eq!(
        bench.names(),
        [
            "Usage dashboard",
            "Audit trail",
            "Terraform [2026-11-20 b259]",
            "admin key [2026-11-20 53c0]",
            "Billing export [2026-11-20 a66f]",
            "CI [2026-11-20 4551]",
            "Platform automation [2026-11-20 67a8]",
        ]
    );
    bench.assert_nothing_lost();
    assert!(!bench.file("state").exists());
    assert!(bench.written().iter().all(|(_, _, value)| !out.contains(value)));
    // The key in use is replaced last: after it, nothing is sent.
    assert!(out.trim_end().ends_with("values."), "{out}");
    assert!(server(&bench.session).log_lines().last().unwrap().starts_with("DELETE"));
}

#[cfg(unix)]
#[tokio::test]
async fn the_values_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new().await;
    bench.run(&["--yes"]).await.ok();
    assert_eq!(fs::metadata(bench.file("values")).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn nothing_is_done_without_a_yes() {
    let bench = Bench::new().await;
    for answer in ["", "n", "maybe"] {
        let (out, failure) = bench.run_answered(&[], answer).await.failed();
        assert!(out.contains("create a new one, delete this") && failure == "nothing was done", "{out}");
    }
    assert!(server(&bench.session).log().iter().all(|entry| entry.method == Method::GET));
    assert!(!bench.file("state").exists() && !bench.file("values").exists());
    bench.run_answered(&["--older-than", "400"], "yes").await.ok();
    assert_eq!(bench.written().len(), 1);
}

#[tokio::test]
async fn nothing_to_do_is_said() {
    let bench = Bench::new().await;
    let out = bench.run(&["--older-than", "1000"]).await.ok();
    assert!(out.contains("Nothing to do: none of 7 keys is older than 1000 days."), "{out}");
}

#[tokio::test]
async fn a_run_that_fails_goes_on_where_it_was() {
    let bench = Bench::new().await;
    server(&bench.session).inject(Fault::new(StatusCode::FORBIDDEN).only(Method::DELETE, PATH).after(1));
    let (out, failure) = bench.run(&["--yes"]).await.failed();
    assert!(failure.contains("could not delete key_398c8d8553c0") && out.contains("4 keys left"), "{out}");
    bench.assert_nothing_lost();
    let out = bench.run(&["--yes"]).await.ok();
    assert!(out.contains("Going on with the rotation"), "{out}");
    let replaced: Vec<String> = bench.written().into_iter().map(|(old, ..)| old).collect();
    assert_eq!(replaced.len(), 5, "no key was made twice: {replaced:?}");
    assert_eq!(bench.names().len(), 7);
}

#[tokio::test]
async fn a_key_whose_answer_was_lost_is_deleted_before_another_is_made() {
    let bench = Bench::new().await;
    server(&bench.session).inject(Fault::new(StatusCode::BAD_GATEWAY).only(Method::POST, PATH).carried_out());
    bench.run(&["--yes"]).await.failed();
    assert_eq!(bench.names().len(), 8);
    let out = bench.run(&["--yes"]).await.ok();
    assert!(out.contains("deleted: an earlier run created it and did not get its value"), "{out}");
    assert_eq!(bench.names().len(), 7);
    bench.assert_nothing_lost();
}

#[tokio::test]
async fn a_key_that_was_written_and_not_tried_is_kept() {
    let bench = Bench::new().await;
    // The new key is read with its own value once it is written; that is the first GET of a key.
    server(&bench.session)
        .inject(Fault::new(StatusCode::FORBIDDEN).only(Method::GET, &format!("{PATH}/key")));
    bench.run(&["--yes"]).await.failed();
    let first = bench.written();
    assert_eq!(first.len(), 1);
    let out = bench.run(&["--yes"]).await.ok();
    assert!(out.contains("was created and written by an earlier run, tried"), "{out}");
    assert_eq!(bench.written().len(), 5);
    assert_eq!(bench.written()[0], first[0]);
}

#[tokio::test]
async fn old_keys_can_be_kept_for_a_while() {
    let bench = Bench::new().await;
    bench.run(&["--yes", "--keep-old"]).await.ok();
    assert_eq!((bench.names().len(), bench.written().len()), (12, 5));
    bench.run(&["--yes"]).await.ok();
    assert_eq!((bench.names().len(), bench.written().len()), (7, 5));
}

/// As after a kill between the deletion of the key in use and the note of it.
#[tokio::test]
async fn a_run_whose_own_key_is_deleted_says_where_the_new_one_is_and_finishes() {
    let bench = Bench::new().await;
    let own = server(&bench.session).with_store(|store| {
        let own = store.admin_keys().iter().find(|key| key.name.as_deref() == Some("Platform automation"));
        own.unwrap().id.clone()
    });
    server(&bench.session).inject(
        Fault::new(StatusCode::FORBIDDEN).only(Method::DELETE, &format!("{PATH}/{own}")).carried_out(),
    );
    bench.run(&["--yes"]).await.failed();
    assert!(bench.file("state").exists());

    let out = bench.run(&["--yes"]).await.ok();
    let (_, new_id, value) = bench.written().into_iter().find(|(old, ..)| *old == own).unwrap();
    assert!(
        out.contains(&format!("was given, {own}, was replaced by an earlier run and is deleted")),
        "{out}"
    );
    let place = format!("{new_id} replaces it; its value is in {}", bench.file("values").display());
    assert!(out.contains(&place) && out.contains("set OPENAI_ADMIN_KEY"), "{out}");
    assert!(out.trim_end().ends_with("The rotation is complete.") && !out.contains(&value), "{out}");
    assert!(!bench.file("state").exists());
    bench.assert_nothing_lost();
}

#[tokio::test]
async fn a_key_that_is_refused_for_another_reason_is_not_called_replaced() {
    let bench = Bench::new().await;
    bench.run(&["--yes", "--keep-old"]).await.ok();
    server(&bench.session).inject(Fault::new(StatusCode::UNAUTHORIZED).only(Method::GET, PATH));
    let (out, failure) = bench.run(&["--yes"]).await.failed();
    assert!(failure.contains("401") && !out.contains("was replaced"), "{out}{failure}");
    assert!(bench.file("state").exists());
}

#[tokio::test]
async fn an_interruption_comes_between_two_steps() {
    let bench = Bench::new().await;
    let (interrupt, trigger) = Interrupt::manual();
    trigger.pull();
    let ran =
        run_with::<Args>(&bench.session, &["--yes"], |context| context.interrupt(interrupt), program).await;
    assert_eq!(ran.failed().1, "interrupted");
    assert_eq!(bench.names().len(), 7);
}

#[tokio::test]
async fn a_state_of_another_server_is_refused() {
    let (bench, other) = (Bench::new().await, session().await);
    bench.run(&["--yes", "--keep-old"]).await.ok();
    let bench = Bench { session: other, folder: bench.folder };
    let (_, failure) = bench.run(&["--yes"]).await.failed();
    assert!(failure.contains("belongs to http://127.0.0.1"), "{failure}");
}
