//! What the compiler says about a wrong declaration, as a user reads it.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Command;

/// The compiler whose words the expectations hold. Another one says the same mistakes in words of its own, so with it
/// there is nothing to compare.
const SPOKEN: &str = "rustc 1.95.";

#[test]
fn mistakes_are_told() {
    let rustc =
        Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).arg("--version").output();
    let version =
        rustc.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    if !version.starts_with(SPOKEN) {
        println!("skipped: the messages are those of {SPOKEN}x, this is {version}");
        return;
    }
    let cases = trybuild::TestCases::new();
    for case in files(|name| name.ends_with(".rs") && !name.ends_with(".fixed.rs")) {
        cases.compile_fail(case);
    }
}

/// The files of all classes whose names fit. A twin, `NAME.fixed.rs`, compiles, and is a case of `ui_fixed`.
fn files(fits: fn(&str) -> bool) -> Vec<PathBuf> {
    let files = |folder: &Path| -> Vec<PathBuf> {
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
    };
    let classes = files(Path::new("ui"));
    let mut all: Vec<PathBuf> = classes.iter().flat_map(|class| files(class)).collect();
    all.retain(|file| fits(file.to_str().unwrap()));
    all.sort();
    all
}

/// What is expected of the compiler.
fn expectations() -> Vec<PathBuf> {
    files(|name| name.ends_with(".stderr"))
}

/// `#[api]` is not where the mistake is, so nothing is told there.
#[test]
fn no_caret_stands_under_the_attribute() {
    for file in expectations() {
        let text = std::fs::read_to_string(&file).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines.windows(2) {
            let [code, marks] = pair else { continue };
            let carets = marks.split_once("| ").is_some_and(|(_, marks)| marks.starts_with('^'));
            let attribute = code.split_once("| ").is_some_and(|(_, code)| code.starts_with("#[api"));
            assert!(!(carets && attribute), "{}:\n{text}", file.display());
        }
    }
}

/// The classes of mistakes, each with cases of its own.
#[test]
fn every_class_has_its_cases() {
    let files = expectations();
    for class in ["attr", "body", "derive", "params", "policy", "returns", "template", "types"] {
        let cases = files.iter().filter(|file| file.parent().is_some_and(|folder| folder.ends_with(class)));
        let cases = cases.count();
        println!("{class}: {cases}");
        assert!(cases > 9, "{class}: {cases}");
    }
}
