//! Server-sent events as the HTML Living Standard parses them (9.2.5 and 9.2.6), without I/O.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;

use super::splitter::{LineEnding, Splitter};

/// One server-sent event. `Debug` shows its type and the size of its data, but not the data.
#[derive(Clone, PartialEq, Eq)]
pub struct Event {
    /// The value of `event:`, or `message` without one.
    pub event: String,
    /// The `data:` lines, joined by line feeds.
    pub data: String,
    /// The last event id so far: the `id:` of this event or else of an earlier one. `None` if there was none or it was
    /// reset to nothing.
    pub id: Option<String>,
    /// How long the server wants a client to wait before it connects again: the last `retry:` so far.
    pub retry: Option<Duration>,
}

// No content of a request or a response is shown, because a `Debug` ends up in logs.
impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("event", &self.event)
            .field("data_bytes", &self.data.len())
            .finish_non_exhaustive()
    }
}

/// An event in the parser's buffers.
#[derive(Debug, Clone, Copy)]
pub struct RawEvent<'a> {
    /// Empty without an `event:` line.
    event: &'a str,
    pub(crate) data: &'a str,
    id: &'a str,
    retry: Option<Duration>,
}

impl RawEvent<'_> {
    /// The type of the event.
    pub(crate) fn event(&self) -> &str {
        if self.event.is_empty() { "message" } else { self.event }
    }

    pub(crate) fn to_event(self) -> Event {
        Event {
            event: self.event().to_owned(),
            data: self.data.to_owned(),
            id: (!self.id.is_empty()).then(|| self.id.to_owned()),
            retry: self.retry,
        }
    }
}

/// An event has more bytes than the limit allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EventTooLarge {
    pub(crate) limit: usize,
}

impl fmt::Display for EventTooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an event is larger than {} bytes", self.limit)
    }
}

/// What stands behind the last event when a stream ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    /// Nothing that belongs to another event.
    Nothing,
    /// An event of whole lines, without the blank line that ends it. The standard discards it.
    Unterminated,
    /// An event whose last line has no end.
    Cut,
}

/// Turns chunks into events. After each [`push`](EventParser::push), call [`advance`](EventParser::advance) until it
/// returns `false`.
#[derive(Debug)]
pub(crate) struct EventParser {
    lines: Splitter,
    limit: usize,
    event: String,
    /// Each data line, followed by LF.
    data: String,
    id: String,
    /// The id at the last blank line, before which an id does not count.
    last_id: String,
    retry: Option<Duration>,
    /// `event` and `data` hold an event that `advance` has announced.
    complete: bool,
}

impl EventParser {
    /// A parser for events of at most `limit` bytes: the data so far and the line that is being read, be it a field or
    /// a comment.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            lines: Splitter::new(LineEnding::Any),
            limit,
            event: String::new(),
            data: String::new(),
            id: String::new(),
            last_id: String::new(),
            retry: None,
            complete: false,
        }
    }

    /// Starts with another connection: what is left of an event is discarded, while the last id and `retry:` stay.
    pub(crate) fn restart(&mut self) {
        self.lines = Splitter::new(LineEnding::Any);
        self.event.clear();
        self.data.clear();
        self.id.clone_from(&self.last_id);
        self.complete = false;
    }

    /// The id of the last event that has ended, empty if there is none.
    pub(crate) fn last_id(&self) -> &str {
        &self.last_id
    }

    /// The last `retry:`.
    pub(crate) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Takes the next chunk of the stream. The one before must be used up.
    pub(crate) fn push(&mut self, chunk: Bytes) {
        self.lines.push(chunk);
    }

    /// Moves to the next event; `false` if more bytes are needed. The stream cannot be read on after an error.
    pub(crate) fn advance(&mut self) -> Result<bool, EventTooLarge> {
        if self.complete {
            self.complete = false;
            self.event.clear();
            self.data.clear();
        }
        while self.lines.advance() {
            self.check_size()?;
            if !self.take_line() {
                continue;
            }
            if self.id != self.last_id {
                self.last_id.clone_from(&self.id);
            }
            if !self.data.is_empty() {
                self.complete = true;
                return Ok(true);
            }
            // An event without data is not dispatched.
            self.event.clear();
        }
        self.check_size()?;
        Ok(false)
    }

    /// The event that [`advance`](EventParser::advance) has moved to.
    pub(crate) fn event(&self) -> RawEvent<'_> {
        RawEvent {
            event: &self.event,
            data: self.data.strip_suffix('\n').unwrap_or(&self.data),
            id: &self.id,
            retry: self.retry,
        }
    }

    /// Ends the stream. What is left of an event can be read with [`event`](EventParser::event).
    pub(crate) fn finish(&mut self) -> Rest {
        // It does no harm if a comment breaks off.
        let cut = self.lines.finish() && !self.lines.line().starts_with(b":");
        if cut {
            self.take_line();
        }
        self.complete = true;
        match (cut, self.data.is_empty()) {
            (true, _) => Rest::Cut,
            (false, false) => Rest::Unterminated,
            (false, true) => Rest::Nothing,
        }
    }

    fn check_size(&self) -> Result<(), EventTooLarge> {
        let limit = self.limit;
        if self.lines.line().len() > limit.saturating_sub(self.data.len()) {
            return Err(EventTooLarge { limit });
        }
        Ok(())
    }

    /// Takes the current line; `true` if it is blank, which ends an event.
    fn take_line(&mut self) -> bool {
        let line = self.lines.line();
        if line.is_empty() {
            return true;
        }
        let (name, value) = match line.iter().position(|byte| *byte == b':') {
            Some(colon) => line.split_at(colon),
            None => (line, &b""[..]),
        };
        let value = value.strip_prefix(b":").unwrap_or(value);
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match name {
            b"data" => {
                push_text(&mut self.data, value);
                self.data.push('\n');
            }
            b"event" => {
                self.event.clear();
                push_text(&mut self.event, value);
            }
            b"id" if !value.contains(&0) => {
                self.id.clear();
                push_text(&mut self.id, value);
            }
            b"retry" => self.retry = milliseconds(value).or(self.retry),
            // A comment has an empty name. The standard ignores other names.
            _ => {}
        }
        false
    }
}

/// Appends bytes as text, with U+FFFD for what is not UTF-8. To decode line by line gives the same as the standard's decoding
/// of the whole stream, because no line ending is part of a longer sequence, valid or not.
fn push_text(text: &mut String, bytes: &[u8]) {
    // The lossy conversion takes several times as long.
    match std::str::from_utf8(bytes) {
        Ok(valid) => text.push_str(valid),
        Err(_) => text.push_str(&String::from_utf8_lossy(bytes)),
    }
}

/// Only digits are a time; one that does not fit is the longest.
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
    use super::Rest::{Cut, Nothing, Unterminated};
    use super::*;

    fn parse(chunks: impl IntoIterator<Item = impl AsRef<[u8]>>) -> (Vec<Event>, Rest) {
        let (mut parser, mut events) = (EventParser::new(1 << 20), Vec::new());
        for chunk in chunks {
            parser.push(Bytes::copy_from_slice(chunk.as_ref()));
            while parser.advance().unwrap() {
                events.push(parser.event().to_event());
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

    /// What a stream holds: its name, its bytes, the events, what is left at its end.
    type Case = (&'static str, &'static [u8], Vec<Event>, Rest);

    fn lines_and_bytes() -> Vec<Case> {
        vec![
            ("nothing", b"", vec![], Nothing),
            ("only line ends", b"\n\r\r\n\n", vec![], Nothing),
            ("the standard's first example", b"data: YHOO\ndata: +2\ndata: 10\n\n", vec![message("YHOO\n+2\n10")], Nothing),
            (
                "the standard's second example",
                b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
                vec![event("message", "first event", Some("1"), None), message("second event"), message(" third event")],
                Nothing,
            ),
            ("the standard's third example", b"data\n\ndata\ndata\n\ndata:", vec![message(""), message("\n")], Cut),
            ("the standard's fourth example", b"data:test\n\ndata: test\n\n", vec![message("test"), message("test")], Nothing),
            ("CR", b"data: a\rdata: b\r\rdata: c\r\r", vec![message("a\nb"), message("c")], Nothing),
            ("CRLF", b"data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n", vec![message("a\nb"), message("c")], Nothing),
            ("mixed line ends", b"data: a\r\n\rdata: b\n\r\ndata: c\r\n\n", vec![message("a"), message("b"), message("c")], Nothing),
            ("LF CR is two ends", b"data: a\n\rdata: b\n\r", vec![message("a"), message("b")], Nothing),
            ("a mark at the start", b"\xEF\xBB\xBFdata: a\n\n", vec![message("a")], Nothing),
            ("a second mark is text", b"\xEF\xBB\xBF\xEF\xBB\xBFdata: a\n\n\xEF\xBB\xBFdata: b\n\n", vec![], Nothing),
            ("part of a mark is text", b"\xEF\xBBdata: a\n\ndata: b\n\n", vec![message("b")], Nothing),
            ("only part of a mark", b"\xEF\xBB", vec![], Cut),
        ]
    }

    fn fields() -> Vec<Case> {
        vec![
            (
                "event types",
                b"event: add\ndata: 1\n\nevent: x\nevent: remove\ndata: 2\n\ndata: 3\n\nevent:\ndata: 4\n\nevent: lost\n\ndata: 5\n\n",
                vec![event("add", "1", None, None), event("remove", "2", None, None), message("3"), message("4"), message("5")],
                Nothing,
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
                Nothing,
            ),
            (
                "retry takes digits only",
                b"retry: 10\ndata: a\n\nretry: 1.5\nretry: -1\nretry:\nretry: 7 \nretry: x\ndata: b\n\nretry:99999999999999999999999\ndata: c\n\n",
                vec![
                    event("message", "a", None, Some(10)),
                    event("message", "b", None, Some(10)),
                    event("message", "c", None, Some(u64::MAX)),
                ],
                Nothing,
            ),
            (
                "names are exact, one blank goes",
                b"Data: 1\n data: 2\ndata : 3\ndatas: 4\ndata:  5\ndata:\t6\ndata:7:8 \n\n",
                vec![message(" 5\n\t6\n7:8 ")],
                Nothing,
            ),
            ("comments", b":\n:data: no\ndata: a\n: b\ndata: c\n\n:\n\n", vec![message("a\nc")], Nothing),
            ("NUL is text but in an id", b"data: a\0b\n\n", vec![message("a\0b")], Nothing),
            ("UTF-8", "data: ß→😀\nevent: é\n\n".as_bytes(), vec![event("é", "ß→😀", None, None)], Nothing),
            (
                "what is no UTF-8",
                b"data: \xFF|\xC3|\xE2\x86|\xF0\x9F\x98|\xED\xA0\x80|\xC0\x80\ndata: \xF0\x9F\r\xF0\x9F\x98\x80\n\n",
                vec![message("\u{FFFD}|\u{FFFD}|\u{FFFD}|\u{FFFD}|\u{FFFD}\u{FFFD}\u{FFFD}|\u{FFFD}\u{FFFD}\n\u{FFFD}")],
                Nothing,
            ),
            ("no blank line at the end", b"data: a\n\ndata: b\n", vec![message("a")], Unterminated),
            ("no blank line behind CR", b"data: a\r\rdata: b\r", vec![message("a")], Unterminated),
            ("a comment without an end", b"data: a\n\n: by", vec![message("a")], Nothing),
            ("an event and a comment without an end", b"data: a\n: by", vec![], Unterminated),
            ("no line end at the end", b"data: a\n\nda", vec![message("a")], Cut),
            ("a type without data is no event", b"data: a\n\nevent: b\n", vec![message("a")], Nothing),
            ("no end of the stream's own", b"data: [DONE]\n\n", vec![message("[DONE]")], Nothing),
        ]
    }

    fn corpus() -> Vec<Case> {
        [lines_and_bytes(), fields()].concat()
    }

    /// Row 26.
    #[test]
    fn whole_streams() {
        for (name, stream, events, rest) in corpus() {
            assert_eq!(parse([stream]), (events, rest), "{name}");
        }
    }

    /// Row 26.
    #[test]
    fn split_at_every_byte_and_pair_of_bytes() {
        for (name, stream, events, rest) in corpus() {
            for first in 0..=stream.len() {
                for second in first..=stream.len() {
                    let chunks = [&stream[..first], &stream[first..second], &stream[second..]];
                    assert_eq!(parse(chunks), (events.clone(), rest), "{name}: {first}, {second}");
                }
            }
            for size in 1..=5 {
                assert_eq!(parse(stream.chunks(size)), (events.clone(), rest), "{name}: chunks of {size}");
            }
        }
    }

    #[test]
    fn another_connection_starts_anew_behind_the_last_event_that_has_ended() {
        for half in ["id: 2", "id: 2\n", "id: 2\ndata: b\n", "event: x\ndata: b\nid: 2\r", "\u{feff}"] {
            let mut parser = EventParser::new(100);
            parser.push(Bytes::from_static(b"id: 1\nretry: 5\ndata: a\n\n"));
            assert_eq!(parser.advance(), Ok(true));
            assert_eq!(parser.advance(), Ok(false));
            parser.push(Bytes::from(half));
            assert_eq!(parser.advance(), Ok(false));
            parser.finish();
            parser.restart();
            assert_eq!((parser.last_id(), parser.retry()), ("1", Some(Duration::from_millis(5))));
            parser.push(Bytes::from_static(b"\xEF\xBB\xBF\ndata: c\n\n"));
            assert_eq!(parser.advance(), Ok(true));
            assert_eq!(parser.event().to_event(), event("message", "c", Some("1"), Some(5)), "{half:?}");
        }
    }

    #[test]
    fn an_event_comes_with_its_blank_line_even_if_that_is_half_a_crlf() {
        let mut parser = EventParser::new(100);
        parser.push(Bytes::from_static(b"data: a\r\n\r"));
        assert_eq!((parser.advance(), parser.event().data), (Ok(true), "a"));
        assert_eq!(parser.advance(), Ok(false));
        parser.push(Bytes::from_static(b"\ndata: b\n\n"));
        assert_eq!((parser.advance(), parser.event().data), (Ok(true), "b"));
        assert_eq!(parser.advance(), Ok(false));
        assert_eq!(parser.finish(), Rest::Nothing);
    }

    /// How many events come before the error, fed in chunks of a size.
    fn until_too_large(stream: &[u8], limit: usize, size: usize) -> (usize, Option<EventTooLarge>) {
        let (mut parser, mut count) = (EventParser::new(limit), 0);
        for chunk in stream.chunks(size) {
            parser.push(Bytes::copy_from_slice(chunk));
            loop {
                match parser.advance() {
                    Ok(true) => count += 1,
                    Ok(false) => break,
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
            let error = (!fits).then_some(EventTooLarge { limit });
            for size in 1..=stream.len() {
                let name = String::from_utf8_lossy(stream);
                assert_eq!(until_too_large(stream, limit, size), (count, error), "{name}: chunks of {size}");
            }
        }
        assert_eq!(EventTooLarge { limit }.to_string(), "an event is larger than 20 bytes");
    }
}
