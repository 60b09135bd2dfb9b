//! The layer of [`ClientBuilder::map_request`](crate::ClientBuilder::map_request).

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{Request, Response};
use tower::{Layer, Service};

use super::service::{Departure, LOST};
use super::{AttemptContext, HttpService};
use crate::body::Body;
use crate::error::{BoxError, ErrorKind};

/// What changes a request, or refuses it.
type Map = Arc<dyn Fn(&mut Request<Body>, &AttemptContext) -> Result<(), BoxError> + Send + Sync>;

/// Makes [`MapRequest`] services.
pub(crate) struct MapRequestLayer(pub(crate) Map);

/// Changes each request before the service within gets it.
#[derive(Clone)]
pub(crate) struct MapRequest {
    map: Map,
    inner: HttpService,
}

impl Layer<HttpService> for MapRequestLayer {
    type Service = MapRequest;

    fn layer(&self, inner: HttpService) -> MapRequest {
        MapRequest { map: self.0.clone(), inner }
    }
}

impl MapRequest {
    fn change(&self, request: &mut Request<Body>) -> Result<(), BoxError> {
        let departure = request.extensions().get::<Departure>().ok_or(LOST)?.clone();
        (self.map)(request, &departure.context_at(request.uri()))
            .inspect_err(|_| departure.delivery.refused(ErrorKind::Layer))
    }
}

impl Service<Request<Body>> for MapRequest {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        match self.change(&mut request) {
            Ok(()) => self.inner.call(request),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }
}
