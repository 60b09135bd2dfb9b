//! A call that is made again, for a stream whose connection was lost.

use std::time::Duration;

use http::{HeaderName, HeaderValue};

use super::{Plan, Running, launch, watch};
use crate::decode::StreamCall;
use crate::error::Error;
use crate::retry::{FailedAttempt, Withdrawal, is_repeatable};

impl StreamCall for Plan {
    fn is_safe(&self) -> bool {
        self.idempotent && self.body.is_replayable()
    }

    fn is_passing(&self, error: &Error) -> bool {
        is_repeatable(&FailedAttempt {
            kind: error.kind(),
            effect: error.effect(),
            status: error.status(),
            turned_away: false,
            idempotent: self.idempotent,
            should_retry: None,
            classified: error.classified(),
        })
    }

    fn wait(&self, retry: u32, asked: Option<Duration>) -> Option<Duration> {
        let settings = &self.client().settings;
        let backoff = |retry| settings.backoff.wait(retry, self.client().clock.random());
        match (asked, retry) {
            (Some(asked), _) if asked > settings.longest_wait => None,
            // After a stream that brought events, the wait that the server asked for is enough.
            (Some(asked), 0) => Some(asked),
            (Some(asked), _) => Some(asked.max(backoff(retry - 1))),
            (None, _) => Some(backoff(retry)),
        }
    }

    fn start(&self, wait: Duration, last_id: &str) -> Option<(Running, Withdrawal)> {
        let mut plan = self.clone();
        if !last_id.is_empty() {
            let id = HeaderValue::from_bytes(last_id.as_bytes()).ok()?;
            plan.draft.headers.insert(HeaderName::from_static("last-event-id"), id);
        }
        let withdrawal = self.budget().try_take(false)?;
        let clock = self.client().clock.clone();
        let running: Running = Box::pin(async move {
            if !wait.is_zero() {
                clock.wait(wait).await;
            }
            let end = watch::begin(plan.client(), plan.site(), plan.url());
            let mut response = launch(plan, end).await;
            // Nothing is decoded before the call ends: the events are the stream's.
            if let Ok(response) = &mut response {
                response.end = None;
            }
            response
        });
        Some((running, withdrawal))
    }

    fn give_back(&self, withdrawal: Withdrawal) {
        self.budget().give_back(withdrawal);
    }
}
