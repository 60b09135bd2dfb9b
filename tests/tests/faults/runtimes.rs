//! Runtimes: more than one, one that ends, and none.

use std::future::ready;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant, SystemTime};

use declarest::{ByteStream, Call, Decode, Effect, Error, ErrorKind, Timer, api};
use declarest_tests::{ScriptedServer, Step};
use tokio::runtime::{Builder, Runtime};

use super::{KEY, Keys as _, KeysClient, anonymous, answered, builder, http2, in_process, server};

/// A runtime whose connections are driven by a thread of its own.
fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

/// A second call runs on the connection of the first, and the runtime that owns the connection ends. `None` if the pool did
/// not have the connection back yet, so that the second call opened another one: `seen` says so.
fn outlive<T>(
    owner: Runtime,
    world: &Runtime,
    call: impl Fn() -> Call<T>,
    seen: impl Future<Output = bool>,
) -> Option<Result<T::Output, Error>>
where
    T: Decode + 'static,
    T::Output: Send,
{
    world.block_on(async {
        let running = tokio::spawn(call());
        let is_shared = seen.await;
        owner.shutdown_background();
        if !is_shared {
            running.abort();
            return None;
        }
        Some(running.await.unwrap())
    })
}

/// The same over HTTP/1.1, against a server that does `step` with the second request: what the second call says, and what
/// is needed for another one.
fn outlive_http1<T>(
    step: &Step,
    call: impl Fn(&KeysClient) -> Call<T>,
) -> (Result<T::Output, Error>, Runtime, ScriptedServer, KeysClient)
where
    T: Decode + 'static,
    T::Output: Send,
{
    loop {
        let (world, owner) = (runtime(), runtime());
        let script = [Step::json(200, KEY), step.clone(), Step::json(200, KEY)];
        let server = world.block_on(server(script));
        let keys = KeysClient::new(builder(server.base_url()).build().unwrap());
        owner.block_on(keys.get("a")).unwrap();
        let seen = async {
            server.has_seen(2).await;
            server.connections() == 1
        };
        if let Some(result) = outlive(owner, &world, || call(&keys), seen) {
            return (result, world, server, keys);
        }
    }
}

/// Row 38.
#[test]
fn a_connection_whose_runtime_ends_is_lost_and_what_may_be_repeated_is() {
    let (reply, _world, server, _) = outlive_http1(&Step::Silence, |keys| keys.get("a").with_reply());
    assert_eq!(reply.unwrap().attempts, 2);
    assert_eq!((server.requests().len(), server.connections()), (3, 2));
}

/// Row 38.
#[test]
fn a_create_on_a_connection_whose_runtime_ends_may_be_sent_and_is_not_repeated() {
    let (result, world, _server, keys) = outlive_http1(&Step::Silence, |keys| keys.create("x"));
    let error = result.unwrap_err();
    let known = (error.kind(), error.effect(), error.attempts());
    assert_eq!(known, (ErrorKind::Transport, Effect::MaybeSent, 1));
    assert_eq!(world.block_on(keys.create("x").with_reply()).unwrap().attempts, 1);
}

/// Row 38, over HTTP/2.
#[test]
fn an_http2_connection_whose_runtime_ends_is_lost_as_well() {
    let world = runtime();
    let script = [http2::Step::Answer, http2::Step::FallSilent, http2::Step::Answer];
    for is_create in [false, true] {
        let (client, log) = world.block_on(http2::listen(true, &script));
        let (keys, owner) = (KeysClient::new(client.build().unwrap()), runtime());
        owner.block_on(keys.get("a")).unwrap();
        let seen = async {
            log.has_seen(2).await;
            true
        };
        if is_create {
            let error = outlive(owner, &world, || keys.create("x"), seen).unwrap().unwrap_err();
            let known = (error.kind(), error.effect(), error.attempts());
            assert_eq!(known, (ErrorKind::Transport, Effect::MaybeSent, 1));
        } else {
            let reply = outlive(owner, &world, || keys.get("a").with_reply(), seen).unwrap();
            assert_eq!(reply.unwrap().attempts, 2);
            assert_eq!((log.requests(), log.connections()), (3, 2));
        }
    }
}

/// Row 38. A body that was cut off by it is never taken for a whole one.
#[test]
fn a_response_whose_runtime_ends_is_cut_off_and_read_again() {
    let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n1\r\n";
    let (reply, ..) = outlive_http1(&Step::Send(head.to_vec()), |keys| keys.get("a").with_reply());
    assert_eq!(reply.unwrap().attempts, 2);
}

/// Row 38. A pooled connection whose runtime is gone is no connection.
#[test]
fn an_idle_connection_whose_runtime_has_ended_costs_no_attempt() {
    let world = runtime();
    let server = world.block_on(server([Step::json(200, KEY)]));
    let keys = KeysClient::new(builder(server.base_url()).build().unwrap());
    let owner = runtime();
    owner.block_on(keys.create("x")).unwrap();
    drop(owner);
    assert_eq!(world.block_on(keys.create("x").with_reply()).unwrap().attempts, 1);
    assert_eq!((server.requests().len(), server.connections()), (2, 2));
}

/// Polls until the end, with no runtime around.
fn poll_to_end<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    for _ in 0..1000 {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
    }
    unreachable!("it waits for somebody")
}

/// A clock whose waits are over at once, but for those of a deadline.
struct OwnTimer;

impl Timer for OwnTimer {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn wall_clock(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        if duration.as_secs() < 10 { Box::pin(ready(())) } else { Box::pin(std::future::pending()) }
    }

    fn random(&self) -> f64 {
        0.5
    }
}

/// Row 40.
#[test]
fn a_call_outside_of_a_runtime_is_not_sent_and_says_what_to_do() {
    let url = "http://127.0.0.1:9/v1".to_owned();
    let own = |_: http::Request<declarest::Body>| ready(Ok::<_, std::io::Error>(answered(200, KEY)));
    let layer = tower::layer::util::Identity::new;
    let clients = [
        builder(url.clone()),
        builder(url.clone()).timer(OwnTimer),
        builder(url.clone()).transport(tower::service_fn(own)),
        builder(url.clone()).layer(layer()),
        builder(url).call_layer(layer()),
    ];
    for client in clients {
        let keys = KeysClient::new(client.build().unwrap());
        let error = poll_to_end(keys.get("a")).unwrap_err();
        let known = (error.kind(), error.effect(), error.attempts());
        assert_eq!(known, (ErrorKind::Configuration, Effect::NotSent, 0));
        assert!(error.to_string().contains("outside of a Tokio runtime"), "{error}");
        assert!(error.endpoint().is_some());
    }
}

/// Row 40. With a clock and a transport of the user's own no runtime is needed, retries and their waits included.
#[test]
fn a_call_with_a_clock_and_a_transport_of_its_own_runs_anywhere() {
    let client = anonymous("http://127.0.0.1:9/v1".to_owned()).timer(OwnTimer);
    let client = client.backoff(declarest::Backoff::default());
    let keys = in_process(client, |number, _| {
        ready(Ok(if number == 0 { answered(503, "") } else { answered(200, KEY) }))
    });
    assert_eq!(poll_to_end(keys.get("a").with_reply()).unwrap().attempts, 2);
    // A file is read by Tokio's threads.
    let error = poll_to_end(keys.upload("a", declarest::File::new("Cargo.toml"))).unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Body, Effect::NotSent));
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("Tokio"), "{source}");
}

#[api]
trait Downloads {
    #[get("/file")]
    fn file(&self) -> Call<ByteStream>;
}

/// Row 40. A stream that has left its runtime fails where it would have to wait; it does not panic.
#[test]
fn a_stream_that_is_polled_outside_of_a_runtime_is_an_error() {
    let world = runtime();
    let head = Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n".to_vec());
    let server = world.block_on(server([head]));
    let downloads = DownloadsClient::new(anonymous(server.base_url()).build().unwrap());
    let mut stream = world.block_on(downloads.file()).unwrap();
    let error = poll_to_end(stream.try_next()).unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Stalled, Effect::Responded));
    assert!(error.to_string().contains("outside of a Tokio runtime"), "{error}");
}
