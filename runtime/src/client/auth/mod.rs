//! Credentials of clients and calls.

mod provider;

use std::fmt;
use std::hash::{BuildHasher as _, Hash as _, Hasher as _, RandomState};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use http::{HeaderName, HeaderValue, header::AUTHORIZATION};
use zeroize::Zeroizing;

pub use self::provider::CredentialProvider;
pub(crate) use self::provider::{CachedCredential, Provider};
use crate::credential::{Credential, QueryKey, Scheme};
use crate::encode::{header, percent_into};
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;

/// A credential: a bearer token, a user name and password, an API key in a header, or a provider of one of these. It is sent to
/// the origin of the base URL only, and `Debug` masks it.
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
    pub(crate) parts: Vec<AuthPart>,
    /// How long the credential of a provider is valid.
    expires_in: Option<Duration>,
}

/// One credential, or its provider.
#[derive(Clone)]
pub(crate) enum AuthPart {
    Credential(Credential),
    QueryKey(QueryKey),
    Provider(Arc<Provider>),
}

impl AuthPart {
    /// Returns the credential, if it is known without asking a provider.
    pub(crate) fn credential(&self) -> Option<&Credential> {
        match self {
            Self::Credential(credential) => Some(credential),
            Self::Provider(_) | Self::QueryKey(_) => None,
        }
    }

    /// Returns the key that stands in the query.
    pub(crate) fn query_key(&self) -> Option<&QueryKey> {
        match self {
            Self::QueryKey(key) => Some(key),
            Self::Provider(_) | Self::Credential(_) => None,
        }
    }
}

impl Auth {
    /// Returns no credential.
    #[must_use]
    pub const fn none() -> Self {
        Self { parts: Vec::new(), expires_in: None }
    }

    /// Makes a bearer token: `Authorization: Bearer …` (RFC 6750).
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if the token is empty, starts or ends with white space, or has a character that a
    /// header cannot hold.
    pub fn bearer(token: impl Into<Secret>) -> Result<Self, Error> {
        let token = token.into();
        check_text("the bearer token", &token)?;
        Self::header(AUTHORIZATION, &Zeroizing::new(format!("Bearer {}", token.expose())), Scheme::Bearer)
            .ok_or_else(|| refused("the bearer token has a character that a header cannot hold"))
    }

    /// Makes a user name and password: `Authorization: Basic …` (RFC 7617).
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if the user name holds a `:`, or one of the two has a control character.
    pub fn basic(user: &str, password: impl Into<Secret>) -> Result<Self, Error> {
        let password = password.into();
        check_control("the user name", user)?;
        check_control("the password", password.expose())?;
        if user.contains(':') {
            return Err(refused(
                "the user name contains `:`, which separates it from the password (RFC 7617, 2)",
            ));
        }
        let pair = Zeroizing::new(format!("{user}:{}", password.expose()));
        let value = Zeroizing::new(format!("Basic {}", BASE64_STANDARD.encode(pair.as_bytes())));
        Self::header(AUTHORIZATION, &value, Scheme::Basic)
            .ok_or_else(|| refused("the credentials have a character that a header cannot hold"))
    }

    /// Several credentials, all of which are sent: a bearer token and the key of an application, for one. Two for one header or
    /// one name of the query are an error of the client or of the call, not of this function.
    ///
    /// ```
    /// # fn main() -> Result<(), declarest::Error> {
    /// use declarest::{Auth, Client};
    ///
    /// let keys = Auth::all([Auth::api_key_header("DD-API-KEY", "k1")?, Auth::api_key_header("DD-APPLICATION-KEY", "k2")?]);
    /// let client = Client::builder("https://api.example.com").auth(keys).build()?;
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn all(credentials: impl IntoIterator<Item = Self>) -> Self {
        Self { parts: credentials.into_iter().flat_map(|auth| auth.parts).collect(), expires_in: None }
    }

    /// A key in a header of the vendor's, such as `x-api-key`. The same as [`Auth::key`].
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] as [`Auth::key`].
    pub fn api_key_header(name: &str, key: impl Into<Secret>) -> Result<Self, Error> {
        Self::key(name, key)
    }

    /// A key in the query, such as `?api_key=…`. An argument or an option of the call of the same name wins.
    ///
    /// A header is better where the vendor takes one: servers and proxies write URLs into their logs. Here the key is masked
    /// in `Debug`, in errors and in `to_curl`, and layers do not see it; a transport of your own does.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if the name is empty, or if the key is empty, or starts or ends with white space.
    pub fn api_key_query(name: &str, key: impl Into<Secret>) -> Result<Self, Error> {
        let key = key.into();
        if name.is_empty() {
            return Err(refused("the name of the API key is empty"));
        }
        check_text("the API key", &key)?;
        let (mut encoded_name, mut value) = (String::new(), Zeroizing::new(String::new()));
        percent_into(&mut encoded_name, name);
        percent_into(&mut value, key.expose());
        let part = AuthPart::QueryKey(QueryKey { name: encoded_name, value: Secret::from(value.as_str()) });
        Ok(Self { parts: vec![part], expires_in: None })
    }

    /// Makes an API key in a header that the vendor defines, such as `x-api-key`.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if the name is not a header name, or if the key is empty, starts or ends with white
    /// space, or has a character that a header cannot hold.
    pub fn key(name: &str, key: impl Into<Secret>) -> Result<Self, Error> {
        let key = key.into();
        let name =
            HeaderName::try_from(name).map_err(|_| refused("the name of the API key's header is invalid"))?;
        if header::is_framing(&name) {
            return Err(refused(
                "the API key's header belongs to the framing of the message, which the client writes",
            ));
        }
        check_text("the API key", &key)?;
        Self::header(name, key.expose(), Scheme::ApiKey)
            .ok_or_else(|| refused("the API key has a character that a header cannot hold"))
    }

    /// Makes a credential that is fetched when it is first needed, kept, and fetched again before it expires or after a 401: once
    /// for all calls that wait for it. See [`CredentialProvider`].
    #[must_use]
    pub fn provider(provider: impl CredentialProvider) -> Self {
        Self { parts: vec![AuthPart::Provider(Arc::new(Provider::new(provider)))], expires_in: None }
    }

    /// Sets how long the credential is valid, from now on; for a [`CredentialProvider`]. The next one is fetched a little earlier (a
    /// tenth of the time, at most 30 s). Without it, a credential is kept until a 401.
    #[must_use]
    pub const fn expires_in(mut self, time: Duration) -> Self {
        self.expires_in = Some(time);
        self
    }

    fn header(name: HeaderName, text: &str, scheme: Scheme) -> Option<Self> {
        let mut value = HeaderValue::from_str(text).ok()?;
        value.set_sensitive(true);
        Some(Self { parts: vec![AuthPart::Credential(Credential { name, value, scheme })], expires_in: None })
    }

    /// Returns the credentials that are known without asking a provider.
    pub(crate) fn credentials(&self) -> impl Iterator<Item = &Credential> {
        self.parts.iter().filter_map(AuthPart::credential)
    }

    /// Returns the keys that stand in the query.
    pub(crate) fn query_keys(&self) -> impl Iterator<Item = &QueryKey> {
        self.parts.iter().filter_map(AuthPart::query_key)
    }

    /// Returns the same without the credential that is sent in this header.
    pub(crate) fn without(mut self, header: &str) -> Self {
        self.parts
            .retain(|part| !matches!(part, AuthPart::Credential(credential) if credential.name == header));
        self
    }

    /// Checks that no two credentials have one name.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.parts.len() < 2 {
            return Ok(());
        }
        let is_twice = |(at, part): (usize, &AuthPart)| {
            self.parts.iter().take(at).any(|earlier| match (earlier, part) {
                (AuthPart::Credential(a), AuthPart::Credential(b)) => a.name == b.name,
                (AuthPart::QueryKey(a), AuthPart::QueryKey(b)) => a.name == b.name,
                _ => false,
            })
        };
        match self.parts.iter().enumerate().any(is_twice) {
            true => Err(refused("two credentials are sent under the same name: leave one of them out")),
            false => Ok(()),
        }
    }

    /// Returns a number that tells credentials apart and reveals nothing about them.
    pub(crate) fn fingerprint(&self) -> u64 {
        static SEED: OnceLock<RandomState> = OnceLock::new();
        let mut hasher = SEED.get_or_init(RandomState::new).build_hasher();
        for part in &self.parts {
            match part {
                AuthPart::Credential(Credential { name, value, .. }) => {
                    (name, value.as_bytes()).hash(&mut hasher);
                }
                AuthPart::QueryKey(key) => (&key.name, key.value.expose()).hash(&mut hasher),
                AuthPart::Provider(provider) => Arc::as_ptr(provider).hash(&mut hasher),
            }
        }
        if self.parts.is_empty() { 0 } else { hasher.finish() }
    }
}

/// Refuses a credential that is empty, or has white space around it: a header does not keep it (RFC 9110, 5.5), so another
/// credential would be sent.
fn check_text(what: &str, text: &Secret) -> Result<(), Error> {
    let text = text.expose();
    if text.is_empty() {
        return Err(refused(&format!("{what} is empty")));
    }
    if text.trim().is_empty() {
        return Err(refused(&format!("{what} is white space only")));
    }
    if text.trim() != text {
        let why = "starts or ends with white space, such as the line break of a file: trim it";
        return Err(refused(&format!("{what} {why}")));
    }
    Ok(())
}

/// Refuses what RFC 7617, section 2, does not allow in a user name and a password.
fn check_control(what: &str, text: &str) -> Result<(), Error> {
    if text.trim_end_matches(['\r', '\n']) != text {
        return Err(refused(&format!("{what} ends in a line break, such as that of a file: trim it")));
    }
    if text.contains(char::is_control) {
        return Err(refused(&format!("{what} has a control character (RFC 7617, 2)")));
    }
    Ok(())
}

fn refused(detail: &str) -> Error {
    Error::new(ErrorKind::Configuration, detail)
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.parts.is_empty() {
            return f.write_str("None");
        }
        for (number, part) in self.parts.iter().enumerate() {
            f.write_str(if number == 0 { "" } else { ", " })?;
            match part {
                AuthPart::Credential(Credential { name, scheme, .. }) => {
                    write!(f, "{scheme:?}({name}: ***)")?;
                }
                AuthPart::QueryKey(key) => write!(f, "QueryKey({}: ***)", key.name)?,
                AuthPart::Provider(_) => f.write_str("Provider(***)")?,
            }
        }
        Ok(())
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

    /// Row 57.
    #[test]
    fn what_cannot_be_sent_is_refused() {
        for (token, why) in [
            ("", "is empty"),
            ("   ", "is white space only"),
            ("CANARY\n", "trim it"),
            ("CANARY\r\n", "trim it"),
            (" CANARY", "trim it"),
            ("CANARY\r\nb", "a header cannot hold"),
            ("CANARY\0", "a header cannot hold"),
        ] {
            for error in [Auth::bearer(token).unwrap_err(), Auth::key("x-api-key", token).unwrap_err()] {
                let text = format!("{error} {error:?}");
                assert!(text.contains(why) && !text.contains("CANARY"), "{text}");
            }
        }
        for (user, password, why) in [
            ("a", "CANARY\n", "the password ends in a line break"),
            ("a\r\n", "CANARY", "the user name ends in a line break"),
            ("a", "CANARY\tb", "control character"),
        ] {
            let error = Auth::basic(user, password).unwrap_err();
            let text = format!("{error} {error:?}");
            assert!(text.contains(why) && !text.contains("CANARY"), "{text}");
        }
        assert!(Auth::basic("a", " b ").is_ok(), "spaces are part of a password");
        assert!(Auth::basic("a:b", "c").is_err());
        assert!(Auth::key("x y", "c").is_err());
        for framing in ["host", "Content-Length", "connection", "transfer-encoding", "TE", "upgrade"] {
            assert!(Auth::key(framing, "c").is_err(), "{framing}");
        }
    }
}
