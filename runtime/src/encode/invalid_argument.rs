//! Why an argument cannot be sent; never with its value.

use std::fmt;

use crate::error::{Error, ErrorKind};

/// An argument that does not fit its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InvalidArgument {
    /// The argument's name, or the name on the wire where there is no argument (an option of one call).
    pub(crate) argument: String,
    /// What is wrong with it.
    pub(crate) reason: Reason,
}

/// What is wrong with an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reason {
    /// A path segment must not be empty: the request would go to the parent.
    EmptySegment,
    /// `.` and `..` are taken out by every URL parser on the way (RFC 3986, 5.2.4).
    DotSegment,
    /// NaN and infinity have no text.
    NotFinite,
    /// A header value with a line break or another control character (RFC 9110, 5.5).
    HeaderValue,
    /// A header name that is no token (RFC 9110, 5.6.2).
    HeaderName,
    /// A header that belongs to the client.
    OwnedHeader,
    /// What a user's type or an encoder said; holds no value.
    Message(&'static str),
    /// The same, put together from names.
    Shape(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EmptySegment => "is empty: the path segment would vanish and the request reach the parent",
            Self::DotSegment => "makes the path segment `.` or `..`, which would reach another endpoint",
            Self::NotFinite => "is not a finite number",
            Self::HeaderValue => {
                "has a character that a header value cannot hold (CR, LF or another control)"
            }
            Self::HeaderName => "has a name that is no header name",
            Self::OwnedHeader => "names a header that the client itself writes",
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
