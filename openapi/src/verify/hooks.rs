//! What is known of a declared type beyond its name.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// What a declared type can do, as plain functions.
///
/// `#[api]` knows the types of an endpoint as text only. A hook is made where the type itself is at hand:
///
/// ```
/// use declarest_openapi::Hook;
///
/// #[derive(serde::Deserialize)]
/// struct Key { id: String }
///
/// const HOOK: Hook = Hook::reads::<Key>();
/// let unread = HOOK.read.unwrap()(br#"{"id": "key_1", "name": "ci"}"#);
/// assert_eq!(unread.unwrap(), ["name"]);
/// ```
///
/// # For generated code
/// The three members are all that the comparison asks of a type. A constant such as `Probe::<T>::HOOK` can fill them by
/// what `T` implements, and leave `None` or an empty list for what it does not.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Hook {
    /// Decodes one JSON text. Returns the paths of the members that no type has read (`owner.name`, `data.0.id`), or
    /// where and why the text does not decode: `owner.name: invalid type: …`, with `.` for the whole text.
    pub read: Option<Read>,
    /// Decodes one JSON text and encodes the value again.
    pub rewrite: Option<Rewrite>,
    /// The names that a type with `#[derive(Query)]` spreads into.
    pub members: &'static [Member],
}

/// Decodes a JSON text, and returns the paths of the members that no type has read.
pub type Read = fn(&[u8]) -> Result<Vec<String>, String>;
/// Decodes a JSON text and encodes the value again.
pub type Rewrite = fn(&[u8]) -> Result<Vec<u8>, String>;

/// One name of a type with `#[derive(Query)]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Member {
    /// Its name on the wire.
    pub wire: &'static str,
    /// Its declared type.
    pub ty: &'static str,
    /// How a list is written: `repeat`, `comma`, `space`, `pipe`, `brackets`, `indices`.
    pub lists: &'static str,
}

impl Member {
    /// A member whose lists repeat the name.
    #[must_use]
    pub const fn new(wire: &'static str, ty: &'static str) -> Self {
        Self { wire, ty, lists: "repeat" }
    }

    /// Sets how a list is written.
    #[must_use]
    pub const fn lists(mut self, style: &'static str) -> Self {
        self.lists = style;
        self
    }
}

impl Hook {
    /// A type of which nothing is known.
    pub const NONE: Self = Self { read: None, rewrite: None, members: &[] };

    /// A type that decodes.
    #[must_use]
    pub const fn reads<T: DeserializeOwned>() -> Self {
        Self { read: Some(read::<T>), ..Self::NONE }
    }

    /// A type that decodes and encodes.
    #[must_use]
    pub const fn both<T: DeserializeOwned + Serialize>() -> Self {
        Self { read: Some(read::<T>), rewrite: Some(rewrite::<T>), ..Self::NONE }
    }

    /// A type that spreads into the query.
    #[must_use]
    pub const fn members(members: &'static [Member]) -> Self {
        Self { members, ..Self::NONE }
    }
}

fn read<T: DeserializeOwned>(json: &[u8]) -> Result<Vec<String>, String> {
    let mut unread = Vec::new();
    let mut track = serde_path_to_error::Track::new();
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let tracked = serde_path_to_error::Deserializer::new(&mut deserializer, &mut track);
    let value: Result<T, _> = serde_ignored::deserialize(tracked, |path| unread.push(path.to_string()));
    if let Err(error) = value {
        return Err(format!("{}: {error}", track.path()));
    }
    // An `Option` and a newtype add a step of their own.
    Ok(unread.into_iter().map(|path| path.replace("?.", "").replace(".?", "")).collect())
}

fn rewrite<T: DeserializeOwned + Serialize>(json: &[u8]) -> Result<Vec<u8>, String> {
    let value: T = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    serde_json::to_vec(&value).map_err(|error| error.to_string())
}

/// Hooks by the type's name, as signatures write it.
#[derive(Debug, Clone, Default)]
pub(super) struct Hooks(BTreeMap<String, Hook>);

impl Hooks {
    pub(super) fn add(&mut self, ty: &str, hook: Hook) {
        let entry = self.0.entry(super::types::normal(ty)).or_default();
        entry.read = hook.read.or(entry.read);
        entry.rewrite = hook.rewrite.or(entry.rewrite);
        if !hook.members.is_empty() {
            entry.members = hook.members;
        }
    }

    pub(super) fn get(&self, ty: &str) -> Option<&Hook> {
        self.0.get(&super::types::normal(ty))
    }
}
