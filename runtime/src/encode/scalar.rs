//! One value as text: what a path segment, a query value, a header and a form field are made of.

use std::borrow::Cow;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::rc::Rc;
use std::sync::Arc;

use super::invalid_argument::Reason;
use super::percent::{self, Component};

/// A value that has exactly one text: an integer, `bool`, `char`, a string, an IP address, a reference to these. With the
/// features `uuid`, `chrono`, `time` and `url` also the types of these crates; dates are written as in RFC 3339.
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
    message = "`{Self}` cannot be a single value in a path, a query or a header",
    label = "expected an integer, `bool`, `char`, a string, or a type that derives `declarest::Scalar`",
    note = "for a newtype or an enum of your own: `#[derive(declarest::Scalar)]`",
    note = "a struct goes into the query as `#[query(flatten)]`, into the body as `#[json]` or `#[form]`"
)]
pub trait Scalar {
    /// Writes the text of the value, unencoded; the sink encodes it for the place where it stands.
    fn write(&self, sink: &mut Sink<'_>);

    /// The bytes of a list of bytes, which is one part of a multipart body.
    #[doc(hidden)]
    fn into_bytes(list: Vec<Self>) -> Result<Vec<u8>, Vec<Self>>
    where
        Self: Sized,
    {
        Err(list)
    }
}

/// Takes the text of a [`Scalar`] and encodes it for the place where it stands.
pub struct Sink<'a> {
    out: &'a mut String,
    syntax: Syntax,
    refused: Option<&'static str>,
}

// Shows nothing of a request: a `Debug` ends up in logs.
impl std::fmt::Debug for Sink<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sink").field("syntax", &self.syntax).finish_non_exhaustive()
    }
}

/// Where a text stands, which decides how it is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// As it is: a header value, a part of a multipart body.
    Plain,
    /// All but the unreserved characters of RFC 3986, 2.3: a path segment, a query.
    Percent,
    /// `application/x-www-form-urlencoded` of the WHATWG URL Standard.
    Form,
    /// Encoded already, as the declaration says. It is checked when the whole text is there.
    Encoded(Component),
}

impl Sink<'_> {
    /// Appends a text.
    pub fn str(&mut self, text: &str) {
        match self.syntax {
            Syntax::Plain => self.out.push_str(text),
            Syntax::Percent => percent::encode_into(self.out, text),
            Syntax::Form => percent::form_into(self.out, text),
            // URL parsers encode an apostrophe in a query (WHATWG URL Standard, "special-query percent-encode set").
            Syntax::Encoded(Component::QueryName | Component::QueryValue) => {
                text.split_inclusive('\'').for_each(|piece| match piece.strip_suffix('\'') {
                    Some(before) => self.out.extend([before, "%27"]),
                    None => self.out.push_str(piece),
                });
            }
            Syntax::Encoded(Component::Segment) => self.out.push_str(text),
        }
    }

    /// Appends what a value displays.
    pub fn display(&mut self, value: impl fmt::Display) {
        // A `Display` that fails has written what it could; `str` itself never fails.
        let _ = fmt::Write::write_fmt(self, format_args!("{value}"));
    }

    /// Reports that the value has no text, as a date after the year 9999 has none in RFC 3339. The call fails before
    /// anything is sent. The reason continues the argument's name ("is later than …") and must not contain the value.
    pub fn refuse(&mut self, reason: &'static str) {
        self.refused.get_or_insert(reason);
    }
}

impl fmt::Write for Sink<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.str(text);
        Ok(())
    }
}

/// Appends the text of a scalar in the syntax of its place.
pub(crate) fn write<T: Scalar + ?Sized>(out: &mut String, syntax: Syntax, value: &T) -> Result<(), Reason> {
    let start = out.len();
    let mut sink = Sink { out, syntax, refused: None };
    value.write(&mut sink);
    if let Some(reason) = sink.refused {
        return Err(Reason::Message(reason));
    }
    match syntax {
        Syntax::Encoded(component) if !component.holds(out.get(start..).unwrap_or("")) => {
            Err(Reason::NotEncoded)
        }
        _ => Ok(()),
    }
}

/// The text of a scalar, unencoded.
pub(crate) fn text_of<T: Scalar + ?Sized>(value: &T) -> Result<String, Reason> {
    let mut text = String::new();
    write(&mut text, Syntax::Plain, value)?;
    Ok(text)
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
integers!(i8 i16 i32 i64 i128 isize u16 u32 u64 u128 usize);

impl Scalar for u8 {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.str(itoa::Buffer::new().format(*self));
    }

    fn into_bytes(list: Vec<Self>) -> Result<Vec<u8>, Vec<Self>> {
        Ok(list)
    }
}

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

macro_rules! displayed {
    ($($type:ty)*) => {$(
        impl Scalar for $type {
            fn write(&self, sink: &mut Sink<'_>) {
                sink.display(self);
            }
        }
    )*};
}
displayed!(IpAddr Ipv4Addr Ipv6Addr SocketAddr);

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

    fn text<T: Scalar + ?Sized>(value: &T) -> String {
        text_of(value).unwrap()
    }

    #[test]
    fn every_scalar_has_its_text() {
        assert_eq!(text(&-5_i8), "-5");
        assert_eq!(text(&u128::MAX), "340282366920938463463374607431768211455");
        assert_eq!(text(&true), "true");
        assert_eq!(text(&'ß'), "ß");
        assert_eq!(text(&&&"x"), "x");
        assert_eq!(text(&Cow::Borrowed("c")), "c");
        assert_eq!(text(&Arc::<str>::from("a")), "a");
        assert_eq!(text(&std::num::NonZeroU8::MIN), "1");
        assert_eq!(text(&IpAddr::from([127, 0, 0, 1])), "127.0.0.1");
        assert_eq!(text(&Ipv6Addr::LOCALHOST), "::1");
        assert_eq!(text(&SocketAddr::from((Ipv6Addr::LOCALHOST, 80))), "[::1]:80");
    }

    #[test]
    fn the_place_decides_the_encoding() {
        let encode = |syntax, text: &str| {
            let mut out = String::new();
            write(&mut out, syntax, text).map(|()| out)
        };
        assert_eq!(encode(Syntax::Plain, "a b&/").unwrap(), "a b&/");
        assert_eq!(encode(Syntax::Percent, "a b&/").unwrap(), "a%20b%26%2F");
        assert_eq!(encode(Syntax::Form, "a b&/").unwrap(), "a+b%26%2F");
        let value = Syntax::Encoded(Component::QueryValue);
        assert_eq!(encode(value, "'a%20b'/c'").unwrap(), "%27a%20b%27/c%27");
        assert_eq!(encode(value, "a b"), Err(Reason::NotEncoded));
        assert_eq!(encode(Syntax::Encoded(Component::Segment), "a%2Fb'").unwrap(), "a%2Fb'");
    }

    #[test]
    fn a_value_without_a_text_is_refused() {
        struct Nothing;
        impl Scalar for Nothing {
            fn write(&self, sink: &mut Sink<'_>) {
                sink.refuse("has no text");
            }
        }
        assert_eq!(text_of(&Nothing), Err(Reason::Message("has no text")));
    }
}
