//! The content of a request: what an argument makes of it, and how members and constants join it.

mod object;
mod parts;

use bytes::Bytes;
use http::HeaderValue;
use serde::Serialize;

#[cfg(feature = "testing")]
pub(crate) use self::object::Object;
pub(crate) use self::parts::{BodyParts, ContentType};
use super::finite::{is_present, write_json};
use crate::body::{Body, RequestBody};
use crate::error::BoxError;

/// A value that is a whole body: what `#[body]` takes.
///
/// ```
/// use declarest::{BoxError, Encode, RequestBody};
/// use http::HeaderValue;
///
/// struct Csv(Vec<[u32; 2]>);
///
/// impl Encode for Csv {
///     fn content_type(&self) -> Option<HeaderValue> {
///         Some(HeaderValue::from_static("text/csv"))
///     }
///
///     fn encode(self) -> Result<RequestBody, BoxError> {
///         let lines: String = self.0.iter().map(|[a, b]| format!("{a},{b}\n")).collect();
///         Ok(RequestBody::from(lines))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a request body",
    label = "expected bytes, text, a `RequestBody`, or a type that implements `declarest::Encode`",
    note = "a value that serde serializes is a body as `#[json]` or `#[form]`"
)]
pub trait Encode {
    /// The media type of the body. `None` sends no `Content-Type` unless the declaration says one.
    fn content_type(&self) -> Option<HeaderValue>;

    /// The body. An error fails the call before anything is sent; its text is shown, so it must not contain the value.
    ///
    /// # Errors
    /// When the value has no representation in this format.
    fn encode(self) -> Result<RequestBody, BoxError>
    where
        Self: Sized;
}

macro_rules! encode_as {
    ($($type:ty => $media:expr, |$value:ident| $bytes:expr;)*) => {$(
        impl Encode for $type {
            fn content_type(&self) -> Option<HeaderValue> {
                Some(HeaderValue::from_static($media))
            }

            fn encode(self) -> Result<RequestBody, BoxError> {
                let $value = self;
                Ok(RequestBody::from($bytes))
            }
        }
    )*};
}
encode_as! {
    Bytes => "application/octet-stream", |value| value;
    Vec<u8> => "application/octet-stream", |value| Bytes::from(value);
    &[u8] => "application/octet-stream", |value| Bytes::copy_from_slice(value);
    String => "text/plain; charset=utf-8", |value| Bytes::from(value);
    &str => "text/plain; charset=utf-8", |value| Bytes::copy_from_slice(value.as_bytes());
}

impl Encode for RequestBody {
    fn content_type(&self) -> Option<HeaderValue> {
        None
    }

    fn encode(self) -> Result<RequestBody, BoxError> {
        Ok(self)
    }
}

/// A stream, which can be sent once: a call with it is not repeated.
impl Encode for Body {
    fn content_type(&self) -> Option<HeaderValue> {
        None
    }

    fn encode(self) -> Result<RequestBody, BoxError> {
        Ok(RequestBody::once(self))
    }
}

/// A body that may be left out.
impl<T: Encode> Encode for Option<T> {
    fn content_type(&self) -> Option<HeaderValue> {
        self.as_ref().and_then(T::content_type)
    }

    fn encode(self) -> Result<RequestBody, BoxError> {
        self.map_or_else(|| Ok(RequestBody::default()), T::encode)
    }
}

/// Newline-delimited JSON: one value a line.
#[derive(Debug, Clone)]
pub struct NdJson<T>(pub T);

impl<T> Encode for NdJson<T>
where
    T: IntoIterator,
    T::Item: Serialize,
{
    fn content_type(&self) -> Option<HeaderValue> {
        Some(HeaderValue::from_static("application/x-ndjson"))
    }

    fn encode(self) -> Result<RequestBody, BoxError> {
        let mut lines = Vec::new();
        for item in self.0 {
            is_present(&item)
                .and_then(|_| write_json(&mut lines, &item))
                .map_err(|reason| reason.to_string())?;
            lines.push(b'\n');
        }
        Ok(RequestBody::from(Bytes::from(lines)))
    }
}
