//! The lists of the standard library as values of one name, and references to what is no scalar.
//!
//! A blanket over references would overlap with the one over scalars, so each is written out.

use std::borrow::Cow;
use std::collections::{BTreeSet, LinkedList, VecDeque};
use std::sync::Arc;

use super::query_value::{QueryValue, Values};

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
    use crate::encode::{ListStyle, NestedStyle, Pairs};

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
    fn what_is_no_scalar_may_be_borrowed_in_an_option_or_a_list() {
        assert_eq!(written(&Some(&0.5)), "n=0.5");
        assert_eq!(written(&[&Some(1), &None, &Some(2)]), "n=1%2C2");
        assert_eq!(written(&vec![&[1, 2][..], &[3]]), "n=1%2C2%2C3");
        assert_eq!(written(&None::<&[u8]>), "");
    }
}
