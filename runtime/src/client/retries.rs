//! Whether, when and how often a call is repeated.

use std::num::NonZeroU32;
use std::sync::Arc;

use super::ClientBuilder;
use crate::head::Head;
use crate::retry::{Backoff, Budget, RetryPolicy, Verdict};

impl ClientBuilder {
    /// Sets how often a call is tried in all, where repeating is safe. Default: 3; 0 means 1.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.settings.attempts = NonZeroU32::new(attempts).unwrap_or(NonZeroU32::MIN);
        self
    }

    /// Sets the wait between attempts where the server does not ask for one. Default: full jitter, 0.5 s doubling to 8 s.
    #[must_use]
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.settings.backoff = backoff;
        self
    }

    /// Sets the policy that decides which failed attempts are repeated, among those that are safe to repeat. Default:
    /// [`behaviour`](crate::behaviour) lists the rules.
    #[must_use]
    pub fn retry(mut self, policy: impl RetryPolicy) -> Self {
        self.settings.retry = Some(Arc::new(policy));
        self
    }

    /// Limits the retries of all calls to one server with one credential together. Default: [`Budget::new`].
    #[must_use]
    pub fn budget(mut self, budget: Budget) -> Self {
        self.budget = Some(budget);
        self
    }

    /// Limits the retries of all calls to one server together, whatever their credential: a retry takes tokens from this budget
    /// and from the credential's. Default: no such limit.
    ///
    /// For clients of many tenants ([`Client::with_auth`](crate::Client::with_auth)), which each begin with a full budget.
    #[must_use]
    pub fn server_budget(mut self, budget: Budget) -> Self {
        self.server_budget = Some(budget);
        self
    }

    /// Decides what a response means where its status does not say it: a 200 that reports an error, a 429 that no wait resolves.
    ///
    /// It is called within the attempt loop, for each response whose body is read whole. [`Verdict::Error`] ends the call with
    /// [`ErrorKind::Classified`](crate::ErrorKind::Classified), or `Status` if the status is an error anyway. [`Verdict::Repeat`] repeats it, and ends it the
    /// same way when no attempt is left.
    ///
    /// ```
    /// # use declarest::{Client, Verdict};
    /// Client::builder("https://slack.example/api").classify(|head, body| {
    ///     let failed = body.starts_with(br#"{"ok":false"#);
    ///     if head.status == 200 && failed { Verdict::Error } else { Verdict::ByStatus }
    /// });
    /// ```
    #[must_use]
    pub fn classify(mut self, classify: impl Fn(&Head, &[u8]) -> Verdict + Send + Sync + 'static) -> Self {
        self.settings.classify = Some(Arc::new(classify));
        self
    }
}
