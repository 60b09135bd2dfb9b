//! The table of faults, and the tests that name its rows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The Rust files under a folder.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The rows that a doc comment names: `Row 3.`, `Rows 3 and 21.`
fn rows(line: &str) -> Vec<u32> {
    let line = line.trim_start();
    let named = line.strip_prefix("/// Row").unwrap_or_default();
    let list = named.split(['.', ':', '(']).next().unwrap_or_default().trim_start_matches('s');
    list.split([' ', ',']).filter_map(|word| word.parse().ok()).collect()
}

/// The function that stands behind a line.
fn test_after(lines: &[&str]) -> String {
    let named = lines.iter().find_map(|line| {
        line.trim_start().strip_prefix("async fn ").or_else(|| line.trim_start().strip_prefix("fn "))
    });
    named.and_then(|line| line.split('(').next()).unwrap_or_default().to_owned()
}

#[test]
fn the_table_has_a_test_for_each_row() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    for folder in ["tests/tests", "runtime/src", "client/tests"] {
        sources(&root.join(folder), &mut files);
    }
    files.sort();
    let mut tests: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let lines: Vec<_> = text.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            for row in rows(line) {
                let file = file.strip_prefix(root).unwrap().display();
                tests.entry(row).or_default().push(format!("{file}: {}", test_after(&lines[number..])));
            }
        }
    }
    let table = include_str!("../../FAULTS.md");
    let known: Vec<u32> =
        table.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next()?.parse().ok()).collect();
    assert_eq!(known, (1..=58).collect::<Vec<_>>());
    for (row, tests) in &tests {
        println!("{row:>2}  {}", tests.join("\n    "));
    }
    assert_eq!(tests.keys().copied().collect::<Vec<_>>(), known);
}

/// The page of behaviour names a test for each line.
#[test]
fn the_page_of_behaviour_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    for folder in ["tests/tests", "runtime/src"] {
        sources(&root.join(folder), &mut files);
    }
    let code: String = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let page = include_str!("../../../runtime/BEHAVIOUR.md");
    let mut lines = 0;
    // The tables of three columns; a head is followed by its rule.
    for line in page.lines().filter(|line| line.starts_with("| ") && line.matches(" | ").count() == 2) {
        let last = line.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        if last == "test" {
            continue;
        }
        lines += 1;
        let tests: Vec<_> = last.split(", ").map(|name| name.trim_matches('`')).collect();
        for test in tests {
            let exists = code.contains(&format!("fn {test}(")) || code.contains(&format!("{test},"));
            assert!(exists, "`{test}` does not exist: {line}");
        }
    }
    assert!(lines > 60, "only {lines} lines were read");
}
