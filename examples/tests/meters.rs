//! Counters and histograms of the crate `metrics`, read from its recorder for tests.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use declarest::testing::{Fault, Mock};
use declarest::{Backoff, Call, api};
use declarest_examples::layers::meters::with_meters;
use metrics_util::debugging::{DebugValue, DebuggingRecorder, Snapshotter};

const DOCS: &str = include_str!("../src/layers/meters.rs");

#[api]
trait Orders {
    #[get("/orders/{id}", attempt_timeout = "2s")]
    fn get(&self, id: u32) -> Call<()>;
    #[put("/orders/{id}")]
    fn put(&self, id: u32, #[field] amount: u32) -> Call<()>;
}

/// What was recorded, as lines in the order of their text.
fn text(snapshotter: &Snapshotter) -> String {
    let mut lines: Vec<_> = snapshotter
        .snapshot()
        .into_vec()
        .into_iter()
        .map(|(key, _, _, value)| {
            let mut labels: Vec<_> =
                key.key().labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
            labels.sort();
            let value = match value {
                DebugValue::Counter(count) => count.to_string(),
                DebugValue::Gauge(value) => value.to_string(),
                DebugValue::Histogram(values) => {
                    format!("{:?}", values.iter().map(|value| value.into_inner()).collect::<Vec<_>>())
                }
            };
            format!("{}{{{}}} {value}\n", key.key().name(), labels.join(","))
        })
        .collect();
    lines.sort();
    lines.concat()
}

#[test]
fn what_is_recorded_of_two_calls_is_the_text_in_the_docs() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    // The recorder of this thread: a test changes nothing for the others.
    metrics::with_local_recorder(&recorder, || {
        runtime.block_on(async {
            let mock = Mock::new();
            let client = with_meters(mock.builder().backoff(Backoff::none())).build().unwrap();
            let orders = OrdersClient::new(client);
            mock.expect(orders.get(1))
                .respond_status(503)
                .then()
                .fail(Fault::Stalled)
                .then()
                .respond_status(200);
            mock.expect(orders.put(2, 10)).respond_status(404);
            orders.get(1).await.unwrap();
            orders.put(2, 10).await.unwrap_err();
            assert_eq!(mock.elapsed(), Duration::from_secs(2));
        });
    });
    let documented = DOCS.split_once("//! ```text\n").unwrap().1.split_once("//! ```").unwrap().0;
    assert_eq!(text(&snapshotter), documented.replace("//! ", ""));
}
