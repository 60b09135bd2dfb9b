//! The command `openai-admin` as a process: exit codes, what goes where, and a reader that has enough.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::process::{Command, Output, Stdio};

/// The command against the server inside of it, whatever the environment says.
fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_openai-admin"));
    command.args(args).stdin(Stdio::null());
    for name in ["OPENAI_ADMIN_KEY", "OPENAI_BASE_URL", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"] {
        command.env_remove(name);
    }
    command
}

/// The exit code, the standard output and the standard error.
fn run(args: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command(args).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn a_list_is_done_with_0_and_its_lines_alone_on_the_standard_output() {
    let (code, out, err) = run(&["projects", "list"]);
    assert_eq!(code, Some(0), "{err}");
    assert!(out.lines().count() == 5 && out.lines().all(|line| line.split('\t').count() == 4), "{out}");
    assert_eq!(err, "embedded server (set OPENAI_ADMIN_KEY to use the real API)\n");
}

#[test]
fn a_failure_is_1_and_tells_what_the_server_said_and_what_can_be_done() {
    let (code, out, err) = run(&["keys", "delete", "key_nobody", "--yes"]);
    assert_eq!((code, out.as_str()), (Some(1), ""), "{err}");
    assert!(err.contains("error: could not find the key key_nobody: "), "{err}");
    assert!(err.contains("404 Not Found") && err.contains("key_nobody"), "{err}");
    let (code, out, err) = run(&["keys", "rotate"]);
    assert!(code == Some(1) && out.contains("to do") && err.contains("--yes"), "{out}{err}");
}

#[test]
fn wrong_arguments_are_2_and_say_what_is_right() {
    for (args, expected) in [
        (&["keys", "lst"][..], "a similar subcommand exists: 'list'"),
        (&["costs", "--days", "0"], "0 is not in 1..=3650"),
        (&["keys", "delete"], "<ID>..."),
    ] {
        let (code, out, err) = run(args);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{args:?}: {err}");
        assert!(err.contains(expected), "{args:?}: {err}");
    }
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let mut child = command(&["audit", "list", "--days", "365", "--limit", "1000", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_shell_gets_what_completes_the_command() {
    for (shell, expected) in
        [("bash", "complete -F"), ("zsh", "#compdef openai-admin"), ("fish", "complete -c")]
    {
        let (code, out, err) = run(&["completions", shell]);
        assert!(code == Some(0) && out.contains(expected) && err.is_empty(), "{shell}: {err}");
    }
}
