//! A server on loopback in threads of its own, so that what it does counts for nobody: canned answers over kept
//! connections, one write each.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use http::Method;

use crate::workload::Operation;

/// The server; it accepts nobody any more when it is dropped.
pub struct Server {
    address: SocketAddr,
    ended: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server at a port that is free.
    ///
    /// # Errors
    /// When there is none.
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let ended = Arc::new(AtomicBool::new(false));
        let seen = ended.clone();
        let accepting = thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if seen.load(Ordering::Relaxed) {
                    return;
                }
                // A connection's thread ends with the connection.
                thread::spawn(move || serve(stream));
            }
        });
        Ok(Self { address, ended, accepting: Some(accepting) })
    }

    /// `http://127.0.0.1:PORT/v1`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        // Wakes the thread that accepts.
        if TcpStream::connect(self.address).is_ok()
            && let Some(accepting) = self.accepting.take()
        {
            let _ = accepting.join();
        }
    }
}

fn serve(mut stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let answers = Operation::ALL.map(|operation| (operation, answer(operation)));
    let mut request = Vec::with_capacity(4 << 10);
    while read_request(&mut stream, &mut request)? {
        let asked = asked(&request);
        for (_, answer) in answers.iter().filter(|(operation, _)| Some(*operation) == asked) {
            stream.write_all(answer)?;
        }
        request.clear();
    }
    Ok(())
}

/// A whole answer, as OpenAI's looks.
fn answer(operation: Operation) -> Vec<u8> {
    let body = operation.answer();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         date: Mon, 23 Nov 2026 06:00:00 GMT\r\nx-request-id: req_0123456789abcdef0123456789abcdef\r\n\
         openai-version: 2020-10-01\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), &body].concat()
}

/// Reads one request to its end; `false` at the end of the connection.
fn read_request(stream: &mut TcpStream, request: &mut Vec<u8>) -> io::Result<bool> {
    let mut chunk = [0; 4 << 10];
    while !is_whole(request) {
        let read = stream.read(&mut chunk)?;
        if read == 0 {
            return Ok(false);
        }
        request.extend(chunk.iter().take(read));
    }
    Ok(true)
}

/// Whether the head and as many bytes as it announces are there.
fn is_whole(request: &[u8]) -> bool {
    let Some(head) = request.windows(4).position(|end| end == b"\r\n\r\n") else { return false };
    let text = String::from_utf8_lossy(request).to_ascii_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    request.len() >= head + 4 + length.unwrap_or(0)
}

fn asked(request: &[u8]) -> Option<Operation> {
    let text = String::from_utf8_lossy(request);
    let (method, rest) = text.split_once(' ')?;
    let (target, _) = rest.split_once(' ')?;
    Some(Operation::of(&Method::from_bytes(method.as_bytes()).ok()?, target))
}
