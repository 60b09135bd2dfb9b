//! A stand-in for a model: it says what it was told, more or less.

use std::io;

use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use crate::fake::Fake;

/// The key that the fake takes.
pub const KEY: &str = "sk-example";

/// The server.
#[derive(Debug)]
pub struct Model {
    /// It, below `/v1`.
    pub api: Fake,
}

impl Model {
    /// Starts it.
    ///
    /// # Errors
    /// When no port can be bound.
    pub async fn start() -> io::Result<Self> {
        Ok(Self { api: Fake::start(Router::new().route("/v1/chat/completions", post(complete))).await? })
    }

    /// The base URL for a client.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}/v1", self.api.url())
    }
}

async fn complete(headers: HeaderMap, Json(prompt): Json<Value>) -> Response {
    let bearer = format!("Bearer {KEY}");
    if headers.get("authorization").is_none_or(|value| *value != bearer) {
        let problem = json!({ "error": { "message": "Incorrect API key", "type": "invalid_request_error" } });
        return (StatusCode::UNAUTHORIZED, Json(problem)).into_response();
    }
    let said = prompt.pointer("/messages/0/content").and_then(Value::as_str).unwrap_or_default();
    if prompt.get("stream") == Some(&Value::Bool(true)) {
        return ([("content-type", "text/event-stream")], stream(said)).into_response();
    }
    let message = json!({ "role": "assistant", "content": format!("{said}, indeed.") });
    let choices = json!([{ "index": 0, "message": message, "finish_reason": "stop" }]);
    Json(json!({ "choices": choices, "usage": { "total_tokens": 12 } })).into_response()
}

/// Word by word; a model that is asked for too much gives up in the middle.
fn stream(said: &str) -> String {
    let chunk = |delta: Value, reason: Value| {
        let choices = json!([{ "index": 0, "delta": delta, "finish_reason": reason }]);
        format!("data: {}\n\n", json!({ "choices": choices }))
    };
    let mut events = chunk(json!({ "role": "assistant" }), Value::Null);
    for word in said.split_inclusive(' ').take(3) {
        events += &chunk(json!({ "content": word }), Value::Null);
    }
    if said.starts_with("Too much") {
        let problem = json!({ "error": { "message": "The server is overloaded", "type": "server_error" } });
        return events + &format!("event: error\ndata: {problem}\n\n");
    }
    events + &chunk(json!({}), json!("stop")) + "data: [DONE]\n\n"
}
