//! What the types of a declaration can do, for tools that compare it with a document: `declarest::verify`.
#![cfg_attr(not(feature = "verify"), allow(unreachable_pub))] // `declarest::verify` exports it.

use serde_json::Value;

use crate::endpoint::Parameter;

/// What the types of one endpoint can do.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Hooks {
    /// How the whole declared response is read, by its own [`Decode`](crate::Decode).
    pub respond: Option<Respond>,
    /// The type of the response behind `Call`, `Pages` or `Result`, and behind `Reply`, `IfFound`, `IfModified`, `Events` or
    /// `JsonLines`.
    pub response: Hook,
    /// The body of the declared error: `B` of `ApiError<B>`.
    pub error: Hook,
    /// The arguments by their names in the signature. One whose type names a generic parameter of the method has none.
    pub arguments: Vec<(&'static str, ArgumentHooks)>,
}

impl Hooks {
    /// Returns the hooks of an argument.
    #[must_use]
    pub fn argument(&self, name: &str) -> Option<&ArgumentHooks> {
        self.arguments.iter().find(|(own, _)| *own == name).map(|(_, hooks)| hooks)
    }
}

/// What the type of an argument, or of a member of one, can do. References, `Option` and `Box` in front of it are left out.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ArgumentHooks {
    /// The type itself.
    pub whole: Hook,
    /// The type of the items, if it is a list.
    pub item: Hook,
    /// What a type with `#[derive(Query)]` or `#[derive(Multipart)]` spreads into; `None` for another type.
    pub members: Option<Vec<Member>>,
}

/// What a type can do. Each member is `None` for a type that cannot.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Hook {
    /// Decodes a JSON value, and watches what the type reads of it.
    pub decode: Option<DecodeHook>,
    /// Decodes a JSON value and encodes the result again. `Err` says why it does not.
    pub rewrite: Option<RewriteHook>,
}

/// Decodes a JSON value, and tells what the type has read of it. The value is `'static`, because a type may borrow from it.
pub type DecodeHook = fn(&'static Value) -> Result<Observed, Misfit>;

/// Decodes a JSON value and encodes the result again.
pub type RewriteHook = fn(&'static Value) -> Result<Value, String>;

/// Reads a response with this status, media type and body.
pub type Respond = fn(u16, &str, Vec<u8>) -> Reading;

/// What a declared type makes of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reading {
    /// The status is an error.
    Error,
    /// It succeeds without the body.
    Ignored,
    /// The body is a stream, which is read while it arrives.
    Streamed,
    /// It has decoded the body.
    Decoded,
    /// It fails, with this message.
    Failed(String),
}

/// One name that a struct spreads into.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Member {
    /// Its name, type, role and list style.
    pub parameter: Parameter,
    /// What its type can do.
    pub hooks: ArgumentHooks,
}

/// What a type has read of a JSON value. Paths are JSON pointers into that value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Observed {
    /// The members that nothing has read. Members of what serde buffers (`flatten`, untagged and internally tagged enums)
    /// are missing from it.
    pub unread: Vec<String>,
    /// The structs that were read, with the names they know.
    pub structs: Vec<ReadStruct>,
    /// Texts that none of an enum's names fits, where the enum takes any.
    pub unknown: Vec<String>,
}

/// A struct that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadStruct {
    /// Where it was read.
    pub path: String,
    /// The name of its type, as serde knows it.
    pub name: &'static str,
    /// The names of its members, aliases included.
    pub fields: &'static [&'static str],
}

/// Why a JSON value is not one of the type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Misfit {
    /// Where it does not fit, as a JSON pointer into the value.
    pub path: String,
    /// The member that the type needs and the value has not.
    pub missing: Option<&'static str>,
    /// The member that stands there twice: under its name and an alias.
    pub duplicate: Option<&'static str>,
    /// What is wrong.
    pub message: String,
    /// What was read before.
    pub observed: Box<Observed>,
}
