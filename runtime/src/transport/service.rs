//! Transports as tower services, and the boundary behind all layers.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{Extensions, HeaderMap, Request, Response, Uri};
use tower::util::BoxCloneSyncService;
use tower::{Service, ServiceExt as _};

use super::{Attempt, SharedDelivery, Transport};
use crate::base_url::same_origin;
use crate::body::Body;
use crate::credential::{Credential, QueryKey, with_keys};
use crate::error::BoxError;

/// A transport with its type erased: what a layer wraps.
pub type HttpService = BoxCloneSyncService<Request<Body>, Response<Body>, BoxError>;

/// Erases the type of an HTTP service.
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

/// Tells that a layer signs or authorizes a request for another origin than the client's on purpose.
///
/// A request that goes to another origin keeps only what its call was described with; what layers have added is dropped.
/// A layer that inserts `ForOrigin` with the request's URI into its extensions keeps its headers. The client's own
/// credential is not sent there either way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForOrigin(pub Uri);

impl ForOrigin {
    /// Returns whether a layer has signed for the origin that the request goes to.
    pub(crate) fn is_intended(extensions: &Extensions, uri: &Uri) -> bool {
        extensions.get::<Self>().is_some_and(|Self(intended)| same_origin(intended, uri))
    }
}

/// What a request may take along, decided before the layers and applied behind them.
#[derive(Clone)]
pub(crate) struct Departure {
    /// The client's own origin, the only one that gets the credentials.
    pub(crate) origin: Uri,
    pub(crate) credentials: Vec<Credential>,
    pub(crate) query_keys: Vec<QueryKey>,
    /// All headers of a request to another origin.
    pub(crate) elsewhere: HeaderMap,
    /// What a mock must not show.
    #[cfg(feature = "testing")]
    pub(crate) secrets: Vec<crate::secret::Secret>,
    pub(crate) delivery: SharedDelivery,
}

impl Departure {
    fn apply(&self, request: &mut Request<Body>) {
        if same_origin(&self.origin, request.uri()) {
            present(request.headers_mut(), &self.credentials);
            let with_keys = with_keys(&request.uri().to_string(), self.query_keys.iter());
            if let Some(uri) = with_keys.and_then(|url| url.parse().ok()) {
                *request.uri_mut() = uri;
            }
            return;
        }
        if !ForOrigin::is_intended(request.extensions(), request.uri()) {
            *request.headers_mut() = self.elsewhere.clone();
        }
    }
}

/// Adds the credentials to a request to the client's own origin. A header that is there already comes from a stronger source:
/// its credential is not sent.
pub(crate) fn present<'a, I: IntoIterator<Item = &'a Credential>>(headers: &mut HeaderMap, credentials: I) {
    for Credential { name, value, .. } in credentials {
        if let http::header::Entry::Vacant(entry) = headers.entry(name) {
            entry.insert(value.clone());
        }
    }
}

/// The innermost service: behind all layers, in front of the transport.
#[derive(Clone)]
struct Boundary(Transport);

/// Makes a transport the innermost service of layers.
pub(crate) fn innermost(transport: Transport) -> HttpService {
    BoxCloneSyncService::new(Boundary(transport))
}

impl Service<Request<Body>> for Boundary {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        // Without it nobody would learn that the request was sent, nor what may leave.
        let Some(departure) = request.extensions_mut().remove::<Departure>() else {
            return Box::pin(std::future::ready(Err("the layer lost the request's extensions".into())));
        };
        departure.apply(&mut request);
        departure.delivery.started();
        let sending = self.0.send(Attempt::from(request));
        Box::pin(async move {
            match sending.await {
                Ok(response) => Ok(response),
                Err(failure) => {
                    departure.delivery.failed(failure.kind, failure.unsent);
                    Err(failure.into())
                }
            }
        })
    }
}
