//! How much memory a gzip bomb takes; in a program of its own, since its allocator counts.
#![allow(clippy::unwrap_used)]

use std::io::Write as _;

use declarest::{Client, ErrorKind};
use declarest_tests::{ScriptedServer, Step};
use flate2::Compression;
use flate2::write::GzEncoder;
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const MIB: usize = 1 << 20;

/// 200 MiB of zeros, about 200 KiB compressed, as a whole answer.
fn bomb(status: u16) -> Step {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![b'0'; MIB];
    for _ in 0..200 {
        gzip.write_all(&zeros).unwrap();
    }
    let body = gzip.finish().unwrap();
    assert!(body.len() < MIB / 2, "{} bytes", body.len());
    let mut answer = format!(
        "HTTP/1.1 {status} X\r\ncontent-encoding: gzip\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    answer.extend(body);
    Step::Send(answer)
}

#[tokio::test]
async fn a_gzip_bomb_stops_at_the_limit_with_memory_near_it() {
    let server = ScriptedServer::start([bomb(200), bomb(400)]).await.unwrap();
    let client = Client::builder(server.base_url()).attempts(1).build().unwrap();
    for (kind, most) in [(ErrorKind::TooLarge, 16 * MIB), (ErrorKind::Status, 64 << 10)] {
        let before = ALLOCATOR.current_usage();
        ALLOCATOR.reset_peak_usage();
        let error = client.call::<serde_json::Value>(http::Method::GET, "/bomb").await.unwrap_err();
        let peak = ALLOCATOR.peak_usage().saturating_sub(before);
        println!("{kind:?}: {peak} bytes at the peak, of a limit of {most} and 200 MiB");
        assert_eq!(error.kind(), kind);
        // A buffer that doubles has its old half beside it while it grows; a connection and a decoder need some.
        assert!(peak < most + most / 2 + MIB, "{peak} bytes for a limit of {most}");
    }
    assert_eq!(server.requests().len(), 2);
}
