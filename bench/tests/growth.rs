//! What must not grow: the cost of a call with the number of endpoints, clones and calls; the memory of a list with
//! its pages; the memory of a client with those that were derived from it.
#![allow(clippy::unwrap_used)]

use std::convert::Infallible;
use std::future::ready;

use allocation_counter::{AllocationInfo, measure};
use bytes::Bytes;
use declarest::{Body, BoxError, Call, Client, Next, Page, Pages, Sent, api};
use declarest_bench::Setup;
use declarest_bench::in_process::InProcess;
use declarest_bench::scale::few::{Api0 as _, Api0Client as Few};
use declarest_bench::scale::many::{Api0 as _, Api0Client as Many};
use declarest_bench::streams::{self, Streams};
use declarest_bench::types::AdminApiKey;
use declarest_bench::workload::{KEY_ID, Operation};
use http::{Request, Response};
use http_body_util::Full;
use serde::Deserialize;
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().build().unwrap()
}

fn client() -> Client {
    Client::builder("https://api.example.com/v1").bearer("token").transport(InProcess).build().unwrap()
}

/// What is allocated to describe a call, to make it and to give up its answer.
fn cost(runtime: &Runtime, describe: impl FnOnce() -> Call<AdminApiKey>) -> AllocationInfo {
    measure(|| drop(runtime.block_on(describe()).unwrap()))
}

/// A client that has made a call: what the process and the client set up once is set up.
fn warm_client(runtime: &Runtime) -> Client {
    let client = client();
    let few = Few::new(client.clone());
    cost(runtime, || few.m_1(KEY_ID));
    client
}

#[test]
fn a_call_costs_the_same_in_an_api_of_4_and_of_200_endpoints() {
    let runtime = runtime();
    let client = warm_client(&runtime);
    let (few, many) = (Few::new(client.clone()), Many::new(client));
    assert_eq!((Few::ENDPOINTS.len(), Many::ENDPOINTS.len()), (4, 200));
    let expected = cost(&runtime, || few.m_1(KEY_ID));
    assert_eq!(cost(&runtime, || many.m_1(KEY_ID)), expected, "its second endpoint");
    // The path of the last get is longer by a digit, and no more than that.
    let last = cost(&runtime, || many.m_197(KEY_ID));
    assert_eq!((last.count_total, last.count_max), (expected.count_total, expected.count_max));
    assert!(last.bytes_max <= expected.bytes_max + 16, "{last:?} {expected:?}");
}

#[test]
fn a_call_costs_the_same_with_the_first_and_the_thousandth_clone() {
    let runtime = runtime();
    let client = warm_client(&runtime);
    let clones: Vec<_> = (0..1000).map(|_| Few::new(client.clone())).collect();
    let costs: Vec<_> = clones.iter().map(|clone| cost(&runtime, || clone.m_1(KEY_ID))).collect();
    assert_eq!((costs.len(), costs.first()), (1000, costs.last()));
    assert!(costs.iter().all(|cost| Some(cost) == costs.first()));
}

#[test]
fn a_clone_of_a_client_allocates_nothing() {
    let client = client();
    assert_eq!(measure(|| drop(Few::new(client.clone()))), AllocationInfo::default());
}

#[test]
fn the_first_and_the_thousandth_call_cost_the_same_and_leave_nothing() {
    let runtime = runtime();
    warm_client(&runtime);
    let few = Few::new(client());
    let first = cost(&runtime, || few.m_1(KEY_ID));
    let costs: Vec<_> = (1..1000).map(|_| cost(&runtime, || few.m_1(KEY_ID))).collect();
    assert_eq!((costs.len(), costs.first()), (999, costs.last()));
    assert!(costs.iter().all(|cost| Some(cost) == costs.first() && cost.bytes_current == 0));
    // With the first request the client's credential becomes shared bytes: one small allocation, kept.
    let second = costs.first().unwrap();
    assert!(first.count_total <= second.count_total + 1, "{first:?} {second:?}");
    assert!(first.bytes_current <= 32, "{first:?}");
}

#[test]
fn a_thousand_calls_over_one_connection_leave_no_more_than_its_buffers() {
    let setup = Setup::over_reqwest().unwrap();
    let held = |times| measure(|| setup.run(Operation::Get, times).unwrap()).bytes_current;
    held(20);
    let held = held(1000);
    assert!(held < 16 << 10, "{held} bytes");
}

/// One item, and the number of the next page in a fixed width, so that all pages have one size.
#[derive(Deserialize)]
struct Counted {
    data: Vec<u32>,
    next: Option<String>,
}

impl Page for Counted {
    type Item = u32;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        Ok(self.next.as_ref().map_or(Next::Done, |next| Next::query("after", next)))
    }

    fn into_items(self) -> Vec<u32> {
        self.data
    }
}

#[api]
trait Lists {
    #[get("/counted?after=00000")]
    fn counted(&self) -> Pages<Counted>;
}

/// The answer of a list that has so many pages.
fn page_of(pages: u32, request: &Request<Body>) -> Response<Full<Bytes>> {
    let query = request.uri().query().unwrap_or_default();
    let page: u32 = query.strip_prefix("after=").unwrap().parse().unwrap();
    let next = page + 1;
    let body = if next < pages {
        format!(r#"{{"data":[{next}],"next":"{next:05}"}}"#)
    } else {
        format!(r#"{{"data":[{next}]}}"#)
    };
    Response::new(Full::new(body.into()))
}

/// The most that was held at once while all items were read.
fn peak(pages: u32) -> u64 {
    let transport = tower::service_fn(move |request| ready(Ok::<_, Infallible>(page_of(pages, &request))));
    let client = Client::builder("https://api.example.com").transport(transport).build().unwrap();
    let (runtime, lists) = (runtime(), ListsClient::new(client));
    let read = async {
        let (mut items, mut read) = (lists.counted().items(), 0);
        while let Some(item) = items.try_next().await? {
            read += 1;
            assert_eq!(item, read);
        }
        Ok::<_, declarest::Error>(read)
    };
    let mut read_in_all = 0;
    let info = measure(|| read_in_all = runtime.block_on(read).unwrap());
    assert_eq!((read_in_all, info.bytes_current), (pages, 0));
    info.bytes_max
}

#[test]
fn a_list_of_2000_pages_holds_as_much_as_one_of_10() {
    let (short, medium, long) = (peak(10), peak(100), peak(2000));
    assert_eq!(medium, long);
    // The hashes of the last 64 cursors are kept: the ring that holds them doubles up to that.
    assert!(long <= short + 64 * 8 * 2, "{short} {long}");
}

#[test]
fn ten_times_as_many_single_bytes_of_an_event_move_ten_times_as_many_bytes() {
    // What is copied is allocated: a buffer that grows, the event, its text.
    let allocated = |bytes: usize| {
        let body = streams::as_events(&streams::pieces(1, &"x".repeat(bytes)));
        let streams = Streams::new(&body, 1).unwrap();
        measure(|| assert_eq!(streams.read_events().unwrap(), bytes)).bytes_total
    };
    let (small, large) = (allocated(20_000), allocated(200_000));
    assert!(large <= 12 * small, "{small} {large}");
}

#[test]
fn a_stream_holds_as_much_after_2000_events_as_after_10() {
    let peak = |events| {
        let body = streams::as_events(&streams::pieces(events, "word "));
        // All in one chunk, which is there before, and shared from its first use on.
        let streams = Streams::new(&body, body.len()).unwrap();
        streams.read_events().unwrap();
        let info = measure(|| assert_eq!(streams.read_events().unwrap(), 5 * events));
        assert_eq!(info.bytes_current, 0);
        info.bytes_max
    };
    assert_eq!(peak(10), peak(2000));
}

#[test]
fn derived_clients_that_were_dropped_leave_nothing() {
    let client = client();
    let derive = |tenants: std::ops::Range<u32>| {
        measure(|| {
            for tenant in tenants {
                drop(Few::new(client.with_bearer(format!("token-{tenant}")).unwrap()));
            }
        })
        .bytes_current
    };
    // The budgets of the last tenants are kept, up to 1024 of them.
    let kept = derive(0..5_000);
    let more = derive(5_000..15_000);
    assert!(more <= kept / 4, "{kept} bytes after 5000, {more} more after another 10000");
    assert!(kept <= 1024 * 1024, "{kept} bytes");
}

#[api]
trait Root {
    #[nest]
    fn keys(&self) -> Few;
}

#[test]
fn a_nested_client_costs_no_more_than_a_clone() {
    let root = RootClient::new(client());
    let nested = measure(|| drop(root.keys()));
    assert_eq!(nested.count_total, measure(|| drop(root.clone())).count_total);
    assert_eq!(nested.count_total, 0);
}
