//! Types of other crates as scalars, each behind the feature of its name.

#[cfg(any(feature = "chrono", feature = "time", feature = "url", feature = "uuid"))]
use super::scalar::{Scalar, Sink};

/// RFC 3339 has four digits for the year.
#[cfg(any(feature = "chrono", feature = "time"))]
fn has_four_digits(year: i32, sink: &mut Sink<'_>) -> bool {
    let fits = (0..=9999).contains(&year);
    if !fits {
        sink.refuse("has a year that is not in 0..=9999, for which RFC 3339 has no text");
    }
    fits
}

/// Hyphenated, in lower case.
#[cfg(feature = "uuid")]
impl Scalar for uuid::Uuid {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.str(self.hyphenated().encode_lower(&mut uuid::Uuid::encode_buffer()));
    }
}

/// The whole URL as one value.
#[cfg(feature = "url")]
impl Scalar for url::Url {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.str(self.as_str());
    }
}

/// As in RFC 3339, and as serde writes it: `2025-01-31T08:00:00Z`.
#[cfg(feature = "chrono")]
impl<Z: chrono::TimeZone> Scalar for chrono::DateTime<Z>
where
    Z::Offset: std::fmt::Display,
{
    fn write(&self, sink: &mut Sink<'_>) {
        if has_four_digits(chrono::Datelike::year(self), sink) {
            sink.str(&self.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true));
        }
    }
}

/// `2025-01-31`
#[cfg(feature = "chrono")]
impl Scalar for chrono::NaiveDate {
    fn write(&self, sink: &mut Sink<'_>) {
        if has_four_digits(chrono::Datelike::year(self), sink) {
            sink.display(self);
        }
    }
}

/// As in RFC 3339: `2025-01-31T08:00:00Z`.
#[cfg(feature = "time")]
impl Scalar for ::time::OffsetDateTime {
    fn write(&self, sink: &mut Sink<'_>) {
        match self.format(&::time::format_description::well_known::Rfc3339) {
            Ok(text) => sink.str(&text),
            Err(_) => sink.refuse("has a year or an offset for which RFC 3339 has no text"),
        }
    }
}

/// As in RFC 3339: `2025-01-31T08:00:00Z`.
#[cfg(feature = "time")]
impl Scalar for ::time::UtcDateTime {
    fn write(&self, sink: &mut Sink<'_>) {
        ::time::OffsetDateTime::from(*self).write(sink);
    }
}

/// `2025-01-31`
#[cfg(feature = "time")]
impl Scalar for ::time::Date {
    fn write(&self, sink: &mut Sink<'_>) {
        if has_four_digits(self.year(), sink) {
            sink.display(self);
        }
    }
}

#[cfg(test)]
#[cfg(all(feature = "chrono", feature = "time", feature = "url", feature = "uuid"))]
mod tests {
    use super::super::scalar::text_of;
    use super::Scalar;

    fn text(value: impl Scalar) -> String {
        text_of(&value).unwrap()
    }

    #[test]
    fn identifiers_and_addresses() {
        let uuid = uuid::Uuid::from_u128(0x67e5_5044_10b1_426f_9247_bb68_0e5f_e0c8);
        assert_eq!(text(uuid), "67e55044-10b1-426f-9247-bb680e5fe0c8");
        assert_eq!(text(url::Url::parse("https://a.example/x?y").unwrap()), "https://a.example/x?y");
    }

    #[test]
    fn dates_of_chrono() {
        let date = chrono::NaiveDate::from_ymd_opt(2025, 1, 31).unwrap();
        assert_eq!(text(date), "2025-01-31");
        let time = date.and_hms_milli_opt(8, 0, 0, 500).unwrap();
        assert_eq!(text(time.and_utc()), "2025-01-31T08:00:00.500Z");
        let zone = chrono::FixedOffset::east_opt(3600).unwrap();
        let local: chrono::DateTime<chrono::FixedOffset> = time.and_local_timezone(zone).unwrap();
        assert_eq!(text(local), "2025-01-31T08:00:00.500+01:00");
        assert!(text_of(&chrono::NaiveDate::MAX).is_err());
        assert!(text_of(&chrono::DateTime::<chrono::Utc>::MAX_UTC).is_err());
    }

    #[test]
    fn dates_of_time() {
        let date = ::time::Date::from_calendar_date(2025, ::time::Month::January, 31).unwrap();
        assert_eq!(text(date), "2025-01-31");
        let time = date.with_hms_milli(8, 0, 0, 500).unwrap();
        assert_eq!(text(time.assume_utc()), "2025-01-31T08:00:00.5Z");
        let zone = ::time::UtcOffset::from_hms(1, 0, 0).unwrap();
        assert_eq!(text(time.assume_offset(zone)), "2025-01-31T08:00:00.5+01:00");
        assert_eq!(text(::time::UtcDateTime::UNIX_EPOCH), "1970-01-01T00:00:00Z");
        let seconds = ::time::UtcOffset::from_hms(1, 0, 1).unwrap();
        assert!(text_of(&time.assume_offset(seconds)).is_err());
        let early = ::time::Date::from_calendar_date(-1, ::time::Month::January, 31).unwrap();
        assert!(text_of(&early).is_err());
    }
}
