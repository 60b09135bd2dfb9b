//! Spans and events.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use declarest::Body;
use opentelemetry_semantic_conventions::{attribute, metric, trace};
use tower::util::MapRequestLayer;

use super::recording::Recording;
use super::*;

/// The names in OpenTelemetry's conventions for HTTP client spans, and those that `tracing-opentelemetry` reads.
const CONVENTIONS: [&str; 12] = [
    trace::ERROR_TYPE,
    trace::HTTP_REQUEST_METHOD,
    trace::HTTP_REQUEST_METHOD_ORIGINAL,
    trace::HTTP_REQUEST_RESEND_COUNT,
    trace::HTTP_RESPONSE_STATUS_CODE,
    trace::SERVER_ADDRESS,
    trace::SERVER_PORT,
    trace::URL_FULL,
    trace::URL_TEMPLATE,
    // The status is an attribute where a format has no place for it; `tracing-opentelemetry` sets that of the span.
    attribute::OTEL_STATUS_CODE,
    // These two become the name and the kind of the span.
    "otel.kind",
    "otel.name",
];

const DOCS: &str = include_str!("../../../runtime/OBSERVABILITY.md");

#[tokio::test]
async fn the_trace_of_a_call_with_two_retries_is_the_one_in_the_docs() {
    let (recording, _guard) = Recording::start();
    let keys = keys(scripted([Answer::Status(503, ""), Answer::Lost, Answer::Status(200, KEY)]));
    keys.get("key_1").await.unwrap();
    let documented = DOCS.split_once("```text\n").unwrap().1.split_once("```").unwrap().0;
    assert_eq!(recording.tree(), documented);
    assert!(["call", "attempt"].iter().all(|name| recording.spans(name).iter().all(|span| span.is_closed)));
}

#[tokio::test]
async fn the_attributes_are_the_documented_ones_and_those_of_the_conventions() {
    let (recording, _guard) = Recording::start();
    keys(scripted([Answer::Status(200, KEY)])).get("key_1").await.unwrap();
    let rows = DOCS.lines().filter_map(|line| line.strip_prefix("| `"));
    let rows: Vec<Vec<&str>> =
        rows.map(|row| row.split(" | ").collect()).filter(|row: &Vec<&str>| row.len() == 4).collect();
    for (column, name) in [(1, "call"), (2, "attempt")] {
        let span = recording.spans(name).remove(0);
        let known: BTreeSet<_> = span.known.iter().copied().collect();
        let documented: BTreeSet<_> =
            rows.iter().filter(|row| row[column] == "yes").map(|row| row[0].trim_matches('`')).collect();
        assert_eq!(known, documented, "{name}");
        let strangers =
            known.iter().filter(|name| !name.starts_with("declarest.") && !CONVENTIONS.contains(name));
        assert_eq!(strangers.collect::<Vec<_>>(), Vec::<&&str>::new());
    }
}

/// The page names the metric of the conventions.
#[test]
fn the_metric_is_the_one_of_the_conventions() {
    assert!(DOCS.contains(&format!("\"{}\"", metric::HTTP_CLIENT_REQUEST_DURATION)));
}

#[tokio::test]
async fn a_success_has_a_status_and_no_error() {
    let (recording, _guard) = Recording::start();
    keys(scripted([Answer::Status(204, "")])).of("owner_1").delete("key_1").await.unwrap();
    let (call, attempt) = (recording.spans("call").remove(0), recording.spans("attempt").remove(0));
    assert_eq!(
        (call.get("otel.name"), attempt.get("otel.name")),
        (Some("Owned::delete"), Some("DELETE /owners/{owner}/keys/{id}"))
    );
    assert_eq!(attempt.get("http.response.status_code"), Some("204"));
    for absent in ["otel.status_code", "error.type", "http.request.resend_count", "url.full"] {
        assert_eq!((call.get(absent), attempt.get(absent)), (None, None), "{absent}");
    }
    assert!(!recording.tree().contains("_1"), "values are shown: {}", recording.tree());
}

#[tokio::test]
async fn an_error_is_one_of_the_attempt_and_of_the_call() {
    for (answer, error, status) in
        [(Answer::Status(404, ""), "404", Some("404")), (Answer::Lost, "transport", None)]
    {
        let (recording, _guard) = Recording::start();
        keys(scripted([answer])).create("a").await.unwrap_err();
        for name in ["call", "attempt"] {
            let span = recording.spans(name).remove(0);
            assert_eq!((span.get("error.type"), span.get("otel.status_code")), (Some(error), Some("ERROR")));
        }
        assert_eq!(recording.spans("attempt")[0].get("http.response.status_code"), status);
        let end = recording.events("the call has ended").remove(0);
        assert_eq!((end.get("outcome"), end.get("error.type")), (Some("failed"), Some(error)));
        assert_eq!((end.get("attempts"), end.get("http.response.status_code")), (Some("1"), status));
    }
}

#[tokio::test]
async fn a_status_that_the_type_accepts_is_no_error() {
    let (recording, _guard) = Recording::start();
    assert!(keys(scripted([Answer::Status(404, "")])).find("a").await.unwrap().is_none());
    let attempt = recording.spans("attempt").remove(0);
    assert_eq!((attempt.get("http.response.status_code"), attempt.get("error.type")), (Some("404"), None));
}

#[tokio::test]
async fn each_request_of_a_redirect_has_a_span() {
    let (recording, _guard) = Recording::start();
    let files = "https://files.example.com:8443/f?token=CANARY";
    let script = [Answer::Status(503, ""), Answer::To(files), Answer::Status(200, "text")];
    keys(scripted(script).trace_full_url()).file("key_1", "CANARY").await.unwrap();
    let attempts = recording.spans("attempt");
    let column = |field: &str| attempts.iter().map(|span| span.get(field)).collect::<Vec<_>>();
    assert_eq!(column("http.request.resend_count"), [None, Some("1"), Some("2")]);
    assert_eq!(column("http.response.status_code"), [Some("503"), Some("302"), Some("200")]);
    assert_eq!(column("error.type"), [Some("503"), None, None]);
    let named = Some("GET /keys/{id}/file");
    assert_eq!(column("otel.name"), [named, named, Some("GET")]);
    assert_eq!(column("url.template"), [Some("/keys/{id}/file"), Some("/keys/{id}/file"), None]);
    assert_eq!(column("server.port"), [Some("443"), Some("443"), Some("8443")]);
    let own = Some("https://api.example.com/v1/keys/key_1/file?sig=REDACTED");
    assert_eq!(column("url.full"), [own, own, Some("https://files.example.com:8443/f?REDACTED")]);
    // They are siblings, and all have ended.
    let parents: BTreeSet<_> = attempts.iter().map(|span| span.parent).collect();
    assert_eq!(parents.len(), 1);
    assert!(attempts.iter().all(|span| span.is_closed));
    assert!(!recording.tree().contains("CANARY"));
}

#[tokio::test]
async fn a_dropped_call_is_cancelled() {
    let (recording, _guard) = Recording::start();
    drop_after_a_poll(keys(scripted([Answer::Silence])).get("a"));
    for name in ["call", "attempt"] {
        let span = recording.spans(name).remove(0);
        assert_eq!(
            (span.get("error.type"), span.get("otel.status_code")),
            (Some("cancelled"), Some("ERROR"))
        );
        assert!(span.is_closed);
    }
    let end = recording.events("the call has ended").remove(0);
    assert_eq!((end.get("outcome"), end.get("attempts")), (Some("cancelled"), Some("1")));
}

#[tokio::test]
async fn a_layer_runs_within_the_span_of_its_request() {
    let (_recording, _guard) = Recording::start();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = seen.clone();
    let layer = MapRequestLayer::new(move |request: http::Request<Body>| {
        let span = tracing::Span::current();
        log.lock().unwrap().push((span.metadata().map(tracing::Metadata::name), span.id()));
        request
    });
    let script = [Answer::To("/elsewhere"), Answer::Status(503, ""), Answer::Status(200, "text")];
    keys(scripted(script).layer(layer)).file("a", "s").await.unwrap();
    let seen = seen.lock().unwrap();
    assert!(seen.iter().all(|(name, _)| *name == Some("attempt")), "{seen:?}");
    let mut ids: Vec<_> = seen.iter().map(|(_, id)| id.clone()).collect();
    ids.dedup();
    assert_eq!(ids.len(), 3);
}

#[tokio::test]
async fn who_listens_to_events_alone_gets_the_end_of_a_call() {
    let (recording, _guard) = events_only();
    keys(scripted([Answer::Status(200, KEY)])).get("a").await.unwrap();
    assert_eq!(recording.events("the call has ended").len(), 1);
    assert!(recording.spans("call").is_empty());
}

/// A subscriber that no span is enabled for.
fn events_only() -> (Recording, tracing::subscriber::DefaultGuard) {
    use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
    let recording = Recording::default();
    let filter = tracing_subscriber::filter::filter_fn(|metadata| metadata.is_event());
    let subscriber = tracing_subscriber::registry().with(recording.clone().with_filter(filter));
    (recording, tracing::subscriber::set_default(subscriber))
}
