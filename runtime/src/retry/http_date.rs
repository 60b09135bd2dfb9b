//! Reads an HTTP date in its three forms (RFC 9110, 5.6.7).

/// The names of the months, in order.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The names of the days; RFC 850 spells them out, the other forms take three letters.
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// How many seconds a day has.
const DAY: i64 = 86_400;

/// A date of the proleptic Gregorian calendar, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Date {
    year: i64,
    month: i64,
    day: i64,
    /// Seconds since midnight.
    second: i64,
}

/// The seconds since 1970 of an HTTP date; `now`, in the same unit, tells which century a two-digit year means.
///
/// The name of the day must be one, but need not be the right one: the wait is the same, and waiting is the safe side.
pub(crate) fn parse(text: &str, now: i64) -> Option<i64> {
    let date = imf_fixdate(text).or_else(|| rfc_850(text, now)).or_else(|| asctime(text))?;
    date.is_real().then(|| date.to_seconds())
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`
fn imf_fixdate(text: &str) -> Option<Date> {
    let (day_name, rest) = text.split_once(", ")?;
    DAYS.iter().find(|day| day.get(..3) == Some(day_name))?;
    let mut parts = rest.strip_suffix(" GMT")?.split(' ');
    let (day, month, year) = (number(parts.next()?, 2)?, month(parts.next()?)?, number(parts.next()?, 4)?);
    let second = time(parts.next()?)?;
    parts.next().is_none().then_some(Date { year, month, day, second })
}

/// `Sunday, 06-Nov-94 08:49:37 GMT`
fn rfc_850(text: &str, now: i64) -> Option<Date> {
    let (day_name, rest) = text.split_once(", ")?;
    DAYS.iter().find(|day| **day == day_name)?;
    let (date, clock) = rest.strip_suffix(" GMT")?.split_once(' ')?;
    let mut parts = date.split('-');
    let (day, month, year) = (number(parts.next()?, 2)?, month(parts.next()?)?, number(parts.next()?, 2)?);
    let second = time(clock)?;
    parts.next().is_none().then(|| in_the_right_century(Date { year, month, day, second }, now))
}

/// `Sun Nov  6 08:49:37 1994`
fn asctime(text: &str) -> Option<Date> {
    let (day_name, rest) = text.split_once(' ')?;
    DAYS.iter().find(|day| day.get(..3) == Some(day_name))?;
    let (month_name, rest) = rest.split_once(' ')?;
    let (day, rest) = (rest.get(..2)?, rest.get(2..)?.strip_prefix(' ')?);
    let day = day.strip_prefix(' ').map_or_else(|| number(day, 2), |digit| number(digit, 1))?;
    let (clock, year) = rest.split_once(' ')?;
    Some(Date { year: number(year, 4)?, month: month(month_name)?, day, second: time(clock)? })
}

/// A two-digit year is the latest that is not more than 50 years ahead of now.
fn in_the_right_century(date: Date, now: i64) -> Date {
    let now = Date::from_seconds(now);
    let horizon = Date { year: now.year + 50, ..now };
    let latest = Date { year: horizon.year - (horizon.year - date.year).rem_euclid(100), ..date };
    if latest > horizon { Date { year: latest.year - 100, ..latest } } else { latest }
}

/// A number of exactly `length` digits.
fn number(text: &str, length: usize) -> Option<i64> {
    let digits = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// 1 to 12.
fn month(name: &str) -> Option<i64> {
    (1..).zip(MONTHS).find(|(_, month)| *month == name).map(|(number, _)| number)
}

/// The seconds since midnight of `08:49:37`; a leap second (`:60`) is the second after `:59`.
fn time(text: &str) -> Option<i64> {
    let mut parts = text.split(':').map(|part| number(part, 2));
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    let valid = parts.next().is_none() && hour < 24 && minute < 60 && second <= 60;
    valid.then_some(hour * 3600 + minute * 60 + second)
}

impl Date {
    /// Whether the month has the day.
    fn is_real(self) -> bool {
        let leap = self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0);
        let days = match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        (1..=days).contains(&self.day)
    }

    /// Seconds since 1970. Years are counted from March, so that the leap day is the last of its year and every month
    /// starts at a fixed distance from the first.
    fn to_seconds(self) -> i64 {
        let months_since_march = (self.month + 9) % 12;
        let year = self.year - i64::from(self.month < 3);
        let day_of_year = (153 * months_since_march + 2) / 5 + self.day - 1;
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        // 719 468 days lie between 1 March of the year 0 and 1970.
        (year * 365 + leap_days + day_of_year - 719_468) * DAY + self.second
    }

    /// The other way round.
    fn from_seconds(seconds: i64) -> Self {
        let days = seconds.div_euclid(DAY) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let months_since_march = (5 * day_of_year + 2) / 153;
        let month = (months_since_march + 2) % 12 + 1;
        Self {
            year: era * 400 + year_of_era + i64::from(month < 3),
            month,
            day: day_of_year - (153 * months_since_march + 2) / 5 + 1,
            second: seconds.rem_euclid(DAY),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 23 November 2026, noon.
    const NOW: i64 = 1_795_435_200;

    #[test]
    fn the_three_forms_of_the_rfc_mean_the_same_second() {
        for text in
            ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
        {
            assert_eq!(parse(text, NOW), Some(784_111_777), "{text}");
        }
    }

    #[test]
    fn known_dates() {
        for (text, seconds) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Wed, 31 Dec 1969 23:59:59 GMT", -1),
            ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600),
            ("Wed, 01 Mar 2000 00:00:00 GMT", 951_868_800),
            ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199),
            ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
            ("Tue, 19 Jan 2038 03:14:08 GMT", 2_147_483_648),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
            ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800),
            ("Mon Nov 23 12:00:00 2026", NOW),
            ("Sat, 01 Jan 0000 00:00:00 GMT", -62_167_219_200),
        ] {
            assert_eq!(parse(text, NOW), Some(seconds), "{text}");
        }
    }

    #[test]
    fn every_day_of_four_centuries_goes_there_and_back() {
        let (mut previous, start) = (None, Date { year: 1900, month: 1, day: 1, second: 0 }.to_seconds());
        for day in 0..146_097 {
            let date = Date::from_seconds(start + day * DAY + 7);
            assert!(date.is_real() && Some(date) > previous, "{date:?}");
            assert_eq!(date.to_seconds(), start + day * DAY + 7, "{date:?}");
            previous = Some(date);
        }
        assert_eq!(previous.unwrap(), Date { year: 2299, month: 12, day: 31, second: 7 });
    }

    #[test]
    fn days_that_a_month_does_not_have() {
        for text in [
            "Tue, 29 Feb 2023 00:00:00 GMT",
            "Mon, 29 Feb 2100 00:00:00 GMT",
            "Thu, 29 Feb 1900 00:00:00 GMT",
            "Mon, 30 Feb 2024 00:00:00 GMT",
            "Mon, 31 Apr 2024 00:00:00 GMT",
            "Mon, 00 Apr 2024 00:00:00 GMT",
            "Mon, 32 Jan 2024 00:00:00 GMT",
        ] {
            assert_eq!(parse(text, NOW), None, "{text}");
        }
    }

    #[test]
    fn a_two_digit_year_is_at_most_fifty_years_ahead() {
        let at = |text: &str, now: Date| {
            parse(text, now.to_seconds()).map(|seconds| Date::from_seconds(seconds).year)
        };
        let now = Date { year: 2026, month: 11, day: 23, second: 43_200 };
        for (text, year) in [
            ("Monday, 23-Nov-26 12:00:00 GMT", 2026),
            ("Monday, 23-Nov-76 12:00:00 GMT", 2076),
            ("Monday, 23-Nov-76 12:00:01 GMT", 1976),
            ("Monday, 24-Nov-76 00:00:00 GMT", 1976),
            ("Monday, 01-Jan-77 00:00:00 GMT", 1977),
            ("Monday, 31-Dec-99 00:00:00 GMT", 1999),
            ("Tuesday, 29-Feb-00 00:00:00 GMT", 2000),
        ] {
            assert_eq!(at(text, now), Some(year), "{text}");
        }
        let later = Date { year: 2080, ..now };
        assert_eq!(at("Monday, 01-Jan-10 00:00:00 GMT", later), Some(2110));
        assert_eq!(at("Monday, 01-Jan-31 00:00:00 GMT", later), Some(2031));
        // 2100 has no 29 February.
        assert_eq!(at("Monday, 29-Feb-00 00:00:00 GMT", later), None);
    }

    #[test]
    fn anything_else_is_no_date() {
        for text in [
            "",
            "1",
            "Sun",
            ", ",
            "Sun, ",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nov 1994 08:49:37 UTC",
            "Sun, 06 Nov 1994 08:49:37 +0000",
            "sun, 06 nov 1994 08:49:37 gmt",
            "Sun, 6 Nov 1994 08:49:37 GMT",
            "Sun, 06  Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 94 08:49:37 GMT",
            "Sun, 06 Nov 100000 08:49:37 GMT",
            "Sun, 06 Nov -199 08:49:37 GMT",
            "Sun, 06 Nov +199 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 1994 08:49:37:00 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:60:00 GMT",
            "Sun, 06 Nov 1994 08:49:61 GMT",
            "Sun, 06 Nov 1994 08:49:37 x GMT",
            "Sun, 06 Foo 1994 08:49:37 GMT",
            "Foo, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06-Nov-94 08:49:37 GMT",
            "Sunday, 06-Nov-1994 08:49:37 GMT",
            "Sunday, 06-Nov-94-1 08:49:37 GMT",
            "Sun Nov 6 08:49:37 1994",
            "Sun Nov  6 08:49:37 100000",
            "Sun Nov  6 08:49:37 1994 GMT",
            "Sun Nov  ß 08:49:37 1994",
            "Sün Nov  6 08:49:37 1994",
            "S\u{fc}n, 06 Nov 1994 08:49:37 GMT",
        ] {
            assert_eq!(parse(text, NOW), None, "{text}");
        }
    }
}
