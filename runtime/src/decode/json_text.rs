//! Questions about a JSON text that is not read as a declared type.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};

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
    let mut json = serde_json::Deserializer::from_str(text);
    json.deserialize_map(Member(name)).is_ok_and(|is_there| is_there) && json.end().is_ok()
}

/// Looks for a member by its name. Of several, the last one counts.
struct Member<'a>(&'a str);

impl<'de> Visitor<'de> for Member<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<bool, A::Error> {
        let mut is_there = false;
        while let Some((name, value)) = members.next_entry::<Cow<'_, str>, Option<IgnoredAny>>()? {
            if name == self.0 {
                is_there = value.is_some();
            }
        }
        Ok(is_there)
    }
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
