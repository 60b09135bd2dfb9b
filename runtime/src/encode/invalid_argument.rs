//! Why an argument cannot be sent; never with its value.

use std::fmt;

use crate::error::{Error, ErrorKind};

/// An argument that cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InvalidArgument {
    /// The argument's name, or the name on the wire of an option of the call.
    pub(crate) argument: String,
    /// What is wrong with it.
    pub(crate) reason: Reason,
}

impl InvalidArgument {
    pub(crate) fn new(argument: impl Into<String>, reason: Reason) -> Self {
        Self { argument: argument.into(), reason }
    }
}

/// What is wrong with an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reason {
    /// A placeholder without a value: the request would reach another endpoint.
    EmptySegment,
    /// `.` and `..` are removed by every URL parser on the way (RFC 3986, 5.2.4).
    DotSegment,
    /// A value declared as encoded that is not, or that would reach beyond its place.
    NotEncoded,
    /// NaN and infinity have no text.
    NotFinite,
    /// An item with its list's separator in it.
    Separator,
    /// A list or an object in a list whose style has no place for it.
    NestedList,
    /// An item of a list that writes nothing, although it is not `None`.
    EmptyItem,
    /// An object in a `brackets` list whose members do not show where it begins.
    BlurredItem,
    /// A header value with a line break or another control character (RFC 9110, 5.5).
    HeaderValue,
    /// A header name that is not a token (RFC 9110, 5.6.2).
    HeaderName,
    /// A header that belongs to the client.
    OwnedHeader,
    /// A media type that is not one (RFC 9110, 8.3.1).
    MediaType,
    /// What a user's type or an encoder said; holds no value.
    Message(&'static str),
    /// The same, put together from names.
    Shape(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EmptySegment => "is empty, or has an empty segment: the path would lead to another endpoint",
            Self::DotSegment => "makes the path segment `.` or `..`, which leads to another endpoint",
            Self::NotEncoded => "is not validly percent-encoded for its place in the URL",
            Self::NotFinite => "is not a finite number",
            Self::Separator => {
                "has an item that contains the separator of its list style: a server would read it as two items"
            }
            Self::NestedList => {
                "has a list or an object inside a list, which its list style cannot express: use `lists = \"indices\"`"
            }
            Self::EmptyItem => "has an item that is an empty list or object, for which there is no text",
            Self::BlurredItem => {
                "has objects in a list whose members do not show where each one begins: use `lists = \"indices\"`"
            }
            Self::HeaderValue => {
                "contains a character that a header value cannot hold (CR, LF or another control character)"
            }
            Self::HeaderName => "is not a valid header name",
            Self::OwnedHeader => "is a header that the client itself writes",
            Self::MediaType => "is not a valid media type",
            Self::Message(text) => text,
            Self::Shape(text) => text,
        })
    }
}

impl fmt::Display for InvalidArgument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.argument, self.reason)
    }
}

impl From<InvalidArgument> for Error {
    fn from(invalid: InvalidArgument) -> Self {
        Self::new(ErrorKind::Argument, invalid.to_string())
    }
}
