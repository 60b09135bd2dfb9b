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

/// 200 MiB of zeros, about 200 KiB compressed.
fn bomb() -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![b'0'; MIB];
    for _ in 0..200 {
        gzip.write_all(&zeros).unwrap();
    }
    gzip.finish().unwrap()
}

/// A whole answer with this body.
fn answer(status: u16, body: &[u8]) -> Step {
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
    let body = bomb();
    assert!(body.len() < MIB / 2, "{} bytes", body.len());
    let server =
        ScriptedServer::start([200, 400, 200, 400].map(|status| answer(status, &body))).await.unwrap();
    let builder = || Client::builder(server.base_url()).attempts(1);
    let kinds = [(ErrorKind::TooLarge, 16 * MIB), (ErrorKind::Status, 64 << 10)];
    let clients = [builder(), builder().hyper()].map(|builder| builder.build().unwrap());
    for (client, (kind, most)) in clients.iter().flat_map(|client| kinds.map(|kind| (client, kind))) {
        let before = ALLOCATOR.current_usage();
        ALLOCATOR.reset_peak_usage();
        let error = client.call::<serde_json::Value>(http::Method::GET, "/bomb").await.unwrap_err();
        let peak = ALLOCATOR.peak_usage().saturating_sub(before);
        println!("{kind:?}: {peak} bytes at the peak, of a limit of {most} and 200 MiB");
        assert_eq!(error.kind(), kind);
        // A buffer that doubles has its old half beside it while it grows; a connection and a decoder need some.
        assert!(peak < most + most / 2 + MIB, "{peak} bytes for a limit of {most}");
    }
    assert_eq!(server.requests().len(), 4);
}
