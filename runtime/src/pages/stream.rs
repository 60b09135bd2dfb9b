//! Streams of the pages of a list, and of their items.

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::guard::LoopGuard;
use super::{Cursor, Next, Page, Rules, Sent, apply, begun, is_same_request};
use crate::call::Call;
use crate::decode::Reply;
use crate::error::{Effect, Error, ErrorKind};
use crate::head::Head;
use crate::request::RequestParts;
use crate::request::Returns as _;

/// A stream of the pages of a list. `try_next` needs no import; it is also a [`Stream`].
#[must_use = "a stream does nothing until it is polled"]
pub struct PageStream<P: Page, E = Error> {
    /// The request of the page that is being fetched, or comes next.
    next: Option<RequestParts>,
    running: Option<Call<Reply<P>, E>>,
    /// The pages of a fake.
    given: VecDeque<P>,
    failed: Option<E>,
    guard: LoopGuard,
    cursor: Option<Cursor>,
    left: usize,
    /// Pages in a row that had no items.
    empty: u32,
}

impl<P: Page, E> Unpin for PageStream<P, E> {}

impl<P: Page, E: From<Error> + Send + 'static> PageStream<P, E> {
    pub(super) fn of(call: Call<P, E>) -> Self {
        match call.into_described() {
            Some(parts) => Self { next: Some(parts), ..Self::given(VecDeque::new(), None) },
            None => Self::given(VecDeque::new(), Some(begun())),
        }
    }

    pub(super) fn given(given: VecDeque<P>, failed: Option<E>) -> Self {
        Self {
            next: None,
            running: None,
            given,
            failed,
            guard: LoopGuard::default(),
            cursor: None,
            left: usize::MAX,
            empty: 0,
        }
    }

    /// Ends the list after this number of pages.
    pub fn limit(mut self, pages: usize) -> Self {
        self.left = pages;
        self
    }

    /// Returns the position behind the last page that was returned; `None` at the start and at the end.
    #[must_use]
    pub fn cursor(&self) -> Option<&Cursor> {
        self.cursor.as_ref()
    }

    /// Returns the next page; `None` after the last.
    ///
    /// # Errors
    /// Those of a [`Call`], and [`ErrorKind::Paging`](crate::ErrorKind::Paging) if the list does not end.
    pub async fn try_next(&mut self) -> Result<Option<P>, E> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    /// Adds to an error which list it is of, where a request comes next.
    #[cfg(feature = "blocking")]
    pub(crate) fn locate(&self, error: Error) -> Error {
        match &self.next {
            Some(parts) => error.called(&parts.0.site),
            None => error,
        }
    }

    /// Counts the empty pages in a row. Too many end the list: returns the error, unless the list ends here anyway.
    fn count(&mut self, is_empty: bool) -> Option<E> {
        self.empty = if is_empty { self.empty + 1 } else { 0 };
        let parts = self.next.take_if(|_| self.empty >= MOST_EMPTY)?;
        let detail = format!("{MOST_EMPTY} pages in a row have no items and announce more");
        let error = Error::new(ErrorKind::Paging, detail).with_effect(Effect::Responded);
        Some(E::from(error.called(&parts.0.site)))
    }

    /// Looks where the next page is, before this one is handed out.
    fn advance(&mut self, page: &P, head: &Head) {
        let Some(parts) = self.next.take() else { return };
        let draft = &parts.0;
        let sent = Sent { url: draft.url.as_str(), headers: &draft.headers, body: &draft.body, head };
        let next = page.next(&sent);
        let error = match next {
            Ok(Next::Done) => return self.cursor = None,
            Ok(next) if self.guard.is_new(&next) => {
                let mut following = parts.copy();
                apply(&mut following, &next, &Rules::of::<P>());
                if !is_same_request(&parts, &following) || following.has_failed() {
                    self.cursor = Cursor::of(&next);
                    return self.next = Some(following);
                }
                same_cursor()
            }
            Ok(_) => same_cursor(),
            Err(error) => Error::new(ErrorKind::Paging, error.to_string()),
        };
        self.cursor = None;
        let error = error.with_response(head.status, head.headers.clone()).with_effect(Effect::Responded);
        self.failed = Some(E::from(error.called(&parts.0.site)));
    }
}

impl<P: Page, E: From<Error> + Send + 'static> Stream for PageStream<P, E> {
    type Item = Result<P, E>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let page = ready!(self.poll_page(cx));
        if let Some(Ok(page)) = &page
            && let Some(error) = self.count(page.is_empty())
        {
            self.failed = Some(error);
        }
        Poll::Ready(page)
    }
}

impl<P: Page, E: From<Error> + Send + 'static> PageStream<P, E> {
    /// The next page, whether it is empty or not.
    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<P, E>>> {
        loop {
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
            if self.left > 0
                && let Some(page) = self.given.pop_front()
            {
                self.left -= 1;
                return Poll::Ready(Some(Ok(page)));
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

/// The error of a list that would ask for the same page again.
fn same_cursor() -> Error {
    Error::new(ErrorKind::Paging, "the same cursor came again")
}

impl<P: Page, E> fmt::Debug for PageStream<P, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageStream").field("running", &self.running.is_some()).finish_non_exhaustive()
    }
}

/// How many pages in a row may be empty although more are announced. Filters make empty pages; a server that never ends has no
/// items to wait for.
const MOST_EMPTY: u32 = 100;

/// A stream of the items of all pages. `try_next` needs no import; it is also a [`Stream`].
#[must_use = "a stream does nothing until it is polled"]
pub struct Items<P: Page, E = Error> {
    buffer: VecDeque<P::Item>,
    pages: PageStream<P, E>,
    /// How many items are still given.
    left: usize,
}

impl<P: Page, E> Unpin for Items<P, E> {}

impl<P: Page, E: From<Error> + Send + 'static> Items<P, E> {
    pub(super) fn of(buffer: VecDeque<P::Item>, pages: PageStream<P, E>) -> Self {
        Self { buffer, pages, left: usize::MAX }
    }

    /// Ends the list after the items of this number of pages.
    pub fn limit_pages(mut self, pages: usize) -> Self {
        self.pages = self.pages.limit(pages);
        self
    }

    /// Ends the list after this number of items. No page is requested after that.
    pub fn take(mut self, items: usize) -> Self {
        self.left = self.left.min(items);
        self
    }

    /// Returns the items in a collection; the first failure ends the list. [`Pages::collect`](crate::Pages::collect) is
    /// shorter where that is a `Vec` of all of them.
    ///
    /// ```no_run
    /// # use std::collections::BTreeSet;
    /// # use declarest::{BoxError, Next, Page, Pages, Sent, api};
    /// # #[derive(serde::Deserialize)] struct Names(Vec<String>);
    /// # impl Page for Names {
    /// #     type Item = String;
    /// #     fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> { Ok(Next::Done) }
    /// #     fn into_items(self) -> Vec<String> { self.0 }
    /// # }
    /// # #[api] trait Users { #[get("/users")] fn list(&self) -> Pages<Names>; }
    /// # async fn f(users: UsersClient) -> Result<(), declarest::Error> {
    /// let some: BTreeSet<String> = users.list().items().take(500).try_collect().await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Those of [`try_next`](Items::try_next). The items before the failure are lost.
    pub async fn try_collect<C: Default + Extend<P::Item>>(mut self) -> Result<C, E> {
        let mut all = C::default();
        while let Some(item) = self.try_next().await? {
            all.extend([item]);
        }
        Ok(all)
    }

    /// Makes a call, or another future, of one item after the other, and waits for each. The first failure ends the list.
    ///
    /// ```no_run
    /// # use declarest::{BoxError, Call, Next, Page, Pages, Sent, api};
    /// # #[derive(serde::Deserialize)] struct Names(Vec<String>);
    /// # impl Page for Names {
    /// #     type Item = String;
    /// #     fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> { Ok(Next::Done) }
    /// #     fn into_items(self) -> Vec<String> { self.0 }
    /// # }
    /// # #[api] trait Users {
    /// #     #[get("/users")] fn list(&self) -> Pages<Names>;
    /// #     #[delete("/users/{name}")] fn delete(&self, name: &str) -> Call<()>;
    /// # }
    /// # async fn f(users: UsersClient) -> Result<(), declarest::Error> {
    /// users.list().items().try_for_each(|name| users.delete(&name)).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Those of [`try_next`](Items::try_next), and of what `each` returns.
    // Not `AsyncFnMut`: the future of a closure that borrows would not be `Send`, so that no task could wait for it.
    pub async fn try_for_each<F>(mut self, mut each: impl FnMut(P::Item) -> F) -> Result<(), E>
    where
        F: Future<Output = Result<(), E>>,
    {
        while let Some(item) = self.try_next().await? {
            each(item).await?;
        }
        Ok(())
    }

    /// Returns the next item; `None` after the last.
    ///
    /// # Errors
    /// Those of [`PageStream::try_next`]. After an error the stream ends.
    pub async fn try_next(&mut self) -> Result<Option<P::Item>, E> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    /// Adds to an error which list it is of.
    #[cfg(feature = "blocking")]
    pub(crate) fn locate(&self, error: Error) -> Error {
        self.pages.locate(error)
    }
}

impl<P: Page, E: From<Error> + Send + 'static> Stream for Items<P, E> {
    type Item = Result<P::Item, E>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while self.left > 0 {
            if let Some(item) = self.buffer.pop_front() {
                self.left -= 1;
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(cx)) {
                Some(Ok(page)) => {
                    self.buffer = page.into_items().into();
                    let is_empty = self.buffer.is_empty();
                    if let Some(error) = self.pages.count(is_empty) {
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
        Poll::Ready(None)
    }
}

impl<P: Page, E> fmt::Debug for Items<P, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("buffered", &self.buffer.len()).finish_non_exhaustive()
    }
}
