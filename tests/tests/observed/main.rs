//! What a client tells about its calls: spans, events and callbacks.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod callbacks;
mod recording;
mod spans;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, Once};
use std::time::Duration;

use declarest::{
    Body, BoxError, Call, Client, ClientBuilder, Event, Events, IfFound, Next, Page, Pages, Sent, api,
};
use declarest_tests::ManualClock;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Key {
    id: String,
}

/// A page of keys.
#[derive(Debug, Deserialize)]
struct KeyPage {
    ids: Vec<String>,
    next: Option<String>,
}

impl Page for KeyPage {
    type Item = String;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        Ok(self.next.as_ref().map_or(Next::Done, |after| Next::query("after", after)))
    }

    fn into_items(self) -> Vec<String> {
        self.ids
    }
}

#[api]
trait Keys {
    #[get("/keys/{id}")]
    fn get(&self, id: &str) -> Call<Key>;
    #[get("/keys/{id}?find=1")]
    fn find(&self, id: &str) -> Call<IfFound<Key>>;
    #[get("/keys/{id}/file", redirects = downloads)]
    fn file(&self, id: &str, #[query] sig: &str) -> Call<declarest::Text>;
    #[get("/keys/{id}/events")]
    fn events(&self, id: &str) -> Call<Events<Event>>;
    #[get("/keys")]
    fn list(&self) -> Pages<KeyPage>;
    #[post("/keys")]
    fn create(&self, #[field] name: &str) -> Call<Key>;
    #[nest("/owners/{owner}")]
    fn of(&self, owner: &str) -> OwnedClient;
}

#[api]
trait Owned {
    #[delete("/keys/{id}")]
    fn delete(&self, id: &str) -> Call<()>;
}

const KEY: &str = r#"{"id":"key_1"}"#;

/// What the transport answers.
#[derive(Clone)]
enum Answer {
    Status(u16, &'static str),
    Events(&'static str),
    To(&'static str),
    Lost,
    Silence,
}

/// How long each answer takes.
const ANSWER: Duration = Duration::from_millis(20);

/// A client of `https://api.example.com/v1` whose transport follows a script; the clock moves with each answer.
fn scripted(script: impl IntoIterator<Item = Answer>) -> ClientBuilder {
    let script = Arc::new(Mutex::new(script.into_iter().collect::<VecDeque<_>>()));
    let clock = ManualClock::default();
    let timer = clock.clone();
    let transport = tower::service_fn(move |_: http::Request<Body>| {
        let answer = script.lock().unwrap().pop_front().unwrap();
        clock.advance(ANSWER);
        async move {
            let mut response = http::Response::new(Body::empty());
            match answer {
                Answer::Status(status, body) => {
                    *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
                    *response.body_mut() = Body::from(body);
                }
                Answer::Events(text) => {
                    response.headers_mut().insert("content-type", "text/event-stream".parse().unwrap());
                    *response.body_mut() = Body::from(text);
                }
                Answer::To(location) => {
                    *response.status_mut() = http::StatusCode::FOUND;
                    response.headers_mut().insert("location", location.parse().unwrap());
                }
                Answer::Lost => return Err(BoxError::from("the connection was lost")),
                Answer::Silence => std::future::pending().await,
            }
            Ok(response)
        }
    });
    Client::builder("https://api.example.com/v1").bearer("sk-CANARY").transport(transport).timer(timer)
}

fn keys(builder: ClientBuilder) -> KeysClient {
    // Whether anybody wants a span is remembered for the whole process, and while one test alone listens, `tracing` asks only
    // the thread that happens to be the first to open it. So there is always one more who wants all.
    static LISTENER: Once = Once::new();
    LISTENER.call_once(|| tracing::subscriber::set_global_default(tracing_subscriber::registry()).unwrap());
    KeysClient::new(builder.build().unwrap())
}

/// Polls a call once, and drops it.
fn drop_after_a_poll(call: impl Future) {
    let mut call = std::pin::pin!(call);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(call.as_mut().poll(&mut context).is_pending());
}
