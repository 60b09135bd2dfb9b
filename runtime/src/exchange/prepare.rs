//! From a description to a call with everything decided but the outcome.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::{CallCredential, Exchange, Reading};
use crate::client::{Auth, AuthKind, Client};
use crate::endpoint::{AuthRule, Endpoint};
use crate::error::{Error, ErrorKind};
use crate::parts::RequestParts;
use crate::retry::Budget;
use crate::transport::Credential;

impl Exchange {
    /// Closes the body and resolves the options: those of the call win over the endpoint's, those over the client's.
    pub(super) fn prepare(mut parts: RequestParts, reading: Reading) -> Result<Self, Error> {
        if let Some(error) = parts.failure() {
            return Err(error);
        }
        let RequestParts { client, endpoint, scope, url, mut headers, body, extensions, options, .. } = parts;
        let inner = &client.0;
        let (payload, content_type) = body
            .finish(endpoint)
            .map_err(|reason| Error::new(ErrorKind::Argument, format!("`body` {reason}")))?;
        let repeatable = repeatable(endpoint, options.idempotency_key.is_some(), &headers);
        let keyed = idempotency_key(endpoint, options.idempotency_key, &mut headers);
        let auth = options.auth.as_ref().unwrap_or(&inner.auth);
        Ok(Self {
            credential: credential(endpoint, auth, &client, &url)?,
            budget: budget(options.auth.as_ref(), &client, &url),
            redirects: options.redirects.or(endpoint.redirects).unwrap_or(inner.settings.redirects),
            repeatable,
            method: Method::from_bytes(endpoint.method.as_bytes()).unwrap_or_default(),
            idempotent: endpoint.idempotent || keyed,
            deadline: options.deadline.or(endpoint.deadline).unwrap_or(inner.settings.deadline),
            attempt_timeout: options
                .attempt_timeout
                .or(endpoint.attempt_timeout)
                .or(inner.settings.attempt_timeout),
            attempts: options.attempts.or(endpoint.attempts).unwrap_or(inner.settings.attempts).get(),
            client,
            endpoint,
            scope,
            url,
            headers,
            payload,
            content_type,
            accept: endpoint
                .accept
                .or(reading.media_type)
                .and_then(|media| HeaderValue::from_maybe_shared(Bytes::from_static(media.as_bytes())).ok()),
            extensions,
            reading,
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

/// The credential of the call, if its URL is the client's own.
fn credential(endpoint: &Endpoint, auth: &Auth, client: &Client, url: &str) -> Result<CallCredential, Error> {
    let base = &client.0.base;
    if endpoint.auth == AuthRule::None {
        return Ok(CallCredential::None);
    }
    Ok(match &auth.kind {
        AuthKind::None => {
            endpoint.auth.takes(None)?;
            CallCredential::None
        }
        AuthKind::Header(header) => {
            endpoint.auth.takes(header.scheme)?;
            if base.owns(url) {
                CallCredential::Fixed(Credential::new(header, base))
            } else {
                CallCredential::None
            }
        }
        AuthKind::Provider(provider) if base.owns(url) => CallCredential::Provided(provider.clone()),
        AuthKind::Provider(_) => CallCredential::None,
    })
}

/// The budget of a call that goes elsewhere or as somebody else; `None` if it is the client's.
fn budget(auth: Option<&Auth>, client: &Client, url: &str) -> Option<Arc<Budget>> {
    let inner = &client.0;
    if inner.base.owns(url) {
        let credential = auth?.fingerprint();
        return Some(inner.budgets.of(inner.base.origin(), credential));
    }
    let url = url::Url::parse(url).ok()?;
    Some(inner.budgets.of(&url[..url::Position::BeforePath], 0))
}
