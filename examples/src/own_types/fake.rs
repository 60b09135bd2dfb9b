//! A stand-in for all the APIs of the examples.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use http::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use crate::fake::Fake;

/// A bearer token that the fake gives, and the only one that it takes.
pub const TOKEN: &str = "token-1";

/// The servers.
#[derive(Debug)]
pub struct Stand {
    /// The one with the APIs.
    pub api: Fake,
    /// The one where files are put.
    pub files: Fake,
}

/// How often each was asked.
#[derive(Default)]
struct Asked {
    operations: AtomicU32,
    slack: AtomicU32,
}

impl Stand {
    /// Starts them.
    ///
    /// # Errors
    /// When no port can be bound.
    pub async fn start() -> io::Result<Self> {
        let files = Fake::start(Router::new().route("/{key}", put(async || StatusCode::NO_CONTENT))).await?;
        let place = json!({ "url": format!("{}/k1?signature=s", files.url()) });
        let routes = Router::new()
            .route("/exports", post(export))
            .route("/operations/{id}", get(operation))
            .route("/invoices", post(invoice))
            .route("/chat.postMessage", post(slack))
            .route("/databases/{database}/query", post(notes))
            .route("/builds/{build}/events", get(build))
            .route("/stations/{day}", get(async || Json(json!(["München-Stadt"]))))
            .route("/articles", get(async || Json(json!(["On traits"]))))
            .route("/recordings/{id}", get(async || (StatusCode::PARTIAL_CONTENT, "abc")))
            .route("/imports", post(async || StatusCode::ACCEPTED))
            .route("/buckets/{bucket}/{*key}", post(async move || Json(place)))
            .route("/oauth/token", post(async || Json(json!({ "access_token": TOKEN, "expires_in": 3600 }))))
            .route("/reports", get(reports));
        Ok(Self { api: Fake::start(routes.with_state(Arc::<Asked>::default())).await?, files })
    }
}

/// A job that takes a while; that of the table `broken` fails, that of `endless` never ends.
async fn export(Json(request): Json<Value>) -> Response {
    let id = format!("op/{}", request.get("table").and_then(Value::as_str).unwrap_or_default());
    (StatusCode::ACCEPTED, [(RETRY_AFTER, "2")], Json(json!({ "id": id }))).into_response()
}

async fn operation(State(asked): State<Arc<Asked>>, Path(id): Path<String>) -> Response {
    let nth = asked.operations.fetch_add(1, Ordering::SeqCst);
    match id.as_str() {
        "op/broken" => Json(json!({ "id": id, "error": "row 7 has no key" })).into_response(),
        "op/endless" => ([(RETRY_AFTER, "9")], Json(json!({ "id": id }))).into_response(),
        _ if nth == 0 => ([(RETRY_AFTER, "3")], Json(json!({ "id": id }))).into_response(),
        _ => Json(json!({ "id": id, "result": { "rows": 1000 } })).into_response(),
    }
}

async fn invoice() -> impl IntoResponse {
    (
        [(CONTENT_TYPE, "application/xml")],
        "<Receipt number=\"9\"><state>received &amp; checked</state></Receipt>",
    )
}

/// A channel that is not there, and one that takes the second message only.
async fn slack(State(asked): State<Arc<Asked>>, Json(message): Json<Value>) -> Json<Value> {
    let refused = |error: &str| Json(json!({ "ok": false, "error": error }));
    match message.get("channel").and_then(Value::as_str) {
        Some("C_BUSY") if asked.slack.fetch_add(1, Ordering::SeqCst) == 0 => refused("ratelimited"),
        Some("C_NONE") => refused("channel_not_found"),
        _ => Json(json!({ "ok": true, "ts": "1503435956.000247" })),
    }
}

/// Three pages, a note on each.
async fn notes(Json(query): Json<Value>) -> Json<Value> {
    let cursor = query.get("start_cursor").and_then(Value::as_str).unwrap_or("1");
    let next = match cursor {
        "1" => Some("2"),
        "2" => Some("3"),
        _ => None,
    };
    Json(json!({ "results": [{ "title": format!("Note {cursor}") }], "next_cursor": next }))
}

async fn build(Path(build): Path<u64>) -> impl IntoResponse {
    let end =
        if build == 1 { "event: done\ndata:\n\n" } else { "event: failed\ndata: {\"name\":\"test\"}\n\n" };
    let news = "event: step\ndata: {\"name\":\"compile\"}\n\nevent: weather\ndata: fine\n\n";
    ([(CONTENT_TYPE, "text/event-stream")], format!("{news}{end}"))
}

async fn reports(headers: HeaderMap) -> Response {
    let bearer = format!("Bearer {TOKEN}");
    if headers.get(AUTHORIZATION).is_some_and(|value| *value == bearer) {
        Json(json!(["Costs"])).into_response()
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}
