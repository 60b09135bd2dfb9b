//! JSON, for every type that serde deserializes.

use std::any::TypeId;
use std::borrow::Cow;
use std::collections::HashMap;

use serde::de::{DeserializeOwned, IgnoredAny};

use super::{Decode, Response, ResponseBody};
use crate::error::{Error, ErrorKind};
use crate::head::Head;

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned + Send + 'static> Decode for T {
    type Output = T;

    /// Nothing of the body is needed for `()`: a 200 with any body must not fail after a DELETE took effect.
    fn reads(_: &Head) -> ResponseBody {
        if TypeId::of::<T>() == TypeId::of::<()>() { ResponseBody::Ignored } else { ResponseBody::Buffered }
    }

    fn media_type() -> Option<&'static str> {
        (TypeId::of::<T>() != TypeId::of::<()>()).then_some("application/json")
    }

    fn decode(answer: Response) -> Result<T, Error> {
        from_body(&answer)
    }
}

/// Reads the body of an answer.
pub(crate) fn from_body<T: DeserializeOwned>(answer: &Response) -> Result<T, Error> {
    if answer.body.is_empty() {
        // `null` is what `()` and `Option` read from nothing.
        return serde_json::from_str("null").map_err(|_| empty(answer));
    }
    // One pass over the bytes instead of one for each string in them.
    match std::str::from_utf8(&answer.body) {
        Ok(text) => from_json(text, answer),
        Err(error) => Err(answer.unreadable(&format!(
            "expected JSON, found bytes that are no UTF-8 at {} ({})",
            error.valid_up_to(),
            answer.describe()
        ))),
    }
}

/// Reads one JSON text of an answer.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str, answer: &Response) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| wrong(answer, text, &error))
}

/// Whether a JSON text breaks off: what there is of it is valid, and more must follow.
pub(crate) fn is_cut(text: &[u8]) -> bool {
    let read = |text| serde_json::from_slice::<IgnoredAny>(text);
    let Err(error) = read(text) else { return false };
    // serde_json takes a number without its last digits, such as `-` or `1.`, for a wrong one.
    error.is_eof() || read(&[text, b"0"].concat()).map_or_else(|error| error.is_eof(), |_| true)
}

/// Whether a JSON text is an object with this member, and the member is not `null`.
pub(crate) fn has_member(text: &str, name: &str) -> bool {
    // Most texts have not: a member's name stands there as it is, or with an escape.
    if memchr::memmem::find(text.as_bytes(), name.as_bytes()).is_none() && !text.contains('\\') {
        return false;
    }
    let object = serde_json::from_str::<HashMap<Cow<'_, str>, Option<IgnoredAny>>>(text);
    object.is_ok_and(|object| object.get(name).is_some_and(Option::is_some))
}

fn empty(answer: &Response) -> Error {
    answer.error(
        ErrorKind::EmptyBody,
        "a value was declared; `()` or an `Option` takes an answer without a body",
    )
}

/// What is wrong with the JSON: where, what was expected, what kind of value stands there. serde_json's own text holds
/// values of the body, so only what comes from our types is taken out of it.
#[cold]
fn wrong(answer: &Response, text: &str, error: &serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    if !error.is_data() {
        return answer.unreadable(&format!(
            "expected JSON, found something else at line {line}, column {column} ({})",
            answer.describe()
        ));
    }
    let message = error.to_string();
    let reason = if has_forged_message(text) { VAGUE.to_owned() } else { reason(&message) };
    // What is missing or doubled belongs to the object that was just read, not to its last member.
    let path = print(&steps_to(text, line, column), reason.starts_with("the field"));
    let place = if path.is_empty() { String::new() } else { format!("`{path}`: ") };
    answer.unreadable(&format!("{place}{reason} at line {line}, column {column}"))
}

/// What is said where serde's own words might hold a value.
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

/// Whether a string of the answer holds what reads like a message of serde's. A type whose own error repeats the string, as many
/// do, would pass it off as one.
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

/// The part of serde's message that cannot hold a value.
fn reason(message: &str) -> String {
    let name = |prefix: &str| {
        let name = message.strip_prefix(prefix)?.strip_prefix('`')?.split('`').next()?;
        name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_').then_some(name)
    };
    if let Some(field) = name("missing field ") {
        return format!("the field `{field}` is missing");
    }
    if let Some(field) = name("duplicate field ") {
        return format!("the field `{field}` stands twice");
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

/// How deep a path is told; serde_json itself reads no deeper into a type.
const DEEPEST: usize = 128;

/// One step into a JSON value.
enum Step {
    Member(String),
    Item(usize),
}

/// The path of the value at a place in a JSON text, such as `data[3].owner.id`; member names and positions only. A
/// name that is no plain identifier is shown as `*`, because a key may be a secret too.
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

/// The position behind the string that starts at `at`.
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
    fn a_member_is_found_whatever_its_spelling_and_place() {
        for text in [
            r#"{"error":{}}"#,
            r#"{"a":[1,{"b":null}], "error" : "x"}"#,
            r#"{"\u0065rror":false}"#,
            r#"{"error":null,"error":1}"#,
        ] {
            assert!(has_member(text, "error"), "{text}");
        }
        for text in [
            "",
            "[]",
            r#""error""#,
            r#"["error"]"#,
            r#"{"error":null}"#,
            r#"{"a":{"error":1}}"#,
            r#"{"a":"error"}"#,
            r#"{"errors":1}"#,
            r#"{"error":1"#,
            r#"{"error":1} x"#,
        ] {
            assert!(!has_member(text, "error"), "{text}");
        }
    }

    #[test]
    fn a_text_that_breaks_off_is_told_from_one_that_is_wrong() {
        for text in ["[1,2", "{\"a", "tr", "-", "[1.5e+", "\"\\u00", " ", ""] {
            assert!(is_cut(text.as_bytes()), "{text}");
        }
        assert!(is_cut(b"\"\xC3"), "in the middle of a character");
        for text in ["[1,2]", "12", "[1,}", "<html>", "{} {", "no"] {
            assert!(!is_cut(text.as_bytes()), "{text}");
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
