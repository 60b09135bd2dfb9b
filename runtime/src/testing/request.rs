//! A request as the mock received it.

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Uri};
use http_body_util::BodyExt as _;
use serde::de::DeserializeOwned;

use super::compare::differences;
use super::described::{Expect, Expected};
use crate::body::Body;
use crate::endpoint::Endpoint;
use crate::error::ErrorKind;
use crate::secret::Secret;
use crate::transport::AttemptContext;
use crate::transport::TransportFailure;

/// What a request was before its credentials joined it.
#[derive(Clone)]
pub(super) struct Sent {
    pub(super) uri: Uri,
    /// The headers that the call was described with.
    pub(super) described: HeaderMap,
    pub(super) secrets: Vec<Secret>,
}

/// A request that a [`Mock`](super::Mock) received. `Debug` shows its endpoint and no value.
#[derive(Clone)]
pub struct ReceivedRequest {
    pub(super) method: Method,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) sent: Sent,
    pub(super) context: AttemptContext,
}

impl ReceivedRequest {
    /// Reads a request as the transport gets it.
    pub(super) async fn read(request: Request<Body>) -> Result<Self, TransportFailure> {
        let (head, body) = request.into_parts();
        let lost = || TransportFailure {
            kind: ErrorKind::Layer,
            unsent: true,
            source: "a layer lost the request's extensions".into(),
        };
        let context = head.extensions.get::<AttemptContext>().cloned().ok_or_else(lost)?;
        let sent = head.extensions.get::<Sent>().cloned().ok_or_else(lost)?;
        let failed = |source| TransportFailure { kind: ErrorKind::Body, unsent: false, source };
        let body = body.collect().await.map_err(failed)?.to_bytes();
        Ok(Self { method: head.method, headers: head.headers, body, sent, context })
    }

    /// Returns the HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the URL, without API keys in its query.
    #[must_use]
    pub fn url(&self) -> String {
        self.sent.uri.to_string()
    }

    /// Returns the headers, credentials included.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the first value of a header; `None` if it is absent or not text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Reads the body as JSON; `None` if it does not match `B`.
    #[must_use]
    pub fn json<B: DeserializeOwned>(&self) -> Option<B> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Returns the endpoint that was called.
    #[must_use]
    pub fn endpoint(&self) -> &'static Endpoint {
        self.context.endpoint
    }

    /// Returns the number of the attempt of its call, from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.context.attempt
    }

    /// Returns whether the request is what this call sends. What is compared is what [`Mock::expect`](super::Mock::expect) compares.
    #[must_use]
    pub fn matches(&self, call: impl Expect) -> bool {
        let request = call.describe().and_then(|description| description.request().ok());
        request.is_some_and(|request| differences(&Expected::new(request), self).is_empty())
    }
}

// `Debug` output ends up in logs, so it shows no value.
impl std::fmt::Debug for ReceivedRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Endpoint { api, name, .. } = self.endpoint();
        f.debug_struct("ReceivedRequest")
            .field("endpoint", &format_args!("{api}::{name}"))
            .field("attempt", &self.attempt())
            .finish_non_exhaustive()
    }
}
