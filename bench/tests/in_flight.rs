//! How much memory a call takes while it waits for its response.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::io::Read as _;
use std::net::{TcpListener, TcpStream};
use std::thread;

use allocation_counter::measure;
use declarest::ClientBuilder;
use declarest_bench::by_hand::ByHand;
use declarest_bench::declared;
use declarest_bench::workload::{Caller, Operation};
use tokio::runtime::Builder;
use tokio::sync::oneshot;
use tokio::task::LocalSet;

/// Two sockets a call, of the 1,024 files that a process may open by default.
const CALLS: usize = 400;

/// The bytes of an entry of a `HeaderMap`.
const HEADER: u64 = 104;

/// Reads as many requests, says so, and answers none of them.
fn read_all(listener: &TcpListener, done: oneshot::Sender<Vec<TcpStream>>) {
    let streams = listener.incoming().take(CALLS).map(|stream| {
        let (mut stream, mut head) = (stream.unwrap(), Vec::new());
        while !head.ends_with(b"\r\n\r\n") {
            let mut piece = [0; 1024];
            let length = stream.read(&mut piece).unwrap();
            head.extend_from_slice(piece.get(..length).unwrap());
        }
        stream
    });
    done.send(streams.collect()).unwrap();
}

/// The bytes that each of many waiting calls has allocated, its connection included.
fn bytes_per_call<C: Caller + 'static>(make: impl FnOnce(&str) -> C) -> u64 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let caller = std::rc::Rc::new(make(&format!("http://{}/v1", listener.local_addr().unwrap())));
    let (done, arrived) = oneshot::channel();
    let server = thread::spawn(move || read_all(&listener, done));
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let tasks = LocalSet::new();
    let info = measure(|| {
        for _ in 0..CALLS {
            let caller = caller.clone();
            tasks.spawn_local(async move { caller.call(Operation::Get).await.unwrap() });
        }
        let streams = tasks.block_on(&runtime, arrived).unwrap();
        std::mem::forget(streams);
    });
    server.join().unwrap();
    u64::try_from(info.bytes_current).unwrap() / CALLS as u64
}

#[test]
fn a_waiting_call_takes_no_more_memory_than_one_by_hand_and_its_headers() {
    let by_hand = bytes_per_call(|url| ByHand::new(url).unwrap());
    let over_reqwest = bytes_per_call(|url| declared::client(url, |builder| builder).unwrap());
    let lean = bytes_per_call(|url| declared::client(url, ClientBuilder::hyper).unwrap());
    println!("bytes of a waiting call: by hand {by_hand}, over reqwest {over_reqwest}, lean {lean}");
    // reqwest keeps two copies of the headers, and a declared call sends two more, `Host` and `User-Agent`; its map has room for
    // a credential.
    assert!(over_reqwest <= by_hand + 5 * HEADER);
    assert!(lean <= by_hand);
}
