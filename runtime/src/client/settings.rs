//! The settings of a client, with their defaults.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use crate::endpoint::Redirects;
use crate::head::Head;
use crate::limits::Limits;
use crate::observe::Observers;
use crate::retry::{Backoff, RetryPolicy, Verdict};
use crate::transport::Signer;

/// What a response means; see [`ClientBuilder::classify`](crate::ClientBuilder::classify).
pub(crate) type Classify = Arc<dyn Fn(&Head, &[u8]) -> Verdict + Send + Sync>;

/// The settings of a client, for all its calls. An endpoint and a call may override some of them; the nearest wins.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) attempts: NonZeroU32,
    pub(crate) deadline: Duration,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) backoff: Backoff,
    /// A longer wait ends the call.
    pub(crate) longest_wait: Duration,
    pub(crate) limits: Limits,
    pub(crate) allow_http: bool,
    pub(crate) classify: Option<Classify>,
    pub(crate) retry: Option<Arc<dyn RetryPolicy>>,
    pub(crate) redirects: Redirects,
    pub(crate) observers: Observers,
    pub(crate) signer: Option<Arc<dyn Signer>>,
}

/// The number of attempts, including the first.
const ATTEMPTS: NonZeroU32 = match NonZeroU32::new(3) {
    Some(attempts) => attempts,
    None => NonZeroU32::MIN,
};

impl Default for Settings {
    fn default() -> Self {
        Self {
            attempts: ATTEMPTS,
            deadline: Duration::from_secs(60),
            attempt_timeout: None,
            backoff: Backoff::default(),
            longest_wait: Duration::from_secs(120),
            limits: Limits::DEFAULT,
            allow_http: false,
            classify: None,
            retry: None,
            redirects: Redirects::Refuse,
            observers: Observers::default(),
            signer: None,
        }
    }
}
