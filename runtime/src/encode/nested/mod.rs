//! Spreads what serde makes of a struct or map into pairs, recursively, in the order of the declaration.

use std::fmt::{self, Display};

use serde::ser::{self, Serialize, Serializer};

use super::style::{ListStyle, NestedStyle, ObjectStyle};
use super::unfit::{Reason, Unfit};

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
    pub(crate) fn unfit(self, whole: &str) -> Unfit {
        let argument = if self.name.is_empty() { whole.to_owned() } else { self.name };
        Unfit { argument, reason: Reason::Said(self.reason) }
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
        .serialize(Spread { name: &mut name, style, flat: false, sink })
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
    /// Inside a list that is written under one name: its items must be scalars.
    flat: bool,
    sink: PairSink<'a>,
}

impl<'a> Spread<'a> {
    fn scalar(self, text: &str) -> Result<(), Failed> {
        if self.name.is_empty() {
            return Err(Failed("is no struct or map, so it has no names to write"));
        }
        (self.sink)(self.name, text);
        Ok(())
    }

    fn members(self) -> Result<Members<'a>, Failed> {
        if self.flat {
            return Err(Failed(
                "is a list of structs or lists, which needs `lists = \"indices\"` or `\"brackets\"`",
            ));
        }
        Ok(Members { outer: self.name.len(), spread: self, joined: None, index: 0 })
    }

    fn list(self) -> Result<Members<'a>, Failed> {
        if self.name.is_empty() {
            return self.scalar("").and(Err(Failed("")));
        }
        let mut members = self.members()?;
        members.spread.flat = !matches!(members.spread.style.lists, ListStyle::Indices | ListStyle::Brackets);
        Ok(members)
    }

    fn variant(self, variant: &str) -> Result<Members<'a>, Failed> {
        let mut members = self.members()?;
        members.enter(variant);
        members.outer = members.spread.name.len();
        Ok(members)
    }
}

/// The members of a struct or map, or the items of a list.
struct Members<'a> {
    spread: Spread<'a>,
    /// How long the name of the whole is.
    outer: usize,
    /// The items of a list that is one pair, so far.
    joined: Option<String>,
    index: usize,
}

impl Members<'_> {
    fn enter(&mut self, member: &str) {
        let name = &mut *self.spread.name;
        name.truncate(self.outer);
        if name.is_empty() {
            name.push_str(member);
        } else if self.spread.style.objects == ObjectStyle::Brackets {
            name.extend(["[", member, "]"]);
        } else {
            name.extend([".", member]);
        }
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        let Spread { name, style, flat, sink } = &mut self.spread;
        value.serialize(Spread { name, style: *style, flat: *flat, sink: *sink })
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.spread.name.truncate(self.outer);
        let separator = match self.spread.style.lists {
            ListStyle::Repeat => return self.value(value),
            ListStyle::Brackets => {
                self.spread.name.push_str("[]");
                return self.value(value);
            }
            ListStyle::Indices => {
                self.spread.name.extend(["[", itoa::Buffer::new().format(self.index), "]"]);
                return self.counted(value);
            }
            ListStyle::Comma => ",",
            ListStyle::Space => " ",
            ListStyle::Pipe => "|",
        };
        let joined = &mut self.joined;
        let mut join = |_: &str, text: &str| match joined {
            Some(joined) => joined.extend([separator, text]),
            None => *joined = Some(text.to_owned()),
        };
        let Spread { name, style, flat, .. } = &mut self.spread;
        value.serialize(Spread { name, style: *style, flat: *flat, sink: &mut join })
    }

    /// Writes an item under an index of its own; one that writes nothing leaves no gap.
    fn counted<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        let Spread { name, style, flat, sink } = &mut self.spread;
        let mut written = false;
        let mut count = |name: &str, text: &str| {
            written = true;
            sink(name, text);
        };
        value.serialize(Spread { name, style: *style, flat: *flat, sink: &mut count })?;
        self.index += usize::from(written);
        Ok(())
    }

    fn finish(self) {
        self.spread.name.truncate(self.outer);
        if let Some(joined) = self.joined {
            (self.spread.sink)(self.spread.name, &joined);
        }
    }
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
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_i128(i128) serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64)
        serialize_u128(u128) serialize_char(char)
    }

    fn serialize_f32(self, value: f32) -> Result<(), Failed> {
        if value.is_finite() {
            self.scalar(&value.to_string())
        } else {
            Err(Failed("is not a finite number"))
        }
    }

    fn serialize_f64(self, value: f64) -> Result<(), Failed> {
        if value.is_finite() {
            self.scalar(&value.to_string())
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

    fn serialize_seq(self, _: Option<usize>) -> Result<Members<'a>, Failed> {
        self.list()
    }

    fn serialize_tuple(self, _: usize) -> Result<Members<'a>, Failed> {
        self.list()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Members<'a>, Failed> {
        self.list()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members<'a>, Failed> {
        self.variant(variant)
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

macro_rules! items {
    ($($compound:ident::$method:ident)*) => {$(
        impl ser::$compound for Members<'_> {
            type Ok = ();
            type Error = Failed;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
                self.item(value)
            }

            fn end(self) -> Result<(), Failed> {
                self.finish();
                Ok(())
            }
        }
    )*};
}
items!(SerializeSeq::serialize_element SerializeTuple::serialize_element);
items!(SerializeTupleStruct::serialize_field SerializeTupleVariant::serialize_field);

macro_rules! fields {
    ($($compound:ident)*) => {$(
        impl ser::$compound for Members<'_> {
            type Ok = ();
            type Error = Failed;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Failed> {
                self.enter(name);
                self.value(value)
            }

            fn end(self) -> Result<(), Failed> {
                self.finish();
                Ok(())
            }
        }
    )*};
}
fields!(SerializeStruct SerializeStructVariant);

impl ser::SerializeMap for Members<'_> {
    type Ok = ();
    type Error = Failed;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failed> {
        // A key is a scalar: `Spread` writes it to the sink under a name that is dropped.
        let (mut text, mut unnamed) = (String::new(), "key".to_owned());
        let mut take = |_: &str, key: &str| text.push_str(key);
        key.serialize(Spread { name: &mut unnamed, style: self.spread.style, flat: true, sink: &mut take })?;
        self.enter(&text);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.value(value)
    }

    fn end(self) -> Result<(), Failed> {
        self.finish();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn pairs<T: Serialize>(value: &T, lists: ListStyle, objects: ObjectStyle) -> Result<String, NestedError> {
        let mut out = Vec::new();
        serialize(value, NestedStyle { lists, objects }, &mut |n: &str, v: &str| {
            out.push(format!("{n}={v}"));
        })?;
        Ok(out.join("&"))
    }

    #[derive(serde::Serialize)]
    struct Item {
        quantity: u32,
        price: Option<&'static str>,
    }

    #[test]
    fn lists_in_every_style() {
        let value = BTreeMap::from([("n", [Some("1"), None, Some("2")])]);
        for (style, expected) in [
            (ListStyle::Repeat, "n=1&n=2"),
            (ListStyle::Comma, "n=1,2"),
            (ListStyle::Space, "n=1 2"),
            (ListStyle::Pipe, "n=1|2"),
            (ListStyle::Brackets, "n[]=1&n[]=2"),
            (ListStyle::Indices, "n[0]=1&n[1]=2"),
        ] {
            assert_eq!(pairs(&value, style, ObjectStyle::Brackets).unwrap(), expected);
        }
        assert_eq!(pairs(&BTreeMap::from([("n", [0; 0])]), ListStyle::Comma, ObjectStyle::Dots).unwrap(), "");
    }

    #[test]
    fn objects_nest_in_the_order_of_the_declaration() {
        let item = |quantity| Item { quantity, price: (quantity == 2).then_some("p1") };
        let at = BTreeMap::from([("at", item(2))]);
        assert_eq!(
            pairs(&at, ListStyle::Repeat, ObjectStyle::Brackets).unwrap(),
            "at[quantity]=2&at[price]=p1"
        );
        assert_eq!(pairs(&at, ListStyle::Repeat, ObjectStyle::Dots).unwrap(), "at.quantity=2&at.price=p1");
        let items = BTreeMap::from([("items", vec![item(2), item(3)])]);
        assert_eq!(
            pairs(&items, ListStyle::Indices, ObjectStyle::Brackets).unwrap(),
            "items[0][quantity]=2&items[0][price]=p1&items[1][quantity]=3"
        );
        for style in [ListStyle::Repeat, ListStyle::Comma] {
            assert_eq!(pairs(&items, style, ObjectStyle::Brackets).unwrap_err().name, "items");
        }
    }

    #[test]
    fn enums_and_keys_have_the_names_of_serde() {
        #[derive(serde::Serialize)]
        #[serde(rename_all = "snake_case")]
        enum Sort {
            NewFirst,
            By(&'static str),
        }
        let value = BTreeMap::from([(1, Sort::NewFirst), (2, Sort::By("x"))]);
        assert_eq!(pairs(&value, ListStyle::Repeat, ObjectStyle::Brackets).unwrap(), "1=new_first&2[by]=x");
    }

    #[test]
    fn only_named_and_finite_values_are_taken() {
        for style in [ListStyle::Repeat, ListStyle::Indices] {
            assert!(pairs(&[1], style, ObjectStyle::Brackets).is_err());
        }
        assert!(pairs(&"x", ListStyle::Repeat, ObjectStyle::Brackets).is_err());
        assert_eq!(pairs(&None::<Item>, ListStyle::Repeat, ObjectStyle::Brackets).unwrap(), "");
        let nan = BTreeMap::from([("x", f64::NAN)]);
        assert_eq!(pairs(&nan, ListStyle::Repeat, ObjectStyle::Brackets).unwrap_err().name, "x");
    }
}
