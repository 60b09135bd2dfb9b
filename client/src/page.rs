//! The four ways in which this API pages its lists.

use declarest::{BoxError, Next, Page, Sent};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// What has an id that a list continues after.
pub trait HasId {
    /// The id.
    fn id(&self) -> &str;
}

/// A page that is continued after the id of its last item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CursorPage<T> {
    /// `list`.
    #[serde(default)]
    pub object: String,
    /// The items of this page.
    pub data: Vec<T>,
    /// Whether there are more.
    pub has_more: bool,
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
    #[serde(default)]
    pub object: String,
    /// The items of this page.
    pub data: Vec<T>,
    /// Whether there are more.
    pub has_more: bool,
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
    #[serde(default)]
    pub object: String,
    /// The items of this page.
    pub data: Vec<T>,
    /// Whether there are more.
    pub has_more: bool,
    /// Where the next page continues.
    pub next: Option<String>,
}

/// A page of usage or costs, one [`Bucket`] for each span of time, continued at its `next_page`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UsagePage<R> {
    /// `page`.
    #[serde(default)]
    pub object: String,
    /// The spans of time of this page.
    pub data: Vec<Bucket<R>>,
    /// Whether there are more.
    pub has_more: bool,
    /// Where the next page continues.
    pub next_page: Option<String>,
}

/// What was used in one span of time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Bucket<R> {
    /// `bucket`.
    #[serde(default)]
    pub object: String,
    /// Where the span begins.
    pub start_time: Timestamp,
    /// Where it ends; this second is no part of it.
    pub end_time: Timestamp,
    /// One result for each group that was asked for, or one in all.
    pub results: Vec<R>,
}

impl<T: HasId + DeserializeOwned + Send + 'static> Page for CursorPage<T> {
    type Item = T;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        next("after", self.has_more, self.data.len(), self.data.last().map(HasId::id))
    }

    fn into_items(self) -> Vec<T> {
        self.data
    }
}

impl<T: DeserializeOwned + Send + 'static> Page for ConversationCursorPage<T> {
    type Item = T;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        next("after", self.has_more, self.data.len(), self.last_id.as_deref())
    }

    fn into_items(self) -> Vec<T> {
        self.data
    }
}

impl<T: DeserializeOwned + Send + 'static> Page for NextCursorPage<T> {
    type Item = T;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        next("after", self.has_more, self.data.len(), self.next.as_deref())
    }

    fn into_items(self) -> Vec<T> {
        self.data
    }
}

impl<R: DeserializeOwned + Send + 'static> Page for UsagePage<R> {
    type Item = Bucket<R>;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        next("page", self.has_more, self.data.len(), self.next_page.as_deref())
    }

    fn into_items(self) -> Vec<Bucket<R>> {
        self.data
    }
}

/// Where a list goes on: at `cursor`, under this name of the query, if there is more.
///
/// A page that announces more and gives nothing to go on with is an error: stopping there would lose items silently.
fn next(name: &'static str, has_more: bool, items: usize, cursor: Option<&str>) -> Result<Next, BoxError> {
    match cursor.filter(|cursor| !cursor.is_empty()) {
        _ if !has_more => Ok(Next::Done),
        _ if items == 0 => Err("the page has no data, yet `has_more` says that there is more".into()),
        None => Err("the page has no cursor, yet `has_more` says that there is more".into()),
        Some(cursor) => Ok(Next::query(name, cursor)),
    }
}
