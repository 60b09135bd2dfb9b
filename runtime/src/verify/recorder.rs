//! A deserializer over a JSON value that records what a type reads of it.

use std::cell::RefCell;
use std::fmt::{self, Display};
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{
    self, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use crate::hook::{Misfit, Observed, ReadStruct};

thread_local! {
    /// The last text that an enum has no name for. An open enum tries its names on a copy of the value, so an error that
    /// nobody sees is all that tells.
    static UNKNOWN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Decodes a value, and tells what the type has read of it.
///
/// serde_json itself decides whether the value fits: what is recorded only says where.
pub(super) fn decode<T: serde::Deserialize<'static>>(value: &'static Value) -> Result<Observed, Misfit> {
    let log = RefCell::new(Observed::default());
    let recorded = Recorder { value, path: String::new(), log: &log }.read(PhantomData::<T>);
    match (T::deserialize(value), recorded) {
        (Ok(_), _) => Ok(log.into_inner()),
        (Err(_), Err(Failure(misfit))) => Err(Misfit { observed: log.into_inner().into(), ..misfit }),
        (Err(error), Ok(_)) => Err(Misfit { observed: log.into_inner().into(), ..Failure::custom(error).0 }),
    }
}

/// Why the value does not fit, and where.
#[derive(Debug)]
struct Failure(Misfit);

impl Failure {
    /// Adds where it was, unless it was known nearer.
    fn at(mut self, path: &str) -> Self {
        if self.0.path.is_empty() {
            path.clone_into(&mut self.0.path);
        }
        self
    }
}

impl de::Error for Failure {
    fn custom<T: Display>(message: T) -> Self {
        let message = message.to_string();
        let observed = Box::default();
        Self(Misfit { path: String::new(), missing: None, duplicate: None, message, observed })
    }

    fn missing_field(field: &'static str) -> Self {
        let mut failure = Self::custom(format_args!("missing field `{field}`"));
        failure.0.missing = Some(field);
        failure
    }

    fn duplicate_field(field: &'static str) -> Self {
        let mut failure = Self::custom(format_args!("duplicate field `{field}`"));
        failure.0.duplicate = Some(field);
        failure
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        UNKNOWN.set(Some(variant.to_owned()));
        let names: Vec<String> = expected.iter().map(|name| format!("`{name}`")).collect();
        Self::custom(format_args!("`{variant}` is not one of {}", names.join(", ")))
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Failure {}

/// A value, where it stands, and where the observations go.
struct Recorder<'r> {
    value: &'static Value,
    path: String,
    log: &'r RefCell<Observed>,
}

impl Recorder<'_> {
    fn step(&self, name: &str, value: &'static Value) -> Self {
        let name = name.replace('~', "~0").replace('/', "~1");
        Self { value, path: format!("{}/{name}", self.path), log: self.log }
    }

    /// Reads the value, and notes a text that an enum takes though it has no name for it.
    fn read<S: DeserializeSeed<'static>>(self, seed: S) -> Result<S::Value, Failure> {
        let (text, path, log) = (self.value.as_str(), self.path.clone(), self.log);
        UNKNOWN.set(None);
        let result = seed.deserialize(self);
        let unknown = UNKNOWN.take();
        if result.is_ok() && text.is_some() && unknown.as_deref() == text {
            log.borrow_mut().unknown.push(path);
        }
        result
    }

    fn any<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(value), ..) => visitor.visit_u64(value),
                (_, Some(value), _) => visitor.visit_i64(value),
                (_, _, value) => visitor.visit_f64(value.unwrap_or_default()),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(Items { of: &self, items: items.iter().enumerate() }),
            Value::Object(members) => {
                visitor.visit_map(Members { of: &self, members: members.iter(), next: None })
            }
        }
    }
}

impl Deserializer<'static> for Recorder<'_> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Failure> {
        let path = self.path.clone();
        self.any(visitor).map_err(|failure| failure.at(&path))
    }

    fn deserialize_option<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Failure> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'static>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'static>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        if self.value.is_object() {
            self.log.borrow_mut().structs.push(ReadStruct { path: self.path.clone(), name, fields });
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'static>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        let path = self.path.clone();
        let result = match self.value {
            Value::String(text) => {
                let result = visitor.visit_enum(StrDeserializer::new(text));
                // `#[serde(other)]`
                if result.is_ok() && !names.contains(&text.as_str()) {
                    self.log.borrow_mut().unknown.push(self.path);
                }
                result
            }
            Value::Object(members) if members.len() == 1 => {
                let members = Members { of: &self, members: members.iter(), next: None };
                visitor.visit_enum(MapAccessDeserializer::new(members))
            }
            _ => Err(Failure::custom("expected a name, or an object with one member that is named by it")),
        };
        result.map_err(|failure| failure.at(&path))
    }

    fn deserialize_ignored_any<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.log.borrow_mut().unread.push(self.path);
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <V: Visitor<'static>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier
    }
}

struct Items<'a, 'r> {
    of: &'a Recorder<'r>,
    items: std::iter::Enumerate<std::slice::Iter<'static, Value>>,
}

impl SeqAccess<'static> for Items<'_, '_> {
    type Error = Failure;

    fn next_element_seed<S: DeserializeSeed<'static>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Failure> {
        let Some((index, item)) = self.items.next() else { return Ok(None) };
        self.of.step(&index.to_string(), item).read(seed).map(Some)
    }
}

struct Members<'a, 'r> {
    of: &'a Recorder<'r>,
    members: serde_json::map::Iter<'static>,
    next: Option<(&'static str, &'static Value)>,
}

impl MapAccess<'static> for Members<'_, '_> {
    type Error = Failure;

    fn next_key_seed<S: DeserializeSeed<'static>>(&mut self, seed: S) -> Result<Option<S::Value>, Failure> {
        let Some((name, value)) = self.members.next() else { return Ok(None) };
        self.next = Some((name, value));
        seed.deserialize(Key(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'static>>(&mut self, seed: S) -> Result<S::Value, Failure> {
        let (name, value) = self.next.take().ok_or_else(|| Failure::custom("a value without its key"))?;
        self.of.step(name, value).read(seed)
    }
}

/// The name of a member. A map whose keys are not texts is not followed.
struct Key(&'static str);

impl Deserializer<'static> for Key {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_option<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'static>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'static>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        visitor.visit_enum(IntoDeserializer::<Failure>::into_deserializer(self.0))
    }

    forward_to_deserialize_any! {
        <V: Visitor<'static>>
        bool char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64
    }
}
