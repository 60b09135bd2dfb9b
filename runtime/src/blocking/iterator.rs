//! Lists and streams as iterators.

use std::fmt;
use std::future::poll_fn;
use std::iter::FusedIterator;
use std::pin::Pin;

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::runtime::block_on;
use crate::error::Error;
use crate::head::Head;
use crate::pages::{Items, Page, PageStream, Pages};
use crate::stream::{ByteStream, Events, FromEvent, JsonLines};

/// An iterator over a list or a stream, for threads without a runtime. Feature `blocking`.
///
/// | of | items | what makes it |
/// |---|---|---|
/// | [`Pages`] | the items of all pages | [`Pages::blocking`] |
/// | [`Items`] | the items, for example of some pages | [`Items::blocking`] |
/// | [`PageStream`] | whole pages | [`PageStream::blocking`] |
/// | [`Events`] | typed events | [`Events::blocking`] |
/// | [`JsonLines`] | typed lines | [`JsonLines::blocking`] |
/// | [`ByteStream`] | chunks of the body | [`ByteStream::blocking`] |
///
/// Each item is a `Result`. [`next`](Iterator::next) waits on its thread until there is one; nothing is sent or read ahead.
/// Dropping the iterator closes what is open. It can be sent to another thread between two items.
///
/// Inside of a Tokio runtime the next item is an error of the kind [`Configuration`](crate::ErrorKind::Configuration) that
/// says what to write there, and the iterator ends; [`into_inner`](Blocking::into_inner) returns the stream, which has lost
/// nothing.
#[must_use = "an iterator does nothing until it is asked for an item"]
pub struct Blocking<S> {
    stream: S,
    ended: bool,
    /// Adds to an error what the stream knows of its call.
    locate: fn(&S, Error) -> Error,
}

impl<S> Blocking<S> {
    fn new(stream: S, locate: fn(&S, Error) -> Error) -> Self {
        Self { stream, ended: false, locate }
    }

    /// Returns the stream, for what it tells beside its items: [`PageStream::cursor`], [`ByteStream::len`].
    #[must_use]
    pub fn get_ref(&self) -> &S {
        &self.stream
    }

    /// Returns the stream by value, to go on with it in async code.
    pub fn into_inner(self) -> S {
        self.stream
    }
}

impl<S, T, E> Iterator for Blocking<S>
where
    S: Stream<Item = Result<T, E>> + Unpin,
    E: From<Error>,
{
    type Item = Result<T, E>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let stream = &mut self.stream;
        match block_on(poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)), "try_next().await") {
            Ok(item) => {
                self.ended = item.is_none();
                item
            }
            Err(error) => {
                // Without an end, a loop that passes over errors would never leave.
                self.ended = true;
                Some(Err(E::from((self.locate)(&self.stream, error))))
            }
        }
    }
}

impl<S, T, E> FusedIterator for Blocking<S>
where
    S: Stream<Item = Result<T, E>> + Unpin,
    E: From<Error>,
{
}

impl<P: Page, E: From<Error> + Send + 'static> Pages<P, E> {
    /// Returns the items of all pages as an iterator, from a thread without a runtime. Feature `blocking`.
    ///
    /// ```no_run
    /// # use declarest::{BoxError, Next, Page, Pages, Sent, api};
    /// # #[derive(serde::Deserialize)] struct Names(Vec<String>);
    /// # impl Page for Names {
    /// #     type Item = String;
    /// #     fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> { Ok(Next::Done) }
    /// #     fn into_items(self) -> Vec<String> { self.0 }
    /// # }
    /// # #[api] trait Users { #[get("/users")] fn list(&self) -> Pages<Names>; }
    /// # fn f(users: UsersClient) -> Result<(), declarest::Error> {
    /// for name in users.list().blocking() {
    ///     println!("{}", name?);
    /// }
    /// let all: Vec<String> = users.list().blocking().collect::<Result<_, _>>()?;
    /// let first = users.list().with_reply().blocking()?; // the first page, with status and headers
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// An item is an error where [`Items::try_next`] fails, and where [`Call::blocking`](crate::Call::blocking) would.
    pub fn blocking(self) -> Blocking<Items<P, E>> {
        self.items().blocking()
    }
}

impl<P: Page, E: From<Error> + Send + 'static> Items<P, E> {
    /// Returns the items as an iterator; see [`Pages::blocking`]. Feature `blocking`.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self, Self::locate)
    }
}

impl<P: Page, E: From<Error> + Send + 'static> PageStream<P, E> {
    /// Returns the pages as an iterator, from a thread without a runtime. Feature `blocking`.
    ///
    /// ```no_run
    /// # use declarest::{BoxError, Next, Page, Pages, Sent, api};
    /// # #[derive(serde::Deserialize)] struct Names(Vec<String>);
    /// # impl Page for Names {
    /// #     type Item = String;
    /// #     fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> { Ok(Next::Done) }
    /// #     fn into_items(self) -> Vec<String> { self.0 }
    /// # }
    /// # #[api] trait Users { #[get("/users")] fn list(&self) -> Pages<Names>; }
    /// # fn f(users: UsersClient) -> Result<(), declarest::Error> {
    /// let mut pages = users.list().pages().blocking();
    /// while let Some(page) = pages.next().transpose()? {
    ///     println!("{} names; go on at {:?}", page.0.len(), pages.get_ref().cursor());
    /// }
    /// # Ok(()) }
    /// ```
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self, Self::locate)
    }
}

impl<T: FromEvent> Events<T> {
    /// Returns the events as an iterator, from a thread without a runtime. Feature `blocking`.
    ///
    /// ```no_run
    /// # use declarest::{Call, Events, api};
    /// # #[api] trait Feed { #[get("/news")] fn news(&self) -> Call<Events<String>>; }
    /// # fn f(feed: FeedClient) -> Result<(), declarest::Error> {
    /// for news in feed.news().blocking()?.blocking() {
    ///     println!("{}", news?);
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// The first `blocking` waits for the head of the response, the second makes the iterator.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self, |events, error| of_response(events.head(), error))
    }
}

impl<T: DeserializeOwned> JsonLines<T> {
    /// Returns the values as an iterator, from a thread without a runtime. Feature `blocking`.
    ///
    /// ```no_run
    /// # use declarest::{Call, JsonLines, api};
    /// # #[api] trait Logs { #[get("/log")] fn log(&self) -> Call<JsonLines<String>>; }
    /// # fn f(logs: LogsClient) -> Result<(), declarest::Error> {
    /// let first: Vec<String> = logs.log().blocking()?.blocking().take(10).collect::<Result<_, _>>()?;
    /// # Ok(()) }
    /// ```
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self, |lines, error| of_response(lines.head(), error))
    }
}

impl ByteStream {
    /// Returns the chunks of the body as an iterator, from a thread without a runtime. Feature `blocking`.
    ///
    /// ```no_run
    /// # use declarest::{ByteStream, Call, api};
    /// # #[api] trait Files { #[get("/report")] fn report(&self) -> Call<ByteStream>; }
    /// # fn f(files: FilesClient) -> Result<(), Box<dyn std::error::Error>> {
    /// use std::io::Write as _;
    ///
    /// let mut file = std::fs::File::create("report.csv")?;
    /// for chunk in files.report().blocking()?.blocking() {
    ///     file.write_all(&chunk?)?;
    /// }
    /// # Ok(()) }
    /// ```
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::new(self, |bytes, error| of_response(bytes.head(), error))
    }
}

/// The error of a stream whose response came.
fn of_response(head: &Head, error: Error) -> Error {
    error.with_response(head.status, head.headers.clone()).with_attempts(head.attempts).called(&head.site)
}

impl<S: fmt::Debug> fmt::Debug for Blocking<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Blocking").field(&self.stream).finish()
    }
}
