//! HTTP/2: what one stream and what a whole connection may suffer. The server is the h2 crate's where that can do what
//! a test needs, and frames written by hand where the position of a GOAWAY matters.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use declarest::{Backoff, ClientBuilder, Effect, ErrorKind};
use declarest_tests::ManualClock;
use h2::Reason;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use super::{KEY, Keys as _, KeysClient, builder};

/// What the server does with one request.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    Answer,
    Status(u16),
    Reset(Reason),
    /// The head and a part of the body, then a reset.
    HeadAndReset(Reason),
    /// The same, then the end of the connection.
    HeadAndClose,
    Close,
    /// Nothing, until the client resets the stream.
    Silence,
    /// GOAWAY with this reason; the request is one that the server has taken.
    Shutdown(Reason),
    /// By hand: GOAWAY that leaves this request out.
    Without(Reason),
    /// By hand: GOAWAY that names this request as the last, then its answer.
    LastAndAnswer,
    /// By hand: GOAWAY that names this request as the last, then the end of the connection.
    LastAndClose(Reason),
    /// By hand: an answer, then GOAWAY.
    AnswerAndGoAway,
    /// By hand: nothing until so many requests are there; then GOAWAY that names the one in the middle as the last,
    /// and the answers of the first half.
    Hold(usize),
    /// By hand: nothing any more on this connection, whatever comes; TCP stays.
    FallSilent,
    /// By hand: an answer, then nothing any more.
    AnswerAndFallSilent,
    /// By hand: the answer once the client has asked so often for a sign of life, and got it.
    AnswerAfterPings(usize),
    /// An answer, on a connection that allows one stream at a time.
    OneAtATime,
}

#[derive(Default)]
pub(super) struct Log {
    script: Mutex<VecDeque<Step>>,
    requests: AtomicUsize,
    connections: AtomicUsize,
    /// Connections that the client has ended.
    ended: AtomicUsize,
    /// Streams that the client has reset.
    canceled: AtomicUsize,
    changed: Notify,
    /// Lets the server of [`Step::OneAtATime`] answer what it holds.
    release: Notify,
}

impl Log {
    /// Waits until so many requests have come.
    pub(super) async fn has_seen(&self, requests: usize) {
        while self.requests() < requests {
            self.changed.notified().await;
        }
    }

    /// The next step; the last one stays.
    fn step(&self) -> Step {
        self.requests.fetch_add(1, Ordering::SeqCst);
        self.changed.notify_one();
        let mut script = self.script.lock().unwrap();
        if script.len() > 1 { script.pop_front().unwrap() } else { script[0] }
    }

    pub(super) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// A server that follows a script, and a client that speaks HTTP/2 to it.
async fn start(by_hand: bool, script: &[Step]) -> (KeysClient, Arc<Log>) {
    let (keys, log, _) = start_clocked(by_hand, script).await;
    (keys, log)
}

/// The same with the client's clock, which stands still.
async fn start_clocked(by_hand: bool, script: &[Step]) -> (KeysClient, Arc<Log>, ManualClock) {
    let clock = ManualClock::default();
    let (client, log) = listen(by_hand, script).await;
    (KeysClient::new(client.timer(clock.clone()).build().unwrap()), log, clock)
}

/// A server that follows a script, and the builder of a client that speaks HTTP/2 to it.
pub(super) async fn listen(by_hand: bool, script: &[Step]) -> (ClientBuilder, Arc<Log>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
    let log = Arc::new(Log::default());
    log.script.lock().unwrap().extend(script);
    let shared = log.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            shared.connections.fetch_add(1, Ordering::SeqCst);
            stream.set_nodelay(true).unwrap();
            let log = shared.clone();
            if by_hand {
                tokio::spawn(frames(stream, log));
            } else {
                tokio::spawn(serve(stream, log));
            }
        }
    });
    (builder(base_url).http2_prior_knowledge(), log)
}

async fn serve(stream: TcpStream, log: Arc<Log>) {
    let mut server = h2::server::Builder::new();
    if matches!(log.script.lock().unwrap()[0], Step::OneAtATime) {
        server.max_concurrent_streams(1);
    }
    let Ok(mut connection) = server.handshake(stream).await else { return };
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        // `:authority` says it (RFC 9113, 8.3.1).
        assert!(!request.headers().contains_key(http::header::HOST) && request.uri().authority().is_some());
        let step = log.step();
        let head = |status: u16| http::Response::builder().status(status).body(()).unwrap();
        match step {
            Step::Status(status) => drop(respond.send_response(head(status), true).unwrap()),
            Step::Reset(reason) => respond.send_reset(reason),
            Step::HeadAndReset(_) | Step::HeadAndClose => {
                let mut body = respond.send_response(head(200), false).unwrap();
                body.send_data(Bytes::from_static(b"{"), false).unwrap();
                flush(&mut connection).await;
                match step {
                    Step::HeadAndReset(reason) => body.send_reset(reason),
                    _ => return,
                }
            }
            Step::Close => return,
            Step::Silence => {
                let log = log.clone();
                tokio::spawn(async move {
                    let reset = poll_fn(|cx| respond.poll_reset(cx)).await;
                    assert_eq!(reset.unwrap(), Reason::CANCEL);
                    log.canceled.fetch_add(1, Ordering::SeqCst);
                    log.changed.notify_one();
                });
            }
            Step::Shutdown(reason) => connection.abrupt_shutdown(reason),
            Step::Hold(_) => {
                let log = log.clone();
                tokio::spawn(async move {
                    log.release.notified().await;
                    answer(respond);
                });
            }
            _ => answer(respond),
        }
    }
}

/// Answers, unless the client has reset the stream.
fn answer(mut respond: h2::server::SendResponse<Bytes>) {
    let head = http::Response::new(());
    if let Ok(mut body) = respond.send_response(head, false) {
        let _ = body.send_data(Bytes::from_static(KEY.as_bytes()), true);
    }
}

/// Writes what waits.
async fn flush(connection: &mut h2::server::Connection<TcpStream, Bytes>) {
    poll_fn(|cx| {
        let _ = pin!(connection.accept()).poll(cx);
        Poll::Ready(())
    })
    .await;
}

/// Frames by hand (RFC 9113, 6).
#[allow(clippy::too_many_lines, reason = "one row for each step of the script")]
async fn frames(mut stream: TcpStream, log: Arc<Log>) {
    let (data, headers, settings, ping, go_away) = (0, 1, 4, 6, 7);
    let frame = |kind: u8, flags: u8, id: u32, payload: &[u8]| {
        let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
        [&length[1..], &[kind, flags], &id.to_be_bytes(), payload].concat()
    };
    let going_away = |last: u32, reason: Reason| {
        frame(go_away, 0, 0, &[last.to_be_bytes(), u32::from(reason).to_be_bytes()].concat())
    };
    // The head is `:status: 200` of HPACK's static table (RFC 7541, A), a head that ends; the body ends the stream.
    let answer = |id: u32| [frame(headers, 4, id, &[0x88]), frame(data, 1, id, KEY.as_bytes())].concat();
    let mut preface = [0; 24];
    if stream.read_exact(&mut preface).await.is_err() {
        return;
    }
    stream.write_all(&frame(settings, 0, 0, &[])).await.unwrap();
    let mut held = Vec::new();
    // The stream that is answered after so many pings.
    let mut waiting: Option<(u32, usize)> = None;
    loop {
        let mut head = [0; 9];
        if stream.read_exact(&mut head).await.is_err() {
            log.ended.fetch_add(1, Ordering::SeqCst);
            log.changed.notify_one();
            return;
        }
        let length = usize::from(head[0]) << 16 | usize::from(head[1]) << 8 | usize::from(head[2]);
        let mut payload = vec![0; length];
        stream.read_exact(&mut payload).await.unwrap();
        let id = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
        let reply = match (head[3], head[4]) {
            (4, 0) => frame(settings, 1, 0, &[]),
            (6, 0) => {
                let acknowledged = frame(ping, 1, 0, &payload);
                let left = waiting.map(|(id, pings)| (id, pings - 1));
                waiting = left.filter(|(_, pings)| *pings > 0);
                let due = left.filter(|(_, pings)| *pings == 0).map(|(id, _)| answer(id));
                [acknowledged, due.unwrap_or_default()].concat()
            }
            (1, _) => match log.step() {
                step @ (Step::FallSilent | Step::AnswerAndFallSilent) => {
                    if matches!(step, Step::AnswerAndFallSilent) {
                        stream.write_all(&answer(id)).await.unwrap();
                    }
                    while matches!(stream.read(&mut [0; 1024]).await, Ok(1..)) {}
                    log.ended.fetch_add(1, Ordering::SeqCst);
                    log.changed.notify_one();
                    return;
                }
                Step::AnswerAfterPings(pings) => {
                    waiting = Some((id, pings));
                    continue;
                }
                Step::Without(reason) => going_away(id.saturating_sub(2), reason),
                Step::LastAndAnswer => [going_away(id, Reason::NO_ERROR), answer(id)].concat(),
                Step::AnswerAndGoAway => [answer(id), going_away(id, Reason::NO_ERROR)].concat(),
                Step::Hold(number) => {
                    held.push(id);
                    if held.len() < number {
                        continue;
                    }
                    let taken = &held[..number / 2];
                    let answers: Vec<u8> = taken.iter().flat_map(|id| answer(*id)).collect();
                    [going_away(taken[taken.len() - 1], Reason::NO_ERROR), answers].concat()
                }
                Step::LastAndClose(reason) => {
                    let _ = stream.write_all(&going_away(id, reason)).await;
                    return;
                }
                _ => answer(id),
            },
            _ => continue,
        };
        if stream.write_all(&reply).await.is_err() {
            return;
        }
    }
}

/// Row 25.
#[tokio::test]
async fn a_refused_stream_is_not_sent_and_repeated_for_every_method() {
    let (keys, log) = start(false, &[Step::Reset(Reason::REFUSED_STREAM), Step::Answer]).await;
    assert_eq!(keys.create("x").with_reply().await.unwrap().attempts, 2);
    assert_eq!((log.requests(), log.connections()), (2, 1));
    let (keys, log) = start(false, &[Step::Reset(Reason::REFUSED_STREAM)]).await;
    let error = keys.create("x").await.unwrap_err();
    let known = (error.kind(), error.effect(), error.attempts());
    assert_eq!(known, (ErrorKind::Transport, Effect::NotSent, 3));
    assert_eq!(log.requests(), 3, "each attempt is one of ours");
}

/// Row 25.
#[tokio::test]
async fn a_stream_that_is_reset_otherwise_may_have_taken_effect() {
    for reason in [
        Reason::CANCEL,
        Reason::INTERNAL_ERROR,
        Reason::ENHANCE_YOUR_CALM,
        Reason::PROTOCOL_ERROR,
        Reason::NO_ERROR,
    ] {
        let (keys, log) = start(false, &[Step::Reset(reason)]).await;
        let error = keys.create("x").await.unwrap_err();
        let known = (error.kind(), error.effect(), error.attempts(), log.requests());
        assert_eq!(known, (ErrorKind::Transport, Effect::MaybeSent, 1, 1), "{reason:?}");
        let (keys, log) = start(false, &[Step::Reset(reason), Step::Answer]).await;
        assert_eq!(keys.get("a").with_reply().await.unwrap().attempts, 2, "{reason:?}");
        assert_eq!(log.requests(), 2);
    }
}

/// Row 25. After the head it is too late to have refused anything.
#[tokio::test]
async fn a_stream_that_is_lost_behind_the_head_is_cut_off() {
    let lost = [
        Step::HeadAndReset(Reason::REFUSED_STREAM),
        Step::HeadAndReset(Reason::CANCEL),
        Step::HeadAndReset(Reason::INTERNAL_ERROR),
        Step::HeadAndClose,
    ];
    for step in lost {
        let (keys, log) = start(false, &[step]).await;
        let error = keys.create("x").await.unwrap_err();
        let known = (error.kind(), error.effect(), error.attempts(), log.requests());
        assert_eq!(known, (ErrorKind::Truncated, Effect::Responded, 1, 1), "{step:?}");
        let (keys, _log) = start(false, &[step, Step::Answer]).await;
        assert_eq!(keys.get("a").with_reply().await.unwrap().attempts, 2, "{step:?}");
    }
}

/// Row 25.
#[tokio::test]
async fn a_connection_that_is_lost_before_the_head_may_have_taken_effect() {
    for step in
        [Step::Close, Step::Shutdown(Reason::INTERNAL_ERROR), Step::Shutdown(Reason::ENHANCE_YOUR_CALM)]
    {
        let (keys, log) = start(false, &[step]).await;
        let error = keys.create("x").await.unwrap_err();
        let known = (error.effect(), error.attempts(), log.requests());
        assert_eq!(known, (Effect::MaybeSent, 1, 1), "{step:?}");
        let (keys, log) = start(false, &[step, Step::Answer]).await;
        assert_eq!(keys.get("a").with_reply().await.unwrap().attempts, 2, "{step:?}");
        assert_eq!(log.connections(), 2);
    }
}

/// Row 25 (RFC 9113, 6.8).
#[tokio::test]
async fn a_goaway_that_leaves_the_request_out_is_not_sent_and_repeated_for_every_method() {
    for reason in [Reason::NO_ERROR, Reason::ENHANCE_YOUR_CALM, Reason::INTERNAL_ERROR] {
        let (keys, log) = start(true, &[Step::Without(reason), Step::Answer]).await;
        assert_eq!(keys.create("x").with_reply().await.unwrap().attempts, 2, "{reason:?}");
        assert_eq!((log.requests(), log.connections()), (2, 2));
        let (keys, log) = start(true, &[Step::Without(reason)]).await;
        let error = keys.create("x").await.unwrap_err();
        assert_eq!((error.effect(), error.attempts(), log.requests()), (Effect::NotSent, 3, 3), "{reason:?}");
    }
}

/// Row 25.
#[tokio::test]
async fn a_goaway_that_names_the_request_as_the_last_may_have_taken_effect() {
    for reason in [Reason::NO_ERROR, Reason::ENHANCE_YOUR_CALM, Reason::INTERNAL_ERROR] {
        let (keys, log) = start(true, &[Step::LastAndClose(reason)]).await;
        let error = keys.create("x").await.unwrap_err();
        assert_eq!(
            (error.effect(), error.attempts(), log.requests()),
            (Effect::MaybeSent, 1, 1),
            "{reason:?}"
        );
    }
    let (keys, log) = start(true, &[Step::LastAndAnswer, Step::Answer]).await;
    assert_eq!(keys.create("x").with_reply().await.unwrap().attempts, 1, "its answer still comes");
    assert_eq!(keys.create("x").with_reply().await.unwrap().attempts, 1);
    assert_eq!((log.requests(), log.connections()), (2, 2));
}

/// Row 25. Six creations on one connection, of which the server takes three: each is carried out once.
#[tokio::test]
async fn a_goaway_in_the_midst_of_many_repeats_those_it_leaves_out_and_no_other() {
    let script = [[Step::Hold(6); 6].as_slice(), &[Step::Answer]].concat();
    let (keys, log) = start(true, &script).await;
    let calls: Vec<_> = (0..6).map(|_| tokio::spawn(keys.create("x").with_reply())).collect();
    let mut attempts = Vec::new();
    for call in calls {
        attempts.push(call.await.unwrap().unwrap().attempts);
    }
    attempts.sort_unstable();
    assert_eq!(attempts, [1, 1, 1, 2, 2, 2]);
    assert_eq!((log.requests(), log.connections()), (9, 2));
}

/// Rows 4 and 25.
#[tokio::test]
async fn a_goaway_on_an_idle_connection_costs_no_attempt() {
    let (keys, log) = start(true, &[Step::AnswerAndGoAway]).await;
    for calls in 1..4 {
        assert_eq!(keys.create("x").with_reply().await.unwrap().attempts, 1);
        assert_eq!((log.requests(), log.connections()), (calls, calls));
    }
}

/// Row 18, over HTTP/2.
#[tokio::test]
async fn statuses_are_repeated_as_over_http1() {
    let (keys, log) = start(false, &[Step::Status(503), Step::Status(429), Step::Answer]).await;
    assert_eq!(keys.get("a").with_reply().await.unwrap().attempts, 3);
    let (posts, posted) = start(false, &[Step::Status(503)]).await;
    assert_eq!(posts.create("x").await.unwrap_err().attempts(), 1);
    assert_eq!((log.requests(), log.connections(), posted.requests()), (3, 1, 1));
}

/// Rows 6 and 24. A call that is given up resets its stream; the connection is the others' too, and stays.
#[tokio::test]
async fn a_call_that_is_given_up_resets_its_stream_and_leaves_the_connection_to_the_others() {
    let (keys, log, clock) = start_clocked(false, &[Step::Silence, Step::Silence, Step::Answer]).await;
    let call = keys.create("x").deadline(Duration::from_secs(9));
    let seen = async {
        while log.requests() < 1 {
            log.changed.notified().await;
        }
    };
    let error = clock.advance_when(seen, Duration::from_secs(9), call).await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Deadline, Effect::MaybeSent));
    let dropped = tokio::spawn(keys.create("x"));
    while log.requests() < 2 {
        log.changed.notified().await;
    }
    dropped.abort();
    while log.canceled.load(Ordering::SeqCst) < 2 {
        log.changed.notified().await;
    }
    assert_eq!(keys.create("x").await.unwrap().id, "key_1");
    assert_eq!((log.requests(), log.connections()), (3, 1));
}

/// A client that finds a silent connection soon.
fn impatient(builder: ClientBuilder) -> ClientBuilder {
    let (interval, timeout) = (Duration::from_millis(20), Duration::from_millis(500));
    builder.http2_keep_alive_interval(interval).http2_keep_alive_timeout(timeout)
}

/// Row 37. The connection goes silent while TCP is alive: what may be repeated goes on on a new one.
#[tokio::test]
async fn a_connection_that_goes_silent_is_replaced() {
    let (client, log) = listen(true, &[Step::Answer, Step::FallSilent, Step::Answer]).await;
    let keys = KeysClient::new(impatient(client).build().unwrap());
    assert_eq!(keys.get("a").with_reply().await.unwrap().attempts, 1);
    assert_eq!(
        keys.get("a").with_reply().await.unwrap().attempts,
        2,
        "the first one was lost with the connection"
    );
    assert_eq!(keys.get("a").with_reply().await.unwrap().attempts, 1);
    assert_eq!((log.requests(), log.connections()), (4, 2));
    while log.ended.load(Ordering::SeqCst) < 1 {
        log.changed.notified().await;
    }
}

/// Row 37. What may not be repeated fails, and the calls after it succeed.
#[tokio::test]
async fn a_create_on_a_silent_connection_may_be_sent_and_the_next_one_goes_out_on_a_new_one() {
    let (client, log) = listen(true, &[Step::FallSilent, Step::Answer]).await;
    let keys = KeysClient::new(impatient(client).build().unwrap());
    let error = keys.create("x").await.unwrap_err();
    let known = (error.kind(), error.effect(), error.attempts());
    assert_eq!(known, (ErrorKind::Transport, Effect::MaybeSent, 1));
    assert_eq!(keys.create("x").with_reply().await.unwrap().attempts, 1);
    assert_eq!((log.requests(), log.connections()), (2, 2));
}

/// Row 37. All calls of the connection, not one after the other.
#[tokio::test]
async fn the_calls_of_a_silent_connection_go_on_together() {
    let (client, log) = listen(true, &[Step::Answer, Step::FallSilent, Step::Answer]).await;
    let keys = KeysClient::new(impatient(client).backoff(Backoff::none()).build().unwrap());
    keys.get("a").await.unwrap();
    let calls: Vec<_> = (0..8).map(|_| tokio::spawn(keys.get("a").with_reply())).collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().attempts, 2);
    }
    assert_eq!(log.connections(), 2);
}

/// Row 37. A server that is slow, but gives its signs of life, keeps its connection.
#[tokio::test]
async fn a_slow_server_that_gives_signs_of_life_is_waited_for() {
    let (client, log) = listen(true, &[Step::AnswerAfterPings(3)]).await;
    let client = client.http2_keep_alive_interval(Duration::from_millis(5));
    let keys = KeysClient::new(client.build().unwrap());
    assert_eq!(keys.create("x").with_reply().await.unwrap().attempts, 1);
    assert_eq!((log.requests(), log.connections()), (1, 1));
}

/// Row 37. With pings in pauses, no call ever meets the dead connection.
#[tokio::test]
async fn a_connection_that_goes_silent_in_a_pause_is_found_then_if_asked_for() {
    let (client, log) = listen(true, &[Step::AnswerAndFallSilent, Step::Answer]).await;
    let keys = KeysClient::new(impatient(client).http2_keep_alive_while_idle(true).build().unwrap());
    keys.create("x").await.unwrap();
    while log.ended.load(Ordering::SeqCst) < 1 {
        log.changed.notified().await;
    }
    assert_eq!(keys.create("x").with_reply().await.unwrap().attempts, 1);
    assert_eq!((log.requests(), log.connections()), (2, 2));
}

/// Row 39. One stream at a time, and six creations that wait for it. Five of them are never sent, also when the stream is
/// free again. Of the one that HTTP/2 has in hand already the head may leave; the server sees it canceled.
#[tokio::test]
async fn calls_that_are_dropped_while_they_wait_for_a_stream_are_not_sent_but_for_the_first() {
    let (client, log) = listen(false, &[Step::OneAtATime, Step::Hold(1), Step::Answer]).await;
    let keys = KeysClient::new(client.build().unwrap());
    keys.get("a").await.unwrap();
    let first = tokio::spawn(keys.get("a"));
    log.has_seen(2).await;
    {
        let mut waiting: Vec<_> = (0..6).map(|_| Box::pin(keys.create("x"))).collect();
        for _ in 0..20 {
            for call in &mut waiting {
                assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            }
            tokio::task::yield_now().await;
        }
    }
    log.release.notify_one();
    first.await.unwrap().unwrap();
    for _ in 0..3 {
        keys.get("a").await.unwrap();
    }
    let dropped = log.requests() - 5;
    assert!(dropped <= 1, "{dropped} were sent");
    assert_eq!(log.connections(), 1);
}
