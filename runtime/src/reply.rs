//! The head of an answer, and a value with its head.

use std::sync::Arc;

use http::{HeaderMap, StatusCode};

use crate::endpoint::Endpoint;
use crate::scope::ScopePath;

/// A value with the head of the answer that it came in.
///
/// As a declared type, `Call<Reply<T>>` gives it always; [`Call::with_reply`](crate::Call::with_reply) gives it for one
/// call.
#[derive(Clone)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The value.
    pub value: T,
    /// The status of the answer.
    pub status: StatusCode,
    /// The headers of the answer. They may hold secrets.
    pub headers: HeaderMap,
    /// How often the request was sent.
    pub attempts: u32,
}

// Nothing of a request or an answer is shown: a `Debug` ends up in logs.
impl<T: std::fmt::Debug> std::fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reply")
            .field("value", &self.value)
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

impl<T> Reply<T> {
    /// A reply with this value, status 200 and no headers; for fakes.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self { value, status: StatusCode::OK, headers: HeaderMap::new(), attempts: 1 }
    }

    /// What the server calls this request: the header `x-request-id`, or `request-id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The value and its head.
    pub(crate) fn split(self) -> (T, Head) {
        let head = Head {
            status: self.status,
            headers: self.headers,
            attempts: self.attempts,
            endpoint: &Endpoint::NEW,
            scope: None,
        };
        (self.value, head)
    }

    /// The same head with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Reply<U> {
        Reply { value: f(self.value), status: self.status, headers: self.headers, attempts: self.attempts }
    }
}

/// What a server calls a request.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    ["x-request-id", "request-id"].iter().find_map(|name| headers.get(*name)?.to_str().ok())
}

/// The head of an answer.
#[derive(Clone)]
pub struct Head {
    /// The status.
    pub status: StatusCode,
    /// The headers. They may hold secrets.
    pub headers: HeaderMap,
    /// How often the request was sent.
    pub attempts: u32,
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) scope: Option<Arc<ScopePath>>,
}

impl Head {
    /// The endpoint that answered.
    #[must_use]
    pub fn endpoint(&self) -> &'static Endpoint {
        self.endpoint
    }
}

impl std::fmt::Debug for Head {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Head")
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}
