//! Cuts a stream of chunks into lines, without I/O.

use std::ops::Range;

use bytes::Bytes;

/// The byte order mark, which may precede the first line.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineEnding {
    /// LF alone. A CR is part of its line.
    Lf,
    /// CR, LF, or the pair CRLF.
    Any,
}

/// Cuts chunks into lines. A line that lies within one chunk is not copied; each byte is searched once and copied at
/// most once, so the work is linear in the bytes whatever the size of the chunks.
///
/// After each [`push`](Splitter::push), call [`advance`](Splitter::advance) until it returns `false`. A byte order mark at
/// the start of the stream is not part of the first line.
#[derive(Debug)]
pub(super) struct Splitter {
    ending: LineEnding,
    chunk: Bytes,
    /// Where the unread part of `chunk` starts.
    unread: usize,
    /// The current line, unless it started in an earlier chunk.
    line: Range<usize>,
    /// The current line as far as it was read, if it started in an earlier chunk.
    carried: Vec<u8>,
    /// The current line is complete.
    complete: bool,
    /// The current line is the first one.
    first: bool,
    /// The last line ended in CR, so that a LF that follows belongs to it.
    after_cr: bool,
}

impl Splitter {
    pub(super) fn new(ending: LineEnding) -> Self {
        Self {
            ending,
            chunk: Bytes::new(),
            unread: 0,
            line: 0..0,
            carried: Vec::new(),
            complete: false,
            first: true,
            after_cr: false,
        }
    }

    /// Takes the next chunk. The one before must be used up.
    pub(super) fn push(&mut self, chunk: Bytes) {
        self.chunk = chunk;
        self.unread = 0;
        self.line = 0..0;
    }

    /// Moves to the next line; `false` if its end has not arrived.
    pub(super) fn advance(&mut self) -> bool {
        if self.complete {
            self.complete = false;
            self.first = false;
            self.carried.clear();
        }
        let mut rest = self.chunk.get(self.unread..).unwrap_or_default();
        if self.after_cr && !rest.is_empty() {
            self.after_cr = false;
            if let Some(behind) = rest.strip_prefix(b"\n") {
                rest = behind;
                self.unread += 1;
            }
        }
        let found = match self.ending {
            LineEnding::Lf => memchr::memchr(b'\n', rest),
            LineEnding::Any => memchr::memchr2(b'\n', b'\r', rest),
        };
        let line = rest.get(..found.unwrap_or(rest.len())).unwrap_or_default();
        if found.is_none() || !self.carried.is_empty() {
            self.carried.extend_from_slice(line);
        }
        self.line = self.unread..self.unread + line.len();
        self.unread = self.line.end + usize::from(found.is_some());
        self.complete = found.is_some();
        if self.complete {
            self.after_cr = self.ending == LineEnding::Any && rest.get(line.len()) == Some(&b'\r');
        }
        self.complete
    }

    /// Ends the stream: what is left becomes the current line. Returns whether there is anything.
    pub(super) fn finish(&mut self) -> bool {
        self.complete = true;
        self.line = 0..0;
        !self.line().is_empty()
    }

    /// The current line as far as it was read, without its end.
    pub(super) fn line(&self) -> &[u8] {
        let line = match self.carried.is_empty() {
            true => self.chunk.get(self.line.clone()).unwrap_or_default(),
            false => &self.carried,
        };
        if self.first { line.strip_prefix(BOM).unwrap_or(line) } else { line }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The complete lines of a text, and what is left behind the last line ending.
    fn split(ending: LineEnding, text: &[u8], size: usize) -> (Vec<Vec<u8>>, Vec<u8>) {
        let (mut splitter, mut lines) = (Splitter::new(ending), Vec::new());
        for chunk in text.chunks(size) {
            splitter.push(Bytes::copy_from_slice(chunk));
            while splitter.advance() {
                lines.push(splitter.line().to_vec());
            }
        }
        assert_eq!(splitter.finish(), !splitter.line().is_empty());
        (lines, splitter.line().to_vec())
    }

    #[test]
    fn lines_come_out_whole_whatever_the_chunks() {
        let text = b"one\n\ntwo, longer\r\n\rthree\n\rfour";
        for size in 1..=text.len() {
            let lf = [&b"one"[..], b"", b"two, longer\r", b"\rthree"].map(<[u8]>::to_vec).to_vec();
            assert_eq!(split(LineEnding::Lf, text, size), (lf, b"\rfour".to_vec()), "chunks of {size}");
            let any = [&b"one"[..], b"", b"two, longer", b"", b"three", b""].map(<[u8]>::to_vec).to_vec();
            assert_eq!(split(LineEnding::Any, text, size), (any, b"four".to_vec()), "chunks of {size}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_removed_from_the_first_line_only() {
        for (text, first, second) in [
            ("\u{feff}a\n\u{feff}b", "a", "\u{feff}b"),
            ("\u{feff}\u{feff}a\nb", "\u{feff}a", "b"),
            ("\u{feff}\n", "", ""),
        ] {
            for size in 1..=text.len() {
                let (lines, rest) = split(LineEnding::Any, text.as_bytes(), size);
                assert_eq!(
                    (&lines[..], rest),
                    (&[first.as_bytes().to_vec()][..], second.as_bytes().to_vec())
                );
            }
        }
        assert_eq!(split(LineEnding::Any, BOM, 1), (vec![], vec![]));
    }

    #[test]
    fn a_line_within_one_chunk_is_not_copied() {
        let mut splitter = Splitter::new(LineEnding::Lf);
        let chunk = Bytes::from_static(b"one\ntwo\nthr");
        splitter.push(chunk.clone());
        assert!(splitter.advance() && splitter.line().as_ptr() == chunk.as_ptr());
        assert!(splitter.advance() && splitter.line().as_ptr() == chunk[4..].as_ptr());
        assert!(!splitter.advance());
        assert_eq!((splitter.line(), splitter.carried.len()), (&b"thr"[..], 3));
    }
}
