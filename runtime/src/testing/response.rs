//! One response of a mock: head, content, and the fault that ends it.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use http_body::Frame;

use super::fault::Fault;
use crate::body::Body;
use crate::clock::{SimulatedClock, Stall};
use crate::error::BoxError;
use crate::transport::TransportFailure;

/// One response. Without anything said: 204 without content.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// The end of a stream of events, which a fault takes away.
    pub(super) end: &'static str,
    pub(super) fault: Option<Fault>,
    /// Whether status and content were given, which is done once.
    pub(super) is_given: bool,
}

impl Default for Step {
    fn default() -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            end: "",
            fault: None,
            is_given: false,
        }
    }
}

impl Step {
    /// Sets status and content. `false` if they are there already.
    pub(super) fn give(&mut self, response: Response<Bytes>) -> bool {
        let (head, body) = response.into_parts();
        let is_first = !std::mem::replace(&mut self.is_given, true);
        self.status = head.status;
        for (name, value) in &head.headers {
            self.headers.entry(name).or_insert_with(|| value.clone());
        }
        self.body = body;
        is_first
    }

    /// Adds a header; a second `Content-Type` replaces the first.
    pub(super) fn add_header(&mut self, name: HeaderName, value: HeaderValue) {
        if name == header::CONTENT_TYPE {
            self.headers.remove(&name);
        }
        self.headers.append(name, value);
    }

    /// Returns whether a client may repeat the call after it.
    pub(super) fn is_failure(&self) -> bool {
        self.fault.is_some() || !self.status.is_success()
    }

    /// Returns what the transport gives for it.
    pub(super) async fn play(
        self,
        method: &Method,
        clock: &Arc<SimulatedClock>,
    ) -> Result<Response<Body>, TransportFailure> {
        if let Some(failure) = self.fault.and_then(Fault::failure) {
            return Err(failure);
        }
        if self.fault == Some(Fault::Stalled) && !self.is_given {
            let _stall = clock.stall();
            std::future::pending::<()>().await;
        }
        let (mut status, mut body) = (self.status, self.body);
        if self.fault == Some(Fault::Truncated) && !self.is_given {
            (status, body) = (StatusCode::OK, Bytes::from_static(b"{"));
        }
        // A response to HEAD has no content (RFC 9110, 9.3.2).
        let body = if *method == Method::HEAD { Bytes::new() } else { body };
        let body = match self.fault {
            None if self.end.is_empty() => Body::from(body),
            None => Body::from([&*body, b"data: ", self.end.as_bytes(), b"\n\n"].concat()),
            Some(_) => {
                Body::new(Broken { rest: Some(body), clock: clock.clone(), fault: self.fault, stall: None })
            }
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = self.headers;
        Ok(response)
    }
}

/// Makes a response with content of a media type.
pub(super) fn response(status: StatusCode, media_type: &str, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    if let Ok(media_type) = HeaderValue::try_from(media_type) {
        response.headers_mut().insert(header::CONTENT_TYPE, media_type);
    }
    response
}

/// Reads a header as a test writes it.
pub(super) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = HeaderName::try_from(name).map_err(|_| format!("`{name}` is not a header name"))?;
    let value =
        HeaderValue::try_from(value).map_err(|_| format!("the value of `{name}` is not a header value"))?;
    Ok((name, value))
}

/// A body that breaks or stands still after its content.
struct Broken {
    rest: Option<Bytes>,
    clock: Arc<SimulatedClock>,
    fault: Option<Fault>,
    stall: Option<Stall>,
}

impl http_body::Body for Broken {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Some(bytes) = self.rest.take().filter(|bytes| !bytes.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        if self.fault == Some(Fault::Stalled) {
            // No waker: the limit that ends it is polled by the same task.
            self.stall = self.stall.take().or_else(|| Some(self.clock.stall()));
            return Poll::Pending;
        }
        Poll::Ready(Some(Err("the connection ended within the body (mock)".into())))
    }
}
