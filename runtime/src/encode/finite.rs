//! Writes JSON and refuses NaN and infinity, which serde_json would write as `null` (RFC 8259, 6 has no such numbers).

use std::fmt;

use serde::ser::{self, Serialize};

use self::Presence::{Absent, Present};
use super::field_update::NOT_SKIPPED;
use super::invalid_argument::Reason;
use crate::secret::{NOT_IN_BODY, Secret};

/// Whether there is a value to write: not for `None`. Fails if it holds a float that is not finite.
pub(super) fn is_present<T: Serialize + ?Sized>(value: &T) -> Result<bool, Reason> {
    Ok(Secret::allow_in(|| check(value)).0? == Present)
}

/// The JSON of a value outside of a request body, where a [`Secret`] is refused; `None` for an absent value.
pub(crate) fn json_text<T: Serialize + ?Sized>(value: &T) -> Result<Option<String>, Reason> {
    match check(value)? {
        Absent => Ok(None),
        Present => serde_json::to_string(value)
            .map(Some)
            .map_err(|_| Reason::Message("cannot be serialized as JSON")),
    }
}

/// Appends a value as JSON. It must have been checked with [`is_present`].
pub(super) fn write_json<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) -> Result<(), Reason> {
    // The error's text may contain the value, so it is not kept.
    serde_json::to_writer(out, value).map_err(|_| Reason::Message("cannot be serialized as JSON"))
}

/// Fails if `value` holds a float that is not finite. Returns whether there is a value. For a type without floats this
/// compiles to nothing.
fn check<T: Serialize + ?Sized>(value: &T) -> Result<Presence, Fault> {
    value.serialize(Check)
}

/// Why a value cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It holds NaN or infinity, which JSON cannot hold.
    NotFinite,
    /// Its `Serialize` failed, with a reason that can be shown.
    Serialize(&'static str),
}

/// Why a `Serialize` failed. The text of a user's error may contain the value, so only our own are kept.
pub(super) fn serialize_error(text: impl fmt::Display) -> &'static str {
    let text = text.to_string();
    [NOT_SKIPPED, NOT_IN_BODY].into_iter().find(|known| *known == text).unwrap_or("cannot be serialized")
}

impl From<Fault> for Reason {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NotFinite => Self::NotFinite,
            Fault::Serialize(reason) => Self::Message(reason),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Reason::from(*self).fmt(f)
    }
}

impl std::error::Error for Fault {}

impl ser::Error for Fault {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self::Serialize(serialize_error(text))
    }
}

/// Whether there is a value: only `None` is left out. `Some(None)`, `()` and a JSON null are sent as `null`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    Present,
    Absent,
}

/// Walks a value and looks at its floats only.
#[derive(Clone, Copy)]
struct Check;

macro_rules! pass {
    ($($method:ident($($argument:ty),*))*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<Presence, Fault> {
            Ok(Present)
        }
    )*};
}

macro_rules! walk {
    ($($method:ident($($argument:ty),*) -> $compound:ident)*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<Self::$compound, Fault> {
            Ok(self)
        }
    )*};
}

impl ser::Serializer for Check {
    type Ok = Presence;
    type Error = Fault;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    fn serialize_f32(self, v: f32) -> Result<Presence, Fault> {
        self.serialize_f64(f64::from(v))
    }

    fn serialize_f64(self, v: f64) -> Result<Presence, Fault> {
        if v.is_finite() { Ok(Present) } else { Err(Fault::NotFinite) }
    }

    fn serialize_none(self) -> Result<Presence, Fault> {
        Ok(Absent)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Presence, Fault> {
        value.serialize(self).map(|_| Present)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Presence, Fault> {
        value.serialize(self).map(|_| Present)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<Presence, Fault> {
        value.serialize(self).map(|_| Present)
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, _: &T) -> Result<Presence, Fault> {
        Ok(Present)
    }

    pass! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_i128(i128) serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64)
        serialize_u128(u128) serialize_char(char) serialize_str(&str) serialize_bytes(&[u8])
        serialize_unit() serialize_unit_struct(&'static str)
        serialize_unit_variant(&'static str, u32, &'static str)
    }

    walk! {
        serialize_seq(Option<usize>) -> SerializeSeq
        serialize_tuple(usize) -> SerializeTuple
        serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant
        serialize_map(Option<usize>) -> SerializeMap
        serialize_struct(&'static str, usize) -> SerializeStruct
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant
    }
}

macro_rules! members {
    ($($compound:ident::$method:ident($($key:ty)?))*) => {$(
        impl ser::$compound for Check {
            type Ok = Presence;
            type Error = Fault;

            fn $method<T: Serialize + ?Sized>(&mut self, $(_: $key,)? value: &T) -> Result<(), Fault> {
                value.serialize(*self).map(drop)
            }

            fn end(self) -> Result<Presence, Fault> {
                Ok(Present)
            }
        }
    )*};
}
members! {
    SerializeSeq::serialize_element()
    SerializeTuple::serialize_element()
    SerializeTupleStruct::serialize_field()
    SerializeTupleVariant::serialize_field()
    SerializeStruct::serialize_field(&'static str)
    SerializeStructVariant::serialize_field(&'static str)
}

impl ser::SerializeMap for Check {
    type Ok = Presence;
    type Error = Fault;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Fault> {
        key.serialize(*self).map(drop)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        value.serialize(*self).map(drop)
    }

    fn end(self) -> Result<Presence, Fault> {
        Ok(Present)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_found_wherever_they_stand() {
        assert_eq!(check(&(1, "a", vec![Some(1.5)])), Ok(Present));
        assert_eq!(
            (check(&None::<u8>), check(&Some(None::<u8>)), check(&())),
            (Ok(Absent), Ok(Present), Ok(Present))
        );
        assert_eq!(check(&vec![Some(("x", f64::NAN))]), Err(Fault::NotFinite));
        assert_eq!(check(&std::collections::BTreeMap::from([("a", f32::INFINITY)])), Err(Fault::NotFinite));
    }
}
