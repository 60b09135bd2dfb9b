//! Runtimes: more than one, one that ends, and none.

use declarest::{Call, Decode, Effect, Error, ErrorKind};
use declarest_tests::{ScriptedServer, Step};
use tokio::runtime::{Builder, Runtime};

use super::{KEY, Keys as _, KeysClient, builder, http2, server};

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
