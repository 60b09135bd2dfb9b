//! What one name may hold: a scalar, a finite float, an `Option`, a list of these.

use std::borrow::Cow;
use std::collections::{BTreeSet, LinkedList, VecDeque};
use std::sync::Arc;

use super::invalid_argument::Reason;
use super::scalar::Scalar;

/// A value of one name in a query, a form or a header: a [`Scalar`], a finite float, an `Option` of a value (left out
/// when `None`), a list of values (in the declared list style), also behind a reference.
///
/// Whatever is a [`Scalar`] is a `QueryValue`. A list-like type of your own implements it by pushing its values:
///
/// ```
/// use declarest::{QueryValue, Values};
///
/// struct Tags(Vec<String>);
///
/// impl QueryValue for Tags {
///     fn write_values(&self, values: &mut Values<'_>) {
///         for tag in &self.0 {
///             values.push(tag);
///         }
///     }
/// }
/// ```
///
/// An enum of a scalar and a list derives [`Query`](derive@crate::Query).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the value of one name in a query, a form or a header",
    label = "expected a scalar, a float, an `Option` or a list of these",
    note = "for a newtype or an enum of your own: `#[derive(declarest::Scalar)]`",
    note = "a struct or a map spreads into pairs with `#[query(flatten)]`"
)]
pub trait QueryValue {
    /// Pushes the values, none for "left out".
    fn write_values(&self, values: &mut Values<'_>);
}

/// Takes the values of one name.
///
/// What is pushed, one value or list after the other, is one list; a list in a list is told from it only in the style
/// `indices`, and refused in the others.
pub struct Values<'a> {
    target: &'a mut dyn ValueTarget,
    state: State,
}

/// What was written under the name so far.
#[derive(Clone, Copy)]
enum State {
    Nothing,
    Single,
    List(List),
}

// Shows nothing of a request: a `Debug` ends up in logs.
impl std::fmt::Debug for Values<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Values")
    }
}

/// Where the writing of a list stands.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct List {
    /// How long the name of the list is.
    pub(super) name: usize,
    /// How many items were written.
    pub(super) items: usize,
    /// How many values were written before the current item.
    pub(super) before: usize,
}

/// Where values go: pairs of a query or form, lines of a header, names without a value.
pub(crate) trait ValueTarget {
    /// Writes one value: the only one, or an item of the list that is being written.
    fn value(&mut self, value: &dyn Scalar) -> Result<(), Reason>;
    /// Begins a list.
    fn begin_list(&mut self) -> Result<List, Reason>;
    /// Begins an item of the list.
    fn begin_item(&mut self, _: &mut List) {}
    /// Ends an item of the list.
    fn end_item(&mut self, _: &mut List) -> Result<(), Reason> {
        Ok(())
    }
    /// Ends the list.
    fn end_list(&mut self, list: List);
    /// Takes what is wrong with a value; the first one counts.
    fn refuse(&mut self, reason: Reason);
}

/// Writes a value of one name to `target`.
pub(crate) fn write<T: QueryValue + ?Sized>(target: &mut dyn ValueTarget, value: &T) {
    let mut values = Values { target, state: State::Nothing };
    value.write_values(&mut values);
    if let State::List(list) = values.state {
        values.target.end_list(list);
    }
}

impl Values<'_> {
    /// Appends one item of a list, which is written in the declared list style.
    pub fn push<T: Scalar + ?Sized>(&mut self, value: &T) {
        self.list([&value]);
    }

    /// Writes the value of a type that is not a list: without the `[]` or `[0]` that a list style may add to the name.
    /// There can be one.
    pub fn single<T: Scalar + ?Sized>(&mut self, value: &T) {
        match self.state {
            State::Nothing => {
                self.state = State::Single;
                let written = self.target.value(&value);
                self.keep(written);
            }
            State::Single | State::List(_) => {
                self.target.refuse(Reason::Message("has several values, but is not a list"));
            }
        }
    }

    /// Refuses the value: the call fails before anything is sent. The reason continues the argument's name ("is larger
    /// than …") and must not contain the value.
    pub fn refuse(&mut self, reason: &'static str) {
        self.target.refuse(Reason::Message(reason));
    }

    pub(super) fn list<'v, T: QueryValue + 'v>(&mut self, items: impl IntoIterator<Item = &'v T>) {
        let begun = match self.state {
            State::Nothing => self.target.begin_list(),
            State::Single => Err(Reason::Message("has several values, but is not a list")),
            State::List(list) => Ok(list),
        };
        match begun {
            Ok(mut list) => {
                for item in items {
                    self.target.begin_item(&mut list);
                    write(self.target, item);
                    let ended = self.target.end_item(&mut list);
                    self.keep(ended);
                }
                self.state = State::List(list);
            }
            Err(reason) => self.target.refuse(reason),
        }
    }

    fn keep(&mut self, result: Result<(), Reason>) {
        if let Err(reason) = result {
            self.target.refuse(reason);
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Scalar + ?Sized> QueryValue for T {
    fn write_values(&self, values: &mut Values<'_>) {
        values.single(self);
    }
}

impl<T: QueryValue> QueryValue for Option<T> {
    fn write_values(&self, values: &mut Values<'_>) {
        if let Some(value) = self {
            value.write_values(values);
        }
    }
}

/// The text of a finite float: the shortest that reads back as the same value, as JSON has it, everywhere.
pub(crate) fn float_text(value: impl serde::Serialize) -> String {
    serde_json::to_string(&value).unwrap_or_default()
}

macro_rules! floats {
    ($($float:ty)*) => {$(
        impl QueryValue for $float {
            fn write_values(&self, values: &mut Values<'_>) {
                if self.is_finite() {
                    values.single(&float_text(self));
                } else {
                    values.target.refuse(Reason::NotFinite);
                }
            }
        }
    )*};
}
floats!(f32 f64);

macro_rules! lists {
    ($($(#[$attribute:meta])* ($($generics:tt)*) $list:ty),* $(,)?) => {$(
        $(#[$attribute])*
        impl<$($generics)*> QueryValue for $list {
            fn write_values(&self, values: &mut Values<'_>) {
                values.list(self);
            }
        }
    )*};
}
lists!((T: QueryValue) [T], (T: QueryValue, const N: usize) [T; N], (T: QueryValue) Vec<T>);
// Rarer ones, which would crowd the others out of a message.
lists! {
    #[diagnostic::do_not_recommend] (T: QueryValue) BTreeSet<T>,
    #[diagnostic::do_not_recommend] (T: QueryValue) LinkedList<T>,
    #[diagnostic::do_not_recommend] (T: QueryValue) VecDeque<T>,
}

// The standard set is banned for our own use; a caller may well hold one, and knows that it has no order.
#[allow(clippy::disallowed_types)]
#[diagnostic::do_not_recommend]
impl<T: QueryValue, S> QueryValue for std::collections::HashSet<T, S> {
    fn write_values(&self, values: &mut Values<'_>) {
        values.list(self);
    }
}

// A blanket over references would overlap with the one over scalars, so each is written out.
macro_rules! behind {
    ($(($($generics:tt)*) $pointer:ty),* $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> QueryValue for $pointer {
            fn write_values(&self, values: &mut Values<'_>) {
                (**self).write_values(values);
            }
        }
    )*};
}
behind!((T: QueryValue) &[T], (T: QueryValue, const N: usize) &[T; N], (T: QueryValue) &Vec<T>);
behind!((T: QueryValue) &BTreeSet<T>, (T: QueryValue) &Option<T>, () &f32, () &f64);
behind!((T: QueryValue) &&[T], (T: QueryValue) Box<[T]>, (T: QueryValue) Arc<[T]>);
behind!((T: QueryValue + Clone) Cow<'_, [T]>);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::Pairs;
    use crate::style::{ListStyle, NestedStyle};

    fn written<T: QueryValue + ?Sized>(value: &T) -> String {
        let mut out = String::new();
        Pairs::form(&mut out, NestedStyle::default()).pair_as("n", ListStyle::Comma, value);
        out
    }

    #[test]
    fn a_list_is_a_list_wherever_it_is_kept() {
        let list = vec![1, 2];
        assert_eq!(written(&Some(&list[..])), "n=1%2C2");
        assert_eq!(written(&Some(&list)), "n=1%2C2");
        assert_eq!(written(&&[1, 2][..]), "n=1%2C2");
        assert_eq!(written(&Some(&[1, 2])), "n=1%2C2");
        assert_eq!(written(&Cow::Borrowed(&list[..])), "n=1%2C2");
        assert_eq!(written(&Box::<[u8]>::from([1, 2])), "n=1%2C2");
        assert_eq!(written(&Arc::<[u8]>::from([1, 2])), "n=1%2C2");
        assert_eq!(written(&VecDeque::from([1, 2])), "n=1%2C2");
        assert_eq!(written(&LinkedList::from([1, 2])), "n=1%2C2");
        assert_eq!(written(&BTreeSet::from([2, 1])), "n=1%2C2");
    }

    #[test]
    fn what_is_not_a_scalar_may_be_borrowed_in_an_option_or_a_list() {
        assert_eq!(written(&Some(&0.5)), "n=0.5");
        assert_eq!(written(&[&Some(1), &None, &Some(2)]), "n=1%2C2");
        assert_eq!(written(&None::<&[u8]>), "");
    }

    /// Writes whatever the closure says.
    struct Custom(fn(&mut Values<'_>));

    impl QueryValue for Custom {
        fn write_values(&self, values: &mut Values<'_>) {
            (self.0)(values);
        }
    }

    #[test]
    fn all_that_is_pushed_is_one_list() {
        let refused = |value: &Custom| {
            let mut out = String::new();
            let mut pairs = Pairs::form(&mut out, NestedStyle::default());
            pairs.pair("n", value);
            pairs.finish().is_some()
        };
        let pushed = Custom(|values| {
            values.push("a");
            [1, 2].write_values(values);
            values.push(&true);
        });
        assert_eq!(written(&pushed), "n=a%2C1%2C2%2Ctrue");
        assert!(!refused(&pushed));
        assert!(refused(&Custom(|values| {
            values.single("a");
            values.single("b");
        })));
        assert!(refused(&Custom(|values| {
            values.push("a");
            values.single("b");
        })));
        assert!(refused(&Custom(|values| values.refuse("is wrong"))));
    }
}
