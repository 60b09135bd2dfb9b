//! Tells the server which trace a request belongs to: the header `traceparent` (W3C Trace Context).

use declarest::ClientBuilder;
use http::HeaderValue;
use tracing::Span;

/// Adds `traceparent` to each request to the client's own origin. `trace` returns the id of the current trace; the span is that of the
/// attempt, so that what the server does is found below it.
///
/// With OpenTelemetry, its propagator writes the headers instead:
///
/// ```ignore
/// client.map_request(|request, _| {
///     let context = Span::current().context();
///     let mut headers = HeaderInjector(request.headers_mut());
///     opentelemetry::global::get_text_map_propagator(|propagator| propagator.inject_context(&context, &mut headers));
///     Ok(())
/// })
/// ```
pub fn with_trace<F>(client: ClientBuilder, trace: F) -> ClientBuilder
where
    F: Fn() -> Option<u128> + Send + Sync + 'static,
{
    client.map_request(move |request, context| {
        // The span is the attempt's; without a subscriber there is none.
        let span = Span::current().id();
        if let (true, Some(trace), Some(span)) = (context.is_own_origin, trace(), span) {
            let parent = format!("00-{trace:032x}-{:016x}-01", span.into_u64());
            request.headers_mut().insert("traceparent", HeaderValue::try_from(parent)?);
        }
        Ok(())
    })
}
