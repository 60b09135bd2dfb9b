//! Sends the requests of an attempt through the layers, if any, to the transport.

use std::future::Future;
use std::pin::Pin;

use http::{HeaderMap, Response as HttpResponse};
use tower::ServiceExt as _;

use super::plan::Plan;
use super::retry::Fetched;
use crate::body::Body;
use crate::client::kept_on_redirect;
use crate::credential::{Credential, with_keys};
use crate::error::{BoxError, Effect, Error, ErrorKind};
use crate::observe::AttemptWatch;
use crate::transport::{Attempt, AttemptContext, Delivery, Departure, present, send_evidence};

/// Sends the requests of one attempt: the first, and those of redirects.
pub(super) struct Sender<'a> {
    pub(super) plan: &'a Plan,
    pub(super) fetched: &'a [Fetched],
    pub(super) attempt: u32,
    pub(super) delivery: &'a Delivery,
    /// Boxed, because most calls have none.
    pub(super) watch: Option<Box<AttemptWatch>>,
}

impl<'a> Sender<'a> {
    pub(super) fn new(plan: &'a Plan, attempt: u32, fetched: &'a [Fetched], delivery: &'a Delivery) -> Self {
        let watch = plan.watch.as_ref().map(|call| AttemptWatch::begin(call, attempt, plan.url()));
        Self { plan, fetched, attempt, delivery, watch }
    }

    /// Sends the request of the call.
    pub(super) fn send(&self, body: Body) -> impl Future<Output = Result<HttpResponse<Body>, Error>> + Send {
        let to = Destination { is_own: self.plan.is_own, redirects: 0 };
        self.deliver(self.plan.url(), self.plan.headers(), body, to)
    }

    /// Sends the request of a redirect.
    pub(super) fn send_redirected(
        &self,
        url: &str,
        is_own: bool,
        redirects: u32,
    ) -> impl Future<Output = Result<HttpResponse<Body>, Error>> + Send + use<'_, 'a> {
        let headers = match is_own {
            true => self.plan.headers(),
            false => kept_on_redirect(&self.plan.headers_elsewhere()),
        };
        self.deliver(url, headers, Body::empty(), Destination { is_own, redirects })
    }

    /// Sends one request through the layers, if any, to the transport. Not an `async fn`, whose future would also hold what is moved
    /// into the request.
    fn deliver(
        &self,
        url: &str,
        headers: HeaderMap,
        body: Body,
        to: Destination,
    ) -> impl Future<Output = Result<HttpResponse<Body>, Error>> + Send + use<'_, 'a> {
        let (plan, delivery) = (self.plan, self.delivery);
        let (method, extensions) = (plan.method.clone(), plan.draft.extensions.clone());
        let mut attempt = Attempt { method, url: url.into(), headers, body, extensions };
        let sending = match &plan.client().layers {
            None => {
                if to.is_own {
                    present(&mut attempt.headers, &mut self.credentials());
                    if let Some(with_keys) = with_keys(url, &mut plan.query_keys()) {
                        attempt.url = with_keys.into();
                    }
                }
                delivery.started();
                Sending::Direct(plan.client().transport.send(attempt))
            }
            Some(layers) => {
                self.equip(&mut attempt, to);
                let request = attempt.into_request();
                let layers = layers.clone();
                Sending::Layered(Box::pin(async move { layers.oneshot(request?).await }))
            }
        };
        async move {
            let result = match sending {
                Sending::Direct(sending) => sending.await.map_err(|failure| {
                    delivery.failed(failure.kind, failure.unsent);
                    BoxError::from(failure)
                }),
                Sending::Layered(sending) => sending.await,
            };
            result.inspect(|_| delivery.responded()).map_err(|error| failed(error, delivery))
        }
    }

    /// Adds the extensions for layers, and for the boundary behind them.
    fn equip(&self, attempt: &mut Attempt<'_>, to: Destination) {
        let endpoint = self.plan.site().endpoint;
        let described = self.plan.headers_elsewhere();
        let elsewhere = if to.redirects == 0 { described } else { kept_on_redirect(&described) };
        let context = AttemptContext {
            endpoint,
            attempt: self.attempt,
            redirects: to.redirects,
            is_own_origin: to.is_own,
        };
        let departure = Departure {
            context: context.clone(),
            signer: self.plan.client().settings.signer.clone(),
            origin: self.plan.client().base.origin_uri().clone(),
            // A chain that has left the origin gets no credential, even if a layer leads it back.
            credentials: self.credentials().filter(|_| to.is_own).cloned().collect(),
            query_keys: self.plan.query_keys().filter(|_| to.is_own).cloned().collect(),
            elsewhere,
            #[cfg(feature = "testing")]
            secrets: self.plan.secrets(self.fetched),
            delivery: self.delivery.share(),
        };
        attempt.extensions.insert(endpoint);
        attempt.extensions.insert(context);
        attempt.extensions.insert(departure);
    }

    /// Returns the credentials for the client's own origin, strongest first.
    fn credentials(&self) -> impl Iterator<Item = &Credential> {
        self.plan.credentials().chain(self.fetched.iter().map(|fetched| &fetched.cached.credential))
    }
}

/// Where one request of an attempt goes.
#[derive(Clone, Copy)]
struct Destination {
    is_own: bool,
    redirects: u32,
}

/// A request that was sent. Without layers its future is not boxed.
enum Sending<F> {
    Direct(F),
    Layered(Pin<Box<dyn Future<Output = Result<HttpResponse<Body>, BoxError>> + Send>>),
}

/// Makes the error of a request that the transport or a layer failed to send.
fn failed(error: BoxError, delivery: &Delivery) -> Error {
    let kind = match delivery.kind() {
        Some(kind) => kind,
        None => match send_evidence(&*error) {
            Some((kind, _)) => kind,
            None if delivery.effect() == Effect::NotSent => ErrorKind::Layer,
            None => ErrorKind::Transport,
        },
    };
    Error::new(kind, "").with_effect(delivery.effect()).with_source(error)
}
