//! What a page is, and where the next one is.

use http::HeaderMap;
use serde_json::Value;

use crate::decode::Decode;
use crate::encode::BodyParts;
use crate::error::BoxError;
use crate::head::Head;
use crate::request::url::query_value;

/// One page of a list: its items, and where the next one is.
///
/// ```
/// use declarest::{BoxError, Next, Page, Sent};
///
/// #[derive(serde::Deserialize)]
/// struct CursorPage<T> { data: Vec<T>, next: Option<String> }
///
/// impl<T: serde::de::DeserializeOwned + Send + 'static> Page for CursorPage<T> {
///     type Item = T;
///
///     fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
///         Ok(self.next.as_ref().map_or(Next::Done, |cursor| Next::query("after", cursor)))
///     }
///
///     fn into_items(self) -> Vec<T> {
///         self.data
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no page",
    label = "expected a type that implements `declarest::Page`, which says what its items are and where the next page is"
)]
pub trait Page: Decode<Output = Self> + Send + Sized {
    /// What a page holds.
    type Item: Send + 'static;

    /// Where the next page is, from this one, its head and the request that was sent.
    ///
    /// # Errors
    /// When the page contradicts itself; the text is shown, so it must hold no value.
    fn next(&self, sent: &Sent<'_>) -> Result<Next, BoxError>;

    /// The items.
    fn into_items(self) -> Vec<Self::Item>;

    /// Whether a next-page URL may leave the path of the first request, as GitHub's do. By default it may not: what a
    /// server says decides where the credential goes. The origin of the client it never leaves.
    #[must_use]
    fn may_leave_path() -> bool {
        false
    }
}

/// A page whose cursor belongs into the body of the next request ([`Next::body`]). An endpoint with a body returns
/// only such pages, since a cursor in the query would be lost on it.
///
/// ```
/// use declarest::{BodyCursor, BoxError, Next, Page, Sent};
///
/// #[derive(serde::Deserialize)]
/// struct Found { hits: Vec<String>, next: Option<String> }
///
/// impl Page for Found {
///     type Item = String;
///
///     fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
///         Ok(self.next.as_deref().map_or(Next::Done, |cursor| Next::body("cursor", cursor)))
///     }
///
///     fn into_items(self) -> Vec<String> {
///         self.hits
///     }
/// }
///
/// impl BodyCursor for Found {}
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no cursor for a body, and the endpoint's request has one",
    label = "expected a page that also implements `declarest::BodyCursor`"
)]
pub trait BodyCursor: Page {}

/// Where the next page is.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Next {
    /// Nowhere: this was the last one.
    Done,
    /// The same request with these pairs in its query instead of those of the same names.
    Query(Vec<(String, String)>),
    /// The same request with these members in its JSON body.
    Body(Vec<(String, Value)>),
    /// At this URL: absolute, or a path of the same origin.
    Url(String),
}

impl Next {
    /// The same request with one other pair in its query.
    pub fn query(name: &str, value: impl ToString) -> Self {
        Self::Query(vec![(name.to_owned(), value.to_string())])
    }

    /// The same request with one other member in its JSON body.
    pub fn body(name: &str, value: impl Into<Value>) -> Self {
        Self::Body(vec![(name.to_owned(), value.into())])
    }

    /// What the header `Link` calls `rel="next"` (RFC 8288), as GitHub and others send it.
    #[must_use]
    #[inline]
    pub fn link(headers: &HeaderMap) -> Self {
        super::link::next_url(headers).map_or(Self::Done, Self::Url)
    }
}

impl std::fmt::Debug for Next {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A cursor is a value of the server's.
        f.write_str(match self {
            Self::Done => "Done",
            Self::Query(_) => "Query",
            Self::Body(_) => "Body",
            Self::Url(_) => "Url",
        })
    }
}

/// The request that a page answers, and the head of the answer.
pub struct Sent<'a> {
    pub(crate) url: &'a str,
    pub(crate) body: &'a BodyParts,
    pub(crate) head: &'a Head,
}

// Nothing of a request or an answer is shown: a `Debug` ends up in logs.
impl std::fmt::Debug for Sent<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sent").field("head", &self.head).finish_non_exhaustive()
    }
}

impl Sent<'_> {
    /// The value of a pair in the query that was sent, decoded; for counting page numbers up.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        query_value(self.url, name)
    }

    /// The value of a member of the JSON body that was sent; for counting an offset up.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<Value> {
        self.body.member(name)
    }

    /// Status and headers of the answer.
    #[must_use]
    pub fn head(&self) -> &Head {
        self.head
    }
}
