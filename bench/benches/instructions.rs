//! How many instructions calls take, counted by callgrind, and limits that fail the run.
//!
//! The limits are about 5 % above what was counted when they were written down. Whoever makes a call cheaper lowers them.
#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;

use bytes::Bytes;
use declarest::{Client, Decode, Response};
use declarest_bench::by_hand::ByHand;
use declarest_bench::declared::{AdminApiKeys as _, AdminApiKeysClient};
use declarest_bench::in_process::InProcess;
use declarest_bench::scale::few::{Api0 as _, Api0Client as Few};
use declarest_bench::scale::many::{Api0 as _, Api0Client as Many};
use declarest_bench::streams::{self, Chunk, SEGMENT, Streams};
use declarest_bench::types::{AdminApiKey, AdminApiKeyList};
use declarest_bench::workload::{self, Caller, KEY_ID, LIMIT, ORDER, Operation};
use declarest_bench::{BoxError, Setup};
use gungraun::prelude::*;
use gungraun::{Callgrind, EventKind};
use http::Method;
use tokio::runtime::{Builder, Runtime};

fn at_most(instructions: u64) -> LibraryBenchmarkConfig {
    let limit = [(EventKind::Ir, instructions)];
    LibraryBenchmarkConfig::default().tool(Callgrind::default().hard_limits(limit)).clone()
}

/// With open connections, and with all set up that the process sets up once.
fn warm<C: Caller>(setup: Result<Setup<C>, BoxError>, operation: Operation) -> (Setup<C>, Operation) {
    let setup = setup.unwrap();
    setup.run(operation, 20).unwrap();
    (setup, operation)
}

fn in_process(operation: Operation) -> (Setup<AdminApiKeysClient>, Operation) {
    warm(Setup::in_process(), operation)
}

fn over_reqwest(operation: Operation) -> (Setup<AdminApiKeysClient>, Operation) {
    warm(Setup::over_reqwest(), operation)
}

fn over_hyper(operation: Operation) -> (Setup<AdminApiKeysClient>, Operation) {
    warm(Setup::over_hyper(), operation)
}

fn by_hand(operation: Operation) -> (Setup<ByHand>, Operation) {
    warm(Setup::by_hand(), operation)
}

/// One call, from its description to its value, which is dropped.
fn one_call<C: Caller>((setup, operation): (Setup<C>, Operation)) -> Setup<C> {
    setup.run(operation, 1).unwrap();
    setup
}

// From the method's arguments to a described call, which is dropped.
#[library_benchmark(setup = in_process)]
#[bench::get(args = (Operation::Get), config = at_most(1_560))]
#[bench::list(args = (Operation::List), config = at_most(3_160))]
#[bench::create(args = (Operation::Create), config = at_most(2_450))]
#[bench::delete(args = (Operation::Delete), config = at_most(1_560))]
fn describe_declared(
    (setup, operation): (Setup<AdminApiKeysClient>, Operation),
) -> Setup<AdminApiKeysClient> {
    let keys = setup.caller();
    match operation {
        Operation::Get => drop(black_box(keys.get(black_box(KEY_ID)))),
        Operation::List => drop(black_box(keys.list(black_box(KEY_ID), ORDER, LIMIT))),
        Operation::Create => drop(black_box(keys.create(&workload::new_key()))),
        Operation::Delete => drop(black_box(keys.delete(black_box(KEY_ID)))),
    }
    setup
}

// The same by hand: to a request.
#[library_benchmark(setup = by_hand)]
#[bench::get(Operation::Get)]
#[bench::list(Operation::List)]
#[bench::create(Operation::Create)]
#[bench::delete(Operation::Delete)]
fn describe_by_hand((setup, operation): (Setup<ByHand>, Operation)) -> Setup<ByHand> {
    let keys = setup.caller();
    let request = match operation {
        Operation::Get => keys.get(black_box(KEY_ID)),
        Operation::List => keys.list(&workload::list_params()),
        Operation::Create => keys.create(&workload::new_key()),
        Operation::Delete => keys.delete(black_box(KEY_ID)),
    };
    drop(black_box(request.build()));
    setup
}

/// An answer as it is: what is left to do is the decoding.
struct Undecoded;

impl Decode for Undecoded {
    type Output = Response;

    fn decode(answer: Response) -> Result<Response, declarest::Error> {
        Ok(answer)
    }
}

fn answered(target: &'static str) -> Response {
    let client = Client::builder("https://api.example.com").transport(InProcess).build().unwrap();
    let call = client.call::<Undecoded>(Method::GET, target).call();
    runtime().block_on(call).unwrap()
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[library_benchmark(setup = answered)]
#[bench::get(args = ("/admin_api_keys/key_abc"), config = at_most(8_900))]
fn decode_key(answer: Response) -> AdminApiKey {
    AdminApiKey::decode(answer).unwrap()
}

#[library_benchmark(setup = answered)]
#[bench::list(args = ("/admin_api_keys?limit=20"), config = at_most(185_000))]
fn decode_list(answer: Response) -> AdminApiKeyList {
    AdminApiKeyList::decode(answer).unwrap()
}

#[library_benchmark(setup = Operation::answer)]
#[bench::get(Operation::Get)]
fn decode_key_by_hand(body: Bytes) -> AdminApiKey {
    serde_json::from_slice(&body).unwrap()
}

#[library_benchmark(setup = Operation::answer)]
#[bench::list(Operation::List)]
fn decode_list_by_hand(body: Bytes) -> AdminApiKeyList {
    serde_json::from_slice(&body).unwrap()
}

// What all below have beside a call: the runtime that is entered.
#[library_benchmark(setup = in_process)]
#[bench::runtime(Operation::Get)]
fn no_call((setup, operation): (Setup<AdminApiKeysClient>, Operation)) -> Setup<AdminApiKeysClient> {
    setup.run(operation, 0).unwrap();
    setup
}

#[library_benchmark(setup = in_process)]
#[bench::get(args = (Operation::Get), config = at_most(22_300))]
#[bench::list(args = (Operation::List), config = at_most(234_000))]
#[bench::create(args = (Operation::Create), config = at_most(24_000))]
#[bench::delete(args = (Operation::Delete), config = at_most(15_000))]
fn call_in_process(ready: (Setup<AdminApiKeysClient>, Operation)) -> Setup<AdminApiKeysClient> {
    one_call(ready)
}

#[library_benchmark(setup = over_reqwest)]
#[bench::get(args = (Operation::Get), config = at_most(86_500))]
#[bench::list(args = (Operation::List), config = at_most(302_000))]
#[bench::create(args = (Operation::Create), config = at_most(87_300))]
#[bench::delete(args = (Operation::Delete), config = at_most(78_600))]
fn call_over_reqwest(ready: (Setup<AdminApiKeysClient>, Operation)) -> Setup<AdminApiKeysClient> {
    one_call(ready)
}

#[library_benchmark(setup = over_hyper)]
#[bench::get(args = (Operation::Get), config = at_most(52_400))]
#[bench::list(args = (Operation::List), config = at_most(267_000))]
#[bench::create(args = (Operation::Create), config = at_most(56_200))]
#[bench::delete(args = (Operation::Delete), config = at_most(44_200))]
fn call_over_hyper(ready: (Setup<AdminApiKeysClient>, Operation)) -> Setup<AdminApiKeysClient> {
    one_call(ready)
}

#[library_benchmark(setup = by_hand)]
#[bench::get(Operation::Get)]
#[bench::list(Operation::List)]
#[bench::create(Operation::Create)]
#[bench::delete(Operation::Delete)]
fn call_by_hand(ready: (Setup<ByHand>, Operation)) -> Setup<ByHand> {
    one_call(ready)
}

/// A client of the few or the many endpoints, one of so many clones, after so many calls.
fn few(clones: usize, calls: usize) -> (Runtime, Vec<Few>) {
    let (runtime, client) = (runtime(), scaled());
    let clones: Vec<_> = (0..clones).map(|_| Few::new(client.clone())).collect();
    for few in clones.iter().cycle().take(calls) {
        runtime.block_on(few.m_1(KEY_ID)).unwrap();
    }
    (runtime, clones)
}

fn many(calls: usize) -> (Runtime, Many) {
    let (runtime, many) = (runtime(), Many::new(scaled()));
    for _ in 0..calls {
        runtime.block_on(many.m_1(KEY_ID)).unwrap();
    }
    (runtime, many)
}

fn scaled() -> Client {
    Client::builder("https://api.example.com/v1").bearer("token").transport(InProcess).build().unwrap()
}

/// One limit for all of `growth`: what they count differs in nothing but chance.
fn constant() -> LibraryBenchmarkConfig {
    at_most(22_500)
}

#[library_benchmark(setup = few, config = constant())]
#[bench::clone_1_call_10(1, 10)]
#[bench::clone_1_call_1000(1, 1000)]
#[bench::clone_1000_call_1000(1000, 1000)]
fn of_4_endpoints((runtime, clones): (Runtime, Vec<Few>)) -> (Runtime, Vec<Few>) {
    let last = clones.last().unwrap();
    drop(black_box(runtime.block_on(last.m_1(KEY_ID)).unwrap()));
    (runtime, clones)
}

#[library_benchmark(setup = many, config = constant())]
#[bench::call_10(10)]
fn of_200_endpoints((runtime, many): (Runtime, Many)) -> (Runtime, Many) {
    drop(black_box(runtime.block_on(many.m_1(KEY_ID)).unwrap()));
    (runtime, many)
}

/// How many events or lines are read at once: what the call itself costs is then a small part.
const ITEMS: usize = 1_000;

fn events(_: ()) -> Streams {
    Streams::new(&streams::as_events(&streams::pieces(ITEMS, "word ")), SEGMENT).unwrap()
}

fn lines(_: ()) -> Streams {
    Streams::new(&streams::as_lines(&streams::pieces(ITEMS, "word ")), SEGMENT).unwrap()
}

/// One event of so many bytes of text, in pieces of one byte.
fn in_single_bytes(bytes: usize) -> Streams {
    Streams::new(&streams::as_events(&streams::pieces(1, &"x".repeat(bytes))), 1).unwrap()
}

// A thousand events, their decoding included.
#[library_benchmark(setup = events)]
#[bench::all(args = (()), config = at_most(5_360_000))]
fn read_events(streams: Streams) -> Streams {
    assert!(streams.read_events().unwrap() > 0);
    streams
}

// The same as lines of JSON: at most 500 instructions a line more than their decoding.
#[library_benchmark(setup = lines)]
#[bench::all(args = (()), config = at_most(4_760_000))]
fn read_lines(streams: Streams) -> Streams {
    assert!(streams.read_lines().unwrap() > 0);
    streams
}

// The decoding alone, in the cheapest way from bytes: they are checked once, and not string by string.
#[library_benchmark(setup = streams::pieces)]
#[bench::all(ITEMS, "word ")]
fn decode_items_by_hand(items: Vec<String>) -> Vec<String> {
    let decode = |item: &String| {
        let text = std::str::from_utf8(black_box(item.as_bytes())).unwrap();
        serde_json::from_str::<Chunk>(text).unwrap().text_bytes()
    };
    assert!(items.iter().map(decode).sum::<usize>() > 0);
    items
}

// Ten times the bytes may cost ten times as much, and no more.
#[library_benchmark(setup = in_single_bytes)]
#[bench::bytes_1000(args = (1_000), config = at_most(830_000))]
#[bench::bytes_10000(args = (10_000), config = at_most(7_000_000))]
#[bench::bytes_100000(args = (100_000), config = at_most(68_700_000))]
fn read_single_bytes(streams: Streams) -> Streams {
    assert!(streams.read_events().unwrap() > 0);
    streams
}

library_benchmark_group!(name = describe, benchmarks = [describe_declared, describe_by_hand]);
library_benchmark_group!(
    name = decode,
    benchmarks = [decode_key, decode_list, decode_key_by_hand, decode_list_by_hand]
);
library_benchmark_group!(
    name = whole_call,
    benchmarks = [no_call, call_in_process, call_over_reqwest, call_over_hyper, call_by_hand]
);
library_benchmark_group!(
    name = stream,
    benchmarks = [read_events, read_lines, decode_items_by_hand, read_single_bytes]
);
library_benchmark_group!(name = growth, benchmarks = [of_4_endpoints, of_200_endpoints]);

gungraun::main!(library_benchmark_groups = [describe, decode, whole_call, stream, growth]);
