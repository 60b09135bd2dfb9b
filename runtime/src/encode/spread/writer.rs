//! Writes the pairs of one argument: names, list styles and what each style can express.

use super::super::invalid_argument::Reason;
use super::super::percent;
use super::super::scalar::{self, Scalar, Syntax};
use super::super::values::{List, ValueTarget};
use crate::style::{ListStyle, NestedStyle, ObjectStyle};

/// Why a list that is a whole argument cannot be sent.
pub(super) const NOT_PAIRS: &str = "is a list of something other than pairs of a name and a value";

/// Writes one argument, in place.
pub(super) struct Writer<'w> {
    text: &'w mut String,
    /// What stands before the next pair: `?` or `&` in a URL, nothing or `&` in a form.
    before: &'w mut Option<char>,
    syntax: Syntax,
    style: NestedStyle,
    name: Name<'w>,
    place: Place,
    /// How many values were written.
    written: usize,
    /// Whether a list or an object ended that wrote nothing.
    was_empty: bool,
    item: ItemNames,
    /// The first thing that is wrong with the argument.
    pub(super) refused: Option<Reason>,
}

/// Where a value stands, which decides what it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The whole of what is spread: a struct, a map, or a list of pairs, which have names.
    Whole,
    /// An item of a list of pairs.
    Pair,
    /// The key of a map: a scalar, whose text is a name.
    Key,
    /// Under a name of its own: anything.
    Named,
    /// An item of a list that repeats the name: a scalar.
    Repeated,
    /// An item of a list that is one pair: a scalar.
    Joined {
        /// Whether no item stands before it.
        is_first: bool,
    },
    /// An item of a list in the style `brackets`: a scalar, or an object.
    Bracketed,
}

/// The name of the next pair, unencoded.
struct Name<'w> {
    /// The argument's.
    base: &'w str,
    /// What objects and lists have appended: `[at][0]`.
    path: String,
}

/// The names of the members of an object in a list of the style `brackets`: the next object begins where the first of
/// them comes again. That is how Rack and Rails read `x[][a]=1&x[][b]=2&x[][a]=3`.
#[derive(Default)]
struct ItemNames {
    /// Whether an object in such a list is being written.
    inside: bool,
    /// The names of this object so far, or of the one before if this one has none yet.
    names: Vec<String>,
    /// Whether this object has none yet.
    is_new: bool,
}

impl<'w> Writer<'w> {
    /// Writes the argument `name`.
    pub(super) fn new(
        text: &'w mut String,
        before: &'w mut Option<char>,
        syntax: Syntax,
        style: NestedStyle,
        name: &'w str,
    ) -> Self {
        let name = Name { base: name, path: String::new() };
        let (place, item) = (Place::Named, ItemNames::default());
        Self { text, before, syntax, style, name, place, written: 0, was_empty: false, item, refused: None }
    }

    /// The same at another place.
    pub(super) fn at(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// The argument's name as far as it is known.
    pub(super) fn name(&self) -> String {
        [self.name.base, &self.name.path].concat()
    }

    pub(super) fn place(&self) -> Place {
        self.place
    }

    /// Writes one value: the name before it, or the separator.
    pub(super) fn scalar(&mut self, value: &dyn Scalar) -> Result<(), Reason> {
        match self.place {
            Place::Whole => {
                return Err(Reason::Message(
                    "is not a struct, map or list of pairs, so it has no names to write",
                ));
            }
            Place::Pair => return Err(Reason::Message(NOT_PAIRS)),
            Place::Key => {}
            Place::Joined { is_first: false } => self.text.push_str(self.separator()),
            _ => {
                self.item.take(&self.name.path)?;
                self.write_name();
            }
        }
        let start = self.text.len();
        scalar::write(self.text, self.syntax, value)?;
        self.written += 1;
        let written = self.text.get(start..).unwrap_or("");
        // The text of a separator is never a part of the text of another character, encoded or not.
        if matches!(self.place, Place::Joined { .. })
            && written.to_ascii_uppercase().contains(self.separator())
        {
            return Err(Reason::Separator);
        }
        Ok(())
    }

    /// What stands between the items of a list that is one pair. A comma may stand in a query as it is, and an item's
    /// own is encoded (RFC 6570, 3.2.8); what must be encoded itself cannot be told from an item's own.
    fn separator(&self) -> &'static str {
        match (self.style.lists, self.syntax) {
            (ListStyle::Space, Syntax::Form) => "+",
            (ListStyle::Space, _) => "%20",
            (ListStyle::Pipe, _) => "%7C",
            (_, Syntax::Form) => "%2C",
            (_, _) => ",",
        }
    }

    fn write_name(&mut self) {
        self.text.extend(*self.before);
        *self.before = Some('&');
        for part in [self.name.base, &self.name.path] {
            match self.syntax {
                Syntax::Form => percent::form_into(self.text, part),
                _ => percent::encode_into(self.text, part),
            }
        }
        self.text.push('=');
    }

    /// Begins a struct or map. Returns where it stands.
    pub(super) fn begin_object(&mut self) -> Result<Object, Reason> {
        let object = Object { name: self.name.path.len(), place: self.place, before: self.written };
        match self.place {
            Place::Whole | Place::Named => {}
            Place::Bracketed => self.item.begin(),
            Place::Pair => return Err(Reason::Message(NOT_PAIRS)),
            Place::Key => return Err(Reason::Message("has a key that is not a single value")),
            Place::Repeated | Place::Joined { .. } => return Err(Reason::NestedList),
        }
        Ok(object)
    }

    /// Goes to an item of a list of pairs. It is an object with one member.
    pub(super) fn next_pair(&mut self) -> Object {
        self.name.path.clear();
        self.place = Place::Pair;
        Object { name: 0, place: Place::Pair, before: self.written }
    }

    /// Enters a member of the object.
    pub(super) fn enter(&mut self, object: &Object, member: &str) {
        self.name.path.truncate(object.name);
        self.place = Place::Named;
        let path = &mut self.name.path;
        if self.name.base.is_empty() && path.is_empty() {
            path.push_str(member);
        } else if self.style.objects == ObjectStyle::Brackets {
            path.extend(["[", member, "]"]);
        } else {
            path.extend([".", member]);
        }
    }

    pub(super) fn end_object(&mut self, object: &Object) {
        self.name.path.truncate(object.name);
        self.place = object.place;
        self.was_empty = self.written == object.before;
        if object.place == Place::Bracketed {
            self.item.inside = false;
        }
    }
}

/// Where an object stands while its members are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Object {
    name: usize,
    place: Place,
    before: usize,
}

impl ItemNames {
    fn begin(&mut self) {
        self.inside = true;
        self.is_new = true;
    }

    /// Takes the name of the next pair; fails if it would not show what item it belongs to.
    fn take(&mut self, name: &str) -> Result<(), Reason> {
        if !self.inside {
            // A single value is an item by itself, whatever stands before and behind it.
            self.names.clear();
            return Ok(());
        }
        let comes_again = self.names.iter().any(|known| known == name);
        let begins = std::mem::take(&mut self.is_new) && !self.names.is_empty();
        if comes_again != begins {
            return Err(Reason::BlurredItem);
        }
        if begins {
            self.names.clear();
        }
        self.names.push(name.to_owned());
        Ok(())
    }
}

impl ValueTarget for Writer<'_> {
    fn value(&mut self, value: &dyn Scalar) -> Result<(), Reason> {
        self.scalar(value)
    }

    fn begin_list(&mut self) -> Result<List, Reason> {
        if self.place != Place::Named || self.item.inside {
            return Err(Reason::NestedList);
        }
        self.item.names.clear();
        Ok(List { name: self.name.path.len(), items: 0, before: self.written })
    }

    fn begin_item(&mut self, list: &mut List) {
        self.name.path.truncate(list.name);
        self.was_empty = false;
        list.before = self.written;
        self.place = match self.style.lists {
            ListStyle::Repeat => Place::Repeated,
            ListStyle::Comma | ListStyle::Space | ListStyle::Pipe => {
                Place::Joined { is_first: list.items == 0 }
            }
            ListStyle::Brackets => {
                self.name.path.push_str("[]");
                Place::Bracketed
            }
            ListStyle::Indices => {
                self.name.path.extend(["[", itoa::Buffer::new().format(list.items), "]"]);
                Place::Named
            }
        };
    }

    fn end_item(&mut self, list: &mut List) -> Result<(), Reason> {
        if self.written > list.before {
            list.items += 1;
        } else if self.was_empty {
            return Err(Reason::EmptyItem);
        }
        Ok(())
    }

    fn end_list(&mut self, list: List) {
        self.name.path.truncate(list.name);
        self.place = Place::Named;
        self.was_empty = list.items == 0;
    }

    fn refuse(&mut self, reason: Reason) {
        self.refused.get_or_insert(reason);
    }
}
