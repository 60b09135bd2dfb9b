//! The headers of a request: those it says itself, and those that many have in common.

use bytes::Bytes;
use http::header::{self, Entry};
use http::{HeaderMap, HeaderName, HeaderValue};
use url::{Position, Url};

use super::{CredentialSource, Exchange};
use crate::client::{AuthKind, Inner};
use crate::decode::content_coding;

/// The media type of most bodies, both ways.
pub(crate) static JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The headers of a request that its call does not say itself. What the call says wins, then what stands first here.
pub(crate) struct DefaultHeaders<'a> {
    /// Of the body.
    pub(crate) content_type: Option<&'a HeaderValue>,
    /// What the endpoint accepts, and what its type does by itself.
    pub(crate) accept: [Option<&'static str>; 2],
    /// A compressed answer is asked for.
    pub(crate) compressed: bool,
    /// What the client says in every request.
    pub(crate) client: &'a HeaderMap,
}

impl DefaultHeaders<'_> {
    pub(crate) fn fill(&self, headers: &mut HeaderMap) {
        let mut add = |name: &HeaderName, value: &HeaderValue| {
            if let Entry::Vacant(entry) = headers.entry(name) {
                entry.insert(value.clone());
            }
        };
        if let Some(media) = self.content_type {
            add(&header::CONTENT_TYPE, media);
        }
        let [of_endpoint, of_type] = self.accept.map(|media| media.and_then(accept));
        if let Some(media) = &of_endpoint {
            add(&header::ACCEPT, media);
        }
        for (name, value) in self.client {
            add(name, value);
        }
        if let Some(media) = &of_type {
            add(&header::ACCEPT, media);
        }
        if let Some(codings) = content_coding::accepted().filter(|_| self.compressed) {
            add(&header::ACCEPT_ENCODING, codings);
        }
    }
}

/// The value of `Accept`, for most calls without a look at its bytes.
fn accept(media: &'static str) -> Option<HeaderValue> {
    if is_json(media) {
        return Some(JSON.clone());
    }
    HeaderValue::from_maybe_shared(Bytes::from_static(media.as_bytes())).ok()
}

fn is_json(media: &str) -> bool {
    media.as_bytes() == JSON.as_bytes()
}

/// All headers of the requests that say none themselves and read JSON: most of them. To copy a map costs a call a third of
/// what it costs to fill one.
pub(crate) struct CommonHeaders {
    without_body: HeaderMap,
    with_json: HeaderMap,
}

impl CommonHeaders {
    fn of(client: &Inner) -> Self {
        let complete = |content_type| {
            // A map that is full grows when a transport only looks for a name.
            let mut headers = HeaderMap::with_capacity(12);
            headers.extend(host(client).map(|host| (header::HOST, host)));
            let compressed = content_coding::is_asked_for([&client.headers]);
            let accept = [None, Some("application/json")];
            DefaultHeaders { content_type, accept, compressed, client: &client.headers }.fill(&mut headers);
            if let AuthKind::Header(credential) = &client.auth.kind {
                headers.insert(credential.name.clone(), credential.value.clone());
            }
            headers
        };
        let mut with_json = complete(Some(&JSON));
        with_json.insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
        Self { without_body: complete(None), with_json }
    }
}

/// The value of `Host` (RFC 9110, 7.2), which transports put together anew for each request of HTTP/1.1; `None` where the
/// request may be one of HTTP/2, which says it elsewhere (RFC 9113, 8.3.1). A caller cannot say another.
fn host(client: &Inner) -> Option<HeaderValue> {
    let base = Url::parse(client.base.as_str()).ok().filter(|base| base.scheme() == "http")?;
    let host = &base[Position::BeforeHost..Position::AfterPort];
    HeaderValue::try_from(host).ok().filter(|_| client.transport.speaks_http1())
}

impl Exchange {
    /// The headers of the call without its credential, which joins behind all layers.
    pub(super) fn headers(&self) -> HeaderMap {
        let mut headers = self.parts.headers.clone();
        let defaults = DefaultHeaders {
            content_type: self.content_type,
            accept: [self.parts.endpoint.accept, self.reading.media_type],
            compressed: self.compressed,
            client: &self.client().headers,
        };
        defaults.fill(&mut headers);
        headers
    }

    /// The headers of the call with its credential, if they are those of most calls and no layer looks at them.
    pub(super) fn common_headers(&self) -> Option<HeaderMap> {
        let client = self.client();
        if client.transport.has_service() || !self.own || !self.parts.headers.is_empty() {
            return None;
        }
        let presents = match &client.auth.kind {
            AuthKind::None => CredentialSource::Nothing,
            AuthKind::Header(_) => CredentialSource::Header,
            AuthKind::Provider(_) => return None,
        };
        if self.presents != presents
            || self.parts.options.auth.is_some()
            || self.parts.endpoint.accept.is_some()
            || !self.reading.media_type.is_some_and(is_json)
        {
            return None;
        }
        let common = client.common.get_or_init(|| CommonHeaders::of(client));
        match self.content_type {
            None => Some(common.without_body.clone()),
            Some(media) if *media == JSON => {
                let mut headers = common.with_json.clone();
                *headers.get_mut(&header::CONTENT_LENGTH)? = HeaderValue::from(self.payload.bytes()?.len());
                Some(headers)
            }
            Some(_) => None,
        }
    }
}
