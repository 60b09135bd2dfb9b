//! The body of a response while it arrives, watched for stalls.

use std::fmt;
use std::future::{Future as _, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;

use crate::body::Body;
use crate::clock::{Clock, Sleep};
use crate::decode::{Decode, Response, ResponseBody};
use crate::error::{Error, ErrorKind};
use crate::head::Head;
use crate::progress::Progress;

/// The body of a response while it arrives. `Call<ByteStream>` returns it when the head has arrived.
///
/// It has no size limit and no deadline: a download of minutes goes on while it moves. If nothing arrives for 30 s while
/// somebody waits for it, it ends with [`ErrorKind::Stalled`]; `stall_timeout` on the client, the API, the endpoint or the
/// call sets another time. A slow consumer does not count as a stall. A body that ends too early ends with
/// [`ErrorKind::Truncated`].
pub struct ByteStream {
    body: Option<Body>,
    time: Clock,
    /// How long the body may not move.
    limit: Duration,
    /// Runs while nothing arrives.
    stall: Option<Pin<Box<Sleep>>>,
    /// The response without its body, for errors.
    response: Response,
}

impl ByteStream {
    /// A stream of these chunks, for fakes.
    pub fn from_chunks<C: Into<Bytes>>(chunks: impl IntoIterator<Item = C>) -> Self {
        let all: Vec<u8> = chunks.into_iter().flat_map(|chunk| chunk.into().to_vec()).collect();
        Self::new(Response::fake(Body::from(Bytes::from(all))))
    }

    pub(crate) fn new(mut response: Response) -> Self {
        let (body, time, limit) = match response.stream.take() {
            Some(stream) => (Some(stream.body), stream.clock, stream.limits.stall),
            None => (None, Clock::default(), Duration::MAX),
        };
        Self { body, time, limit, stall: None, response }
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    /// Fails with [`ErrorKind::Stalled`] or [`ErrorKind::Truncated`]. After an error the stream has ended.
    pub async fn try_next(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|cx| self.poll_chunk(cx)).await.transpose()
    }

    /// Calls `report` with 0 bytes when the body is first read, and then after each chunk. The total is what the server has announced;
    /// it is not known of a body that is decoded. A download to a file:
    ///
    /// ```no_run
    /// # async fn f(body: declarest::ByteStream) -> Result<(), Box<dyn std::error::Error>> {
    /// use std::io::Write as _;
    ///
    /// let mut file = std::fs::File::create("report.csv")?;
    /// let mut body = body.on_progress(|progress| println!("{} of {:?} bytes", progress.done, progress.total));
    /// while let Some(chunk) = body.try_next().await? {
    ///     file.write_all(&chunk)?;
    /// }
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn on_progress(mut self, report: impl FnMut(Progress) + Send + 'static) -> Self {
        self.body = self.body.map(|body| body.on_progress(report));
        self
    }

    /// How many bytes are still to come, if the server has announced it.
    #[must_use]
    pub fn len(&self) -> Option<u64> {
        self.body.as_ref().and_then(|body| body.size_hint().exact())
    }

    /// Whether the body is known to be empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    pub(super) fn response(&self) -> &Response {
        &self.response
    }

    /// The head of the response, for an error that the stream itself does not make.
    #[cfg(feature = "blocking")]
    pub(crate) fn head(&self) -> &Head {
        self.response.head()
    }

    pub(super) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        while let Some(body) = &mut self.body {
            match Pin::new(body).poll_frame(cx) {
                Poll::Ready(frame) => {
                    self.stall = None;
                    match frame {
                        None => self.body = None,
                        Some(Ok(frame)) => match frame.into_data() {
                            Ok(data) if !data.is_empty() => return Poll::Ready(Some(Ok(data))),
                            _ => {}
                        },
                        Some(Err(error)) => {
                            self.body = None;
                            let error = self.response.error(ErrorKind::Truncated, "").with_source(error);
                            return Poll::Ready(Some(Err(error)));
                        }
                    }
                }
                Poll::Pending => {
                    let (time, limit) = (self.time.clone(), self.limit);
                    let stall = self.stall.get_or_insert_with(|| Box::pin(time.sleep(limit)));
                    ready!(stall.as_mut().poll(cx));
                    self.body = None;
                    let detail = match self.time.can_sleep() {
                        true => format!("nothing came for {limit:?}"),
                        false => "the stream was polled outside of a Tokio runtime".to_owned(),
                    };
                    return Poll::Ready(Some(Err(self.response.error(ErrorKind::Stalled, detail))));
                }
            }
        }
        Poll::Ready(None)
    }
}

impl Response {
    /// Returns the body as it comes, for a type that reads [`ResponseBody::Streamed`].
    #[must_use]
    pub fn into_stream(self) -> ByteStream {
        ByteStream::new(self)
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(cx)
    }
}

impl Decode for ByteStream {
    type Output = Self;

    fn reads(_: &Head) -> ResponseBody {
        ResponseBody::Streamed
    }

    fn decode(response: Response) -> Result<Self, Error> {
        Ok(Self::new(response))
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").field("ended", &self.body.is_none()).finish_non_exhaustive()
    }
}
