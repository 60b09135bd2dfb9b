//! Server-sent events as the HTML Living Standard parses them (9.2.5 and 9.2.6), without I/O.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::time::Duration;

use super::window::Window;

/// The byte order mark, which the standard's UTF-8 decoder takes off the start of a stream.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// One server-sent event. `Debug` shows its type and how much data there is, and none of the data.
#[derive(Clone, PartialEq, Eq)]
pub struct Event {
    /// What `event:` said; `message` if it said nothing.
    pub event: String,
    /// The `data:` lines, joined by line feeds.
    pub data: String,
    /// The last event id so far: `id:` of this event or, failing that, of one before. `None` if there was none or it
    /// was set to nothing.
    pub id: Option<String>,
    /// How long the server wants a client to wait before it connects again: the last `retry:` so far.
    pub retry: Option<Duration>,
}

// Nothing of a request or an answer is shown: a `Debug` ends up in logs.
impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("event", &self.event)
            .field("data_bytes", &self.data.len())
            .finish_non_exhaustive()
    }
}

/// Why a stream of events cannot be read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EventError {
    /// One event has more bytes than it may have.
    TooLarge {
        /// How many it may have.
        limit: usize,
    },
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::TooLarge { limit } = self;
        write!(f, "an event is larger than {limit} bytes")
    }
}

impl std::error::Error for EventError {}

/// Takes chunks as they come and gives events. After each [`push`](EventParser::push), call
/// [`next`](EventParser::next) until it has no more.
#[derive(Debug)]
pub(crate) struct EventParser {
    window: Window,
    limit: usize,
    at_start: bool,
    /// The last line ended with CR: a LF that comes next belongs to it.
    after_cr: bool,
    event: String,
    /// Each data line with a LF behind it.
    data: String,
    id: String,
    retry: Option<Duration>,
}

impl EventParser {
    /// A parser for events of at most `limit` bytes: the data so far and the line that is being read, whether it is a
    /// field or a comment.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            window: Window::default(),
            limit,
            at_start: true,
            after_cr: false,
            event: String::new(),
            data: String::new(),
            id: String::new(),
            retry: None,
        }
    }

    /// Takes the next bytes of the stream.
    #[inline]
    pub(crate) fn push(&mut self, chunk: &[u8]) {
        self.window.push(chunk);
    }

    /// The next whole event; `None` if more bytes are needed. After an error the stream is of no use.
    #[inline]
    pub(crate) fn next(&mut self) -> Result<Option<Event>, EventError> {
        if self.at_start && !self.skip_bom() {
            return Ok(None);
        }
        loop {
            if self.after_cr && !self.window.rest().is_empty() {
                self.window.skip(b'\n');
                self.after_cr = false;
            }
            let Some((place, end)) = self.window.line(|byte| byte == b'\n' || byte == b'\r') else {
                self.check_size(self.window.rest().len())?;
                return Ok(None);
            };
            self.after_cr = end == b'\r';
            self.check_size(place.len())?;
            if place.is_empty() {
                if let Some(event) = self.dispatch() {
                    return Ok(Some(event));
                }
            } else {
                self.line(place);
            }
        }
    }

    /// Ends the stream: an event without a blank line behind it is discarded, as the standard says. Whether there was
    /// one tells a stream that was cut off from one that ended.
    #[inline]
    pub(crate) fn finish(&mut self) -> bool {
        let rest = self.window.take_rest();
        let unfinished = self.window.get(rest).iter().any(|byte| !matches!(byte, b'\r' | b'\n'));
        unfinished | self.take_message().is_some()
    }

    /// Whether the start of the stream is behind us.
    #[inline]
    fn skip_bom(&mut self) -> bool {
        let rest = self.window.rest();
        if rest.len() < BOM.len() && BOM.starts_with(rest) {
            return false;
        }
        if rest.starts_with(BOM) {
            BOM.iter().for_each(|byte| self.window.skip(*byte));
        }
        self.at_start = false;
        true
    }

    #[inline]
    fn check_size(&self, line: usize) -> Result<(), EventError> {
        let limit = self.limit;
        if line > limit.saturating_sub(self.data.len()) {
            Err(EventError::TooLarge { limit })
        } else {
            Ok(())
        }
    }

    /// Takes one line that is not empty: a field or a comment.
    #[inline]
    fn line(&mut self, place: Range<usize>) {
        let Self { window, event, data, id, retry, .. } = self;
        let line = window.get(place);
        let mut parts = line.splitn(2, |byte| *byte == b':');
        let (name, value) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match name {
            b"data" => {
                data.push_str(&text(value));
                data.push('\n');
            }
            b"event" => text(value).as_ref().clone_into(event),
            b"id" if !value.contains(&0) => text(value).as_ref().clone_into(id),
            b"retry" => *retry = milliseconds(value).or(*retry),
            // A comment has an empty name; what else there is, the standard ignores.
            _ => {}
        }
    }

    /// What a blank line does: the event, unless it has no data.
    #[inline]
    fn dispatch(&mut self) -> Option<Event> {
        let (event, data) = self.take_message()?;
        let event = if event.is_empty() { "message".to_owned() } else { event };
        let id = (!self.id.is_empty()).then(|| self.id.clone());
        Some(Event { event, data, id, retry: self.retry })
    }

    /// The type and the data of the event so far; both start anew.
    #[inline]
    fn take_message(&mut self) -> Option<(String, String)> {
        let (event, mut data) = (std::mem::take(&mut self.event), std::mem::take(&mut self.data));
        data.pop().map(|_| (event, data))
    }
}

/// Text with U+FFFD for what is no UTF-8. To decode line by line gives what the standard's decoding of the whole
/// stream gives, since no line ending is part of a longer sequence, valid or not.
#[inline]
fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// Only digits are a time; one that does not fit is the longest.
#[inline]
fn milliseconds(digits: &[u8]) -> Option<Duration> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let millis = digits.iter().fold(0_u64, |sum, digit| {
        sum.saturating_mul(10).saturating_add(u64::from(digit.saturating_sub(b'0')))
    });
    Some(Duration::from_millis(millis))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(chunks: impl IntoIterator<Item = impl AsRef<[u8]>>) -> (Vec<Event>, bool) {
        let (mut parser, mut events) = (EventParser::new(1 << 20), Vec::new());
        for chunk in chunks {
            parser.push(chunk.as_ref());
            while let Some(event) = parser.next().unwrap() {
                events.push(event);
            }
        }
        (events, parser.finish())
    }

    fn event(event: &str, data: &str, id: Option<&str>, retry: Option<u64>) -> Event {
        let retry = retry.map(Duration::from_millis);
        Event { event: event.to_owned(), data: data.to_owned(), id: id.map(str::to_owned), retry }
    }

    fn message(data: &str) -> Event {
        event("message", data, None, None)
    }

    /// What a stream holds: its name, its bytes, the events, whether an event was left unfinished.
    type Case = (&'static str, &'static [u8], Vec<Event>, bool);

    fn lines_and_bytes() -> Vec<Case> {
        vec![
            ("nothing", b"", vec![], false),
            ("only line ends", b"\n\r\r\n\n", vec![], false),
            ("the standard's first example", b"data: YHOO\ndata: +2\ndata: 10\n\n", vec![message("YHOO\n+2\n10")], false),
            (
                "the standard's second example",
                b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
                vec![event("message", "first event", Some("1"), None), message("second event"), message(" third event")],
                false,
            ),
            ("the standard's third example", b"data\n\ndata\ndata\n\ndata:", vec![message(""), message("\n")], true),
            ("the standard's fourth example", b"data:test\n\ndata: test\n\n", vec![message("test"), message("test")], false),
            ("CR", b"data: a\rdata: b\r\rdata: c\r\r", vec![message("a\nb"), message("c")], false),
            ("CRLF", b"data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n", vec![message("a\nb"), message("c")], false),
            ("mixed line ends", b"data: a\r\n\rdata: b\n\r\ndata: c\r\n\n", vec![message("a"), message("b"), message("c")], false),
            ("LF CR is two ends", b"data: a\n\rdata: b\n\r", vec![message("a"), message("b")], false),
            ("a mark at the start", b"\xEF\xBB\xBFdata: a\n\n", vec![message("a")], false),
            ("a second mark is text", b"\xEF\xBB\xBF\xEF\xBB\xBFdata: a\n\n\xEF\xBB\xBFdata: b\n\n", vec![], false),
            ("part of a mark is text", b"\xEF\xBBdata: a\n\ndata: b\n\n", vec![message("b")], false),
            ("only part of a mark", b"\xEF\xBB", vec![], true),
        ]
    }

    fn fields() -> Vec<Case> {
        vec![
            (
                "event types",
                b"event: add\ndata: 1\n\nevent: x\nevent: remove\ndata: 2\n\ndata: 3\n\nevent:\ndata: 4\n\nevent: lost\n\ndata: 5\n\n",
                vec![event("add", "1", None, None), event("remove", "2", None, None), message("3"), message("4"), message("5")],
                false,
            ),
            (
                "ids last, and come without data too",
                b"id: 1\ndata: a\n\ndata: b\n\nid: 2\n\ndata: c\n\nid: 3\0\ndata: d\n\nid:\ndata: e\n\n",
                vec![
                    event("message", "a", Some("1"), None),
                    event("message", "b", Some("1"), None),
                    event("message", "c", Some("2"), None),
                    event("message", "d", Some("2"), None),
                    message("e"),
                ],
                false,
            ),
            (
                "retry takes digits only",
                b"retry: 10\ndata: a\n\nretry: 1.5\nretry: -1\nretry:\nretry: 7 \nretry: x\ndata: b\n\nretry:99999999999999999999999\ndata: c\n\n",
                vec![
                    event("message", "a", None, Some(10)),
                    event("message", "b", None, Some(10)),
                    event("message", "c", None, Some(u64::MAX)),
                ],
                false,
            ),
            (
                "names are exact, one blank goes",
                b"Data: 1\n data: 2\ndata : 3\ndatas: 4\ndata:  5\ndata:\t6\ndata:7:8 \n\n",
                vec![message(" 5\n\t6\n7:8 ")],
                false,
            ),
            ("comments", b":\n:data: no\ndata: a\n: b\ndata: c\n\n:\n\n", vec![message("a\nc")], false),
            ("NUL is text but in an id", b"data: a\0b\n\n", vec![message("a\0b")], false),
            ("UTF-8", "data: ß→😀\nevent: é\n\n".as_bytes(), vec![event("é", "ß→😀", None, None)], false),
            (
                "what is no UTF-8",
                b"data: \xFF|\xC3|\xE2\x86|\xF0\x9F\x98|\xED\xA0\x80|\xC0\x80\ndata: \xF0\x9F\r\xF0\x9F\x98\x80\n\n",
                vec![message("\u{FFFD}|\u{FFFD}|\u{FFFD}|\u{FFFD}|\u{FFFD}\u{FFFD}\u{FFFD}|\u{FFFD}\u{FFFD}\n\u{FFFD}")],
                false,
            ),
            ("no blank line at the end", b"data: a\n\ndata: b\n", vec![message("a")], true),
            ("no line end at the end", b"data: a\n\nda", vec![message("a")], true),
            ("a type without data is no event", b"data: a\n\nevent: b\n", vec![message("a")], false),
            ("no end of the stream's own", b"data: [DONE]\n\n", vec![message("[DONE]")], false),
        ]
    }

    fn corpus() -> Vec<Case> {
        [lines_and_bytes(), fields()].concat()
    }

    /// Row 26.
    #[test]
    fn whole_streams() {
        for (name, stream, events, unfinished) in corpus() {
            assert_eq!(parse([stream]), (events, unfinished), "{name}");
        }
    }

    /// Row 26.
    #[test]
    fn split_at_every_byte_and_pair_of_bytes() {
        for (name, stream, events, unfinished) in corpus() {
            for first in 0..=stream.len() {
                for second in first..=stream.len() {
                    let chunks = [&stream[..first], &stream[first..second], &stream[second..]];
                    assert_eq!(parse(chunks), (events.clone(), unfinished), "{name}: {first}, {second}");
                }
            }
            for size in 1..=5 {
                assert_eq!(
                    parse(stream.chunks(size)),
                    (events.clone(), unfinished),
                    "{name}: chunks of {size}"
                );
            }
        }
    }

    #[test]
    fn an_event_comes_with_its_blank_line_even_if_that_is_half_a_crlf() {
        let mut parser = EventParser::new(100);
        parser.push(b"data: a\r\n\r");
        assert_eq!(parser.next(), Ok(Some(message("a"))));
        assert_eq!(parser.next(), Ok(None));
        parser.push(b"\ndata: b\n\n");
        assert_eq!(parser.next(), Ok(Some(message("b"))));
        assert!(!parser.finish());
    }

    /// How many events come before the error, fed in chunks of a size.
    fn until_too_large(stream: &[u8], limit: usize, size: usize) -> (usize, Option<EventError>) {
        let (mut parser, mut count) = (EventParser::new(limit), 0);
        for chunk in stream.chunks(size) {
            parser.push(chunk);
            loop {
                match parser.next() {
                    Ok(Some(_)) => count += 1,
                    Ok(None) => break,
                    Err(error) => return (count, Some(error)),
                }
            }
        }
        (count, None)
    }

    /// Rows 13 and 26.
    #[test]
    fn an_event_over_the_limit_is_an_error_after_the_events_before_it() {
        let limit = 20;
        for (stream, count, fits) in [
            (&b"data: 0123456789abcd\n\n"[..], 1, true),
            (b"data: 0123456789abcde\n\n", 0, false),
            (b"data: a\n\ndata: b\n\ndata: 0123456789abcdefghi", 2, false),
            (b"data: 01234\ndata: 01234567\n\n", 1, true),
            (b"data: 01234\ndata: 012345678\n\n", 0, false),
            (b"data: 01\ndata: 01\ndata: 01\ndata: 01\ndata: 01\ndata: 01\n\n", 0, false),
            (b"data: a\n\ndata: a\n\ndata: a\n\ndata: a\n\n", 4, true),
            (b"0123456789012345678901234567890", 0, false),
            (b":123456789012345678901234567890\n", 0, false),
            (b":1234567890123456789\n:1234567890123456789\n:1234567890123456789\ndata: a\n\n", 1, true),
        ] {
            let error = (!fits).then_some(EventError::TooLarge { limit });
            for size in 1..=stream.len() {
                let name = String::from_utf8_lossy(stream);
                assert_eq!(until_too_large(stream, limit, size), (count, error), "{name}: chunks of {size}");
            }
        }
        assert_eq!(EventError::TooLarge { limit }.to_string(), "an event is larger than 20 bytes");
    }

    #[test]
    fn a_large_event_in_single_bytes_takes_linear_time() {
        // 2 MiB: to look at each byte again for every chunk would be 2 × 10¹² steps.
        let stream = [&b"data: "[..], &vec![b'x'; 2 << 20], b"\n\n"].concat();
        let (mut parser, mut events) = (EventParser::new(3 << 20), 0);
        for chunk in stream.chunks(1) {
            parser.push(chunk);
            events += usize::from(parser.next().unwrap().is_some());
        }
        assert_eq!(events, 1);
    }
}
