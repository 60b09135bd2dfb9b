//! What the kinds of return types ask of a declaration: the functions that end a generated method.

use crate::Pages;
use crate::call::Call;
use crate::decode::{Decode, NoBody};
use crate::error::Error;
use crate::pages::{BodyCursor, Page};
use crate::request::{RequestParts, Returns};

/// Ends an `async fn`.
pub fn plain<R: PlainResult>(parts: RequestParts) -> impl Future<Output = R> + Send + 'static {
    R::call(parts)
}

/// A type that an `async fn` may return: `Result<T, E>`.
#[diagnostic::on_unimplemented(
    message = "an `async fn` of an API cannot return `{Self}`",
    label = "expected `Result<T, E>` with `E: From<declarest::Error>`",
    note = "a declared type that returns another type (`Text` returns `String`, `Exists` returns `bool`) needs `-> Call<..>`"
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

/// Ends an `async fn` whose response has no body.
pub fn plain_head<R: PlainHead>(parts: RequestParts) -> impl Future<Output = R> + Send + 'static {
    R::call(parts)
}

/// A type that an `async fn` with a HEAD request may return.
#[diagnostic::on_unimplemented(
    message = "a response to HEAD has no body, so it cannot be read as `{Self}`",
    label = "expected `Result<(), E>`",
    note = "declare `-> Call<Exists>` for the status, or `-> Call<Reply<()>>` for the headers"
)]
pub trait PlainHead: PlainResult {}

impl<E: From<Error> + Send + 'static> PlainHead for Result<(), E> {}

/// Ends a HEAD endpoint, whose response has no body (RFC 9110, 9.3.2).
#[must_use]
pub fn head<R: HeadReturns>(parts: RequestParts) -> R {
    R::returns(parts)
}

/// A type that a HEAD endpoint may return.
#[diagnostic::on_unimplemented(
    message = "a response to HEAD has no body, so it cannot be read as `{Self}`",
    label = "expected `Call<()>`, `Call<Exists>`, or one of them in `Reply<..>` for the headers"
)]
pub trait HeadReturns: Returns {}

impl<T: NoBody, E: From<Error>> HeadReturns for Call<T, E> {}

/// Ends a paginated endpoint whose request has a body.
#[must_use]
pub fn pages_by_body<R: BodyPaged>(parts: RequestParts) -> R {
    R::returns(parts)
}

/// A type that a paginated endpoint with a body may return.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot page through a request with a body",
    label = "expected `Pages<P>` of a page whose cursor is a member of the body: `impl declarest::BodyCursor for P`"
)]
pub trait BodyPaged: Returns {}

impl<P: Page + BodyCursor, E: From<Error>> BodyPaged for Pages<P, E> {}
