//! Compares a recorded request with another.

use serde_json::Value;

use super::super::compare::{Plain, plain_differences};
use super::super::content::{Content, Pair};
use super::super::difference::Difference;
use super::line::RequestLine;
use super::scrub::PLACEHOLDER;

/// Returns what differs. What was replaced in the recorded request matches any text.
pub(super) fn differences(recorded: &RequestLine, actual: &RequestLine) -> Vec<Difference> {
    let (path, query, content) = recorded.compared();
    let expected = Plain { method: &recorded.method, path, query, content };
    let (path, mut query, mut content) = actual.compared();
    let is_same_path = is_match(expected.path, path);
    adopt_pairs(&expected.query, &mut query);
    match (&expected.content, &mut content) {
        (Content::Json(expected), Content::Json(actual)) => adopt(expected, actual),
        (Content::Form(expected), Content::Form(actual)) => adopt_pairs(expected, actual),
        _ => {}
    }
    let path = if is_same_path { expected.path } else { path };
    let actual = Plain { method: &actual.method, path, query, content };
    plain_differences(expected, actual)
}

/// Makes a JSON value the recorded one where that has placeholders.
fn adopt(recorded: &Value, actual: &mut Value) {
    match (recorded, actual) {
        (Value::String(recorded), Value::String(actual)) if is_match(recorded, actual) => {
            actual.clone_from(recorded);
        }
        (Value::Array(recorded), Value::Array(actual)) => {
            recorded.iter().zip(actual).for_each(|(recorded, actual)| adopt(recorded, actual));
        }
        (Value::Object(recorded), Value::Object(actual)) => {
            for (name, actual) in actual {
                if let Some(recorded) = recorded.get(name) {
                    adopt(recorded, actual);
                }
            }
        }
        _ => {}
    }
}

fn adopt_pairs(recorded: &[Pair], actual: &mut [Pair]) {
    for (name, value) in actual {
        let Some(value) = value else { continue };
        let same_name = recorded.iter().filter(|(recorded, _)| recorded == name);
        let mut values = same_name.filter_map(|(_, value)| value.as_deref());
        if let Some(recorded) =
            values.find(|recorded| recorded.contains(PLACEHOLDER) && is_match(recorded, value))
        {
            recorded.clone_into(value);
        }
    }
}

/// Returns whether a text matches a recorded one, in which placeholders stand for any text.
fn is_match(recorded: &str, actual: &str) -> bool {
    let Some((first, recorded)) = recorded.split_once(PLACEHOLDER) else { return recorded == actual };
    let (middle, last) = recorded.rsplit_once(PLACEHOLDER).unwrap_or(("", recorded));
    let inside = actual.strip_prefix(first).and_then(|rest| rest.strip_suffix(last));
    let Some(mut rest) = inside else { return false };
    for literal in middle.split(PLACEHOLDER) {
        match rest.find(literal).and_then(|at| rest.get(at + literal.len()..)) {
            Some(behind) => rest = behind,
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_matches_any_text() {
        for (recorded, actual) in [
            ("a", "a"),
            ("***", "a"),
            ("/k/***/x", "/k/1/x"),
            ("a***", "a"),
            ("***b***", "abc"),
            ("a***b", "axbxb"),
        ] {
            assert!(is_match(recorded, actual), "{recorded} {actual}");
        }
        for (recorded, actual) in [("a", "b"), ("a***", "b"), ("/k/***/x", "/k/1/y"), ("a", "ab")] {
            assert!(!is_match(recorded, actual), "{recorded} {actual}");
        }
    }
}
