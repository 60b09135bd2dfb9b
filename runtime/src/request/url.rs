//! Every edit of a URL: writing it, changing its query for the next page, resolving a reference of a server.

use url::{Position, Url};

use crate::base_url::{BaseUrl, is_sent_as_written};
use crate::call_site::CallSite;
use crate::encode::{self, InvalidArgument, PathTemplate, PathWriter, Scalar, SegmentOptions, Segments};
use crate::error::{Error, ErrorKind};

/// The URL of a request while it is written: base, path and query.
#[derive(Debug, Clone)]
pub(crate) struct UrlWriter {
    text: String,
    path: PathWriter,
    has_query: bool,
}

impl UrlWriter {
    /// Writes the base, the path of the nests and the first literal piece of the template.
    pub(crate) fn begin(base: &str, site: &CallSite) -> Self {
        let nest = site.nest.as_ref().map_or("", |nest| &nest.path);
        let endpoint = site.endpoint;
        // One allocation for most URLs: the length of the template estimates that of the path, and the rest is for a query.
        let mut text = String::with_capacity(base.len() + nest.len() + endpoint.template.len() + 96);
        text.push_str(base);
        text.push_str(nest);
        let path = PathWriter::begin(&mut text, template(site));
        Self { text, path, has_query: !endpoint.query.is_empty() }
    }

    /// Makes an empty URL, to which a query is written before the path is known.
    pub(crate) fn empty() -> Self {
        Self { text: String::new(), path: PathWriter::default(), has_query: false }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Writes the next path segment.
    pub(crate) fn segment<T: Scalar + ?Sized>(
        &mut self,
        site: &CallSite,
        options: SegmentOptions,
        argument: &'static str,
        value: &T,
    ) -> Result<(), InvalidArgument> {
        self.path.segment(&mut self.text, template(site), options, argument, value)
    }

    /// Writes the segments of a `{rest..}` placeholder.
    pub(crate) fn rest<T: Segments + ?Sized>(
        &mut self,
        site: &CallSite,
        options: SegmentOptions,
        argument: &'static str,
        value: &T,
    ) -> Result<(), InvalidArgument> {
        self.path.rest(&mut self.text, template(site), options, argument, value)
    }

    /// Lets `write` append pairs to the query. It returns its result, and whether the query has pairs.
    pub(crate) fn query<R>(&mut self, write: impl FnOnce(&mut String, bool) -> (R, bool)) -> R {
        let (result, has_query) = write(&mut self.text, self.has_query);
        self.has_query = has_query;
        result
    }

    /// Replaces the URL, but keeps the pairs that were written: a query argument may precede the URL in the signature.
    pub(crate) fn replace_keeping_query(&mut self, url: String) {
        let query = self.text.find('?').map_or_else(String::new, |at| self.text.split_off(at));
        self.set(url);
        self.append_query(&query);
    }

    /// Replaces the URL.
    pub(crate) fn set(&mut self, url: String) {
        self.has_query = url.contains('?');
        self.text = url;
    }

    /// Appends an encoded query, with its `?`.
    pub(crate) fn append_query(&mut self, query: &str) {
        if let Some(pairs) = query.strip_prefix('?') {
            self.text.push(if self.has_query { '&' } else { '?' });
            self.text.push_str(pairs);
            self.has_query = true;
        }
    }

    /// Removes the pairs of one encoded name.
    pub(crate) fn remove_query(&mut self, encoded_name: &str) {
        let (path, query) = split(&self.text);
        let (mut url, mut mark) = (path.to_owned(), "?");
        for pair in query.split('&').filter(|pair| !pair.is_empty() && name_of(pair) != encoded_name) {
            url.extend([std::mem::replace(&mut mark, "&"), pair]);
        }
        self.set(url);
    }
}

/// Returns the decoded value of the first pair of this name in a URL's query.
pub(crate) fn query_value(url: &str, name: &str) -> Option<String> {
    let mut encoded = String::new();
    crate::encode::percent_into(&mut encoded, name);
    let (_, query) = split(url);
    let pair = query.split('&').find(|pair| name_of(pair) == encoded)?;
    let (_, value) = pair.split_once('=')?;
    Some(percent_encoding::percent_decode_str(value).decode_utf8_lossy().into_owned())
}

/// Resolves a reference that a server gave against the URL of its request (RFC 3986, 5.2). The fragment is dropped, because it is
/// never sent.
///
/// The result is encoded here, once, so that each transport sends the same bytes. `None` if the reference is not a URL,
/// holds a control character, or leads to something that is not HTTP.
pub(crate) fn resolve(request_url: &str, reference: &str) -> Option<Url> {
    // The URL Standard silently drops tabs and line breaks.
    if reference.chars().any(char::is_control) {
        return None;
    }
    let mut url = Url::parse(request_url).ok()?.join(reference.trim_matches(' ')).ok()?;
    url.set_fragment(None);
    let has_user = !url.username().is_empty() || url.password().is_some();
    (matches!(url.scheme(), "http" | "https") && !has_user).then(|| with_encoded_quotes(url))
}

/// Writes `'` in a query as `%27`, as a URL parser does for http and https.
fn with_encoded_quotes(mut url: Url) -> Url {
    if let Some(query) =
        url.query().filter(|query| query.contains('\'')).map(|query| query.replace('\'', "%27"))
    {
        url.set_query(Some(&query));
    }
    url
}

/// Returns whether two URLs have the same scheme, host and port (RFC 6454, 5).
pub(crate) fn same_origin(a: &Url, b: &Url) -> bool {
    a[..Position::BeforePath] == b[..Position::BeforePath]
}

/// Returns whether two URLs differ in nothing but the order of their pairs.
pub(crate) fn same_pairs(a: &str, b: &str) -> bool {
    same_path(a, b) && encode::has_same_pairs(split(a).1, split(b).1)
}

/// Returns whether two URLs have the same path.
pub(crate) fn same_path(a: &str, b: &str) -> bool {
    split(a).0 == split(b).0
}

/// Checks the URL that a caller gives a `#[url]` argument: it must be sent as it is written.
pub(crate) fn check_target(url: &str, allow_http: bool) -> Result<(), Error> {
    BaseUrl::check_target(url, allow_http)?;
    let refuse = |why: &str| Err(Error::new(ErrorKind::Argument, format!("the URL {why}")));
    match Url::parse(url) {
        Ok(parsed) if is_sent_as_written(url, &parsed) => Ok(()),
        Ok(_) => refuse(
            "would not be sent as it is written: leave out `.` and `..` segments, and percent-encode it",
        ),
        Err(_) => refuse("is not a valid URL"),
    }
}

fn template(site: &CallSite) -> PathTemplate<'static> {
    PathTemplate { pieces: site.endpoint.pieces, query: site.endpoint.query }
}

fn split(url: &str) -> (&str, &str) {
    url.split_once('?').unwrap_or((url, ""))
}

fn name_of(pair: &str) -> &str {
    pair.split('=').next().unwrap_or("")
}
