//! A credential as it is sent.

use http::{HeaderName, HeaderValue};

/// A credential as the header field that carries it. Its value is marked as sensitive.
#[derive(Clone)]
pub(crate) struct Credential {
    pub(crate) name: HeaderName,
    pub(crate) value: HeaderValue,
    pub(crate) scheme: Scheme,
}

/// How a credential is presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// `Authorization: Bearer` (RFC 6750).
    Bearer,
    /// `Authorization: Basic` (RFC 7617).
    Basic,
    /// A header field that the vendor defines.
    ApiKey,
}

impl Scheme {
    /// Returns the scheme of the value of an `Authorization` header (RFC 9110, 11.4).
    pub(crate) fn of(authorization: &HeaderValue) -> Option<Self> {
        let scheme = authorization.as_bytes().split(|byte| *byte == b' ').next()?;
        match scheme.to_ascii_lowercase().as_slice() {
            b"bearer" => Some(Self::Bearer),
            b"basic" => Some(Self::Basic),
            _ => None,
        }
    }
}
