//! A call that is dropped leaves nothing behind, wherever it stood.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use declarest::{Auth, Backoff, Body, BoxError, ByteStream, Call, Client, ClientBuilder, api};
use declarest_tests::{ManualClock, ScriptedServer, Step};
use tower::limit::ConcurrencyLimitLayer;

use super::{KEY, Keys as _, KeysClient, LONG, answered, builder, in_process, server};

fn head_only() -> Step {
    Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec())
}

/// Polls so many times, and lets all other tasks run in between; tells whether it has ended.
async fn poll_times<F: Future>(future: std::pin::Pin<&mut F>, times: usize) -> bool {
    let mut future = future;
    for _ in 0..times {
        if future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
            return true;
        }
        // Several turns: the connection is a task of its own.
        for _ in 0..4 {
            tokio::task::yield_now().await;
        }
    }
    false
}

fn alive() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
}

/// Waits until the runtime has as many tasks as before.
async fn back_to(tasks: usize) {
    while alive() > tasks {
        tokio::task::yield_now().await;
    }
}

/// Row 24. Each number of polls stops the call at another place, from before the connection to the end of the answer.
#[tokio::test]
async fn a_call_that_is_dropped_after_any_number_of_polls_leaves_no_task_and_no_connection() {
    let scripts: [&[Step]; 4] =
        [&[Step::Silence], &[head_only()], &[Step::json(503, ""), Step::Silence], &[Step::json(200, KEY)]];
    for script in scripts {
        let server = server(script.to_vec()).await;
        let tasks = alive();
        for polls in 0..24 {
            let keys = KeysClient::new(builder(server.base_url()).build().unwrap());
            {
                let call = pin!(keys.get("a"));
                poll_times(call, polls).await;
            }
            drop(keys);
            server.is_left().await;
            back_to(tasks).await;
        }
        let keys = KeysClient::new(builder(server.base_url()).build().unwrap());
        for polls in 0..24 {
            let body = Body::new(http_body_util::StreamBody::new(Unfinished(4)));
            let call = pin!(keys.stream("a", body));
            poll_times(call, polls).await;
        }
        drop(keys);
        server.is_left().await;
        back_to(tasks).await;
    }
}

/// So many pieces, and then nothing.
struct Unfinished(u8);

impl futures_core::Stream for Unfinished {
    type Item = Result<http_body::Frame<bytes::Bytes>, BoxError>;

    fn poll_next(mut self: std::pin::Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.0 == 0 {
            return Poll::Pending;
        }
        self.0 -= 1;
        Poll::Ready(Some(Ok(http_body::Frame::data(bytes::Bytes::from_static(&[b'x'; 1024])))))
    }
}

#[api]
trait Files {
    #[get("/file")]
    fn file(&self) -> Call<ByteStream>;
}

/// Row 24. The client lives on; the connection of what was dropped does not.
#[tokio::test]
async fn a_dropped_call_closes_its_connection_at_once() {
    let cases: [(Step, bool); 3] = [(Step::Silence, false), (head_only(), false), (head_only(), true)];
    for (step, streamed) in cases {
        let server = server([step.clone(), Step::json(200, KEY)]).await;
        let client = builder(server.base_url()).build().unwrap();
        if streamed {
            drop(FilesClient::new(client.clone()).file().await.unwrap());
        } else {
            let call = tokio::spawn(KeysClient::new(client.clone()).get("a"));
            server.has_seen(1).await;
            call.abort();
        }
        server.is_left().await;
        assert_eq!(KeysClient::new(client).get("a").await.unwrap().id, "key_1");
        assert_eq!((server.requests().len(), server.connections()), (2, 2), "{step:?}");
    }
}

/// Row 24.
#[tokio::test]
async fn a_dropped_call_gives_its_permit_back() {
    let limit = || ConcurrencyLimitLayer::new(1);
    let limited: [fn(ClientBuilder, ConcurrencyLimitLayer) -> ClientBuilder; 2] =
        [|builder, limit| builder.layer(limit), |builder, limit| builder.call_layer(limit)];
    for with in limited {
        let server = server([Step::Silence, Step::Silence, Step::json(200, KEY)]).await;
        let clock = ManualClock::default();
        let client = with(builder(server.base_url()).timer(clock.clone()), limit());
        let keys = KeysClient::new(client.build().unwrap());
        let first = tokio::spawn(keys.get("a"));
        server.has_seen(1).await;
        // This one waits for the permit, and is dropped while it does.
        assert!(!poll_times(pin!(keys.get("b")), 3).await);
        assert_eq!(server.requests().len(), 1);
        first.abort();
        server.is_left().await;
        let timed_out = clock.advance_when(server.has_seen(2), LONG, keys.get("c")).await.unwrap_err();
        assert!(timed_out.is_timeout());
        keys.get("d").await.unwrap();
    }
}

/// Row 24. Dropped while it waits for the next attempt, it makes none.
#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_during_a_wait_sends_nothing_more() {
    let sent = Arc::new(AtomicUsize::new(0));
    let count = sent.clone();
    let backoff = Backoff::new(Duration::from_secs(5));
    let keys = in_process(Client::builder("http://localhost").backoff(backoff), move |_, _| {
        count.fetch_add(1, Ordering::SeqCst);
        async {
            let mut response = answered(503, "");
            response.headers_mut().insert("retry-after", 5.into());
            Ok(response)
        }
    });
    assert!(!poll_times(pin!(keys.get("a")), 3).await);
    tokio::time::advance(Duration::from_secs(60)).await;
    assert_eq!(sent.load(Ordering::SeqCst), 1);
}

/// Rows 16 and 24.
#[tokio::test]
async fn a_call_that_is_dropped_while_it_fetches_the_credential_lets_the_next_one_fetch() {
    let fetches = Arc::new(AtomicUsize::new(0));
    let count = fetches.clone();
    let auth = Auth::provider(move || {
        let first = count.fetch_add(1, Ordering::SeqCst) == 0;
        async move {
            if first {
                std::future::pending::<()>().await;
            }
            Ok(Auth::bearer("token")?)
        }
    });
    let server: ScriptedServer = server([Step::json(200, KEY)]).await;
    let keys = KeysClient::new(builder(server.base_url()).auth(auth).build().unwrap());
    let fetching = tokio::spawn(keys.get("a"));
    let waiting: Vec<_> = (0..20).map(|_| tokio::spawn(keys.get("b"))).collect();
    while fetches.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    fetching.abort();
    for call in waiting {
        call.await.unwrap().unwrap();
    }
    assert_eq!((fetches.load(Ordering::SeqCst), server.requests().len()), (2, 20));
}
