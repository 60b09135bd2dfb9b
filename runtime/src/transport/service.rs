//! The transport as a tower service, for layers and for transports of the user's.

use std::task::{Context, Poll};

use http::{HeaderName, HeaderValue, Request, Response, Uri};
use tower::util::BoxCloneSyncService;
use tower::{Service, ServiceExt as _};

use super::failure::TransportFailure;
use super::{NotSent, SharedDelivery, find};
use crate::body::Body;
use crate::client::{AuthHeader, BaseUrl, same_origin};
use crate::error::{BoxError, ErrorKind};

/// A transport with its type erased: what a layer wraps.
pub type HttpService = BoxCloneSyncService<Request<Body>, Response<Body>, BoxError>;

/// Makes any HTTP service one of ours.
pub(crate) fn erase<S, B>(service: S) -> HttpService
where
    S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send + 'static,
    B: http_body::Body<Data = bytes::Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    BoxCloneSyncService::new(service.map_response(|response| response.map(Body::new)).map_err(Into::into))
}

/// A credential on its way past the layers. Its type is private, so none of them can look.
#[derive(Clone)]
pub(crate) struct Credential {
    pub(crate) name: HeaderName,
    pub(crate) value: HeaderValue,
    /// The only origin that may see it.
    pub(crate) origin: Uri,
}

impl Credential {
    pub(crate) fn new(header: &AuthHeader, base: &BaseUrl) -> Self {
        Self { name: header.name.clone(), value: header.value.clone(), origin: base.origin_uri().clone() }
    }
}

/// Adds the credential to a request behind all layers, and keeps the books of its delivery.
#[derive(Clone)]
struct WithCredential<S>(S);

/// The innermost service.
#[inline]
pub(crate) fn with_credential(service: HttpService) -> HttpService {
    BoxCloneSyncService::new(WithCredential(service))
}

impl Service<Request<Body>> for WithCredential<HttpService> {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

    #[inline]
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(cx)
    }

    #[inline]
    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        if let Some(Credential { name, value, origin }) = request.extensions_mut().remove()
            && same_origin(&origin, request.uri())
        {
            request.headers_mut().insert(name, value);
        }
        // Without it nobody would learn that the request was sent.
        let Some(delivery) = request.extensions().get::<SharedDelivery>().cloned() else {
            return Box::pin(std::future::ready(Err("the layer lost the request's extensions".into())));
        };
        delivery.started();
        let answer = self.0.call(request);
        Box::pin(async move {
            answer.await.inspect_err(|error| {
                let (kind, unsent) = send_evidence(&**error);
                delivery.failed(kind, unsent);
            })
        })
    }
}

/// What an error says of the request: one of ours proves something, another's only if it says so.
#[inline]
fn send_evidence(error: &(dyn std::error::Error + 'static)) -> (ErrorKind, bool) {
    if let Some(failure) = find::<TransportFailure>(error) {
        return (failure.kind, failure.unsent);
    }
    match find::<NotSent>(error) {
        Some(_) => (ErrorKind::Connect, true),
        None => (ErrorKind::Transport, false),
    }
}
