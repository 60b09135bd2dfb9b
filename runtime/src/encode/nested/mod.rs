//! Spreads what serde makes of a struct or map into pairs, recursively, in the order of the declaration.

mod members;

use std::fmt::{self, Display};

use serde::ser::{self, Serialize, Serializer};

use self::members::{Kind, Members};
use super::invalid_argument::{InvalidArgument, Reason};
use super::query_value::float_text;
use super::style::NestedStyle;

/// What has no place in a query or form; names only, no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NestedError {
    /// The name of the pair, as far as it was known.
    pub(crate) name: String,
    /// What is wrong with it.
    pub(crate) reason: &'static str,
}

impl NestedError {
    /// The argument that does not fit; `whole` where it is not a member of it but all of it.
    pub(crate) fn unfit(self, whole: &str) -> InvalidArgument {
        let argument = if self.name.is_empty() { whole.to_owned() } else { self.name };
        InvalidArgument { argument, reason: Reason::Message(self.reason) }
    }
}

/// Where the pairs go, unencoded.
type PairSink<'a> = &'a mut dyn FnMut(&str, &str);

/// Writes the pairs of `value` to `sink`.
pub(crate) fn serialize<T: Serialize + ?Sized>(
    value: &T,
    style: NestedStyle,
    sink: PairSink<'_>,
) -> Result<(), NestedError> {
    let mut name = String::new();
    value
        .serialize(Spread { name: &mut name, style, place: Place::Member, sink })
        .map_err(|Failed(reason)| NestedError { name, reason })
}

/// What went wrong; the name is in the buffer that was being written.
#[derive(Debug)]
struct Failed(&'static str);

impl Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Failed {}

impl ser::Error for Failed {
    // The text of a user's `Serialize` may hold the value.
    fn custom<T: Display>(_: T) -> Self {
        Self("cannot be serialized")
    }
}

/// Writes one value under `name`; empty at the top, where only what has names can stand.
struct Spread<'a> {
    name: &'a mut String,
    style: NestedStyle,
    place: Place,
    sink: PairSink<'a>,
}

/// What a value is a part of, which decides what it may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// An object, or a list whose style tells its items apart: anything.
    Member,
    /// A list that is written under one name: scalars.
    OneName,
    /// A list that is the whole: pairs of a name and a value.
    Pair,
}

impl<'a> Spread<'a> {
    fn scalar(self, text: &str) -> Result<(), Failed> {
        if self.name.is_empty() {
            return Err(Failed("is no struct, map or list of pairs, so it has no names to write"));
        }
        (self.sink)(self.name, text);
        Ok(())
    }

    fn members(self) -> Result<Members<'a>, Failed> {
        match self.place {
            Place::Member => {}
            Place::OneName => {
                return Err(Failed(
                    "is a list of structs or lists, which needs `lists = \"indices\"` or `\"brackets\"`",
                ));
            }
            Place::Pair => return Err(Failed("is a list of what is no pair of a name and a value")),
        }
        Ok(Members::new(self, Kind::Items))
    }

    /// A list under a name; without one, a list of pairs, or one of these pairs.
    fn list(self, length: Option<usize>) -> Result<Members<'a>, Failed> {
        if self.place == Place::Pair && length == Some(2) {
            return Ok(Members::new(Spread { place: Place::Member, ..self }, Kind::Pair));
        }
        let whole = self.name.is_empty();
        let members = self.members()?;
        Ok(if whole { members.placed(Place::Pair, Kind::Pairs) } else { members.under_one_name() })
    }

    fn variant(self, variant: &str) -> Result<Members<'a>, Failed> {
        let mut members = self.members()?;
        members.enter_for_good(variant);
        Ok(members)
    }
}

macro_rules! widened {
    ($($($method:ident($type:ty))* => $wide:ident;)*) => {$($(
        fn $method(self, value: $type) -> Result<(), Failed> {
            self.$wide(value.into())
        }
    )*)*};
}

macro_rules! displayed {
    ($($method:ident($type:ty))*) => {$(
        fn $method(self, value: $type) -> Result<(), Failed> {
            self.scalar(&value.to_string())
        }
    )*};
}

impl<'a> Serializer for Spread<'a> {
    type Ok = ();
    type Error = Failed;
    type SerializeSeq = Members<'a>;
    type SerializeTuple = Members<'a>;
    type SerializeTupleStruct = Members<'a>;
    type SerializeTupleVariant = Members<'a>;
    type SerializeMap = Members<'a>;
    type SerializeStruct = Members<'a>;
    type SerializeStructVariant = Members<'a>;

    displayed! {
        serialize_bool(bool) serialize_i64(i64) serialize_i128(i128) serialize_u64(u64) serialize_u128(u128)
        serialize_char(char)
    }

    widened! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) => serialize_i64;
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) => serialize_u64;
    }

    fn serialize_f32(self, value: f32) -> Result<(), Failed> {
        if value.is_finite() {
            self.scalar(&float_text(value))
        } else {
            Err(Failed("is not a finite number"))
        }
    }

    fn serialize_f64(self, value: f64) -> Result<(), Failed> {
        if value.is_finite() {
            self.scalar(&float_text(value))
        } else {
            Err(Failed("is not a finite number"))
        }
    }

    fn serialize_str(self, text: &str) -> Result<(), Failed> {
        self.scalar(text)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Failed> {
        Err(Failed("is bytes, which have no text"))
    }

    fn serialize_none(self) -> Result<(), Failed> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Failed> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Failed> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Failed> {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Failed> {
        self.scalar(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Failed> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Failed> {
        let mut members = self.members()?;
        members.enter(variant);
        members.value(value)?;
        members.finish();
        Ok(())
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Members<'a>, Failed> {
        self.list(length)
    }

    fn serialize_tuple(self, length: usize) -> Result<Members<'a>, Failed> {
        self.list(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Members<'a>, Failed> {
        self.list(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members<'a>, Failed> {
        Ok(self.variant(variant)?.under_one_name())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'a>, Failed> {
        self.members()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'a>, Failed> {
        self.members()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members<'a>, Failed> {
        self.variant(variant)
    }
}

#[cfg(test)]
mod tests;
