//! A credential as it is sent.

use http::{HeaderName, HeaderValue};

use crate::secret::Secret;

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

/// An API key as the pair of the query that carries it, both halves encoded.
#[derive(Clone)]
pub(crate) struct QueryKey {
    pub(crate) name: String,
    pub(crate) value: Secret,
}

impl QueryKey {
    /// Returns what no text of the server may show: the key as it is sent, and decoded.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = Secret> {
        let decoded = percent_encoding::percent_decode_str(self.value.expose()).decode_utf8_lossy();
        [self.value.clone(), Secret::from(&*decoded)].into_iter()
    }
}

/// Returns the URL with API keys in its query, as it is sent; `None` if there is nothing to add. A pair that is there already
/// comes from a stronger source: its key is not sent.
pub(crate) fn with_keys(url: &str, keys: &mut dyn Iterator<Item = &QueryKey>) -> Option<String> {
    add_keys(url, keys, |key| key.value.expose())
}

/// Returns the same as it is shown, with each key masked.
pub(crate) fn with_masked_keys(url: &str, keys: &mut dyn Iterator<Item = &QueryKey>) -> Option<String> {
    add_keys(url, keys, |_| "***")
}

fn add_keys(
    url: &str,
    keys: &mut dyn Iterator<Item = &QueryKey>,
    shown: fn(&QueryKey) -> &str,
) -> Option<String> {
    let mut with_keys: Option<String> = None;
    for key in keys {
        let (name, value) = (&*key.name, shown(key));
        let text = with_keys.as_deref().unwrap_or(url);
        let query = text.split_once('?').map(|(_, query)| query);
        let is_there = |pair: &str| pair.split('=').next() == Some(name);
        if query.is_some_and(|query| query.split('&').any(is_there)) {
            continue;
        }
        let mark = if query.is_some() { '&' } else { '?' };
        with_keys = Some(format!("{text}{mark}{name}={value}"));
    }
    with_keys
}
