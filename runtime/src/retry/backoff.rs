//! The wait before the next attempt, where the server does not ask for one.

use std::time::Duration;

use super::retry_after::duration;

/// Exponential backoff with full jitter: before retry *n* (from 0) a random time between nothing and
/// `initial` × 2ⁿ, at most `max`.
///
/// Default: 0.5 s doubling to 8 s. The whole range is random, so that clients that failed together do not return together.
///
/// ```
/// use declarest::Backoff;
/// use std::time::Duration;
///
/// let backoff = Backoff::new(Duration::from_millis(100)).with_max(Duration::from_secs(2));
/// assert_eq!(backoff.wait(1, 0.5), Duration::from_millis(100));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    initial: Duration,
    max: Duration,
}

impl Backoff {
    /// Makes a backoff that starts with `initial` and doubles up to 8 s, or stays at `initial` if that is longer.
    #[must_use]
    pub const fn new(initial: Duration) -> Self {
        let max = Duration::from_secs(8);
        Self { initial, max: if initial.as_nanos() > max.as_nanos() { initial } else { max } }
    }

    /// Makes a backoff without waits, for tests and for servers that always send `Retry-After`.
    #[must_use]
    pub const fn none() -> Self {
        Self { initial: Duration::ZERO, max: Duration::ZERO }
    }

    /// Sets the longest wait, including the first. Default: 8 s.
    #[must_use]
    pub const fn with_max(mut self, max: Duration) -> Self {
        self.max = max;
        self
    }

    /// Returns the wait before retry number `retry`, counted from 0. `random` is uniform in `0.0..1.0` and is clamped to it.
    #[must_use]
    pub fn wait(&self, retry: u32, random: f64) -> Duration {
        let factor = 1_u128.checked_shl(retry).unwrap_or(u128::MAX);
        let longest = self.initial.as_nanos().saturating_mul(factor).min(self.max.as_nanos());
        // The conversion saturates and takes NaN for 0, so any `random` gives a wait within the range.
        duration(((longest as f64 * random) as u128).min(longest))
    }
}

impl Default for Backoff {
    fn default() -> Self {
        Self::new(Duration::from_millis(500))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The largest number below 1.
    const NEARLY_ONE: f64 = 1.0 - f64::EPSILON / 2.0;

    #[test]
    fn doubles_up_to_the_maximum() {
        let backoff = Backoff::default();
        for (retry, longest) in [
            (0, 500),
            (1, 1000),
            (2, 2000),
            (3, 4000),
            (4, 8000),
            (5, 8000),
            (64, 8000),
            (128, 8000),
            (u32::MAX, 8000),
        ] {
            let longest = Duration::from_millis(longest);
            assert_eq!(backoff.wait(retry, 0.0), Duration::ZERO);
            assert_eq!(backoff.wait(retry, 0.5), longest / 2);
            assert!(backoff.wait(retry, NEARLY_ONE) <= longest);
            assert!(backoff.wait(retry, NEARLY_ONE) > longest - Duration::from_micros(1));
        }
    }

    #[test]
    fn the_maximum_bounds_the_first_wait_too() {
        let backoff = Backoff::new(Duration::from_secs(2)).with_max(Duration::from_secs(1));
        assert_eq!(backoff.wait(0, 0.5), Duration::from_millis(500));
        let slow = Backoff::new(Duration::from_secs(20));
        assert_eq!([slow.wait(0, 0.5), slow.wait(3, 0.5)], [Duration::from_secs(10); 2]);
        assert_eq!(Backoff::none().wait(9, NEARLY_ONE), Duration::ZERO);
    }

    #[test]
    fn extremes_neither_overflow_nor_leave_the_range() {
        let endless = Backoff::new(Duration::MAX).with_max(Duration::MAX);
        for retry in [0, 1, 31, 32, 63, 64, 127, 128, u32::MAX] {
            for backoff in
                [endless, Backoff::default(), Backoff::new(Duration::from_nanos(1)), Backoff::none()]
            {
                for random in [
                    -1.0,
                    -0.0,
                    0.0,
                    NEARLY_ONE,
                    1.0,
                    2.0,
                    f64::MAX,
                    f64::INFINITY,
                    f64::NEG_INFINITY,
                    f64::NAN,
                ] {
                    assert!(backoff.wait(retry, random) <= backoff.max);
                }
            }
        }
        assert_eq!(endless.wait(7, 1.0), Duration::MAX);
        assert_eq!(Backoff::default().wait(3, f64::NAN), Duration::ZERO);
        // 2⁴⁰ ns: more than 32 bits of doublings count.
        let fine = Backoff::new(Duration::from_nanos(1)).with_max(Duration::MAX);
        assert_eq!(fine.wait(40, 1.0), Duration::from_nanos(1 << 40));
    }
}
