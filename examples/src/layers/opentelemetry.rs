//! Traces with OpenTelemetry, by `tracing-opentelemetry`: the spans of declarest, and the header that tells the server of them.
//!
//! The spans need nothing but a subscriber, which an application sets once, with the exporter of its choice:
//!
//! ```ignore
//! let tracer = SdkTracerProvider::builder().with_batch_exporter(exporter).build().tracer("billing");
//! tracing_subscriber::registry().with(tracing_opentelemetry::layer().with_tracer(tracer)).init();
//! ```
//!
//! A GET whose first attempt gets a 503, as it is exported (`tests/opentelemetry.rs` compares this text):
//!
//! ```text
//! load order (internal)
//!   Orders::get (internal)
//!     declarest.api=Orders declarest.method=get server.address=api.example.com server.port=443 url.template=/orders/{id}
//!     GET /orders/{id} (client), error
//!       declarest.api=Orders declarest.method=get error.type=503 http.request.method=GET http.response.status_code=503 server.address=api.example.com server.port=443 url.template=/orders/{id}
//!     GET /orders/{id} (client)
//!       declarest.api=Orders declarest.method=get http.request.method=GET http.request.resend_count=1 http.response.status_code=200 server.address=api.example.com server.port=443 url.template=/orders/{id}
//! ```

use declarest::ClientBuilder;
use http::{HeaderMap, HeaderName, HeaderValue};
use opentelemetry::propagation::{Injector, TextMapPropagator};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

/// Adds the headers of a propagator to each request to the client's own origin: `traceparent` and `tracestate` (W3C Trace Context) of a
/// `TraceContextPropagator`. They name the span of the attempt, so that what the server does is found below it.
pub fn with_opentelemetry<P>(client: ClientBuilder, propagator: P) -> ClientBuilder
where
    P: TextMapPropagator + Send + Sync + 'static,
{
    client.map_request(move |request, context| {
        if context.is_own_origin {
            // The current span is the attempt's.
            propagator.inject_context(&Span::current().context(), &mut Headers(request.headers_mut()));
        }
        Ok(())
    })
}

/// Headers, as a propagator writes them.
struct Headers<'a>(&'a mut HeaderMap);

impl Injector for Headers<'_> {
    fn set(&mut self, name: &str, value: String) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            self.0.insert(name, value);
        }
    }
}
