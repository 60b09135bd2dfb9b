//! Decides which failures are repeated.

use std::time::Duration;

use http::StatusCode;

use crate::error::{Effect, Error, ErrorKind};

/// The facts of a failed attempt that decide about the next.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FailedAttempt {
    pub(crate) kind: ErrorKind,
    pub(crate) effect: Effect,
    pub(crate) status: Option<StatusCode>,
    /// The server turned the request away without carrying it out: 429 (RFC 6585, 4).
    pub(crate) turned_away: bool,
    /// The endpoint is idempotent, or the request carries an idempotency key.
    pub(crate) idempotent: bool,
    /// The header `x-should-retry`.
    pub(crate) should_retry: Option<bool>,
    /// Whether `classify` allows a repetition; `None` if it did not decide.
    pub(crate) classified: Option<bool>,
}

/// What a response means where its status does not say it; see `ClientBuilder::classify`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The status decides.
    ByStatus,
    /// An error that is not repeated.
    Error,
    /// An error after which the request may be sent again, whatever its method, because the server did not carry it out.
    Repeat,
}

/// Whether and when a failed attempt is followed by another; see [`ClientBuilder::retry`](crate::ClientBuilder::retry).
///
/// A policy decides among what is safe to repeat. A call that may have taken effect and is not declared safe to repeat is never sent
/// again. The number of attempts, the deadline and the [`Budget`](crate::Budget) limit the policy.
///
/// ```
/// use std::time::Duration;
/// use declarest::{Failed, RetryPolicy};
///
/// /// Waits longer when the server is overloaded, and repeats a 409 as well.
/// struct Patient;
///
/// impl RetryPolicy for Patient {
///     fn wait(&self, failed: &Failed<'_>) -> Option<Duration> {
///         match failed.error.status().map(|status| status.as_u16()) {
///             Some(503) => failed.usual.map(|wait| wait.max(Duration::from_secs(5))),
///             Some(409) => Some(Duration::from_secs(1)),
///             _ => failed.usual,
///         }
///     }
/// }
/// ```
pub trait RetryPolicy: Send + Sync + 'static {
    /// Returns the wait before the next attempt; `None` ends the call.
    fn wait(&self, failed: &Failed<'_>) -> Option<Duration>;
}

/// A failed attempt, as a [`RetryPolicy`] sees it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Failed<'a> {
    /// The error so far.
    pub error: &'a Error,
    /// The number of attempts so far.
    pub attempts: u32,
    /// Whether the call may be repeated after it may have taken effect.
    pub idempotent: bool,
    /// The decision without this policy: the wait before the next attempt, or `None`.
    pub usual: Option<Duration>,
}

/// Returns whether sending the request again is safe.
pub(crate) fn is_safe(facts: &FailedAttempt) -> bool {
    facts.effect == Effect::NotSent || facts.idempotent || facts.turned_away || facts.classified == Some(true)
}

/// Returns whether the request is sent again by default: the server does not forbid it, the failure may pass, and a repetition is
/// safe.
pub(crate) fn is_repeatable(facts: &FailedAttempt) -> bool {
    if facts.should_retry == Some(false) {
        return false;
    }
    if let Some(repeat) = facts.classified {
        return repeat;
    }
    match facts.kind {
        ErrorKind::Status => {
            let status = facts.status.unwrap_or_default();
            facts.turned_away
                || facts.idempotent && (is_transient(status) || facts.should_retry == Some(true))
        }
        ErrorKind::Connect | ErrorKind::Transport | ErrorKind::Timeout => {
            facts.effect == Effect::NotSent || facts.idempotent
        }
        ErrorKind::Truncated => facts.idempotent,
        _ => false,
    }
}

/// Returns whether the condition that a status reports passes by itself: 408, 425, 429, 500, 502, 503 and 504. 501 and the
/// others do not.
fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, idempotent: bool, should_retry: Option<bool>) -> bool {
        let turned_away = status == 429;
        let status = StatusCode::from_u16(status).ok();
        is_repeatable(&FailedAttempt {
            kind: ErrorKind::Status,
            effect: Effect::Responded,
            status,
            turned_away,
            idempotent,
            should_retry,
            classified: None,
        })
    }

    #[test]
    fn statuses() {
        for status in [408, 425, 500, 502, 503, 504] {
            assert!(answered(status, true, None) && !answered(status, false, None), "{status}");
        }
        assert!(answered(429, true, None) && answered(429, false, None));
        for status in [400, 401, 403, 404, 409, 422, 501, 505] {
            assert!(!answered(status, true, None), "{status}");
        }
    }

    #[test]
    fn the_servers_word() {
        assert!(!answered(503, true, Some(false)) && !answered(429, true, Some(false)), "false always wins");
        assert!(answered(409, true, Some(true)), "true where repeating is safe");
        assert!(!answered(500, false, Some(true)), "true does not make a POST safe");
    }

    #[test]
    fn the_word_of_classify() {
        let said = |classified, should_retry| {
            let (kind, effect, status) =
                (ErrorKind::Status, Effect::Responded, Some(StatusCode::TOO_MANY_REQUESTS));
            let turned_away = true;
            is_repeatable(&FailedAttempt {
                kind,
                effect,
                status,
                turned_away,
                idempotent: true,
                should_retry,
                classified,
            })
        };
        assert!(!said(Some(false), None) && said(Some(true), None) && !said(Some(true), Some(false)));
    }

    #[test]
    fn connection_faults() {
        let lost = |kind, effect, idempotent| {
            is_repeatable(&FailedAttempt {
                kind,
                effect,
                status: None,
                turned_away: false,
                idempotent,
                should_retry: None,
                classified: None,
            })
        };
        assert!(lost(ErrorKind::Connect, Effect::NotSent, false));
        assert!(lost(ErrorKind::Transport, Effect::NotSent, false));
        assert!(!lost(ErrorKind::Tls, Effect::NotSent, true));
        for kind in [ErrorKind::Transport, ErrorKind::Timeout] {
            assert!(!lost(kind, Effect::MaybeSent, false));
            assert!(lost(kind, Effect::MaybeSent, true));
        }
        assert!(
            lost(ErrorKind::Truncated, Effect::Responded, true)
                && !lost(ErrorKind::Truncated, Effect::Responded, false)
        );
    }
}
