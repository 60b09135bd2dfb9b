//! How hard to try, for the client and for one call.

use std::num::NonZeroU32;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::auth::Auth;
use crate::reply::Head;
use crate::retry::{Backoff, RetryPolicy, Verdict};

/// What an answer means; see [`ClientBuilder::classify`](crate::ClientBuilder::classify).
pub(crate) type Classify = Arc<dyn Fn(&Head, &[u8]) -> Verdict + Send + Sync>;

/// What a client says for all its calls. An endpoint and a call may say otherwise; the nearest wins.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) attempts: NonZeroU32,
    pub(crate) deadline: Duration,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) backoff: Backoff,
    /// A longer wait than this is not waited for.
    pub(crate) longest_wait: Duration,
    /// Bytes of a buffered body.
    pub(crate) body_limit: usize,
    /// Bytes of an error's body.
    pub(crate) error_limit: usize,
    /// Bytes of an event or line of a stream.
    pub(crate) item_limit: usize,
    /// How long a streamed body may not move.
    pub(crate) stall: Duration,
    pub(crate) allow_http: bool,
    pub(crate) classify: Option<Classify>,
    pub(crate) retry: Option<Arc<dyn RetryPolicy>>,
    pub(crate) redirects: Redirects,
}

/// Attempts in all.
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
            body_limit: 16 << 20,
            error_limit: 64 << 10,
            item_limit: 1 << 20,
            stall: Duration::from_secs(30),
            allow_http: false,
            classify: None,
            retry: None,
            redirects: Redirects::Refuse,
        }
    }
}

/// Which redirects are followed: of GET and HEAD, up to ten, within the same attempt. `Referer` is never sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Redirects {
    /// None: a redirect is an error of the kind [`Redirect`](crate::ErrorKind::Redirect). The default.
    #[default]
    Refuse,
    /// Those that stay at the same scheme, host and port.
    SameOrigin,
    /// To other origins too, for downloads. Away from the client's origin goes neither the credential nor any header
    /// but `Accept`, `Accept-Encoding`, `Range` and `User-Agent`; and never from https to http.
    Downloads,
}

/// What one call says; for most calls nothing, so they carry no more than an empty pointer.
#[derive(Debug, Clone, Default)]
pub(crate) struct CallOptions(Option<Box<CallOverrides>>);

impl Deref for CallOptions {
    type Target = CallOverrides;

    fn deref(&self) -> &CallOverrides {
        static NOTHING: CallOverrides = CallOverrides::NOTHING;
        self.0.as_deref().unwrap_or(&NOTHING)
    }
}

impl DerefMut for CallOptions {
    fn deref_mut(&mut self) -> &mut CallOverrides {
        self.0.get_or_insert_with(|| Box::new(CallOverrides::NOTHING))
    }
}

/// The options that were said.
#[derive(Debug, Clone)]
pub(crate) struct CallOverrides {
    pub(crate) deadline: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) attempts: Option<NonZeroU32>,
    pub(crate) auth: Option<Auth>,
    pub(crate) idempotency_key: Option<HeaderValue>,
    pub(crate) redirects: Option<Redirects>,
}

impl CallOverrides {
    const NOTHING: Self = Self {
        deadline: None,
        attempt_timeout: None,
        attempts: None,
        auth: None,
        idempotency_key: None,
        redirects: None,
    };
}
