//! A response with an accepted status, as a declared type reads it.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use serde::de::DeserializeOwned;

use super::Decode;
use crate::body::Body;
use crate::call_site::CallSite;
use crate::clock::Clock;
use crate::error::{Error, ErrorKind};
use crate::head::Head;
use crate::limits::Limits;
use crate::media;
use crate::observe::CallEnd;
use crate::retry::Withdrawal;
use crate::secret::Secret;
use crate::witness::{Reading, Witness};

/// What a declared type needs of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseBody {
    /// All of it, up to the limit (16 MiB).
    Buffered,
    /// Nothing.
    Ignored,
    /// The response is not what was declared, as its head shows. The body is read for [`Error::body`], up to the limit for
    /// errors (64 KiB); the error itself comes from [`Decode::decode`](crate::Decode::decode).
    Rejected,
    /// All of it, while it arrives. The call ends with the head; the body is watched for stalls.
    Streamed,
}

/// A response with an accepted status, as [`Decode::decode`](crate::Decode::decode) gets it.
pub struct Response {
    pub(crate) head: Head,
    pub(crate) body: Bytes,
    /// The body of a type that asks for a stream. Boxed, because most responses have none.
    pub(crate) stream: Option<Box<StreamedBody>>,
    /// A fake made it: a stream that ends is complete.
    is_fake: bool,
    /// The secrets of the request, which no error may show.
    pub(crate) secrets: Vec<Secret>,
    /// The end of the call, if somebody listens: it comes when the response was read.
    pub(crate) end: Option<Box<CallEnd>>,
}

/// A body that is read as it comes, and the rules for it.
pub(crate) struct StreamedBody {
    pub(crate) body: Body,
    pub(crate) clock: Clock,
    pub(crate) limits: Limits,
    /// The call, for a stream that can be continued by another one.
    pub(crate) call: Option<Arc<dyn StreamCall>>,
}

/// The call that a stream belongs to, kept for when its connection is lost.
pub(crate) trait StreamCall: Send + Sync {
    /// Returns whether the call can be made again: it is idempotent, and its body can be sent again.
    fn is_safe(&self) -> bool;

    /// Returns whether the call is worth another try after it failed with this error.
    fn is_passing(&self, error: &Error) -> bool;

    /// Returns how long to wait before the call is made for the `retry`th time in a row, counted from 0, if the server has
    /// asked for a wait; `None` if it asked for more than a client waits.
    fn wait(&self, retry: u32, asked: Option<Duration>) -> Option<Duration>;

    /// Makes the call after `wait`, with the id of the last event; `None` if the retry budget is spent, or the id cannot be
    /// the value of a header.
    fn start(&self, wait: Duration, last_id: &str) -> Option<(StreamStart, Withdrawal)>;

    /// Returns what the call took from the retry budget, because it brought an event.
    fn give_back(&self, withdrawal: Withdrawal);
}

/// A call that is made again.
pub(crate) type StreamStart = Pin<Box<dyn Future<Output = Result<Response, Error>> + Send>>;

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
    /// Returns the status, the headers and the number of attempts.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Returns the body; empty if the type does not need it.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// Returns the body by value, without a copy.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.body
    }

    /// Reads the body as JSON, for a type that looks into an envelope.
    ///
    /// # Errors
    /// If the body does not match `T`. The error says where and what was expected, and shows no value.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        super::json::from_body(self)
    }

    /// Reads the response as the declared type, with which its call ends.
    pub(crate) fn decode<T: Decode>(mut self) -> Result<T::Output, Error> {
        let end = self.end.take();
        let result = self.read::<T>();
        if let (Some(mut end), Err(error)) = (end, &result) {
            end.failed(error);
        }
        result
    }

    /// Reads the response, and tells its witness what was met.
    fn read<T: Decode>(self) -> Result<T::Output, Error> {
        let witness = self.head.witness.clone();
        if !witness.is_there() {
            return T::decode(self);
        }
        let is_ignored = T::reads(&self.head) == ResponseBody::Ignored;
        let reading = |result: &Result<T::Output, Error>| match result.as_ref().map_err(Error::kind) {
            Ok(_) if is_ignored => Reading::Ignored,
            Ok(_) => Reading::Decoded,
            Err(ErrorKind::Decode | ErrorKind::EmptyBody) => Reading::Failed,
            Err(_) => Reading::AsError,
        };
        witness.watch(|| T::decode(self), reading)
    }

    /// Makes a response whose body was read whole.
    pub(crate) fn buffered(head: Head, body: Bytes) -> Self {
        Self { head, body, stream: None, is_fake: false, secrets: Vec::new(), end: None }
    }

    /// Makes a response whose body is read as it comes.
    pub(crate) fn streamed(head: Head, stream: StreamedBody) -> Self {
        Self { stream: Some(Box::new(stream)), ..Self::buffered(head, Bytes::new()) }
    }

    /// Makes a response that no server gave, with status 200 and a body that is read as it comes.
    pub(crate) fn fake(body: Body) -> Self {
        let head = Head {
            status: http::StatusCode::OK,
            headers: HeaderMap::new(),
            attempts: 0,
            site: CallSite::NONE,
            witness: Witness::default(),
        };
        let stream = StreamedBody { body, clock: Clock::default(), limits: Limits::DEFAULT, call: None };
        Self { is_fake: true, ..Self::streamed(head, stream) }
    }

    /// Returns how many bytes an event or line may have.
    pub(crate) fn item_limit(&self) -> usize {
        self.stream.as_ref().map_or(0, |stream| stream.limits.item)
    }

    /// Returns how many bytes of an event or line an error keeps.
    pub(crate) fn error_limit(&self) -> usize {
        self.stream.as_ref().map_or(0, |stream| stream.limits.error_body)
    }

    pub(crate) fn is_fake(&self) -> bool {
        self.is_fake
    }

    /// Makes the error of a response that does not match the type. `detail` is shown, so it must not contain a value.
    #[must_use]
    pub fn unreadable(&self, detail: &str) -> Error {
        self.error(ErrorKind::Decode, detail)
    }

    /// Makes the error of a response that reports a failure although its status is a success: [`ErrorKind::Classified`].
    /// [`Error::body_as`] returns what the vendor says; `detail` is shown, so it must not contain a value.
    ///
    /// It ends the call. [`ClientBuilder::classify`](crate::ClientBuilder::classify) can repeat the call instead.
    #[must_use]
    pub fn refused(&self, detail: &str) -> Error {
        self.error(ErrorKind::Classified, detail)
    }

    pub(crate) fn error(&self, kind: ErrorKind, detail: impl Into<String>) -> Error {
        Error::new(kind, detail)
            .with_response(self.head.status, self.head.headers.clone())
            .with_body(self.body.clone())
            .with_attempts(self.head.attempts)
            .with_repeatable(self.head.site.endpoint.is_repeatable())
            .with_secrets(self.secrets.clone())
            .called(&self.head.site)
    }

    /// Returns the media type and length of the body, for an error about it.
    pub(crate) fn describe(&self) -> String {
        let media = media::essence(&self.head.headers);
        format!("{}, {} bytes", media.unwrap_or("no content type"), self.body.len())
    }
}
