//! Calls each operation once, with the arguments that it requires, on the server at `BASE_URL`: an example of each
//! call, and a smoke test against a mock server that compares requests with the document.
//!
//!     npx @stoplight/prism-cli mock --errors openapi.json
//!     BASE_URL=http://127.0.0.1:4010 cargo test --test calls -- --nocapture
//!
//! Nothing is called without `BASE_URL`. Needs `tokio` with the features `macros` and `rt`.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../src/api/mod.rs"]
#[allow(dead_code, unused_imports, missing_docs, unreachable_pub)]
mod api;

use api::{Keys, KeysClient};

/// The calls that were made, and what was wrong with some.
#[derive(Default)]
struct Calls {
    made: usize,
    wrong: Vec<String>,
}

impl Calls {
    /// Makes a call, and keeps what is wrong with it.
    async fn make<T>(&mut self, title: &str, call: impl Future<Output = Result<T, api::Error>>) {
        self.made += 1;
        let Err(failure) = call.await else { return };
        let error: &declarest::Error = &failure;
        let what = match error.status() {
            None => "no response",
            Some(status) if status.is_success() => "the response does not decode",
            Some(status) if status.is_server_error() => "the server failed",
            Some(_) => "refused",
        };
        let body = String::from_utf8_lossy(error.body());
        // Where Prism says what it misses, if its response is one of the document's.
        let violations = error.headers().get("sl-violations");
        let details = violations.and_then(|value| value.to_str().ok());
        let details = details.unwrap_or(&body);
        let wrong = format!("{title}: {what}: {error}\n    {details:.1000}");
        self.wrong.push(wrong);
    }
}

#[tokio::test]
async fn each_operation_is_accepted() {
    let Ok(base) = std::env::var("BASE_URL") else {
        println!("skipped: BASE_URL is not set");
        return;
    };
    let client = declarest::Client::builder(base).attempts(1);
    let credential = declarest::Auth::bearer("token").unwrap();
    let client = client.auth(credential);
    let client = client.build().unwrap();
    let api = KeysClient::new(client);
    let mut calls = Calls::default();
    call_health(&api.health(), &mut calls).await;
    call_api_keys(&api.api_keys(), &mut calls).await;
    println!("{} calls, {} of them wrong", calls.made, calls.wrong.len());
    assert!(calls.wrong.is_empty(), "{}", calls.wrong.join("\n"));
}

async fn call_health(api: &api::health::HealthClient, calls: &mut Calls) {
    use api::health::Health;

    calls.make("GET /health", api.get()).await;
}

async fn call_api_keys(api: &api::api_keys::ApiKeysClient, calls: &mut Calls) {
    use api::api_keys::{ApiKeys, ListApiKeysParams, NewKey};

    calls
        .make("GET /keys", api.list(&ListApiKeysParams::default()))
        .await;
    let body = NewKey {
        name: "text".to_owned(),
        kind: None,
        expires_in: None,
    };
    calls.make("POST /keys", api.create(&body, None)).await;
    calls.make("GET /keys/{key_id}", api.get("text")).await;
    calls
        .make("DELETE /keys/{key_id}", api.delete("text", "text", None))
        .await;
}
