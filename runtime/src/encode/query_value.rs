//! What one query name may hold: a scalar, a finite float, an `Option`, a list of these.

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
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value that one name of a query, a form or a header could hold",
    label = "expected a scalar, a float, an `Option` or a list of these",
    note = "for a newtype or an enum of your own: `#[derive(declarest::Scalar)]`",
    note = "a struct or a map spreads into pairs with `#[query(flatten)]`"
)]
pub trait QueryValue {
    /// Pushes the values, none for "left out".
    fn write_values(&self, values: &mut Values<'_>);
}

/// Takes the values of one name.
pub struct Values<'a> {
    target: &'a mut dyn ValueTarget,
    /// Whether a list is being written.
    in_list: bool,
}

impl std::fmt::Debug for Values<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Values")
    }
}

/// Where values go: pairs of a query or form, or lines of a header.
pub(crate) trait ValueTarget {
    /// Takes one more value, which is an item of a list or the only one.
    fn value(&mut self, value: &dyn Scalar, in_list: bool);
    /// Takes what is wrong with a value.
    fn unfit(&mut self, reason: Reason);
}

impl<'a> Values<'a> {
    pub(crate) fn new(target: &'a mut dyn ValueTarget) -> Self {
        Self { target, in_list: false }
    }

    /// Appends one item of a list, which is written in the declared list style.
    pub fn push<T: Scalar + ?Sized>(&mut self, value: &T) {
        self.target.value(&value, true);
    }

    /// Writes the value of a type that is no list: without the `[]` or `[0]` that a list style may add to the name.
    pub fn single<T: Scalar + ?Sized>(&mut self, value: &T) {
        self.target.value(&value, self.in_list);
    }

    pub(super) fn list<'v, T: QueryValue + 'v>(&mut self, items: impl IntoIterator<Item = &'v T>) {
        let mut values = Values { target: &mut *self.target, in_list: true };
        items.into_iter().for_each(|item| item.write_values(&mut values));
    }

    /// Says that the value cannot be written; the call fails before anything is sent. The text must not hold the
    /// value.
    pub fn unfit(&mut self, reason: &'static str) {
        self.target.unfit(Reason::Message(reason));
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
                    values.target.unfit(Reason::NotFinite);
                }
            }
        }
    )*};
}
floats!(f32 f64);
