//! Counts calls by endpoint and outcome, and prints them as a table.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use declarest::{CallSummary, ClientBuilder};

/// Counts of calls. Clones share them. With the crate `metrics`, what is added here is a `counter!` and a `histogram!`.
#[derive(Debug, Clone, Default)]
pub struct Metrics(Arc<Mutex<BTreeMap<Key, Count>>>);

/// Few values, however many calls: no id and no URL.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    endpoint: String,
    /// `error.type` of OpenTelemetry's conventions, or `ok`.
    result: String,
}

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    calls: u32,
    attempts: u32,
    time: Duration,
}

/// Counts the calls of a client in `metrics`.
pub fn with_metrics(client: ClientBuilder, metrics: &Metrics) -> ClientBuilder {
    let metrics = metrics.clone();
    client.on_call_end(move |call| metrics.add(call))
}

impl Metrics {
    fn add(&self, call: &CallSummary) {
        let key = Key {
            endpoint: format!("{}::{}", call.endpoint().api, call.endpoint().name),
            result: call.error_type().unwrap_or("ok").to_owned(),
        };
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(key).or_default();
        count.calls += 1;
        count.attempts += call.attempts();
        count.time += call.elapsed();
    }
}

impl fmt::Display for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<16}{:<12}{:>6}{:>10}{:>10}", "endpoint", "result", "calls", "attempts", "mean")?;
        for (key, count) in &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            let mean = (count.time / count.calls.max(1)).as_millis();
            write!(f, "{:<16}{:<12}{:>6}", key.endpoint, key.result, count.calls)?;
            writeln!(f, "{:>10}{mean:>7} ms", count.attempts)?;
        }
        Ok(())
    }
}
