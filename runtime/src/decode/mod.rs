//! From an answer to the declared type.

pub(crate) mod content_coding;
mod json;
mod json_error;
mod read;
mod reply;
mod response;
mod special;

use http::StatusCode;

pub(crate) use self::json::{from_json, has_member, is_cut};
pub(crate) use self::read::{discard, ends_with_connection, read, read_start};
pub use self::reply::Reply;
pub use self::response::{Response, ResponseBody};
pub(crate) use self::response::{StreamCall, StreamStart, StreamedBody};
pub use self::special::{Exists, IfFound, IfModified, Raw, Text};
use crate::error::Error;
use crate::head::Head;

/// How a declared type reads an answer: which statuses are a success, what comes out, and what it needs of the body.
///
/// Every type that serde deserializes reads JSON. A type of your own decides all of it:
///
/// ```
/// use declarest::{Response, Decode, Error};
///
/// /// The number of lines of a text.
/// struct Lines;
///
/// impl Decode for Lines {
///     type Output = usize;
///
///     fn decode(answer: Response) -> Result<usize, Error> {
///         let text = std::str::from_utf8(answer.bytes()).map_err(|_| answer.unreadable("expected UTF-8"))?;
///         Ok(text.lines().count())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an answer",
    label = "expected a type that implements `serde::Deserialize` (without borrowing), `()`, `Text`, `Raw`, or a type that implements `declarest::Decode`"
)]
pub trait Decode: 'static {
    /// What comes out.
    type Output: Send + 'static;

    /// Whether this status is a success. By default, 2xx.
    #[must_use]
    fn accepts(status: StatusCode) -> bool {
        status.is_success()
    }

    /// What is needed of the body of a response with an accepted status and this head. By default, all of it.
    ///
    /// A type that cannot be read from a response with this head, such as one of another media type, returns
    /// [`ResponseBody::Rejected`], and the error from [`decode`](Decode::decode).
    #[must_use]
    fn reads(head: &Head) -> ResponseBody {
        let _ = head;
        ResponseBody::Buffered
    }

    /// The `Accept` header, unless the declaration says another.
    #[must_use]
    fn media_type() -> Option<&'static str> {
        None
    }

    /// Reads an answer with an accepted status.
    ///
    /// # Errors
    /// When the body is not what was declared; [`Response::unreadable`] makes such an error.
    fn decode(answer: Response) -> Result<Self::Output, Error>;
}

/// A type that is read from the head of a response alone. A response to HEAD has no body (RFC 9110, 9.3.2), so a HEAD endpoint
/// returns a `Call` of such a type: `()`, [`Exists`], [`Reply<()>`](Reply), or a type of your own.
///
/// ```
/// use declarest::{Call, Decode, Error, Head, NoBody, Response, ResponseBody, api};
///
/// /// The length of a file.
/// struct Length;
///
/// impl Decode for Length {
///     type Output = Option<u64>;
///
///     fn reads(_: &Head) -> ResponseBody {
///         ResponseBody::Ignored
///     }
///
///     fn decode(response: Response) -> Result<Option<u64>, Error> {
///         let length = response.head().headers.get("content-length");
///         Ok(length.and_then(|length| length.to_str().ok()?.parse().ok()))
///     }
/// }
///
/// impl NoBody for Length {}
///
/// #[api]
/// trait Files {
///     #[head("/files/{id}")]
///     fn length(&self, id: &str) -> Call<Length>;
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "an answer to HEAD has no body, so it cannot give `{Self}`",
    label = "expected `()`, `Exists`, or one of them in `Reply<..>` for the headers"
)]
pub trait NoBody: Decode {}

impl NoBody for () {}
impl NoBody for Exists {}
impl<T: NoBody> NoBody for Reply<T> {}
impl<T: NoBody> NoBody for IfFound<T> {}
impl<T: NoBody> NoBody for IfModified<T> {}
