//! One call from its description to its answer: send ⟶ decide ⟶ wait ⟶ again.

mod attempt;
mod call_layers;
mod decide;
mod headers;
mod prepare;
mod redirect;
mod upload;

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{HeaderMap, HeaderValue, Method, StatusCode};
use tracing::Instrument as _;

pub(crate) use self::call_layers::CallLayers;
pub(crate) use self::headers::{CommonHeaders, DefaultHeaders, JSON};
use crate::body::{Body, RequestBody};
use crate::client::{AuthKind, CachedCredential, Inner, Provider, Redirects};
use crate::decode::{Response, ResponseBody};
use crate::error::{Effect, Error, ErrorKind};
use crate::parts::{RequestDraft, RequestParts};
use crate::retry::{Budget, Withdrawal};
use crate::time::{Elapsed, until};
use crate::transport::SharedDelivery;

/// What the declared type asks of an answer; the rest of the way knows no types.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ResponseExpectations {
    pub(crate) accepts: fn(StatusCode) -> bool,
    pub(crate) body: ResponseBody,
    pub(crate) media_type: Option<&'static str>,
}

/// A call that runs.
pub(crate) type Running = Pin<Box<dyn Future<Output = Result<Response, Error>> + Send>>;

/// Makes the call, in a span if somebody listens. Every error says what was called.
pub(crate) fn start(parts: RequestParts, reading: ResponseExpectations) -> Running {
    let (endpoint, scope) = (parts.0.endpoint, parts.0.scope.clone());
    let exchange = match Exchange::prepare(parts, reading) {
        Ok(exchange) => exchange,
        Err(error) => return Box::pin(std::future::ready(Err(error.called(endpoint, scope.as_ref())))),
    };
    let span = tracing::debug_span!(
        "call",
        api = endpoint.api,
        name = endpoint.name,
        method = endpoint.method,
        template = endpoint.template
    );
    let running: Running = match exchange.client().call_layers.clone() {
        Some(layers) => (layers.run)(exchange, layers.service),
        None => Box::pin(async move { exchange.run(None).await }),
    };
    if span.is_disabled() { running } else { Box::pin(running.instrument(span)) }
}

/// A call with everything decided but the outcome.
#[derive(Clone)]
pub(crate) struct Exchange {
    /// As described; its body is closed and its arguments fit.
    pub(crate) parts: Box<RequestDraft>,
    method: Method,
    payload: RequestBody,
    content_type: Option<&'static HeaderValue>,
    /// A compressed answer is asked for, and decoded.
    compressed: bool,
    /// It goes to the client's own origin.
    own: bool,
    presents: CredentialSource,
    pub(crate) reading: ResponseExpectations,
    /// Another attempt of this call is safe after one that may have arrived.
    idempotent: bool,
    /// Another call like this one is.
    repeatable: bool,
    /// Of another server or credential than the client's.
    budget: Option<Arc<Budget>>,
}

/// A timeout says nothing of what was wrong before, which is why there was another attempt.
fn with_cause(error: Error, last: Option<Error>) -> Error {
    match last {
        Some(last) if matches!(error.kind(), ErrorKind::Deadline | ErrorKind::Timeout) => {
            error.with_source(last)
        }
        _ => error,
    }
}

/// What proves who calls, in this call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CredentialSource {
    /// Nothing.
    Nothing,
    /// The header of the call or of the client.
    Header,
    /// What their provider gives.
    Fetched,
}

/// What has happened so far.
struct Progress {
    start: Instant,
    /// How long streamed bodies were on their way up: time that the deadline does not count.
    uploading: Duration,
    /// How often the request was handed to the transport.
    attempts: u32,
    /// How often an attempt was begun; one that has no body or credential is not handed on.
    begun: u32,
    /// What the last retry took from the budget.
    withdrawal: Option<Withdrawal>,
    /// The most that any attempt may have done.
    effect: Effect,
    /// The provider's credential that the last attempt took.
    held: Option<Arc<CachedCredential>>,
    /// The server has refused one already.
    renewed: bool,
    /// A layer has sent an attempt more than once.
    sent_again: bool,
}

impl Progress {
    fn begin(start: Instant) -> Self {
        Self {
            start,
            uploading: Duration::ZERO,
            attempts: 0,
            begun: 0,
            withdrawal: None,
            effect: Effect::NotSent,
            held: None,
            renewed: false,
            sent_again: false,
        }
    }
}

impl Exchange {
    /// The attempt loop. Layers around it get to know through `delivery` what was sent, also when they drop it.
    pub(crate) async fn run(&self, delivery: Option<&SharedDelivery>) -> Result<Response, Error> {
        let time = &self.client().time;
        let mut progress = Progress::begin(time.now());
        let mut deadline = pin!(time.sleep_from(progress.start, self.deadline()));
        let mut last = None;
        loop {
            if let Some(delivery) = delivery {
                delivery.started();
            }
            let error = match self.attempt(&mut progress, deadline.as_mut()).await {
                Ok(answer) => {
                    match progress.withdrawal.take() {
                        Some(withdrawal) => self.budget().give_back(withdrawal),
                        None => self.budget().refill(),
                    }
                    return Ok(answer);
                }
                Err(error) => {
                    if let Some(delivery) = delivery {
                        let unsent = error.effect() == Effect::NotSent || progress.turned_away(&error);
                        delivery.failed(error.kind(), unsent);
                    }
                    self.settle(error, &mut progress).called(self.parts.endpoint, self.parts.scope.as_ref())
                }
            };
            let error = with_cause(error, last.take());
            let Some(wait) = self.wait_before_retry(&error, &mut progress) else { return Err(error) };
            // tokio's clock ticks in milliseconds: even a sleep of nothing lasts until the next one.
            if !wait.is_zero() {
                time.sleep(wait).await;
            }
            tracing::debug!(
                endpoint = self.parts.endpoint.name,
                attempts = progress.attempts,
                code = error.code(),
                ?wait,
                "repeating"
            );
            last = Some(error);
        }
    }

    /// What is left of the deadline.
    fn left(&self, progress: &Progress) -> Duration {
        let gone = self.client().time.now().saturating_duration_since(progress.start);
        self.deadline().saturating_add(progress.uploading).saturating_sub(gone)
    }

    /// Waits for what comes before an attempt, within the deadline.
    async fn in_time<F: Future>(&self, progress: &Progress, future: Pin<&mut F>) -> Result<F::Output, Error> {
        let limit = pin!(self.client().time.sleep(self.left(progress)));
        until(limit, future).await.map_err(|Elapsed| Error::new(ErrorKind::Deadline, ""))
    }

    /// The request as the layers around the call see it.
    #[inline]
    pub(crate) fn http_request(&self, body: Body) -> Result<http::Request<Body>, Error> {
        let attempt = self.request(body, None);
        let mut request = http::Request::new(attempt.body);
        *request.method_mut() = attempt.method;
        *request.uri_mut() = attempt
            .url
            .parse()
            .map_err(|_| Error::new(ErrorKind::Argument, "the request has no URL that HTTP knows"))?;
        *request.headers_mut() = attempt.headers;
        *request.extensions_mut() = self.parts.extensions.clone();
        Ok(request)
    }

    /// The same call with what a layer around it made of the request.
    #[inline]
    pub(crate) fn rewritten(
        &self,
        method: Method,
        url: String,
        headers: HeaderMap,
        payload: RequestBody,
    ) -> Self {
        let own = self.client().base.owns(&url);
        let presents = if own { self.presents } else { CredentialSource::Nothing };
        let mut parts = self.parts.clone();
        (parts.url, parts.headers) = (url, headers);
        Self { parts, method, payload, own, presents, ..self.clone() }
    }

    /// The client of the call.
    fn client(&self) -> &Inner {
        &self.parts.client.0
    }

    /// The limit of the whole call: its own, the endpoint's or the client's.
    pub(crate) fn deadline(&self) -> Duration {
        self.parts
            .options
            .deadline
            .or(self.parts.endpoint.deadline)
            .unwrap_or(self.client().settings.deadline)
    }

    /// The limit of each attempt, likewise.
    fn attempt_timeout(&self) -> Option<Duration> {
        self.parts.options.attempt_timeout.or(self.parts.endpoint.attempt_timeout).or(self
            .parts
            .client
            .0
            .settings
            .attempt_timeout)
    }

    /// How often the call is tried, likewise.
    fn attempts(&self) -> u32 {
        self.parts
            .options
            .attempts
            .or(self.parts.endpoint.attempts)
            .unwrap_or(self.client().settings.attempts)
            .get()
    }

    /// Which redirects are followed, likewise.
    fn followed(&self) -> Redirects {
        self.parts
            .options
            .redirects
            .or(self.parts.endpoint.redirects)
            .unwrap_or(self.client().settings.redirects)
    }

    /// What retries may cost.
    fn budget(&self) -> &Budget {
        self.budget.as_ref().unwrap_or(&self.client().budget)
    }

    /// Where the credential comes from, if it is fetched.
    fn provider(&self) -> Option<&Provider> {
        match &self.parts.auth().kind {
            AuthKind::Provider(provider) => Some(provider),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Client;
    use crate::decode::Decode as _;

    /// The one allocation of a call beside its transport's; `prepare` failed if it is nearly nothing.
    #[test]
    fn a_running_call_is_one_small_box() {
        let call = Client::none().call::<()>(Method::GET, "/keys").call();
        let reading = ResponseExpectations { accepts: <()>::accepts, body: <()>::reads(), media_type: None };
        let running = start(call.into_described().unwrap(), reading);
        let size = size_of_val(&*running);
        assert!((256..=1032).contains(&size), "{size} bytes");
    }
}
