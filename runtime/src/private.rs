//! The whole list of names that generated code may use beside the public ones. Not part of the API.

pub use std::boxed::Box;
pub use std::sync::Arc;

use std::marker::PhantomData;

use serde::Serialize;

use crate::Pages;
use crate::call::Call;
use crate::decode::Decode;
use crate::encode::Query;
pub use crate::encode::{ListStyle, NestedStyle, ObjectStyle, PartOptions};
pub use crate::endpoint::{AuthRule, Encoding, EventRules};
use crate::endpoint::{Endpoint, Nest};
use crate::error::Error;
use crate::pages::{BodyCursor, Page};
use crate::parts::RequestParts;
use crate::returns::Returns;
pub use crate::scope::{DynApi, FromScope, NestParts, Scope};

/// The tables of a nested API. For a type that is none they are empty: that it is none is told where it is returned,
/// and once is enough.
#[derive(Debug)]
pub struct Tables<A>(PhantomData<A>);

impl<A: FromScope> Tables<A> {
    /// The endpoints.
    #[must_use]
    pub fn endpoints() -> &'static [Endpoint] {
        A::ENDPOINTS
    }

    /// The nests.
    #[must_use]
    pub fn nests() -> &'static [Nest] {
        A::NESTS
    }
}

/// The second choice, by the order in which functions are found.
pub trait NoTables {
    /// No endpoints.
    #[must_use]
    fn endpoints() -> &'static [Endpoint] {
        &[]
    }

    /// No nests.
    #[must_use]
    fn nests() -> &'static [Nest] {
        &[]
    }
}

impl<A> NoTables for Tables<A> {}

/// A flattened argument: `derive(Query)` is asked first, then `Serialize`, by the order in which methods are found.
#[derive(Debug)]
pub struct Flatten<'a, T: ?Sized>(pub &'a T);

/// The first choice.
pub trait FlattenQuery {
    /// Writes the pairs.
    fn flatten(&self, parts: &mut RequestParts, style: NestedStyle);
}

impl<T: Query + ?Sized> FlattenQuery for &Flatten<'_, T> {
    fn flatten(&self, parts: &mut RequestParts, style: NestedStyle) {
        RequestParts::query_struct(parts, style, self.0);
    }
}

/// The second choice. The bound stands at the method, so that a type that is neither is told so in words.
pub trait FlattenSerialize<T: ?Sized> {
    /// Writes the pairs.
    fn flatten(&self, parts: &mut RequestParts, style: NestedStyle)
    where
        T: Spread;
}

impl<T: ?Sized> FlattenSerialize<T> for Flatten<'_, T> {
    fn flatten(&self, parts: &mut RequestParts, style: NestedStyle)
    where
        T: Spread,
    {
        self.0.spread(parts, style);
    }
}

/// What serde can spread into pairs.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not spread into pairs",
    label = "expected a struct with `#[derive(declarest::Query)]`, or a struct, a map or a list of pairs that implements `serde::Serialize`"
)]
pub trait Spread {
    /// Writes the pairs.
    fn spread(&self, parts: &mut RequestParts, style: NestedStyle);
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> Spread for T {
    fn spread(&self, parts: &mut RequestParts, style: NestedStyle) {
        RequestParts::query_serialize(parts, style, self);
    }
}

/// Ends an `async fn`.
pub fn plain<R: PlainResult>(parts: RequestParts) -> impl Future<Output = R> + Send + 'static {
    R::call(parts)
}

/// What an `async fn` may return: `Result<T, E>` where `T` is what comes out.
#[diagnostic::on_unimplemented(
    message = "an `async fn` of an API cannot return `{Self}`",
    label = "expected `Result<T, E>` with `E: From<declarest::Error>`",
    note = "a declared type that gives another one (`Text` gives `String`, `Exists` gives `bool`) needs `-> Call<..>`"
)]
pub trait PlainResult: Sized {
    /// Makes the call.
    fn call(parts: RequestParts) -> impl Future<Output = Self> + Send + 'static;
}

impl<T: Decode<Output = T> + Send, E: From<Error> + Send + 'static> PlainResult for Result<T, E> {
    fn call(parts: RequestParts) -> impl Future<Output = Self> + Send + 'static {
        Call::<T, E>::returns(parts)
    }
}

/// Ends an `async fn` whose answer has no body.
pub fn plain_head<R: PlainHead>(parts: RequestParts) -> impl Future<Output = R> + Send + 'static {
    R::call(parts)
}

/// What an `async fn` that makes a HEAD request may return.
#[diagnostic::on_unimplemented(
    message = "an answer to HEAD has no body, so it cannot give `{Self}`",
    label = "expected `Result<(), E>`",
    note = "whether there is an answer is `-> Call<Exists>`, its headers are `-> Call<Reply<()>>`"
)]
pub trait PlainHead: PlainResult {}

impl<E: From<Error> + Send + 'static> PlainHead for Result<(), E> {}

/// Ends a HEAD endpoint, whose answer has no body (RFC 9110, 9.3.2).
#[must_use]
pub fn head<R: HeadReturns>(parts: RequestParts) -> R {
    R::returns(parts)
}

/// What a HEAD endpoint may return.
#[diagnostic::on_unimplemented(
    message = "an answer to HEAD has no body, so it cannot give `{Self}`",
    label = "expected `Call<()>`, `Call<Exists>`, or one of them in `Reply<..>` for the headers"
)]
pub trait HeadReturns: Returns {}

impl<T: NoBody, E: From<Error>> HeadReturns for Call<T, E> {}

/// What needs no body.
#[diagnostic::on_unimplemented(
    message = "an answer to HEAD has no body, so it cannot give `{Self}`",
    label = "expected `()`, `Exists`, or one of them in `Reply<..>` for the headers"
)]
pub trait NoBody: Decode {}

impl NoBody for () {}
impl NoBody for crate::Exists {}
impl<T: NoBody> NoBody for crate::Reply<T> {}

/// Ends a paginated endpoint whose request has a body.
#[must_use]
pub fn pages_by_body<R: BodyPaged>(parts: RequestParts) -> R {
    R::returns(parts)
}

/// What a paginated endpoint with a body may return.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot page through a request with a body",
    label = "expected `Pages<P>` of a page whose cursor belongs into the body: `impl declarest::BodyCursor for P`"
)]
pub trait BodyPaged: Returns {}

impl<P: Page + BodyCursor, E: From<Error>> BodyPaged for Pages<P, E> {}
