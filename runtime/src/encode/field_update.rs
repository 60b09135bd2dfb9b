//! A member of a change: kept, cleared or set.

use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Why a [`FieldUpdate`] was not serialized.
pub(crate) const NOT_SKIPPED: &str = "is `FieldUpdate::Keep`, which has no value: add `#[serde(skip_serializing_if = \"FieldUpdate::is_keep\")]`";

/// The name under which `Clear` is serialized, for those that cannot write a null.
pub(super) const CLEAR: &str = "FieldUpdate::Clear";

/// What a change (`PATCH`, RFC 7396) does to one member: nothing, remove its value, or give it another.
///
/// | value | in the JSON |
/// |---|---|
/// | [`Keep`](Self::Keep), the default | the member is absent |
/// | [`Clear`](Self::Clear) | `null` |
/// | [`Set`](Self::Set) | the value |
///
/// An `Option` has only two of the three. What a member is skipped by must be declared, since a type cannot leave itself
/// out: serializing `Keep` fails, so a forgotten attribute never clears a member. A query or a form, which cannot say
/// `null`, refuses `Clear`.
///
/// ```
/// use declarest::FieldUpdate;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize, Default)]
/// struct ProjectChange {
///     #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
///     name: FieldUpdate<String>,
///     #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
///     owner: FieldUpdate<String>,
/// }
///
/// let change = ProjectChange { owner: FieldUpdate::Clear, ..ProjectChange::default() };
/// assert_eq!(serde_json::to_string(&change)?, r#"{"owner":null}"#);
///
/// let change = ProjectChange { name: "a".into(), ..ProjectChange::default() };
/// assert_eq!(serde_json::to_string(&change)?, r#"{"name":"a"}"#);
///
/// let change: ProjectChange = serde_json::from_str(r#"{"owner":null}"#)?;
/// assert!(change.name.is_keep() && change.owner == FieldUpdate::Clear);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum FieldUpdate<T> {
    /// Leaves the member as it is.
    #[default]
    Keep,
    /// Removes the member's value: `null`.
    Clear,
    /// Sets the member to this value.
    Set(T),
}

impl<T> FieldUpdate<T> {
    /// Whether the member is left as it is; for `#[serde(skip_serializing_if = "FieldUpdate::is_keep")]`.
    #[must_use]
    pub const fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// The same of a reference to the value.
    #[must_use]
    pub const fn as_ref(&self) -> FieldUpdate<&T> {
        match self {
            Self::Keep => FieldUpdate::Keep,
            Self::Clear => FieldUpdate::Clear,
            Self::Set(value) => FieldUpdate::Set(value),
        }
    }

    /// Converts the value, if there is one.
    #[must_use]
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> FieldUpdate<U> {
        match self {
            Self::Keep => FieldUpdate::Keep,
            Self::Clear => FieldUpdate::Clear,
            Self::Set(value) => FieldUpdate::Set(convert(value)),
        }
    }
}

/// Sets the member to the value.
impl<T> From<T> for FieldUpdate<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

/// Sets the member to the value, or clears it: `None` is what the member shall be, not the lack of a change.
impl<T> From<Option<T>> for FieldUpdate<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Clear, Self::Set)
    }
}

/// Sets the member to the text.
impl From<&str> for FieldUpdate<String> {
    fn from(value: &str) -> Self {
        Self::Set(value.to_owned())
    }
}

/// Sets the member to the text, or clears it.
impl From<Option<&str>> for FieldUpdate<String> {
    fn from(value: Option<&str>) -> Self {
        value.map_or(Self::Clear, Self::from)
    }
}

impl<T: Serialize> Serialize for FieldUpdate<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep => Err(S::Error::custom(NOT_SKIPPED)),
            // Not `serialize_none`: where `None` is left out, this is not.
            Self::Clear => serializer.serialize_unit_struct(CLEAR),
            Self::Set(value) => value.serialize(serializer),
        }
    }
}

/// Reads `null` as [`Clear`](FieldUpdate::Clear). A member that is absent is [`Keep`](FieldUpdate::Keep) with
/// `#[serde(default)]`, and an error without it.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for FieldUpdate<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize, Default)]
    struct Change {
        #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
        name: FieldUpdate<String>,
        #[serde(default)]
        forgotten: FieldUpdate<u8>,
    }

    #[test]
    fn absent_null_and_a_value_are_three() {
        for (name, text) in [
            (FieldUpdate::Keep, r#"{"forgotten":1}"#),
            (FieldUpdate::Clear, r#"{"name":null,"forgotten":1}"#),
            (FieldUpdate::Set("a".to_owned()), r#"{"name":"a","forgotten":1}"#),
        ] {
            let change = Change { name, forgotten: 1.into() };
            assert_eq!(serde_json::to_string(&change).unwrap(), text);
            assert_eq!(serde_json::from_str::<Change>(text).unwrap(), change);
        }
        assert_eq!(FieldUpdate::<u8>::from(None), FieldUpdate::Clear);
        assert_eq!(FieldUpdate::<u8>::from(Some(1)).map(|value| value + 1), FieldUpdate::Set(2));
        assert_eq!(FieldUpdate::<u8>::default().as_ref(), FieldUpdate::Keep);
        assert_eq!(FieldUpdate::<String>::from("a").as_ref(), FieldUpdate::Set(&"a".to_owned()));
        assert_eq!(FieldUpdate::<String>::from(None::<&str>), FieldUpdate::Clear);
        assert_eq!(FieldUpdate::<String>::from(Some("a")), FieldUpdate::from("a"));
    }

    #[test]
    fn a_keep_that_is_not_skipped_is_refused() {
        let error = serde_json::to_string(&Change::default()).unwrap_err();
        assert!(error.to_string().contains("skip_serializing_if"), "{error}");
    }
}
