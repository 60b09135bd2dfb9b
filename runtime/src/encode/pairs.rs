//! Pairs `name=value` of a query or a form, written in place.

use serde::Serialize;

use super::invalid_argument::{InvalidArgument, Reason};
use super::nested;
use super::percent;
use super::query_value::{QueryValue, ValueTarget, Values};
use super::scalar::{Scalar, Sink, Syntax};
use super::style::{ListStyle, NestedStyle, ObjectStyle};

/// A struct that spreads into pairs: what `#[query(flatten)]` takes beside any `Serialize`.
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

/// Takes the pairs of a query or a form.
pub struct Pairs<'a> {
    out: &'a mut String,
    syntax: Syntax,
    /// What stands before the next pair: `?` or `&` in a URL, nothing or `&` in a form.
    before: Option<char>,
    style: NestedStyle,
    /// The name of the object that the pairs are members of; empty at the top.
    object: String,
    /// The first thing that did not fit.
    unfit: Option<InvalidArgument>,
}

// Nothing of a request or an answer is shown: a `Debug` ends up in logs.
impl std::fmt::Debug for Pairs<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pairs").field("style", &self.style).finish_non_exhaustive()
    }
}

impl<'a> Pairs<'a> {
    /// Pairs of the query of the URL in `out`, which has one already or not.
    pub(crate) fn query(out: &'a mut String, has_query: bool, style: NestedStyle) -> Self {
        let before = Some(if has_query { '&' } else { '?' });
        Self { out, syntax: Syntax::Percent, before, style, object: String::new(), unfit: None }
    }

    /// Pairs of the form in `out`.
    pub(crate) fn form(out: &'a mut String, style: NestedStyle) -> Self {
        let before = (!out.is_empty()).then_some('&');
        Self { out, syntax: Syntax::Form, before, style, object: String::new(), unfit: None }
    }

    /// Writes the values of one name in the list style of the declaration.
    pub fn pair<T: QueryValue + ?Sized>(&mut self, name: &str, value: &T) {
        self.pair_as(name, self.style.lists, value);
    }

    /// Writes the values of one name in a list style of its own.
    pub fn pair_as<T: QueryValue + ?Sized>(&mut self, name: &str, lists: ListStyle, value: &T) {
        let mut target = OneName { pairs: self, name, lists, count: 0 };
        value.write_values(&mut Values::new(&mut target));
    }

    /// Writes the pairs of a nested struct: as members of the object `name`, or beside the others without a name.
    pub fn nest<T: Query + ?Sized>(&mut self, name: Option<&str>, value: &T) {
        let Some(name) = name else { return value.write(self) };
        let outer = self.object.clone();
        self.object = self.member(name);
        value.write(self);
        self.object = outer;
    }

    /// Writes what serde makes of a struct or map.
    pub(crate) fn serialize<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), nested::NestedError> {
        let style = self.style;
        nested::serialize(value, style, &mut |name: &str, value: &str| {
            self.name(name, "", '=');
            Sink::new(self.out, self.syntax).str(value);
        })
    }

    /// What did not fit, if anything.
    pub(crate) fn finish(self) -> Option<InvalidArgument> {
        self.unfit
    }

    /// Whether a pair was written or was there before.
    pub(crate) fn any(&self) -> bool {
        self.before == Some('&')
    }

    /// Writes a name without `=`.
    fn flag(&mut self, value: &dyn Scalar) {
        self.separate();
        value.write(&mut Sink::new(self.out, self.syntax));
    }

    fn separate(&mut self) {
        self.out.extend(self.before);
        self.before = Some('&');
    }

    fn name(&mut self, name: &str, suffix: &str, end: char) {
        self.separate();
        for part in [name, suffix] {
            match self.syntax {
                Syntax::Form => percent::form_into(self.out, part),
                Syntax::Percent | Syntax::Plain => percent::encode_into(self.out, part),
            }
        }
        self.out.push(end);
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

/// The values of one name.
struct OneName<'a, 'b> {
    pairs: &'a mut Pairs<'b>,
    name: &'a str,
    lists: ListStyle,
    count: usize,
}

impl ValueTarget for OneName<'_, '_> {
    fn value(&mut self, value: &dyn Scalar, in_list: bool) {
        let separator = match self.lists {
            ListStyle::Comma => Some(","),
            ListStyle::Space => Some(" "),
            ListStyle::Pipe => Some("|"),
            ListStyle::Repeat | ListStyle::Brackets | ListStyle::Indices => None,
        };
        if let (Some(separator), true) = (separator, self.count > 0) {
            Sink::new(self.pairs.out, self.pairs.syntax).str(separator);
        } else {
            self.start(in_list);
        }
        self.count += 1;
        value.write(&mut Sink::new(self.pairs.out, self.pairs.syntax));
    }

    fn unfit(&mut self, reason: Reason) {
        let argument = self.pairs.member(self.name);
        self.pairs.unfit.get_or_insert(InvalidArgument { argument, reason });
    }
}

impl OneName<'_, '_> {
    fn start(&mut self, in_list: bool) {
        let suffix = match self.lists {
            ListStyle::Brackets if in_list => "[]",
            ListStyle::Indices if in_list => &format!("[{}]", self.count),
            _ => "",
        };
        if self.pairs.object.is_empty() {
            self.pairs.name(self.name, suffix, '=');
        } else {
            let name = self.pairs.member(self.name);
            self.pairs.name(&name, suffix, '=');
        }
    }
}

/// The values of an argument that are names without `=`.
pub(crate) struct Flags<'a, 'b>(pub(crate) &'a mut Pairs<'b>);

impl ValueTarget for Flags<'_, '_> {
    fn value(&mut self, value: &dyn Scalar, _: bool) {
        self.0.flag(value);
    }

    fn unfit(&mut self, reason: Reason) {
        self.0.unfit.get_or_insert(InvalidArgument { argument: "flag".to_owned(), reason });
    }
}
