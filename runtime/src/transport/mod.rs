//! From a request to the head of its answer: the last step, which judges no status.

mod delivery;
#[cfg(feature = "reqwest")]
mod reqwest;
mod service;

use std::pin::Pin;
use std::time::Duration;

use http::{HeaderMap, Method, Request, Response};
use tower::Service as _;

pub(crate) use self::delivery::{Delivery, SharedDelivery};
#[cfg(feature = "reqwest")]
pub(crate) use self::reqwest::Incoming;
pub use self::service::HttpService;
use self::service::Proof;
pub(crate) use self::service::{Credential, erase};
use crate::body::Body;
use crate::client::BaseUrl;
use crate::error::{BoxError, Effect, Error, ErrorKind};
use crate::secret::Secret;

/// An error of a custom transport that proves that the request was not sent, so that it may be repeated whatever its
/// method.
#[derive(Debug)]
pub struct NotSent(pub BoxError);

impl std::fmt::Display for NotSent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not sent")
    }
}

impl std::error::Error for NotSent {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.0)
    }
}

/// How the transport that comes with declarest connects.
#[cfg_attr(not(feature = "default-tls"), allow(dead_code))]
pub(crate) struct TransportOptions {
    pub(crate) connect_timeout: Duration,
    /// Certificates in PEM that are trusted beside the platform's.
    pub(crate) roots: Vec<Vec<u8>>,
    /// The URL of a proxy, which may hold a password.
    pub(crate) proxy: Option<Secret>,
    pub(crate) http2_only: bool,
}

impl Default for TransportOptions {
    fn default() -> Self {
        Self { connect_timeout: Duration::from_secs(5), roots: Vec::new(), proxy: None, http2_only: false }
    }
}

/// What sends requests.
#[derive(Clone)]
pub(crate) enum Transport {
    /// Called directly: no boxed future and no extensions, because no layer is there to look.
    #[cfg(feature = "reqwest")]
    Reqwest(self::reqwest::ReqwestTransport),
    Service(HttpService),
    /// Of a client that never sends.
    None,
}

/// One attempt, ready to go.
pub(crate) struct Attempt<'a> {
    pub(crate) method: Method,
    pub(crate) url: &'a str,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    /// Joins the headers behind all layers, if the request then still goes to its origin.
    pub(crate) credential: Option<&'a Credential>,
    pub(crate) extensions: http::Extensions,
}

impl Transport {
    pub(crate) const fn none() -> Self {
        Self::None
    }

    /// The transport that comes with declarest.
    #[cfg(feature = "reqwest")]
    pub(crate) fn standard(options: &TransportOptions, base: &BaseUrl) -> Result<Self, Error> {
        self::reqwest::ReqwestTransport::new(options, base).map(Self::Reqwest)
    }

    #[cfg(not(feature = "reqwest"))]
    pub(crate) fn standard(_: &TransportOptions, _: &BaseUrl) -> Result<Self, Error> {
        Err(Error::new(
            ErrorKind::Configuration,
            "no transport: give one to `ClientBuilder::transport`, or turn on the feature `reqwest`",
        ))
    }

    /// A user's own transport, with the credential added in front of it.
    pub(crate) fn custom(service: HttpService) -> Self {
        Self::Service(service::with_credential(service))
    }

    /// A service with layers, which has a [`custom`](Transport::custom) or [`standard`](Transport::standard) one inside.
    pub(crate) fn layered(service: HttpService) -> Self {
        Self::Service(service)
    }

    /// Whether a service of a user's may look at the extensions.
    pub(crate) const fn has_service(&self) -> bool {
        matches!(self, Self::Service(_))
    }

    pub(crate) fn into_service(self) -> HttpService {
        match self {
            #[cfg(feature = "reqwest")]
            Self::Reqwest(transport) => service::with_credential(erase(transport)),
            Self::Service(service) => service,
            Self::None => erase(tower::service_fn(|_: Request<Body>| async {
                Err::<Response<Body>, BoxError>(NotSent("this client never sends".into()).into())
            })),
        }
    }

    /// Hands over one attempt and gives what waits for the head of the answer.
    pub(crate) fn send<'a>(
        &'a self,
        attempt: Attempt<'_>,
        delivery: &'a Delivery,
    ) -> impl Future<Output = Result<Response<Body>, Error>> + Send + use<'a> {
        let refused = |error: &str| Started::Failed(Box::new(NotSent(error.into())));
        #[cfg(not(feature = "reqwest"))]
        let _: Option<Started<std::future::Ready<Result<Response<Body>, Proof>>>> = None;
        let started = match self {
            #[cfg(feature = "reqwest")]
            Self::Reqwest(transport) => match transport.start(attempt, delivery) {
                Ok(waiting) => Started::Waiting(waiting),
                Err(proof) => Started::Failed(Box::new(proof)),
            },
            Self::Service(service) => match request(attempt, delivery) {
                Ok(request) => Started::Boxed(Box::pin(call(service.clone(), request))),
                Err(error) => Started::Failed(error),
            },
            Self::None => refused("this client never sends"),
        };
        // Without a transport of ours nothing else says what would be waited for.
        #[cfg(not(feature = "reqwest"))]
        let started: Started<std::future::Ready<Result<Response<Body>, Proof>>> = started;
        async move {
            let sent: Result<Response<Body>, BoxError> = match started {
                Started::Waiting(waiting) => waiting.await.map_err(|proof: Proof| {
                    delivery.failed(proof.kind, proof.unsent);
                    proof.into()
                }),
                Started::Boxed(waiting) => waiting.await,
                Started::Failed(error) => {
                    if let Some(proof) = find::<Proof>(&*error) {
                        delivery.failed(proof.kind, false);
                    }
                    Err(error)
                }
            };
            match sent {
                Ok(response) => {
                    delivery.answered();
                    Ok(response)
                }
                Err(error) => Err(failed(error, delivery)),
            }
        }
    }
}

/// An attempt on its way.
#[cfg_attr(not(feature = "reqwest"), allow(dead_code))]
enum Started<F> {
    /// Of our own transport, not boxed.
    Waiting(F),
    Boxed(Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>),
    Failed(BoxError),
}

/// The attempt as a layer sees it.
fn request(attempt: Attempt<'_>, delivery: &Delivery) -> Result<Request<Body>, BoxError> {
    let mut request = Request::new(attempt.body);
    *request.method_mut() = attempt.method;
    *request.uri_mut() = attempt.url.parse().map_err(|error: http::uri::InvalidUri| Proof {
        kind: ErrorKind::Argument,
        unsent: true,
        source: error.into(),
    })?;
    *request.headers_mut() = attempt.headers;
    *request.extensions_mut() = attempt.extensions;
    request.extensions_mut().insert(delivery.share());
    if let Some(credential) = attempt.credential {
        request.extensions_mut().insert(credential.clone());
    }
    Ok(request)
}

async fn call(mut service: HttpService, request: Request<Body>) -> Result<Response<Body>, BoxError> {
    std::future::poll_fn(|cx| service.poll_ready(cx)).await?;
    service.call(request).await
}

/// What an error of the transport, or of a layer around it, says.
fn failed(error: BoxError, delivery: &Delivery) -> Error {
    let kind = match delivery.kind() {
        Some(kind) => kind,
        None if find::<NotSent>(&*error).is_some() => ErrorKind::Connect,
        None if delivery.effect() == Effect::NotSent => ErrorKind::Layer,
        None => ErrorKind::Transport,
    };
    Error::new(kind, "").with_effect(delivery.effect()).with_source(error)
}

/// Looks for an error of type `T` in a chain.
pub(crate) fn find<'a, T: std::error::Error + 'static>(
    error: &'a (dyn std::error::Error + 'static),
) -> Option<&'a T> {
    std::iter::successors(Some(error), |error| error.source()).find_map(|error| error.downcast_ref())
}
