//! Refuses NaN and infinity, which serde_json would write as `null` without a word (RFC 8259, 6 has no such numbers).

use std::fmt;

use serde::ser::{self, Serialize};

/// Fails if `value` holds a float that is not finite, and tells whether it is a `None`. For a type without floats this
/// compiles to nothing.
pub(crate) fn check<T: Serialize + ?Sized>(value: &T) -> Result<Absent, NotFinite> {
    value.serialize(Check)
}

/// A float that JSON cannot hold, or a value that does not serialize.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotFinite(pub(crate) bool);

impl fmt::Display for NotFinite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a finite number")
    }
}

impl std::error::Error for NotFinite {}

impl ser::Error for NotFinite {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(false)
    }
}

/// Whether a value is a `None`, which a `#[field]` leaves out; `Some(None)` and a JSON null are sent as `null`.
pub(crate) type Absent = bool;

/// Walks a value and looks at its floats only.
#[derive(Clone, Copy)]
struct Check;

macro_rules! pass {
    ($($method:ident($($argument:ty),*))*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<Absent, NotFinite> {
            Ok(false)
        }
    )*};
}

macro_rules! walk {
    ($($method:ident($($argument:ty),*) -> $compound:ident)*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<Self::$compound, NotFinite> {
            Ok(self)
        }
    )*};
}

impl ser::Serializer for Check {
    type Ok = Absent;
    type Error = NotFinite;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    fn serialize_f32(self, v: f32) -> Result<Absent, NotFinite> {
        self.serialize_f64(f64::from(v))
    }

    fn serialize_f64(self, v: f64) -> Result<Absent, NotFinite> {
        if v.is_finite() { Ok(false) } else { Err(NotFinite(true)) }
    }

    fn serialize_none(self) -> Result<Absent, NotFinite> {
        Ok(true)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Absent, NotFinite> {
        value.serialize(self).map(|_| false)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Absent, NotFinite> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<Absent, NotFinite> {
        value.serialize(self)
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, _: &T) -> Result<Absent, NotFinite> {
        Ok(false)
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
            type Ok = Absent;
            type Error = NotFinite;

            fn $method<T: Serialize + ?Sized>(&mut self, $(_: $key,)? value: &T) -> Result<(), NotFinite> {
                value.serialize(*self).map(drop)
            }

            fn end(self) -> Result<Absent, NotFinite> {
                Ok(false)
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
    type Ok = Absent;
    type Error = NotFinite;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NotFinite> {
        key.serialize(*self).map(drop)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotFinite> {
        value.serialize(*self).map(drop)
    }

    fn end(self) -> Result<Absent, NotFinite> {
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_found_wherever_they_stand() {
        assert_eq!(check(&(1, "a", vec![Some(1.5)])), Ok(false));
        assert_eq!(
            (check(&None::<u8>), check(&Some(None::<u8>)), check(&())),
            (Ok(true), Ok(false), Ok(false))
        );
        assert_eq!(check(&vec![Some(("x", f64::NAN))]), Err(NotFinite(true)));
        assert_eq!(check(&std::collections::BTreeMap::from([("a", f32::INFINITY)])), Err(NotFinite(true)));
    }
}
