//! The headers of a request, from its strongest source to its weakest.

use bytes::Bytes;
use http::header::{self, Entry};
use http::{HeaderMap, HeaderName, HeaderValue};
use url::{Position, Url};

use crate::base_url::BaseUrl;
use crate::decode::content_coding;
use crate::media::JSON;

/// The default `User-Agent`.
pub(crate) const AGENT: HeaderValue =
    HeaderValue::from_static(concat!("declarest/", env!("CARGO_PKG_VERSION")));

/// The headers that a client sends with every request that does not set them itself.
#[derive(Clone)]
pub(crate) struct DefaultHeaders {
    /// As the user gave them.
    pub(crate) given: HeaderMap,
    /// The lines of a call that accepts JSON. A list, because a copy of a map has no room for another header.
    json: Vec<(HeaderName, HeaderValue)>,
    /// Those of any other call: without the `Accept` that its type needs.
    other: Vec<(HeaderName, HeaderValue)>,
    /// declarest negotiates the content coding, unless the call says otherwise.
    pub(crate) negotiates_coding: bool,
}

impl DefaultHeaders {
    /// `fixed_host`: each request uses HTTP/1.1 and goes to the host of its URL.
    pub(crate) fn new(given: HeaderMap, base: &BaseUrl, fixed_host: bool) -> Self {
        let mut other: Vec<_> = given.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        other.extend(host(base).filter(|_| fixed_host).map(|host| (header::HOST, host)));
        let mut json = other.clone();
        if !given.contains_key(header::ACCEPT) {
            json.push((header::ACCEPT, JSON.clone()));
        }
        Self { negotiates_coding: content_coding::is_negotiated(&given), given, json, other }
    }
}

/// Returns the value of `Host` (RFC 9110, 7.2). A transport would make it for each request of HTTP/1.1, at 1.8k instructions and
/// three allocations. HTTP/2 has a pseudo-header instead (RFC 9113, 8.3.1).
fn host(base: &BaseUrl) -> Option<HeaderValue> {
    let base = Url::parse(base.as_str()).ok().filter(|base| base.scheme() == "http")?;
    HeaderValue::try_from(&base[Position::BeforeHost..Position::AfterPort]).ok()
}

/// Where the headers of a call come from. The order of precedence is the same for each name:
///
/// 1. an option of the call, an argument, a constant of the endpoint or of its API (`call`, where the later of these have
///    replaced the earlier ones);
/// 2. the media type of the content;
/// 3. what the endpoint accepts;
/// 4. the client's default headers (and, behind all layers, its credential);
/// 5. what declarest adds by itself: what the declared type accepts, and the content codings.
pub(crate) struct HeaderSources<'a> {
    pub(crate) call: &'a HeaderMap,
    pub(crate) content_type: Option<&'a HeaderValue>,
    /// What the endpoint accepts.
    pub(crate) accept: Option<&'static str>,
    /// What the declared type accepts.
    pub(crate) type_accepts: Option<&'static str>,
    pub(crate) client: &'a DefaultHeaders,
    /// declarest negotiates the content coding.
    pub(crate) negotiates_coding: bool,
}

impl HeaderSources<'_> {
    /// Returns the headers of a request to the client's own origin, without its credential.
    pub(crate) fn for_own_origin(&self) -> HeaderMap {
        let reads_json = self.type_accepts.is_some_and(|media| media.as_bytes() == JSON.as_bytes());
        let lines = if reads_json { &self.client.json } else { &self.client.other };
        // And the headers of the content, codings and a credential. A map that is full grows when a transport looks a name up.
        let mut headers = HeaderMap::with_capacity(lines.len() + self.call.len() + 3);
        for (name, value) in lines {
            headers.append(name, value.clone());
        }
        if let Some(media) = self.type_accepts.filter(|_| !reads_json).and_then(media_type) {
            add(&mut headers, &header::ACCEPT, &media);
        }
        self.describe(&mut headers);
        headers
    }

    /// Returns the headers of a request to another origin: what the call was described with, and the client's name.
    pub(crate) fn for_other_origin(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.extend(
            self.client.given.get(header::USER_AGENT).map(|agent| (header::USER_AGENT, agent.clone())),
        );
        if let Some(media) = self.type_accepts.and_then(media_type) {
            headers.insert(header::ACCEPT, media);
        }
        self.describe(&mut headers);
        headers
    }

    /// Sets the headers that the call was described with.
    fn describe(&self, headers: &mut HeaderMap) {
        if let Some(media) = self.accept.and_then(media_type) {
            headers.insert(header::ACCEPT, media);
        }
        if let Some(media) = self.content_type {
            headers.insert(header::CONTENT_TYPE, media.clone());
        }
        replace(headers, self.call);
        if let Some(codings) = content_coding::accepted().filter(|_| self.negotiates_coding) {
            add(headers, &header::ACCEPT_ENCODING, codings);
        }
    }
}

/// Returns the headers that a request keeps on a redirect to another origin. Any other may hold what only the API should see.
pub(crate) fn kept_on_redirect(headers: &HeaderMap) -> HeaderMap {
    const KEPT: [HeaderName; 4] =
        [header::ACCEPT, header::ACCEPT_ENCODING, header::RANGE, header::USER_AGENT];
    KEPT.into_iter().filter_map(|name| Some((name.clone(), headers.get(name)?.clone()))).collect()
}

/// Sets each header of `from`, with all its lines, in place of what `headers` has of that name.
pub(crate) fn replace(headers: &mut HeaderMap, from: &HeaderMap) {
    for name in from.keys() {
        let mut lines = from.get_all(name).iter();
        if let Some(first) = lines.next() {
            headers.insert(name, first.clone());
        }
        for line in lines {
            headers.append(name, line.clone());
        }
    }
}

fn add(headers: &mut HeaderMap, name: &HeaderName, value: &HeaderValue) {
    if let Entry::Vacant(entry) = headers.entry(name) {
        entry.insert(value.clone());
    }
}

/// Returns a media type as the value of `Accept`.
fn media_type(media: &'static str) -> Option<HeaderValue> {
    HeaderValue::from_maybe_shared(Bytes::from_static(media.as_bytes())).ok()
}
