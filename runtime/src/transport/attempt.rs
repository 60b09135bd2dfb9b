//! One request as a transport takes it.

use std::borrow::Cow;

use http::{Extensions, HeaderMap, Method, Request};

use super::failure::TransportFailure;
use crate::body::Body;

/// One request that leaves: its headers are final.
pub(crate) struct Attempt<'a> {
    pub(crate) method: Method,
    /// Absolute. Text, because each transport has a URL type of its own.
    pub(crate) url: Cow<'a, str>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    /// For layers and for a transport of the user's.
    pub(crate) extensions: Extensions,
}

impl Attempt<'_> {
    /// Returns the request as a tower service takes it.
    pub(crate) fn into_request(self) -> Result<Request<Body>, TransportFailure> {
        let mut request = Request::new(self.body);
        *request.method_mut() = self.method;
        *request.uri_mut() =
            self.url.parse().map_err(TransportFailure::invalid_url::<http::uri::InvalidUri>)?;
        *request.headers_mut() = self.headers;
        *request.extensions_mut() = self.extensions;
        Ok(request)
    }
}

impl From<Request<Body>> for Attempt<'static> {
    fn from(request: Request<Body>) -> Self {
        let (head, body) = request.into_parts();
        let url = Cow::Owned(head.uri.to_string());
        Self { method: head.method, url, headers: head.headers, body, extensions: head.extensions }
    }
}
