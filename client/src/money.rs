//! Money: decimals that keep every digit of what the server sent.
//!
//! The API sends an amount as a number, as text (`"12.50"`, `"0E-6176"`) or as null. The texts look like IEEE 754
//! decimal128, which has 34 digits: more than the 28 of `rust_decimal`, so the type is [`BigDecimal`].
//!
//! A number is read from its JSON text (serde_json's `raw_value`), not through `f64`. The feature only adds a type;
//! `arbitrary_precision` would change how serde_json reads every number in the user's program.

use bigdecimal::{BigDecimal, Zero as _};
use serde::de::{Deserializer, Error, Unexpected};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::lenient::or_default;

/// The longest text that is read: a decimal128 with its sign and exponent has 42 characters.
const LONGEST: usize = 1000;
/// The largest exponent of a decimal128. Adding a number beyond it to another would need that many digits.
const LARGEST_EXPONENT: u64 = 6176;

/// An amount of money.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Amount {
    /// How much, in whole units of the currency, such as dollars; every digit that the server sent.
    ///
    /// It is read from a number or a text, in JSON only. `None` if the server sent null or nothing.
    #[serde(deserialize_with = "read", serialize_with = "write")]
    pub value: Option<BigDecimal>,
    /// The currency's code in small letters, such as `usd`.
    #[serde(deserialize_with = "or_default")]
    pub currency: String,
}

/// Reads a number, a text that holds one, or null.
pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<BigDecimal>, D::Error> {
    let Some(json) = Option::<Box<RawValue>>::deserialize(deserializer)? else { return Ok(None) };
    let expected = "a number or a text that holds one, of at most 1000 characters and 6176 decimal places";
    let text: String = match json.get().as_bytes().first() {
        Some(b'"') => serde_json::from_str(json.get()).map_err(D::Error::custom)?,
        Some(b'-' | b'0'..=b'9') => json.get().to_owned(),
        _ => return Err(D::Error::invalid_type(Unexpected::Other("another kind of value"), &expected)),
    };
    decimal(&text).map(Some).ok_or_else(|| D::Error::invalid_value(Unexpected::Other("text"), &expected))
}

/// Writes the decimal as a text, which keeps its digits in every format.
pub(crate) fn write<S: Serializer>(value: &Option<BigDecimal>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.serialize_str(&value.to_plain_string()),
        None => serializer.serialize_none(),
    }
}

fn decimal(text: &str) -> Option<BigDecimal> {
    let text = text.trim();
    // `BigDecimal` also takes `1_000`.
    let is_plain = text.len() <= LONGEST && text.bytes().all(|byte| b"0123456789+-.eE".contains(&byte));
    let value: BigDecimal = text.parse().ok().filter(|_| is_plain)?;
    if value.is_zero() {
        return Some(BigDecimal::zero());
    }
    (value.fractional_digit_count().unsigned_abs() <= LARGEST_EXPONENT).then_some(value)
}

#[cfg(test)]
mod tests {
    use crate::Amount;

    fn amount(value: &str) -> Result<Amount, serde_json::Error> {
        serde_json::from_str(&format!(r#"{{"value":{value},"currency":"usd"}}"#))
    }

    fn text(value: &str) -> String {
        amount(value).unwrap().value.unwrap().to_plain_string()
    }

    #[test]
    fn no_digit_is_lost_of_numbers_and_texts() {
        for (json, expected) in [
            ("0.06", "0.06"),
            ("12.50", "12.50"),
            (r#""12.50""#, "12.50"),
            ("0.1234567890123456789012345678901234", "0.1234567890123456789012345678901234"),
            (r#""98765432109876543210.123456789012345678""#, "98765432109876543210.123456789012345678"),
            ("9007199254740993", "9007199254740993"),
            ("-3", "-3"),
            ("1e-7", "0.0000001"),
            (r#"" 1.5E+3 ""#, "1500"),
            (r#""0E-6176""#, "0"),
            ("0.0", "0"),
        ] {
            assert_eq!(text(json), expected, "{json}");
        }
    }

    #[test]
    fn null_and_nothing_are_no_value() {
        assert_eq!(amount("null").unwrap().value, None);
        assert_eq!(serde_json::from_str::<Amount>(r#"{"currency":"usd"}"#).unwrap().value, None);
        assert_eq!(serde_json::from_str::<Amount>(r#"{"currency":null}"#).unwrap().currency, "");
    }

    #[test]
    fn what_is_not_a_decimal_is_refused() {
        let long = format!(r#""0.{}1""#, "0".repeat(1000));
        for json in [
            r#""""#,
            r#""NaN""#,
            r#""Infinity""#,
            r#""1_000""#,
            r#""12,50""#,
            r#""$1""#,
            "true",
            "[1]",
            "{}",
            "1e99999",
            "1e-99999",
            r#""1e99999999999999999999""#,
            r#""1.2.3""#,
            &long,
        ] {
            let error = amount(json).unwrap_err().to_string();
            assert!(error.contains("expected a number or a text that holds one"), "{json}: {error}");
        }
    }

    #[test]
    fn sums_are_exact() {
        let sum: bigdecimal::BigDecimal =
            ["0.1", "0.2", "\"0.3\""].into_iter().filter_map(|v| amount(v).unwrap().value).sum();
        assert_eq!(sum.to_plain_string(), "0.6");
    }

    #[test]
    fn a_value_and_json_in_memory_lose_nothing_either() {
        let written = serde_json::to_value(amount("0.1234567890123456789012345678901234").unwrap()).unwrap();
        assert_eq!(written["value"], "0.1234567890123456789012345678901234");
        let again: Amount = serde_json::from_value(written).unwrap();
        assert_eq!(again.value.unwrap().to_plain_string(), "0.1234567890123456789012345678901234");
        let number: Amount = serde_json::from_value(serde_json::json!({"value": 0.06})).unwrap();
        assert_eq!(number.value.unwrap().to_plain_string(), "0.06");
    }
}
