//! Signatures, trace headers, limits, a cache and metrics: a file each, to be copied. Each has a function that adds it to a builder.
//! Client certificates, cookies, a Unix socket and a resolver are in [`connections`](crate::connections), credentials of OAuth in
//! [`own_types::credentials`](crate::own_types::credentials).
//!
//! | file | what it shows |
//! |---|---|
//! | [`hmac`] | [`Sign`](declarest::Sign): an HMAC over method, path, time and content |
//! | [`sigv4`] | [`Sign`](declarest::Sign): AWS Signature Version 4 |
//! | [`trace`] | [`map_request`](declarest::ClientBuilder::map_request): the header `traceparent`, from the span of the attempt |
//! | [`opentelemetry`] | the same with OpenTelemetry: a trace as it is exported, and its context in each request |
//! | [`limits`] | [`layer`](declarest::ClientBuilder::layer): tower's limits of concurrency and rate |
//! | [`breaker`] | [`layer`](declarest::ClientBuilder::layer): a circuit breaker, as a tower service |
//! | [`etag`] | [`layer`](declarest::ClientBuilder::layer): a cache whose responses the server confirms |
//! | [`metrics`] | [`on_call_end`](declarest::ClientBuilder::on_call_end): a table of calls by endpoint |
//! | [`meters`] | [`on_call_end`](declarest::ClientBuilder::on_call_end), [`on_attempt_end`](declarest::ClientBuilder::on_attempt_end): a counter and a histogram of the crate `metrics` |

pub mod breaker;
pub mod etag;
pub mod hmac;
pub mod limits;
pub mod meters;
pub mod metrics;
pub mod opentelemetry;
pub mod sigv4;
pub mod trace;
