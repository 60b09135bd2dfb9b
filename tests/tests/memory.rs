//! How much memory the largest bodies take. The allocator of this program counts, so all of it is one
//! test; the server is a thread that needs a buffer and no more.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use declarest::{Body, BoxError, ByteStream, Call, Client, ErrorKind, Events, File, JsonLines, Raw, api};
use peak_alloc::PeakAlloc;
use serde_json::Value;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const MIB: u64 = 1 << 20;
const LARGE: u64 = 100 * MIB;

#[api]
trait Bodies {
    #[get("/{kind}")]
    fn buffered(&self, kind: &str) -> Call<Raw>;
    #[get("/{kind}?as=bytes")]
    fn download(&self, kind: &str) -> Call<ByteStream>;
    #[get("/{kind}?as=events", events(any_media_type))]
    fn events(&self, kind: &str) -> Call<Events<Value>>;
    #[get("/{kind}?as=lines")]
    fn lines(&self, kind: &str) -> Call<JsonLines<Value>>;
    #[put("/file")]
    fn upload(&self, #[body] file: File) -> Call<()>;
    #[put("/stream")]
    fn stream(&self, #[body] body: Body) -> Call<()>;
}

/// Serves one connection: a body without end, one of 100 MiB, or an upload, whose bytes it counts.
fn serve(mut stream: TcpStream, received: &AtomicU64) -> std::io::Result<()> {
    let mut buffer = vec![b' '; 64 << 10];
    loop {
        let read = stream.read(&mut buffer)?;
        let head = String::from_utf8_lossy(&buffer[..read]).into_owned();
        let end = head.find("\r\n\r\n").map_or(read, |end| end + 4);
        let (upload, missing) = (head.starts_with("PUT"), head.starts_with("GET /missing"));
        if upload {
            let chunked = head.contains("chunked");
            let mut total = (read - end) as u64;
            let mut last = buffer[end..read].to_vec();
            while if chunked { !last.ends_with(b"\r\n0\r\n\r\n") } else { total < LARGE } {
                let read = stream.read(&mut buffer)?;
                total += read as u64;
                last.extend_from_slice(&buffer[..read]);
                last.drain(..last.len().saturating_sub(8));
            }
            received.store(total, Ordering::SeqCst);
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")?;
            continue;
        }
        let status = if missing { 404 } else { 200 };
        let sized = head.starts_with("GET /large") || head.starts_with("GET /announced");
        let length = if head.starts_with("GET /large") { LARGE } else { 10 << 30 };
        let framing = if sized { format!("content-length: {length}\r\n") } else { String::new() };
        stream.write_all(format!("HTTP/1.1 {status} OK\r\n{framing}\r\n").as_bytes())?;
        buffer.fill(b'1');
        let mut left = if sized { length } else { u64::MAX };
        while left > 0 {
            let piece = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
            stream.write_all(&buffer[..piece])?;
            left -= piece as u64;
        }
    }
}

/// 100 MiB in pieces.
struct Pieces(u64);

impl futures_core::Stream for Pieces {
    type Item = Result<http_body::Frame<Bytes>, BoxError>;

    fn poll_next(mut self: std::pin::Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.0 == 0 {
            return Poll::Ready(None);
        }
        self.0 -= MIB / 16;
        Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from(vec![b'x'; 64 << 10])))))
    }
}

/// The most that a call takes beyond what was there before, in KiB.
async fn peak(what: &str, call: impl Future<Output = ()>) -> usize {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    call.await;
    let peak = ALLOCATOR.peak_usage().saturating_sub(before) >> 10;
    println!("{what}: {peak} KiB at most");
    peak
}

/// Rows 13 and 34.
#[tokio::test]
async fn the_largest_bodies_take_no_more_than_their_limit_allows() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let received = Arc::new(AtomicU64::new(0));
    let counted = received.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let counted = counted.clone();
            std::thread::spawn(move || serve(stream, &counted));
        }
    });
    let bodies = BodiesClient::new(Client::builder(base_url).build().unwrap());
    // The buffers of a first connection, and whatever is made once.
    assert!(bodies.buffered("missing").await.is_err());

    let too_large = async |kind: &str| {
        assert_eq!(bodies.buffered(kind).await.unwrap_err().kind(), ErrorKind::TooLarge);
    };
    let announced = peak("10 GiB announced", too_large("announced")).await;
    assert!(announced < 2 << 10, "nothing of it is read");
    let endless = peak("a body without end, limit 16 MiB", too_large("endless")).await;
    assert!(endless < 26 << 10, "the limit, and half of it while it grows");
    let refused = peak("an error without end, limit 64 KiB", async {
        assert_eq!(bodies.buffered("missing").await.unwrap_err().body().len(), 64 << 10);
    });
    assert!(refused.await < 2 << 10);
    let event = peak("an event without end, limit 1 MiB", async {
        let mut events = bodies.events("endless").await.unwrap();
        // What is no field of an event is passed over (HTML, 9.2.6), but not without a limit.
        assert_eq!(events.try_next().await.unwrap_err().kind(), ErrorKind::TooLarge);
    });
    assert!(event.await < 5 << 10);
    let line = peak("a line without end, limit 1 MiB", async {
        let mut lines = bodies.lines("endless").await.unwrap();
        assert_eq!(lines.try_next().await.unwrap_err().kind(), ErrorKind::TooLarge);
    });
    assert!(line.await < 5 << 10);

    let download = peak("a download of 100 MiB", async {
        let (mut body, mut bytes) = (bodies.download("large").await.unwrap(), 0);
        while let Some(chunk) = body.try_next().await.unwrap() {
            bytes += chunk.len() as u64;
        }
        assert_eq!(bytes, LARGE);
    });
    assert!(download.await < 4 << 10);

    let file = tempfile::NamedTempFile::new().unwrap();
    file.as_file().set_len(LARGE).unwrap();
    let upload = peak("a file of 100 MiB", async {
        bodies.upload(File::new(file.path())).await.unwrap();
        assert_eq!(received.load(Ordering::SeqCst), LARGE);
    });
    assert!(upload.await < 4 << 10);
    let stream = peak("a stream of 100 MiB", async {
        bodies.stream(Body::new(http_body_util::StreamBody::new(Pieces(LARGE)))).await.unwrap();
        assert!(received.load(Ordering::SeqCst) > LARGE, "with the lengths of its chunks");
    });
    assert!(stream.await < 4 << 10);
}
