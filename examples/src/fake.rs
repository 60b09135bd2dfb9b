//! A stand-in for somebody's API: a router on a loopback port that writes down what it is asked.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, Method, StatusCode};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// How large a request may be; the examples send far less.
const LIMIT: usize = 1 << 20;

/// One request as it came in.
#[derive(Clone)]
pub struct Received {
    /// The method.
    pub method: Method,
    /// Path and query, as they were sent.
    pub target: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl std::fmt::Debug for Received {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Headers and bodies hold credentials, of an invented user too.
        write!(f, "{} {}", self.method, self.target)
    }
}

impl Received {
    /// A header; empty if there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

type Log = Arc<Mutex<Vec<Received>>>;

/// A running server. Dropping it ends it.
#[derive(Debug)]
pub struct Fake {
    address: SocketAddr,
    log: Log,
    task: JoinHandle<()>,
}

impl Fake {
    /// Starts the server on a free port.
    ///
    /// # Errors
    /// When no port can be bound.
    pub async fn start(router: Router) -> io::Result<Self> {
        let log = Log::default();
        let router = router.layer(from_fn_with_state(Arc::clone(&log), write_down));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(async move {
            // Ends with the task: `axum::serve` itself returns only when it is told to.
            let _ended = axum::serve(listener, router).await;
        });
        Ok(Self { address, log, task })
    }

    /// The base URL for a client, without a path.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every request so far, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<Received> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The same as `METHOD path?query` lines.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.requests().iter().map(|request| format!("{request:?}")).collect()
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Keeps a copy of the request before it is answered.
async fn write_down(State(log): State<Log>, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LIMIT).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let received = Received {
        method: head.method.clone(),
        target: head.uri.to_string(),
        headers: head.headers.clone(),
        body: body.clone(),
    };
    log.lock().unwrap_or_else(PoisonError::into_inner).push(received);
    next.run(Request::from_parts(head, Body::from(body))).await
}
