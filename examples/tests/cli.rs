//! The command `openai-admin` against the embedded server.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{Ran, run, server, session};
use declarest_examples::Session;
use declarest_examples::cli::{Cli, Screen, run as program};
use declarest_examples::server::Fault;
use http::{Method, StatusCode};
use serde_json::Value;

async fn cli(session: &Session, args: &[&str], screen: Screen) -> Ran {
    run::<Cli>(session, args, async |cli, cx| program(cli, screen, cx).await).await
}

async fn json(session: &Session, args: &[&str]) -> Vec<Value> {
    let out = cli(session, &[args, &["--json"]].concat(), Screen::Pipe).await.ok();
    serde_json::from_str(&out).unwrap()
}

#[tokio::test]
async fn keys_are_a_table_on_a_terminal() {
    let session = session().await;
    let out = cli(&session, &["keys", "list"], Screen::Terminal(120)).await.ok();
    let expected = "\
ID                NAME                          VALUE           CREATED     LAST USED   EXPIRES     OWNER
key_1f148a8bb259  Terraform                     sk-admin...cdc  2025-10-04  2026-11-20  never       Infrastructure
";
    assert!(out.starts_with(expected), "{out}");
    assert!(out.contains("Platform automation (in use)"), "{out}");
    assert_eq!(out.lines().count(), 8, "{out}");
}

#[tokio::test]
async fn every_list_fits_every_terminal() {
    let session = session().await;
    for args in [
        &["keys", "list"][..],
        &["users", "list"],
        &["projects", "list", "--archived"],
        &["costs", "--days", "7"],
        &["audit", "list", "--limit", "5"],
    ] {
        for columns in [20, 40, 60, 80, 132] {
            let out = cli(&session, args, Screen::Terminal(columns)).await.ok();
            let widest = out.lines().map(|line| line.chars().count()).max().unwrap();
            assert!(widest <= usize::from(columns), "{args:?} in {columns} columns:\n{out}");
            assert!(columns < 80 || !out.contains("\n\n"), "a table has room: {args:?}\n{out}");
        }
    }
}

#[tokio::test]
async fn a_pipe_gets_tabs_and_no_heading() {
    let session = session().await;
    let out = cli(&session, &["users", "list"], Screen::Pipe).await.ok();
    assert_eq!(out.lines().count(), 8);
    assert_eq!(out.lines().next().unwrap(), "user-ada\tAda Lovelace\tada@example.com\towner\t2024-12-20");
}

#[tokio::test]
async fn json_is_what_the_api_says() {
    let session = session().await;
    let projects = json(&session, &["projects", "list"]).await;
    assert_eq!(projects.len(), 5);
    assert_eq!((&projects[0]["id"], &projects[0]["status"]), (&"proj_website".into(), &"active".into()));
    assert_eq!(json(&session, &["projects", "list", "--archived"]).await.len(), 6);

    let costs = json(&session, &["costs", "--days", "3"]).await;
    let amount = |cost: &Value| cost["amount"].as_str().unwrap().parse::<openai_admin::BigDecimal>().unwrap();
    let (total, items) = costs.split_last().unwrap();
    assert!(total["total"] == true && items.len() > 3);
    assert_eq!(items.iter().map(amount).sum::<openai_admin::BigDecimal>(), amount(total));

    let events = json(&session, &["audit", "list", "--user", "ada@example.com", "--limit", "3"]).await;
    assert_eq!(events.len(), 3);
    assert!(events.iter().all(|event| event["actor"]["session"]["user"]["email"] == "ada@example.com"));
}

#[tokio::test]
async fn a_key_is_created_and_deleted_and_its_value_is_in_the_file_alone() {
    let session = session().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("values");
    let args = ["keys", "create", "ci", "--days", "30", "--values", file.to_str().unwrap()];
    let out = cli(&session, &args, Screen::Pipe).await.ok();
    let line: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let (id, value) = (line["id"].as_str().unwrap(), line["value"].as_str().unwrap());
    assert!(out.starts_with(&format!("{id}  created, expires 2026-12-20T")) && !out.contains(value), "{out}");

    let (out, failure) = cli(&session, &["keys", "delete", id], Screen::Pipe).await.failed();
    assert!(out.contains("ci") && failure.contains("--yes"), "{out}{failure}");
    let out = cli(&session, &["keys", "delete", id, "--yes"], Screen::Pipe).await.ok();
    assert!(out.ends_with(&format!("{id}  deleted\n")), "{out}");
    assert!(server(&session).with_store(|store| store.admin_keys().iter().all(|key| key.id != id)));
}

#[tokio::test]
async fn a_key_whose_value_cannot_be_written_is_deleted_again() {
    let session = session().await;
    let args = ["keys", "create", "ci", "--values", "/nowhere/values"];
    let (out, failure) = cli(&session, &args, Screen::Pipe).await.failed();
    assert!(out.contains("was deleted again") && failure.starts_with("/nowhere/values"), "{out}{failure}");
    assert_eq!(server(&session).with_store(|store| store.admin_keys().len()), 7);
}

#[tokio::test]
async fn programs_are_subcommands() {
    let session = session().await;
    let out = cli(&session, &["users", "offboard", "alan@example.com", "--yes"], Screen::Pipe).await.ok();
    assert!(out.contains("organization: user removed"), "{out}");
    let (out, failure) = cli(&session, &["keys", "rotate"], Screen::Pipe).await.failed();
    assert!(out.contains("create a new one, delete this") && failure.contains("--yes"), "{out}{failure}");
}

#[tokio::test]
async fn a_failure_says_what_the_server_says() {
    let session = session().await;
    server(&session).inject(Fault::new(StatusCode::FORBIDDEN).only(Method::GET, "/users"));
    let (out, failure) = cli(&session, &["users", "list", "--json"], Screen::Pipe).await.failed();
    assert!(
        out.is_empty() && failure.contains("403") && failure.contains("the server says"),
        "{out}{failure}"
    );
}

#[test]
fn the_command_is_consistent_and_completes() {
    use clap::CommandFactory as _;
    Cli::command().debug_assert();
    for shell in [clap_complete::Shell::Bash, clap_complete::Shell::Zsh, clap_complete::Shell::Fish] {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut Cli::command(), "openai-admin", &mut script);
        let script = String::from_utf8(script).unwrap();
        assert!(script.contains("offboard") && script.contains("completions"), "{shell}");
    }
}
