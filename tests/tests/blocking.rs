//! `blocking()`: calls, lists and streams from threads without a runtime, over both transports.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use declarest::{
    Backoff, BoxError, ByteStream, Call, Client, Effect, Error, ErrorKind, Event, Events, JsonLines, Next,
    Page, Pages, Sent, api,
};
use declarest_tests::{ScriptedServer, Step};
use http::Method;
use serde::Deserialize;
use tokio::runtime::{Builder, Runtime};

#[derive(Debug, Deserialize, PartialEq)]
struct Key {
    id: String,
}

#[derive(Debug, Deserialize)]
struct Numbers {
    data: Vec<u32>,
    next: Option<String>,
}

impl Page for Numbers {
    type Item = u32;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        Ok(self.next.as_ref().map_or(Next::Done, |cursor| Next::query("after", cursor)))
    }

    fn into_items(self) -> Vec<u32> {
        self.data
    }
}

#[api]
trait Keys {
    #[get("/keys/{id}")]
    fn get(&self, id: &str) -> Call<Key>;
    #[get("/numbers")]
    fn numbers(&self) -> Pages<Numbers>;
    #[get("/events")]
    fn events(&self) -> Call<Events<Event>>;
    #[get("/lines")]
    fn lines(&self) -> Call<JsonLines<u32>>;
    #[get("/file")]
    fn file(&self) -> Call<ByteStream>;
    #[nest("/owners/{owner}")]
    fn owner(&self, owner: &str) -> OwnersClient;
}

/// An error of the user's own.
#[derive(Debug)]
struct Failed(Error);

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

#[api]
trait Owners {
    #[get("/key")]
    fn key(&self) -> Call<Key, Failed>;
    #[get("/numbers")]
    fn numbers(&self) -> Pages<Numbers, Failed>;
}

const KEY: &str = r#"{"id":"key_1"}"#;
const INSIDE: &str = "cannot wait inside of a Tokio runtime: write";

/// A server on a runtime of its own, as another process would be, and clients of it.
struct World {
    runtime: Runtime,
    server: ScriptedServer,
}

impl World {
    fn new(script: impl IntoIterator<Item = Step>) -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server = runtime.block_on(ScriptedServer::start(script)).unwrap();
        Self { runtime, server }
    }

    fn client(&self, is_lean: bool) -> Client {
        let builder = Client::builder(self.server.base_url()).backoff(Backoff::none());
        if is_lean { builder.hyper() } else { builder }.build().unwrap()
    }

    fn keys(&self, is_lean: bool) -> KeysClient {
        KeysClient::new(self.client(is_lean))
    }

    /// Waits until the client has closed its connections.
    fn is_left(&self) {
        self.runtime.block_on(self.server.is_left());
    }
}

/// Runs a test over reqwest and over the lean transport, each against a server of its own.
fn over_both(script: &[Step], test: impl Fn(&World, KeysClient)) {
    for is_lean in [false, true] {
        let world = World::new(script.iter().cloned());
        test(&world, world.keys(is_lean));
    }
}

/// A response without a length, which ends with its connection.
fn streamed(media_type: &str, body: &str) -> Step {
    Step::Send(format!("HTTP/1.1 200 OK\r\ncontent-type: {media_type}\r\n\r\n{body}").into_bytes())
}

#[test]
fn a_call_returns_its_value_and_is_repeated_as_when_it_is_awaited() {
    over_both(&[Step::json(200, KEY), Step::json(503, "{}"), Step::json(200, KEY)], |world, keys| {
        assert_eq!(keys.get("key_1").blocking().unwrap(), Key { id: "key_1".to_owned() });
        assert_eq!(keys.get("key_1").with_reply().blocking().unwrap().attempts, 2);
        assert_eq!(world.server.requests().len(), 3);
    });
}

#[test]
fn a_call_that_fails_returns_its_error() {
    over_both(&[Step::json(404, r#"{"error":"gone"}"#)], |_, keys| {
        let error = keys.get("key_1").blocking().unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Status, 1));
        assert!(error.is_not_found() && error.endpoint().is_some());
        assert_eq!(keys.get("key_1").optional().blocking().unwrap(), None);
        let error = keys.get("").blocking().unwrap_err();
        assert_eq!((error.kind(), error.effect()), (ErrorKind::Argument, Effect::NotSent));
        let Failed(error) = keys.owner("ada").key().blocking().unwrap_err();
        assert!(error.is_not_found(), "{error}");
    });
}

#[test]
fn a_deadline_ends_a_blocking_call() {
    over_both(&[Step::Silence], |world, keys| {
        let call = keys.get("key_1").deadline(std::time::Duration::from_millis(1));
        let error = call.blocking().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Deadline);
        world.is_left();
    });
}

#[test]
fn what_a_nest_or_the_client_describes_is_made_as_well() {
    over_both(&[Step::json(200, KEY)], |world, keys| {
        assert_eq!(keys.owner("ada").key().blocking().unwrap().id, "key_1");
        let client = world.client(false);
        let builder = client.call::<Key>(Method::GET, "/keys/{id}").segment("id", "a b");
        assert_eq!(builder.blocking().unwrap().id, "key_1");
        let requests = world.server.requests();
        assert!(requests[0].starts_with("GET /v1/owners/ada/key "), "{requests:?}");
        assert!(requests[1].starts_with("GET /v1/keys/a%20b "), "{requests:?}");
    });
}

#[test]
fn many_threads_share_a_client_and_its_runtime() {
    over_both(&[Step::json(200, KEY)], |world, keys| {
        thread::scope(|scope| {
            let calls = || (0..8).all(|_| keys.get("key_1").blocking().is_ok());
            let threads: Vec<_> = (0..16).map(|_| scope.spawn(calls)).collect();
            assert!(threads.into_iter().all(|thread| thread.join().unwrap()));
        });
        assert_eq!(world.server.requests().len(), 16 * 8);
        // The connections outlive the threads that opened them.
        assert!(world.server.connections() < 16 * 8);
        assert!(keys.get("key_1").blocking().is_ok());
    });
}

#[test]
fn inside_of_a_runtime_a_call_is_not_sent_and_says_what_to_write() {
    over_both(&[Step::json(200, KEY)], |world, keys| {
        let expected = format!(
            "Keys::get: GET 127.0.0.1:{}/v1/keys/{{id}}: invalid client configuration: `blocking()` cannot wait inside of a \
             Tokio runtime: write `.await` there, or `Handle::current().block_on(…)` on a thread of `spawn_blocking` (not sent)",
            world.server.port()
        );
        let call = |keys: &KeysClient| keys.get("key_1").blocking().unwrap_err();
        let current = Builder::new_current_thread().build().unwrap();
        let mut errors = vec![world.runtime.block_on(async { call(&keys) })];
        errors.push(current.block_on(async { call(&keys) }));
        let (clone, another) = (keys.clone(), keys.clone());
        let blocking = tokio::task::spawn_blocking;
        errors.push(world.runtime.block_on(async { blocking(move || call(&clone)).await.unwrap() }));
        errors.push(
            world.runtime.block_on(async { tokio::spawn(async move { call(&another) }).await.unwrap() }),
        );
        {
            let _inside = current.enter();
            errors.push(call(&keys));
        }
        for error in errors {
            assert_eq!(error.to_string(), expected);
            let known = (error.kind(), error.effect(), error.attempts());
            assert_eq!(known, (ErrorKind::Configuration, Effect::NotSent, 0));
        }
        assert_eq!(world.server.requests().len(), 0);
        assert!(keys.get("key_1").blocking().is_ok());
    });
}

/// What the error tells to write.
#[test]
fn on_a_thread_of_spawn_blocking_the_handle_makes_the_call() {
    let world = World::new([Step::json(200, KEY)]);
    let keys = world.keys(false);
    let call = move || tokio::runtime::Handle::current().block_on(keys.get("key_1"));
    let key = world.runtime.block_on(async { tokio::task::spawn_blocking(call).await.unwrap() });
    assert_eq!(key.unwrap().id, "key_1");
}

/// A layer runs within the call, and so on its runtime.
#[test]
fn a_call_within_a_blocking_call_is_an_error() {
    let within = Call::<Key>::from_future(async { Call::<Key>::failed(Error::response(500)).blocking() });
    let error = within.blocking().unwrap_err();
    assert!(error.to_string().contains(INSIDE), "{error}");
}

fn pages() -> [Step; 3] {
    [
        Step::json(200, r#"{"data":[1,2],"next":"a"}"#),
        Step::json(200, r#"{"data":[3],"next":"b"}"#),
        Step::json(200, r#"{"data":[4,5],"next":null}"#),
    ]
}

#[test]
fn a_list_is_an_iterator_of_its_items() {
    over_both(&pages(), |world, keys| {
        let items: Vec<u32> = keys.numbers().blocking().collect::<Result<_, _>>().unwrap();
        assert_eq!(items, [1, 2, 3, 4, 5]);
        let requests = world.server.requests();
        assert_eq!(requests.len(), 3);
        assert!(requests[2].starts_with("GET /v1/numbers?after=b "), "{requests:?}");
    });
}

#[test]
fn a_list_is_an_iterator_of_its_pages_with_a_cursor() {
    over_both(&pages(), |_, keys| {
        let mut list = keys.numbers().pages().limit(2).blocking();
        assert_eq!(list.next().unwrap().unwrap().data, [1, 2]);
        assert!(list.get_ref().cursor().is_some());
        assert_eq!(list.next().unwrap().unwrap().data, [3]);
        assert!(list.next().is_none() && list.next().is_none());
        let first = keys.numbers().with_reply().blocking().unwrap();
        assert_eq!(first.value.data, [4, 5]);
    });
}

#[test]
fn a_list_that_is_dropped_early_asks_for_no_further_page() {
    over_both(&pages(), |world, keys| {
        let mut items = keys.numbers().blocking();
        assert_eq!(items.by_ref().take(2).map(Result::unwrap).collect::<Vec<_>>(), [1, 2]);
        drop(items);
        assert_eq!(world.server.requests().len(), 1);
        drop(keys);
        world.is_left();
    });
}

#[test]
fn a_list_that_fails_ends_with_its_error() {
    over_both(&[pages()[0].clone(), Step::json(400, "{}")], |_, keys| {
        let mut items = keys.owner("ada").numbers().blocking();
        assert_eq!(items.by_ref().take(2).map(Result::unwrap).collect::<Vec<_>>(), [1, 2]);
        let Failed(error) = items.next().unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Status);
        assert!(items.next().is_none() && items.next().is_none());
    });
}

#[test]
fn inside_of_a_runtime_a_list_has_one_error_and_loses_no_item() {
    over_both(&pages(), |world, keys| {
        let mut items = keys.numbers().blocking();
        assert_eq!(items.next().unwrap().unwrap(), 1);
        let found: Vec<_> = world.runtime.block_on(async { items.by_ref().collect() });
        assert_eq!(found.len(), 1);
        let error = found[0].as_ref().unwrap_err();
        let start = format!("Keys::numbers: GET 127.0.0.1:{}/v1/numbers: ", world.server.port());
        assert!(error.to_string().starts_with(&start), "{error}");
        assert!(error.to_string().contains(&format!("{INSIDE} `try_next().await` there")), "{error}");
        assert_eq!((error.kind(), error.effect()), (ErrorKind::Configuration, Effect::NotSent));
        assert!(items.next().is_none());
        let mut rest = items.into_inner();
        assert_eq!(world.runtime.block_on(rest.try_next()).unwrap(), Some(2));
        assert_eq!(rest.blocking().map(Result::unwrap).collect::<Vec<_>>(), [3, 4, 5]);
    });
}

#[test]
fn events_are_an_iterator() {
    let body = "data: one\n\nevent: two\ndata: 2\n\n";
    over_both(&[streamed("text/event-stream", body).then_close()], |_, keys| {
        let events: Vec<Event> = keys.events().blocking().unwrap().blocking().map(Result::unwrap).collect();
        let data: Vec<_> = events.iter().map(|event| event.data.as_str()).collect();
        assert_eq!(data, ["one", "2"]);
    });
}

#[test]
fn events_that_are_dropped_early_close_their_connection() {
    over_both(&[streamed("text/event-stream", "data: one\n\n")], |world, keys| {
        let mut events = keys.events().blocking().unwrap().blocking();
        assert_eq!(events.next().unwrap().unwrap().data, "one");
        drop(events);
        world.is_left();
    });
}

#[test]
fn inside_of_a_runtime_a_stream_has_an_error_with_its_response() {
    let body = "data: one\n\ndata: two\n\n";
    over_both(&[streamed("text/event-stream", body).then_close()], |world, keys| {
        let mut events = keys.events().blocking().unwrap().blocking();
        let error = world.runtime.block_on(async { events.next() }).unwrap().unwrap_err();
        assert!(error.to_string().contains(INSIDE), "{error}");
        assert_eq!(error.endpoint().unwrap().name, "events");
        assert_eq!((error.effect(), error.status().unwrap().as_u16()), (Effect::Responded, 200));
        assert!(events.next().is_none());
        let rest = events.into_inner().blocking();
        assert_eq!(rest.map(|event| event.unwrap().data).collect::<Vec<_>>(), ["one", "two"]);
    });
}

#[test]
fn lines_are_an_iterator_that_goes_on_after_a_line_that_does_not_fit() {
    let body = "1\n\"two\"\n3\n";
    over_both(&[streamed("application/x-ndjson", body).then_close()], |_, keys| {
        let lines: Vec<_> = keys.lines().blocking().unwrap().blocking().collect();
        assert_eq!(lines.len(), 3);
        assert_eq!((lines[0].as_ref().unwrap(), lines[2].as_ref().unwrap()), (&1, &3));
        assert_eq!(lines[1].as_ref().unwrap_err().body(), b"\"two\"");
    });
}

#[test]
fn the_bytes_of_a_body_are_an_iterator_and_a_stall_ends_it() {
    over_both(&[Step::with_headers(200, &[], "0123456789")], |_, keys| {
        let body = keys.file().blocking().unwrap().blocking();
        assert_eq!(body.get_ref().len(), Some(10));
        let chunks: Vec<_> = body.map(Result::unwrap).collect();
        assert_eq!(chunks.concat(), b"0123456789");
    });
    let head = Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc".to_vec());
    over_both(&[head], |_, keys| {
        let call = keys.file().stall_timeout(std::time::Duration::from_millis(1));
        let mut body = call.blocking().unwrap().blocking();
        // The three bytes may take longer than that, too.
        let error = body.find_map(Result::err).unwrap();
        assert_eq!(error.kind(), ErrorKind::Stalled);
        assert!(body.next().is_none());
    });
}

#[test]
fn an_iterator_goes_on_in_another_thread() {
    over_both(&pages(), |_, keys| {
        let mut items = keys.numbers().blocking();
        assert_eq!(items.next().unwrap().unwrap(), 1);
        let rest = thread::spawn(move || items.map(Result::unwrap).collect::<Vec<_>>());
        assert_eq!(rest.join().unwrap(), [2, 3, 4, 5]);
    });
}

#[test]
fn fakes_need_no_server() {
    assert_eq!(Call::<Key>::ready(Ok(Key { id: "a".to_owned() })).blocking().unwrap().id, "a");
    let items = Pages::<Numbers>::from_items([1, 2]).blocking().map(Result::unwrap);
    assert_eq!(items.collect::<Vec<_>>(), [1, 2]);
    assert!(Pages::<Numbers>::failed(Error::response(500)).blocking().next().unwrap().is_err());
    assert_eq!(
        [7, 8].into_iter().collect::<JsonLines<u32>>().blocking().map(Result::unwrap).sum::<u32>(),
        15
    );
}

#[test]
fn a_call_that_panics_leaves_the_runtime_to_the_others() {
    let call = Call::<()>::from_future(async { panic!("within a call") });
    assert!(catch_unwind(AssertUnwindSafe(|| call.blocking())).is_err());
    over_both(&[Step::json(200, KEY)], |_, keys| assert!(keys.get("key_1").blocking().is_ok()));
}

#[test]
fn on_a_thread_that_is_ending_a_call_is_an_error() {
    struct AtEnd(std::sync::mpsc::Sender<Result<(), Error>>);

    impl Drop for AtEnd {
        fn drop(&mut self) {
            self.0.send(Call::<()>::ready(Ok(())).blocking()).unwrap();
        }
    }

    thread_local! {
        static AT_END: std::cell::RefCell<Option<AtEnd>> = const { std::cell::RefCell::new(None) };
    }
    let (sender, receiver) = std::sync::mpsc::channel();
    let ending = thread::spawn(|| {
        // Tokio's own value comes later, and so is destroyed before.
        AT_END.set(Some(AtEnd(sender)));
        Call::<()>::ready(Ok(())).blocking().unwrap();
    });
    ending.join().unwrap();
    let error = receiver.recv().unwrap().unwrap_err();
    assert!(error.to_string().contains("a thread that is ending"), "{error}");
}

/// The runtime needs descriptors, and this process, started again by a shell, may open no more than one.
#[cfg(target_os = "linux")]
#[test]
fn a_runtime_that_cannot_be_started_is_an_error() {
    const AGAIN: &str = "DECLAREST_TESTS_FEW_DESCRIPTORS";
    if std::env::var_os(AGAIN).is_none() {
        let shell = std::process::Command::new("sh")
            .args(["-c", r#"ulimit -n 4; exec "$0" --exact a_runtime_that_cannot_be_started_is_an_error"#])
            .arg(std::env::current_exe().unwrap())
            .env(AGAIN, "1")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&shell.stdout);
        assert!(shell.status.success() && said.contains("1 passed"), "{said}");
        return;
    }
    let error = Call::<()>::ready(Ok(())).blocking().unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Configuration, Effect::NotSent));
    let text = error.to_string();
    assert!(
        text.contains("the runtime of blocking calls could not be started: Too many open files"),
        "{text}"
    );
    assert!(std::error::Error::source(&error).is_some());
}
