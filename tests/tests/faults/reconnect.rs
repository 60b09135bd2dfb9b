//! Streams that are continued after their connection was lost.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use declarest::{Backoff, Budget, Call, ErrorKind, Event, Events, Reconnect, Timer, api};
use declarest_tests::{ManualClock, Step};
use serde::Deserialize;

use super::{anonymous, builder, server};

#[derive(Debug, PartialEq, Deserialize)]
struct Delta {
    n: usize,
}

#[api]
trait Feed {
    #[get("/feed", events(end = "[DONE]"))]
    fn feed(&self) -> Call<Events<Delta>>;
    #[get("/cut/{connections}/{bytes}", events(end = "[DONE]"))]
    fn cut(&self, connections: usize, bytes: usize) -> Call<Events<Delta>>;
    #[get("/open")]
    fn open(&self) -> Call<Events<Event>>;
    #[post("/chat", events(end = "[DONE]"))]
    fn chat(&self, #[field] model: &str) -> Call<Events<Delta>>;
    #[post("/search", idempotent, events(end = "[DONE]"))]
    fn search(&self, #[field] query: &str) -> Call<Events<Delta>>;
}

/// How many events the feed has.
const EVENTS: usize = 6;

/// The rest of the feed behind the event with this id, in chunks of one event each.
fn response(last: usize) -> Vec<u8> {
    let mut bytes =
        b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    for n in last + 1..=EVENTS + 1 {
        let event = match n {
            _ if n > EVENTS => "data: [DONE]\n\n".to_owned(),
            // The id may stand before and behind the data, and line ends differ.
            _ if n % 2 == 0 => format!("id: {n}\r\ndata: {{\"n\":{n}}}\r\n\r\n"),
            _ => format!(": {n}\ndata: {{\"n\":\ndata: {n}}}\nid: {n}\n\n"),
        };
        bytes.extend(format!("{:x}\r\n{event}\r\n", event.len()).into_bytes());
    }
    bytes.extend(b"0\r\n\r\n");
    bytes
}

/// The ids that were asked for, a list for each path.
type Asked = Arc<Mutex<BTreeMap<String, Vec<Option<usize>>>>>;

/// A server that honours `Last-Event-ID`. Of each path `/cut/{connections}/{bytes}` it cuts so many connections after so
/// many bytes of the response.
fn cutting() -> (FeedClient, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let asked = Asked::default();
    let log = asked.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            serve(stream, &log);
        }
    });
    (FeedClient::new(anonymous(base_url).budget(Budget::unlimited()).build().unwrap()), asked)
}

/// Sends one response. A connection without a request is left alone.
fn serve(mut stream: TcpStream, asked: &Asked) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read_exact(&mut byte).is_err() {
            return;
        }
        request.extend(byte);
    }
    let text = String::from_utf8(request).unwrap().to_ascii_lowercase();
    let path = text.split(' ').nth(1).unwrap();
    let numbers: Vec<usize> = path.split('/').filter_map(|part| part.parse().ok()).collect();
    let id = text.lines().find_map(|line| line.strip_prefix("last-event-id: ")).map(|id| id.parse().unwrap());
    let count = {
        let mut asked = asked.lock().unwrap();
        let ids = asked.entry(path.to_owned()).or_default();
        ids.push(id);
        ids.len()
    };
    let response = response(id.unwrap_or(0));
    let end = if count <= numbers[0] { numbers[1].min(response.len()) } else { response.len() };
    stream.write_all(&response[..end]).unwrap();
}

async fn read(mut events: Events<Delta>) -> (Vec<usize>, Option<declarest::Error>) {
    let mut read = Vec::new();
    loop {
        match events.try_next().await {
            Ok(Some(Delta { n })) => read.push(n),
            Ok(None) => return (read, None),
            Err(error) => {
                assert!(events.try_next().await.unwrap().is_none(), "it has ended");
                return (read, Some(error));
            }
        }
    }
}

fn all() -> Vec<usize> {
    (1..=EVENTS).collect()
}

/// Rows 7 and 26.
#[tokio::test]
async fn every_event_arrives_once_wherever_the_first_connection_is_cut() {
    let (client, asked) = cutting();
    for bytes in 0..response(0).len() {
        let events = client.cut(1, bytes).await.unwrap().reconnect(Reconnect::default());
        let (read, error) = read(events).await;
        assert!(error.is_none() && read == all(), "{bytes}: {read:?} {error:?}");
        let asked = asked.lock().unwrap().remove(&format!("/cut/1/{bytes}")).unwrap();
        assert!(asked.len() <= 2 && asked[0].is_none(), "{bytes}: {asked:?}");
    }
}

/// Rows 7 and 26. Each connection lives for a few more bytes than one event takes.
#[tokio::test]
async fn every_event_arrives_once_if_every_connection_is_cut() {
    let (client, asked) = cutting();
    let one = response(0).len() - response(1).len();
    let first = response(EVENTS).len() - b"e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n".len() + one;
    for bytes in first..first + 100 {
        let events = client.cut(usize::MAX, bytes).await.unwrap().reconnect(Reconnect::default());
        let (read, error) = read(events).await;
        assert!(error.is_none() && read == all(), "{bytes}: {read:?} {error:?}");
        let asked = asked.lock().unwrap().remove(&format!("/cut/{}/{bytes}", usize::MAX)).unwrap();
        assert!(asked[0].is_none() && asked.is_sorted() && asked.len() >= 2, "{bytes}: {asked:?}");
    }
}

/// Row 7. What is not asked for does not happen.
#[tokio::test]
async fn without_reconnect_the_loss_is_an_error() {
    let (client, asked) = cutting();
    let bytes = response(0).len() - 60;
    let (read, error) = read(client.cut(1, bytes).await.unwrap()).await;
    assert_eq!((read.len() < EVENTS, error.unwrap().kind()), (true, ErrorKind::Truncated));
    assert_eq!(asked.lock().unwrap()[&format!("/cut/1/{bytes}")], [None]);
}

/// A stream of one event with id 1, which breaks off.
fn broken() -> Step {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 99\r\n\r\n";
    Step::SendAndClose(format!("{head}id: 1\ndata: {{\"n\":1}}\n\n").into_bytes())
}

/// A head of a stream, and nothing.
fn empty() -> Step {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 99\r\n\r\n";
    Step::SendAndClose(head.as_bytes().to_vec())
}

fn done() -> Step {
    Step::with_headers(200, &["content-type: text/event-stream"], "data: [DONE]\n\n")
}

/// Row 22.
#[tokio::test]
async fn reconnects_that_bring_nothing_end_after_so_many_in_a_row() {
    for (attempts, requests) in [(0, 1), (1, 2), (3, 4)] {
        let server = server([broken(), empty()]).await;
        let client = FeedClient::new(builder(server.base_url()).build().unwrap());
        let events = client.feed().await.unwrap().reconnect(Reconnect::default().with_attempts(attempts));
        let (read, error) = read(events).await;
        assert_eq!((read, error.unwrap().kind()), (vec![1], ErrorKind::Truncated));
        assert_eq!(server.requests().len(), requests);
    }
    // An event starts the count anew.
    let server = server([broken(), empty(), broken(), empty(), broken(), empty(), done()]).await;
    let client = FeedClient::new(builder(server.base_url()).build().unwrap());
    let events = client.feed().await.unwrap().reconnect(Reconnect::default().with_attempts(2));
    assert_eq!(read(events).await.0, [1, 1, 1]);
    assert_eq!(server.requests().len(), 7);
}

/// Row 22. A reconnect costs what a retry costs.
#[tokio::test]
async fn reconnects_stay_within_the_retry_budget() {
    let server = server([broken(), empty()]).await;
    let budget = Budget::new().with_capacity(28).with_refill(0);
    let client = FeedClient::new(builder(server.base_url()).budget(budget).build().unwrap());
    let forever = Reconnect::default().with_attempts(u32::MAX);
    let (_, error) = read(client.feed().await.unwrap().reconnect(forever)).await;
    assert_eq!((error.unwrap().kind(), server.requests().len()), (ErrorKind::Truncated, 3));
}

/// A clock whose waits of seconds take no time and are noted; limits, which are longer, never end.
#[derive(Clone, Default)]
struct NotedWaits(Arc<Mutex<Vec<Duration>>>);

impl Timer for NotedWaits {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn wall_clock(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        if duration >= Duration::from_secs(30) {
            return Box::pin(std::future::pending());
        }
        self.0.lock().unwrap().push(duration);
        Box::pin(std::future::ready(()))
    }

    fn random(&self) -> f64 {
        1.0
    }
}

/// Row 20.
#[tokio::test]
async fn the_wait_that_the_server_asks_for_is_kept() {
    let asking = |retry: u32| {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 99\r\n\r\n";
        Step::SendAndClose(format!("{head}retry: {retry}\ndata: {{\"n\":1}}\n\n").into_bytes())
    };
    let ms = Duration::from_millis;
    for (script, waits) in [
        (vec![asking(5000), done()], vec![ms(5000)]),
        // Where nothing comes, the client's own backoff is on top.
        (vec![asking(700), empty(), empty(), empty(), done()], vec![ms(700), ms(700), ms(1000), ms(2000)]),
        (vec![broken(), empty(), broken(), done()], vec![ms(500), ms(1000), ms(500)]),
    ] {
        let (server, noted) = (server(script).await, NotedWaits::default());
        let client = builder(server.base_url()).backoff(Backoff::default()).timer(noted.clone());
        let client = FeedClient::new(client.build().unwrap());
        let (_, error) = read(client.feed().await.unwrap().reconnect(Reconnect::default())).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(*noted.0.lock().unwrap(), waits);
    }
}

/// Row 20. Two minutes are the longest wait, as everywhere.
#[tokio::test]
async fn a_wait_that_is_too_long_is_not_waited_for() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 99\r\n\r\n";
    let step =
        Step::SendAndClose(format!("{head}retry: 99999999999999999999\ndata: {{\"n\":1}}\n\n").into_bytes());
    let server = server([step]).await;
    let client = FeedClient::new(builder(server.base_url()).build().unwrap());
    let (_, error) = read(client.feed().await.unwrap().reconnect(Reconnect::default())).await;
    let error = error.unwrap();
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Truncated, 1));
    assert_eq!(error.retry_after(), Some(Duration::from_millis(u64::MAX)));
}

/// Rows 14 and 26. Silence is a loss too.
#[tokio::test]
async fn a_stream_that_stalls_is_continued() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 99\r\n\r\nid: 1\ndata: {\"n\":1}\n\n";
    let (server, clock) =
        (server([Step::Send(head.as_bytes().to_vec()), done()]).await, ManualClock::default());
    let client = FeedClient::new(builder(server.base_url()).timer(clock.clone()).build().unwrap());
    let mut events = client.feed().await.unwrap().reconnect(Reconnect::default());
    events.try_next().await.unwrap().unwrap();
    let ended = clock.advance_when(std::future::ready(()), Duration::from_secs(30), events.try_next()).await;
    assert_eq!(ended.unwrap(), None);
    assert!(server.requests()[1].contains("last-event-id: 1\r\n"));
}

/// Row 21. A call that may not be made twice is not made again.
#[tokio::test]
async fn a_call_that_is_not_safe_to_repeat_is_not_made_again() {
    let server_of_chat = server([broken(), done()]).await;
    let client = FeedClient::new(builder(server_of_chat.base_url()).build().unwrap());
    let (read_items, error) = read(client.chat("m").await.unwrap().reconnect(Reconnect::default())).await;
    let error = error.unwrap();
    assert_eq!(
        (read_items, error.kind(), server_of_chat.requests().len()),
        (vec![1], ErrorKind::Truncated, 1)
    );
    assert!(error.to_string().contains("not safe to repeat"), "{error}");

    let server = server([broken(), done()]).await;
    let client = FeedClient::new(builder(server.base_url()).build().unwrap());
    let (read_items, error) = read(client.search("x").await.unwrap().reconnect(Reconnect::default())).await;
    assert!(read_items == [1] && error.is_none());
    let requests = server.requests();
    assert!(requests.iter().all(|request| request.ends_with(r#"{"query":"x"}"#)), "the body is sent again");
    assert!(requests[1].contains("last-event-id: 1\r\n") && requests[1].contains("sk-admin-CANARY"));
}

/// Rows 17, 18 and 47. The response to the call that is made again is judged like the first.
#[tokio::test]
async fn a_reconnect_that_is_refused_is_an_error() {
    for (step, kind) in
        [(Step::json(404, "{}"), ErrorKind::Status), (Step::json(200, "{}"), ErrorKind::Decode)]
    {
        let server = server([broken(), step]).await;
        let client = FeedClient::new(builder(server.base_url()).build().unwrap());
        let (read, error) = read(client.feed().await.unwrap().reconnect(Reconnect::default())).await;
        assert_eq!((read, error.unwrap().kind(), server.requests().len()), (vec![1], kind, 2));
    }
    let server = server([broken(), Step::json(503, "{}"), Step::json(503, "{}"), done()]).await;
    let client = FeedClient::new(builder(server.base_url()).build().unwrap());
    let (_, error) = read(client.feed().await.unwrap().reconnect(Reconnect::default())).await;
    assert!(error.is_none() && server.requests().len() == 4, "a server that passes is asked again");
}

/// Row 49. Without a declared end, a body that ends in order ends the stream, unless the policy says otherwise.
#[tokio::test]
async fn an_end_in_order_is_a_loss_only_where_that_is_asked_for() {
    let events = |body: &str| Step::with_headers(200, &["content-type: text/event-stream"], body);
    let no_content = || Step::Send(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec());
    let script = || {
        [
            events("id: 1\ndata: a\n\n"),
            events("id: 2\ndata: b\n\ndata: half\n"),
            events("data: c\n\n"),
            no_content(),
        ]
    };
    for (policy, expected, requests) in
        [(Reconnect::default(), "a", 1), (Reconnect::default().after_end(), "abc", 4)]
    {
        let server = server(script()).await;
        let client = FeedClient::new(builder(server.base_url()).build().unwrap());
        let (mut stream, mut read) = (client.open().await.unwrap().reconnect(policy), String::new());
        while let Some(event) = stream.try_next().await.unwrap() {
            read += &event.data;
        }
        assert_eq!((read.as_str(), server.requests().len()), (expected, requests));
        let ids: Vec<_> =
            server.requests().iter().map(|request| request.contains("last-event-id: 2")).collect();
        assert_eq!(ids, &[false, false, true, true][..requests]);
    }
    // An event without its blank line is not lost if the server never completes it.
    let server = server([events("id: 1\ndata: a\n\n"), events("data: half\n")]).await;
    let client = FeedClient::new(builder(server.base_url()).build().unwrap());
    let mut stream =
        client.open().await.unwrap().reconnect(Reconnect::default().after_end().with_attempts(2));
    assert_eq!(stream.try_next().await.unwrap().unwrap().data, "a");
    assert_eq!(stream.try_next().await.unwrap().unwrap().data, "half");
    assert_eq!((stream.try_next().await.unwrap(), server.requests().len()), (None, 3));
    // A server that has nothing to add ends the stream after some time.
    let server = super::server([events("id: 1\ndata: a\n\n"), events("")]).await;
    let client = FeedClient::new(builder(server.base_url()).backoff(Backoff::none()).build().unwrap());
    let mut stream = client.open().await.unwrap().reconnect(Reconnect::default().after_end());
    assert_eq!(stream.try_next().await.unwrap().unwrap().data, "a");
    assert_eq!(stream.try_next().await.unwrap(), None);
    assert_eq!(server.requests().len(), 6);
}
