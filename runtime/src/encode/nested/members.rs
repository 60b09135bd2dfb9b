//! The members of what is being spread.

use serde::ser::{self, Serialize};

use super::{Failed, Place, Spread};
use crate::encode::style::{ListStyle, ObjectStyle};

/// The members of a struct or map, or the items of a list.
pub(super) struct Members<'a> {
    spread: Spread<'a>,
    /// How long the name of the whole is.
    outer: usize,
    /// The items of a list that is one pair, so far.
    joined: Option<String>,
    kind: Kind,
    index: usize,
}

/// What the items of a list are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Values of the list's name.
    Items,
    /// Pairs of a name and a value.
    Pairs,
    /// The name, then the value.
    Pair,
}

impl<'a> Members<'a> {
    pub(super) fn new(spread: Spread<'a>, kind: Kind) -> Self {
        Self { outer: spread.name.len(), spread, joined: None, kind, index: 0 }
    }
}

impl Members<'_> {
    pub(super) fn placed(mut self, place: Place, kind: Kind) -> Self {
        self.spread.place = place;
        self.kind = kind;
        self
    }

    /// A list under one name, unless its style tells its items apart.
    pub(super) fn under_one_name(self) -> Self {
        let apart = matches!(self.spread.style.lists, ListStyle::Indices | ListStyle::Brackets);
        self.placed(if apart { Place::Member } else { Place::OneName }, Kind::Items)
    }

    pub(super) fn enter(&mut self, member: &str) {
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

    /// Enters the variant that the members are of.
    pub(super) fn enter_for_good(&mut self, variant: &str) {
        self.enter(variant);
        self.outer = self.spread.name.len();
    }

    pub(super) fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        let Spread { name, style, place, sink } = &mut self.spread;
        value.serialize(Spread { name, style: *style, place: *place, sink: *sink })
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        match (self.kind, self.index) {
            (Kind::Items, _) => {}
            (Kind::Pair, 0) => {
                self.index = 1;
                return self.key(value);
            }
            (Kind::Pair, _) => return self.value(value),
            (Kind::Pairs, _) => {
                self.spread.name.clear();
                return self.value(value);
            }
        }
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
        let Spread { name, style, place, .. } = &mut self.spread;
        value.serialize(Spread { name, style: *style, place: *place, sink: &mut join })
    }

    /// Enters the member that a key names. A key is a scalar: it is written under a name that is dropped.
    fn key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failed> {
        let (mut text, mut unnamed) = (String::new(), "key".to_owned());
        let mut take = |_: &str, key: &str| text.push_str(key);
        let style = self.spread.style;
        key.serialize(Spread { name: &mut unnamed, style, place: Place::OneName, sink: &mut take })?;
        self.enter(&text);
        Ok(())
    }

    /// Writes an item under an index of its own; one that writes nothing leaves no gap.
    fn counted<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        let Spread { name, style, place, sink } = &mut self.spread;
        let mut written = false;
        let mut count = |name: &str, text: &str| {
            written = true;
            sink(name, text);
        };
        value.serialize(Spread { name, style: *style, place: *place, sink: &mut count })?;
        self.index += usize::from(written);
        Ok(())
    }

    pub(super) fn finish(self) {
        self.spread.name.truncate(self.outer);
        if let Some(joined) = self.joined {
            (self.spread.sink)(self.spread.name, &joined);
        }
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
        self.key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.value(value)
    }

    fn end(self) -> Result<(), Failed> {
        self.finish();
        Ok(())
    }
}
