//! Spreads what serde makes of a struct or map: recursively, in the order of the declaration.

use std::fmt::{self, Display};

use serde::ser::{self, Serialize, Serializer};

use super::super::field_update::CLEAR;
use super::super::finite::serialize_error;
use super::super::invalid_argument::Reason;
use super::super::scalar::{Scalar, Syntax};
use super::super::values::{List, ValueTarget as _, float_text};
use super::writer::{Object, Place, Writer};
use crate::style::NestedStyle;

/// What is wrong with a value.
#[derive(Debug)]
pub(super) struct Refused(pub(super) Reason);

impl Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: Display>(text: T) -> Self {
        Self(Reason::Message(serialize_error(text)))
    }
}

impl From<Reason> for Refused {
    fn from(reason: Reason) -> Self {
        Self(reason)
    }
}

/// The members of what is being spread.
pub(super) struct Members<'s, 'w> {
    writer: &'s mut Writer<'w>,
    kind: Kind,
    /// The object around a list that is an enum variant: `x[Variant]`.
    variant: Option<Object>,
}

/// What the members are.
enum Kind {
    /// Those of a struct or map.
    Object(Object),
    /// The items of a list.
    Items(List),
    /// Pairs of a name and a value.
    Pairs,
    /// The name, then the value.
    Pair { object: Object, has_name: bool },
}

impl<'w> Writer<'w> {
    fn object<'s>(&'s mut self, variant: Option<Object>) -> Result<Members<'s, 'w>, Refused> {
        let kind = Kind::Object(self.begin_object()?);
        Ok(Members { writer: self, kind, variant })
    }

    /// A list under a name; without one, a list of pairs, or one of these pairs.
    fn list<'s>(
        &'s mut self,
        length: Option<usize>,
        variant: Option<Object>,
    ) -> Result<Members<'s, 'w>, Refused> {
        let kind = match self.place() {
            Place::Whole => Kind::Pairs,
            Place::Pair if length == Some(2) => Kind::Pair { object: self.next_pair(), has_name: false },
            Place::Pair => return Err(Refused(Reason::Message(super::writer::NOT_PAIRS))),
            _ => Kind::Items(self.begin_list()?),
        };
        Ok(Members { writer: self, kind, variant })
    }

    /// Enters the variant of an enum: an object with one member.
    fn variant(&mut self, variant: &str) -> Result<Object, Refused> {
        let object = self.begin_object()?;
        self.enter(&object, variant);
        Ok(object)
    }
}

impl Members<'_, '_> {
    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Refused> {
        if let Kind::Object(object) = &self.kind {
            self.writer.enter(object, name);
        }
        value.serialize(&mut *self.writer)
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        match &mut self.kind {
            Kind::Items(list) => {
                self.writer.begin_item(list);
                value.serialize(&mut *self.writer)?;
                Ok(self.writer.end_item(list)?)
            }
            Kind::Pair { object, has_name: has_name @ false } => {
                *has_name = true;
                let name = key_text(value)?;
                self.writer.enter(object, &name);
                Ok(())
            }
            Kind::Pairs => {
                self.writer.next_pair();
                value.serialize(&mut *self.writer)
            }
            Kind::Pair { .. } | Kind::Object(_) => value.serialize(&mut *self.writer),
        }
    }

    fn finish(self) -> Result<(), Refused> {
        match self.kind {
            Kind::Items(list) => self.writer.end_list(list),
            Kind::Object(object) | Kind::Pair { object, .. } => self.writer.end_object(&object),
            Kind::Pairs => {}
        }
        if let Some(object) = self.variant {
            self.writer.end_object(&object);
        }
        Ok(())
    }
}

/// The text of a map's key, which must be a scalar.
fn key_text<T: Serialize + ?Sized>(key: &T) -> Result<String, Refused> {
    let (mut text, mut before) = (String::new(), None);
    let writer = Writer::new(&mut text, &mut before, Syntax::Plain, NestedStyle::DEFAULT, "");
    key.serialize(&mut writer.at(Place::Key))?;
    Ok(text)
}

macro_rules! scalars {
    ($($method:ident($type:ty))*) => {$(
        fn $method(self, value: $type) -> Result<(), Refused> {
            Ok(self.scalar(&value)?)
        }
    )*};
}

macro_rules! floats {
    ($($method:ident($type:ty))*) => {$(
        fn $method(self, value: $type) -> Result<(), Refused> {
            if value.is_finite() { Ok(self.scalar(&float_text(value))?) } else { Err(Refused(Reason::NotFinite)) }
        }
    )*};
}

impl<'s, 'w> Serializer for &'s mut Writer<'w> {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Members<'s, 'w>;
    type SerializeTuple = Members<'s, 'w>;
    type SerializeTupleStruct = Members<'s, 'w>;
    type SerializeTupleVariant = Members<'s, 'w>;
    type SerializeMap = Members<'s, 'w>;
    type SerializeStruct = Members<'s, 'w>;
    type SerializeStructVariant = Members<'s, 'w>;

    scalars! {
        serialize_bool(bool) serialize_char(char) serialize_str(&str)
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
    }

    floats!(serialize_f32(f32) serialize_f64(f64));

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Refused> {
        Err(Refused(Reason::Message("is bytes, which have no text")))
    }

    fn serialize_none(self) -> Result<(), Refused> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Refused> {
        Ok(())
    }

    fn serialize_unit_struct(self, name: &'static str) -> Result<(), Refused> {
        if name == CLEAR {
            return Err(Refused(Reason::Message("is `FieldUpdate::Clear`, which only JSON can express")));
        }
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Refused> {
        Ok(self.scalar(&variant as &dyn Scalar)?)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        let object = self.variant(variant)?;
        value.serialize(&mut *self)?;
        self.end_object(&object);
        Ok(())
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Members<'s, 'w>, Refused> {
        self.list(length, None)
    }

    fn serialize_tuple(self, length: usize) -> Result<Members<'s, 'w>, Refused> {
        self.list(Some(length), None)
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Members<'s, 'w>, Refused> {
        self.list(Some(length), None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Members<'s, 'w>, Refused> {
        let object = self.variant(variant)?;
        self.list(Some(length), Some(object))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'s, 'w>, Refused> {
        self.object(None)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'s, 'w>, Refused> {
        self.object(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members<'s, 'w>, Refused> {
        let object = self.variant(variant)?;
        self.object(Some(object))
    }
}

macro_rules! items {
    ($($compound:ident::$method:ident)*) => {$(
        impl ser::$compound for Members<'_, '_> {
            type Ok = ();
            type Error = Refused;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
                self.item(value)
            }

            fn end(self) -> Result<(), Refused> {
                self.finish()
            }
        }
    )*};
}
items!(SerializeSeq::serialize_element SerializeTuple::serialize_element);
items!(SerializeTupleStruct::serialize_field SerializeTupleVariant::serialize_field);

macro_rules! fields {
    ($($compound:ident)*) => {$(
        impl ser::$compound for Members<'_, '_> {
            type Ok = ();
            type Error = Refused;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Refused> {
                self.member(name, value)
            }

            fn end(self) -> Result<(), Refused> {
                self.finish()
            }
        }
    )*};
}
fields!(SerializeStruct SerializeStructVariant);

impl ser::SerializeMap for Members<'_, '_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        let name = key_text(key)?;
        if let Kind::Object(object) = &self.kind {
            self.writer.enter(object, &name);
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Refused> {
        self.finish()
    }
}
