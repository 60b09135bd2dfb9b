//! Absent, null or a value: what an update says about one field.

use serde::{Serialize, Serializer};

/// What an update does to one field that the API can clear.
///
/// Left out keeps it, `null` clears it, a value replaces it.
///
/// ```
/// use openai_admin::{Patch, UpdateRole};
///
/// let keep = UpdateRole::default();
/// let clear = UpdateRole::default().description(Patch::Clear);
/// let set = UpdateRole::default().description("Reads usage");
/// assert_eq!(serde_json::to_string(&keep)?, "{}");
/// assert_eq!(serde_json::to_string(&clear)?, r#"{"description":null}"#);
/// assert_eq!(serde_json::to_string(&set)?, r#"{"description":"Reads usage"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Patch<T> {
    /// The field is left out: it stays as it is.
    #[default]
    Keep,
    /// The field is sent as `null`.
    Clear,
    /// The field is sent with this value.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the field is left out.
    #[must_use]
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl From<&str> for Patch<String> {
    fn from(value: &str) -> Self {
        Self::Set(value.to_owned())
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            // A field that is kept is skipped by its struct; on its own it has no other text than null.
            Self::Keep | Self::Clear => serializer.serialize_none(),
            Self::Set(value) => serializer.serialize_some(value),
        }
    }
}
