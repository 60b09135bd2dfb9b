//! What a failed attempt means for the call, and whether there is another.

use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::{Exchange, Progress};
use crate::error::{Effect, Error};
use crate::retry::{Failed, FailedAttempt, asked_wait, is_repeatable, is_safe};

impl Exchange {
    /// Says of a failed attempt what is true of the whole call.
    pub(super) fn settle(&self, error: Error, progress: &mut Progress) -> Error {
        let after_effect = progress.effect != Effect::NotSent && !self.method.is_safe();
        // An attempt that never left does not undo one that may have arrived.
        let effect = match (progress.effect, error.effect()) {
            (Effect::NotSent, now) => now,
            (_, Effect::NotSent) => Effect::MaybeSent,
            (_, now) => now,
        };
        if !progress.turned_away(&error) {
            progress.effect = effect;
        }
        let wait = asked_wait(error.headers(), self.client().time.wall_clock());
        let error = error
            .with_effect(effect)
            .with_after_effect(after_effect)
            .with_attempts(progress.attempts)
            .with_repeatable(self.repeatable);
        match wait {
            Some(wait) => error.with_retry_after(wait),
            None => error,
        }
    }

    /// How long to wait before the next attempt; `None` if there is none.
    pub(super) fn wait_before_retry(&self, error: &Error, progress: &mut Progress) -> Option<Duration> {
        let facts = FailedAttempt {
            kind: error.kind(),
            effect: error.effect(),
            status: error.status(),
            turned_away: error.status() == Some(StatusCode::TOO_MANY_REQUESTS) && progress.turned_away(error),
            idempotent: self.idempotent,
            should_retry: should_retry(error.headers()),
            classified: error.classified(),
        };
        if self.refused(error, progress) {
            return (self.may_go_on(progress) && facts.should_retry != Some(false)).then_some(Duration::ZERO);
        }
        if !self.may_go_on(progress) {
            return None;
        }
        // A wait that there is no time for costs nothing.
        let wait = self.wait(error, &facts, progress).filter(|wait| *wait < self.left(progress))?;
        let throttled = error.status() == Some(StatusCode::TOO_MANY_REQUESTS);
        progress.withdrawal = Some(self.budget().try_take(throttled)?);
        Some(wait)
    }

    /// Whether there are attempts left, and a body for the next one.
    fn may_go_on(&self, progress: &Progress) -> bool {
        progress.begun < self.attempts() && self.payload.is_replayable() && !self.left(progress).is_zero()
    }

    /// Whether the server refused a credential that can be fetched anew, for the first time in this call. The request
    /// was then not carried out, so the next attempt costs nothing and waits for the credential only.
    fn refused(&self, error: &Error, progress: &mut Progress) -> bool {
        let refused = error.status() == Some(StatusCode::UNAUTHORIZED) && !progress.renewed;
        let Some(held) = progress.held.take().filter(|_| refused) else { return false };
        if let Some(provider) = self.provider() {
            provider.refuse(&held);
        }
        progress.renewed = progress.turned_away(error) || self.idempotent;
        progress.renewed
    }

    /// What the policy says, within what is safe.
    fn wait(&self, error: &Error, facts: &FailedAttempt, progress: &Progress) -> Option<Duration> {
        let settings = &self.client().settings;
        let asked = error.retry_after();
        let too_long = asked.is_some_and(|wait| wait > settings.longest_wait);
        let usual = (is_repeatable(facts) && !too_long).then(|| {
            let retry = progress.attempts.saturating_sub(1);
            let backoff = settings.backoff.wait(retry, self.client().time.random());
            // Never less than asked; the jitter on top keeps those who were told the same apart.
            asked.map_or(backoff, |asked| asked.max(backoff))
        });
        let Some(policy) = &settings.retry else { return usual };
        let failed = Failed { error, attempts: progress.attempts, idempotent: self.idempotent, usual };
        let wait = policy.wait(&failed).filter(|_| is_safe(facts) && facts.should_retry != Some(false))?;
        Some(asked.map_or(wait, |asked| asked.max(wait)))
    }
}

impl Progress {
    /// Whether the server said that it has not carried the request out: 401 and 429. Where a layer has sent it more
    /// than once, the answer speaks of one of them only.
    pub(super) fn turned_away(&self, error: &Error) -> bool {
        let status = error.status();
        matches!(status, Some(StatusCode::UNAUTHORIZED | StatusCode::TOO_MANY_REQUESTS)) && !self.sent_again
    }
}

/// The header `x-should-retry` of the vendors' SDKs. Where it says both, the server forbids it.
fn should_retry(headers: &HeaderMap) -> Option<bool> {
    let said = |word: &str| {
        let mut lines = headers.get_all("x-should-retry").iter();
        lines.any(|line| line.as_bytes().trim_ascii().eq_ignore_ascii_case(word.as_bytes()))
    };
    if said("false") { Some(false) } else { said("true").then_some(true) }
}
