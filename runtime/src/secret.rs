//! Secret texts, which are never shown.

use std::cell::RefCell;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::Error as _};
use zeroize::Zeroizing;

thread_local! {
    /// The secrets that the thread has written into the request body that it serializes; `None` outside of one.
    static BODY: RefCell<Option<Vec<Secret>>> = const { RefCell::new(None) };
}

/// A secret text: a token, a password, the value of a key that is shown once.
///
/// `Debug` and `Display` print `***`. Only [`expose`](Secret::expose) returns the text, so that a search for that word finds
/// every use. The memory is wiped when the value is dropped.
///
/// A secret is deserialized like a string. It is serialized only where declarest writes a request body
/// (`#[json]`, `#[field]`, `#[form]`). Anywhere else serializing fails, so that a dump of a value does not write its secrets to
/// a log or file.
///
/// ```
/// let secret = declarest::Secret::from("sk-admin-1234");
/// assert_eq!(format!("{secret:?} {secret}"), "*** ***");
/// assert_eq!(secret.expose(), "sk-admin-1234");
/// assert!(serde_json::to_string(&secret).is_err());
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Returns the text. Do not log it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Returns whether the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Runs `write`, which serializes a request body, and returns the secrets that went into it.
    pub(crate) fn allow_in<R>(write: impl FnOnce() -> R) -> (R, Vec<Self>) {
        /// Puts back what was there, also after a panic.
        struct Restore(Option<Vec<Secret>>);
        impl Drop for Restore {
            fn drop(&mut self) {
                BODY.set(self.0.take());
            }
        }
        let mut restore = Restore(BODY.replace(Some(Vec::new())));
        let result = write();
        let written = BODY.take().unwrap_or_default();
        // A secret within is one of the body around it.
        if let Some(outer) = &mut restore.0 {
            outer.extend_from_slice(&written);
        }
        (result, written)
    }
}

/// Why a secret was not serialized.
pub(crate) const NOT_IN_BODY: &str =
    "is a `Secret`, which is serialized in a request body only; call `expose` to write it elsewhere";

impl Secret {
    /// Returns the text if a request body is being written, which then has a secret in it.
    pub(crate) fn in_body(&self) -> Option<&str> {
        BODY.with_borrow_mut(|body| body.as_mut().map(|written| written.push(self.clone())))?;
        Some(self.expose())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        let secret = Self(Zeroizing::new(text));
        crate::witness::met(&secret);
        secret
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.in_body().ok_or_else(|| S::Error::custom(NOT_IN_BODY))?;
        serializer.serialize_str(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_takes_a_secret_and_says_so() {
        let secret = Secret::from("s");
        let (text, written) = Secret::allow_in(|| serde_json::to_string(&secret));
        assert_eq!((text.unwrap().as_str(), written.len()), ("\"s\"", 1));
        let (_, written) = Secret::allow_in(|| serde_json::to_string("plain"));
        assert!(written.is_empty());
        let (_, written) = Secret::allow_in(|| Secret::allow_in(|| serde_json::to_string(&secret)));
        assert_eq!(written.len(), 1, "a secret of a part is one of the whole");
        assert!(serde_json::to_string(&secret).is_err(), "outside of a body");
    }
}
