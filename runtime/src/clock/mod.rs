//! The clock, sleep and randomness of a client, which a test can replace.

#[cfg(feature = "testing")]
mod simulated;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant, SystemTime};

use pin_project_lite::pin_project;
use tokio::runtime::Handle;

#[cfg(feature = "testing")]
pub(crate) use self::simulated::{SimulatedClock, Stall};
use crate::random;

/// Clock, sleep and randomness of a client.
///
/// ```
/// use std::{future, pin::Pin, time::{Duration, Instant, SystemTime}};
///
/// /// Waits of seconds take no time; deadlines, which are longer, never end a call.
/// struct Impatient;
///
/// impl declarest::Timer for Impatient {
///     fn now(&self) -> Instant {
///         Instant::now()
///     }
///
///     fn wall_clock(&self) -> SystemTime {
///         SystemTime::now()
///     }
///
///     fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
///         if duration.as_secs() < 10 { Box::pin(future::ready(())) } else { Box::pin(future::pending()) }
///     }
///
///     fn random(&self) -> f64 {
///         0.5
///     }
/// }
///
/// let client = declarest::Client::builder("https://api.example.com").timer(Impatient).build()?;
/// # Ok::<(), declarest::Error>(())
/// ```
pub trait Timer: Send + Sync + 'static {
    /// Returns the time that deadlines are measured by.
    fn now(&self) -> Instant;
    /// Returns the time that `Retry-After` dates are compared with when the response has no `Date`.
    fn wall_clock(&self) -> SystemTime;
    /// Sleeps for `duration`.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;
    /// Returns a number in `0.0..1.0`, for jitter.
    fn random(&self) -> f64;
}

/// Tokio's clock, or a user's [`Timer`].
#[derive(Clone, Default)]
pub(crate) enum Clock {
    #[default]
    Tokio,
    Custom(Arc<dyn Timer>),
    /// That of a mock.
    #[cfg(feature = "testing")]
    Simulated(Arc<SimulatedClock>),
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

impl Timer for Clock {
    fn now(&self) -> Instant {
        Clock::now(self)
    }

    fn wall_clock(&self) -> SystemTime {
        Clock::wall_clock(self)
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let clock = self.clone();
        Box::pin(async move { Clock::wait(&clock, duration).await })
    }

    fn random(&self) -> f64 {
        Clock::random(self)
    }
}

impl Clock {
    pub(crate) fn now(&self) -> Instant {
        match self {
            Self::Tokio => tokio::time::Instant::now().into_std(),
            Self::Custom(timer) => timer.now(),
            #[cfg(feature = "testing")]
            Self::Simulated(clock) => clock.now(),
        }
    }

    pub(crate) fn wall_clock(&self) -> SystemTime {
        match self {
            Self::Tokio => SystemTime::now(),
            Self::Custom(timer) => timer.wall_clock(),
            #[cfg(feature = "testing")]
            Self::Simulated(clock) => clock.wall_clock(),
        }
    }

    pub(crate) fn random(&self) -> f64 {
        match self {
            Self::Tokio => random::jitter(),
            Self::Custom(timer) => timer.random(),
            // The middle of the jitter, so that each run of a test waits for the same time.
            #[cfg(feature = "testing")]
            Self::Simulated(_) => 0.5,
        }
    }

    /// Returns whether this clock can sleep here: Tokio's needs a runtime around it.
    pub(crate) fn can_sleep(&self) -> bool {
        self.is_custom() || is_in_tokio()
    }

    /// Returns whether this clock does without Tokio: a user's [`Timer`], or that of a mock.
    pub(crate) fn is_custom(&self) -> bool {
        !matches!(self, Self::Tokio)
    }

    /// Waits for `duration` where nothing else is to do. [`sleep`](Self::sleep) limits what is waited for; a simulated clock tells
    /// the two apart.
    pub(crate) fn wait(&self, duration: Duration) -> Sleep {
        match self {
            #[cfg(feature = "testing")]
            Self::Simulated(clock) => Sleep::Custom { sleep: clock.wait(duration) },
            _ => self.sleep(duration),
        }
    }

    /// Sleeps for `duration`. A sleep that is not possible here ends at once: waiting for ever would be worse.
    pub(crate) fn sleep(&self, duration: Duration) -> Sleep {
        match self {
            Self::Tokio if !is_in_tokio() => Sleep::Custom { sleep: Box::pin(std::future::ready(())) },
            Self::Tokio => Sleep::Tokio { sleep: tokio::time::sleep(duration) },
            Self::Custom(timer) => Sleep::Custom { sleep: timer.sleep(duration) },
            #[cfg(feature = "testing")]
            Self::Simulated(clock) => Sleep::Custom { sleep: clock.limit(duration) },
        }
    }

    /// Sleeps until `duration` after `now`, which saves a second look at the clock.
    pub(crate) fn sleep_from(&self, now: Instant, duration: Duration) -> Sleep {
        match (self, now.checked_add(duration)) {
            (Self::Tokio, Some(end)) if is_in_tokio() => {
                Sleep::Tokio { sleep: tokio::time::sleep_until(end.into()) }
            }
            _ => self.sleep(duration),
        }
    }
}

/// Returns whether the code that runs is polled inside of a Tokio runtime.
pub(crate) fn is_in_tokio() -> bool {
    Handle::try_current().is_ok()
}

pin_project! {
    /// A wait. A type instead of an `async fn`, so that Tokio's sleep is stored in place and not boxed.
    #[project = SleepProjection]
    pub(crate) enum Sleep {
        Tokio { #[pin] sleep: tokio::time::Sleep },
        Custom { sleep: Pin<Box<dyn Future<Output = ()> + Send>> },
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        match self.project() {
            SleepProjection::Tokio { sleep } => sleep.poll(cx),
            SleepProjection::Custom { sleep } => sleep.as_mut().poll(cx),
        }
    }
}

/// The limit ended first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Elapsed;

/// Waits for `future` until `limit` ends. A future that is ready wins over a limit that has ended.
pub(crate) async fn until<F: Future>(
    mut limit: Pin<&mut impl Future<Output = ()>>,
    mut future: Pin<&mut F>,
) -> Result<F::Output, Elapsed> {
    std::future::poll_fn(move |cx| match future.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Ok(output)),
        Poll::Pending => limit.as_mut().poll(cx).map(|()| Err(Elapsed)),
    })
    .await
}
