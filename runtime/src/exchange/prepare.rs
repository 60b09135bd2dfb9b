//! From a description to a call with everything decided but the outcome.

use std::sync::Arc;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::{CredentialSource, Exchange, ResponseExpectations};
use crate::client::AuthKind;
use crate::decode::content_coding;
use crate::encode::ContentType;
use crate::endpoint::{AuthRule, Endpoint};
use crate::error::{Error, ErrorKind};
use crate::parts::{RequestDraft, RequestParts};
use crate::retry::Budget;

impl Exchange {
    /// Closes the body and resolves the options: those of the call win over the endpoint's, those over the client's.
    pub(super) fn prepare(mut parts: RequestParts, reading: ResponseExpectations) -> Result<Self, Error> {
        if let Some(error) = parts.failure() {
            return Err(error);
        }
        let RequestParts(mut parts) = parts;
        let endpoint = parts.endpoint;
        let (payload, content_type) = std::mem::take(&mut parts.body)
            .finish(endpoint)
            .map_err(|reason| Error::new(ErrorKind::Argument, format!("`body` {reason}")))?;
        let content_type = match content_type {
            ContentType::Known(media) => Some(media),
            ContentType::Made(media) => {
                parts.headers.entry(CONTENT_TYPE).or_insert(media);
                None
            }
            ContentType::None => None,
        };
        let given = parts.options.idempotency_key.clone();
        let repeatable = repeatable(endpoint, given.is_some(), &parts.headers);
        let keyed = idempotency_key(endpoint, given, &mut parts.headers);
        let own = parts.client.0.base.owns(&parts.url);
        Ok(Self {
            own,
            presents: presents(&parts, own)?,
            budget: budget(&parts, own),
            repeatable,
            method: Method::from_bytes(endpoint.method.as_bytes()).unwrap_or_default(),
            idempotent: endpoint.idempotent || keyed,
            payload,
            content_type,
            compressed: content_coding::is_asked_for([&parts.headers, &parts.client.0.headers]),
            reading,
            parts,
        })
    }
}

/// Makes the key of the call, once for all its attempts; tells whether one is sent.
fn idempotency_key(endpoint: &Endpoint, given: Option<HeaderValue>, headers: &mut HeaderMap) -> bool {
    let name = match (endpoint.idempotency_key, &given) {
        (Some(name), _) => name,
        (None, Some(_)) => "idempotency-key",
        (None, None) => return false,
    };
    let Ok(name) = HeaderName::try_from(name) else { return false };
    if let Some(key) = headers.get_mut(&name) {
        key.set_sensitive(true);
        return true;
    }
    let key = given.or_else(|| HeaderValue::try_from(crate::time::random_key()).ok());
    let Some(mut key) = key else { return false };
    key.set_sensitive(true);
    headers.insert(name, key);
    true
}

/// Whether another call like this one cannot do twice what should be done once: by the endpoint, or by a key of the
/// caller's. A key that is made for this call says nothing of the next.
fn repeatable(endpoint: &Endpoint, keyed: bool, headers: &HeaderMap) -> bool {
    match endpoint.idempotency_key {
        Some(name) => keyed || headers.contains_key(name),
        None => keyed || endpoint.is_repeatable(),
    }
}

/// What the call presents, if its URL is the client's own.
fn presents(parts: &RequestDraft, own: bool) -> Result<CredentialSource, Error> {
    let rule = parts.endpoint.auth;
    if rule == AuthRule::None {
        return Ok(CredentialSource::Nothing);
    }
    let presents = match &parts.auth().kind {
        AuthKind::None => {
            rule.takes(None)?;
            CredentialSource::Nothing
        }
        AuthKind::Header(header) => {
            rule.takes(header.scheme)?;
            CredentialSource::Header
        }
        AuthKind::Provider(_) => CredentialSource::Fetched,
    };
    Ok(if own { presents } else { CredentialSource::Nothing })
}

/// The budget of a call that goes elsewhere or as somebody else; `None` if it is the client's.
fn budget(parts: &RequestDraft, own: bool) -> Option<Arc<Budget>> {
    let inner = &parts.client.0;
    if own {
        let credential = parts.options.auth.as_ref()?.fingerprint();
        return Some(inner.budgets.of(inner.base.origin(), credential));
    }
    let url = url::Url::parse(&parts.url).ok()?;
    Some(inner.budgets.of(&url[..url::Position::BeforePath], 0))
}
