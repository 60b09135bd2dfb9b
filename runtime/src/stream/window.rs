//! The bytes of a stream that have come and are not used up, cut into lines in linear time whatever the chunks.

use std::ops::Range;

/// A window over a stream of bytes: chunks come in behind, lines go out in front.
#[derive(Debug, Default)]
pub(super) struct Window {
    bytes: Vec<u8>,
    /// Where the first line that is not used up starts.
    start: usize,
    /// How far the end of that line was looked for; not before `start`.
    scanned: usize,
}

impl Window {
    /// Appends a chunk. What is used up goes first, once it is the larger half, so that a byte is moved at most once
    /// for each byte that was used up.
    #[inline]
    pub(super) fn push(&mut self, chunk: &[u8]) {
        if self.start >= self.bytes.len() - self.start {
            self.bytes.drain(..self.start);
            self.scanned -= self.start;
            self.start = 0;
        }
        self.bytes.extend_from_slice(chunk);
    }

    /// What is not used up.
    #[inline]
    pub(super) fn rest(&self) -> &[u8] {
        self.get(self.start..self.bytes.len())
    }

    /// The bytes at a place that [`Window::line`] or [`Window::take_rest`] gave; valid until the next push.
    #[inline]
    pub(super) fn get(&self, place: Range<usize>) -> &[u8] {
        self.bytes.get(place).unwrap_or_default()
    }

    /// The next line, without the byte that ends it, and that byte. No byte is looked at twice.
    pub(super) fn line(&mut self, is_end: impl Fn(u8) -> bool) -> Option<(Range<usize>, u8)> {
        let unseen = self.get(self.scanned..self.bytes.len());
        let Some((offset, end)) = unseen.iter().copied().enumerate().find(|(_, byte)| is_end(*byte)) else {
            self.scanned = self.bytes.len();
            return None;
        };
        let line = self.start..self.scanned + offset;
        self.start = line.end + 1;
        self.scanned = self.start;
        Some((line, end))
    }

    /// Uses up one byte if it is this one.
    #[inline]
    pub(super) fn skip(&mut self, byte: u8) {
        if self.rest().first() == Some(&byte) {
            self.start += 1;
            self.scanned = self.scanned.max(self.start);
        }
    }

    /// Uses up all there is, as the last line.
    #[inline]
    pub(super) fn take_rest(&mut self) -> Range<usize> {
        let rest = self.start..self.bytes.len();
        self.start = rest.end;
        self.scanned = rest.end;
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(window: &mut Window) -> Option<Vec<u8>> {
        let (place, end) = window.line(|byte| byte == b'\n')?;
        assert_eq!(end, b'\n');
        Some(window.get(place).to_vec())
    }

    #[test]
    fn lines_come_out_whole_whatever_the_chunks() {
        let text = b"one\n\ntwo, longer\nthree";
        for size in 1..=text.len() {
            let (mut window, mut lines) = (Window::default(), Vec::new());
            for chunk in text.chunks(size) {
                window.push(chunk);
                lines.extend(std::iter::from_fn(|| line(&mut window)));
            }
            assert_eq!(lines, [&b"one"[..], b"", b"two, longer"], "chunks of {size}");
            assert_eq!(window.rest(), b"three");
            let rest = window.take_rest();
            assert_eq!(window.get(rest), b"three");
            assert_eq!(window.rest(), b"");
        }
    }

    #[test]
    fn what_is_used_up_is_not_kept() {
        let mut window = Window::default();
        for _ in 0..10_000 {
            window.push(b"0123456789\n01234");
            assert_eq!(line(&mut window).map(|line| line.len() % 5), Some(0));
            window.push(b"\n");
            assert!(line(&mut window).is_some());
        }
        assert!(window.bytes.capacity() < 256, "{}", window.bytes.capacity());
    }

    #[test]
    fn skip_uses_up_only_its_byte() {
        let mut window = Window::default();
        window.skip(b'\n');
        window.push(b"\na");
        window.skip(b'\n');
        window.skip(b'\n');
        assert_eq!(window.rest(), b"a");
    }
}
