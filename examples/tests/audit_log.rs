//! The program `audit_log` against the embedded server.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::PathBuf;

use common::{Ran, run, server, session};
use declarest_examples::Session;
use declarest_examples::programs::audit_log::{Args, run as program};
use declarest_examples::server::Fault;
use http::{Method, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;

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
        let (output, state) = (self.file("log"), self.file("state"));
        let files = ["--output", output.to_str().unwrap(), "--state", state.to_str().unwrap()];
        run::<Args>(&self.session, &[&files, more].concat(), program).await
    }

    fn ids(&self) -> Vec<String> {
        let text = fs::read_to_string(self.file("log")).unwrap();
        let events = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        events.map(|event| event["id"].as_str().unwrap().to_owned()).collect()
    }

    fn all(&self) -> Vec<String> {
        server(&self.session)
            .with_store(|store| store.events().iter().map(|event| event.id.clone()).collect())
    }
}

#[tokio::test]
async fn every_event_is_written_with_its_details() {
    let bench = Bench::new().await;
    let out = bench.run(&[]).await.ok();
    assert!(out.contains("480 events added, 480 in "), "{out}");
    assert_eq!(bench.ids(), bench.all());
    let text = fs::read_to_string(bench.file("log")).unwrap();
    assert!(text.lines().any(|line| line.contains(r#""api_key.created":{"#)), "details are kept");
}

#[tokio::test]
async fn a_second_run_adds_what_is_new() {
    let bench = Bench::new().await;
    bench.run(&[]).await.ok();
    assert!(bench.run(&[]).await.ok().contains("0 events added, 480 in "));
    server(&bench.session).with_store(|store| {
        store.record_event("project.created", json!({ "id": "proj_new" }));
        store.record_event("login.succeeded", json!({}));
    });
    assert!(bench.run(&[]).await.ok().contains("2 events added, 482 in "));
    let (mut found, mut all) = (bench.ids(), bench.all());
    found.sort();
    all.sort();
    assert_eq!(found, all);
}

#[tokio::test]
async fn a_run_that_was_ended_goes_on_at_its_cursor() {
    let bench = Bench::new().await;
    server(&bench.session)
        .inject(Fault::new(StatusCode::FORBIDDEN).only(Method::GET, "/audit_logs").after(2));
    let (out, _) = bench.run(&[]).await.failed();
    assert!(out.contains("Stopped with 200 events"), "{out}");
    // A crash may leave more in the file than the state tells of.
    let mut file = OpenOptions::new().append(true).open(bench.file("log")).unwrap();
    file.write_all(b"{\"id\":\"half a li").unwrap();
    // What happens meanwhile comes with the run after the next.
    server(&bench.session).with_store(|store| store.record_event("login.failed", json!({})));
    let sent = server(&bench.session).log().len();
    let out = bench.run(&[]).await.ok();
    assert!(out.contains("280 events added, 480 in "), "{out}");
    assert!(server(&bench.session).log_lines()[sent].contains("after="));
    assert!(bench.run(&[]).await.ok().contains("1 event added, 481 in "));
    let (mut found, mut all) = (bench.ids(), bench.all());
    found.sort();
    all.sort();
    assert_eq!(found, all);
}

#[tokio::test]
async fn types_and_days_narrow_the_log() {
    let bench = Bench::new().await;
    bench.run(&["--days", "10", "--type", "login.failed", "--type", "api_key.created"]).await.ok();
    let from = server(&bench.session).now() - 10 * 86_400;
    let expected: Vec<String> = server(&bench.session).with_store(|store| {
        let events = store.events().iter().filter(|event| event.effective_at >= from);
        let kinds = events.filter(|event| ["login.failed", "api_key.created"].contains(&event.kind));
        kinds.map(|event| event.id.clone()).collect()
    });
    assert!(!expected.is_empty());
    assert_eq!(bench.ids(), expected);
    let (_, failure) = bench.run(&["--type", "login.failed"]).await.failed();
    assert!(failure.contains("belongs to other event types"), "{failure}");
}

#[tokio::test]
async fn a_file_that_is_not_ours_is_left_alone() {
    let bench = Bench::new().await;
    fs::write(bench.file("log"), "someone else's\n").unwrap();
    let (_, failure) = bench.run(&[]).await.failed();
    assert!(failure.contains("not empty"), "{failure}");
    assert_eq!(fs::read_to_string(bench.file("log")).unwrap(), "someone else's\n");
}
