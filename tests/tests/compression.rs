//! Compressed answers, over a socket.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::time::Duration;

use async_compression::tokio::write::{BrotliEncoder, GzipEncoder, ZlibEncoder, ZstdEncoder};
use declarest::{
    Backoff, ByteStream, Call, Client, ClientBuilder, Effect, ErrorKind, Event, Events, IfModified,
    JsonLines, Raw, Reply, api,
};
use declarest_tests::{Recorder, ScriptedServer, Step};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

#[api]
trait Answers {
    #[get("/value")]
    fn value(&self) -> Call<Reply<Vec<u32>>>;
    #[get("/as-asked")]
    fn with_accept_encoding(&self, #[header("Accept-Encoding")] codings: &str) -> Call<Reply<Raw>>;
    #[get("/part")]
    fn part(&self, #[header("Range")] range: &str) -> Call<Reply<Raw>>;
    #[get("/modified")]
    fn modified(&self) -> Call<IfModified<Option<u32>>>;
    #[get("/events")]
    fn events(&self) -> Call<Events<Event>>;
    #[get("/lines")]
    fn lines(&self) -> Call<JsonLines<u32>>;
    #[get("/bytes")]
    fn bytes(&self) -> Call<ByteStream>;
    #[delete("/value")]
    fn delete(&self) -> Call<()>;
}

const JSON: &[u8] = b"[1,2,3]";

/// What an encoder makes of these bytes.
async fn encoded<W: AsyncWrite + Unpin>(
    plain: &[u8],
    mut encoder: W,
    bytes: impl FnOnce(W) -> Vec<u8>,
) -> Vec<u8> {
    encoder.write_all(plain).await.unwrap();
    encoder.shutdown().await.unwrap();
    bytes(encoder)
}

async fn gzip(plain: &[u8]) -> Vec<u8> {
    encoded(plain, GzipEncoder::new(Vec::new()), GzipEncoder::into_inner).await
}

/// A whole answer with this `Content-Encoding`.
fn answer(status: u16, coding: &str, body: &[u8]) -> Step {
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-encoding: {coding}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    Step::Send([head.as_bytes(), body].concat())
}

fn builder(server: &ScriptedServer) -> ClientBuilder {
    Client::builder(server.base_url()).backoff(Backoff::none()).stall_timeout(Duration::from_secs(5))
}

async fn answering(steps: impl IntoIterator<Item = Step>) -> (ScriptedServer, AnswersClient) {
    let server = ScriptedServer::start(steps).await.unwrap();
    let client = builder(&server).build().unwrap();
    (server, AnswersClient::new(client))
}

#[tokio::test]
async fn every_coding_is_asked_for_and_decoded() {
    let codings = [
        ("gzip", gzip(JSON).await),
        ("X-GZIP", gzip(JSON).await),
        ("deflate", encoded(JSON, ZlibEncoder::new(Vec::new()), ZlibEncoder::into_inner).await),
        ("br", encoded(JSON, BrotliEncoder::new(Vec::new()), BrotliEncoder::into_inner).await),
        ("zstd", encoded(JSON, ZstdEncoder::new(Vec::new()), ZstdEncoder::into_inner).await),
        ("gzip", [gzip(b"[1,2").await, gzip(b",3]").await].concat()),
    ];
    let both = codings.iter().flat_map(|(coding, body)| [(coding, body, false), (coding, body, true)]);
    for (coding, body, hyper) in both {
        let server = ScriptedServer::start([answer(200, coding, body)]).await.unwrap();
        let builder = if hyper { builder(&server).hyper() } else { builder(&server) };
        let client = AnswersClient::new(builder.build().unwrap());
        let reply = client.value().await.unwrap();
        assert_eq!(reply.value, [1, 2, 3], "{coding}");
        for gone in ["content-encoding", "content-length"] {
            assert_eq!(reply.headers.get(gone), None, "{coding}: it speaks of the compressed body");
        }
        let request = server.requests().pop().unwrap();
        assert!(request.contains("\r\naccept-encoding: zstd, br, gzip, deflate\r\n"), "{request}");
        client.delete().await.unwrap();
        assert_eq!((server.requests().len(), server.connections()), (2, 1), "the body was read to its end");
    }
}

#[tokio::test]
async fn the_length_of_the_compressed_body_is_not_taken_for_the_decoded_one() {
    let numbers = serde_json::to_vec(&vec![7; 10_000]).unwrap();
    let body = gzip(&numbers).await;
    assert!(body.len() < 1000 && numbers.len() > 10_000);
    let server = ScriptedServer::start([answer(200, "gzip", &body)]).await.unwrap();
    let client = |limit| AnswersClient::new(builder(&server).body_limit(limit).build().unwrap());
    assert_eq!(client(numbers.len()).value().await.unwrap().value.len(), 10_000);
    let error = client(numbers.len() - 1).value().await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::TooLarge, Effect::Responded));
    // A short text is longer compressed.
    let (_server, client) = answering([answer(200, "gzip", &gzip(b"[]").await)]).await;
    let bytes = client.bytes().await.unwrap();
    assert_eq!(bytes.len(), None);
}

#[tokio::test]
async fn who_names_codings_gets_the_body_as_it_was_sent() {
    let body = gzip(JSON).await;
    let (server, client) = answering([answer(200, "gzip", &body)]).await;
    for call in [client.with_accept_encoding("gzip"), client.part("bytes=0-9")] {
        let reply = call.await.unwrap();
        assert_eq!(
            (&reply.value[..], &reply.headers["content-encoding"]),
            (&body[..], &"gzip".parse().unwrap())
        );
    }
    let of_client = builder(&server).header("accept-encoding", "identity").build().unwrap();
    let raw = of_client.call::<Raw>(http::Method::GET, "/value").await.unwrap();
    assert_eq!(raw, body);
    let asked: Vec<_> = server.requests().iter().map(|request| asked_for(request)).collect();
    assert_eq!(asked, [vec!["gzip"], vec![], vec!["identity"]]);
}

fn asked_for(request: &str) -> Vec<&'static str> {
    let known = ["gzip", "identity", "zstd"];
    let line = request.lines().find(|line| line.starts_with("accept-encoding")).unwrap_or_default();
    known.into_iter().filter(|coding| line.contains(coding)).collect()
}

#[tokio::test]
async fn what_is_cut_off_or_corrupt_is_truncated_and_not_bad_json() {
    let whole = gzip(JSON).await;
    let cut = |at: usize| whole.get(..at).unwrap().to_vec();
    let mut checksum = whole.clone();
    *checksum.iter_mut().rev().nth(6).unwrap() ^= 1;
    let with_junk = [&whole[..], b"junk"].concat();
    let bodies = [cut(1), cut(9), cut(12), cut(whole.len() - 1), checksum, b"[1,2,3]".to_vec(), with_junk];
    for body in bodies {
        let (server, client) = answering([answer(200, "gzip", &body), answer(200, "gzip", &whole)]).await;
        let reply = client.value().await.unwrap();
        assert_eq!((reply.attempts, server.requests().len()), (2, 2), "a GET is repeated: {body:?}");
        let (_server, client) = answering([answer(200, "gzip", &body)]).await;
        let error = client.value().await.unwrap_err();
        assert_eq!((error.kind(), error.effect()), (ErrorKind::Truncated, Effect::Responded), "{body:?}");
        let mut bytes = client.bytes().await.unwrap();
        let end = loop {
            match bytes.try_next().await {
                Ok(Some(_)) => {}
                end => break end,
            }
        };
        assert_eq!(end.unwrap_err().kind(), ErrorKind::Truncated, "{body:?}");
    }
}

#[tokio::test]
async fn an_answer_without_a_body_is_empty_whatever_its_coding() {
    let (_server, client) = answering([answer(200, "gzip", b"")]).await;
    assert_eq!(client.value().await.unwrap_err().kind(), ErrorKind::EmptyBody);
    let not_modified = Step::Send(b"HTTP/1.1 304 X\r\ncontent-encoding: gzip\r\n\r\n".to_vec());
    let (_server, client) = answering([not_modified]).await;
    assert_eq!(client.modified().await.unwrap(), IfModified::NotModified);
    let (_server, client) = answering([answer(200, "br", b"")]).await;
    assert!(matches!(client.modified().await.unwrap(), IfModified::Modified { value: None, .. }));
}

/// Row 50.
#[tokio::test]
async fn an_errors_body_is_decoded_within_its_own_limit() {
    let problem = gzip(br#"{"code":"no_such_key"}"#).await;
    let large = gzip(&vec![b' '; (64 << 10) + 1]).await;
    let (_server, client) = answering([answer(404, "gzip", &problem), answer(404, "gzip", &large)]).await;
    let error = client.value().await.unwrap_err();
    assert_eq!(error.body(), br#"{"code":"no_such_key"}"#);
    let error = client.value().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.body().len(), 64 << 10, "the start of what is decoded");
}

/// Row 51.
#[tokio::test]
async fn a_coding_that_nobody_asked_for_is_an_error_that_names_it() {
    for coding in ["compress", "gzip, gzip"] {
        let (_server, client) = answering([answer(200, coding, JSON)]).await;
        let error = client.value().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains(&format!("the content coding `{coding}`")), "{error}");
    }
    let (_server, client) = answering([answer(200, "identity", JSON)]).await;
    assert_eq!(client.value().await.unwrap().headers["content-encoding"], "identity");
}

#[tokio::test]
async fn every_transport_gets_the_same() {
    let recorder = Recorder::answering("[1,2,3]");
    let client = Client::builder("https://api.example/v1").transport(recorder.clone()).build().unwrap();
    let client = AnswersClient::new(client);
    assert_eq!(client.value().await.unwrap().value, [1, 2, 3]);
    let seen = recorder.seen().pop().unwrap();
    assert_eq!(seen.header("accept-encoding"), ["zstd, br, gzip, deflate"]);
}

/// A server that hands on what it is given when it is told to.
async fn slow_server() -> (AnswersClient, tokio::task::JoinHandle<tokio::net::TcpStream>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let accepted = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_head(&mut stream).await;
        let head = "HTTP/1.1 200 X\r\ncontent-type: text/event-stream\r\n\
                    content-encoding: gzip\r\nconnection: close\r\n\r\n";
        stream.write_all(head.as_bytes()).await.unwrap();
        stream
    });
    let client = Client::builder(base_url).stall_timeout(Duration::from_secs(5)).build().unwrap();
    (AnswersClient::new(client), accepted)
}

async fn read_head(stream: &mut (impl AsyncRead + Unpin)) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
}

/// Each piece is sent once the piece before has come out at the other end. The encoder flushes behind each, as a
/// server that streams does.
#[tokio::test]
async fn a_stream_is_decoded_as_it_comes() {
    let (client, accepted) = slow_server().await;
    let mut events = client.events().await.unwrap();
    let mut gzip = GzipEncoder::new(accepted.await.unwrap());
    for number in 0..3 {
        gzip.write_all(format!("data: {number}\n\n").as_bytes()).await.unwrap();
        gzip.flush().await.unwrap();
        assert_eq!(events.try_next().await.unwrap().unwrap().data, number.to_string());
    }
    gzip.shutdown().await.unwrap();
    assert_eq!(events.try_next().await.unwrap(), None);

    let (client, accepted) = slow_server().await;
    let mut lines = client.lines().await.unwrap();
    let mut gzip = GzipEncoder::new(accepted.await.unwrap());
    gzip.write_all(b"1\n2\n").await.unwrap();
    gzip.flush().await.unwrap();
    assert_eq!((lines.try_next().await.unwrap(), lines.try_next().await.unwrap()), (Some(1), Some(2)));
    gzip.write_all(b"3").await.unwrap();
    gzip.shutdown().await.unwrap();
    assert_eq!((lines.try_next().await.unwrap(), lines.try_next().await.unwrap()), (Some(3), None));

    let (client, accepted) = slow_server().await;
    let mut bytes = client.bytes().await.unwrap();
    let mut gzip = GzipEncoder::new(accepted.await.unwrap());
    gzip.write_all(b"half").await.unwrap();
    gzip.flush().await.unwrap();
    assert_eq!(bytes.try_next().await.unwrap().unwrap(), "half");
    drop(gzip);
    assert_eq!(bytes.try_next().await.unwrap_err().kind(), ErrorKind::Truncated);
}
