//! From a description to a call with everything decided but the outcome.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::{Exchange, Reading};
use crate::client::{Auth, Client, Scheme};
use crate::endpoint::{AuthRule, Endpoint};
use crate::error::{Error, ErrorKind};
use crate::parts::RequestParts;
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
        let keyed = idempotency_key(endpoint, options.idempotency_key, &mut headers);
        let auth = options.auth.as_ref().unwrap_or(&inner.auth);
        Ok(Self {
            credential: credential(endpoint, auth, &client, &url)?,
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
    let key = given.or_else(|| HeaderValue::try_from(crate::time::random_key()).ok());
    let Some(mut key) = key.filter(|_| !headers.contains_key(&name)) else {
        return headers.contains_key(&name);
    };
    key.set_sensitive(true);
    headers.insert(name, key);
    true
}

/// The credential of the call, if its URL is the client's own.
fn credential(
    endpoint: &Endpoint,
    auth: &Auth,
    client: &Client,
    url: &str,
) -> Result<Option<Credential>, Error> {
    let base = &client.0.base;
    let wants = |wanted, words| match auth {
        Auth::Header { scheme, .. } if *scheme == wanted => Ok(()),
        _ => Err(Error::new(
            ErrorKind::Configuration,
            format!("the endpoint asks for {words}, which the client has not"),
        )),
    };
    match endpoint.auth {
        AuthRule::None => return Ok(None),
        AuthRule::Bearer => wants(Scheme::Bearer, "a bearer token")?,
        AuthRule::Basic => wants(Scheme::Basic, "a user name and password")?,
        AuthRule::Client => {}
    }
    Ok(match auth {
        Auth::Header { name, value, .. } if base.owns(url) => {
            Some(Credential { name: name.clone(), value: value.clone(), origin: base.shared_origin() })
        }
        _ => None,
    })
}
