//! What a client tells its observers: spans, events, and callbacks for metrics. Nothing is made when nobody listens.

mod attempt;
mod call;
mod summary;
mod target;

use std::sync::Arc;

pub(crate) use self::attempt::AttemptWatch;
pub(crate) use self::call::{CallEnd, CallWatch};
pub use self::summary::{AttemptSummary, CallSummary, Outcome};

/// Called when an attempt ends; see [`ClientBuilder::on_attempt_end`](crate::ClientBuilder::on_attempt_end).
pub(crate) type OnAttemptEnd = Arc<dyn Fn(&AttemptSummary) + Send + Sync>;

/// Called when a call ends; see [`ClientBuilder::on_call_end`](crate::ClientBuilder::on_call_end).
pub(crate) type OnCallEnd = Arc<dyn Fn(&CallSummary) + Send + Sync>;

/// Who listens to a client, beside the subscriber of `tracing`.
#[derive(Clone, Default)]
pub(crate) struct Observers {
    pub(crate) on_attempt_end: Option<OnAttemptEnd>,
    pub(crate) on_call_end: Option<OnCallEnd>,
    /// The span of an attempt has the URL, which holds values.
    pub(crate) full_url: bool,
}

impl Observers {
    /// Returns whether there is a callback.
    fn is_listening(&self) -> bool {
        self.on_attempt_end.is_some() || self.on_call_end.is_some()
    }
}
