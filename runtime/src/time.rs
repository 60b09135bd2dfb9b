//! Clock, sleep and randomness, so that a test can bring its own.

use std::fmt;
use std::future::Future;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant, SystemTime};

use pin_project_lite::pin_project;

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
    /// The time that deadlines are measured by.
    fn now(&self) -> Instant;
    /// The time that `Retry-After` dates are compared with.
    fn wall_clock(&self) -> SystemTime;
    /// Ends after `duration`.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;
    /// A number in `0.0..1.0`, for jitter.
    fn random(&self) -> f64;
}

/// tokio's, or a user's.
#[derive(Clone, Default)]
pub(crate) enum Time {
    #[default]
    Tokio,
    Custom(Arc<dyn Timer>),
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Time")
    }
}

impl Timer for Time {
    fn now(&self) -> Instant {
        Time::now(self)
    }

    fn wall_clock(&self) -> SystemTime {
        Time::wall_clock(self)
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let time = self.clone();
        Box::pin(async move { Time::sleep(&time, duration).await })
    }

    fn random(&self) -> f64 {
        Time::random(self)
    }
}

impl Time {
    pub(crate) fn now(&self) -> Instant {
        match self {
            Self::Tokio => tokio::time::Instant::now().into_std(),
            Self::Custom(timer) => timer.now(),
        }
    }

    pub(crate) fn wall_clock(&self) -> SystemTime {
        match self {
            Self::Tokio => SystemTime::now(),
            Self::Custom(timer) => timer.wall_clock(),
        }
    }

    pub(crate) fn random(&self) -> f64 {
        match self {
            // The keys of `RandomState` come from the system; jitter needs no more.
            Self::Tokio => (RandomState::new().build_hasher().finish() >> 11) as f64 / (1_u64 << 53) as f64,
            Self::Custom(timer) => timer.random(),
        }
    }

    pub(crate) fn sleep(&self, duration: Duration) -> Sleep {
        match self {
            Self::Tokio => Sleep::Tokio { sleep: tokio::time::sleep(duration) },
            Self::Custom(timer) => Sleep::Custom { sleep: timer.sleep(duration) },
        }
    }

    /// The same for who has just looked at the clock.
    pub(crate) fn sleep_from(&self, now: Instant, duration: Duration) -> Sleep {
        match (self, now.checked_add(duration)) {
            (Self::Tokio, Some(end)) => Sleep::Tokio { sleep: tokio::time::sleep_until(end.into()) },
            _ => self.sleep(duration),
        }
    }
}

pin_project! {
    /// A wait. Not an `async fn`, so that tokio's is in place where it is used and not boxed.
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

/// The time was up first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Elapsed;

/// Waits for `future` until `limit` ends; what is ready wins over what is late.
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

/// A key that no other call has: 128 random bits as hexadecimal digits.
pub(crate) fn random_key() -> String {
    // Each `RandomState` has keys of the system's of its own.
    let part = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", part(), part())
}
