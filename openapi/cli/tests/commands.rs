//! The commands: what they print, what they write, and their exit codes.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // Tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn document(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents").join(name)
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cargo-declarest")).arg("declarest").args(arguments).output().unwrap()
}

fn errors(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn import_writes_files_and_check_says_what_would_change() {
    let folder = tempfile::tempdir().unwrap();
    let (out, test) = (folder.path().join("src/api"), folder.path().join("tests/openapi.rs"));
    let (document, out_text) = (document("keys.yaml"), out.display().to_string());
    let import = ["import", document.to_str().unwrap(), "--out", &out_text];

    let checked = run(&[&import[..], &["--check"]].concat());
    assert_eq!(checked.status.code(), Some(1), "{}", errors(&checked));
    assert!(errors(&checked).contains("api_keys.rs: would be written"));
    assert!(!out.exists());

    let written = run(&[&import[..], &["--test", test.to_str().unwrap()]].concat());
    assert_eq!(written.status.code(), Some(0), "{}", errors(&written));
    assert!(errors(&written).contains("5 operations imported, 0 left out, 0 notes"), "{}", errors(&written));
    assert!(fs::read_to_string(test).unwrap().contains("Verify::new::<api::"));
    assert_eq!(run(&[&import[..], &["--check"]].concat()).status.code(), Some(0));

    fs::write(out.join("api_keys.rs"), "// mine\n").unwrap();
    let again = run(&import);
    assert!(errors(&again).contains("api_keys.rs: edited, so it stays as it is"), "{}", errors(&again));
    assert_eq!(fs::read_to_string(out.join("api_keys.rs")).unwrap(), "// mine\n");
}

#[test]
fn import_writes_a_call_of_each_operation_once() {
    let folder = tempfile::tempdir().unwrap();
    let (out, calls) = (folder.path().join("src/api"), folder.path().join("tests/calls.rs"));
    let (document, out) = (document("odd.yaml"), out.display().to_string());
    let import = ["import", document.to_str().unwrap(), "--out", &out, "--calls", calls.to_str().unwrap()];
    let checked = run(&[&import[..], &["--check"]].concat());
    assert!(!calls.exists(), "{}", errors(&checked));

    let written = run(&import);
    assert_eq!(written.status.code(), Some(0), "{}", errors(&written));
    assert!(errors(&written).contains("calls.rs: written\n"), "{}", errors(&written));
    assert!(errors(&written).contains("9 operations called, 0 not\n"), "{}", errors(&written));
    let text = fs::read_to_string(&calls).unwrap();
    assert_eq!(text.matches(".make(").count(), 9, "{text}");

    fs::write(&calls, "// mine\n").unwrap();
    let again = run(&import);
    assert!(errors(&again).contains("calls.rs: is there, so it stays as it is"), "{}", errors(&again));
    assert_eq!(fs::read_to_string(&calls).unwrap(), "// mine\n");
}

#[test]
fn a_list_of_operations_and_a_configuration_are_followed() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("wanted.txt"), "# what we need\nGET /keys/{key_id}   # one key\n\ngetHealth\n").unwrap();
    fs::write(path("declarest.toml"), "name = \"Vault\"\n[methods]\n\"GET /health\" = \"is_up\"\n").unwrap();
    let document = document("keys.yaml");
    let document = document.to_str().unwrap();
    let (out, operations, config) = (path("api"), path("wanted.txt"), path("declarest.toml"));
    let output = run(&["import", document, "--out", &out, "--operations", &operations, "--config", &config]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let read = |name: &str| fs::read_to_string(Path::new(&out).join(name)).unwrap();
    assert!(read("root.rs").contains("pub trait Vault: Send + Sync {"));
    assert!(read("health.rs").contains("fn is_up(&self) -> Call<()>;"));
    assert!(!read("api_keys.rs").contains("fn create"));

    fs::write(&config, "nmae = 1").unwrap();
    let wrong = run(&["import", document, "--out", &out, "--config", &config]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(errors(&wrong).contains("unknown field `nmae`"), "{}", errors(&wrong));
}

#[test]
fn add_prints_an_endpoint_or_puts_it_into_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.rs");
    fs::write(&file, "pub trait Keys {\n    fn mine(&self);\n}\n\npub struct NewKey {}\n").unwrap();
    fs::write(&file, format!("//! Mine.\n\n{}", fs::read_to_string(&file).unwrap())).unwrap();
    let document = document("keys.yaml");
    let document = document.to_str().unwrap();
    let printed = run(&["add", document, "POST /keys"]);
    let text = String::from_utf8(printed.stdout).unwrap();
    assert!(text.contains("fn create(") && text.contains("pub struct NewKey {"), "{text}");
    let added = run(&["add", document, "POST /keys", "--into", file.to_str().unwrap()]);
    assert_eq!(added.status.code(), Some(0), "{}", errors(&added));
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("    ) -> Call<CreatedKey>;\n}\n"), "{text}");
    assert_eq!(text.matches("pub struct NewKey").count(), 1, "{text}");
    assert!(text.contains("pub struct CreatedKey {"), "{text}");
    let again = run(&["add", document, "POST /keys", "--into", file.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(2));
    assert!(errors(&again).contains("has the endpoint `#[post(\"/keys\")]` already"), "{}", errors(&again));
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn what_an_added_endpoint_names_is_imported() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("wanted.txt"), "DELETE /keys/{key_id}\n").unwrap();
    let document = document("keys.yaml");
    let document = document.to_str().unwrap();
    let (out, wanted, file) = (path("api"), path("wanted.txt"), path("api/api_keys.rs"));
    assert_eq!(run(&["import", document, "--out", &out, "--operations", &wanted]).status.code(), Some(0));
    fs::write(path("api/shared.rs"), "pub enum State {}\n").unwrap();
    assert_eq!(run(&["add", document, "POST /keys", "--into", &file]).status.code(), Some(0));
    let text = fs::read_to_string(&file).unwrap();
    for line in
        ["use declarest::Secret;\n", "use serde::{Deserialize, Serialize};\n", "use super::shared::State;\n"]
    {
        assert!(text.contains(line), "{line} is not in {text}");
    }
    assert!(
        text.contains("#[post(\"/keys\", idempotency_key = \"Idempotency-Key\")]\n"),
        "the trait has the credential: {text}"
    );
    assert!(!text.contains("pub enum State"), "{text}");
}

#[test]
fn names_of_the_configuration_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let document = document("keys.yaml");
    let (document, out, config) = (document.to_str().unwrap(), path("api"), path("declarest.toml"));
    let import = ["import", document, "--out", &out, "--config", &config];
    fs::write(&config, "[types]\nNewKey = \"new key\"\n").unwrap();
    let bad = run(&import);
    assert_eq!(bad.status.code(), Some(2));
    assert!(errors(&bad).contains("`new key` is not the name of a type: write `NewKey`"), "{}", errors(&bad));
    assert!(!Path::new(&out).exists());
    fs::write(&config, "[types]\nOldKey = \"Key\"\n[methods]\n\"GET /old\" = \"old\"\n").unwrap();
    let idle = errors(&run(&import));
    assert!(
        idle.contains("note: the configuration renames `OldKey`, which is not among the types\n"),
        "{idle}"
    );
    assert!(idle.contains("renames `GET /old`, which is not among the operations\n"), "{idle}");
}

#[test]
fn what_is_wrong_is_said_with_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("api").display().to_string();
    let missing = run(&["import", "no/such.json", "--out", &out]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(errors(&missing).contains("error: no/such.json: "), "{}", errors(&missing));
    let other = folder.path().join("other.json");
    fs::write(&other, "{\"asyncapi\": \"2.0.0\"}").unwrap();
    let other = run(&["import", other.to_str().unwrap(), "--out", &out]);
    assert!(errors(&other).contains("it is an AsyncAPI document"), "{}", errors(&other));
    let document = document("keys.yaml");
    let gone = run(&["add", document.to_str().unwrap(), "GET /gone"]);
    assert_eq!(gone.status.code(), Some(2));
    assert!(errors(&gone).contains("no operation is `GET /gone`"), "{}", errors(&gone));
    assert!(!Path::new(&out).exists());
}

#[test]
fn help_has_examples() {
    for command in ["import", "add", "verify"] {
        let help = String::from_utf8(run(&[command, "--help"]).stdout).unwrap();
        assert!(help.contains("Examples:\n  cargo declarest"), "{help}");
    }
}
