//! Cuts newline-delimited JSON into lines, without I/O.

use std::fmt;
use std::ops::Range;

use super::window::Window;

/// A line has more bytes than it may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LineTooLong {
    /// How many it may have.
    pub(crate) limit: usize,
}

impl fmt::Display for LineTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a line is longer than {} bytes", self.limit)
    }
}

impl std::error::Error for LineTooLong {}

/// Takes chunks as they come and gives lines. After each [`push`](LineSplitter::push), call
/// [`next`](LineSplitter::next) until it has no more; after the last one, [`finish`](LineSplitter::finish).
#[derive(Debug)]
pub(crate) struct LineSplitter {
    window: Window,
    limit: usize,
}

impl LineSplitter {
    /// A splitter for lines of at most `limit` bytes, LF or CRLF not counted.
    pub(crate) fn new(limit: usize) -> Self {
        Self { window: Window::default(), limit }
    }

    /// Takes the next bytes of the stream.
    #[inline]
    pub(crate) fn push(&mut self, chunk: &[u8]) {
        self.window.push(chunk);
    }

    /// The next whole line that is not blank; `None` if more bytes are needed. After an error the stream is of no
    /// use.
    #[inline]
    pub(crate) fn next(&mut self) -> Result<Option<&[u8]>, LineTooLong> {
        while let Some((place, _)) = self.window.line(|byte| byte == b'\n') {
            if let Some(line) = self.checked(place)? {
                return Ok(Some(self.window.get(line)));
            }
        }
        self.check_size(self.window.rest())?;
        Ok(None)
    }

    /// The last line, if no newline stands behind it.
    #[inline]
    pub(crate) fn finish(&mut self) -> Result<Option<&[u8]>, LineTooLong> {
        let rest = self.window.take_rest();
        let line = self.checked(rest)?;
        Ok(line.map(|line| self.window.get(line)))
    }

    /// The place of a line without its CR; `None` if it is blank.
    #[inline]
    fn checked(&self, place: Range<usize>) -> Result<Option<Range<usize>>, LineTooLong> {
        let line = self.window.get(place.clone());
        self.check_size(line)?;
        let blank = line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
        Ok((!blank).then(|| place.start..place.end - usize::from(line.ends_with(b"\r"))))
    }

    #[inline]
    fn check_size(&self, line: &[u8]) -> Result<(), LineTooLong> {
        let limit = self.limit;
        if line.strip_suffix(b"\r").unwrap_or(line).len() > limit {
            Err(LineTooLong { limit })
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(
        limit: usize,
        chunks: impl IntoIterator<Item = impl AsRef<[u8]>>,
    ) -> (Vec<String>, Option<LineTooLong>) {
        let (mut splitter, mut lines) = (LineSplitter::new(limit), Vec::new());
        let text = |line: &[u8]| String::from_utf8(line.to_vec()).unwrap();
        for chunk in chunks {
            splitter.push(chunk.as_ref());
            loop {
                match splitter.next() {
                    Ok(Some(line)) => lines.push(text(line)),
                    Ok(None) => break,
                    Err(error) => return (lines, Some(error)),
                }
            }
        }
        match splitter.finish() {
            Ok(last) => lines.extend(last.map(text)),
            Err(error) => return (lines, Some(error)),
        }
        assert_eq!(splitter.finish(), Ok(None));
        (lines, None)
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
                    (lines, (!fits).then_some(LineTooLong { limit: 5 })),
                    "{stream:?}: {size}"
                );
            }
        }
        assert_eq!(LineTooLong { limit: 5 }.to_string(), "a line is longer than 5 bytes");
    }

    #[test]
    fn a_long_line_in_single_bytes_takes_linear_time() {
        let stream = vec![b'x'; 2 << 20];
        let (lines, error) = split(2 << 20, stream.chunks(1));
        assert_eq!((lines.len(), error), (1, None));
    }
}
