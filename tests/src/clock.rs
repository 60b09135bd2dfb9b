//! A clock that a test moves by hand.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use declarest::Timer;
use tokio::sync::Notify;

/// Stands still until it is moved; a sleep ends when it has been moved far enough since the sleep was begun.
#[derive(Clone)]
pub struct ManualClock(Arc<Clock>);

struct Clock {
    start: Instant,
    elapsed: Mutex<Duration>,
    moved: Notify,
}

impl Default for ManualClock {
    fn default() -> Self {
        Self(Arc::new(Clock { start: Instant::now(), elapsed: Mutex::default(), moved: Notify::new() }))
    }
}

impl ManualClock {
    /// Moves the clock.
    pub fn advance(&self, by: Duration) {
        *self.0.elapsed.lock().unwrap_or_else(PoisonError::into_inner) += by;
        self.0.moved.notify_waiters();
    }

    /// Waits for `call`, and moves the clock once, as soon as `ready` is.
    pub async fn advance_when<F: Future>(
        &self,
        ready: impl Future<Output = ()>,
        by: Duration,
        call: F,
    ) -> F::Output {
        let moving = async {
            ready.await;
            self.advance(by);
        };
        tokio::join!(call, moving).0
    }
}

impl Clock {
    fn elapsed(&self) -> Duration {
        *self.elapsed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Timer for ManualClock {
    fn now(&self) -> Instant {
        self.0.start + self.0.elapsed()
    }

    fn wall_clock(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.0.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let clock = self.0.clone();
        let end = clock.elapsed().saturating_add(duration);
        Box::pin(async move {
            loop {
                let moved = clock.moved.notified();
                tokio::pin!(moved);
                moved.as_mut().enable();
                if clock.elapsed() >= end {
                    return;
                }
                moved.await;
            }
        })
    }

    fn random(&self) -> f64 {
        0.0
    }
}
