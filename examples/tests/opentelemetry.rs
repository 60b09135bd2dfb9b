//! Traces as OpenTelemetry exports them, and what the server learns of them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, Once};

use declarest::{Backoff, Body, BoxError, Call, Client, api};
use declarest_examples::layers::opentelemetry::with_opentelemetry;
use http::{HeaderMap, Request, Response};
use opentelemetry::trace::{SpanId, SpanKind, Status, TracerProvider as _};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData};
use tracing::Instrument as _;
use tracing_subscriber::layer::SubscriberExt as _;

const DOCS: &str = include_str!("../src/layers/opentelemetry.rs");

#[api]
trait Orders {
    #[get("/orders/{id}")]
    fn get(&self, id: u32) -> Call<()>;
}

/// Orders whose server says 503 and then 200, and the headers that it got.
fn orders() -> (OrdersClient, Arc<Mutex<Vec<HeaderMap>>>) {
    let seen = Arc::new(Mutex::new(Vec::<HeaderMap>::new()));
    let log = seen.clone();
    let transport = tower::service_fn(move |request: Request<Body>| {
        let mut log = log.lock().unwrap();
        let status = if log.is_empty() { 503 } else { 200 };
        log.push(request.headers().clone());
        async move { Ok::<_, BoxError>(Response::builder().status(status).body(Body::empty())?) }
    });
    let client = Client::builder("https://api.example.com").backoff(Backoff::none()).transport(transport);
    let client = with_opentelemetry(client, TraceContextPropagator::new());
    (OrdersClient::new(client.build().unwrap()), seen)
}

/// The spans below one, as text, in the order in which they began.
fn tree(spans: &[SpanData], parent: SpanId, depth: usize, out: &mut String) {
    for span in spans.iter().filter(|span| span.parent_span_id == parent) {
        let kind = if span.span_kind == SpanKind::Client { "client" } else { "internal" };
        let error = if matches!(span.status, Status::Error { .. }) { ", error" } else { "" };
        let indent = "  ".repeat(depth);
        writeln!(out, "{indent}{} ({kind}){error}", span.name).unwrap();
        let mut attributes: Vec<_> =
            span.attributes.iter().map(|pair| format!("{}={}", pair.key, pair.value)).collect();
        attributes.sort();
        if !attributes.is_empty() {
            writeln!(out, "{indent}  {}", attributes.join(" ")).unwrap();
        }
        tree(spans, span.span_context.span_id(), depth + 1, out);
    }
}

#[tokio::test]
async fn the_trace_of_a_call_with_a_retry_is_the_one_in_the_docs() {
    // For the whole process: `tracing` remembers whether anybody wants a span.
    static LISTENER: Once = Once::new();
    LISTENER.call_once(|| tracing::subscriber::set_global_default(tracing_subscriber::registry()).unwrap());
    let exporter = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder().with_simple_exporter(exporter.clone()).build();
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("tests"));
    // Where a span is in the source, and how long it was busy, is another matter.
    let layer =
        layer.with_location(false).with_threads(false).with_target(false).with_tracked_inactivity(false);
    let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(layer));

    let (orders, seen) = orders();
    orders.get(1).instrument(tracing::info_span!("load order")).await.unwrap();

    let mut spans = exporter.get_finished_spans().unwrap();
    spans.sort_by_key(|span| span.start_time);
    let mut text = String::new();
    tree(&spans, SpanId::INVALID, 0, &mut text);
    let documented: String =
        DOCS.split_once("//! ```text\n").unwrap().1.split_once("//! ```").unwrap().0.replace("//! ", "");
    assert_eq!(text, documented);

    // Each request names the span of its attempt.
    let attempts: Vec<_> = spans.iter().filter(|span| span.span_kind == SpanKind::Client).collect();
    let sent: Vec<_> = seen.lock().unwrap().iter().map(|headers| headers["traceparent"].clone()).collect();
    let expected = attempts
        .iter()
        .map(|span| format!("00-{}-{}-01", span.span_context.trace_id(), span.span_context.span_id()));
    assert_eq!(sent, expected.collect::<Vec<_>>());
    let traces: std::collections::BTreeSet<_> =
        spans.iter().map(|span| span.span_context.trace_id().to_string()).collect();
    assert_eq!((traces.len(), attempts.len()), (1, 2));
}
