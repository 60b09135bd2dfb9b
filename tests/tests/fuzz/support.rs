//! A client whose transport is a function, and what runs it without an executor.

use std::convert::Infallible;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use declarest::{Body, Client, ClientBuilder, Timer};
use http::{Request, Response};
use http_body::Frame;

/// A clock that stands still.
pub(super) struct Still(pub(super) SystemTime);

impl Timer for Still {
    fn now(&self) -> Instant {
        static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
        *START
    }

    fn wall_clock(&self) -> SystemTime {
        self.0
    }

    fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::pending())
    }

    fn random(&self) -> f64 {
        0.5
    }
}

/// Runs what has nothing to wait for.
pub(super) fn run<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..100_000 {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
    }
    panic!("it waits for what never comes");
}

/// A client of one attempt whose requests go to `answer`.
pub(super) fn client<F>(base_url: &str, answer: F) -> ClientBuilder
where
    F: Fn(Request<Body>) -> Response<Body> + Clone + Send + Sync + 'static,
{
    Client::builder(base_url).attempts(1).timer(Still(SystemTime::UNIX_EPOCH)).transport(tower::service_fn(
        move |request| {
            let response = answer(request);
            async move { Ok::<_, Infallible>(response) }
        },
    ))
}

/// A client that gets the same JSON as every answer, and what it asked.
pub(super) fn recorded(base_url: &str, json: &'static str) -> (ClientBuilder, Requests) {
    let requests = Requests::default();
    let kept = requests.clone();
    let client = client(base_url, move |request| {
        kept.0.lock().unwrap().push(request.into_parts().0);
        Response::new(Body::from(json))
    });
    (client, requests)
}

/// The heads of requests.
#[derive(Clone, Default)]
pub(super) struct Requests(pub(super) Arc<Mutex<Vec<http::request::Parts>>>);

impl Requests {
    /// Those since the last time.
    pub(super) fn take(&self) -> Vec<http::request::Parts> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

/// A body in chunks of these sizes, over and over; what is of size 0 stands for one byte.
pub(super) fn in_chunks(bytes: &[u8], sizes: &[u8]) -> Body {
    let mut chunks = Vec::new();
    let mut rest = bytes;
    for size in sizes.iter().cycle().map(|size| usize::from(*size).max(1)) {
        if rest.is_empty() {
            break;
        }
        let (chunk, after) = rest.split_at(size.min(rest.len()));
        chunks.push(Bytes::copy_from_slice(chunk));
        rest = after;
    }
    Body::new(Chunks(chunks.into_iter()))
}

/// Chunks that are all there.
struct Chunks(std::vec::IntoIter<Bytes>);

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.next().map(|chunk| Ok(Frame::data(chunk))))
    }
}

/// The texts of an input: what stands between bytes that are in no UTF-8.
pub(super) fn texts<const N: usize>(input: &[u8]) -> [String; N] {
    let mut texts = input.split(|byte| *byte == 0xFF).map(|text| String::from_utf8_lossy(text).into_owned());
    std::array::from_fn(|_| texts.next().unwrap_or_default())
}
