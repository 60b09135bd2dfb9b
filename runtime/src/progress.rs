//! How far a body has come.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};

use crate::body::{Body, RequestBody};
use crate::error::BoxError;

/// How far a body has come.
///
/// [`File::on_progress`](crate::File::on_progress), [`Body::on_progress`] and [`RequestBody::on_progress`] report uploads,
/// [`ByteStream::on_progress`](crate::ByteStream::on_progress) reports downloads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The bytes so far. Of an upload, those that the transport has taken; they may still be on their way.
    pub done: u64,
    /// The bytes in all; `None` if that is not known.
    pub total: Option<u64>,
}

/// What is told of progress, from each attempt's own body.
pub(crate) type OnProgress = Arc<dyn Fn(Progress) + Send + Sync>;

impl Body {
    /// Calls `report` with 0 bytes when the body is first read, and then after each chunk.
    ///
    /// The body is a stream from then on: [`as_bytes`](Body::as_bytes) returns `None`. Its length stays known. `report` runs where the
    /// body is read, so it should be quick.
    ///
    /// ```
    /// use declarest::Body;
    ///
    /// let body = Body::from("some bytes").on_progress(|progress| {
    ///     println!("{} of {:?} bytes", progress.done, progress.total);
    /// });
    /// ```
    #[must_use]
    pub fn on_progress(self, report: impl FnMut(Progress) + Send + 'static) -> Self {
        let total = self.size_hint().exact();
        Self::new(Reported { body: self, report, progress: Progress { done: 0, total }, has_begun: false })
    }
}

impl RequestBody {
    /// Calls `report` with 0 bytes when the body is first read, and then after each chunk; again from 0 for another attempt.
    ///
    /// The length of the body and whether it can be sent again stay the same. A mock does not compare it, as any other stream.
    ///
    /// ```
    /// use declarest::RequestBody;
    ///
    /// let body = RequestBody::from("some bytes").on_progress(|progress| {
    ///     println!("{} of {:?} bytes", progress.done, progress.total);
    /// });
    /// ```
    #[must_use]
    pub fn on_progress(self, report: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        let report: OnProgress = Arc::new(report);
        if self.is_absent() {
            return self;
        }
        if let Some(body) = self.take_once() {
            return Self::once(body.on_progress(move |progress| report(progress)));
        }
        let is_replayable = self.is_replayable();
        let body = Self::open(move || {
            let (body, report) = (self.clone(), report.clone());
            async move {
                let body = body.body().await?.ok_or("the body can be sent only once")?;
                Ok(body.on_progress(move |progress| report(progress)))
            }
        });
        if is_replayable { body } else { body.only_once() }
    }
}

/// A body that reports how far it has come.
struct Reported<F> {
    body: Body,
    report: F,
    progress: Progress,
    has_begun: bool,
}

// The body is boxed where it is a stream, and a closure is not pinned.
impl<F> Unpin for Reported<F> {}

impl<F: FnMut(Progress) + Send> http_body::Body for Reported<F> {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let Self { body, report, progress, has_begun } = &mut *self;
        if !std::mem::replace(has_begun, true) {
            report(*progress);
        }
        let frame = ready!(Pin::new(body).poll_frame(cx));
        let length =
            frame.iter().flatten().filter_map(Frame::data_ref).map(|data| data.len() as u64).sum::<u64>();
        if length > 0 {
            progress.done += length;
            report(*progress);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        // An empty body is read once, so that it is reported.
        self.has_begun && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use http_body_util::BodyExt as _;

    use super::*;

    type Seen = Arc<Mutex<Vec<(u64, Option<u64>)>>>;

    fn log(seen: &Seen) -> impl Fn(Progress) + Send + Sync + 'static {
        let seen = seen.clone();
        move |progress| seen.lock().unwrap().push((progress.done, progress.total))
    }

    fn read(body: Body) -> Bytes {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(body.collect()).unwrap().to_bytes()
    }

    fn open(body: &RequestBody) -> Option<Body> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(body.body()).unwrap()
    }

    #[test]
    fn a_body_keeps_its_length_and_content() {
        for text in ["abc", ""] {
            let seen = Seen::default();
            let body = Body::from(text).on_progress(log(&seen));
            let length = text.len() as u64;
            assert_eq!((body.size_hint().exact(), body.as_bytes()), (Some(length), None));
            assert_eq!(read(body), text);
            let mut expected = vec![(0, Some(length)), (length, Some(length))];
            expected.dedup();
            assert_eq!(*seen.lock().unwrap(), expected);
        }
    }

    #[test]
    fn each_attempt_begins_again_and_what_is_sent_once_stays_so() {
        let seen = Seen::default();
        let body = RequestBody::from("abc").on_progress(log(&seen));
        assert!(body.is_replayable());
        for _ in 0..2 {
            assert_eq!(read(open(&body).unwrap()), "abc");
        }
        assert_eq!(*seen.lock().unwrap(), [(0, Some(3)), (3, Some(3))].repeat(2));

        let once = RequestBody::once(Body::from("abc")).on_progress(log(&seen));
        assert!(!once.is_replayable());
        assert_eq!((read(open(&once).unwrap()), open(&once).is_none()), (Bytes::from("abc"), true));
        let inner = RequestBody::from("abc").on_progress(log(&seen)).only_once().on_progress(log(&seen));
        assert!(!inner.is_replayable() && RequestBody::default().on_progress(log(&seen)).is_absent());
    }
}
