//! `text/event-stream`: a stream of typed events.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::StatusCode;
use serde::de::DeserializeOwned;

use super::bytes::ByteStream;
use super::event_parser::{Event, EventParser, RawEvent, Rest};
use super::reconnect::Reconnect;
use super::{has_media_type, with_item};
use crate::decode::{Decode, Response, ResponseBody, StreamCall, StreamStart, from_json, has_member, is_cut};
use crate::endpoint::EventRules;
use crate::error::{Error, ErrorKind};
use crate::head::Head;
use crate::retry::Withdrawal;

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
    fn new(mut response: Response, ready: VecDeque<Result<T, Error>>) -> Self {
        let source = Source {
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
        };
        Self { source, ready, item: PhantomData }
    }

    /// Continues the stream when its connection is lost: the call is made again, with the id of the last event in
    /// `Last-Event-ID`, so that the server sends what comes behind it (HTML Living Standard, 9.2.3).
    ///
    /// ```no_run
    /// # use declarest::{Call, Events, Reconnect, api};
    /// # #[derive(serde::Deserialize)] struct News { title: String }
    /// # #[api] trait Feed { #[get("/news")] fn news(&self) -> Call<Events<News>>; }
    /// # async fn f(feed: FeedClient) -> Result<(), declarest::Error> {
    /// let mut news = feed.news().await?.reconnect(Reconnect::default());
    /// while let Some(item) = news.try_next().await? {
    ///     println!("{}", item.title);
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// The connection is lost if it breaks, stalls, or ends within an event or without the declared `end`. Before the call
    /// is made again, the client waits as long as the server asks for in `retry:`, or else as its
    /// [`Backoff`](crate::Backoff) says; a `retry:` of more than two minutes ends the stream. Each of these calls takes a
    /// retry from the [`Budget`](crate::Budget), and an event gives it back. If the stream cannot be continued, the loss is its last item, as an error.
    ///
    /// Each event is given once if it has an id and the server honours `Last-Event-ID`. What has arrived behind the last id
    /// may come twice. What had half arrived is discarded.
    ///
    /// Only a call that is safe to repeat is made again: one that is idempotent by method or declaration, or has an
    /// idempotency key, and whose body can be sent again. Until the stream is dropped, it keeps the request.
    #[must_use]
    pub fn reconnect(mut self, policy: Reconnect) -> Self {
        self.source.reconnect = Some(policy);
        self
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
        let detail = match (self.parser.finish(), self.rules.end) {
            (Rest::Nothing | Rest::Unterminated, None)
                if self.reconnect.is_some_and(Reconnect::is_after_end) =>
            {
                // An end in order is not an error, also where nothing more comes.
                let error = self.cut_off("the stream ended");
                self.ended = self.lost(error).is_some();
                return None;
            }
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

fn wrong_media_type(response: &Response) -> Error {
    response.unreadable(&format!("expected {MEDIA_TYPE}, found {}", response.describe()))
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
            return Err(wrong_media_type(&response));
        }
        Ok(Self::new(response, VecDeque::new()))
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("ended", &self.source.ended).finish_non_exhaustive()
    }
}
