//! Limits of concurrency and rate, with tower's own layers.

use std::num::NonZeroU32;
use std::time::Duration;

use declarest::{Body, ClientBuilder};
use http::Request;
use tower::ServiceBuilder;
use tower::limit::ConcurrencyLimitLayer;

/// Sends at most `requests` at the same time; the others wait, within the deadlines of their calls. A waiting call that is dropped
/// gives its place up.
pub fn with_concurrency(client: ClientBuilder, requests: usize) -> ClientBuilder {
    client.layer(ConcurrencyLimitLayer::new(requests))
}

/// Sends at most `requests` in each period; the others wait, within the deadlines of their calls. Each attempt counts.
///
/// A rate is kept in one place, which the buffer makes: a task that [`build`](ClientBuilder::build) starts, so that a Tokio runtime
/// must be there.
pub fn with_rate(client: ClientBuilder, requests: NonZeroU32, period: Duration) -> ClientBuilder {
    let limits = ServiceBuilder::new()
        .buffer::<Request<Body>>(1024)
        .rate_limit(u64::from(requests.get()), period)
        .into_inner();
    client.layer(limits)
}
