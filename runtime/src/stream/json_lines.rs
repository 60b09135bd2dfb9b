//! Newline-delimited JSON: a stream of typed lines.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::incoming::ByteStream;
use super::line_splitter::LineSplitter;
use crate::decode::{Decode, Response, ResponseBody, from_json};
use crate::error::{Error, ErrorKind};

/// A stream of JSON values, one a line: `Call<JsonLines<T>>` gives it when the head is there. Blank lines are skipped,
/// the last line may lack its newline, and a line is limited to 1 MiB.
pub struct JsonLines<T> {
    bytes: ByteStream,
    lines: LineSplitter,
    ended: bool,
    /// A fake's.
    ready: VecDeque<T>,
}

impl<T> JsonLines<T> {
    fn new(answer: Response, ready: VecDeque<T>) -> Self {
        let lines = LineSplitter::new(answer.item_limit());
        Self { ended: answer.is_fake(), bytes: ByteStream::new(answer), lines, ready }
    }
}

/// A stream of these items, for fakes.
impl<T> FromIterator<T> for JsonLines<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::new(Response::fake(crate::body::Body::empty()), items.into_iter().collect())
    }
}

impl<T: DeserializeOwned> JsonLines<T> {
    /// The next value; `None` at the end.
    ///
    /// # Errors
    /// When the stream stalls, is cut off, has a line that is too long or not what was declared. After an error of the
    /// connection the stream ends.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|cx| self.poll_line(cx)).await.transpose()
    }

    fn poll_line(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        if let Some(item) = self.ready.pop_front() {
            return Poll::Ready(Some(Ok(item)));
        }
        while !self.ended {
            match self.lines.next() {
                Ok(Some(line)) => return Poll::Ready(Some(read(line, self.bytes.answer()))),
                Ok(None) => {}
                Err(error) => return self.fail(&error.to_string()),
            }
            match ready!(self.bytes.poll_chunk(cx)) {
                Some(Ok(chunk)) => self.lines.push(&chunk),
                Some(Err(error)) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.ended = true;
                    match self.lines.finish() {
                        Ok(Some(line)) => return Poll::Ready(Some(read(line, self.bytes.answer()))),
                        Ok(None) => {}
                        Err(error) => return self.fail(&error.to_string()),
                    }
                }
            }
        }
        Poll::Ready(None)
    }

    fn fail(&mut self, detail: &str) -> Poll<Option<Result<T, Error>>> {
        self.ended = true;
        Poll::Ready(Some(Err(self.bytes.answer().error(ErrorKind::TooLarge, detail))))
    }
}

fn read<T: DeserializeOwned>(line: &[u8], answer: &Response) -> Result<T, Error> {
    let text = std::str::from_utf8(line).map_err(|_| answer.unreadable("a line is no UTF-8"))?;
    from_json(text, answer)
}

impl<T: DeserializeOwned> Stream for JsonLines<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_line(cx)
    }
}

impl<T> Unpin for JsonLines<T> {}

impl<T: DeserializeOwned + Send + 'static> Decode for JsonLines<T> {
    type Output = Self;

    fn reads() -> ResponseBody {
        ResponseBody::Streamed
    }

    fn media_type() -> Option<&'static str> {
        Some("application/x-ndjson")
    }

    fn decode(answer: Response) -> Result<Self, Error> {
        Ok(Self::new(answer, VecDeque::new()))
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").field("ended", &self.ended).finish_non_exhaustive()
    }
}
