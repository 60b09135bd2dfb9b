//! Transports as tower services, and the boundary behind all layers.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{Extensions, HeaderMap, Request, Response, Uri};
use tower::util::BoxCloneSyncService;
use tower::{Service, ServiceExt as _};

use super::{Attempt, AttemptContext, SharedDelivery, Signer, Transport};
use crate::base_url::same_origin;
use crate::body::Body;
use crate::credential::{Credential, QueryKey, with_keys};
use crate::error::{BoxError, ErrorKind};

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

/// The error of a request whose extensions are gone.
pub(super) const LOST: &str = "the layer lost the request's extensions";

/// What a request may take along, decided before the layers and applied behind them.
#[derive(Clone)]
pub(crate) struct Departure {
    pub(crate) context: AttemptContext,
    pub(crate) signer: Option<Arc<dyn Signer>>,
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
    /// Returns what a function of the user's is told of a request that goes to `uri`. A layer may have changed it.
    pub(super) fn context_at(&self, uri: &Uri) -> AttemptContext {
        let is_own_origin = self.context.is_own_origin && same_origin(&self.origin, uri);
        AttemptContext { is_own_origin, ..self.context.clone() }
    }

    /// Signs the request. One that goes to another origin keeps a signature only if the signer says that it is meant for it.
    async fn sign(&self, signer: &dyn Signer, request: &mut Request<Body>) -> Result<(), BoxError> {
        let context = self.context_at(request.uri());
        let before = (request.uri().clone(), request.headers().clone());
        // What a layer means for another origin is not the signature.
        let of_layers = request.extensions_mut().remove::<ForOrigin>();
        signer
            .sign_boxed(request, &context)
            .await
            .inspect_err(|_| self.delivery.refused(ErrorKind::Layer))?;
        let is_own = self.context_at(request.uri()).is_own_origin;
        if !is_own && !ForOrigin::is_intended(request.extensions(), request.uri()) {
            (*request.uri_mut(), *request.headers_mut()) = before;
        }
        if let (Some(of_layers), None) = (of_layers, request.extensions().get::<ForOrigin>()) {
            request.extensions_mut().insert(of_layers);
        }
        Ok(())
    }

    fn apply(&self, request: &mut Request<Body>) {
        if same_origin(&self.origin, request.uri()) {
            present(request.headers_mut(), &mut self.credentials.iter());
            let with_keys = with_keys(&request.uri().to_string(), &mut self.query_keys.iter());
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
pub(crate) fn present(headers: &mut HeaderMap, credentials: &mut dyn Iterator<Item = &Credential>) {
    for Credential { name, value, .. } in credentials {
        if !headers.contains_key(name) {
            headers.insert(name, value.clone());
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
            return Box::pin(std::future::ready(Err(LOST.into())));
        };
        match departure.signer.clone() {
            None => Box::pin(depart(&self.0, departure, request)),
            Some(signer) => {
                let transport = self.0.clone();
                Box::pin(async move {
                    departure.sign(&*signer, &mut request).await?;
                    depart(&transport, departure, request).await
                })
            }
        }
    }
}

/// Sends a request with what may leave. It is handed over at once, not when the future is polled.
fn depart(
    transport: &Transport,
    departure: Departure,
    mut request: Request<Body>,
) -> impl Future<Output = Result<Response<Body>, BoxError>> + Send + use<> {
    departure.apply(&mut request);
    departure.delivery.started();
    let sending = transport.send(Attempt::from(request));
    async move {
        match sending.await {
            Ok(response) => Ok(response),
            Err(failure) => {
                departure.delivery.failed(failure.kind, failure.unsent);
                Err(failure.into())
            }
        }
    }
}
