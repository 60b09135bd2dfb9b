//! Spreads arguments into the pairs `name=value` of a query or a form, written in place.
//!
//! One writer knows the names, the list styles and what each of them can express. Two sides drive it: types that say
//! themselves what they are ([`QueryValue`], [`Query`]), and what serde makes of a value.

mod serde;
mod writer;

use std::collections::BTreeMap;

use ::serde::Serialize;

use self::serde::Refused;
use self::writer::{Place, Writer};
use super::invalid_argument::{InvalidArgument, Reason};
use super::percent::Component;
use super::scalar::{self, Scalar, Syntax, text_of};
use super::values::{self, List, QueryValue, ValueTarget, Values};
use crate::hook::Member;
use crate::secret::Secret;
use crate::style::{ListStyle, NestedStyle, ObjectStyle};

/// A struct or map that spreads into pairs: what `#[query(flatten)]` takes beside any `Serialize`.
///
/// `#[derive(Query)]` implements it and proves at compile time that every field fits.
///
/// ```
/// #[derive(declarest::Query, Default)]
/// struct ListParams<'a> {
///     after: Option<&'a str>,
///     limit: Option<u32>,
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not spread into pairs",
    label = "expected a struct with `#[derive(declarest::Query)]`"
)]
pub trait Query {
    /// Writes the pairs.
    fn write(&self, pairs: &mut Pairs<'_>);

    /// Returns the names that it spreads into; `None` if they are not known. `derive(Query)` knows them with the feature `verify`.
    #[doc(hidden)]
    #[must_use]
    fn members() -> Option<Vec<Member>>
    where
        Self: Sized,
    {
        None
    }
}

impl<T: Query + ?Sized> Query for &T {
    fn write(&self, pairs: &mut Pairs<'_>) {
        T::write(self, pairs);
    }
}

impl<T: Query> Query for Option<T> {
    fn write(&self, pairs: &mut Pairs<'_>) {
        if let Some(value) = self {
            value.write(pairs);
        }
    }
}

macro_rules! maps {
    ($(($($generics:tt)*) $map:ty),*) => {$(
        /// A pair for each entry.
        impl<K: Scalar, V: QueryValue, $($generics)*> Query for $map {
            fn write(&self, pairs: &mut Pairs<'_>) {
                for (name, value) in self {
                    match text_of(name) {
                        Ok(name) => pairs.pair(&name, value),
                        Err(reason) => pairs.refuse("name".to_owned(), reason),
                    }
                }
            }
        }
    )*};
}
maps!(() BTreeMap<K, V>);
// The standard map is banned for our own use; a caller may well hold one.
#[allow(clippy::disallowed_types)]
mod hash_map {
    use super::{Pairs, Query, QueryValue, Scalar, text_of};
    maps!((S) std::collections::HashMap<K, V, S>);
}

/// Takes the pairs of a query or a form.
pub struct Pairs<'a> {
    text: &'a mut String,
    /// What stands before the next pair: `?` or `&` in a URL, nothing or `&` in a form.
    before: Option<char>,
    syntax: Syntax,
    style: NestedStyle,
    /// The name of the object that the pairs are members of; empty at the top.
    object: String,
    /// The first argument that cannot be sent.
    refused: Option<InvalidArgument>,
}

// Shows nothing of a request: a `Debug` ends up in logs.
impl std::fmt::Debug for Pairs<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pairs").field("style", &self.style).finish_non_exhaustive()
    }
}

impl<'a> Pairs<'a> {
    /// Pairs of the query of the URL in `text`, which has one already or not.
    pub(crate) fn query(text: &'a mut String, has_query: bool, style: NestedStyle) -> Self {
        let before = Some(if has_query { '&' } else { '?' });
        Self { text, before, syntax: Syntax::Percent, style, object: String::new(), refused: None }
    }

    /// Pairs of the form in `text`.
    pub(crate) fn form(text: &'a mut String, style: NestedStyle) -> Self {
        let before = (!text.is_empty()).then_some('&');
        Self { text, before, syntax: Syntax::Form, style, object: String::new(), refused: None }
    }

    /// Writes pairs with values that are encoded already.
    fn encoded(&mut self, write: impl FnOnce(&mut Self)) {
        let syntax = std::mem::replace(&mut self.syntax, Syntax::Encoded(Component::QueryValue));
        write(self);
        self.syntax = syntax;
    }

    /// Writes the values of one name in the list style of the declaration.
    pub fn pair<T: QueryValue + ?Sized>(&mut self, name: &str, value: &T) {
        self.pair_as(name, self.style.lists, value);
    }

    /// Writes one name with a value as JSON; `None` writes nothing.
    pub fn pair_json<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        match super::json_text(value) {
            Ok(text) => self.pair(name, &text),
            Err(reason) => self.refuse(name.to_owned(), reason),
        }
    }

    /// Writes the values of one name, which are percent-encoded already. A value that is not, or that holds `&` or `#`, is
    /// refused.
    pub fn pair_encoded<T: QueryValue + ?Sized>(&mut self, name: &str, lists: ListStyle, value: &T) {
        self.encoded(|pairs| pairs.pair_as(name, lists, value));
    }

    /// Writes the values of one name in a list style of its own.
    pub fn pair_as<T: QueryValue + ?Sized>(&mut self, name: &str, lists: ListStyle, value: &T) {
        let member = (!self.object.is_empty()).then(|| self.member(name));
        let (name, style) = (member.as_deref().unwrap_or(name), NestedStyle { lists, ..self.style });
        let mut writer = Writer::new(self.text, &mut self.before, self.syntax, style, name);
        values::write(&mut writer, value);
        if let Some(reason) = writer.refused {
            self.refuse(name.to_owned(), reason);
        }
    }

    /// Writes the values of one name in a form.
    pub(crate) fn form_pair<T: FormValue + ?Sized>(&mut self, name: &str, lists: ListStyle, value: &T) {
        self.pair_as(name, lists, &InForm(value));
    }

    /// Writes the pairs of a nested struct or map: as members of the object `name`, or beside the others without a
    /// name.
    pub fn nest<T: Query + ?Sized>(&mut self, name: Option<&str>, value: &T) {
        let Some(name) = name else { return value.write(self) };
        let member = self.member(name);
        let outer = std::mem::replace(&mut self.object, member);
        value.write(self);
        self.object = outer;
    }

    /// Writes what serde makes of the struct or map that is the argument `whole`.
    pub(crate) fn serialize<T: Serialize + ?Sized>(&mut self, whole: &str, value: &T) {
        let writer = Writer::new(self.text, &mut self.before, self.syntax, self.style, "");
        let mut writer = writer.at(Place::Whole);
        if let Err(Refused(reason)) = value.serialize(&mut writer) {
            let name = writer.name();
            self.refuse(if name.is_empty() { whole.to_owned() } else { name }, reason);
        }
    }

    /// Writes names without `=`.
    pub(crate) fn flags<T: QueryValue + ?Sized>(&mut self, syntax: Syntax, value: &T) {
        values::write(&mut Flags { pairs: self, syntax, in_list: false }, value);
    }

    /// The first argument that cannot be sent, if any.
    pub(crate) fn finish(self) -> Option<InvalidArgument> {
        self.refused
    }

    /// Whether a pair was written or was there before.
    pub(crate) fn any(&self) -> bool {
        self.before == Some('&')
    }

    fn refuse(&mut self, argument: String, reason: Reason) {
        self.refused.get_or_insert(InvalidArgument { argument, reason });
    }

    /// The name of a member of the object that is being written.
    fn member(&self, name: &str) -> String {
        match (self.object.is_empty(), self.style.objects) {
            (true, _) => name.to_owned(),
            (false, ObjectStyle::Brackets) => format!("{}[{name}]", self.object),
            (false, ObjectStyle::Dots) => format!("{}.{name}", self.object),
        }
    }
}

/// A value of one name in a form: whatever one name of a query may hold ([`QueryValue`]), or a [`Secret`], which has no
/// place in a query, since URLs are logged.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the value of one name in a query, a form or a header",
    label = "expected a scalar, a float, an `Option` or a list of these",
    note = "for a newtype or an enum of your own: `#[derive(declarest::Scalar)]`"
)]
pub trait FormValue {
    /// Pushes the values, none for "left out".
    fn write_form(&self, values: &mut Values<'_>);
}

#[diagnostic::do_not_recommend]
impl<T: QueryValue + ?Sized> FormValue for T {
    fn write_form(&self, values: &mut Values<'_>) {
        self.write_values(values);
    }
}

impl FormValue for Secret {
    fn write_form(&self, values: &mut Values<'_>) {
        match self.in_body() {
            Some(text) => values.single(text),
            None => values.refuse("is a secret, which is written in a request body only"),
        }
    }
}

#[diagnostic::do_not_recommend]
impl FormValue for &Secret {
    fn write_form(&self, values: &mut Values<'_>) {
        (**self).write_form(values);
    }
}

#[diagnostic::do_not_recommend]
impl FormValue for Option<Secret> {
    fn write_form(&self, values: &mut Values<'_>) {
        self.iter().for_each(|secret| secret.write_form(values));
    }
}

#[diagnostic::do_not_recommend]
impl FormValue for Option<&Secret> {
    fn write_form(&self, values: &mut Values<'_>) {
        self.iter().for_each(|secret| secret.write_form(values));
    }
}

/// A value of a form where one of a query is taken.
struct InForm<'a, T: ?Sized>(&'a T);

impl<T: FormValue + ?Sized> QueryValue for InForm<'_, T> {
    fn write_values(&self, values: &mut Values<'_>) {
        self.0.write_form(values);
    }
}

/// Values that are names without `=`.
struct Flags<'p, 'a> {
    pairs: &'p mut Pairs<'a>,
    syntax: Syntax,
    in_list: bool,
}

impl ValueTarget for Flags<'_, '_> {
    fn value(&mut self, value: &dyn Scalar) -> Result<(), Reason> {
        self.pairs.text.extend(self.pairs.before);
        self.pairs.before = Some('&');
        let start = self.pairs.text.len();
        scalar::write(self.pairs.text, self.syntax, value)?;
        if self.pairs.text.len() == start {
            Err(Reason::Message("is empty, so there is no name to write"))
        } else {
            Ok(())
        }
    }

    fn begin_list(&mut self) -> Result<List, Reason> {
        if std::mem::replace(&mut self.in_list, true) { Err(Reason::NestedList) } else { Ok(List::default()) }
    }

    fn end_list(&mut self, _: List) {
        self.in_list = false;
    }

    fn refuse(&mut self, reason: Reason) {
        self.pairs.refuse("flag".to_owned(), reason);
    }
}

#[cfg(test)]
mod tests;
