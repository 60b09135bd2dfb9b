//! From a request to the head of its response. A transport judges no status, follows no redirect and repeats nothing.

mod attempt;
#[cfg(feature = "hyper")]
mod connector;
mod context;
mod delivery;
mod failure;
#[cfg(feature = "hyper")]
mod hyper;
mod map_request;
mod options;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod proxy;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
mod sent_body;
mod service;
mod sign;
#[cfg(any(feature = "default-tls", feature = "hyper"))]
mod tls;

use std::future::Future;
use std::pin::Pin;
#[cfg(feature = "hyper")]
use std::sync::Arc;

use http::Response;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
use http::{HeaderValue, Method};
use tower::ServiceExt as _;

pub(crate) use self::attempt::Attempt;
pub use self::context::AttemptContext;
pub(crate) use self::delivery::{Delivery, SharedDelivery};
pub use self::failure::NotSent;
pub(crate) use self::failure::{TransportFailure, send_evidence};
pub(crate) use self::map_request::MapRequestLayer;
pub(crate) use self::options::TransportOptions;
pub(crate) use self::service::{Departure, erase, innermost, present};
pub use self::service::{ForOrigin, HttpService};
pub use self::sign::Sign;
pub(crate) use self::sign::Signer;
use crate::base_url::BaseUrl;
use crate::body::Body;
#[cfg(not(feature = "reqwest"))]
use crate::error::ErrorKind;
use crate::error::{BoxError, Error};

/// What sends requests.
#[derive(Clone)]
pub(crate) enum Transport {
    // Called directly where no layer is in between: without a boxed future, without a second URL.
    #[cfg(feature = "reqwest")]
    Reqwest(self::reqwest::ReqwestTransport),
    #[cfg(feature = "hyper")]
    Hyper(Arc<self::hyper::HyperTransport>),
    /// A user's.
    Service(HttpService),
    /// The transport of a client that never sends: a fake's.
    None,
}

impl Transport {
    /// Makes a transport that comes with declarest: the lean one where it is asked for, or is the only one.
    #[cfg_attr(not(all(feature = "hyper", feature = "reqwest")), allow(unused_variables))]
    pub(crate) fn standard(lean: bool, options: TransportOptions, base: &BaseUrl) -> Result<Self, Error> {
        options.check()?;
        #[cfg(feature = "hyper")]
        if lean || cfg!(not(feature = "reqwest")) {
            return self::hyper::HyperTransport::new(&options)
                .map(|transport| Self::Hyper(Arc::new(transport)));
        }
        #[cfg(feature = "reqwest")]
        return self::reqwest::ReqwestTransport::new(options, base).map(Self::Reqwest);
        #[cfg(not(feature = "reqwest"))]
        Err(Error::new(
            ErrorKind::Configuration,
            "there is no transport: give one to `ClientBuilder::transport`, or turn on the feature `reqwest` or `hyper`",
        ))
    }

    /// Returns whether this is a service of the user's, which may do without Tokio.
    pub(crate) fn is_custom(&self) -> bool {
        matches!(self, Self::Service(_))
    }

    /// Returns whether a request over plain http is certainly one of HTTP/1.1 and goes where its URL says.
    pub(crate) fn speaks_http1(&self) -> bool {
        match self {
            #[cfg(feature = "reqwest")]
            Self::Reqwest(transport) => transport.speaks_http1,
            #[cfg(feature = "hyper")]
            Self::Hyper(transport) => !transport.http2_only,
            Self::Service(_) | Self::None => false,
        }
    }

    /// Sends one request and waits for the head of its response.
    ///
    /// Not an `async fn`: what is moved into the request must not live in the future too.
    pub(crate) fn send(
        &self,
        attempt: Attempt<'_>,
    ) -> impl Future<Output = Result<Response<Body>, TransportFailure>> + Send + use<> {
        let sending = match self {
            #[cfg(feature = "reqwest")]
            Self::Reqwest(transport) => transport.start(attempt).map(Sending::Reqwest),
            #[cfg(feature = "hyper")]
            Self::Hyper(transport) => transport.start(attempt).map(Sending::Hyper),
            Self::Service(service) => attempt
                .into_request()
                .map(|request| Sending::Boxed(Box::pin(service.clone().oneshot(request)))),
            Self::None => Err(TransportFailure::of_service(NotSent("this client never sends".into()).into())),
        };
        // Without reqwest nothing else says what would be waited for.
        #[cfg(not(feature = "reqwest"))]
        let sending: Result<Sending<std::convert::Infallible>, TransportFailure> = sending;
        async move {
            match sending? {
                #[cfg(feature = "reqwest")]
                Sending::Reqwest(waiting) => self::reqwest::read(waiting.await),
                #[cfg(not(feature = "reqwest"))]
                Sending::Reqwest(never) => match never {},
                #[cfg(feature = "hyper")]
                Sending::Hyper(waiting) => self::hyper::read(waiting.await),
                Sending::Boxed(waiting) => waiting.await.map_err(TransportFailure::of_service),
            }
        }
    }
}

/// A request on its way. Those of our own transports are not boxed.
enum Sending<R> {
    #[cfg_attr(not(feature = "reqwest"), allow(dead_code))]
    Reqwest(R),
    #[cfg(feature = "hyper")]
    Hyper(hyper_util::client::legacy::ResponseFuture),
    Boxed(Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>),
}

/// Returns whether a request without a body says so: hyper leaves `content-length: 0` out, and servers ask for it where a
/// body is expected (RFC 9110, 8.6).
#[cfg(any(feature = "reqwest", feature = "hyper"))]
fn states_empty_body(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH)
}

#[cfg(any(feature = "reqwest", feature = "hyper"))]
const ZERO: HeaderValue = HeaderValue::from_static("0");
