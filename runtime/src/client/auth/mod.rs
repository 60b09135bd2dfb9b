//! Credentials.

mod provider;

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use http::{HeaderName, HeaderValue, header::AUTHORIZATION};
use zeroize::Zeroizing;

pub use self::provider::CredentialProvider;
pub(crate) use self::provider::{CachedCredential, Provider};
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;

/// What proves who calls: a bearer token, a user name and password, a key in a header of the vendor's, or a provider
/// of these. It goes to the base URL's origin only, and `Debug` masks it.
///
/// ```
/// # fn main() -> Result<(), declarest::Error> {
/// use declarest::{Auth, Client};
///
/// let client = Client::builder("https://api.example.com").auth(Auth::key("x-api-key", "key_1")?).build()?;
/// let tenant = client.with_auth(Auth::key("x-api-key", "key_2")?);
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Auth {
    pub(crate) kind: AuthKind,
    /// How long a provider's credential is good for.
    expires_in: Option<Duration>,
}

#[derive(Clone)]
pub(crate) enum AuthKind {
    None,
    Header(AuthHeader),
    Provider(Arc<Provider>),
}

/// A credential as the header that carries it.
#[derive(Clone)]
pub(crate) struct AuthHeader {
    pub(crate) name: HeaderName,
    pub(crate) value: HeaderValue,
    pub(crate) scheme: Scheme,
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
    /// No credential.
    #[must_use]
    pub const fn none() -> Self {
        Self { kind: AuthKind::None, expires_in: None }
    }

    /// `Authorization: Bearer …` (RFC 6750).
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if the token is empty or has a character that a header cannot hold.
    pub fn bearer(token: impl Into<Secret>) -> Result<Self, Error> {
        let token = token.into();
        if token.is_empty() {
            return Err(refused("the bearer token is empty"));
        }
        Self::header(AUTHORIZATION, &Zeroizing::new(format!("Bearer {}", token.expose())), Scheme::Bearer)
            .ok_or_else(|| refused("the bearer token has a character that a header cannot hold"))
    }

    /// `Authorization: Basic …` (RFC 7617).
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if the user name holds a `:`.
    pub fn basic(user: &str, password: impl Into<Secret>) -> Result<Self, Error> {
        if user.contains(':') {
            return Err(refused(
                "the user name holds a `:`, which separates it from the password (RFC 7617, 2)",
            ));
        }
        let pair = Zeroizing::new(format!("{user}:{}", password.into().expose()));
        let value = Zeroizing::new(format!("Basic {}", BASE64_STANDARD.encode(pair.as_bytes())));
        Self::header(AUTHORIZATION, &value, Scheme::Basic)
            .ok_or_else(|| refused("the credentials have a character that a header cannot hold"))
    }

    /// A key in a header of the vendor's, such as `x-api-key`.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if the name is no header name, or the key is empty or no header value.
    pub fn key(header: &str, key: impl Into<Secret>) -> Result<Self, Error> {
        let key = key.into();
        let name = HeaderName::try_from(header)
            .map_err(|_| refused("the name of the key's header is no header name"))?;
        if key.is_empty() {
            return Err(refused("the API key is empty"));
        }
        Self::header(name, key.expose(), Scheme::Header)
            .ok_or_else(|| refused("the API key has a character that a header cannot hold"))
    }

    /// A credential that is fetched when it is first needed, kept, and fetched again before it expires or when the
    /// server answers 401: once for all calls that wait for it. See [`CredentialProvider`].
    #[must_use]
    pub fn provider(provider: impl CredentialProvider) -> Self {
        Self { kind: AuthKind::Provider(Arc::new(Provider::new(provider))), expires_in: None }
    }

    /// How long the credential is good for, from now on. A [`CredentialProvider`] says it; it is then asked for the
    /// next one a little before (a tenth of the time, at most 30 s). Without it, a credential is kept until a 401.
    #[must_use]
    pub const fn expires_in(mut self, time: Duration) -> Self {
        self.expires_in = Some(time);
        self
    }

    fn header(name: HeaderName, text: &str, scheme: Scheme) -> Option<Self> {
        let mut value = HeaderValue::from_str(text).ok()?;
        value.set_sensitive(true);
        Some(Self { kind: AuthKind::Header(AuthHeader { name, value, scheme }), expires_in: None })
    }

    /// A number that tells credentials apart and says nothing about them.
    pub(crate) fn fingerprint(&self) -> u64 {
        static SEED: OnceLock<RandomState> = OnceLock::new();
        let seed = SEED.get_or_init(RandomState::new);
        match &self.kind {
            AuthKind::None => 0,
            AuthKind::Header(AuthHeader { name, value, .. }) => seed.hash_one((name, value.as_bytes())),
            AuthKind::Provider(provider) => seed.hash_one(Arc::as_ptr(provider)),
        }
    }
}

fn refused(detail: &str) -> Error {
    Error::new(ErrorKind::Configuration, detail)
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            AuthKind::None => f.write_str("None"),
            AuthKind::Header(AuthHeader { name, scheme, .. }) => write!(f, "{scheme:?}({name}: ***)"),
            AuthKind::Provider(_) => f.write_str("Provider(***)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_is_masked() {
        let auth = Auth::bearer("sk-admin").unwrap();
        assert_eq!(format!("{auth:?}"), "Bearer(authorization: ***)");
    }

    #[test]
    fn what_cannot_be_sent_is_refused() {
        for token in ["", "a\r\nb", "a\0"] {
            assert!(Auth::bearer(token).is_err());
        }
        assert!(Auth::basic("a:b", "c").is_err());
        assert!(Auth::key("x y", "c").is_err());
    }
}
