//! Types of responses that are not JSON.

use std::marker::PhantomData;

use bytes::Bytes;
use encoding_rs::{Encoding, UTF_8};
use http::StatusCode;

use super::{Decode, Response, ResponseBody};
use crate::error::Error;
use crate::head::Head;
use crate::media;

/// Reads the body as text: `Call<Text>` returns a `String`. (`Call<String>` reads a JSON string.)
///
/// The `charset` of its `Content-Type` says how it is encoded, by the labels of the WHATWG Encoding Standard; without one it must
/// be UTF-8. A byte order mark is not part of the text.
#[derive(Debug, Clone, Copy)]
pub struct Text;

impl Decode for Text {
    type Output = String;

    fn decode(response: Response) -> Result<String, Error> {
        let charset = media::charset(&response.head.headers);
        let Some(encoding) = charset.map_or(Some(UTF_8), |label| Encoding::for_label(label.as_bytes()))
        else {
            return Err(response.unreadable("its charset is not one of the WHATWG Encoding Standard"));
        };
        match encoding.decode(&response.body) {
            (text, _, false) => Ok(text.into_owned()),
            (_, encoding, true) => Err(response.unreadable(&format!("expected {}", encoding.name()))),
        }
    }
}

/// Reads the body as bytes: `Call<Raw>` returns `bytes::Bytes`.
#[derive(Debug, Clone, Copy)]
pub struct Raw;

impl Decode for Raw {
    type Output = Bytes;

    fn decode(response: Response) -> Result<Bytes, Error> {
        Ok(response.into_bytes())
    }
}

/// Reads whether a resource exists: `Call<Exists>` returns `true` for 2xx and `false` for 404. The body is not read.
#[derive(Debug, Clone, Copy)]
pub struct Exists;

impl Decode for Exists {
    type Output = bool;

    fn accepts(status: StatusCode) -> bool {
        status.is_success() || status == StatusCode::NOT_FOUND
    }

    fn reads(_: &Head) -> ResponseBody {
        ResponseBody::Ignored
    }

    fn decode(response: Response) -> Result<bool, Error> {
        Ok(response.head().status != StatusCode::NOT_FOUND)
    }
}

/// A value that may not be there: `Call<IfFound<T>>` gives `Some` for what `T` reads, and `None` for 404. The body of a 404
/// is not read.
///
/// Callers of a method that returns `Call<T>` write [`Call::optional`](crate::Call::optional).
///
/// ```
/// use declarest::{Call, IfFound, api};
///
/// #[api]
/// trait Users {
///     #[get("/users/{id}")]
///     fn find(&self, id: &str) -> Call<IfFound<String>>;
/// }
///
/// # async fn f(users: UsersClient) -> Result<(), declarest::Error> {
/// let user: Option<String> = users.find("user_1").await?;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct IfFound<T>(PhantomData<fn() -> T>);

impl<T: Decode> Decode for IfFound<T> {
    type Output = Option<T::Output>;

    fn accepts(status: StatusCode) -> bool {
        status == StatusCode::NOT_FOUND || T::accepts(status)
    }

    fn reads(head: &Head) -> ResponseBody {
        if head.status == StatusCode::NOT_FOUND { ResponseBody::Ignored } else { T::reads(head) }
    }

    fn media_type() -> Option<&'static str> {
        T::media_type()
    }

    fn decode(answer: Response) -> Result<Self::Output, Error> {
        if answer.head().status == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        T::decode(answer).map(Some)
    }
}

/// A value, or the news that it has not changed: `Call<IfModified<T>>`, with an `If-None-Match` header among the
/// arguments, takes 304 Not Modified (RFC 9110, 15.4.5) for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IfModified<T> {
    /// The value, and the `ETag` for the next request.
    Modified {
        /// The value.
        value: T,
        /// The header `ETag`.
        etag: Option<String>,
    },
    /// The caller's value is current.
    NotModified,
}

impl<T: Decode> Decode for IfModified<T> {
    type Output = IfModified<T::Output>;

    fn accepts(status: StatusCode) -> bool {
        status == StatusCode::NOT_MODIFIED || T::accepts(status)
    }

    fn reads(head: &Head) -> ResponseBody {
        if head.status == StatusCode::NOT_MODIFIED { ResponseBody::Ignored } else { T::reads(head) }
    }

    fn media_type() -> Option<&'static str> {
        T::media_type()
    }

    fn decode(response: Response) -> Result<Self::Output, Error> {
        let head = response.head();
        if head.status == StatusCode::NOT_MODIFIED {
            return Ok(IfModified::NotModified);
        }
        let etag =
            head.headers.get(http::header::ETAG).and_then(|etag| etag.to_str().ok()).map(str::to_owned);
        Ok(IfModified::Modified { value: T::decode(response)?, etag })
    }
}
