//! `cargo declarest import`

use std::path::{Path, PathBuf};

use clap::Args;
use declarest_openapi::{CallsTest, Config, Document, Import, Imported, Outcome, State, outline};

use crate::{End, say};

const EXAMPLES: &str = "\
Examples:
  cargo declarest import openapi.json --out src/api
  cargo declarest import openapi.yaml --out src/api --tag Files --tag Models
  cargo declarest import openapi.json --out src/api --operations wanted.txt --config declarest.toml
  cargo declarest import openapi.json --out src/api --test tests/openapi.rs --calls tests/calls.rs
  cargo declarest import openapi.json --out src/api --check

The files are yours: edit them. The first line of each holds a checksum of the rest, and a file that was edited is never
overwritten. `mod api;` in `src/lib.rs` adds them to the crate, which depends on `declarest`, `serde` (with `derive`) and
`serde_json`.

Exit codes: 0 done; 1 with --check, if files would change; 2 the document or a file cannot be read or written.";

/// Writes an API as Rust: a trait for each tag, a method for each operation.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The OpenAPI document: 3.0, 3.1 or Swagger 2.0, JSON or YAML.
    document: PathBuf,
    /// The folder that becomes a module.
    #[arg(long)]
    out: PathBuf,
    /// Imports operations with this tag only; may be given several times.
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Imports the operations that a file lists only: `METHOD /path` or an operationId a line, `#` begins a comment.
    #[arg(long, value_name = "FILE")]
    operations: Option<PathBuf>,
    /// Reads names and rules from a TOML file.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Writes nothing, and says which files would change.
    #[arg(long)]
    check: bool,
    /// Writes a test that verifies the API against the document into this file, unless it is there.
    #[arg(long, value_name = "FILE")]
    test: Option<PathBuf>,
    /// Writes a test that calls each operation once, with the arguments that it requires, into this file, unless it is there.
    ///
    /// It asks the server at `BASE_URL`, such as a mock server that compares requests with the document, and is an example of
    /// each call.
    #[arg(long, value_name = "FILE")]
    calls: Option<PathBuf>,
}

/// Reads a configuration file.
pub(crate) fn config(path: Option<&Path>) -> Result<Config, String> {
    let Some(path) = path else { return Ok(Config::default()) };
    let text = read(path)?;
    let config: Config = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    match config.bad_names().first() {
        Some(problem) => Err(format!("{}: {problem}", path.display())),
        None => Ok(config),
    }
}

pub(crate) fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

pub(crate) fn run(arguments: &Arguments) -> Result<End, String> {
    say(&format!("reading {}", arguments.document.display()));
    let document = Document::open(&arguments.document).map_err(|error| error.to_string())?;
    say(&format!("importing from {} operations", outline(&document).0.len()));
    let mut import = Import::new(&document)
        .tags(arguments.tags.iter().map(String::as_str))
        .config(config(arguments.config.as_deref())?);
    if let Some(path) = &arguments.operations {
        let text = read(path)?;
        let wanted = text
            .lines()
            .map(|line| line.split('#').next().unwrap_or_default().trim())
            .filter(|line| !line.is_empty());
        import = import.operations(wanted);
    }
    let imported = import.run();
    notes(&imported);
    if imported.operations.is_empty() {
        return Err("no operation is left to import".into());
    }
    let outcomes =
        if arguments.check { imported.check(&arguments.out) } else { imported.write(&arguments.out) };
    let outcomes = outcomes.map_err(|error| error.to_string())?;
    files(&outcomes, arguments.check);
    if let (Some(test), false) = (&arguments.test, arguments.check) {
        let text = declarest_openapi::test_source(&imported, &arguments.document, &arguments.out);
        write_test(test, &text)?;
    }
    if let (Some(calls), false) = (&arguments.calls, arguments.check) {
        write_calls(calls, &import.calls(&arguments.out))?;
    }
    let left_out = imported.notes.iter().filter(|note| note.left_out).count();
    say(&format!(
        "{} operations imported, {left_out} left out, {} notes",
        imported.operations.len(),
        imported.notes.len() - left_out
    ));
    let changes = outcomes.iter().any(|outcome| !matches!(outcome.state, State::Same | State::Edited));
    Ok(if arguments.check && changes { End::Found } else { End::Done })
}

fn notes(imported: &Imported) {
    for note in &imported.notes {
        say(&format!("{}: {note}", if note.left_out { "left out" } else { "note" }));
    }
}

fn files(outcomes: &[Outcome], check: bool) {
    for outcome in outcomes {
        let words = match (outcome.state, check) {
            (State::New, false) => "written",
            (State::New, true) => "would be written",
            (State::Changed, false) => "rewritten",
            (State::Changed, true) => "would change",
            (State::Edited, _) => {
                "edited, so it stays as it is: `cargo declarest verify` says where it differs from the document"
            }
            (State::Obsolete, _) => "not needed any more: remove it",
            _ => continue,
        };
        say(&format!("{}: {words}", outcome.path.display()));
    }
}

/// A test that a newcomer begins with.
fn write_test(path: &Path, text: &str) -> Result<(), String> {
    if path.exists() {
        say(&format!("{}: is there, so it stays as it is", path.display()));
        return Ok(());
    }
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(failed)?;
    std::fs::write(path, text).map_err(failed)?;
    say(&format!("{}: written", path.display()));
    Ok(())
}

fn write_calls(path: &Path, test: &CallsTest) -> Result<(), String> {
    write_test(path, &test.text)?;
    for (operation, reason) in &test.not_called {
        say(&format!("not called: {operation}: {reason}"));
    }
    say(&format!("{} operations called, {} not", test.called, test.not_called.len()));
    Ok(())
}
