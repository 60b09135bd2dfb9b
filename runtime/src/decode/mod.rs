//! Reads a response as the declared type.

pub(crate) mod content_coding;
mod json;
mod json_error;
mod json_text;
mod read;
mod reply;
mod response;
mod special;

use http::StatusCode;

pub(crate) use self::json::from_json;
pub(crate) use self::json_text::{has_member, is_cut};
pub(crate) use self::read::{discard, ends_with_connection, read, read_start};
pub use self::reply::Reply;
pub use self::response::{Response, ResponseBody};
pub(crate) use self::response::{StreamCall, StreamStart, StreamedBody};
pub use self::special::{Exists, IfFound, IfModified, Raw, Text};
use crate::error::Error;
use crate::head::Head;

/// A type that a response can be read as. It decides which statuses are a success, what it needs of the body, and which value a call
/// returns.
///
/// Every type that serde deserializes reads JSON. A type of your own can read anything:
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
///     fn decode(response: Response) -> Result<usize, Error> {
///         let text = std::str::from_utf8(response.bytes()).map_err(|_| response.unreadable("expected UTF-8"))?;
///         Ok(text.lines().count())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a response",
    label = "expected a type that implements `serde::Deserialize` (without borrowing), `()`, `Text`, `Raw`, or a type that implements `declarest::Decode`"
)]
pub trait Decode: 'static {
    /// The value that a call returns.
    type Output: Send + 'static;

    /// Returns whether this status is a success. Default: 2xx.
    #[must_use]
    fn accepts(status: StatusCode) -> bool {
        status.is_success()
    }

    /// Returns what is needed of the body of a response with an accepted status and this head. Default: all of it.
    ///
    /// A type that cannot be read from a response with this head, such as one of another media type, returns
    /// [`ResponseBody::Rejected`], and the error from [`decode`](Decode::decode).
    #[must_use]
    fn reads(head: &Head) -> ResponseBody {
        let _ = head;
        ResponseBody::Buffered
    }

    /// Returns the `Accept` header that is sent if no other source sets it.
    #[must_use]
    fn media_type() -> Option<&'static str> {
        None
    }

    /// Reads a response with an accepted status.
    ///
    /// # Errors
    /// If the response does not match the type; [`Response::unreadable`] makes such an error.
    fn decode(response: Response) -> Result<Self::Output, Error>;
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
