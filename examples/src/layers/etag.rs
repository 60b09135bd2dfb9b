//! A cache of responses that the server confirms: `ETag` and `If-None-Match` (RFC 9110, 8.8.3 and 13.1.2).

use std::future::Future;
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use declarest::{Body, BoxError, ClientBuilder, HttpService};
use http::header::{ACCEPT, CACHE_CONTROL, CONTENT_LENGTH, ETAG, IF_NONE_MATCH, RANGE};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri};
use http_body_util::BodyExt as _;
use lru::LruCache;
use tower::Service;
use tower::layer::layer_fn;

/// The largest body that is kept, in bytes.
const LARGEST: u64 = 1 << 20;

/// Keeps the last `entries` responses to GET that have an `ETag` and say their length, of at most 1 MiB each. The next request for one
/// asks whether it is still valid, and a 304 gives what is kept. A response with `Cache-Control: no-store`
/// is not kept (RFC 9111, 3).
///
/// The credential joins behind all layers and is not part of the key: a client for each tenant needs a cache of its own.
pub fn with_etags(client: ClientBuilder, entries: NonZeroUsize) -> ClientBuilder {
    let kept = Arc::new(Mutex::new(LruCache::new(entries)));
    client.layer(layer_fn(move |inner| Etags { inner, kept: kept.clone() }))
}

/// What a response depends on, as far as this cache knows.
type Key = (Uri, Option<HeaderValue>);

/// A response that was kept.
#[derive(Clone)]
struct Kept {
    tag: HeaderValue,
    headers: HeaderMap,
    body: bytes::Bytes,
}

#[derive(Clone)]
struct Etags {
    inner: HttpService,
    kept: Arc<Mutex<LruCache<Key, Kept>>>,
}

impl Etags {
    fn kept(&self) -> MutexGuard<'_, LruCache<Key, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the response that the caller gets, and keeps it if it can be used again.
    async fn received(
        &self,
        key: Key,
        kept: Option<Kept>,
        response: Response<Body>,
    ) -> Result<Response<Body>, BoxError> {
        let (mut head, body) = response.into_parts();
        if let Some(kept) = kept.filter(|_| head.status == StatusCode::NOT_MODIFIED) {
            // What the 304 says is newer (RFC 9111, 4.3.4).
            let mut headers = kept.headers;
            headers.extend(head.headers);
            (head.status, head.headers) = (StatusCode::OK, headers);
            return Ok(Response::from_parts(head, Body::from(kept.body)));
        }
        let length =
            head.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        let tag = head.headers.get(ETAG).filter(|_| head.status == StatusCode::OK).cloned();
        let is_small = length.is_some_and(|length| length <= LARGEST);
        let (Some(tag), true) = (tag, is_small && !forbids_to_keep(&head.headers)) else {
            return Ok(Response::from_parts(head, body));
        };
        let body = body.collect().await?.to_bytes();
        let headers = head.headers.clone();
        self.kept().put(key, Kept { tag, headers, body: body.clone() });
        Ok(Response::from_parts(head, Body::from(body)))
    }
}

fn forbids_to_keep(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(CACHE_CONTROL).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|directive| directive.trim().eq_ignore_ascii_case("no-store"))
}

impl Service<Request<Body>> for Etags {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let headers = request.headers();
        // A caller that asks for a part, or by a tag of its own, gets what the server says.
        let is_plain = !headers.contains_key(RANGE) && !headers.contains_key(IF_NONE_MATCH);
        if request.method() != Method::GET || !is_plain {
            return Box::pin(self.inner.call(request));
        }
        let key = (request.uri().clone(), headers.get(ACCEPT).cloned());
        let kept = self.kept().get(&key).cloned();
        if let Some(kept) = &kept {
            request.headers_mut().insert(IF_NONE_MATCH, kept.tag.clone());
        }
        let (etags, sending) = (self.clone(), self.inner.call(request));
        Box::pin(async move { etags.received(key, kept, sending.await?).await })
    }
}
