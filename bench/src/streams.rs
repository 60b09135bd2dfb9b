//! A stream of events or of JSON lines as chat APIs send them, read in the process.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use declarest::{Body, BoxError, Call, Client, Events, JsonLines, api};
use http::{HeaderValue, Request, Response, header};
use http_body::Frame;
use serde::Deserialize;
use tokio::runtime::{Builder, Runtime};
use tower::Service;

/// What a TCP segment over Ethernet carries.
pub const SEGMENT: usize = 1460;

/// A chat API that streams.
#[api]
pub trait Chat {
    /// The answer as events.
    #[get("/events", events(end = "[DONE]"))]
    fn events(&self) -> Call<Events<Chunk>>;

    /// The answer as lines.
    #[get("/lines")]
    fn lines(&self) -> Call<JsonLines<Chunk>>;
}

/// A piece of an answer.
#[derive(Debug, Deserialize)]
pub struct Chunk {
    /// The answer that it belongs to.
    pub id: String,
    /// One for each answer that was asked for.
    pub choices: Vec<Choice>,
}

/// A piece of one answer of several.
#[derive(Debug, Deserialize)]
pub struct Choice {
    /// What is new.
    pub delta: Delta,
    /// Which answer.
    pub index: u32,
}

/// What is new.
#[derive(Debug, Deserialize)]
pub struct Delta {
    /// Some text.
    pub content: Option<String>,
}

impl Chunk {
    /// How many bytes of text it brings.
    #[must_use]
    pub fn text_bytes(&self) -> usize {
        self.choices.iter().filter_map(|choice| choice.delta.content.as_ref()).map(String::len).sum()
    }
}

/// The JSON of so many pieces, with this text in each.
#[must_use]
pub fn pieces(count: usize, text: &str) -> Vec<String> {
    let piece = |number| {
        format!(
            r#"{{"id":"chatcmpl-{number}","object":"chat.completion.chunk","created":1,"model":"gpt-5.1","choices":[{{"index":0,"delta":{{"content":"{text}"}},"finish_reason":null}}]}}"#
        )
    };
    (0..count).map(piece).collect()
}

/// The pieces as a body of events.
#[must_use]
pub fn as_events(pieces: &[String]) -> String {
    let events: String = pieces.iter().map(|piece| format!("data: {piece}\n\n")).collect();
    events + "data: [DONE]\n\n"
}

/// The pieces as a body of lines.
#[must_use]
pub fn as_lines(pieces: &[String]) -> String {
    pieces.iter().map(|piece| format!("{piece}\n")).collect()
}

/// A client whose responses have one body, in chunks of one size, and a runtime that drives it.
pub struct Streams {
    chat: ChatClient,
    runtime: Runtime,
}

impl Streams {
    /// A client that gets this body.
    ///
    /// # Errors
    /// When the client or the runtime cannot be built.
    pub fn new(body: &str, chunk_size: usize) -> Result<Self, BoxError> {
        let chunks = body.as_bytes().chunks(chunk_size).map(Bytes::copy_from_slice).collect();
        let client = Client::builder("https://api.example.com").transport(Canned(chunks)).build()?;
        let runtime = Builder::new_current_thread().enable_time().build()?;
        Ok(Self { chat: ChatClient::new(client), runtime })
    }

    /// Reads all events; returns how many bytes of text they brought.
    ///
    /// # Errors
    /// When the call or the stream fails.
    pub fn read_events(&self) -> Result<usize, BoxError> {
        self.runtime.block_on(async {
            let (mut events, mut bytes) = (self.chat.events().await?, 0);
            while let Some(chunk) = events.try_next().await? {
                bytes += chunk.text_bytes();
            }
            Ok(bytes)
        })
    }

    /// The same of lines.
    ///
    /// # Errors
    /// When the call or the stream fails.
    pub fn read_lines(&self) -> Result<usize, BoxError> {
        self.runtime.block_on(async {
            let (mut lines, mut bytes) = (self.chat.lines().await?, 0);
            while let Some(chunk) = lines.try_next().await? {
                bytes += chunk.text_bytes();
            }
            Ok(bytes)
        })
    }
}

/// Responds to each request with these chunks.
#[derive(Clone)]
struct Canned(VecDeque<Bytes>);

impl Service<Request<Body>> for Canned {
    type Response = Response<Self>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let media = match request.uri().path() {
            "/events" => "text/event-stream",
            _ => "application/x-ndjson",
        };
        let mut response = Response::new(self.clone());
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
        ready(Ok(response))
    }
}

impl http_body::Body for Canned {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.pop_front().map(|chunk| Ok(Frame::data(chunk))))
    }
}
