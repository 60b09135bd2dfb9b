//! Readers for what servers send where the published document says something narrower.

use serde::Deserialize;
use serde::de::{Deserializer, Error, Unexpected};
use serde_json::Number;

/// Reads an integer, also where the server writes it as `1711471533.0`: JSON Schema counts that as an integer.
pub(crate) fn integer<'de, D: Deserializer<'de>, T: Integer>(deserializer: D) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// Reads a count; null is 0, as a count that is left out.
pub(crate) fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    integer::<D, Option<u64>>(deserializer).map(Option::unwrap_or_default)
}

/// Reads a value; null is the default, as a value that is left out.
pub(crate) fn or_default<'de, D: Deserializer<'de>, T>(deserializer: D) -> Result<T, D::Error>
where
    T: Deserialize<'de> + Default,
{
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// A type that [`integer`] reads.
pub(crate) trait Integer: Sized {
    /// Reads a number; an optional integer also reads null.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

impl<T: Whole> Integer for T {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Number::deserialize(deserializer).and_then(|number| exact(&number))
    }
}

impl<T: Whole> Integer for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<Number>::deserialize(deserializer)?.map(|number| exact(&number)).transpose()
    }
}

/// The integer of this type that a number is.
fn exact<T: Whole, E: Error>(number: &Number) -> Result<T, E> {
    match whole(number).map(T::try_from) {
        Some(Ok(value)) => Ok(value),
        Some(Err(_)) => Err(E::invalid_value(Unexpected::Other("integer"), &T::EXPECTED)),
        None => Err(E::invalid_type(Unexpected::Float(number.as_f64().unwrap_or(f64::NAN)), &"an integer")),
    }
}

/// A type of integers.
pub(crate) trait Whole: TryFrom<i128> {
    /// What is expected, for an error.
    const EXPECTED: &'static str;
}

impl Whole for i64 {
    const EXPECTED: &'static str = "an integer of 64 bits";
}

impl Whole for u64 {
    const EXPECTED: &'static str = "a non-negative integer of 64 bits";
}

/// The integer that a number is; `None` if it has a fraction, or is beyond all integer types.
fn whole(number: &Number) -> Option<i128> {
    let integer = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    // Beyond 2⁶⁴ no field of this API can hold it; below, the cast is exact because there is no fraction.
    let float = || number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() <= 2_f64.powi(64));
    integer.or_else(|| float().map(|float| float as i128))
}

/// A member of an error body as text: a string as it is, null as nothing, a list of strings joined, the rest as JSON.
///
/// What a server says of a failure is for people: a member of another type must not hide the others.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    use serde_json::Value;

    let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Ok(match Value::deserialize(deserializer)? {
        Value::Null => None,
        Value::Array(items) => Some(items.iter().map(word).collect::<Vec<_>>().join(", ")),
        value => Some(word(&value)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Read {
        #[serde(deserialize_with = "integer")]
        signed: i64,
        #[serde(deserialize_with = "integer")]
        maybe: Option<u64>,
        #[serde(deserialize_with = "count")]
        count: u64,
        #[serde(deserialize_with = "or_default")]
        list: Vec<String>,
    }

    fn read(text: &str) -> Result<Read, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn whole_numbers_are_integers_however_they_are_written() {
        for (text, value) in [
            ("1711471533", 1_711_471_533),
            ("1711471533.0", 1_711_471_533),
            ("1.711471533e9", 1_711_471_533),
            ("-2.0", -2),
            ("0.0", 0),
            ("9223372036854775807", i64::MAX),
            ("-9223372036854775808", i64::MIN),
        ] {
            assert_eq!(read(&format!(r#"{{"signed":{text}}}"#)).unwrap().signed, value, "{text}");
        }
        let largest = read(r#"{"maybe":18446744073709551615}"#).unwrap();
        assert_eq!(largest.maybe, Some(u64::MAX));
    }

    #[test]
    fn null_is_a_count_of_0_and_no_optional_integer_but_not_a_required_one() {
        let nulls = read(r#"{"maybe":null,"count":null,"list":null}"#).unwrap();
        assert_eq!(nulls, Read::default());
        assert!(read(r#"{"signed":null}"#).unwrap_err().contains("invalid type: null"));
    }

    #[test]
    fn fractions_texts_and_what_is_too_large_are_refused() {
        for (text, expected) in [
            (r#"{"signed":1.5}"#, "expected an integer"),
            (r#"{"signed":1e30}"#, "expected an integer"),
            (r#"{"signed":18446744073709551615}"#, "expected an integer of 64 bits"),
            (r#"{"count":-1}"#, "expected a non-negative integer"),
            (r#"{"count":-1.0}"#, "expected a non-negative integer"),
            (r#"{"signed":"1"}"#, "expected a JSON number"),
            (r#"{"signed":true}"#, "expected a JSON number"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
