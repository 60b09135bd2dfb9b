//! Newline-delimited JSON: a stream of typed lines.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::bytes::ByteStream;
use super::splitter::{LineEnding, Splitter};
use super::{has_media_type, with_item};
use crate::decode::{Decode, Response, ResponseBody, from_json, is_cut};
use crate::error::{Error, ErrorKind};
use crate::head::Head;
use crate::witness::Reading;

/// A stream of JSON values, one on each line. `Call<JsonLines<T>>` returns it when the head has arrived.
///
/// Blank lines are skipped, and the last line may lack its newline. A line is limited to 1 MiB. A line that does not fit `T`
/// is an error with the text of the line in [`Error::body`], and the next line can be read.
///
/// A page of HTML (`text/html`) is an error of the kind [`Decode`](ErrorKind::Decode) that keeps the page. Other media types
/// are not checked, because the format has no registered one.
pub struct JsonLines<T> {
    bytes: ByteStream,
    lines: Lines,
    /// How many bytes of a line an error keeps.
    error_limit: usize,
    ended: bool,
    /// The items of a fake.
    ready: VecDeque<T>,
}

impl<T> JsonLines<T> {
    fn new(response: Response, ready: VecDeque<T>) -> Self {
        Self {
            lines: Lines::new(response.item_limit()),
            error_limit: response.error_limit(),
            ended: response.is_fake(),
            bytes: ByteStream::new(response),
            ready,
        }
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
    /// Fails if the stream stalls, is cut off, or has a line that is too long or not what was declared. After a line that is
    /// not what was declared, the next line can be read; after any other error the stream has ended.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|cx| self.poll_line(cx)).await.transpose()
    }

    /// The head of the response, for an error that the stream itself does not make.
    #[cfg(feature = "blocking")]
    pub(crate) fn head(&self) -> &Head {
        self.bytes.head()
    }

    fn poll_line(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        if let Some(item) = self.ready.pop_front() {
            return Poll::Ready(Some(Ok(item)));
        }
        while !self.ended {
            match self.lines.advance() {
                Ok(true) => return Poll::Ready(Some(self.read())),
                Ok(false) => {}
                Err(error) => {
                    self.ended = true;
                    let error = self.bytes.response().error(ErrorKind::TooLarge, error.to_string());
                    return Poll::Ready(Some(Err(error)));
                }
            }
            match ready!(self.bytes.poll_chunk(cx)) {
                Some(Ok(chunk)) => self.lines.push(chunk),
                Some(Err(error)) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.ended = true;
                    if self.lines.finish() {
                        return Poll::Ready(Some(self.read()));
                    }
                }
            }
        }
        Poll::Ready(None)
    }

    /// Reads the current line.
    fn read(&self) -> Result<T, Error> {
        let (line, response) = (self.lines.line(), self.bytes.response());
        let value = match std::str::from_utf8(line) {
            Ok(text) => response.head.witness.watch(|| from_json(text, response), Reading::of_item),
            Err(_) => Err(response.unreadable("a line is not UTF-8")),
        };
        value.map_err(|error| {
            // Only the last line, which has no newline, can be cut off.
            let error = match self.ended && is_cut(line) {
                true => {
                    response.error(ErrorKind::Truncated, "the stream ended within a line").with_source(error)
                }
                false => error,
            };
            with_item(error, line, self.error_limit)
        })
    }
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

    fn reads(head: &Head) -> ResponseBody {
        if is_html(head) { ResponseBody::Rejected } else { ResponseBody::Streamed }
    }

    fn media_type() -> Option<&'static str> {
        Some("application/x-ndjson")
    }

    fn decode(response: Response) -> Result<Self, Error> {
        if is_html(response.head()) {
            return Err(
                response.unreadable(&format!("expected lines of JSON, found {}", response.describe()))
            );
        }
        Ok(Self::new(response, VecDeque::new()))
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").field("ended", &self.ended).finish_non_exhaustive()
    }
}

/// Whether a response is a page for people: an error of a proxy, a login.
fn is_html(head: &Head) -> bool {
    has_media_type(head, "text/html")
}

/// A line has more bytes than the limit allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TooLong {
    limit: usize,
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a line is longer than {} bytes", self.limit)
    }
}

/// The lines that hold a value, without I/O.
struct Lines {
    splitter: Splitter,
    limit: usize,
}

impl Lines {
    /// Lines of at most `limit` bytes, LF or CRLF not counted.
    fn new(limit: usize) -> Self {
        Self { splitter: Splitter::new(LineEnding::Lf), limit }
    }

    /// Takes the next chunk of the stream. The one before must be used up.
    fn push(&mut self, chunk: Bytes) {
        self.splitter.push(chunk);
    }

    /// Moves to the next line that is not blank; `false` if more bytes are needed. The stream cannot be read on after an
    /// error.
    fn advance(&mut self) -> Result<bool, TooLong> {
        loop {
            let complete = self.splitter.advance();
            let line = self.line();
            if line.len() > self.limit {
                return Err(TooLong { limit: self.limit });
            }
            if !complete || !is_blank(line) {
                return Ok(complete);
            }
        }
    }

    /// Ends the stream. Returns whether a last line is left, which has no newline.
    fn finish(&mut self) -> bool {
        self.splitter.finish() && !is_blank(self.line())
    }

    /// The current line.
    fn line(&self) -> &[u8] {
        let line = self.splitter.line();
        line.strip_suffix(b"\r").unwrap_or(line)
    }
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(
        limit: usize,
        chunks: impl IntoIterator<Item = impl AsRef<[u8]>>,
    ) -> (Vec<String>, Option<TooLong>) {
        let (mut lines, mut found) = (Lines::new(limit), Vec::new());
        let text = |lines: &Lines| String::from_utf8(lines.line().to_vec()).unwrap();
        for chunk in chunks {
            lines.push(Bytes::copy_from_slice(chunk.as_ref()));
            loop {
                match lines.advance() {
                    Ok(true) => found.push(text(&lines)),
                    Ok(false) => break,
                    Err(error) => return (found, Some(error)),
                }
            }
        }
        if lines.finish() {
            found.push(text(&lines));
        }
        (found, None)
    }

    #[test]
    fn split_at_every_byte_and_pair_of_bytes() {
        for (stream, lines) in [
            ("", &[][..]),
            ("\n\r\n \t\r\n\n", &[]),
            ("1\n2\n3\n", &["1", "2", "3"]),
            ("1\r\n2\n3\r\n", &["1", "2", "3"]),
            ("1\n\n\r\n  \n2", &["1", "2"]),
            ("{\"a\": \"ß😀\"}\r\n[1]", &["{\"a\": \"ß😀\"}", "[1]"]),
            ("1\r2\r\n3\r", &["1\r2", "3"]),
            ("1\r\r\n", &["1\r"]),
            (" 1 \n", &[" 1 "]),
            ("\u{2028}\u{85}\u{b}\n", &["\u{2028}\u{85}\u{b}"]),
        ] {
            let (bytes, lines) =
                (stream.as_bytes(), lines.iter().map(ToString::to_string).collect::<Vec<_>>());
            for first in 0..=bytes.len() {
                for second in first..=bytes.len() {
                    let chunks = [&bytes[..first], &bytes[first..second], &bytes[second..]];
                    assert_eq!(split(100, chunks), (lines.clone(), None), "{stream:?}: {first}, {second}");
                }
            }
        }
    }

    #[test]
    fn a_line_over_the_limit_is_an_error_after_the_lines_before_it() {
        for (stream, lines, fits) in [
            ("12345\n12345\r\n12345", 3, true),
            ("12345\r", 1, true),
            ("123456", 0, false),
            ("123456\n", 0, false),
            ("1\n2\n123456\n3\n", 2, false),
            ("12345\r6\n", 0, false),
            ("      \n1\n", 0, false),
        ] {
            for size in 1..=stream.len() {
                let (found, error) = split(5, stream.as_bytes().chunks(size));
                assert_eq!(
                    (found.len(), error),
                    (lines, (!fits).then_some(TooLong { limit: 5 })),
                    "{stream:?}: {size}"
                );
            }
        }
        assert_eq!(TooLong { limit: 5 }.to_string(), "a line is longer than 5 bytes");
    }
}
