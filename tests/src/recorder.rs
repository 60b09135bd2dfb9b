//! A transport in the process that writes down what it is asked to send.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use declarest::Body;
use http::{HeaderMap, Method, Request, Response, Uri};
use http_body_util::{BodyExt as _, Full};
use tower::Service;

/// One request as the transport got it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The method.
    pub method: Method,
    /// The URL.
    pub uri: Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Seen {
    /// Path and query.
    #[must_use]
    pub fn target(&self) -> &str {
        self.uri.path_and_query().map_or("", |target| target.as_str())
    }

    /// The lines of one header.
    #[must_use]
    pub fn header(&self, name: &str) -> Vec<String> {
        let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        self.headers.get_all(name).iter().map(text).collect()
    }
}

/// Answers every request with 200 and the same JSON.
#[derive(Clone, Default)]
pub struct Recorder {
    seen: Arc<Mutex<Vec<Seen>>>,
    answer: Bytes,
}

impl Recorder {
    /// A recorder that answers with this JSON.
    #[must_use]
    pub fn answering(json: &'static str) -> Self {
        Self { answer: Bytes::from_static(json.as_bytes()), ..Self::default() }
    }

    /// What was sent so far.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Service<Request<Body>> for Recorder {
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let recorder = self.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
            let seen = Seen { method: head.method, uri: head.uri, headers: head.headers, body };
            recorder.seen.lock().unwrap_or_else(PoisonError::into_inner).push(seen);
            Ok(Response::new(Full::new(recorder.answer)))
        })
    }
}
