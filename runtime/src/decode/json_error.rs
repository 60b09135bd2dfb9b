//! Explains why a declared type cannot be read from a JSON text, without showing a value of it.

/// Says where, what was expected and what kind of value was found. serde_json's own text holds values of the body, so only what
/// comes from our types is taken from it.
pub(super) fn explain(text: &str, error: &serde_json::Error) -> String {
    let (line, column) = (error.line(), error.column());
    let message = error.to_string();
    let reason = if has_forged_message(text) { VAGUE.to_owned() } else { reason(&message) };
    // What is missing or doubled belongs to the object that was just read, not to its last member.
    let path = print(&steps_to(text, line, column), reason.starts_with("the field"));
    let place = if path.is_empty() { String::new() } else { format!("`{path}`: ") };
    format!("{place}{reason} at line {line}, column {column}")
}

/// The reason where serde's own words might hold a value.
const VAGUE: &str = "a value does not fit its type";

/// How serde's messages begin: all that is taken from one stands behind these.
const BEGINNINGS: [&str; 7] = [
    "missing field ",
    "duplicate field ",
    "invalid type: ",
    "invalid value: ",
    "invalid length ",
    "unknown variant ",
    "unknown field ",
];

/// Returns whether a string of the text reads like one of serde's messages. A type whose own error repeats the string, as many do,
/// would pass it off as one.
fn has_forged_message(text: &str) -> bool {
    let (bytes, mut at) = (text.as_bytes(), 0);
    while let Some(start) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'"')) {
        let end = string_end(bytes, at + start);
        let string = text.get(at + start..end).unwrap_or_default();
        let string = match serde_json::from_str::<std::borrow::Cow<'_, str>>(string) {
            Ok(string) => string,
            Err(_) => string.trim_start_matches('"').into(),
        };
        if BEGINNINGS.iter().any(|beginning| string.contains(beginning)) {
            return true;
        }
        at = end;
    }
    false
}

/// Returns the part of serde's message that cannot hold a value.
fn reason(message: &str) -> String {
    let name = |prefix: &str| {
        let name = message.strip_prefix(prefix)?.strip_prefix('`')?.split('`').next()?;
        name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_').then_some(name)
    };
    if let Some(field) = name("missing field ") {
        return format!("the field `{field}` is missing");
    }
    if let Some(field) = name("duplicate field ") {
        return format!("the field `{field}` is given twice");
    }
    let message = message.rsplit_once(" at line ").map_or(message, |(message, _)| message);
    // Behind an unknown name, which may hold anything, these stand instead of what is expected.
    let expects_nothing = ["`, there are no fields", "`, there are no variants"];
    let (Some((found, expected)), false) =
        (message.rsplit_once(", expected "), expects_nothing.iter().any(|end| message.ends_with(end)))
    else {
        return VAGUE.to_owned();
    };
    if !BEGINNINGS.iter().any(|beginning| found.starts_with(beginning)) {
        return VAGUE.to_owned();
    }
    let kinds = ["null", "boolean", "integer", "floating point", "string", "map", "sequence"];
    match found
        .strip_prefix("invalid type: ")
        .and_then(|found| kinds.iter().find(|kind| found.starts_with(**kind)))
    {
        Some(kind) => format!("expected {expected}, found {kind}"),
        None => format!("expected {expected}"),
    }
}

/// The longest path that is shown; serde_json itself reads no deeper into a type.
const DEEPEST: usize = 128;

/// One step into a JSON value.
enum Step {
    Member(String),
    Item(usize),
}

/// Returns the path of the value at a position of a JSON text, such as `data[3].owner.id`: member names and indices only. A name
/// that is not a plain identifier is shown as `*`, because a key may be a secret too.
fn steps_to(text: &str, line: usize, column: usize) -> Vec<Step> {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let end = (before + column).min(text.len());
    let bytes = text.as_bytes().get(..end).unwrap_or_default();
    let (mut steps, mut at) = (Vec::<Step>::new(), 0);
    // Depth of what was just closed: the error of a whole object stands behind its last brace.
    while let Some(byte) = bytes.get(at).filter(|_| steps.len() < DEEPEST) {
        match byte {
            b'{' => steps.push(Step::Member(String::new())),
            b'[' => steps.push(Step::Item(0)),
            b'}' | b']' if at + 1 < end => drop(steps.pop()),
            b',' => match steps.last_mut() {
                Some(Step::Item(index)) => *index += 1,
                Some(Step::Member(name)) => name.clear(),
                None => {}
            },
            b'"' => {
                let close = string_end(bytes, at);
                let is_key = bytes.get(close..).unwrap_or_default().iter().find(|b| !b.is_ascii_whitespace())
                    == Some(&b':');
                if let (true, Some(Step::Member(name))) = (is_key, steps.last_mut()) {
                    *name = plain(bytes.get(at + 1..close.saturating_sub(1)).unwrap_or_default());
                }
                at = close;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    steps
}

/// Returns the position after the string that starts at `at`.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'"' => return end + 1,
            b'\\' => end += 2,
            _ => end += 1,
        }
    }
    end
}

fn plain(name: &[u8]) -> String {
    let is_plain =
        !name.is_empty() && name.len() <= 64 && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_');
    std::str::from_utf8(name).ok().filter(|_| is_plain).unwrap_or("*").to_owned()
}

fn print(steps: &[Step], container: bool) -> String {
    let steps =
        if container { steps.get(..steps.len().saturating_sub(1)).unwrap_or_default() } else { steps };
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Item(index) => path.push_str(&format!("[{index}]")),
            Step::Member(name) if name.is_empty() => {}
            Step::Member(name) if path.is_empty() => path.push_str(name),
            Step::Member(name) => path.extend([".", name]),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Page {
        data: Vec<Item>,
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Item {
        id: u32,
        kind: Kind,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Plain,
    }

    fn message(text: &str) -> String {
        let error = serde_json::from_str::<Page>(text).unwrap_err();
        let reason = reason(&error.to_string());
        let path = print(&steps_to(text, error.line(), error.column()), reason.starts_with("the field"));
        format!("{path}: {reason}")
    }

    #[test]
    fn says_where_and_what_without_a_value() {
        for (text, expected) in [
            (
                r#"{"data":[{"id":1,"kind":"plain"},{"id":"SECRET","kind":"plain"}]}"#,
                "data[1].id: expected u32, found string",
            ),
            (r#"{"data":[{"id":1,"kind":"SECRET"}]}"#, "data[0].kind: expected `plain`"),
            ("{\n \"data\": [\n {\"id\": -5}]}", "data[0].id: expected u32"),
            (r#"{"x":{"a\"b":[1,{"c":2}]},"data":[{"kind":"plain"}]}"#, "data[0]: the field `id` is missing"),
            (r#"{"data":null}"#, "data: expected a sequence, found null"),
            (r#"{"other":"SECRET"}"#, ": the field `data` is missing"),
        ] {
            assert_eq!(message(text), expected);
        }
    }

    #[test]
    fn a_name_may_be_a_secret_too() {
        let text = r#"{"sk-admin-1":5"#;
        assert_eq!(print(&steps_to(text, 1, text.len()), false), "*");
    }

    #[test]
    fn a_text_of_a_users_own_is_not_shown() {
        assert_eq!(reason("bad token SECRET at line 1 column 2"), "a value does not fit its type");
        assert_eq!(reason("missing field `SECRET TEXT`"), "a value does not fit its type");
        assert_eq!(
            reason("unknown field `a, expected SECRET`, there are no fields at line 1 column 2"),
            VAGUE
        );
    }

    #[test]
    fn a_string_that_reads_like_a_message_of_serdes_makes_the_error_vague() {
        for text in [
            r#"["invalid type: x, expected SECRET"]"#,
            r#"{"a":"\"", "b":"\u006dissing field `SECRET`"}"#,
            r#"["my unknown field `SECRET"#,
        ] {
            assert!(has_forged_message(text), "{text}");
        }
        for text in ["", r#"{"a":"x: invalid"}"#, "[1, \"a\\", "\""] {
            assert!(!has_forged_message(text), "{text}");
        }
    }
}
