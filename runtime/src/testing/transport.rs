//! The mock as the transport of its clients.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{Request, Response};
use tower::{Layer, Service};

use super::request::{ReceivedRequest, Sent};
use super::state::Shared;
use crate::body::Body;
use crate::error::{BoxError, ErrorKind};
use crate::transport::{Departure, HttpService, TransportFailure};

/// A response that comes.
type Responding = Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

/// The transport: it asks the mock for a response to each request.
#[derive(Clone)]
pub(super) struct MockTransport(pub(super) Arc<Shared>);

impl Service<Request<Body>> for MockTransport {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Responding;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Responding {
        let shared = self.0.clone();
        Box::pin(async move {
            let request = ReceivedRequest::read(request).await?;
            let method = request.method().clone();
            let step = shared.state().serve(request);
            Ok(step.ok_or_else(unexpected)?.play(&method, &shared.clock).await?)
        })
    }
}

/// The failure of a request that nothing expects. Like every error, it shows no value; `Mock::verify` does.
fn unexpected() -> TransportFailure {
    TransportFailure {
        kind: ErrorKind::NotFaked,
        unsent: true,
        source: "the mock does not expect this request; `Mock::verify` shows the nearest expectation".into(),
    }
}

/// The innermost layer: it keeps what a request is before its credentials join it.
pub(super) struct Watch;

impl Layer<HttpService> for Watch {
    type Service = Watched;

    fn layer(&self, inner: HttpService) -> Watched {
        Watched(inner)
    }
}

#[derive(Clone)]
pub(super) struct Watched(HttpService);

impl Service<Request<Body>> for Watched {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Responding;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<Body>) -> Responding {
        if let Some(departure) = request.extensions().get::<Departure>() {
            let (described, secrets) = (departure.elsewhere.clone(), departure.secrets.clone());
            let sent = Sent { uri: request.uri().clone(), described, secrets };
            request.extensions_mut().insert(sent);
        }
        Box::pin(self.0.call(request))
    }
}
