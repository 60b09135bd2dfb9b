//! `text/event-stream`: a stream of typed events.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::bytes::ByteStream;
use super::event_parser::{Event, EventParser, RawEvent, Rest};
use super::{has_media_type, with_item};
use crate::decode::{Decode, Response, ResponseBody, from_json, has_member, is_cut};
use crate::endpoint::EventRules;
use crate::error::{Error, ErrorKind};
use crate::head::Head;

/// The media type of server-sent events (HTML Living Standard, 9.2.5).
const MEDIA_TYPE: &str = "text/event-stream";

/// A stream of server-sent events. `Call<Events<T>>` returns it when the head has arrived, so a 401 is an error of the call
/// and not the first item.
///
/// `T` is read from the data of each event as JSON; `Events<Event>` gives the events themselves. An item that does not fit
/// `T` is an error with the text of the item in [`Error::body`], and the next item can be read.
///
/// The response must have the media type `text/event-stream` (HTML Living Standard, 9.2). Any other is an error of the kind
/// [`Decode`](ErrorKind::Decode) that names it and keeps the body. The data of one event is limited to 1 MiB.
///
/// What the vendor adds to the standard is declared in `events(…)`:
///
/// | key | meaning |
/// |---|---|
/// | `end = "[DONE]"` | the data that ends the stream; a stream that ends without it was cut off |
/// | `error_event = "error"` | the type of an event that is an error |
/// | `error_member = "error"` | the member of the data, a JSON object, that makes an event an error, unless it is `null` |
/// | `any_media_type` | the media type is not checked |
///
/// [`Error::body_as`] reads the data of an event that is an error; its kind is [`Classified`](ErrorKind::Classified).
///
/// # The end of a stream
///
/// A connection that breaks, and a body that ends within a line, are errors of the kind
/// [`Truncated`](ErrorKind::Truncated). Where `end` is not declared, a body that ends in order ends the stream; an event
/// of whole lines counts even if its blank line is missing.
pub struct Events<T> {
    source: Source,
    /// A fake's.
    ready: VecDeque<Result<T, Error>>,
    item: PhantomData<fn() -> T>,
}

/// The stream of events before they are read.
struct Source {
    bytes: ByteStream,
    parser: EventParser,
    rules: EventRules,
    /// How many bytes of an event an error keeps.
    error_limit: usize,
    ended: bool,
}

/// What an event becomes: every type that serde deserializes is read from its data; an [`Event`] is itself.
///
/// A type of your own may look at the type of the event:
///
/// ```
/// use declarest::{Response, Error, Event, FromEvent};
///
/// enum News { Text(String), Done }
///
/// impl FromEvent for News {
///     fn from_event(event: Event, response: &Response) -> Result<Self, Error> {
///         match event.event.as_str() {
///             "text" => Ok(News::Text(event.data)),
///             "done" => Ok(News::Done),
///             "error" => Err(response.refused("the stream has failed").with_body(event.data)),
///             _ => Err(response.unreadable("an event of a type that is not known")),
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an event",
    label = "expected a type that implements `serde::Deserialize` (without borrowing), or `declarest::Event`"
)]
pub trait FromEvent: Sized + Send + 'static {
    /// Reads an event.
    ///
    /// # Errors
    /// When the event is not what was declared; [`Response::unreadable`] makes such an error.
    fn from_event(event: Event, response: &Response) -> Result<Self, Error>;

    /// Reads an event from the buffer that it arrived in, for the types that need no copy of it.
    #[doc(hidden)]
    fn from_raw(event: RawEvent<'_>, response: &Response) -> Result<Self, Error> {
        Self::from_event(event.to_event(), response)
    }
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned + Send + 'static> FromEvent for T {
    fn from_event(event: Event, response: &Response) -> Result<Self, Error> {
        from_json(&event.data, response)
    }

    fn from_raw(event: RawEvent<'_>, response: &Response) -> Result<Self, Error> {
        from_json(event.data, response)
    }
}

impl FromEvent for Event {
    fn from_event(event: Event, _: &Response) -> Result<Self, Error> {
        Ok(event)
    }
}

impl<T> Events<T> {
    fn new(response: Response, ready: VecDeque<Result<T, Error>>) -> Self {
        let source = Source {
            parser: EventParser::new(response.item_limit()),
            rules: rules(response.head()),
            error_limit: response.error_limit(),
            ended: response.is_fake(),
            bytes: ByteStream::new(response),
        };
        Self { source, ready, item: PhantomData }
    }

    /// A stream of these items, for fakes.
    pub fn from_results(items: impl IntoIterator<Item = Result<T, Error>>) -> Self {
        Self::new(Response::fake(crate::body::Body::empty()), items.into_iter().collect())
    }
}

/// A stream of these items, for fakes.
impl<T> FromIterator<T> for Events<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::from_results(items.into_iter().map(Ok))
    }
}

impl<T: FromEvent> Events<T> {
    /// The next event; `None` at the end.
    ///
    /// # Errors
    /// Fails if the stream stalls, is cut off, or has an event that is too large, an error, or not what was declared. After an
    /// event that is an error or not what was declared, the next event can be read; after any other error the stream has
    /// ended.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|cx| self.poll_event(cx)).await.transpose()
    }

    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        if let Some(item) = self.ready.pop_front() {
            return Poll::Ready(Some(item));
        }
        let source = &mut self.source;
        Poll::Ready(match ready!(source.poll_event(cx)) {
            Some(Ok(())) => {
                let item = T::from_raw(source.parser.event(), source.bytes.response());
                Some(item.map_err(|error| source.unreadable(error)))
            }
            Some(Err(error)) => Some(Err(error)),
            None => None,
        })
    }
}

impl Source {
    /// Moves the parser to the next event.
    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<(), Error>>> {
        while !self.ended {
            match self.parser.advance() {
                Ok(true) => return Poll::Ready(self.judge()),
                Ok(false) => {}
                Err(error) => {
                    self.ended = true;
                    let error = self.bytes.response().error(ErrorKind::TooLarge, error.to_string());
                    return Poll::Ready(Some(Err(error)));
                }
            }
            match ready!(self.bytes.poll_chunk(cx)) {
                Some(Ok(chunk)) => self.parser.push(chunk),
                Some(Err(error)) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => return Poll::Ready(self.end()),
            }
        }
        Poll::Ready(None)
    }

    /// What the end of the body means.
    fn end(&mut self) -> Option<Result<(), Error>> {
        self.ended = true;
        let rest = self.parser.finish();
        match (rest, self.rules.end) {
            (Rest::Nothing, None) => None,
            (Rest::Unterminated, None) => self.judge(),
            (Rest::Unterminated | Rest::Cut, Some(end)) if self.parser.event().data == end => None,
            (Rest::Nothing, Some(_)) => Some(Err(self.cut_off("the stream ended before its last event"))),
            (Rest::Unterminated | Rest::Cut, _) => {
                Some(Err(self.cut_off("the stream ended within an event")))
            }
        }
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
    fn unreadable(&self, error: Error) -> Error {
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

/// Whether a response with this head can be a stream of events.
fn is_stream(head: &Head) -> bool {
    rules(head).any_media_type || has_media_type(head, MEDIA_TYPE)
}

impl<T: FromEvent> Stream for Events<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_event(cx)
    }
}

impl<T> Unpin for Events<T> {}

impl<T: FromEvent> Decode for Events<T> {
    type Output = Self;

    fn reads(head: &Head) -> ResponseBody {
        if is_stream(head) { ResponseBody::Streamed } else { ResponseBody::Rejected }
    }

    fn media_type() -> Option<&'static str> {
        Some(MEDIA_TYPE)
    }

    fn decode(response: Response) -> Result<Self, Error> {
        if !is_stream(response.head()) {
            return Err(response.unreadable(&format!("expected {MEDIA_TYPE}, found {}", response.describe())));
        }
        Ok(Self::new(response, VecDeque::new()))
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("ended", &self.source.ended).finish_non_exhaustive()
    }
}
