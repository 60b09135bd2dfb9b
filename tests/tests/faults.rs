//! What the network and the server do, and what the caller gets.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::time::Duration;

use declarest::{Backoff, Budget, Call, Client, ClientBuilder, Effect, ErrorKind, api};
use declarest_tests::{Recorder, ScriptedServer, Step};
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
    #[post("/keys")]
    fn create(&self, #[field] name: &str) -> Call<Key>;
    #[post("/keys?once=1", idempotency_key = "Idempotency-Key")]
    fn create_once(&self, #[field] name: &str, #[header("x-nonce")] nonce: u8) -> Call<Key>;
    #[delete("/keys/{id}")]
    fn delete(&self, id: &str) -> Call<()>;
}

const KEY: &str = r#"{"id":"key_1","new_field":true}"#;

fn builder(base_url: String) -> ClientBuilder {
    Client::builder(base_url).bearer("sk-admin-CANARY").backoff(Backoff::none())
}

fn keys(server: &ScriptedServer) -> KeysClient {
    KeysClient::new(builder(server.base_url()).build().unwrap())
}

async fn server(script: impl IntoIterator<Item = Step>) -> ScriptedServer {
    ScriptedServer::start(script).await.unwrap()
}

#[tokio::test]
async fn a_refused_connection_is_not_sent_and_repeated_for_every_method() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let keys = KeysClient::new(builder(format!("http://127.0.0.1:{port}/v1")).build().unwrap());
    let error = keys.create("x").await.unwrap_err();
    assert_eq!((error.kind(), error.effect(), error.attempts()), (ErrorKind::Connect, Effect::NotSent, 3));
}

#[tokio::test]
async fn a_create_that_may_have_taken_effect_is_sent_once() {
    for (step, effect) in [
        (Step::json(500, "{}"), Effect::Answered),
        (Step::json(503, "{}"), Effect::Answered),
        (Step::Reset, Effect::MaybeSent),
        (Step::SendAndClose(Vec::new()), Effect::MaybeSent),
        (Step::SendAndClose(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_vec()), Effect::Answered),
    ] {
        let server = server([step.clone()]).await;
        let error = keys(&server).create("x").await.unwrap_err();
        assert_eq!((server.requests().len(), error.effect(), error.attempts()), (1, effect, 1), "{step:?}");
    }
    let server = server([Step::Silence]).await;
    let error = keys(&server).create("x").attempt_timeout(Duration::from_millis(50)).await.unwrap_err();
    assert_eq!(
        (server.requests().len(), error.kind(), error.effect()),
        (1, ErrorKind::Timeout, Effect::MaybeSent)
    );
}

#[tokio::test]
async fn an_idempotent_call_is_repeated() {
    for step in [
        Step::json(408, ""),
        Step::json(429, ""),
        Step::json(500, ""),
        Step::json(502, ""),
        Step::json(503, ""),
        Step::json(504, ""),
        Step::Reset,
        Step::SendAndClose(Vec::new()),
        Step::SendAndClose(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_vec()),
        Step::SendAndClose(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{".to_vec()),
    ] {
        let server = server([step.clone(), Step::json(200, KEY)]).await;
        let reply = keys(&server).get("key_1").with_reply().await.unwrap();
        assert_eq!((reply.attempts, server.requests().len()), (2, 2), "{step:?}");
    }
}

#[tokio::test]
async fn what_is_final_is_not_repeated() {
    for status in [400, 401, 403, 404, 409, 422, 501] {
        let server = server([Step::json(status, "{}")]).await;
        let error = keys(&server).get("key_1").await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), server.requests().len()), (status, 1));
    }
}

#[tokio::test]
async fn a_turned_away_create_is_repeated() {
    let server = server([Step::json(429, "{}"), Step::json(200, KEY)]).await;
    assert!(keys(&server).create("x").await.is_ok());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn the_server_may_forbid_a_repetition() {
    let server = server([Step::with_headers(503, &["x-should-retry: false"], "")]).await;
    assert!(keys(&server).get("key_1").await.is_err());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_idempotency_key_is_the_same_on_every_attempt_and_another_for_the_next_call() {
    let server = server([Step::json(500, ""), Step::json(200, KEY)]).await;
    let keys = keys(&server);
    keys.create_once("x", 1).await.unwrap();
    keys.create_once("x", 2).await.unwrap();
    let sent: Vec<String> = server
        .requests()
        .iter()
        .map(|request| {
            request.lines().find_map(|line| line.strip_prefix("idempotency-key: ")).unwrap().to_owned()
        })
        .collect();
    assert_eq!((sent.len(), sent[0] == sent[1], sent[1] == sent[2]), (3, true, false));
}

#[tokio::test]
async fn an_idle_connection_that_was_closed_goes_out_once_on_a_new_one() {
    let server = server([
        Step::SendAndClose(
            format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{KEY}", KEY.len()).into_bytes(),
        ),
        Step::json(200, KEY),
    ])
    .await;
    let keys = keys(&server);
    keys.create("x").await.unwrap();
    keys.create("x").await.unwrap();
    assert_eq!((server.requests().len(), server.connections()), (2, 2));
}

#[tokio::test]
async fn a_connection_is_used_again_also_when_nobody_reads_the_body() {
    let server = server([Step::json(200, KEY)]).await;
    let keys = keys(&server);
    for _ in 0..3 {
        keys.delete("key_1").await.unwrap();
    }
    assert_eq!((server.requests().len(), server.connections()), (3, 1));
}

#[tokio::test]
async fn empty_bodies() {
    for step in [Step::json(200, ""), Step::Send(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec())] {
        let server = server([step]).await;
        let keys = keys(&server);
        assert_eq!(keys.get("key_1").await.unwrap_err().kind(), ErrorKind::EmptyBody);
        assert!(keys.find("key_1").await.unwrap().is_none());
        keys.delete("key_1").await.unwrap();
    }
    let server = server([Step::json(200, r#"{"deleted":true}"#)]).await;
    keys(&server).delete("key_1").await.unwrap();
}

#[tokio::test]
async fn what_is_no_json_is_described_and_not_shown() {
    let html = Step::with_headers(200, &["content-type: text/html; charset=utf-8"], "<html>CANARY</html>");
    for (step, told) in [
        (html, "text/html, 19 bytes"),
        (Step::json(200, r#"{"id":"CANARY"} junk"#), "line 1"),
        (Step::json(200, r#"{"id":["CANARY"]}"#), "`id`: expected a string, found sequence at line 1"),
        (
            Step::json(200, r#"{"id":"CANARY","expires_at":"CANARY"}"#),
            "`expires_at`: expected u64, found string",
        ),
        (Step::json(200, r#"{"identifier":"CANARY"}"#), "the field `id` is missing"),
    ] {
        let server = server([step]).await;
        let error = keys(&server).get("CANARY").await.unwrap_err();
        let texts = format!("{error} {error:?} {:?}", std::error::Error::source(&error));
        assert!(error.kind() == ErrorKind::Decode && texts.contains(told), "{texts}");
        assert!(!texts.contains("CANARY"), "{texts}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_stops_at_the_limit() {
    let announced = b"HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n{".to_vec();
    let mut endless = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    for _ in 0..40 {
        endless.extend_from_slice(b"400\r\n");
        endless.resize(endless.len() + 1024, b' ');
        endless.extend_from_slice(b"\r\n");
    }
    for bytes in [announced, endless] {
        let server = server([Step::Send(bytes)]).await;
        let client = builder(server.base_url()).body_limit(16 << 10).build().unwrap();
        let error = KeysClient::new(client).get("key_1").await.unwrap_err();
        assert_eq!(
            (error.kind(), error.effect(), error.attempts()),
            (ErrorKind::TooLarge, Effect::Answered, 1)
        );
    }
}

#[tokio::test]
async fn a_redirect_is_an_error_and_reaches_nobody() {
    let other = server([Step::json(200, KEY)]).await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!("location: {}/keys/stolen", other.base_url());
        let server = server([Step::with_headers(status, &[&location], "")]).await;
        let error = keys(&server).get("key_1").await.unwrap_err();
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Redirect, status));
        assert_eq!((server.requests().len(), other.connections()), (1, 0));
    }
}

#[tokio::test]
async fn nonsense_is_an_error() {
    for bytes in [
        b"garbage\r\n\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx".to_vec(),
        [b"HTTP/1.1 200 OK\r\nx: ".to_vec(), vec![b'a'; 600 << 10]].concat(),
        b"HTTP/1.1 100 Continue\r\n\r\n".repeat(5000),
    ] {
        let server = server([Step::SendAndClose(bytes)]).await;
        let error = keys(&server).create("x").await.unwrap_err();
        assert_eq!((error.effect(), server.requests().len()), (Effect::MaybeSent, 1));
    }
}

#[tokio::test]
async fn the_deadline_ends_a_silent_server() {
    let server = server([Step::Silence]).await;
    let error = keys(&server).get("key_1").deadline(Duration::from_millis(50)).await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Deadline, Effect::MaybeSent));
}

#[tokio::test]
async fn an_outage_costs_no_more_than_the_budget() {
    let server = server([Step::json(503, "")]).await;
    let client = builder(server.base_url()).budget(Budget::new().with_capacity(140)).build().unwrap();
    let keys = KeysClient::new(client);
    for _ in 0..100 {
        assert!(keys.get("key_1").await.is_err());
    }
    assert_eq!(server.requests().len(), 110, "140 tokens are ten retries");
}

/// With the clock paused, waiting takes no time and is measured exactly.
mod waits {
    use super::*;
    use tokio::time::Instant;

    /// Answers with these statuses and headers, one after the other; the last one stays.
    fn client(answers: &'static [(u16, &'static str)]) -> KeysClient {
        let count = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let service = tower::service_fn(move |_: http::Request<declarest::Body>| {
            let at = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed).min(answers.len() - 1);
            let (status, retry_after) = answers[at];
            let mut response = http::Response::new(declarest::Body::from(KEY));
            *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
            if !retry_after.is_empty() {
                response.headers_mut().insert("retry-after", retry_after.parse().unwrap());
            }
            async move { Ok::<_, std::convert::Infallible>(response) }
        });
        KeysClient::new(Client::builder("http://localhost").transport(service).build().unwrap())
    }

    #[tokio::test(start_paused = true)]
    async fn retry_after_is_obeyed_and_never_undercut() {
        let start = Instant::now();
        client(&[(503, "7"), (200, "")]).get("key_1").await.unwrap();
        assert!((7..9).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_that_is_too_long_is_not_waited_for() {
        for (asked, deadline) in [("121", 600), ("61", 60)] {
            let start = Instant::now();
            let answers: &'static [_] = Box::leak(Box::new([(503, asked), (200, "")]));
            let call = client(answers).get("key_1").deadline(Duration::from_secs(deadline));
            let error = call.await.unwrap_err();
            assert_eq!(error.retry_after(), Some(Duration::from_secs(asked.parse().unwrap())));
            assert_eq!((error.status().unwrap().as_u16(), start.elapsed()), (503, Duration::ZERO));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn backoff_stays_below_its_ceiling() {
        let start = Instant::now();
        let error = client(&[(503, "")]).get("key_1").await.unwrap_err();
        assert_eq!(error.attempts(), 3);
        assert!(start.elapsed() <= Duration::from_millis(1500));
    }
}

#[tokio::test]
async fn no_secret_is_shown() {
    let server = server([Step::json(401, r#"{"error":{"message":"bad key sk-admin-CANARY"}}"#)]).await;
    let keys = keys(&server);
    let call =
        keys.get("key_CANARY").header("x-key", declarest::Secret::from("CANARY")).idempotency_key("CANARY");
    let shown = format!("{call:?} {keys:?}");
    let error = call.await.unwrap_err();
    let all = format!("{shown} {error} {error:?} {:?}", std::error::Error::source(&error));
    assert!(!all.contains("CANARY"), "{all}");
    assert!(String::from_utf8_lossy(error.body()).contains("CANARY"), "the body is there for who asks");
    assert!(server.requests()[0].contains("authorization: Bearer sk-admin-CANARY"));
}

#[tokio::test]
async fn a_curl_command_shows_what_is_sent_and_masks_what_is_secret() {
    let recorder = Recorder::default();
    let client =
        Client::builder("https://api.example.com/v1").bearer("sk-CANARY").transport(recorder.clone()).build();
    let keys = KeysClient::new(client.unwrap());
    let call = keys.create("it's").header("x-key", declarest::Secret::from("CANARY"));
    let curl = call.to_curl();
    assert!(curl.starts_with("curl -X POST 'https://api.example.com/v1/keys'"), "{curl}");
    assert!(
        curl.contains(r#"--data '{"name":"it'\''s"}'"#) && curl.contains("authorization: Bearer ***"),
        "{curl}"
    );
    assert!(!curl.contains("CANARY") && recorder.seen().is_empty());
}

#[tokio::test]
async fn a_layer_sees_the_endpoint_and_no_credential() {
    use std::sync::{Arc, Mutex};
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = seen.clone();
    let layer = tower::util::MapRequestLayer::new(move |request: http::Request<declarest::Body>| {
        let endpoint =
            request.extensions().get::<&'static declarest::Endpoint>().map(|endpoint| endpoint.template);
        log.lock().unwrap().push((endpoint, request.headers().contains_key("authorization")));
        request
    });
    let server = server([Step::json(200, KEY)]).await;
    let client = builder(server.base_url()).layer(layer).build().unwrap();
    KeysClient::new(client).get("key_1").await.unwrap();
    assert_eq!(*seen.lock().unwrap(), [(Some("/keys/{id}"), false)]);
    assert!(server.requests()[0].contains("authorization: Bearer"));
}

#[tokio::test]
async fn a_layer_that_goes_elsewhere_takes_no_credential_along() {
    let other = server([Step::json(200, KEY)]).await;
    let here = server([Step::json(200, KEY)]).await;
    let target: http::Uri = format!("{}/keys/key_1", other.base_url()).parse().unwrap();
    let layer = tower::util::MapRequestLayer::new(move |mut request: http::Request<declarest::Body>| {
        *request.uri_mut() = target.clone();
        request
    });
    let client = builder(here.base_url()).layer(layer).build().unwrap();
    KeysClient::new(client).get("key_1").await.unwrap();
    assert!(!other.requests()[0].contains("CANARY"));
    assert!(here.requests().is_empty());
}

#[tokio::test]
async fn a_layers_timeout_does_not_hide_that_the_request_may_have_arrived() {
    let server = server([Step::Silence]).await;
    let layer = tower::timeout::TimeoutLayer::new(Duration::from_millis(50));
    let client = builder(server.base_url()).layer(layer).build().unwrap();
    let error = KeysClient::new(client).create("x").await.unwrap_err();
    assert_eq!((error.effect(), server.requests().len()), (Effect::MaybeSent, 1));
}

#[tokio::test]
async fn a_layer_around_the_call_sees_it_once_whatever_the_attempts() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    let count = Arc::new(AtomicU32::new(0));
    let counted = count.clone();
    let layer = tower::util::MapRequestLayer::new(move |mut request: http::Request<declarest::Body>| {
        counted.fetch_add(1, Ordering::Relaxed);
        assert!(!request.headers().contains_key("authorization"));
        request.headers_mut().insert("x-layer", http::HeaderValue::from_static("1"));
        request
    });
    let server = server([Step::json(503, ""), Step::json(200, KEY)]).await;
    let client = builder(server.base_url()).call_layer(layer).build().unwrap();
    let reply = KeysClient::new(client).get("key_1").with_reply().await.unwrap();
    assert_eq!((reply.attempts, count.load(Ordering::Relaxed)), (2, 1));
    for request in server.requests() {
        assert!(request.contains("x-layer: 1") && request.contains("authorization: Bearer"), "{request}");
    }
}

#[tokio::test]
async fn a_timeout_around_the_call_does_not_hide_that_the_request_may_have_arrived() {
    let server = server([Step::Silence]).await;
    let layer = tower::timeout::TimeoutLayer::new(Duration::from_millis(50));
    let client = builder(server.base_url()).call_layer(layer).build().unwrap();
    let error = KeysClient::new(client).create("x").await.unwrap_err();
    assert_eq!(
        (error.kind(), error.effect(), server.requests().len()),
        (ErrorKind::Layer, Effect::MaybeSent, 1)
    );
    assert_eq!(error.template().as_deref(), Some("/keys"));
}

/// Shows what a declared type gets of an answer.
struct Shown;

impl declarest::Decode for Shown {
    type Output = String;

    fn decode(answer: declarest::Answer) -> Result<String, declarest::Error> {
        Ok(format!("{answer:?} {:?}", answer.head()))
    }
}

#[api]
trait Seen {
    #[get("/seen")]
    fn seen(&self, #[query] value: &str) -> Call<Shown>;
}

#[tokio::test]
async fn neither_an_answer_nor_a_reply_shows_body_or_headers() {
    let headers = ["set-cookie: CANARY", "x-request-id: req_1"];
    let server = server([Step::with_headers(200, &headers, r#"{"secret":"CANARY"}"#)]).await;
    let client = SeenClient::new(builder(server.base_url()).build().unwrap());
    let reply = client.seen("CANARY").with_reply().await.unwrap();
    assert_eq!(reply.headers["set-cookie"], "CANARY");
    let shown = format!("{reply:?}");
    assert!(shown.contains("bytes: 19") && !shown.contains("CANARY"), "{shown}");
}

#[tokio::test]
async fn a_derived_client_keeps_the_rules_of_the_budget_and_has_one_of_its_own() {
    let server = server([Step::json(503, "")]).await;
    let client = builder(server.base_url()).budget(Budget::new().with_capacity(14)).build().unwrap();
    let other = client.with_bearer("another tenant").unwrap();
    for client in [client, other] {
        let keys = KeysClient::new(client);
        for _ in 0..5 {
            assert!(keys.get("key_1").await.is_err());
        }
    }
    assert_eq!(server.requests().len(), 12, "five calls and one retry for each credential");
}
