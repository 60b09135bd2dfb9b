//! One value as text: what a path segment, a query value, a header and a form field are made of.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use super::percent;

/// A value that has exactly one text: an integer, `bool`, `char`, a string, a reference to these.
///
/// Only a scalar may stand in a path. There is deliberately no implementation for floats (their text is not the
/// value), for `Option` and lists (a path has no place for "none" or "many"), and for [`Secret`](crate::Secret) (a
/// URL is logged by everyone on its way).
///
/// `#[derive(Scalar)]` implements it for newtypes and for enums without fields, which take the names that serde gives
/// them. By hand it is one line:
///
/// ```
/// use declarest::{Scalar, Sink};
///
/// struct Version { major: u32, minor: u32 }
///
/// impl Scalar for Version {
///     fn write(&self, sink: &mut Sink<'_>) {
///         sink.display(format_args!("{}.{}", self.major, self.minor));
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no single value that a path, a query or a header could hold",
    label = "expected an integer, `bool`, `char`, a string, or a type that derives `declarest::Scalar`",
    note = "for a newtype or an enum of your own: `#[derive(declarest::Scalar)]`",
    note = "a struct goes into the query as `#[query(flatten)]`, into the body as `#[json]` or `#[form]`"
)]
pub trait Scalar {
    /// Writes the text of the value, unencoded; the sink encodes it for the place where it stands.
    fn write(&self, sink: &mut Sink<'_>);
}

/// Takes the text of a [`Scalar`] and encodes it for the place where it stands.
pub struct Sink<'a> {
    out: &'a mut String,
    syntax: Syntax,
}

// Nothing of a request or an answer is shown: a `Debug` ends up in logs.
impl std::fmt::Debug for Sink<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sink").field("syntax", &self.syntax).finish_non_exhaustive()
    }
}

/// Where a text stands, which decides how it is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// As it is: a header value.
    Plain,
    /// All but the unreserved characters of RFC 3986, 2.3: a path segment, a query.
    Percent,
    /// `application/x-www-form-urlencoded` of the WHATWG URL Standard.
    Form,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(out: &'a mut String, syntax: Syntax) -> Self {
        Self { out, syntax }
    }

    /// Appends a text.
    pub fn str(&mut self, text: &str) {
        match self.syntax {
            Syntax::Plain => self.out.push_str(text),
            Syntax::Percent => percent::encode_into(self.out, text),
            Syntax::Form => percent::form_into(self.out, text),
        }
    }

    /// Appends what a value displays.
    pub fn display(&mut self, value: impl fmt::Display) {
        // A `Display` that fails has written what it could; `str` itself never fails.
        let _ = fmt::Write::write_fmt(self, format_args!("{value}"));
    }
}

impl fmt::Write for Sink<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.str(text);
        Ok(())
    }
}

/// The text of a scalar, unencoded.
pub(crate) fn text_of<T: Scalar + ?Sized>(value: &T) -> String {
    let mut text = String::new();
    value.write(&mut Sink::new(&mut text, Syntax::Plain));
    text
}

impl Scalar for str {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.str(self);
    }
}

impl Scalar for String {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.str(self);
    }
}

impl Scalar for bool {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.str(if *self { "true" } else { "false" });
    }
}

impl Scalar for char {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.str(self.encode_utf8(&mut [0; 4]));
    }
}

macro_rules! integers {
    ($($integer:ty)*) => {$(
        impl Scalar for $integer {
            fn write(&self, sink: &mut Sink<'_>) {
                sink.str(itoa::Buffer::new().format(*self));
            }
        }
    )*};
}
integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

macro_rules! nonzero {
    ($($nonzero:ident)*) => {$(
        impl Scalar for std::num::$nonzero {
            fn write(&self, sink: &mut Sink<'_>) {
                self.get().write(sink);
            }
        }
    )*};
}
nonzero!(NonZeroI8 NonZeroI16 NonZeroI32 NonZeroI64 NonZeroI128 NonZeroIsize);
nonzero!(NonZeroU8 NonZeroU16 NonZeroU32 NonZeroU64 NonZeroU128 NonZeroUsize);

macro_rules! pointers {
    ($($pointer:ty),*) => {$(
        impl<T: Scalar + ?Sized> Scalar for $pointer {
            fn write(&self, sink: &mut Sink<'_>) {
                T::write(self, sink);
            }
        }
    )*};
}
pointers!(&T, &mut T, Box<T>, Rc<T>, Arc<T>);

impl<T: Scalar + ToOwned + ?Sized> Scalar for Cow<'_, T> {
    fn write(&self, sink: &mut Sink<'_>) {
        T::write(self, sink);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scalar_has_its_text() {
        assert_eq!(text_of(&-5_i8), "-5");
        assert_eq!(text_of(&u128::MAX), "340282366920938463463374607431768211455");
        assert_eq!(text_of(&true), "true");
        assert_eq!(text_of(&'ß'), "ß");
        assert_eq!(text_of(&&&"x"), "x");
        assert_eq!(text_of(&Cow::Borrowed("c")), "c");
        assert_eq!(text_of(&Arc::<str>::from("a")), "a");
        assert_eq!(text_of(&std::num::NonZeroU8::MIN), "1");
    }

    #[test]
    fn the_place_decides_the_encoding() {
        let encode = |syntax| {
            let mut out = String::new();
            "a b&/".write(&mut Sink::new(&mut out, syntax));
            out
        };
        assert_eq!(encode(Syntax::Plain), "a b&/");
        assert_eq!(encode(Syntax::Percent), "a%20b%26%2F");
        assert_eq!(encode(Syntax::Form), "a+b%26%2F");
    }
}
