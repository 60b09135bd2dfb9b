//! Asks a type what it can do.
//!
//! Each question is an inherent method under the bound that it needs, and a method of [`Fallback`] for all other types:
//! inherent methods are found first. That works for types that are known where it is written, so it is written by the macro.

use std::borrow::Cow;
use std::marker::PhantomData;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::recorder;
use crate::call::Call;
use crate::call_site::CallSite;
use crate::decode::{Decode, IfFound, IfModified, Reply, Response, ResponseBody};
use crate::encode::{Multipart, Query};
use crate::endpoint::Parameter;
use crate::error::ApiError;
use crate::head::Head;
use crate::hook::{ArgumentHooks, DecodeHook, Hook, Hooks, Member, Reading, Respond, RewriteHook};
use crate::pages::Pages;
use crate::secret::Secret;
use crate::stream::{Events, JsonLines};
use crate::witness::Witness;

/// A type that is asked.
#[derive(Debug)]
pub struct Probe<T: ?Sized>(PhantomData<fn() -> PhantomData<T>>);

/// A type of which nothing is known.
#[derive(Debug)]
pub enum Unknown {}

impl<T: ?Sized> Clone for Probe<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Probe<T> {}

impl<T: ?Sized> Probe<T> {
    /// Begins to ask.
    pub const NEW: Self = Self(PhantomData);
}

/// Steps from one type to the one within: `Probe<$outer>` has `$step`, which is `Probe<$inner>`.
macro_rules! steps {
    ($($step:ident: $([$($generics:tt)*] $outer:ty => $inner:ty),*;)*) => {$($(
        impl<$($generics)*> Probe<$outer> {
            /// The type within.
            #[must_use]
            pub fn $step(self) -> Probe<$inner> {
                Probe::NEW
            }
        }
    )*)*};
}

steps! {
    returned: [T, E] Call<T, E> => T, [T, E] Pages<T, E> => T, [T, E] Result<T, E> => T;
    failed: [T, E] Call<T, E> => E, [T, E] Pages<T, E> => E, [T, E] Result<T, E> => E;
    unwrapped: [T] Reply<T> => T, [T] IfFound<T> => T, [T] IfModified<T> => T, [T] Events<T> => T, [T] JsonLines<T> => T;
    body: [B] ApiError<B> => B;
    value: [T: ?Sized] &T => T, [T: ?Sized] &mut T => T, [T] Option<T> => T, [T: ?Sized] Box<T> => T,
        [T: ?Sized + ToOwned] Cow<'_, T> => T, [T] [T] => Vec<T>, [] str => String;
    item: [T] Vec<T> => T, [T, const N: usize] [T; N] => T;
}

impl<T: Deserialize<'static>> Probe<T> {
    /// Decodes.
    #[must_use]
    pub fn decode(self) -> Option<DecodeHook> {
        Some(recorder::decode::<T>)
    }
}

impl<T: Deserialize<'static> + Serialize> Probe<T> {
    /// Decodes and encodes.
    #[must_use]
    pub fn rewrite(self) -> Option<RewriteHook> {
        Some(rewrite::<T>)
    }
}

impl<T: Decode> Probe<T> {
    /// Reads a response.
    #[must_use]
    pub fn respond(self) -> Option<Respond> {
        Some(respond::<T>)
    }
}

impl<T: Query> Probe<T> {
    /// The names that it spreads into.
    #[must_use]
    pub fn members(self) -> Option<Vec<Member>> {
        T::members()
    }
}

impl<T: Multipart> Probe<T> {
    /// The parts that it spreads into.
    #[must_use]
    pub fn parts(self) -> Option<Vec<Member>> {
        T::members()
    }
}

/// The second choice, because inherent methods are found first.
pub trait Fallback: Sized {
    /// A return type of a user's own.
    #[must_use]
    fn returned(self) -> Probe<Unknown> {
        Probe::NEW
    }

    /// An error type of a user's own.
    #[must_use]
    fn failed(self) -> Probe<Unknown> {
        Probe::NEW
    }

    /// A type that wraps no other.
    #[must_use]
    fn unwrapped(self) -> Self {
        self
    }

    /// An error without a body.
    #[must_use]
    fn body(self) -> Probe<Unknown> {
        Probe::NEW
    }

    /// The value itself.
    #[must_use]
    fn value(self) -> Self {
        self
    }

    /// Not a list.
    #[must_use]
    fn item(self) -> Probe<Unknown> {
        Probe::NEW
    }

    /// Does not decode.
    #[must_use]
    fn decode(self) -> Option<DecodeHook> {
        None
    }

    /// Does not decode, or does not encode.
    #[must_use]
    fn rewrite(self) -> Option<RewriteHook> {
        None
    }

    /// Does not read responses.
    #[must_use]
    fn respond(self) -> Option<Respond> {
        None
    }

    /// Does not spread into pairs.
    #[must_use]
    fn members(self) -> Option<Vec<Member>> {
        None
    }

    /// Does not spread into parts.
    #[must_use]
    fn parts(self) -> Option<Vec<Member>> {
        None
    }
}

impl<T: ?Sized> Fallback for Probe<T> {}

/// What generated code puts together.
#[allow(missing_docs)]
impl Hooks {
    #[doc(hidden)]
    #[must_use]
    pub fn list<const N: usize>(all: [Self; N]) -> Vec<Self> {
        all.into()
    }

    #[doc(hidden)]
    #[must_use]
    pub fn found<const N: usize>(
        respond: Option<Respond>,
        response: Hook,
        error: Hook,
        arguments: [(&'static str, ArgumentHooks); N],
    ) -> Self {
        Self { respond, response, error, arguments: arguments.into() }
    }
}

#[allow(missing_docs)]
impl Hook {
    #[doc(hidden)]
    #[must_use]
    pub fn found(decode: Option<DecodeHook>, rewrite: Option<RewriteHook>) -> Self {
        Self { decode, rewrite }
    }
}

#[allow(missing_docs)]
impl ArgumentHooks {
    #[doc(hidden)]
    #[must_use]
    pub fn found(whole: Hook, item: Hook, members: Option<Vec<Member>>) -> Self {
        Self { whole, item, members }
    }
}

#[allow(missing_docs)]
impl Member {
    /// The members of structs that are flattened stand beside the others.
    #[doc(hidden)]
    #[must_use]
    pub fn found<const N: usize>(members: [(Parameter, ArgumentHooks); N]) -> Vec<Self> {
        let each = members.into_iter().flat_map(|(parameter, hooks)| match hooks.members {
            Some(members) if parameter.wire.is_empty() => members,
            _ => vec![Self { parameter, hooks }],
        });
        each.collect()
    }
}

fn rewrite<T: Deserialize<'static> + Serialize>(value: &'static Value) -> Result<Value, String> {
    let value = T::deserialize(value).map_err(|error| error.to_string())?;
    // What is compared here is the shape: the values are made up.
    Secret::allow_in(|| serde_json::to_value(&value)).0.map_err(|error| error.to_string())
}

fn respond<T: Decode>(status: u16, media: &str, body: Vec<u8>) -> Reading {
    let Ok(status) = StatusCode::from_u16(status) else { return Reading::Error };
    if !T::accepts(status) {
        return Reading::Error;
    }
    let mut headers = HeaderMap::new();
    headers.extend(HeaderValue::from_str(media).ok().map(|media| (header::CONTENT_TYPE, media)));
    let head = Head { status, headers, attempts: 1, site: CallSite::NONE, witness: Witness::default() };
    match T::reads(&head) {
        ResponseBody::Ignored => return Reading::Ignored,
        ResponseBody::Streamed => return Reading::Streamed,
        ResponseBody::Buffered | ResponseBody::Rejected => {}
    }
    match T::decode(Response::buffered(head, Bytes::from(body))) {
        Ok(_) => Reading::Decoded,
        Err(error) => Reading::Failed(error.to_string()),
    }
}
