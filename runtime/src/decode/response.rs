//! An answer with an accepted status, and the reading of its body within the limits.

use std::pin::Pin;
use std::task::{Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http_body::{Body as _, Frame};
use serde::de::DeserializeOwned;

use crate::body::Body;
use crate::client::Settings;
use crate::error::{Effect, Error, ErrorKind};
use crate::reply::Head;
use crate::time::Time;

/// What a declared type needs of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseBody {
    /// All of it, up to the limit (16 MiB).
    Buffered,
    /// Nothing: it is not read at all.
    Ignored,
    /// What comes, while it comes. The call ends with the head; the body is watched for stalls.
    Streamed,
}

/// An answer, as [`Decode::decode`](crate::Decode::decode) gets it.
pub struct Response {
    pub(crate) head: Head,
    pub(crate) body: Bytes,
    /// The body of a type that asks for a stream. Boxed: most answers have none.
    pub(crate) stream: Option<Box<StreamedBody>>,
}

/// A body that is read as it comes, and the rules for it.
pub(crate) struct StreamedBody {
    pub(crate) body: Body,
    pub(crate) time: Time,
    /// How long it may not move.
    pub(crate) stall: Duration,
    /// Bytes of an event or line.
    pub(crate) item_limit: usize,
}

// Nothing of a request or an answer is shown: a `Debug` ends up in logs.
impl std::fmt::Debug for Response {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Response")
            .field("head", &self.head)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl Response {
    /// The status, the headers and how often the request was sent.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The body; empty if the type did not ask for it.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// The body by value, without a copy.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.body
    }

    /// The body read as JSON, as a declared type that serde deserializes is; for an envelope that is then looked into.
    ///
    /// # Errors
    /// When the body is something else. The error tells where and what was expected, and no value.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        super::json::from_body(self)
    }

    /// The body as it comes, for a type that reads [`ResponseBody::Streamed`].
    #[must_use]
    pub fn into_stream(self) -> crate::ByteStream {
        crate::ByteStream::new(self)
    }

    /// An answer that nobody gave.
    pub(crate) fn fake(body: Body) -> Self {
        let head = Head {
            status: http::StatusCode::OK,
            headers: HeaderMap::new(),
            attempts: 0,
            endpoint: &crate::Endpoint::NEW,
            scope: None,
        };
        let Settings { stall, item_limit, .. } = Settings::default();
        let stream = StreamedBody { body, time: Time::default(), stall, item_limit };
        Self { head, body: Bytes::new(), stream: Some(Box::new(stream)) }
    }

    /// How many bytes an event or line may have.
    pub(crate) fn item_limit(&self) -> usize {
        self.stream.as_ref().map_or(0, |stream| stream.item_limit)
    }

    pub(crate) fn is_fake(&self) -> bool {
        self.head.attempts == 0
    }

    /// An error that says that the body is not what was declared. `detail` is shown, so it must hold no value.
    #[must_use]
    pub fn unreadable(&self, detail: &str) -> Error {
        self.error(ErrorKind::Decode, detail)
    }

    /// An error that says that the answer is one, though its status is a success: [`ErrorKind::Classified`]. What the
    /// vendor says of it is there for who asks ([`Error::body_as`]); `detail` is shown, so it must hold no value.
    ///
    /// It ends the call. Where such an answer is worth another attempt, it is told apart in
    /// [`ClientBuilder::classify`](crate::ClientBuilder::classify), which is asked between attempts.
    #[must_use]
    pub fn refused(&self, detail: &str) -> Error {
        self.error(ErrorKind::Classified, detail)
    }

    pub(crate) fn error(&self, kind: ErrorKind, detail: impl Into<String>) -> Error {
        Error::new(kind, detail)
            .with_response(self.head.status, self.head.headers.clone())
            .with_body(self.body.clone())
            .with_attempts(self.head.attempts)
            .with_repeatable(self.head.endpoint.is_repeatable())
            .called(self.head.endpoint, self.head.scope.as_ref())
    }

    /// What the body seems to be: its media type and length, for an error about it.
    pub(crate) fn describe(&self) -> String {
        let media = self.head.headers.get(http::header::CONTENT_TYPE).and_then(|media| media.to_str().ok());
        // A media type without parameters and without anything that is none.
        let media = media.and_then(|media| media.split(';').next()).map(str::trim).filter(|media| {
            media.len() <= 64 && media.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-+.".contains(&b))
        });
        format!("{}, {} bytes", media.unwrap_or("no content type"), self.body.len())
    }
}

/// Reads a whole body of at most `limit` bytes. Not an `async fn`, which would hold each thing twice.
pub(crate) fn read(body: &mut Body, limit: usize) -> impl Future<Output = Result<Bytes, Error>> {
    let mut read = Collected::Chunk(Bytes::new());
    std::future::poll_fn(move |cx| {
        // Not the header: what it announces may be compressed, or the length of a body that an answer without one stands
        // for (RFC 9110, 8.6).
        if body.size_hint().lower() > limit as u64 {
            return Poll::Ready(Err(too_large(limit)));
        }
        while let Some(frame) = ready!(Pin::new(&mut *body).poll_frame(cx)) {
            match frame.map(Frame::into_data) {
                Ok(Ok(data)) if data.len() > limit.saturating_sub(read.len()) => {
                    return Poll::Ready(Err(too_large(limit)));
                }
                Ok(Ok(data)) => read.push(data, limit),
                Ok(Err(_)) => {}
                Err(error) => {
                    let error = Error::new(ErrorKind::Truncated, "").with_source(error);
                    return Poll::Ready(Err(error.with_effect(Effect::Responded)));
                }
            }
        }
        Poll::Ready(Ok(read.take()))
    })
}

fn too_large(limit: usize) -> Error {
    let detail = format!("more than the limit of {limit} bytes");
    Error::new(ErrorKind::TooLarge, detail).with_effect(Effect::Responded)
}

/// What has been read of a body: most are one chunk, which needs no copy.
enum Collected {
    Chunk(Bytes),
    Chunks(BytesMut),
}

impl Collected {
    fn len(&self) -> usize {
        match self {
            Self::Chunk(chunk) => chunk.len(),
            Self::Chunks(all) => all.len(),
        }
    }

    fn push(&mut self, data: Bytes, limit: usize) {
        match self {
            Self::Chunk(chunk) if chunk.is_empty() => *chunk = data,
            Self::Chunk(chunk) => {
                let mut all = BytesMut::with_capacity(chunk.len() + data.len().max(8 << 10));
                all.extend_from_slice(chunk);
                all.extend_from_slice(&data);
                *self = Self::Chunks(all);
            }
            Self::Chunks(all) => {
                make_room(all, data.len(), limit);
                all.extend_from_slice(&data);
            }
        }
    }

    fn take(&mut self) -> Bytes {
        match std::mem::replace(self, Self::Chunk(Bytes::new())) {
            Self::Chunk(chunk) => chunk,
            Self::Chunks(all) => all.freeze(),
        }
    }
}

/// Doubles the room for a body, so that the last doubling ends at the limit: a body that is too large then takes one
/// and a half times of it while it grows, and not three times.
fn make_room(all: &mut BytesMut, more: usize, limit: usize) {
    let needed = all.len().saturating_add(more);
    if needed > all.capacity() {
        let mut room = limit.max(needed);
        while room / 2 >= needed {
            room /= 2;
        }
        let mut larger = BytesMut::with_capacity(room);
        larger.extend_from_slice(all);
        *all = larger;
    }
}

/// Takes what has come of a body that nobody reads, so that the connection can be used again, and waits for nothing:
/// the answer is known, and what is left of it must not make the call fail.
pub(crate) async fn discard(body: &mut Body) {
    let mut left = 64 << 10;
    std::future::poll_fn(|cx| {
        while let Poll::Ready(Some(Ok(frame))) = Pin::new(&mut *body).poll_frame(cx) {
            left -= frame.data_ref().map_or(0, Bytes::len).min(left);
            if left == 0 {
                break;
            }
        }
        Poll::Ready(())
    })
    .await;
}
