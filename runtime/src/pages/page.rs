//! Pages, and where the next one is.

use http::HeaderMap;
use serde_json::Value;

use crate::decode::Decode;
use crate::encode::BodyParts;
use crate::endpoint::Endpoint;
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
///
///     fn is_empty(&self) -> bool {
///         self.data.is_empty()
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a page of a list",
    label = "expected a type that implements `declarest::Page`, which says what its items are and where the next page is"
)]
pub trait Page: Decode<Output = Self> + Send + Sized {
    /// The type of the items.
    type Item: Send + 'static;

    /// Returns where the next page is. `sent` is the request of this page, and the head of its response.
    ///
    /// # Errors
    /// If the page contradicts itself. The text is shown, so it must not contain a value.
    fn next(&self, sent: &Sent<'_>) -> Result<Next, BoxError>;

    /// Returns the items.
    fn into_items(self) -> Vec<Self::Item>;

    /// Returns whether the URL of a next page may have another path than the first request, as GitHub's do. Default: it may not,
    /// because the server would decide which endpoint gets the credential. It never leaves the origin of the client.
    #[must_use]
    fn may_leave_path() -> bool {
        false
    }

    /// The endpoints that [`Next::Endpoint`] may name: those of the API that declares the list, `FilesClient::ENDPOINTS`. By
    /// default none.
    #[must_use]
    fn endpoints() -> &'static [Endpoint] {
        &[]
    }

    /// Whether the page holds no item. A list that gives a hundred empty pages in a row ends with an error: [`Pages::items`]
    /// counts them by itself, [`Pages::pages`] asks this. By default a page counts as one that has items.
    ///
    /// [`Pages::items`]: crate::Pages::items
    /// [`Pages::pages`]: crate::Pages::pages
    #[must_use]
    fn is_empty(&self) -> bool {
        false
    }
}

/// A page of a list that is asked for with content. Its cursor is a member of the JSON body ([`Next::body`]), a field of the
/// form ([`Next::form`]), a header ([`Next::header`]), or an argument of another endpoint ([`Next::endpoint`]). A POST, PUT or
/// PATCH returns only such pages, because servers ignore a cursor in the query of these.
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
    message = "`{Self}` has no cursor for a body, but the request of the endpoint has a body",
    label = "expected a page that also implements `declarest::BodyCursor`"
)]
pub trait BodyCursor: Page {}

/// Where the next page is.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Next {
    /// This was the last page.
    Done,
    /// The same request with these pairs in its query, in place of those of the same names.
    Query(Vec<(String, String)>),
    /// The same request with these members in its JSON body.
    Body(Vec<(String, Value)>),
    /// The same request with these pairs in its form instead of those of the same names.
    Form(Vec<(String, String)>),
    /// The same request with these headers instead of those of the same names.
    Header(Vec<(String, String)>),
    /// The request of another endpoint, by the name of its method, with these arguments by their names. It is one of
    /// [`Page::endpoints`], in the scope of the first one; options and headers of the call go along.
    Endpoint(String, Vec<(String, Value)>),
    /// At this URL: absolute, or a path of the same origin.
    Url(String),
}

impl Next {
    /// Returns the same request with another pair in its query.
    pub fn query(name: &str, value: impl ToString) -> Self {
        Self::Query(vec![(name.to_owned(), value.to_string())])
    }

    /// Returns the same request with another member in its JSON body.
    pub fn body(name: &str, value: impl Into<Value>) -> Self {
        Self::Body(vec![(name.to_owned(), value.into())])
    }

    /// The same request with one other field in its form.
    pub fn form(name: &str, value: impl ToString) -> Self {
        Self::Form(vec![(name.to_owned(), value.to_string())])
    }

    /// The same request with one other header.
    pub fn header(name: &str, value: impl ToString) -> Self {
        Self::Header(vec![(name.to_owned(), value.to_string())])
    }

    /// The request of another endpoint with one argument, as in Dropbox's `list_folder/continue`. Several arguments are
    /// written as [`Next::Endpoint`].
    ///
    /// ```
    /// use declarest::{BodyCursor, BoxError, Endpoint, Next, Page, Pages, Sent, api};
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Files { entries: Vec<String>, cursor: String, has_more: bool }
    ///
    /// impl Page for Files {
    ///     type Item = String;
    ///
    ///     fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
    ///         Ok(if self.has_more { Next::endpoint("list_continue", "cursor", &*self.cursor) } else { Next::Done })
    ///     }
    ///
    ///     fn into_items(self) -> Vec<String> {
    ///         self.entries
    ///     }
    ///
    ///     fn endpoints() -> &'static [Endpoint] {
    ///         FoldersClient::ENDPOINTS
    ///     }
    /// }
    ///
    /// impl BodyCursor for Files {}
    ///
    /// #[api]
    /// trait Folders {
    ///     #[post("/list_folder", idempotent)]
    ///     fn list(&self, #[field] path: &str) -> Pages<Files>;
    ///     #[post("/list_folder/continue", idempotent)]
    ///     fn list_continue(&self, #[field] cursor: &str) -> Pages<Files>;
    /// }
    /// ```
    pub fn endpoint(method: &str, argument: &str, value: impl Into<Value>) -> Self {
        Self::Endpoint(method.to_owned(), vec![(argument.to_owned(), value.into())])
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
        // A cursor is a value, which is not shown.
        f.write_str(match self {
            Self::Done => "Done",
            Self::Query(_) => "Query",
            Self::Body(_) => "Body",
            Self::Form(_) => "Form",
            Self::Header(_) => "Header",
            Self::Endpoint(..) => "Endpoint",
            Self::Url(_) => "Url",
        })
    }
}

/// The request of a page, and the head of its response.
pub struct Sent<'a> {
    pub(crate) url: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a BodyParts,
    pub(crate) head: &'a Head,
}

// `Debug` output ends up in logs, so it shows no value.
impl std::fmt::Debug for Sent<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sent").field("head", &self.head).finish_non_exhaustive()
    }
}

impl Sent<'_> {
    /// Returns the decoded value of a pair in the query that was sent, to count page numbers.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        query_value(self.url, name)
    }

    /// Returns the value of a member of the JSON body that was sent, to count an offset.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<Value> {
        self.body.member(name)
    }

    /// The value of a field of the form that was sent, decoded; for counting page numbers up.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<String> {
        self.body.form_field(name)
    }

    /// The value of a header that the call itself has set: an argument, a constant or an option.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Status and headers of the answer.
    #[must_use]
    pub fn head(&self) -> &Head {
        self.head
    }
}
