//! What the network and the server do, and what the caller gets: each test names its row of `FAULTS.md`.
//!
//! Rows that have suites of their own: events (26) and pages (27, 45, 46) are next to their parsers and in `pages.rs`,
//! redirects (15, 28) in `redirects.rs`, credentials (16, 44) in `credentials.rs`, budgets (43) next to their code, leaks (30) in `leaks.rs`, memory (13) in
//! `memory.rs`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

mod answers;
mod cancellation;
mod connections;
mod environment;
mod foreign;
mod headers;
mod http2;
mod layers;
mod limits;
mod own_settings;
mod proxies;
mod reconnect;
mod retries;
mod runtimes;
mod shown;
mod streams;
mod table;
mod tls;
mod uploads;
mod waits;

use declarest::{Backoff, Body, BoxError, Call, Client, ClientBuilder, api};
use declarest_tests::{ManualClock, ScriptedServer, Step};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Key {
    id: String,
    expires_at: Option<u64>,
}

#[api]
trait Keys {
    #[get("/keys/{id}")]
    fn get(&self, id: &str) -> Call<Key>;
    #[get("/keys/{id}?find=1")]
    fn find(&self, id: &str) -> Call<Option<Key>>;
    #[head("/keys/{id}")]
    fn head(&self, id: &str) -> Call<()>;
    #[post("/keys")]
    fn create(&self, #[field] name: &str) -> Call<Key>;
    #[post("/keys?once=1", idempotency_key = "Idempotency-Key")]
    fn create_once(&self, #[field] name: &str, #[header("x-nonce")] nonce: u8) -> Call<Key>;
    #[post("/search", idempotent)]
    fn search(&self, #[field] name: &str) -> Call<Key>;
    #[patch("/keys/{id}")]
    fn rename(&self, id: &str, #[field] name: &str) -> Call<Key>;
    #[put("/keys/{id}")]
    fn replace(&self, id: &str, #[field] name: &str) -> Call<Key>;
    #[put("/keys/{id}/file")]
    fn upload(&self, id: &str, #[body] file: declarest::File) -> Call<()>;
    #[put("/keys/{id}/stream")]
    fn stream(&self, id: &str, #[body] body: Body) -> Call<()>;
    #[delete("/keys/{id}")]
    fn delete(&self, id: &str) -> Call<()>;
}

const KEY: &str = r#"{"id":"key_1","new_field":true}"#;

/// Whether this is `faults_lean`, which is made of the same files.
fn is_lean() -> bool {
    module_path!().starts_with("faults_lean")
}

/// A client without a credential, over reqwest or over the lean transport.
fn anonymous(base_url: String) -> ClientBuilder {
    let builder = Client::builder(base_url).backoff(Backoff::none());
    if is_lean() { builder.hyper() } else { builder }
}

fn builder(base_url: String) -> ClientBuilder {
    anonymous(base_url).bearer("sk-admin-CANARY")
}

fn keys(server: &ScriptedServer) -> KeysClient {
    KeysClient::new(builder(server.base_url()).build().unwrap())
}

async fn server(script: impl IntoIterator<Item = Step>) -> ScriptedServer {
    ScriptedServer::start(script).await.unwrap()
}

/// A client with a clock that stands still.
fn clocked(server: &ScriptedServer) -> (KeysClient, ManualClock) {
    let clock = ManualClock::default();
    (KeysClient::new(builder(server.base_url()).timer(clock.clone()).build().unwrap()), clock)
}

/// A client with a clock that stands still, and what tells that the head of an answer is there.
fn watched(server: &ScriptedServer) -> (KeysClient, ManualClock, std::sync::Arc<tokio::sync::Notify>) {
    let (clock, head) = (ManualClock::default(), std::sync::Arc::<tokio::sync::Notify>::default());
    let told = head.clone();
    let layer = tower::util::MapResponseLayer::new(move |response: http::Response<declarest::Body>| {
        told.notify_one();
        response
    });
    let client = builder(server.base_url()).timer(clock.clone()).layer(layer).build().unwrap();
    (KeysClient::new(client), clock, head)
}

/// Longer than every default.
const LONG: std::time::Duration = std::time::Duration::from_secs(600);

/// A client whose transport answers in the process: the number of the request from 0, and what is sent.
fn in_process<F>(
    builder: ClientBuilder,
    answer: impl Fn(usize, http::Request<Body>) -> F + Clone + Send + Sync + 'static,
) -> KeysClient
where
    F: Future<Output = Result<http::Response<Body>, BoxError>> + Send + 'static,
{
    let count = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let transport = tower::service_fn(move |request| {
        answer(count.fetch_add(1, std::sync::atomic::Ordering::SeqCst), request)
    });
    KeysClient::new(builder.transport(transport).build().unwrap())
}

fn answered(status: u16, body: impl Into<Body>) -> http::Response<Body> {
    let mut response = http::Response::new(body.into());
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
    response
}
