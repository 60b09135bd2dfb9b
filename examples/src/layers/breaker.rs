//! A circuit breaker: after several failures in a row it fails at once for a while, and then lets one request try.

use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use declarest::{Body, BoxError, ClientBuilder, HttpService};
use http::{Request, Response};
use tower::Service;
use tower::layer::layer_fn;

/// When a circuit opens, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How many failures in a row open it.
    pub failures: u32,
    /// How long it stays open.
    pub pause: Duration,
}

/// Adds a circuit breaker for the server of the client. `clock` is `Instant::now`; tests have their own.
///
/// A request that it refuses fails the call with `ErrorKind::Layer`, *not sent*, and is not repeated by default.
pub fn with_breaker<C>(client: ClientBuilder, limits: Limits, clock: C) -> ClientBuilder
where
    C: Fn() -> Instant + Clone + Send + Sync + 'static,
{
    let state = Arc::new(Mutex::new(State::Closed { failures: 0 }));
    client.layer(layer_fn(move |inner| Breaker { inner, limits, clock: clock.clone(), state: state.clone() }))
}

#[derive(Debug, Clone, Copy)]
enum State {
    /// Requests pass.
    Closed { failures: u32 },
    /// None passes before this time.
    Open { until: Instant },
}

#[derive(Clone)]
struct Breaker<C> {
    inner: HttpService,
    limits: Limits,
    clock: C,
    state: Arc<Mutex<State>>,
}

impl<C: Fn() -> Instant> Breaker<C> {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns whether a request may pass. The one that tries after the pause keeps the others waiting for another pause.
    fn may_pass(&self) -> bool {
        let mut state = self.state();
        let now = (self.clock)();
        match *state {
            State::Closed { .. } => true,
            State::Open { until } if now < until => false,
            State::Open { .. } => {
                *state = State::Open { until: now + self.limits.pause };
                true
            }
        }
    }

    fn ended(&self, is_failure: bool) {
        let mut state = self.state();
        let failures = match *state {
            State::Closed { failures } => failures + 1,
            State::Open { .. } => self.limits.failures,
        };
        *state = match is_failure {
            false => State::Closed { failures: 0 },
            true if failures < self.limits.failures => State::Closed { failures },
            true => State::Open { until: (self.clock)() + self.limits.pause },
        };
    }
}

impl<C: Fn() -> Instant + Clone + Send + Sync + 'static> Service<Request<Body>> for Breaker<C> {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        if !self.may_pass() {
            return Box::pin(ready(Err(
                "the circuit is open: the server failed several times in a row".into()
            )));
        }
        let (breaker, sending) = (self.clone(), self.inner.call(request));
        Box::pin(async move {
            let result = sending.await;
            breaker.ended(result.as_ref().map_or(true, |response| response.status().is_server_error()));
            result
        })
    }
}
