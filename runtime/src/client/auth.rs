//! Credentials.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use http::{HeaderName, HeaderValue, header::AUTHORIZATION};
use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind};
use crate::secret::Secret;

/// What proves who calls, as the header that carries it.
#[derive(Clone)]
pub(crate) enum Auth {
    None,
    Header { name: HeaderName, value: HeaderValue, scheme: Scheme },
}

/// How a credential is presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// RFC 6750.
    Bearer,
    /// RFC 7617.
    Basic,
    /// A header of the vendor's.
    Header,
}

impl Auth {
    pub(crate) fn bearer(token: &Secret) -> Result<Self, Error> {
        if token.is_empty() {
            return Err(refused("the bearer token is empty"));
        }
        Self::header(AUTHORIZATION, &Zeroizing::new(format!("Bearer {}", token.expose())), Scheme::Bearer)
            .ok_or_else(|| refused("the bearer token has a character that a header cannot hold"))
    }

    pub(crate) fn basic(user: &str, password: &Secret) -> Result<Self, Error> {
        if user.contains(':') {
            return Err(refused(
                "the user name holds a `:`, which separates it from the password (RFC 7617, 2)",
            ));
        }
        let pair = Zeroizing::new(format!("{user}:{}", password.expose()));
        let value = Zeroizing::new(format!("Basic {}", BASE64_STANDARD.encode(pair.as_bytes())));
        Self::header(AUTHORIZATION, &value, Scheme::Basic)
            .ok_or_else(|| refused("the credentials have a character that a header cannot hold"))
    }

    pub(crate) fn key(name: &str, key: &Secret) -> Result<Self, Error> {
        let name = HeaderName::try_from(name)
            .map_err(|_| refused("the name of the key's header is no header name"))?;
        if key.is_empty() {
            return Err(refused("the API key is empty"));
        }
        Self::header(name, key.expose(), Scheme::Header)
            .ok_or_else(|| refused("the API key has a character that a header cannot hold"))
    }

    fn header(name: HeaderName, text: &str, scheme: Scheme) -> Option<Self> {
        let mut value = HeaderValue::from_str(text).ok()?;
        value.set_sensitive(true);
        Some(Self::Header { name, value, scheme })
    }
}

fn refused(detail: &str) -> Error {
    Error::new(ErrorKind::Configuration, detail)
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Header { name, scheme, .. } => write!(f, "{scheme:?}({name}: ***)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_is_masked() {
        let auth = Auth::bearer(&Secret::from("sk-admin")).unwrap();
        assert_eq!(format!("{auth:?}"), "Bearer(authorization: ***)");
    }

    #[test]
    fn what_cannot_be_sent_is_refused() {
        for token in ["", "a\r\nb", "a\0"] {
            assert!(Auth::bearer(&Secret::from(token)).is_err());
        }
        assert!(Auth::basic("a:b", &Secret::from("c")).is_err());
        assert!(Auth::key("x y", &Secret::from("c")).is_err());
    }
}
