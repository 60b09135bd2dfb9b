//! The options of one call.

use std::num::NonZeroU32;
use std::ops::{Deref, DerefMut};
use std::time::Duration;

use http::HeaderValue;

use crate::client::Auth;
use crate::endpoint::Redirects;

/// The options of one call. Most calls have none, so they carry no more than an empty pointer.
#[derive(Debug, Clone, Default)]
pub(crate) struct CallOptions(Option<Box<CallOverrides>>);

/// The options that were set.
#[derive(Debug, Clone)]
pub(crate) struct CallOverrides {
    pub(crate) deadline: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) attempts: Option<NonZeroU32>,
    pub(crate) auth: Option<Auth>,
    pub(crate) idempotency_key: Option<HeaderValue>,
    pub(crate) redirects: Option<Redirects>,
    pub(crate) stall_timeout: Option<Duration>,
    pub(crate) body_limit: Option<usize>,
    pub(crate) item_limit: Option<usize>,
}

impl CallOverrides {
    const NONE: Self = Self {
        deadline: None,
        attempt_timeout: None,
        attempts: None,
        auth: None,
        idempotency_key: None,
        redirects: None,
        stall_timeout: None,
        body_limit: None,
        item_limit: None,
    };
}

impl Deref for CallOptions {
    type Target = CallOverrides;

    fn deref(&self) -> &CallOverrides {
        static NONE: CallOverrides = CallOverrides::NONE;
        self.0.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for CallOptions {
    fn deref_mut(&mut self) -> &mut CallOverrides {
        self.0.get_or_insert_with(|| Box::new(CallOverrides::NONE))
    }
}
