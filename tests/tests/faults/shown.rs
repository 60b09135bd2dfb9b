//! What is shown of a call to a person. What must be shown nowhere is in `leaks.rs`.

use declarest::{Client, Secret};
use declarest_tests::{Recorder, Step};

use super::{Keys as _, KeysClient, builder, keys, server};

/// Row 30.
#[tokio::test]
async fn no_secret_is_shown() {
    let server = server([Step::json(401, r#"{"error":{"message":"bad key sk-admin-CANARY"}}"#)]).await;
    let keys = keys(&server);
    let call = keys.get("key_CANARY").header("x-key", Secret::from("CANARY")).idempotency_key("CANARY");
    let shown = format!("{call:?} {keys:?}");
    let error = call.await.unwrap_err();
    let all = format!("{shown} {error} {error:?} {:?}", std::error::Error::source(&error));
    assert!(!all.contains("CANARY"), "{all}");
    assert!(String::from_utf8_lossy(error.body()).contains("CANARY"), "the body is there for who asks");
    assert!(server.requests()[0].contains("authorization: Bearer sk-admin-CANARY"));
}

/// Row 30.
#[tokio::test]
async fn a_curl_command_shows_what_is_sent_and_masks_what_is_secret() {
    let recorder = Recorder::default();
    let client =
        Client::builder("https://api.example.com/v1").bearer("sk-CANARY").transport(recorder.clone()).build();
    let keys = KeysClient::new(client.unwrap());
    let call = keys.create("it's").header("x-key", Secret::from("CANARY"));
    let curl = call.to_curl();
    assert!(curl.starts_with("curl -X POST 'https://api.example.com/v1/keys'"), "{curl}");
    assert!(
        curl.contains(r#"--data-raw '{"name":"it'\''s"}'"#) && curl.contains("authorization: Bearer ***"),
        "{curl}"
    );
    assert!(!curl.contains("CANARY") && recorder.seen().is_empty());
}

/// Row 56. What curl sends is what the call sends, but for masked values.
#[tokio::test]
async fn a_curl_command_is_the_call_and_masks_credentials_whatever_their_source() {
    let recorder = Recorder::default();
    let client = Client::builder("https://api.example.com/v1")
        .api_key("x-api-key", "CANARY")
        .header("cookie", "CANARY")
        .transport(recorder.clone())
        .build()
        .unwrap();
    let call = client
        .call::<()>(http::Method::POST, "/x")
        .body("@/etc/hostname")
        .call()
        .header("authorization", "Bearer CANARY")
        .header("proxy-authorization", "CANARY")
        .idempotency_key("CANARY");
    let curl = call.to_curl();
    assert!(curl.contains("--data-raw '@/etc/hostname'"), "{curl}");
    for masked in [
        "x-api-key: ***",
        "cookie: ***",
        "authorization: Bearer ***",
        "proxy-authorization: ***",
        "idempotency-key: ***",
    ] {
        assert_eq!(curl.matches(&format!("-H '{masked}'")).count(), 1, "{masked}: {curl}");
    }
    assert!(!curl.contains("CANARY"), "{curl}");
    call.await.unwrap();
    let sent = &recorder.seen()[0];
    let mut names: Vec<_> = sent.headers.keys().map(http::HeaderName::as_str).collect();
    let mut shown: Vec<_> = curl
        .lines()
        .filter_map(|line| line.trim().strip_prefix("-H '")?.split_once(':'))
        .map(|(name, _)| name)
        .collect();
    // curl names itself.
    shown.push("user-agent");
    names.sort_unstable();
    shown.sort_unstable();
    assert_eq!(names, shown);
    let key = client.call::<()>(http::Method::GET, "/x").header("X-Api-Key", "CANARY").call();
    assert!(!key.to_curl().contains("CANARY"), "{}", key.to_curl());
}

/// Shows what a declared type gets of an answer.
struct Shown;

impl declarest::Decode for Shown {
    type Output = String;

    fn decode(answer: declarest::Response) -> Result<String, declarest::Error> {
        Ok(format!("{answer:?} {:?}", answer.head()))
    }
}

#[declarest::api]
trait Seen {
    #[get("/seen")]
    fn seen(&self, #[query] value: &str) -> declarest::Call<Shown>;
}

/// Row 30.
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
