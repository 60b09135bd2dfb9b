//! Which failures are repeated: Stripe says so itself.

use std::time::Duration;

use declarest::{Failed, RetryPolicy};

/// Does what the header `Stripe-Should-Retry` says, and else the usual.
///
/// It is asked after each failed attempt. Whatever it says, a request that may have taken effect is sent again only if
/// it is safe to repeat, which Stripe's are: a GET, a DELETE, a POST with an idempotency key.
#[derive(Debug, Clone, Copy)]
pub struct StripeRetries;

/// What is waited when Stripe says that a failure passes that usually does not: a 409 while another request holds the
/// same customer.
const SOON: Duration = Duration::from_millis(500);

impl RetryPolicy for StripeRetries {
    fn wait(&self, failed: &Failed<'_>) -> Option<Duration> {
        match failed.error.headers().get("stripe-should-retry").map(http::HeaderValue::as_bytes) {
            Some(b"true") => failed.usual.or(Some(SOON)),
            Some(b"false") => None,
            _ => failed.usual,
        }
    }
}
