//! The state of a call, and the decision after a failed attempt.

use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{HeaderMap, StatusCode};

use super::plan::Plan;
use crate::client::{CachedCredential, Provider};
use crate::error::{Effect, Error, ErrorKind};
use crate::retry::{Budget, Failed, FailedAttempt, Withdrawal, is_repeatable, is_safe, requested_wait};

/// A credential that a provider returned for one attempt.
pub(crate) struct Fetched {
    pub(super) provider: Arc<Provider>,
    pub(super) cached: CachedCredential,
}

/// The state of a call across its attempts.
pub(super) struct Progress {
    pub(super) start: Instant,
    /// How long streamed bodies were uploaded; the deadline does not count it.
    pub(super) uploading: Duration,
    /// How often the request was given to the transport.
    pub(super) attempts: u32,
    /// How often an attempt was begun, including those that failed before the transport.
    pub(super) begun: u32,
    /// The tokens that the last retry took from the budget.
    withdrawal: Option<Withdrawal>,
    /// The strongest effect of all attempts.
    effect: Effect,
    /// The credentials of providers in the last attempt.
    pub(super) fetched: Vec<Fetched>,
    /// Whether the server has already refused a fetched credential.
    renewed: bool,
    /// Whether a layer has sent an attempt more than once.
    pub(super) sent_again: bool,
    /// Whether the last response came from the own origin of the client.
    pub(super) is_at_home: bool,
    /// The error of the attempt before the current one.
    pub(super) last: Option<Error>,
}

impl Progress {
    pub(super) fn begin(start: Instant) -> Self {
        Self {
            start,
            uploading: Duration::ZERO,
            attempts: 0,
            begun: 0,
            withdrawal: None,
            effect: Effect::NotSent,
            fetched: Vec::new(),
            renewed: false,
            sent_again: false,
            is_at_home: true,
            last: None,
        }
    }

    /// Returns the remaining time.
    pub(super) fn time_left(&self, plan: &Plan) -> Duration {
        let gone = plan.client().clock.now().saturating_duration_since(self.start);
        plan.deadline.saturating_add(self.uploading).saturating_sub(gone)
    }

    /// Tells the retry budget of a success.
    pub(super) fn succeeded(&mut self, budget: &Budget) {
        budget.succeeded(self.withdrawal.take());
    }

    /// Returns whether an attempt provably had no effect.
    pub(super) fn is_unsent(&self, error: &Error) -> bool {
        error.effect() == Effect::NotSent || self.was_turned_away(error)
    }

    /// Turns the error of an attempt into the error of the whole call.
    pub(super) fn settle(&mut self, plan: &Plan, error: Error) -> Error {
        let after_effect = self.effect != Effect::NotSent && !plan.method.is_safe();
        // An attempt that was not sent does not change that an earlier one may have taken effect.
        let effect = match (self.effect, error.effect()) {
            (Effect::NotSent, now) => now,
            (_, Effect::NotSent) => Effect::MaybeSent,
            (_, now) => now,
        };
        if !self.was_turned_away(&error) {
            self.effect = effect;
        }
        let wait = requested_wait(error.headers(), plan.client().clock.wall_clock());
        let error = error
            .with_effect(effect)
            .with_after_effect(after_effect)
            .with_attempts(self.attempts)
            .with_repeatable(plan.repeatable)
            .with_elapsed(plan.client().clock.now().saturating_duration_since(self.start))
            .with_secrets(plan.secrets(&self.fetched))
            .called(plan.site());
        let error = match wait {
            Some(wait) => error.with_retry_after(wait),
            None => error,
        };
        // A timeout hides the error that led to this attempt, so that error becomes its source.
        match self.last.take() {
            Some(last) if matches!(error.kind(), ErrorKind::Deadline | ErrorKind::Timeout) => {
                error.with_source(last)
            }
            _ => error,
        }
    }

    /// Returns how long to wait before the next attempt; `None` if there is none.
    pub(super) fn wait_before_retry(&mut self, plan: &Plan, error: &Error) -> Option<Duration> {
        let throttled = error.status() == Some(StatusCode::TOO_MANY_REQUESTS);
        let failed = FailedAttempt {
            kind: error.kind(),
            effect: error.effect(),
            status: error.status(),
            turned_away: throttled && self.was_turned_away(error),
            idempotent: plan.idempotent,
            should_retry: should_retry(error.headers()),
            classified: error.classified(),
        };
        if self.can_renew_credential(plan, error) {
            let may = self.has_another_attempt(plan) && failed.should_retry != Some(false);
            return may.then_some(Duration::ZERO);
        }
        if !self.has_another_attempt(plan) {
            return None;
        }
        // A wait beyond the deadline takes nothing from the budget.
        let wait = self.wait(plan, error, &failed).filter(|wait| *wait < self.time_left(plan))?;
        self.withdrawal = Some(plan.budget().try_take(throttled)?);
        Some(wait)
    }

    /// Returns whether attempts, time and a body remain.
    fn has_another_attempt(&self, plan: &Plan) -> bool {
        self.begun < plan.attempts && plan.body.is_replayable() && !self.time_left(plan).is_zero()
    }

    /// Returns whether the server refused a fetched credential for the first time in this call, and it can be fetched again. The request
    /// was not carried out, so that the next attempt takes no tokens and waits for the credential only.
    fn can_renew_credential(&mut self, plan: &Plan, error: &Error) -> bool {
        // A 401 of another origin says nothing about the own credential.
        let refused = error.status() == Some(StatusCode::UNAUTHORIZED) && self.is_at_home && !self.renewed;
        let fetched = std::mem::take(&mut self.fetched);
        if !refused || fetched.is_empty() {
            return false;
        }
        for Fetched { provider, cached } in &fetched {
            provider.refuse(cached);
        }
        self.renewed = self.was_turned_away(error) || plan.idempotent;
        self.renewed
    }

    /// Returns the wait that the policy, or the default rule, chooses within what is safe.
    fn wait(&self, plan: &Plan, error: &Error, failed: &FailedAttempt) -> Option<Duration> {
        let settings = &plan.client().settings;
        let requested = error.retry_after();
        let too_long = requested.is_some_and(|wait| wait > settings.longest_wait);
        let usual = (is_repeatable(failed) && !too_long).then(|| {
            let retry = self.attempts.saturating_sub(1);
            let backoff = settings.backoff.wait(retry, plan.client().clock.random());
            // Never shorter than requested. A longer backoff keeps clients apart that got the same wait.
            requested.map_or(backoff, |requested| requested.max(backoff))
        });
        let Some(policy) = &settings.retry else { return usual };
        let seen = Failed { error, attempts: self.attempts, idempotent: plan.idempotent, usual };
        let wait = policy.wait(&seen).filter(|_| is_safe(failed) && failed.should_retry != Some(false))?;
        Some(requested.map_or(wait, |requested| requested.max(wait)))
    }

    /// Returns whether the server did not carry the request out: 401 and 429. If a layer has sent it more than once, the response is
    /// about one of the requests only.
    fn was_turned_away(&self, error: &Error) -> bool {
        let status = error.status();
        matches!(status, Some(StatusCode::UNAUTHORIZED | StatusCode::TOO_MANY_REQUESTS)) && !self.sent_again
    }
}

/// Reads the header `x-should-retry`, which SDKs of vendors know. If it has both values, `false` wins.
fn should_retry(headers: &HeaderMap) -> Option<bool> {
    let says = |word: &str| {
        let mut lines = headers.get_all("x-should-retry").iter();
        lines.any(|line| line.as_bytes().trim_ascii().eq_ignore_ascii_case(word.as_bytes()))
    };
    if says("false") { Some(false) } else { says("true").then_some(true) }
}
