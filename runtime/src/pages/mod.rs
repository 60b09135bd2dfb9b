//! A paginated call: the first page, every page, or every item.

mod guard;
mod link;
mod page;

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::{Deserialize, Serialize};

use self::guard::LoopGuard;
pub use self::page::{BodyCursor, Next, Page, Sent};
use crate::call::Call;
use crate::error::{Effect, Error, ErrorKind};
use crate::parts::RequestParts;
use crate::reply::{Head, Reply};
use crate::returns::Returns;

/// A paginated call.
///
/// Awaited, it gives the first page. [`items`](Pages::items) gives the items of all pages one after the other,
/// [`pages`](Pages::pages) the pages. Nothing is sent before the first of them is asked for, and the next page is
/// fetched when the items of the one before are used up.
///
/// A list that repeats a cursor, or announces more and gives nothing, ends with
/// [`ErrorKind::Paging`](crate::ErrorKind::Paging) instead of running for ever.
#[must_use = "nothing is sent until the pages are asked for"]
pub struct Pages<P: Page, E = Error> {
    source: Source<P, E>,
}

// As for a call.
#[allow(clippy::large_enum_variant)]
enum Source<P: Page, E> {
    Described(Box<RequestParts>),
    First(Call<P, E>),
    /// A fake's items, as the pages' items.
    Fake(Option<Result<Vec<P::Item>, E>>),
}

impl<P: Page, E> Unpin for Pages<P, E> {}

impl<P: Page, E: From<Error>> Returns for Pages<P, E> {
    fn returns(parts: RequestParts) -> Self {
        Self { source: Source::Described(Box::new(parts)) }
    }
}

impl<P: Page, E> Pages<P, E> {
    /// A list with these items; for fakes. It has items and no pages: awaiting it or asking for pages fails.
    pub fn from_items(items: impl IntoIterator<Item = P::Item>) -> Self {
        Self { source: Source::Fake(Some(Ok(items.into_iter().collect()))) }
    }

    /// A list that fails; for fakes.
    pub fn failed(error: E) -> Self {
        Self { source: Source::Fake(Some(Err(error))) }
    }
}

impl<P: Page, E: From<Error>> Pages<P, E> {
    /// The items of all pages, as a stream.
    pub fn items(self) -> Items<P, E> {
        let (buffer, pages) = match self.source {
            Source::Fake(fake) => {
                let (items, error) = match fake.unwrap_or_else(|| Ok(Vec::new())) {
                    Ok(items) => (items, None),
                    Err(error) => (Vec::new(), Some(error)),
                };
                (VecDeque::from(items), PageStream::ended(error))
            }
            Source::Described(parts) => (VecDeque::new(), PageStream::new(parts)),
            Source::First(call) => (VecDeque::new(), PageStream::first(call)),
        };
        Items { buffer, pages }
    }

    /// The pages, as a stream.
    pub fn pages(self) -> PageStream<P, E> {
        match self.source {
            Source::Described(parts) => PageStream::new(parts),
            Source::First(call) => PageStream::first(call),
            Source::Fake(fake) => PageStream::ended(Some(fake.and_then(Result::err).unwrap_or_else(no_page))),
        }
    }

    /// Goes on where a [`Cursor`] says, which an earlier run has stored.
    pub fn resume(mut self, cursor: &Cursor) -> Self {
        if let Source::Described(parts) = &mut self.source {
            apply(parts, &cursor.next(), true);
        }
        self
    }

    /// Changes the calls: their options, as on a [`Call`].
    pub fn deadline(mut self, deadline: std::time::Duration) -> Self {
        if let Source::Described(parts) = &mut self.source {
            parts.options.deadline = Some(deadline);
        }
        self
    }

    /// The first call as a `curl` command; see [`Call::to_curl`].
    #[must_use]
    pub fn to_curl(&self) -> String {
        match &self.source {
            Source::Described(parts) => Call::<P, E>::returns(parts.copy()).to_curl(),
            _ => "# a fake, or already running".to_owned(),
        }
    }
}

impl<P: Page, E: From<Error>> Future for Pages<P, E> {
    type Output = Result<P, E>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            match &mut self.source {
                Source::Fake(fake) => {
                    let fake = fake.take().and_then(Result::err);
                    return Poll::Ready(Err(fake.unwrap_or_else(no_page)));
                }
                Source::First(call) => return Pin::new(call).poll(cx),
                Source::Described(_) => {
                    let Source::Described(parts) = std::mem::replace(&mut self.source, Source::Fake(None))
                    else {
                        continue;
                    };
                    self.source = Source::First(Call::returns(*parts));
                }
            }
        }
    }
}

fn no_page<E: From<Error>>() -> E {
    E::from(Error::new(ErrorKind::NotFaked, "`Pages::from_items` has items and no pages"))
}

impl<P: Page, E> fmt::Debug for Pages<P, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Source::Described(parts) => f.debug_tuple("Pages").field(parts).finish(),
            Source::First(_) => f.write_str("Pages(running)"),
            Source::Fake(_) => f.write_str("Pages(fake)"),
        }
    }
}

/// Where a list goes on, to be stored and given to [`Pages::resume`] in another run.
#[derive(Clone, Serialize, Deserialize)]
pub struct Cursor(Vec<(String, serde_json::Value)>, CursorPlace);

#[derive(Clone, Copy, Serialize, Deserialize)]
enum CursorPlace {
    Query,
    Body,
    Url,
}

impl Cursor {
    fn of(next: &Next) -> Option<Self> {
        Some(match next {
            Next::Done => return None,
            Next::Query(pairs) => {
                Self(pairs.iter().map(|(n, v)| (n.clone(), v.clone().into())).collect(), CursorPlace::Query)
            }
            Next::Body(members) => Self(members.clone(), CursorPlace::Body),
            Next::Url(url) => Self(vec![(String::new(), url.clone().into())], CursorPlace::Url),
        })
    }

    fn next(&self) -> Next {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        match self.1 {
            CursorPlace::Query => Next::Query(self.0.iter().map(|(n, v)| (n.clone(), text(v))).collect()),
            CursorPlace::Body => Next::Body(self.0.clone()),
            CursorPlace::Url => Next::Url(self.0.first().map(|(_, v)| text(v)).unwrap_or_default()),
        }
    }
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cursor")
    }
}

/// Makes the described request one for the next page.
fn apply(parts: &mut RequestParts, next: &Next, may_leave_path: bool) {
    match next {
        Next::Done => {}
        Next::Query(pairs) => pairs.iter().for_each(|(name, value)| parts.set_query(name, value)),
        Next::Body(members) => parts.set_members(members),
        Next::Url(url) => match parts.next_url(url, may_leave_path) {
            Some(url) => parts.set_url(url),
            None => parts.fail(refused()),
        },
    }
}

fn refused() -> Error {
    Error::new(ErrorKind::Paging, "the next page's URL leaves the origin or the path of the list")
}

/// The pages of a list, one after the other. `next` and `try_next` need no import; it is also a [`Stream`].
#[must_use = "a stream does nothing until it is polled"]
pub struct PageStream<P: Page, E = Error> {
    /// The request of the page that is being fetched or comes next.
    next: Option<Box<RequestParts>>,
    running: Option<Call<Reply<P>, E>>,
    /// The first page, when it was asked for before.
    first: Option<Call<P, E>>,
    failed: Option<E>,
    guard: LoopGuard,
    cursor: Option<Cursor>,
    left: usize,
}

impl<P: Page, E> Unpin for PageStream<P, E> {}

impl<P: Page, E: From<Error>> PageStream<P, E> {
    fn new(parts: Box<RequestParts>) -> Self {
        Self { next: Some(parts), ..Self::ended(None) }
    }

    fn first(call: Call<P, E>) -> Self {
        Self { first: Some(call), ..Self::ended(None) }
    }

    fn ended(failed: Option<E>) -> Self {
        Self {
            next: None,
            running: None,
            first: None,
            failed,
            guard: LoopGuard::default(),
            cursor: None,
            left: usize::MAX,
        }
    }

    /// Ends after so many pages.
    pub fn limit(mut self, pages: usize) -> Self {
        self.left = pages;
        self
    }

    /// Where the list goes on after the page that was given last; `None` at the start and at the end.
    #[must_use]
    pub fn cursor(&self) -> Option<&Cursor> {
        self.cursor.as_ref()
    }

    /// The next page; `None` after the last one.
    ///
    /// # Errors
    /// As a [`Call`], and [`ErrorKind::Paging`](crate::ErrorKind::Paging) if the list does not end.
    pub async fn try_next(&mut self) -> Result<Option<P>, E> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    /// Looks where the next page is, before this one is handed out.
    fn advance(&mut self, page: &P, head: &Head) {
        let Some(mut parts) = self.next.take() else { return };
        let next = page.next(&Sent { url: &parts.url, head });
        let error = match next {
            Ok(Next::Done) => return self.cursor = None,
            Ok(next) if self.guard.is_new(&next) => {
                self.cursor = Cursor::of(&next);
                apply(&mut parts, &next, P::may_leave_path());
                return self.next = Some(parts);
            }
            Ok(_) => Error::new(ErrorKind::Paging, "the same cursor came again"),
            Err(error) => Error::new(ErrorKind::Paging, error.to_string()),
        };
        self.cursor = None;
        let error = error.with_answer(head.status, head.headers.clone()).with_effect(Effect::Answered);
        self.failed = Some(E::from(error.called(parts.endpoint, parts.scope.as_ref())));
    }
}

impl<P: Page, E: From<Error>> Stream for PageStream<P, E> {
    type Item = Result<P, E>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(first) = &mut self.first {
                let page = ready!(Pin::new(first).poll(cx));
                self.first = None;
                return Poll::Ready(Some(page));
            }
            if let Some(running) = &mut self.running {
                let reply = ready!(Pin::new(running).poll(cx));
                self.running = None;
                return Poll::Ready(Some(match reply {
                    Ok(reply) => {
                        let (page, head) = reply.split();
                        self.advance(&page, &head);
                        Ok(page)
                    }
                    Err(error) => {
                        self.next = None;
                        Err(error)
                    }
                }));
            }
            if let Some(error) = self.failed.take() {
                return Poll::Ready(Some(Err(error)));
            }
            let left = self.left;
            let Some(parts) = self.next.as_mut().filter(|_| left > 0) else { return Poll::Ready(None) };
            let call = Call::<Reply<P>, E>::returns(parts.copy());
            self.left = left - 1;
            self.running = Some(call);
        }
    }
}

impl<P: Page, E> fmt::Debug for PageStream<P, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageStream").field("running", &self.running.is_some()).finish_non_exhaustive()
    }
}

/// The items of all pages, one after the other. `try_next` needs no import; it is also a [`Stream`].
#[must_use = "a stream does nothing until it is polled"]
pub struct Items<P: Page, E = Error> {
    buffer: VecDeque<P::Item>,
    pages: PageStream<P, E>,
}

impl<P: Page, E> Unpin for Items<P, E> {}

impl<P: Page, E: From<Error>> Items<P, E> {
    /// Ends after the items of so many pages.
    pub fn limit_pages(mut self, pages: usize) -> Self {
        self.pages = self.pages.limit(pages);
        self
    }

    /// The next item; `None` after the last one.
    ///
    /// # Errors
    /// As [`PageStream::try_next`]. After an error the stream ends.
    pub async fn try_next(&mut self) -> Result<Option<P::Item>, E> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }
}

impl<P: Page, E: From<Error>> Stream for Items<P, E> {
    type Item = Result<P::Item, E>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.buffer.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(cx)) {
                Some(Ok(page)) => self.buffer = page.into_items().into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<P: Page, E> fmt::Debug for Items<P, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("buffered", &self.buffer.len()).finish_non_exhaustive()
    }
}
