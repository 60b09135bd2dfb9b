//! A paginated call: the first page, every page, or every item.

mod cursor;
mod guard;
mod link;
mod next_request;
mod page;
mod stream;

use std::any::Any;
use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::num::NonZeroU32;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

pub use self::cursor::Cursor;
#[cfg(feature = "testing")]
pub(crate) use self::next_request::following;
use self::next_request::{Rules, apply, is_same_request};
pub use self::page::{BodyCursor, Next, Page, Sent};
pub use self::stream::{Items, PageStream};
use crate::call::Call;
use crate::client::Auth;
use crate::decode::Reply;
use crate::encode::{HeaderArg, QueryValue};
use crate::endpoint::Redirects;
use crate::error::{Error, ErrorKind};
use crate::request::RequestParts;
use crate::request::Returns;
use crate::secret::Secret;

/// A paginated call.
///
/// Awaiting it returns the first page. [`items`](Pages::items) is a stream of the items of all pages,
/// [`pages`](Pages::pages) one of the pages, and [`collect`](Pages::collect) returns all items at once. Nothing is sent before the first is polled, and the next page is fetched when the items of
/// the page before are consumed.
///
/// A list that repeats a cursor, or announces more pages and gives no items (a hundred pages in a row), ends with
/// [`ErrorKind::Paging`](crate::ErrorKind::Paging).
#[must_use = "nothing is sent until the pages are asked for"]
// The bounds are on the methods, as for a call.
pub struct Pages<P, E = Error> {
    source: Source<P, E>,
}

// The description is stored in place, as in a call.
#[allow(clippy::large_enum_variant)]
enum Source<P, E> {
    /// The call of the first page, which may be running.
    Call(Call<P, E>),
    /// A [`Fake`] of the list's types.
    Fake(Box<dyn Any + Send>),
}

/// The content of a fake.
struct Fake<P: Page, E> {
    items: VecDeque<P::Item>,
    pages: VecDeque<P>,
    error: Option<E>,
}

impl<P, E> Unpin for Pages<P, E> {}

impl<P: Page, E: From<Error>> Returns for Pages<P, E> {
    fn returns(parts: RequestParts) -> Self {
        Self { source: Source::Call(Call::returns(parts)) }
    }
}

impl<P: Page, E: Send + 'static> Pages<P, E> {
    fn fake(items: VecDeque<P::Item>, pages: VecDeque<P>, error: Option<E>) -> Self {
        Self { source: Source::Fake(Box::new(Fake { items, pages, error })) }
    }

    /// Makes a list with these items, for fakes. It has no pages: awaiting it, or asking for pages, fails.
    pub fn from_items(items: impl IntoIterator<Item = P::Item>) -> Self {
        Self::fake(items.into_iter().collect(), VecDeque::new(), None)
    }

    /// Makes a list with these pages, for fakes. Their `next` is not called.
    pub fn from_pages(pages: impl IntoIterator<Item = P>) -> Self {
        Self::fake(VecDeque::new(), pages.into_iter().collect(), None)
    }

    /// Makes a list that fails, for fakes.
    pub fn failed(error: E) -> Self {
        Self::fake(VecDeque::new(), VecDeque::new(), Some(error))
    }
}

impl<P: Page, E: From<Error> + Send + 'static> Pages<P, E> {
    crate::call::options!();

    /// Returns the items of all pages, as a stream.
    pub fn items(self) -> Items<P, E> {
        match self.source {
            Source::Call(call) => Items::of(VecDeque::new(), PageStream::of(call)),
            Source::Fake(fake) => {
                let Fake { items, pages, error } = taken(fake);
                Items::of(items, PageStream::given(pages, error))
            }
        }
    }

    /// Returns the items of all pages at once. They are in memory together; [`items`](Pages::items) gives one after the other,
    /// and [`Items::take`] ends a list that may be too long.
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
    /// # async fn f(users: UsersClient) -> Result<(), declarest::Error> {
    /// for name in users.list().collect().await? {
    ///     println!("{name}");
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Those of [`Items::try_next`]. The items before the failure are lost.
    pub async fn collect(self) -> Result<Vec<P::Item>, E> {
        self.items().try_collect().await
    }

    /// Returns the pages, as a stream.
    pub fn pages(self) -> PageStream<P, E> {
        match self.source {
            Source::Call(call) => PageStream::of(call),
            Source::Fake(fake) => {
                let Fake { items, pages, error } = taken(fake);
                PageStream::given(pages, error.or_else(|| (!items.is_empty()).then(no_page)))
            }
        }
    }

    /// Continues at a [`Cursor`] that an earlier run has stored.
    pub fn resume(self, cursor: &Cursor) -> Self {
        self.with(|parts| apply(parts, &cursor.next(), &Rules { may_leave_path: true, ..Rules::of::<P>() }))
    }

    /// Returns a call of the first page with status, headers, request id and number of attempts.
    pub fn with_reply(self) -> Call<Reply<P>, E> {
        match self.source {
            Source::Call(call) => call.with_reply(),
            Source::Fake(fake) => Call::ready(first::<P, E>(&mut taken(fake)).map(Reply::new)),
        }
    }

    /// Returns the first call as a `curl` command; see [`Call::to_curl`].
    #[must_use]
    pub fn to_curl(&self) -> String {
        match &self.source {
            Source::Call(call) => call.to_curl(),
            Source::Fake(_) => "# a fake".to_owned(),
        }
    }

    /// Returns the call of the first page; `None` for a fake.
    #[cfg(feature = "testing")]
    pub(crate) fn first_call(&self) -> Option<&Call<P, E>> {
        match &self.source {
            Source::Call(call) => Some(call),
            Source::Fake(_) => None,
        }
    }

    fn with(self, change: impl FnOnce(&mut RequestParts)) -> Self {
        match self.source {
            Source::Call(call) => Self { source: Source::Call(call.with(change)) },
            fake @ Source::Fake(_) => Self { source: fake },
        }
    }
}

impl<P: Page, E: From<Error> + Send + 'static> Future for Pages<P, E> {
    type Output = Result<P, E>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.source {
            Source::Call(call) => Pin::new(call).poll(cx),
            Source::Fake(fake) => Poll::Ready(match fake.downcast_mut::<Fake<P, E>>() {
                Some(fake) => first(fake),
                None => Err(no_page()),
            }),
        }
    }
}

/// Returns a fake by value. It has these types because it was made from them.
fn taken<P: Page, E: Send + 'static>(fake: Box<dyn Any + Send>) -> Fake<P, E> {
    let none = || Fake { items: VecDeque::new(), pages: VecDeque::new(), error: None };
    fake.downcast().map_or_else(|_| none(), |fake| *fake)
}

/// Returns the first page of a fake.
fn first<P: Page, E: From<Error>>(fake: &mut Fake<P, E>) -> Result<P, E> {
    match fake.error.take() {
        Some(error) => Err(error),
        None => fake.pages.pop_front().ok_or_else(no_page),
    }
}

fn no_page<E: From<Error>>() -> E {
    E::from(Error::new(
        ErrorKind::NotFaked,
        "this fake has items only; `Pages::from_pages` makes one with pages",
    ))
}

/// Makes the error of a list that was polled before its items or pages were asked for. Its first page is lost.
fn begun<E: From<Error>>() -> E {
    E::from(Error::new(
        ErrorKind::Argument,
        "the first page was already requested by polling the list, so that its items would be missing",
    ))
}

impl<P, E> fmt::Debug for Pages<P, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Source::Call(call) => f.debug_tuple("Pages").field(call).finish(),
            Source::Fake(_) => f.write_str("Pages(fake)"),
        }
    }
}
