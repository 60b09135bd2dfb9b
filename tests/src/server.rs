//! A raw TCP server on loopback that follows a script and keeps a log of what it saw.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// What the server does with one request, which it has read to its end unless the step says otherwise.
#[derive(Debug, Clone)]
pub enum Step {
    /// Sends these bytes and keeps the connection open.
    Send(Vec<u8>),
    /// Sends these bytes and closes the connection.
    SendAndClose(Vec<u8>),
    /// Sends these bytes and resets the connection.
    SendAndReset(Vec<u8>),
    /// Sends these bytes, then the piece again and again, with this pause in between, for ever.
    Repeat(Vec<u8>, Vec<u8>, Duration),
    /// Resets the connection.
    Reset,
    /// Resets the connection when so many bytes of the request were read; of a request that is not in the log.
    ResetAfter(usize),
    /// Says nothing and keeps the connection open.
    Silence,
}

impl Step {
    /// A whole answer with this JSON.
    #[must_use]
    pub fn json(status: u16, json: &str) -> Self {
        Self::with_headers(status, &["content-type: application/json"], json)
    }

    /// A whole answer with these header lines.
    #[must_use]
    pub fn with_headers(status: u16, headers: &[&str], body: &str) -> Self {
        let lines: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
        let length = body.len();
        Self::Send(
            format!("HTTP/1.1 {status} X\r\n{lines}content-length: {length}\r\n\r\n{body}").into_bytes(),
        )
    }

    /// The same answer, after which the connection is closed.
    #[must_use]
    pub fn then_close(self) -> Self {
        match self {
            Self::Send(bytes) => Self::SendAndClose(bytes),
            step => step,
        }
    }
}

#[derive(Default)]
struct State {
    script: VecDeque<Step>,
    requests: Vec<String>,
    connections: usize,
    open: usize,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Notify,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        let result = change(&mut self.lock());
        self.changed.notify_waiters();
        result
    }
}

/// The server; it ends when it is dropped.
pub struct ScriptedServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

impl ScriptedServer {
    /// Starts a server that takes a step for each request; the last one stays.
    ///
    /// # Errors
    /// When no port on loopback can be had.
    pub async fn start(script: impl IntoIterator<Item = Step>) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        shared.lock().script = script.into_iter().collect();
        let accepted = shared.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                accepted.change(|state| {
                    state.connections += 1;
                    state.open += 1;
                });
                let _ = stream.set_nodelay(true);
                let shared = accepted.clone();
                tokio::spawn(async move {
                    serve(stream, &shared).await;
                    shared.change(|state| state.open -= 1);
                });
            }
        });
        Ok(Self { address, shared, accepting })
    }

    /// `http://127.0.0.1:PORT/v1`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// The port on loopback.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The requests so far, whole and as they came.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        self.shared.lock().requests.clone()
    }

    /// How many connections were opened so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.shared.lock().connections
    }

    /// How many connections are open.
    #[must_use]
    pub fn open_connections(&self) -> usize {
        self.shared.lock().open
    }

    /// Waits until so many requests have come.
    pub async fn has_seen(&self, requests: usize) {
        self.until(|state| state.requests.len() >= requests).await;
    }

    /// Waits until no connection is open.
    pub async fn is_left(&self) {
        self.until(|state| state.open == 0).await;
    }

    async fn until(&self, met: impl Fn(&State) -> bool) {
        loop {
            let changed = self.shared.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            if met(&self.shared.lock()) {
                return;
            }
            changed.await;
        }
    }
}

impl Drop for ScriptedServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn serve(mut stream: TcpStream, shared: &Shared) {
    let read_before_reset = shared.change(|state| match state.script.front() {
        Some(Step::ResetAfter(bytes)) => Some(*bytes).inspect(|_| {
            take(&mut state.script);
        }),
        _ => None,
    });
    if let Some(bytes) = read_before_reset {
        let mut some = vec![0; bytes];
        let _ = stream.read_exact(&mut some).await;
        let _ = stream.set_zero_linger();
        return;
    }
    while let Some(request) = read_request(&mut stream).await {
        let step = shared.change(|state| {
            state.requests.push(request);
            take(&mut state.script)
        });
        if !answer(&mut stream, step).await {
            return;
        }
    }
}

/// The next step; the last one stays.
fn take(script: &mut VecDeque<Step>) -> Option<Step> {
    if script.len() > 1 { script.pop_front() } else { script.front().cloned() }
}

/// Takes a step; tells whether the connection goes on.
async fn answer(stream: &mut TcpStream, step: Option<Step>) -> bool {
    match step {
        Some(Step::Send(bytes)) => stream.write_all(&bytes).await.is_ok(),
        Some(Step::SendAndClose(bytes)) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
            false
        }
        Some(Step::SendAndReset(bytes)) => {
            let _ = stream.write_all(&bytes).await;
            // With nothing lingering, the close is a reset.
            let _ = stream.set_zero_linger();
            false
        }
        Some(Step::Repeat(bytes, piece, pause)) => {
            let mut sent = stream.write_all(&bytes).await;
            while sent.is_ok() {
                tokio::time::sleep(pause).await;
                sent = stream.write_all(&piece).await;
            }
            false
        }
        Some(Step::Silence) => {
            // Until the other side leaves.
            while matches!(stream.read(&mut [0; 64]).await, Ok(1..)) {}
            false
        }
        Some(Step::Reset | Step::ResetAfter(_)) | None => {
            let _ = stream.set_zero_linger();
            false
        }
    }
}

/// One request with its body, framed by `content-length` or by chunks; `None` at the end of the connection.
async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = find(&bytes, b"\r\n\r\n") {
            break end + 4;
        }
        more(stream, &mut bytes).await?;
    };
    let text = String::from_utf8_lossy(bytes.get(..head)?).to_ascii_lowercase();
    let length =
        text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    if text.contains("transfer-encoding: chunked") {
        // Nobody sends a second request before the first has its answer, so the end of one is the end of what came.
        while !bytes.ends_with(b"\r\n0\r\n\r\n") {
            more(stream, &mut bytes).await?;
        }
    } else {
        while bytes.len() < head + length.unwrap_or(0) {
            more(stream, &mut bytes).await?;
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

async fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    (stream.read_buf(bytes).await.ok()? > 0).then_some(())
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
