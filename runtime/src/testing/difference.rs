//! What a request has in another way than expected, as text without secrets.

use std::fmt;

use bytes::Bytes;
use serde_json::Value;

use crate::secret::Secret;

/// How many characters of a value are shown.
const LONGEST: usize = 200;

/// One difference. The texts are masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// What differs: "argument `key_id`".
    pub(super) what: String,
    pub(super) expected: String,
    pub(super) actual: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, expected, actual } = self;
        let note = if expected == actual { " (another value)" } else { "" };
        write!(f, "{what}: expected {expected}, actual {actual}{note}")
    }
}

/// The secrets of both requests, which no difference shows.
#[derive(Clone, Copy)]
pub(super) struct Masks<'a> {
    pub(super) expected: &'a [Secret],
    pub(super) actual: &'a [Secret],
}

/// What a secret is shown as.
const MASK: &str = "***";

impl Masks<'_> {
    /// Returns whether a text holds a secret.
    fn hides(&self, text: &str) -> bool {
        let mut secrets = self.expected.iter().chain(self.actual).filter(|secret| !secret.is_empty());
        secrets.any(|secret| text.contains(secret.expose()))
    }

    /// Shows a text that needs no quotes.
    pub(super) fn plain(&self, text: &str) -> String {
        if self.hides(text) { MASK.to_owned() } else { cut(text) }
    }

    /// Shows a text in quotes.
    pub(super) fn text(&self, text: &str) -> String {
        if self.hides(text) { MASK.to_owned() } else { format!("{:?}", cut(text)) }
    }

    /// Shows a text that may be absent.
    pub(super) fn optional(&self, text: Option<&str>) -> String {
        text.map_or_else(|| "none".to_owned(), |text| self.text(text))
    }

    /// Shows a JSON value.
    pub(super) fn json(&self, value: Option<&Value>) -> String {
        value.map_or_else(|| "none".to_owned(), |value| cut(&self.masked(value).to_string()))
    }

    /// Shows bytes: text as text.
    pub(super) fn bytes(&self, bytes: Option<&Bytes>) -> String {
        match bytes.map(|bytes| std::str::from_utf8(bytes).map_err(|_| bytes.len())) {
            None => "a stream".to_owned(),
            Some(Ok(text)) => self.text(text),
            Some(Err(length)) => format!("{length} bytes"),
        }
    }

    fn masked(&self, value: &Value) -> Value {
        match value {
            Value::String(text) if self.hides(text) => MASK.into(),
            Value::Array(items) => items.iter().map(|item| self.masked(item)).collect(),
            Value::Object(members) => {
                members.iter().map(|(name, value)| (self.plain(name), self.masked(value))).collect()
            }
            other => other.clone(),
        }
    }
}

fn cut(text: &str) -> String {
    let mut characters = text.chars();
    let mut shown: String = characters.by_ref().take(LONGEST).collect();
    if characters.next().is_some() {
        shown.push('…');
    }
    shown
}
