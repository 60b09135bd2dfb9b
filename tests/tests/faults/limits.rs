//! Answers without end, in bytes and in time.

use std::time::Duration;

use declarest::{ByteStream, Call, Effect, ErrorKind, Events, JsonLines, api};
use declarest_tests::{ManualClock, ScriptedServer, Step};
use serde_json::Value;

use super::{KEY, Keys as _, KeysClient, LONG, builder, keys, server, watched};

/// A chunked answer of white space that never ends.
fn endless(status: u16) -> Step {
    let head = format!("HTTP/1.1 {status} X\r\ntransfer-encoding: chunked\r\n\r\n");
    let chunk = [b"400\r\n".to_vec(), vec![b' '; 1024], b"\r\n".to_vec()].concat();
    Step::Repeat(head.into_bytes(), chunk.repeat(16), Duration::ZERO)
}

/// An answer that gives a byte every 20 ms.
fn dripping(status: u16) -> Step {
    let head = format!("HTTP/1.1 {status} X\r\ncontent-length: 100000\r\n\r\n");
    Step::Repeat(head.into_bytes(), b" ".to_vec(), Duration::from_millis(20))
}

/// A head, and then nothing.
fn head_only(status: u16) -> Step {
    Step::Send(
        format!("HTTP/1.1 {status} X\r\nx-request-id: req_1\r\ncontent-type: text/event-stream\r\ncontent-length: 9\r\n\r\n").into_bytes(),
    )
}

/// Row 13.
#[tokio::test]
async fn a_body_that_is_too_large_stops_at_the_limit() {
    let announced = b"HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n{".to_vec();
    let until_closed = Step::Repeat(b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), vec![b' '; 4096], Duration::ZERO);
    for step in [Step::Send(announced), endless(200), until_closed] {
        let server = server([step]).await;
        let client = builder(server.base_url()).body_limit(16 << 10).build().unwrap();
        let error = KeysClient::new(client).get("key_1").await.unwrap_err();
        let known = (error.kind(), error.effect(), error.attempts());
        assert_eq!(known, (ErrorKind::TooLarge, Effect::Responded, 1));
        server.is_left().await;
    }
}

/// Row 13. As many bytes as the limit are not too many.
#[tokio::test]
async fn a_body_as_large_as_the_limit_is_read() {
    let exact = |limit: usize| async move {
        let server = server([Step::json(200, KEY)]).await;
        let client = builder(server.base_url()).body_limit(limit).build().unwrap();
        KeysClient::new(client).get("key_1").await.map_err(|error| error.kind())
    };
    assert!(exact(KEY.len()).await.is_ok());
    assert_eq!(exact(KEY.len() - 1).await.unwrap_err(), ErrorKind::TooLarge);
}

/// Row 13.
#[tokio::test]
async fn an_error_whose_body_is_endless_keeps_its_status() {
    let server = server([endless(404)]).await;
    let error = keys(&server).get("key_1").await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Status, 404));
    assert!(error.body().len() <= 64 << 10);
    server.is_left().await;
}

/// Rows 13 and 14.
#[tokio::test]
async fn what_nobody_reads_is_not_waited_for() {
    for step in [endless(200), dripping(200), head_only(200)] {
        let server = server([step]).await;
        keys(&server).delete("key_1").await.unwrap();
        server.is_left().await;
    }
}

/// Row 14.
#[tokio::test]
async fn the_deadline_ends_a_body_that_drips_or_does_not_come() {
    for step in [dripping(200), head_only(200)] {
        let server = server([step]).await;
        let (keys, clock, head) = watched(&server);
        let error = clock.advance_when(head.notified(), LONG, keys.get("key_1")).await.unwrap_err();
        assert_eq!((error.kind(), error.effect()), (ErrorKind::Deadline, Effect::Responded));
        server.is_left().await;
    }
}

/// Row 14. The status is known, and its body is a courtesy.
#[tokio::test]
async fn an_error_whose_body_does_not_come_keeps_its_status() {
    let short = Duration::from_secs(9);
    for step in [head_only(503), dripping(503)] {
        let server = server([step]).await;
        let (keys, clock, head) = watched(&server);
        let error = clock.advance_when(head.notified(), LONG, keys.create("x")).await.unwrap_err();
        let known = (error.kind(), error.status().unwrap().as_u16(), error.effect(), error.attempts());
        assert_eq!(known, (ErrorKind::Status, 503, Effect::Responded, 1));
        let call = keys.create("x").attempt_timeout(short);
        let error = clock.advance_when(head.notified(), short, call).await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (503, 1));
    }
    let repeated = server([head_only(503), Step::json(200, KEY)]).await;
    let (keys, clock, head) = watched(&repeated);
    let call = keys.get("a").attempt_timeout(short).with_reply();
    assert_eq!(clock.advance_when(head.notified(), short, call).await.unwrap().attempts, 2);
    let missing = server([head_only(404)]).await;
    let (keys, clock, head) = watched(&missing);
    let error = clock.advance_when(head.notified(), LONG, keys.get("a")).await.unwrap_err();
    assert_eq!((error.is_not_found(), error.request_id()), (true, Some("req_1")));
}

#[api]
trait Streams {
    #[get("/bytes")]
    fn bytes(&self) -> Call<ByteStream>;
    #[get("/events")]
    fn events(&self) -> Call<Events<Value>>;
    #[get("/lines")]
    fn lines(&self) -> Call<JsonLines<Value>>;
}

async fn streams(step: Step) -> (ScriptedServer, StreamsClient, ManualClock) {
    let (server, clock) = (server([step]).await, ManualClock::default());
    let client = builder(server.base_url()).timer(clock.clone()).build().unwrap();
    (server, StreamsClient::new(client), clock)
}

/// Row 14. Something every 20 s moves; nothing at all for 30 s does not.
#[tokio::test]
async fn the_stall_guard_ends_a_stream_that_does_not_move() {
    const LIMIT: Duration = Duration::from_secs(30);
    let (server, client, clock) = streams(head_only(200)).await;
    let mut bytes = client.bytes().await.unwrap();
    let stalled = clock.advance_when(std::future::ready(()), LIMIT, bytes.try_next()).await.unwrap_err();
    assert_eq!((stalled.kind(), stalled.effect()), (ErrorKind::Stalled, Effect::Responded));
    let mut events = client.events().await.unwrap();
    let stalled = clock.advance_when(std::future::ready(()), LIMIT, events.try_next()).await.unwrap_err();
    assert_eq!(stalled.kind(), ErrorKind::Stalled);
    let mut lines = client.lines().await.unwrap();
    let stalled = clock.advance_when(std::future::ready(()), LIMIT, lines.try_next()).await.unwrap_err();
    assert_eq!(stalled.kind(), ErrorKind::Stalled);
    server.is_left().await;
    let (_server, client, clock) = streams(dripping(200)).await;
    let mut bytes = client.bytes().await.unwrap();
    let (mut read, pause) = (0, Duration::from_secs(20));
    while read < 8 {
        let piece = clock.advance_when(std::future::ready(()), pause, bytes.try_next()).await;
        read += piece.unwrap().unwrap().len();
    }
}

/// Row 14. Who reads slowly is not the server's fault.
#[tokio::test]
async fn a_slow_consumer_is_no_stall() {
    let body = "data: 1\n\n".repeat(3);
    let (_server, client, clock) =
        streams(Step::with_headers(200, &["content-type: text/event-stream"], &body)).await;
    let mut events = client.events().await.unwrap();
    for _ in 0..3 {
        clock.advance(LONG);
        assert_eq!(events.try_next().await.unwrap().unwrap(), 1);
    }
    assert!(events.try_next().await.unwrap().is_none());
}

/// Rows 13 and 26.
#[tokio::test]
async fn an_event_or_line_without_end_stops_at_its_limit() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n".to_vec();
    let step = Step::Repeat([head, b"data: ".to_vec()].concat(), vec![b'1'; 64 << 10], Duration::ZERO);
    let (server, client, _) = streams(step).await;
    let mut events = client.events().await.unwrap();
    assert_eq!(events.try_next().await.unwrap_err().kind(), ErrorKind::TooLarge);
    let mut lines = client.lines().await.unwrap();
    assert_eq!(lines.try_next().await.unwrap_err().kind(), ErrorKind::TooLarge);
    assert!(events.try_next().await.unwrap().is_none() && lines.try_next().await.unwrap().is_none());
    drop((events, lines));
    server.is_left().await;
}

/// The limits of an API and of its endpoints.
#[api(body_limit = "1 KiB", item_limit = 64, stall_timeout = "10s")]
trait Limited {
    #[get("/body")]
    fn body(&self) -> Call<Value>;
    #[get("/body?small=1", body_limit = 100)]
    fn small_body(&self) -> Call<Value>;
    #[get("/events", events(any_media_type))]
    fn events(&self) -> Call<Events<Value>>;
    #[get("/events?large=1", item_limit = "2 KiB", stall_timeout = "5s", events(any_media_type))]
    fn large_events(&self) -> Call<Events<Value>>;
    #[get("/lines")]
    fn lines(&self) -> Call<JsonLines<Value>>;
    #[get("/lines?short=1", item_limit = 32)]
    fn short_lines(&self) -> Call<JsonLines<Value>>;
}

/// An API that sets no limit.
#[api]
trait Unlimited {
    #[get("/body")]
    fn body(&self) -> Call<Value>;
    #[get("/lines")]
    fn lines(&self) -> Call<JsonLines<Value>>;
}

/// Both APIs of a client with limits of its own.
async fn limited(step: Step) -> (ScriptedServer, LimitedClient, UnlimitedClient, ManualClock) {
    let (server, clock) = (server([step]).await, ManualClock::default());
    let client = builder(server.base_url()).body_limit(2000).item_limit(40).timer(clock.clone());
    let client = client.build().unwrap();
    (server, LimitedClient::new(client.clone()), UnlimitedClient::new(client), clock)
}

/// A JSON string of so many bytes, quotes included.
fn json_of(bytes: usize) -> String {
    format!("\"{}\"", "x".repeat(bytes - 2))
}

/// Row 13. The limit of the call, or else of the endpoint, the API, the client.
#[tokio::test]
async fn the_nearest_limit_of_a_body_holds() {
    type Describe = fn(&LimitedClient, &UnlimitedClient) -> Call<Value>;
    let levels: [(usize, Describe); 4] = [
        (2000, |_, unlimited| unlimited.body()),
        (1024, |limited, _| limited.body()),
        (100, |limited, _| limited.small_body()),
        (3000, |limited, _| limited.small_body().body_limit(3000)),
    ];
    for (limit, describe) in levels {
        for (bytes, fits) in [(limit, true), (limit + 1, false)] {
            let (_server, limited, unlimited, _) = limited(Step::json(200, &json_of(bytes))).await;
            let kind = describe(&limited, &unlimited).await.err().map(|error| error.kind());
            assert_eq!(kind, (!fits).then_some(ErrorKind::TooLarge), "{bytes} of {limit}");
        }
    }
}

/// Rows 13 and 26. The same of a line and of an event, of which the name of the field counts.
#[tokio::test]
async fn the_nearest_limit_of_an_item_holds() {
    type Lines = fn(&LimitedClient, &UnlimitedClient) -> Call<JsonLines<Value>>;
    let lines: [(usize, Lines); 4] = [
        (40, |_, unlimited| unlimited.lines()),
        (64, |limited, _| limited.lines()),
        (32, |limited, _| limited.short_lines()),
        (50, |limited, _| limited.short_lines().item_limit(50)),
    ];
    for (limit, describe) in lines {
        for (bytes, fits) in [(limit, true), (limit + 1, false)] {
            let (_server, limited, unlimited, _) = limited(Step::json(200, &json_of(bytes))).await;
            let item = describe(&limited, &unlimited).await.unwrap().try_next().await;
            assert_eq!(item.is_ok(), fits, "{bytes} of {limit}");
        }
    }
    type Described = fn(&LimitedClient) -> Call<Events<Value>>;
    let events: [(usize, Described); 3] = [
        (64, LimitedClient::events),
        (2048, LimitedClient::large_events),
        (50, |limited| limited.large_events().item_limit(50)),
    ];
    for (limit, describe) in events {
        for (bytes, fits) in [(limit, true), (limit + 1, false)] {
            let body = format!("data: {}\n\n", json_of(bytes - "data: ".len()));
            let (_server, limited, ..) = limited(Step::json(200, &body)).await;
            let item = describe(&limited).await.unwrap().try_next().await;
            assert_eq!(item.is_ok(), fits, "{bytes} of {limit}");
        }
    }
}

/// Row 14.
#[tokio::test]
async fn the_nearest_stall_timeout_holds() {
    let (_server, limited, unlimited, clock) = limited(head_only(200)).await;
    let (ten, five, two) = (Duration::from_secs(10), Duration::from_secs(5), Duration::from_secs(2));
    for (limit, call) in
        [(ten, limited.events()), (five, limited.large_events()), (two, limited.events().stall_timeout(two))]
    {
        let mut events = call.await.unwrap();
        let stalled = clock.advance_when(std::future::ready(()), limit, events.try_next()).await.unwrap_err();
        assert_eq!(stalled.kind(), ErrorKind::Stalled);
        assert!(stalled.to_string().contains(&format!("{limit:?}")), "{stalled}");
    }
    let mut lines = unlimited.lines().await.unwrap();
    let limit = Duration::from_secs(30);
    let stalled = clock.advance_when(std::future::ready(()), limit, lines.try_next()).await.unwrap_err();
    assert!(stalled.to_string().contains("30s"), "{stalled}");
}
