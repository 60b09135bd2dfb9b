//! Bodies: those that a call describes, and those on the wire.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt as _;
use http_body_util::combinators::UnsyncBoxBody;

use crate::error::BoxError;

/// A function that opens a body for each attempt.
type Open = dyn Fn() -> Pin<Box<dyn Future<Output = Result<Body, BoxError>> + Send>> + Send + Sync;

/// The body of a request before it is sent: none, bytes, a source that is opened for each attempt, or a stream that can be sent
/// once.
#[derive(Clone, Default)]
pub struct RequestBody(pub(crate) Source);

/// Where the body of an attempt comes from.
#[derive(Clone, Default)]
pub(crate) enum Source {
    #[default]
    Empty,
    Bytes(Bytes),
    /// Opened when the call runs, again for each attempt.
    Open(Arc<Open>),
    /// Opened by the first attempt, which is the only one, because a part of the body can be sent only once.
    OpenOnce(Arc<Open>),
    /// Taken by the first attempt; shared, so that a call can be copied before it runs.
    Once(Arc<Mutex<Option<Body>>>),
}

impl RequestBody {
    /// Makes a body that is opened when the call runs, and again for each attempt; for example, a file.
    pub fn open<F, R>(open: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<Body, BoxError>> + Send + 'static,
    {
        Self(Source::Open(Arc::new(move || Box::pin(open()))))
    }

    /// Makes a body that can be sent once. A call with it is never repeated.
    #[must_use]
    pub fn once(body: Body) -> Self {
        Self(Source::Once(Arc::new(Mutex::new(Some(body)))))
    }

    /// Returns the body of a source that can be sent once and was not; leaves nothing behind.
    pub(crate) fn take_once(&self) -> Option<Body> {
        match &self.0 {
            Source::Once(body) => body.lock().unwrap_or_else(PoisonError::into_inner).take(),
            _ => None,
        }
    }

    /// Makes a body that is opened by the first attempt, which is the only one.
    pub(crate) fn only_once(self) -> Self {
        match self.0 {
            Source::Open(open) => Self(Source::OpenOnce(open)),
            source => Self(source),
        }
    }

    /// Returns whether the body is absent; a body of zero bytes is present.
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self.0, Source::Empty)
    }

    /// Returns whether a second attempt can send it again.
    pub(crate) fn is_replayable(&self) -> bool {
        !matches!(self.0, Source::Once(_) | Source::OpenOnce(_))
    }

    /// Returns the bytes if they are known without opening anything.
    pub(crate) fn bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Source::Empty => Some(&[]),
            Source::Bytes(bytes) => Some(bytes),
            Source::Open(_) | Source::OpenOnce(_) | Source::Once(_) => None,
        }
    }

    /// Returns whether the body is available without opening anything.
    pub(crate) fn is_ready(&self) -> bool {
        matches!(self.0, Source::Empty | Source::Bytes(_))
    }

    /// Returns the body that is available without opening anything; otherwise an empty one.
    pub(crate) fn ready(&self) -> Body {
        match &self.0 {
            Source::Bytes(bytes) => Body::from(bytes.clone()),
            _ => Body::empty(),
        }
    }

    /// Returns the body of one attempt; `None` if it could be sent once and was taken.
    pub(crate) async fn body(&self) -> Result<Option<Body>, BoxError> {
        Ok(Some(match &self.0 {
            Source::Empty => Body::empty(),
            Source::Bytes(bytes) => Body::from(bytes.clone()),
            Source::Open(open) | Source::OpenOnce(open) => open().await?,
            Source::Once(_) => return Ok(self.take_once()),
        }))
    }
}

impl<B: Into<Bytes>> From<B> for RequestBody {
    fn from(bytes: B) -> Self {
        Self(Source::Bytes(bytes.into()))
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Empty => f.write_str("RequestBody::Empty"),
            Source::Bytes(bytes) => write!(f, "RequestBody::Bytes({} bytes)", bytes.len()),
            Source::Open(_) | Source::OpenOnce(_) => f.write_str("RequestBody::Open"),
            Source::Once(_) => f.write_str("RequestBody::Once"),
        }
    }
}

/// A body on the wire: what a transport sends and receives.
pub struct Body(Repr);

enum Repr {
    Bytes(Option<Bytes>),
    /// The mutex is never contended. It makes the body `Sync`, which reqwest requires of what it sends.
    Stream(Mutex<UnsyncBoxBody<Bytes, BoxError>>),
}

impl Body {
    /// Makes an empty body.
    #[must_use]
    pub fn empty() -> Self {
        Self(Repr::Bytes(None))
    }

    /// Makes a body of any `http_body::Body`.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Repr::Stream(Mutex::new(body.map_err(Into::into).boxed_unsync())))
    }

    /// Returns the bytes if all are available, for a signature; `None` if the body is a stream.
    ///
    /// ```
    /// assert_eq!(declarest::Body::from("text").as_bytes(), Some(&b"text"[..]));
    /// ```
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Repr::Bytes(bytes) => Some(bytes.as_deref().unwrap_or_default()),
            Repr::Stream(_) => None,
        }
    }

    /// Returns the bytes if all are available; otherwise the body itself.
    #[allow(clippy::result_large_err)]
    pub(crate) fn into_bytes(self) -> Result<Bytes, Self> {
        match self.0 {
            Repr::Bytes(bytes) => Ok(bytes.unwrap_or_default()),
            repr @ Repr::Stream(_) => Err(Self(repr)),
        }
    }
}

/// Makes an empty body.
impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

impl<B: Into<Bytes>> From<B> for Body {
    fn from(bytes: B) -> Self {
        let bytes = bytes.into();
        Self(Repr::Bytes((!bytes.is_empty()).then_some(bytes)))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Bytes(bytes) => write!(f, "Body({} bytes)", bytes.as_ref().map_or(0, Bytes::len)),
            Repr::Stream(_) => f.write_str("Body(stream)"),
        }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.0 {
            Repr::Bytes(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Repr::Stream(body) => {
                Pin::new(body.get_mut().unwrap_or_else(PoisonError::into_inner)).poll_frame(cx)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Repr::Bytes(bytes) => bytes.is_none(),
            Repr::Stream(body) => body.lock().unwrap_or_else(PoisonError::into_inner).is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Repr::Bytes(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            Repr::Stream(body) => body.lock().unwrap_or_else(PoisonError::into_inner).size_hint(),
        }
    }
}
