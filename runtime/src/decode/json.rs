//! JSON, for every type that serde deserializes.

use std::any::TypeId;
use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, IgnoredAny};

use super::{Decode, Response, ResponseBody, json_error};
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

    fn decode(response: Response) -> Result<T, Error> {
        from_body(&response)
    }
}

/// Reads the body of a response.
pub(crate) fn from_body<T: DeserializeOwned>(response: &Response) -> Result<T, Error> {
    if response.body.is_empty() {
        // `null` is what `()` and `Option` read from nothing.
        return serde_json::from_str("null").map_err(|_| empty(response));
    }
    // One pass over the bytes instead of one for each string in them.
    match std::str::from_utf8(&response.body) {
        Ok(text) => from_json(text.strip_prefix('\u{feff}').unwrap_or(text), response),
        Err(error) => Err(response.unreadable(&format!(
            "expected JSON, found invalid UTF-8 at byte {} ({})",
            error.valid_up_to(),
            response.describe()
        ))),
    }
}

/// Reads one JSON text of a response.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str, response: &Response) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| wrong(response, text, &error))
}

/// Returns whether a JSON text breaks off: what there is of it is valid, and more must follow.
pub(crate) fn is_cut(text: &[u8]) -> bool {
    let read = |text| serde_json::from_slice::<IgnoredAny>(text);
    let Err(error) = read(text) else { return false };
    // serde_json takes a number without its last digits, such as `-` or `1.`, for a wrong one.
    error.is_eof() || read(&[text, b"0"].concat()).map_or_else(|error| error.is_eof(), |_| true)
}

/// Returns whether a JSON text is an object with this member, and the member is not `null`.
pub(crate) fn has_member(text: &str, name: &str) -> bool {
    // Fast path: a name that is in the text is written as it is, or with an escape.
    if memchr::memmem::find(text.as_bytes(), name.as_bytes()).is_none() && !text.contains('\\') {
        return false;
    }
    let object = serde_json::from_str::<BTreeMap<Cow<'_, str>, Option<IgnoredAny>>>(text);
    object.is_ok_and(|object| object.get(name).is_some_and(Option::is_some))
}

fn empty(response: &Response) -> Error {
    response.error(ErrorKind::EmptyBody, "the declared type needs one; `()` and `Option` do not")
}

/// The error of a JSON text that the declared type cannot be read from.
#[cold]
fn wrong(response: &Response, text: &str, error: &serde_json::Error) -> Error {
    response.unreadable(&match error.is_data() {
        true => json_error::explain(text, error),
        false => format!(
            "expected JSON, found something else at line {}, column {} ({})",
            error.line(),
            error.column(),
            response.describe()
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
