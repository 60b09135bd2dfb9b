//! How long a server asks to wait: `retry-after-ms` and `Retry-After` (RFC 9110, 10.2.3).

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// Milliseconds, as several vendors send them beside the standard's coarser header.
const RETRY_AFTER_MS: &str = "retry-after-ms";

/// Returns how long the server asks to wait before the next attempt; `None` if it says nothing that is valid.
///
/// `retry-after-ms` is the finer of the two and goes first. Of several lines of one header the longest valid wait counts,
/// so that none is undercut. A wait that a [`Duration`] cannot hold is [`Duration::MAX`]; a date that has passed is zero.
///
/// A date is measured against the response's own `Date` (RFC 9110, 6.6.1), so that a client whose clock is wrong waits as
/// long as was asked; `now` stands in where the response has none.
pub(crate) fn requested_wait(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    longest(headers, RETRY_AFTER_MS, |text| decimal(text, 1_000_000)).or_else(|| {
        longest(headers, RETRY_AFTER.as_str(), |text| {
            // Seconds have a fraction too in practice.
            decimal(text, 1_000_000_000).or_else(|| until(text, date_of(headers).unwrap_or(now)))
        })
    })
}

/// Returns the longest of what the lines of one header ask for.
fn longest(headers: &HeaderMap, name: &str, read: impl Fn(&str) -> Option<Duration>) -> Option<Duration> {
    let lines = headers.get_all(name).iter();
    lines.filter_map(|line| read(line.to_str().ok()?.trim_matches([' ', '\t']))).max()
}

/// Returns the time until an HTTP date.
fn until(date: &str, now: SystemTime) -> Option<Duration> {
    let date = httpdate::parse_http_date(date).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

/// Returns when the server made the response, by its own clock.
fn date_of(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()
}

/// Reads `12` or `1.5` of a unit of that many nanoseconds, rounded up; no sign, no exponent, no `nan`.
///
/// By hand: a `f64` would lose digits and accept `inf` and `1e309`.
fn decimal(text: &str, unit: u128) -> Option<Duration> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let digit = |byte: u8| u128::from(byte.saturating_sub(b'0'));
    let whole = whole.bytes().fold(0_u128, |sum, byte| sum.saturating_mul(10).saturating_add(digit(byte)));
    let (mut nanos, mut place, mut below) = (whole.saturating_mul(unit), unit, 0);
    for byte in fraction.bytes() {
        place /= 10;
        nanos = nanos.saturating_add(digit(byte) * place);
        below |= if place == 0 { digit(byte) } else { 0 };
    }
    Some(duration(nanos.saturating_add(u128::from(below > 0))))
}

/// Returns a duration of so many nanoseconds, or the longest there is.
pub(super) fn duration(nanos: u128) -> Duration {
    match u64::try_from(nanos / 1_000_000_000) {
        Ok(seconds) => Duration::new(seconds, (nanos % 1_000_000_000) as u32),
        Err(_) => Duration::MAX,
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use http::HeaderValue;

    use super::*;

    /// 6 November 1994, 08:49:37.25.
    fn now() -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(784_111_777_250)
    }

    fn asked(lines: &[(&'static str, &str)]) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        requested_wait(&headers, now())
    }

    fn millis(millis: u64) -> Option<Duration> {
        Some(Duration::from_millis(millis))
    }

    /// Row 20.
    #[test]
    fn seconds() {
        let nearly_two = Some(Duration::new(1, 999_999_999));
        for (value, expected) in [
            ("1", millis(1000)),
            ("0", millis(0)),
            ("007", millis(7000)),
            ("1.5", millis(1500)),
            ("0.001", millis(1)),
            ("1.999999999", nearly_two),
            ("1.9999999990", nearly_two),
            ("1.9999999991", millis(2000)),
            ("0.0000000000000000000000000000000000000000000000001", Some(Duration::from_nanos(1))),
            (" 3\t", millis(3000)),
            ("18446744073709551615", Some(Duration::from_secs(u64::MAX))),
            ("18446744073709551616", Some(Duration::MAX)),
            ("99999999999999999999999999999999999", Some(Duration::MAX)),
            (&"9".repeat(4000), Some(Duration::MAX)),
        ] {
            assert_eq!(asked(&[("retry-after", value)]), expected, "{value}");
        }
    }

    /// Row 20.
    #[test]
    fn what_is_not_valid_says_nothing() {
        for value in [
            "",
            " ",
            "-10",
            "-0",
            "+1",
            "nan",
            "NaN",
            "inf",
            "infinity",
            "1e309",
            "1e3",
            "0x10",
            "1_000",
            "1.",
            ".5",
            ".",
            "1.5.5",
            "1,5",
            "1, 2",
            "1 2",
            "1s",
            "soon",
            "١",
            "\u{ff11}",
            "Sun, 06 Nov 100000 08:49:37 GMT",
        ] {
            assert_eq!(asked(&[("retry-after", value)]), None, "{value}");
            assert_eq!(asked(&[("retry-after-ms", value)]), None, "{value}");
        }
        assert_eq!(asked(&[]), None);
        assert_eq!(asked(&[("retry-after", "\u{80}")]), None);
    }

    /// Row 20.
    #[test]
    fn dates() {
        for (value, expected) in [
            ("Sun, 06 Nov 1994 08:49:47 GMT", millis(9750)),
            ("Sunday, 06-Nov-94 08:49:47 GMT", millis(9750)),
            ("Sun Nov  6 08:49:47 1994", millis(9750)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", millis(0)),
            ("Sun, 06 Nov 1994 08:49:36 GMT", millis(0)),
            ("Thu, 01 Jan 1970 00:00:00 GMT", millis(0)),
            ("Fri, 31 Dec 9999 23:59:59 GMT", millis(252_618_189_021_750)),
        ] {
            assert_eq!(asked(&[("retry-after", value)]), expected, "{value}");
        }
    }

    /// Row 41.
    #[test]
    fn a_date_is_measured_against_the_date_of_the_response() {
        let at = |date, retry_after| asked(&[("date", date), ("retry-after", retry_after)]);
        // An hour behind our clock, and an hour ahead of it.
        for (date, retry_after) in [
            ("Sun, 06 Nov 1994 07:49:37 GMT", "Sun, 06 Nov 1994 07:49:57 GMT"),
            ("Sun, 06 Nov 1994 09:49:37 GMT", "Sun, 06 Nov 1994 09:49:57 GMT"),
        ] {
            assert_eq!(at(date, retry_after), millis(20_000));
        }
        assert_eq!(
            at("nonsense", "Sun, 06 Nov 1994 08:49:47 GMT"),
            millis(9750),
            "ours where theirs is unreadable"
        );
        assert_eq!(at("Sun, 06 Nov 1994 07:49:37 GMT", "7"), millis(7000), "seconds need no clock");
    }

    /// Row 20.
    #[test]
    fn milliseconds_go_first() {
        assert_eq!(asked(&[("retry-after", "2"), ("retry-after-ms", "1500")]), millis(1500));
        assert_eq!(asked(&[("retry-after-ms", "0.5")]), Some(Duration::from_micros(500)));
        assert_eq!(asked(&[("retry-after-ms", "0.0000001")]), Some(Duration::from_nanos(1)));
        assert_eq!(asked(&[("retry-after-ms", "-1"), ("retry-after", "2")]), millis(2000));
        assert_eq!(asked(&[("retry-after-ms", "Sun, 06 Nov 1994 08:49:47 GMT")]), None);
    }

    /// Row 20.
    #[test]
    fn several_lines_ask_for_the_longest_valid_wait() {
        for (one, two, expected) in [
            ("1", "3", 3000),
            ("3", "1", 3000),
            ("soon", "1", 1000),
            ("1", "-10", 1000),
            ("2", "Sun Nov  6 08:49:47 1994", 9750),
        ] {
            assert_eq!(asked(&[("retry-after", one), ("retry-after", two)]), millis(expected), "{one} {two}");
        }
        assert_eq!(asked(&[("retry-after", "x"), ("retry-after", "")]), None);
    }
}
