//! Values as the responses that are read as them.

use std::any::TypeId;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::response::response;
use crate::decode::{Decode, Exists, IfFound, IfModified, Raw, Reply, Text};
use crate::error::BoxError;
use crate::secret::Secret;
use crate::stream::Event;

/// A type of responses that a value can be written as, for [`Expectation::respond`](super::Expectation::respond): what
/// [`Decode`] reads of the response is the value again.
///
/// Every type that serde serializes and deserializes is one, as JSON; so are [`Text`], [`Raw`], [`Exists`], and [`IfFound`],
/// [`IfModified`] and [`Reply`] of one. A type of yours with its own [`Decode`] can be one:
///
/// ```
/// use declarest::testing::Respond;
/// use declarest::{BoxError, Decode, Error, Response};
///
/// /// The lines of a text.
/// struct Lines;
///
/// impl Decode for Lines {
///     type Output = Vec<String>;
///
///     fn decode(response: Response) -> Result<Vec<String>, Error> {
///         let text = String::from_utf8_lossy(response.bytes());
///         Ok(text.lines().map(str::to_owned).collect())
///     }
/// }
///
/// impl Respond for Lines {
///     fn response(lines: &Vec<String>) -> Result<http::Response<bytes::Bytes>, BoxError> {
///         Ok(http::Response::new(lines.join("\n").into()))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "the mock cannot write a response that is read as `{Self}`",
    label = "expected a type that implements `serde::Serialize` and `serde::Deserialize`, or `declarest::testing::Respond`",
    note = "`respond_json`, `respond_status` and `respond_bytes` respond to any call"
)]
pub trait Respond: Decode {
    /// Returns the response that is read as this value.
    ///
    /// # Errors
    /// If the value has no representation; the test panics with the text.
    fn response(value: &Self::Output) -> Result<Response<Bytes>, BoxError>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned + Send + 'static> Respond for T {
    fn response(value: &T) -> Result<Response<Bytes>, BoxError> {
        if TypeId::of::<T>() == TypeId::of::<()>() {
            return Ok(status(StatusCode::NO_CONTENT));
        }
        Ok(response(StatusCode::OK, "application/json", json(value)?))
    }
}

impl Respond for Text {
    fn response(value: &String) -> Result<Response<Bytes>, BoxError> {
        Ok(response(StatusCode::OK, "text/plain; charset=utf-8", value.clone()))
    }
}

impl Respond for Raw {
    fn response(value: &Bytes) -> Result<Response<Bytes>, BoxError> {
        Ok(response(StatusCode::OK, "application/octet-stream", value.clone()))
    }
}

/// 200 without content, or 404.
impl Respond for Exists {
    fn response(exists: &bool) -> Result<Response<Bytes>, BoxError> {
        Ok(status(if *exists { StatusCode::OK } else { StatusCode::NOT_FOUND }))
    }
}

/// 404 for `None`.
impl<T: Respond> Respond for IfFound<T> {
    fn response(value: &Option<T::Output>) -> Result<Response<Bytes>, BoxError> {
        value.as_ref().map_or_else(|| Ok(status(StatusCode::NOT_FOUND)), T::response)
    }
}

/// 304 for [`IfModified::NotModified`].
impl<T: Respond> Respond for IfModified<T> {
    fn response(value: &IfModified<T::Output>) -> Result<Response<Bytes>, BoxError> {
        let IfModified::Modified { value, etag } = value else { return Ok(status(StatusCode::NOT_MODIFIED)) };
        let mut response = T::response(value)?;
        if let Some(etag) = etag {
            response.headers_mut().insert(header::ETAG, HeaderValue::try_from(etag)?);
        }
        Ok(response)
    }
}

/// With the status and the headers of the reply.
impl<T: Respond> Respond for Reply<T> {
    fn response(reply: &Reply<T::Output>) -> Result<Response<Bytes>, BoxError> {
        let mut response = T::response(&reply.value)?;
        *response.status_mut() = reply.status;
        for (name, value) in &reply.headers {
            response.headers_mut().insert(name, value.clone());
        }
        Ok(response)
    }
}

/// A response without content.
fn status(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response
}

/// The JSON of a value, its secrets included: they go to the code under test.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, BoxError> {
    let (json, _) = Secret::allow_in(|| serde_json::to_vec(value));
    Ok(json?)
}

/// What an event of a stream is written from, for [`Expectation::events`](super::Expectation::events): an [`Event`], or a value that serde
/// serializes, as the data of an event.
pub trait ToEvent {
    /// Appends the event with its blank line.
    ///
    /// # Errors
    /// If the value has no representation; the test panics with the text.
    fn write_event(&self, stream: &mut String) -> Result<(), BoxError>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> ToEvent for T {
    fn write_event(&self, stream: &mut String) -> Result<(), BoxError> {
        stream.extend(["data: ", &String::from_utf8(json(self)?)?, "\n\n"]);
        Ok(())
    }
}

impl ToEvent for Event {
    fn write_event(&self, stream: &mut String) -> Result<(), BoxError> {
        let Self { event, data, id, retry } = self;
        if event != "message" {
            stream.extend(["event: ", event, "\n"]);
        }
        data.split('\n').for_each(|line| stream.extend(["data: ", line, "\n"]));
        stream.extend(id.iter().flat_map(|id| ["id: ", id, "\n"]));
        if let Some(retry) = retry {
            stream.push_str(&format!("retry: {}\n", retry.as_millis()));
        }
        stream.push('\n');
        Ok(())
    }
}
