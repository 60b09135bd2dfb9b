//! An answer with an accepted status, and the reading of its body within the limits.

use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http_body::Body as _;
use serde::de::DeserializeOwned;

use crate::body::Body;
use crate::client::Settings;
use crate::error::{Effect, Error, ErrorKind};
use crate::reply::Head;
use crate::time::Time;

/// What a declared type needs of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnswerBody {
    /// All of it, up to the limit (16 MiB).
    Buffered,
    /// Nothing: it is not read at all.
    Ignored,
    /// What comes, while it comes. The call ends with the head; the body is watched for stalls.
    Streamed,
}

/// An answer, as [`Decode::decode`](crate::Decode::decode) gets it.
pub struct Answer {
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
impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer")
            .field("head", &self.head)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl Answer {
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

    /// The body as it comes, for a type that reads [`AnswerBody::Streamed`].
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
            .with_answer(self.head.status, self.head.headers.clone())
            .with_body(self.body.clone())
            .with_attempts(self.head.attempts)
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

/// Reads a whole body of at most `limit` bytes.
pub(crate) async fn read(body: &mut Body, limit: usize) -> Result<Bytes, Error> {
    let too_large = || {
        let detail = format!("more than the limit of {limit} bytes");
        Error::new(ErrorKind::TooLarge, detail).with_effect(Effect::Answered)
    };
    // Not the header: what it announces may be compressed.
    if body.size_hint().lower() > limit as u64 {
        return Err(too_large());
    }
    let mut first = Bytes::new();
    let mut rest: Option<BytesMut> = None;
    while let Some(frame) = std::future::poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx)).await {
        let frame = frame.map_err(|error| {
            Error::new(ErrorKind::Truncated, "").with_effect(Effect::Answered).with_source(error)
        })?;
        let Ok(data) = frame.into_data() else { continue };
        let read = rest.as_ref().map_or(first.len(), BytesMut::len);
        if read.saturating_add(data.len()) > limit {
            return Err(too_large());
        }
        // Most answers are one chunk, which needs no copy.
        match &mut rest {
            None if first.is_empty() => first = data,
            None => {
                let mut all = BytesMut::with_capacity(first.len() + data.len().max(8 << 10));
                all.extend_from_slice(&first);
                all.extend_from_slice(&data);
                rest = Some(all);
            }
            Some(all) => all.extend_from_slice(&data),
        }
    }
    Ok(rest.map_or(first, BytesMut::freeze))
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
