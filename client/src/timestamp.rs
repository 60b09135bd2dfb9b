//! Seconds since 1970, as the API counts time.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use declarest::{Scalar, Sink};
use serde::{Deserialize, Serialize};

use crate::lenient::integer;

/// A moment in whole seconds since 1970-01-01T00:00:00Z (Unix time), as every time in this API.
///
/// It prints as RFC 3339 says (section 5.6), in UTC, and is sent as the number. `1711471533.0` is read as the integer it is.
///
/// ```
/// use openai_admin::Timestamp;
///
/// let created = Timestamp::from_unix(1_711_471_533);
/// assert_eq!(created.to_string(), "2024-03-26T16:45:33Z");
/// assert_eq!(Timestamp::from(created.to_system_time()), created);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(#[serde(deserialize_with = "integer")] i64);

impl Timestamp {
    /// So many seconds after 1970 began, or before it when negative.
    #[must_use]
    pub const fn from_unix(seconds: i64) -> Self {
        Self(seconds)
    }

    /// The moment this is called, by the clock of the system.
    #[must_use]
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// Seconds since 1970 began, negative before.
    #[must_use]
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// The same moment for the standard library; 1970 itself where the system's clock cannot hold it.
    #[must_use]
    pub fn to_system_time(self) -> SystemTime {
        let distance = Duration::from_secs(self.0.unsigned_abs());
        let time =
            if self.0 < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) };
        time.unwrap_or(UNIX_EPOCH)
    }

    /// This moment and so much more, without overflow; parts of a second are dropped.
    #[must_use]
    pub fn plus(self, more: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(more.as_secs()).unwrap_or(i64::MAX)))
    }

    /// This moment and so much less, without overflow; parts of a second are dropped.
    #[must_use]
    pub fn minus(self, less: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(less.as_secs()).unwrap_or(i64::MAX)))
    }

    /// How long after an earlier moment this one is; zero if it is not after it.
    #[must_use]
    pub fn duration_since(self, earlier: Self) -> Duration {
        Duration::from_secs(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or_default())
    }
}

impl From<i64> for Timestamp {
    fn from(seconds: i64) -> Self {
        Self(seconds)
    }
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let whole = |distance: Duration| i64::try_from(distance.as_secs()).unwrap_or(i64::MAX);
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self(whole(after)),
            // Rounded down, as after 1970: half a second before it is second -1.
            Err(before) => {
                let before = before.duration();
                Self((-whole(before)).saturating_sub(i64::from(before.subsec_nanos() > 0)))
            }
        }
    }
}

impl From<Timestamp> for SystemTime {
    fn from(time: Timestamp) -> Self {
        time.to_system_time()
    }
}

impl Scalar for Timestamp {
    fn write(&self, sink: &mut Sink<'_>) {
        self.0.write(sink);
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, second) = (self.0.div_euclid(86_400), self.0.rem_euclid(86_400));
        let (year, month, day) = civil(days);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        f.pad(&format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
    }
}

/// Year, month and day of a number of days since 1970, in the Gregorian calendar.
///
/// Counted in eras of 400 years from 1 March of year 0, so that the leap day ends a year.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days.saturating_add(719_468);
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_rfc_3339() {
        let cases = [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_164_800, "2024-02-29T00:00:00Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
        ];
        for (unix, text) in cases {
            assert_eq!(Timestamp::from_unix(unix).to_string(), text);
        }
    }

    #[test]
    fn no_value_panics() {
        for unix in [i64::MIN, i64::MAX] {
            let time = Timestamp::from_unix(unix);
            assert!(!time.to_string().is_empty());
            let _ = (time.to_system_time(), time.plus(Duration::MAX), time.minus(Duration::MAX));
        }
    }

    #[test]
    fn goes_to_the_standard_library_and_back() {
        for unix in [-86_400, -1, 0, 1, 1_711_471_533] {
            let time = Timestamp::from_unix(unix);
            assert_eq!(Timestamp::from(SystemTime::from(time)), time);
        }
        assert_eq!(Timestamp::from(UNIX_EPOCH - Duration::from_millis(500)).unix(), -1);
    }
}
