//! [`Timer`]: a clock that skips waits, for programs and tests that should not take as long as what they show.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use declarest::Timer;

/// A clock on which short waits pass at once, and long ones never: deadlines are there and do not end a call that is
/// merely slow, while backoff and polling cost no time. (A deadline of ten seconds or less would end a call at once.)
/// [`waits`](SkippingClock::waits) tells what was skipped.
///
/// ```
/// use declarest_examples::own_types::clock::SkippingClock;
///
/// let clock = SkippingClock::new();
/// let client = declarest::Client::builder("https://api.example.com").timer(clock.clone()).build()?;
/// # Ok::<(), declarest::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct SkippingClock {
    start: (Instant, SystemTime),
    waits: Arc<Mutex<Vec<Duration>>>,
}

/// The longest wait that is skipped: a backoff is shorter, a deadline longer.
const SHORT: Duration = Duration::from_secs(10);

impl Default for SkippingClock {
    fn default() -> Self {
        Self { start: (Instant::now(), SystemTime::now()), waits: Arc::default() }
    }
}

impl SkippingClock {
    /// A clock that stands until something waits.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What was waited for so far.
    #[must_use]
    pub fn waits(&self) -> Vec<Duration> {
        self.skipped().clone()
    }

    fn skipped(&self) -> MutexGuard<'_, Vec<Duration>> {
        self.waits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn elapsed(&self) -> Duration {
        self.skipped().iter().sum()
    }
}

impl Timer for SkippingClock {
    fn now(&self) -> Instant {
        self.start.0 + self.elapsed()
    }

    fn wall_clock(&self) -> SystemTime {
        self.start.1 + self.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        if duration > SHORT {
            return Box::pin(std::future::pending());
        }
        let clock = self.clone();
        // When it is polled, not now: a wait that is dropped has not been waited.
        Box::pin(async move { clock.skipped().push(duration) })
    }

    /// In the middle, so that a backoff is the same each time.
    fn random(&self) -> f64 {
        0.5
    }
}
