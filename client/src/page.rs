//! The four ways in which this API pages its lists.

use declarest::{BoxError, Next, Page, Sent};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// An item with an id that a list continues after.
pub trait HasId {
    /// The id.
    fn id(&self) -> &str;
}

/// A page that is continued after the id of its last item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CursorPage<T> {
    /// `list`.
    pub object: Option<String>,
    /// The items of this page.
    pub data: Vec<T>,
    /// Whether there are more. Without it the list goes on as long as a page has items.
    pub has_more: Option<bool>,
    /// The id of the first item.
    pub first_id: Option<String>,
    /// The id of the last item.
    pub last_id: Option<String>,
}

/// A page that is continued after its `last_id`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ConversationCursorPage<T> {
    /// `list`.
    pub object: Option<String>,
    /// The items of this page.
    pub data: Vec<T>,
    /// Whether there are more. Without it the list goes on as long as a page has items and a `last_id`.
    pub has_more: Option<bool>,
    /// The id of the first item.
    pub first_id: Option<String>,
    /// Where the next page continues.
    pub last_id: Option<String>,
}

/// A page that is continued after its `next`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NextCursorPage<T> {
    /// `list`.
    pub object: Option<String>,
    /// The items of this page.
    pub data: Vec<T>,
    /// Whether there are more. Without it the list goes on as long as a page has items and a `next`.
    pub has_more: Option<bool>,
    /// Where the next page continues.
    pub next: Option<String>,
}

/// A page of usage or costs, one [`Bucket`] for each span of time, continued at its `next_page`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UsagePage<R> {
    /// `page`.
    pub object: Option<String>,
    /// The spans of time of this page.
    pub data: Vec<Bucket<R>>,
    /// Whether there are more. Without it the list goes on as long as a page has spans and a `next_page`.
    pub has_more: Option<bool>,
    /// Where the next page continues.
    pub next_page: Option<String>,
}

/// What was used in one span of time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Bucket<R> {
    /// `bucket`.
    pub object: Option<String>,
    /// Where the span begins.
    pub start_time: Timestamp,
    /// Where it ends; this second is not part of it.
    pub end_time: Timestamp,
    /// One result for each group that was asked for, or one in all.
    pub results: Vec<R>,
}

/// Where a page says that its list goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Continues {
    /// After the id of the last item.
    AfterLastItem,
    /// After `last_id`.
    AfterLastId,
    /// After `next`.
    AfterNext,
    /// At `next_page`.
    AtNextPage,
}

impl Continues {
    /// The next request, if there is one.
    ///
    /// A list ends with `has_more: false`, and where a page that does not say so has no items or no cursor. A page that
    /// announces more and has neither is an error: stopping there would lose items silently.
    pub(crate) fn next(
        self,
        has_more: Option<bool>,
        items: usize,
        cursor: Option<&str>,
    ) -> Result<Next, BoxError> {
        let name = if self == Self::AtNextPage { "page" } else { "after" };
        match (has_more, cursor.filter(|cursor| !cursor.is_empty())) {
            (Some(false), _) => Ok(Next::Done),
            (None, _) if items == 0 => Ok(Next::Done),
            (None, None) => Ok(Next::Done),
            (Some(true), _) if items == 0 => {
                Err("the page has no data, yet `has_more` says that there is more".into())
            }
            (Some(true), None) => {
                Err("the page has no cursor, yet `has_more` says that there is more".into())
            }
            (_, Some(cursor)) => Ok(Next::query(name, cursor)),
        }
    }
}

/// One of the four kinds of pages, which [`Checked`](crate::Checked) reads with other items. Not for other types.
#[allow(private_bounds)]
pub trait ListPage: Page + Kind {}

/// Keeps [`ListPage`] to this crate.
pub(crate) trait Kind {
    /// Where such a page says that its list goes on.
    const CONTINUES: Continues;
}

macro_rules! pages {
    ($($page:ident<$item:ident $(: $bound:ident)?> of $of:ty, $continues:ident, $cursor:expr;)+) => {$(
        impl<$item> Kind for $page<$item> {
            const CONTINUES: Continues = Continues::$continues;
        }

        impl<$item: DeserializeOwned + Send + 'static $(+ $bound)?> ListPage for $page<$item> {}

        impl<$item: DeserializeOwned + Send + 'static $(+ $bound)?> Page for $page<$item> {
            type Item = $of;

            fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
                let cursor: fn(&Self) -> Option<&str> = $cursor;
                Self::CONTINUES.next(self.has_more, self.data.len(), cursor(self))
            }

            fn into_items(self) -> Vec<$of> {
                self.data
            }

            fn is_empty(&self) -> bool {
                self.data.is_empty()
            }
        }
    )+};
}

pages! {
    CursorPage<T: HasId> of T, AfterLastItem, |page| page.data.last().map(HasId::id);
    ConversationCursorPage<T> of T, AfterLastId, |page| page.last_id.as_deref();
    NextCursorPage<T> of T, AfterNext, |page| page.next.as_deref();
    UsagePage<R> of Bucket<R>, AtNextPage, |page| page.next_page.as_deref();
}
