//! A transport in the process: what a call costs without I/O.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::task::{Context, Poll};

use bytes::Bytes;
use declarest::Body;
use http::{HeaderValue, Request, Response, header};
use http_body_util::Full;
use tower::Service;

use crate::workload::Operation;

/// Answers at once, with what the loopback server answers.
#[derive(Debug, Clone, Copy)]
pub struct InProcess;

impl Service<Request<Body>> for InProcess {
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let target = request.uri().path_and_query().map_or("", |target| target.as_str());
        let mut response = Response::new(Full::new(Operation::of(request.method(), target).answer()));
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        ready(Ok(response))
    }
}
