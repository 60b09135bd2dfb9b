//! `text/event-stream`: a stream of typed events.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::event_parser::{Event, RawEvent};
use super::event_source::{EventSource, MEDIA_TYPE, is_stream, wrong_media_type};
use super::reconnect::Reconnect;
use crate::decode::{Decode, Response, ResponseBody, from_json};
use crate::error::Error;
use crate::head::Head;
use crate::witness::Reading;

/// A stream of server-sent events. `Call<Events<T>>` returns it when the head has arrived, so a 401 is an error of the call
/// and not the first item.
///
/// `T` is read from the data of each event as JSON; `Events<Event>` gives the events themselves. An item that does not fit
/// `T` is an error with the text of the item in [`Error::body`], and the next item can be read.
///
/// The response must have the media type `text/event-stream` (HTML Living Standard, 9.2). Any other is an error of the kind
/// [`Decode`](crate::ErrorKind::Decode) that names it and keeps the body. The data of one event is limited to 1 MiB.
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
/// [`Error::body_as`] reads the data of an event that is an error; its kind is [`Classified`](crate::ErrorKind::Classified).
///
/// # The end of a stream
///
/// A connection that breaks, and a body that ends within a line, are errors of the kind
/// [`Truncated`](crate::ErrorKind::Truncated). Where `end` is not declared, a body that ends in order ends the stream; an event
/// of whole lines counts even if its blank line is missing.
pub struct Events<T> {
    source: EventSource,
    /// The items of a fake.
    ready: VecDeque<Result<T, Error>>,
    item: PhantomData<fn() -> T>,
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
        Self { source: EventSource::new(response), ready, item: PhantomData }
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
        self.source.set_reconnect(policy);
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

    /// The head of the response, for an error that the stream itself does not make.
    #[cfg(feature = "blocking")]
    pub(crate) fn head(&self) -> &Head {
        self.source.response().head()
    }

    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        if let Some(item) = self.ready.pop_front() {
            return Poll::Ready(Some(item));
        }
        let source = &mut self.source;
        Poll::Ready(match ready!(source.poll_event(cx)) {
            Some(Ok(())) => {
                let read = || T::from_raw(source.event(), source.response());
                let item = source.response().head.witness.watch(read, Reading::of_item);
                Some(item.map_err(|error| source.unreadable(error)))
            }
            Some(Err(error)) => Some(Err(error)),
            None => None,
        })
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
        f.debug_struct("Events").field("ended", &self.source.is_ended()).finish_non_exhaustive()
    }
}
