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
use super::event_parser::{Event, EventParser, RawEvent};
use crate::decode::{Decode, Response, ResponseBody, from_json};
use crate::endpoint::EventRules;
use crate::error::{Error, ErrorKind};
use crate::head::Head;

/// A stream of server-sent events: `Call<Events<T>>` gives it when the head is there, so a 401 comes from the call and
/// not as the first item.
///
/// `T` is read from the data of each event as JSON; `Events<Event>` gives the events themselves. What the vendor says
/// beyond the standard is declared: `events(end = "[DONE]")` names the data that ends the stream (a stream that
/// ends without it was cut off), `events(error = "error")` the type of event that is an error, whose data
/// [`Error::body_as`] reads. The data of one event is limited to 1 MiB.
pub struct Events<T> {
    source: Source,
    /// A fake's.
    ready: VecDeque<Result<T, Error>>,
    item: PhantomData<fn() -> T>,
}

struct Source {
    bytes: ByteStream,
    parser: EventParser,
    rules: EventRules,
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
///     fn from_event(event: Event, answer: &Response) -> Result<Self, Error> {
///         match event.event.as_str() {
///             "text" => Ok(News::Text(event.data)),
///             "done" => Ok(News::Done),
///             "error" => Err(answer.refused("the stream has failed").with_body(event.data)),
///             _ => Err(answer.unreadable("an event of a type that is not known")),
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
    fn new(answer: Response, ready: VecDeque<Result<T, Error>>) -> Self {
        let rules = answer.head().endpoint().events.unwrap_or(EventRules { end: None, error: None });
        let parser = EventParser::new(answer.item_limit());
        let ended = answer.is_fake();
        Self {
            source: Source { bytes: ByteStream::new(answer), parser, rules, ended },
            ready,
            item: PhantomData,
        }
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
    /// When the stream stalls, is cut off, has an event that is too large, or one that is an error or not what was
    /// declared. After an error of the connection the stream ends.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|cx| self.poll_event(cx)).await.transpose()
    }

    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        if let Some(item) = self.ready.pop_front() {
            return Poll::Ready(Some(item));
        }
        Poll::Ready(match ready!(self.source.poll_event(cx)) {
            Some(Ok(())) => Some(T::from_raw(self.source.parser.event(), self.source.bytes.response())),
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
                Err(error) => return self.fail(ErrorKind::TooLarge, &error.to_string()),
            }
            match ready!(self.bytes.poll_chunk(cx)) {
                Some(Ok(chunk)) => self.parser.push(chunk),
                Some(Err(error)) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None if self.parser.finish() || self.rules.end.is_some() => {
                    return self.fail(ErrorKind::Truncated, "the stream ended before its last event");
                }
                None => self.ended = true,
            }
        }
        Poll::Ready(None)
    }

    /// Applies what the endpoint declares to the event that has arrived; `None` if it ends the stream.
    fn judge(&mut self) -> Option<Result<(), Error>> {
        let event = self.parser.event();
        if self.rules.end == Some(event.data) {
            self.ended = true;
            return None;
        }
        if self.rules.error == Some(event.event()) {
            let error =
                self.bytes.response().error(ErrorKind::Classified, "an event of the stream is an error");
            return Some(Err(error.with_body(event.data.to_owned())));
        }
        Some(Ok(()))
    }

    fn fail(&mut self, kind: ErrorKind, detail: &str) -> Poll<Option<Result<(), Error>>> {
        self.ended = true;
        Poll::Ready(Some(Err(self.bytes.response().error(kind, detail))))
    }
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

    fn reads(_: &Head) -> ResponseBody {
        ResponseBody::Streamed
    }

    fn media_type() -> Option<&'static str> {
        Some("text/event-stream")
    }

    fn decode(answer: Response) -> Result<Self, Error> {
        Ok(Self::new(answer, VecDeque::new()))
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("ended", &self.source.ended).finish_non_exhaustive()
    }
}
