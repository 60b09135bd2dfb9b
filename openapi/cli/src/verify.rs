//! `cargo declarest verify`

use std::process::{Command, Stdio};

use clap::{Args, ValueEnum};
use declarest_openapi::FORMAT_VARIABLE;

use crate::{End, print, say};

const EXAMPLES: &str = "\
Examples:
  cargo declarest verify
  cargo declarest verify --format github
  cargo declarest verify --test openapi --package my-api

It runs a test of the crate, tests/openapi.rs by default, which calls `declarest_openapi::verify::<MyApiClient>(…).assert()`.
`cargo declarest import … --test tests/openapi.rs` writes one.

Exit codes: 0 the API and the document agree; 1 they differ; 2 there is no such test, or it does not compile.";

/// Runs the test that compares an API with its document.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// How the report is printed.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The test target.
    #[arg(long, default_value = "openapi")]
    test: String,
    /// The package, in a workspace.
    #[arg(long, short)]
    package: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Github,
}

const EXAMPLE: &str = r#"
// tests/openapi.rs, with `declarest-openapi` among the [dev-dependencies]
#[test]
fn agrees_with_its_document() {
    let document = std::fs::read_to_string("openapi.json").unwrap();
    declarest_openapi::verify::<MyApiClient>(&document).assert();
}"#;

pub(crate) fn run(arguments: &Arguments) -> Result<End, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let command = |no_run: bool| {
        let mut command = Command::new(&cargo);
        command.args(["test", "--quiet", "--test", &arguments.test]);
        command.args(arguments.package.iter().flat_map(|package| ["--package", package]));
        if no_run {
            command.arg("--no-run");
        }
        command
    };
    let failed = |error: std::io::Error| format!("cargo cannot be run: {error}");
    let built = command(true).stdout(Stdio::null()).status().map_err(failed)?;
    if !built.success() {
        say(&format!(
            "\nthe test `{}` is missing or does not compile; a first one is written like this:\n{EXAMPLE}",
            arguments.test
        ));
        return Err("nothing was compared".into());
    }
    let format = match arguments.format {
        Format::Text => "text",
        Format::Json => "json",
        Format::Github => "github",
    };
    let output = command(false)
        .args(["--", "--nocapture"])
        .env(FORMAT_VARIABLE, format)
        .env("RUST_BACKTRACE", "0")
        .output()
        .map_err(failed)?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    match arguments.format {
        Format::Text => {
            print(&text);
            if !output.status.success() {
                say(&String::from_utf8_lossy(&output.stderr));
            }
        }
        Format::Json => print(&json(&text)),
        Format::Github => {
            print(&text.lines().filter(|line| line.starts_with("::")).collect::<Vec<_>>().join("\n"));
        }
    }
    Ok(if output.status.success() { End::Done } else { End::Found })
}

/// The JSON of a test's output: the report stands between lines of the test harness.
fn json(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let start = lines.iter().position(|line| line.ends_with('{'));
    let end = lines.iter().rposition(|line| line.starts_with('}'));
    match (start, end) {
        (Some(start), Some(end)) if start <= end => {
            format!("{{\n{}\n}}", lines.get(start + 1..end).unwrap_or_default().join("\n"))
        }
        _ => text.to_owned(),
    }
}
