//! What the declared type makes of an answer, over a socket.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use declarest::{
    ByteStream, Call, Client, Effect, ErrorKind, Event, Events, Exists, IfModified, JsonLines, Raw, Reply,
    Text, api,
};
use declarest_tests::{ManualClock, ScriptedServer, Step};
use serde::Deserialize;

#[derive(Debug, PartialEq, Deserialize)]
struct Delta {
    text: String,
}

#[api]
trait Answers {
    #[post("/chat", field("stream" = true), events(end = "[DONE]", error_event = "error"))]
    fn chat(&self, #[field] model: &str) -> Call<Events<Delta>>;
    #[get("/events")]
    fn events(&self) -> Call<Events<Event>>;
    #[get("/lines")]
    fn lines(&self) -> Call<JsonLines<Delta>>;
    #[get("/bytes")]
    fn bytes(&self) -> Call<ByteStream>;
    #[get("/text")]
    fn text(&self) -> Call<Text>;
    #[get("/raw")]
    fn raw(&self) -> Call<Raw>;
    #[get("/reply")]
    fn reply(&self) -> Call<Reply<String>>;
    #[head("/thing")]
    fn exists(&self) -> Call<Exists>;
    #[get("/thing")]
    fn modified(&self, #[header("If-None-Match")] etag: Option<&str>) -> Call<IfModified<Delta>>;
}

async fn answering(step: Step) -> (ScriptedServer, AnswersClient) {
    let server = ScriptedServer::start([step]).await.unwrap();
    let client = Client::builder(server.base_url()).build().unwrap();
    (server, AnswersClient::new(client))
}

fn stream(body: &str) -> Step {
    Step::with_headers(200, &["content-type: text/event-stream"], body)
}

fn delta(text: &str) -> Delta {
    Delta { text: text.to_owned() }
}

/// Row 26.
#[tokio::test]
async fn events_end_with_the_declared_data() {
    let body = ": hi\r\ndata: {\"text\":\r\ndata: \"a\"}\r\n\r\ndata: {\"text\":\"ß\"}\n\ndata: [DONE]\n\ndata: never\n\n";
    let (server, client) = answering(stream(body)).await;
    let mut events = client.chat("m").await.unwrap();
    assert_eq!(events.try_next().await.unwrap(), Some(delta("a")));
    assert_eq!(events.try_next().await.unwrap(), Some(delta("ß")));
    assert_eq!(events.try_next().await.unwrap(), None);
    let request = server.requests().pop().unwrap();
    assert!(request.contains("accept: text/event-stream"));
    assert!(request.ends_with(r#"{"model":"m","stream":true}"#));
}

/// Row 26.
#[tokio::test]
async fn a_stream_without_its_end_was_cut_off() {
    let (_server, client) = answering(stream("data: {\"text\":\"a\"}\n\n")).await;
    let mut events = client.chat("m").await.unwrap();
    assert!(events.try_next().await.unwrap().is_some());
    assert_eq!(events.try_next().await.unwrap_err().kind(), ErrorKind::Truncated);
    assert!(events.try_next().await.unwrap().is_none());
}

/// Row 26.
#[tokio::test]
async fn an_error_event_is_an_error_with_its_data() {
    let (_server, client) =
        answering(stream("event: error\ndata: {\"text\":\"CANARY\"}\n\ndata: [DONE]\n\n")).await;
    let mut events = client.chat("m").await.unwrap();
    let error = events.try_next().await.unwrap_err();
    assert_eq!(error.body_as::<Delta>(), Some(delta("CANARY")));
    assert!(!format!("{error} {error:?}").contains("CANARY"));
}

#[tokio::test]
async fn a_refused_stream_is_an_error_of_the_call() {
    let (_server, client) = answering(Step::json(401, "{}")).await;
    assert_eq!(client.chat("m").await.unwrap_err().status().unwrap().as_u16(), 401);
}

/// Row 26.
#[tokio::test]
async fn events_as_they_are() {
    let (_server, client) = answering(stream("id: 1\nevent: x\ndata: a\ndata: b\n\n")).await;
    let event = client.events().await.unwrap().try_next().await.unwrap().unwrap();
    assert_eq!((event.event.as_str(), event.data.as_str(), event.id.as_deref()), ("x", "a\nb", Some("1")));
}

#[tokio::test]
async fn lines_of_json() {
    let (_server, client) = answering(stream("{\"text\":\"a\"}\r\n\n{\"text\":\"b\"}")).await;
    let mut lines = client.lines().await.unwrap();
    assert_eq!(lines.try_next().await.unwrap(), Some(delta("a")));
    assert_eq!(lines.try_next().await.unwrap(), Some(delta("b")));
    assert_eq!(lines.try_next().await.unwrap(), None);
}

/// Three of nine bytes.
const CUT_SHORT: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc";

/// Row 14.
#[tokio::test]
async fn a_stream_that_does_not_move_stalls() {
    let step = Step::Send(CUT_SHORT.to_vec());
    let (server, clock) = (ScriptedServer::start([step]).await.unwrap(), ManualClock::default());
    let client = Client::builder(server.base_url()).timer(clock.clone()).build().unwrap();
    let mut bytes = AnswersClient::new(client).bytes().await.unwrap();
    assert_eq!(&bytes.try_next().await.unwrap().unwrap()[..], b"abc");
    let at_once = std::future::ready(());
    let error = clock.advance_when(at_once, Duration::from_secs(600), bytes.try_next()).await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Stalled, Effect::Responded));
}

/// Row 7.
#[tokio::test]
async fn a_stream_that_ends_early_was_cut_off() {
    let (_server, client) = answering(Step::SendAndClose(CUT_SHORT.to_vec())).await;
    let mut bytes = client.bytes().await.unwrap();
    assert_eq!(&bytes.try_next().await.unwrap().unwrap()[..], b"abc");
    let error = bytes.try_next().await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Truncated, Effect::Responded));
}

#[tokio::test]
async fn what_is_no_json() {
    let (_server, client) = answering(Step::with_headers(200, &["x-request-id: req_1"], "\"a\"")).await;
    assert_eq!(client.text().await.unwrap(), "\"a\"");
    assert_eq!(&client.raw().await.unwrap()[..], b"\"a\"");
    let reply = client.reply().await.unwrap();
    assert_eq!((reply.value.as_str(), reply.request_id(), reply.attempts), ("a", Some("req_1"), 1));
}

#[tokio::test]
async fn statuses_as_values() {
    for (status, exists) in [(200, true), (404, false)] {
        let head = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n").into_bytes();
        let (_server, client) = answering(Step::Send(head)).await;
        assert_eq!(client.exists().await.unwrap(), exists);
    }
    let (server, client) = answering(Step::Send(b"HTTP/1.1 304 X\r\n\r\n".to_vec())).await;
    assert_eq!(client.modified(Some("\"v1\"")).await.unwrap(), IfModified::NotModified);
    assert!(server.requests().pop().unwrap().contains("if-none-match: \"v1\""));
    let (_server, client) = answering(Step::with_headers(200, &["etag: \"v2\""], r#"{"text":"a"}"#)).await;
    let expected = IfModified::Modified { value: delta("a"), etag: Some("\"v2\"".to_owned()) };
    assert_eq!(client.modified(None).await.unwrap(), expected);
}

/// Row 13. An answer that has no body may name the length of the one it stands for (RFC 9110, 8.6).
#[tokio::test]
async fn the_length_of_what_is_not_sent_is_not_too_large() {
    let head = b"HTTP/1.1 304 Not Modified\r\ncontent-length: 99999999999\r\n\r\n".to_vec();
    let (_server, client) = answering(Step::Send(head)).await;
    assert_eq!(client.modified(Some("x")).await.unwrap(), IfModified::NotModified);
}

/// The plain shape: a fake is an `async fn` too.
#[api]
trait Plain {
    #[get("/plain")]
    async fn plain(&self) -> Result<Delta, declarest::Error>;
}

#[tokio::test]
async fn an_async_fn_is_the_plain_shape() {
    struct Fake;
    impl Plain for Fake {
        async fn plain(&self) -> Result<Delta, declarest::Error> {
            Ok(delta("fake"))
        }
    }
    let server = ScriptedServer::start([Step::json(200, r#"{"text":"a"}"#)]).await.unwrap();
    let client = PlainClient::new(Client::builder(server.base_url()).build().unwrap());
    assert_eq!(tokio::spawn(async move { client.plain().await }).await.unwrap().unwrap(), delta("a"));
    assert_eq!(Fake.plain().await.unwrap(), delta("fake"));
}
