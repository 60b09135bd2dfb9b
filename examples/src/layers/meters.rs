//! Counters and histograms with the crate `metrics`, which exporters such as `metrics-exporter-prometheus` collect.
//!
//! What is recorded of two calls, of which one got a 503 and then waited two seconds for a response, and the other a 404
//! (`tests/meters.rs` compares this text):
//!
//! ```text
//! declarest_calls{api=Orders,method=get,result=ok} 1
//! declarest_calls{api=Orders,method=put,result=404} 1
//! http.client.request.duration{error.type=,http.request.method=GET,http.response.status_code=200,server.address=api.test,url.template=/orders/{id}} [0.0]
//! http.client.request.duration{error.type=404,http.request.method=PUT,http.response.status_code=404,server.address=api.test,url.template=/orders/{id}} [0.0]
//! http.client.request.duration{error.type=503,http.request.method=GET,http.response.status_code=503,server.address=api.test,url.template=/orders/{id}} [0.0]
//! http.client.request.duration{error.type=timeout,http.request.method=GET,http.response.status_code=,server.address=api.test,url.template=/orders/{id}} [2.0]
//! ```

use declarest::{AttemptSummary, CallSummary, ClientBuilder};
use metrics::{counter, histogram};

/// Counts the calls of a client, and measures its attempts as OpenTelemetry's conventions say.
///
/// The labels have few values, however many calls there are: no id, and no URL but its template.
pub fn with_meters(client: ClientBuilder) -> ClientBuilder {
    client.on_call_end(count).on_attempt_end(measure)
}

fn count(call: &CallSummary) {
    let endpoint = call.endpoint();
    let result = call.error_type().unwrap_or("ok").to_owned();
    counter!("declarest_calls", "api" => endpoint.api, "method" => endpoint.name, "result" => result)
        .increment(1);
}

fn measure(attempt: &AttemptSummary) {
    let status = attempt.status();
    histogram!(
        "http.client.request.duration",
        "http.request.method" => attempt.endpoint().method,
        "url.template" => attempt.template().to_owned(),
        "server.address" => attempt.server_address().to_owned(),
        "http.response.status_code" => status.as_ref().map_or("", |status| status.as_str()).to_owned(),
        "error.type" => attempt.error_type().unwrap_or_default().to_owned(),
    )
    .record(attempt.elapsed().as_secs_f64());
}
