//! A raw TCP server on loopback that follows a script and keeps a log of what it saw.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the server does with one request, which it has read to its end.
#[derive(Debug, Clone)]
pub enum Step {
    /// Sends these bytes and keeps the connection open.
    Send(Vec<u8>),
    /// Sends these bytes and closes the connection.
    SendAndClose(Vec<u8>),
    /// Resets the connection.
    Reset,
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
}

#[derive(Default)]
struct State {
    script: VecDeque<Step>,
    requests: Vec<String>,
    connections: usize,
}

/// The server; it ends when it is dropped.
pub struct ScriptedServer {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
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
        let state = Arc::new(Mutex::new(State { script: script.into_iter().collect(), ..State::default() }));
        let shared = state.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                lock(&shared).connections += 1;
                let _ = stream.set_nodelay(true);
                tokio::spawn(serve(stream, shared.clone()));
            }
        });
        Ok(Self { address, state, accepting })
    }

    /// `http://127.0.0.1:PORT/v1`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// The requests so far, whole and as they came.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        lock(&self.state).requests.clone()
    }

    /// How many connections were opened so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        lock(&self.state).connections
    }
}

impl Drop for ScriptedServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>) {
    while let Some(request) = read_request(&mut stream).await {
        let step = {
            let mut state = lock(&state);
            state.requests.push(request);
            if state.script.len() > 1 { state.script.pop_front() } else { state.script.front().cloned() }
        };
        match step {
            Some(Step::Send(bytes)) => {
                if stream.write_all(&bytes).await.is_err() {
                    return;
                }
            }
            Some(Step::SendAndClose(bytes)) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
                return;
            }
            Some(Step::Reset) | None => {
                // With nothing lingering, the close is a reset.
                let _ = stream.set_zero_linger();
                return;
            }
            Some(Step::Silence) => std::future::pending().await,
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
        while find(&bytes, b"\r\n0\r\n\r\n").is_none() {
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
