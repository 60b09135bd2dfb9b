//! From a request to the head of its answer: the last step, which judges no status.

mod delivery;
mod failure;
#[cfg(feature = "hyper")]
mod hyper;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod incoming;
#[cfg(feature = "reqwest")]
mod reqwest;
mod service;
#[cfg(feature = "reqwest")]
mod url;

use std::mem::take;
use std::pin::Pin;
#[cfg(feature = "hyper")]
use std::sync::Arc;
use std::time::Duration;

#[cfg(any(feature = "reqwest", feature = "hyper"))]
use http::HeaderValue;
use http::{HeaderMap, Method, Request, Response};
use tower::Service as _;

pub(crate) use self::delivery::{Delivery, SharedDelivery};
#[cfg(any(feature = "reqwest", feature = "hyper"))]
pub(crate) use self::incoming::TransportBody;
use self::service::Credential;
pub use self::service::HttpService;
pub(crate) use self::service::erase;
use crate::body::Body;
use crate::client::{AuthHeader, BaseUrl};
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
    /// Likewise.
    #[cfg(feature = "hyper")]
    Hyper(Arc<self::hyper::HyperTransport>),
    Service(HttpService),
    /// Of a client that never sends.
    None,
}

/// One attempt, ready to go.
pub(crate) struct Attempt<'a> {
    pub(crate) method: Method,
    pub(crate) url: &'a str,
    /// The URL is that of every call of the endpoint.
    #[cfg_attr(not(feature = "reqwest"), allow(dead_code))]
    pub(crate) is_constant: bool,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    /// Joins the headers behind all layers, if the request then still goes to its origin.
    pub(crate) credential: Option<&'a AuthHeader>,
    /// The client's own origin, the only one that may see the credential.
    pub(crate) base: &'a BaseUrl,
    pub(crate) extensions: http::Extensions,
}

impl Transport {
    pub(crate) const fn none() -> Self {
        Self::None
    }

    /// A transport that comes with declarest: the lean one where it is asked for, or is the only one.
    #[cfg_attr(not(feature = "hyper"), allow(unused_variables))]
    pub(crate) fn standard(lean: bool, options: &TransportOptions, base: &BaseUrl) -> Result<Self, Error> {
        #[cfg(feature = "hyper")]
        if lean || cfg!(not(feature = "reqwest")) {
            return self::hyper::HyperTransport::new(options, base)
                .map(|transport| Self::Hyper(Arc::new(transport)));
        }
        #[cfg(feature = "reqwest")]
        return self::reqwest::ReqwestTransport::new(options, base).map(Self::Reqwest);
        #[cfg(not(feature = "reqwest"))]
        Err(Error::new(
            ErrorKind::Configuration,
            "no transport: give one to `ClientBuilder::transport`, or turn on the feature `reqwest` or `hyper`",
        ))
    }

    /// A user's own transport, with the credential added in front of it.
    #[inline]
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

    /// Whether a request over plain http is surely one of HTTP/1.1, and goes where its URL says without a layer between.
    pub(crate) fn speaks_http1(&self) -> bool {
        match self {
            #[cfg(feature = "reqwest")]
            Self::Reqwest(transport) => !transport.http2_only,
            #[cfg(feature = "hyper")]
            Self::Hyper(transport) => !transport.http2_only,
            Self::Service(_) | Self::None => false,
        }
    }

    #[inline]
    pub(crate) fn into_service(self) -> HttpService {
        match self {
            #[cfg(feature = "reqwest")]
            Self::Reqwest(transport) => service::with_credential(erase(transport)),
            #[cfg(feature = "hyper")]
            Self::Hyper(transport) => {
                service::with_credential(erase(self::hyper::HyperTransport::clone(&transport)))
            }
            Self::Service(service) => service,
            Self::None => erase(tower::service_fn(|_: Request<Body>| async {
                Err::<Response<Body>, BoxError>(NotSent("this client never sends".into()).into())
            })),
        }
    }

    /// Hands over one attempt and gives what waits for the head of the answer. What travels is taken out of the attempt, so
    /// that it is moved once.
    pub(crate) fn send<'a>(
        &'a self,
        attempt: &mut Attempt<'_>,
        delivery: &'a Delivery,
    ) -> impl Future<Output = Result<Response<Body>, Error>> + Send + use<'a> {
        let refused = |error: &str| Started::Failed(Box::new(NotSent(error.into())));
        let started = match self {
            #[cfg(feature = "reqwest")]
            Self::Reqwest(transport) => match transport.start(attempt, delivery) {
                Ok(waiting) => Started::Reqwest(waiting),
                Err(failure) => Started::Failed(Box::new(failure)),
            },
            #[cfg(feature = "hyper")]
            Self::Hyper(transport) => match transport.start(attempt, delivery) {
                Ok(waiting) => Started::Hyper(waiting),
                Err(failure) => Started::Failed(Box::new(failure)),
            },
            Self::Service(service) => match request(attempt, delivery) {
                Ok(request) => Started::Boxed(Box::pin(call(service.clone(), request))),
                Err(error) => Started::Failed(error),
            },
            Self::None => refused("this client never sends"),
        };
        // Without a transport of ours nothing else says what would be waited for.
        #[cfg(not(feature = "reqwest"))]
        let started: Started<std::convert::Infallible> = started;
        async move {
            let sent: Result<Response<Body>, BoxError> = match started {
                #[cfg(feature = "reqwest")]
                Started::Reqwest(waiting) => proven(self::reqwest::read(waiting.await), delivery),
                #[cfg(feature = "hyper")]
                Started::Hyper(waiting) => proven(self::hyper::read(waiting.await), delivery),
                Started::Boxed(waiting) => waiting.await,
                Started::Failed(error) => {
                    if let Some(failure) = find::<failure::TransportFailure>(&*error) {
                        delivery.failed(failure.kind, false);
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
enum Started<R> {
    /// Of our own transport, not boxed.
    #[cfg_attr(not(feature = "reqwest"), allow(dead_code))]
    Reqwest(R),
    #[cfg(feature = "hyper")]
    Hyper(hyper_util::client::legacy::ResponseFuture),
    Boxed(Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>),
    Failed(BoxError),
}

/// Keeps what a transport of ours proves.
#[cfg(any(feature = "reqwest", feature = "hyper"))]
fn proven(
    answer: Result<Response<Body>, failure::TransportFailure>,
    delivery: &Delivery,
) -> Result<Response<Body>, BoxError> {
    answer.map_err(|failure| {
        delivery.failed(failure.kind, failure.unsent);
        failure.into()
    })
}

/// hyper leaves `content-length: 0` out for a body it knows to be empty; servers ask for it (RFC 9110, 8.6).
#[cfg(any(feature = "reqwest", feature = "hyper"))]
fn says_empty(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH)
}

#[cfg(any(feature = "reqwest", feature = "hyper"))]
const ZERO: HeaderValue = HeaderValue::from_static("0");

/// The attempt as a layer sees it.
fn request(attempt: &mut Attempt<'_>, delivery: &Delivery) -> Result<Request<Body>, BoxError> {
    let mut request = Request::new(take(&mut attempt.body));
    *request.method_mut() = take(&mut attempt.method);
    *request.uri_mut() =
        attempt.url.parse().map_err(|error: http::uri::InvalidUri| failure::unsent(error))?;
    *request.headers_mut() = take(&mut attempt.headers);
    *request.extensions_mut() = take(&mut attempt.extensions);
    request.extensions_mut().insert(delivery.share());
    if let Some(credential) = attempt.credential {
        request.extensions_mut().insert(Credential::new(credential, attempt.base));
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
    first(error, |error| error.is::<T>())?.downcast_ref()
}

fn first<'a>(
    error: &'a (dyn std::error::Error + 'static),
    is_it: fn(&(dyn std::error::Error + 'static)) -> bool,
) -> Option<&'a (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error| error.source()).find(|error| is_it(*error))
}
