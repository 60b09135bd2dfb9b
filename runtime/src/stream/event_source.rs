//! The events of a response before they are read, and of those that continue it.

use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::StatusCode;

use super::bytes::ByteStream;
use super::event_parser::{EventParser, RawEvent, Rest};
use super::reconnect::Reconnect;
use super::{has_media_type, with_item};
use crate::decode::{Response, StreamCall, StreamStart, has_member, is_cut};
use crate::endpoint::EventRules;
use crate::error::{Error, ErrorKind};
use crate::head::Head;
use crate::retry::Withdrawal;

/// The media type of server-sent events (HTML Living Standard, 9.2.5).
pub(super) const MEDIA_TYPE: &str = "text/event-stream";

/// The stream of events before they are read.
pub(super) struct EventSource {
    bytes: ByteStream,
    parser: EventParser,
    rules: EventRules,
    /// How many bytes of an event an error keeps.
    error_limit: usize,
    /// The call that the stream belongs to; a fake has none.
    call: Option<Arc<dyn StreamCall>>,
    reconnect: Option<Reconnect>,
    /// How often the call was made again since the last event.
    retries: u32,
    /// What the last of these calls took from the retry budget.
    withdrawal: Option<Withdrawal>,
    /// The call that is made again.
    reconnecting: Option<StreamStart>,
    ended: bool,
}

impl EventSource {
    pub(super) fn new(mut response: Response) -> Self {
        Self {
            parser: EventParser::new(response.item_limit()),
            rules: rules(response.head()),
            error_limit: response.error_limit(),
            call: response.stream.as_mut().and_then(|stream| stream.call.take()),
            reconnect: None,
            retries: 0,
            withdrawal: None,
            reconnecting: None,
            ended: response.is_fake(),
            bytes: ByteStream::new(response),
        }
    }

    /// Continues the stream by this policy when its connection is lost.
    pub(super) fn set_reconnect(&mut self, policy: Reconnect) {
        self.reconnect = Some(policy);
    }

    /// The event that [`poll_event`](EventSource::poll_event) has moved to.
    pub(super) fn event(&self) -> RawEvent<'_> {
        self.parser.event()
    }

    /// The response that the event is part of, without its body.
    pub(super) fn response(&self) -> &Response {
        self.bytes.response()
    }

    pub(super) fn is_ended(&self) -> bool {
        self.ended
    }

    /// Moves to the next event; `None` at the end.
    pub(super) fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<(), Error>>> {
        while !self.ended {
            let event = if let Some(reconnecting) = &mut self.reconnecting {
                let response = ready!(reconnecting.as_mut().poll(cx));
                self.go_on(response).map(Err)
            } else if self.advance()? {
                self.has_come();
                return Poll::Ready(self.judge());
            } else {
                match ready!(self.bytes.poll_chunk(cx)) {
                    Some(Ok(chunk)) => {
                        self.parser.push(chunk);
                        None
                    }
                    Some(Err(error)) => self.lost(error).map(Err),
                    None => self.end(),
                }
            };
            if event.is_some() {
                return Poll::Ready(event);
            }
        }
        Poll::Ready(None)
    }

    /// Moves the parser to the next event that has arrived.
    fn advance(&mut self) -> Result<bool, Error> {
        self.parser.advance().map_err(|error| {
            self.ended = true;
            self.bytes.response().error(ErrorKind::TooLarge, error.to_string())
        })
    }

    /// Notes that an event has arrived: if the call was made again for it, that was a success.
    fn has_come(&mut self) {
        self.retries = 0;
        if let (Some(call), Some(withdrawal)) = (&self.call, self.withdrawal.take()) {
            call.give_back(withdrawal);
        }
    }

    /// What the end of the body means. Without a result, the stream has ended or is continued.
    fn end(&mut self) -> Option<Result<(), Error>> {
        let rest = self.parser.finish();
        if self.is_continued(rest) {
            return None;
        }
        let detail = match (rest, self.rules.end) {
            (Rest::Nothing, None) => {
                self.ended = true;
                return None;
            }
            (Rest::Unterminated, None) => {
                self.ended = true;
                return self.judge();
            }
            (Rest::Unterminated | Rest::Cut, Some(end)) if self.parser.event().data == end => {
                self.ended = true;
                return None;
            }
            (Rest::Nothing, Some(_)) => "the stream ended before its last event",
            (Rest::Unterminated | Rest::Cut, _) => "the stream ended within an event",
        };
        let error = self.cut_off(detail);
        self.lost(error).map(Err)
    }

    /// Makes the call again after an end in order, if the policy asks for that.
    fn is_continued(&mut self, rest: Rest) -> bool {
        let after_end = self.reconnect.is_some_and(Reconnect::is_after_end);
        if !after_end || self.rules.end.is_some() || rest == Rest::Cut {
            return false;
        }
        let error = self.cut_off("the stream ended");
        self.lost(error).is_none()
    }

    /// Makes the call again after the connection was lost. Returns the error where that is not possible.
    fn lost(&mut self, error: Error) -> Option<Error> {
        let (Some(policy), Some(call)) = (self.reconnect, &self.call) else {
            self.ended = true;
            return Some(error);
        };
        if !call.is_safe() {
            self.ended = true;
            return Some(error.with_detail("not reconnected, because the call is not safe to repeat"));
        }
        let asked = self.parser.retry();
        let wait = if self.retries < policy.attempts() { call.wait(self.retries, asked) } else { None };
        let started = wait.and_then(|wait| call.start(wait, self.parser.last_id()));
        (self.reconnecting, self.withdrawal) = started.unzip();
        self.retries += 1;
        self.ended = self.reconnecting.is_none();
        self.ended.then(|| match asked {
            Some(asked) => error.with_retry_after(asked),
            None => error,
        })
    }

    /// Goes on with the response to the call that was made again. Returns the error where that is not possible.
    fn go_on(&mut self, response: Result<Response, Error>) -> Option<Error> {
        self.reconnecting = None;
        let error = match response {
            // The server asks not to be called again (9.2.3).
            Ok(response) if response.head().status == StatusCode::NO_CONTENT => None,
            Ok(response) if is_stream(response.head()) => {
                self.bytes = ByteStream::new(response);
                self.parser.restart();
                return None;
            }
            Ok(response) => Some(wrong_media_type(&response)),
            Err(error) if self.call.as_ref().is_some_and(|call| call.is_passing(&error)) => {
                return self.lost(error);
            }
            Err(error) => Some(error),
        };
        self.ended = true;
        error
    }

    fn cut_off(&self, detail: &str) -> Error {
        self.bytes.response().error(ErrorKind::Truncated, detail)
    }

    /// Applies what the endpoint declares to the event that has arrived; `None` if it ends the stream.
    fn judge(&mut self) -> Option<Result<(), Error>> {
        let (event, rules) = (self.parser.event(), &self.rules);
        if rules.end == Some(event.data) {
            self.ended = true;
            return None;
        }
        if rules.error_event == Some(event.event())
            || rules.error_member.is_some_and(|name| has_member(event.data, name))
        {
            let error =
                self.bytes.response().error(ErrorKind::Classified, "an event of the stream is an error");
            return Some(Err(with_item(error, event.data.as_bytes(), self.error_limit)));
        }
        Some(Ok(()))
    }

    /// The error of an event that is not what was declared, with its text.
    pub(super) fn unreadable(&self, error: Error) -> Error {
        let data = self.parser.event().data.as_bytes();
        // The last event, without its blank line, may lack more than that.
        let cut = self.ended && error.kind() == ErrorKind::Decode && is_cut(data);
        let error =
            if cut { self.cut_off("the stream ended within an event").with_source(error) } else { error };
        with_item(error, data, self.error_limit)
    }
}

/// The rules that the endpoint declares.
fn rules(head: &Head) -> EventRules {
    head.endpoint().events.unwrap_or(EventRules::NEW)
}

pub(super) fn wrong_media_type(response: &Response) -> Error {
    response.unreadable(&format!("expected {MEDIA_TYPE}, found {}", response.describe()))
}

/// Whether a response with this head can be a stream of events.
pub(super) fn is_stream(head: &Head) -> bool {
    rules(head).any_media_type || has_media_type(head, MEDIA_TYPE)
}
