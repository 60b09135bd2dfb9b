//! Plans a call: closes its content and resolves its options, once.

use std::sync::Arc;
use std::time::Duration;

use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use super::retry::Fetched;
use crate::body::RequestBody;
use crate::call_site::{CallSite, ClientSite};
use crate::client::{AuthPart, HeaderSources, Inner, Provider};
use crate::credential::{Credential, QueryKey, Scheme};
use crate::decode::{ResponseBody, content_coding::is_negotiated};
use crate::encode::{ContentType, percent_into};
use crate::endpoint::{AuthRule, Endpoint, Redirects};
use crate::error::{Error, ErrorKind};
use crate::head::Head;
use crate::limits::Limits;
use crate::observe::CallWatch;
use crate::random;
use crate::request::{RequestDraft, RequestParts};
use crate::retry::Budget;
use crate::secret::Secret;
use crate::transport::{ForOrigin, present};

/// What the declared type expects of a response. The rest of the exchange is not generic.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ResponseExpectations {
    pub(crate) accepts: fn(StatusCode) -> bool,
    pub(crate) reads: fn(&Head) -> ResponseBody,
    pub(crate) media_type: Option<&'static str>,
}

/// A planned call. Its options are plain values, resolved from the call, the endpoint, what a nest's parents hand down, and the
/// client, in this order.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) draft: Box<RequestDraft>,
    pub(crate) method: Method,
    pub(crate) body: RequestBody,
    content_type: Option<&'static HeaderValue>,
    /// The request as a layer around the call has changed it.
    rewritten: Option<Box<Rewritten>>,
    /// declarest negotiates the content coding, and decodes it.
    pub(crate) negotiates_coding: bool,
    /// The URL has the client's own origin.
    pub(crate) is_own: bool,
    pub(crate) expects: ResponseExpectations,
    pub(crate) deadline: Duration,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) attempts: u32,
    pub(crate) redirects: Redirects,
    pub(crate) limits: Limits,
    /// Another attempt is safe after one that may have taken effect.
    pub(crate) idempotent: bool,
    /// Making the same call again is safe.
    pub(crate) repeatable: bool,
    /// What the attempts tell those who listen, if somebody does.
    pub(super) watch: Option<Arc<CallWatch>>,
    /// The retry budget, if it is not the client's: of another server or credential.
    budget: Option<Arc<Budget>>,
}

/// The URL and the headers of a request that a layer around the call has rewritten.
#[derive(Clone)]
struct Rewritten {
    url: String,
    headers: HeaderMap,
}

impl Plan {
    /// Closes the body and resolves the options.
    pub(crate) fn new(mut parts: RequestParts, expects: ResponseExpectations) -> Result<Self, Error> {
        if let Some(error) = parts.take_failure() {
            return Err(error);
        }
        let RequestParts(mut draft) = parts;
        let endpoint = draft.site.endpoint;
        draft.secrets = std::mem::take(&mut draft.body.secrets);
        let (body, content_type) = std::mem::take(&mut draft.body)
            .finish(endpoint)
            .map_err(|reason| Error::new(ErrorKind::Argument, format!("`body` {reason}")))?;
        let content_type = match content_type {
            ContentType::Known(media) => Some(media),
            ContentType::Made(media) => {
                draft.headers.entry(CONTENT_TYPE).or_insert(media);
                None
            }
            ContentType::None => None,
        };
        let key = draft.options.idempotency_key.clone();
        let repeatable = is_repeatable(endpoint, key.is_some(), &draft.headers);
        let has_key = set_idempotency_key(endpoint, key, &mut draft.headers);
        let is_own = draft.client.0.base.owns(draft.url.as_str());
        if let Some(auth) = &draft.options.auth {
            auth.check()?;
        }
        draft.client.0.auth.check()?;
        let budget = budget(&draft, is_own);
        if !is_own {
            draft.site.client = Some(Arc::new(site_elsewhere(&draft)));
        }
        let (options, settings, site) = (&draft.options, &draft.client.0.settings, &draft.site);
        let deadline = site.option(endpoint.deadline, |parent| parent.deadline);
        let attempt_timeout = site.option(endpoint.attempt_timeout, |parent| parent.attempt_timeout);
        let attempts = site.option(endpoint.attempts, |parent| parent.attempts);
        let redirects = site.option(endpoint.redirects, |parent| parent.redirects);
        let plan = Self {
            method: Method::from_bytes(endpoint.method.as_bytes()).unwrap_or_default(),
            body,
            content_type,
            rewritten: None,
            negotiates_coding: draft.client.0.headers.negotiates_coding && is_negotiated(&draft.headers),
            is_own,
            expects,
            deadline: options.deadline.or(deadline).unwrap_or(settings.deadline),
            attempt_timeout: options.attempt_timeout.or(attempt_timeout).or(settings.attempt_timeout),
            attempts: options.attempts.or(attempts).unwrap_or(settings.attempts).get(),
            redirects: options.redirects.or(redirects).unwrap_or(settings.redirects),
            limits: limits(&draft),
            idempotent: endpoint.idempotent || has_key,
            repeatable,
            watch: None,
            budget,
            draft,
        };
        // The credential of a provider is checked when it was fetched.
        if plan.providers().next().is_none() {
            plan.check_scheme(&[])?;
        }
        Ok(plan)
    }

    /// Returns the same call with the request as a layer around it has changed it.
    pub(crate) fn rewritten(&self, head: http::request::Parts, body: RequestBody) -> Self {
        let url = head.uri.to_string();
        let is_own = self.client().base.owns(&url);
        let headers = match is_own || ForOrigin::is_intended(&head.extensions, &head.uri) {
            true => head.headers,
            false => self.headers_elsewhere(),
        };
        let rewritten = Some(Box::new(Rewritten { url, headers }));
        Self { method: head.method, body, is_own, rewritten, ..self.clone() }
    }

    pub(crate) fn client(&self) -> &Inner {
        &self.draft.client.0
    }

    /// Returns the URL of the request.
    pub(crate) fn url(&self) -> &str {
        self.rewritten.as_ref().map_or_else(|| self.draft.url.as_str(), |rewritten| &rewritten.url)
    }

    pub(crate) fn site(&self) -> &CallSite {
        &self.draft.site
    }

    /// Returns the retry budget of the call.
    pub(crate) fn budget(&self) -> &Budget {
        self.budget.as_ref().unwrap_or(&self.client().budget)
    }

    /// Returns the headers of the call without credentials, which join behind all layers.
    pub(crate) fn headers(&self) -> HeaderMap {
        match &self.rewritten {
            Some(rewritten) => rewritten.headers.clone(),
            None if self.is_own => self.header_sources().for_own_origin(),
            None => self.headers_elsewhere(),
        }
    }

    /// Returns the headers of the call for another origin, with the credential that the call itself names.
    pub(crate) fn headers_elsewhere(&self) -> HeaderMap {
        let mut headers = self.header_sources().for_other_origin();
        if let Some(auth) = &self.draft.options.auth {
            present(&mut headers, &mut auth.credentials());
        }
        headers
    }

    fn header_sources(&self) -> HeaderSources<'_> {
        HeaderSources {
            call: &self.draft.headers,
            content_type: self.content_type,
            accept: self.draft.site.endpoint.accept,
            type_accepts: self.expects.media_type,
            client: &self.client().headers,
            negotiates_coding: self.negotiates_coding,
        }
    }

    /// Returns the credentials for the own origin, strongest first; those of providers are weaker.
    pub(crate) fn credentials(&self) -> impl Iterator<Item = &Credential> {
        self.auth_parts().filter_map(AuthPart::credential)
    }

    /// Returns the API keys that the call presents in the query at its own origin, strongest first.
    pub(crate) fn query_keys(&self) -> impl Iterator<Item = &QueryKey> {
        self.auth_parts().filter_map(AuthPart::query_key)
    }

    /// Returns the providers that the call needs: those whose credential is not replaced by a stronger source.
    pub(crate) fn providers(&self) -> impl Iterator<Item = &Arc<Provider>> {
        self.auth_parts().filter_map(|part| match part {
            AuthPart::Provider(provider) => Some(provider).filter(|provider| {
                provider.header_name().is_none_or(|name| !self.overrides_credential(&name))
            }),
            AuthPart::Credential(_) | AuthPart::QueryKey(_) => None,
        })
    }

    /// Returns whether a source that is stronger than a provider sets this header.
    pub(crate) fn overrides_credential(&self, name: &HeaderName) -> bool {
        let mut own = self.own_auth_parts().iter().filter_map(AuthPart::credential);
        self.draft.headers.contains_key(name) || own.any(|credential| credential.name == name)
    }

    /// Returns the parts of the call's credential, then those of the client's.
    fn auth_parts(&self) -> impl Iterator<Item = &AuthPart> {
        let are_sent = self.is_own && self.draft.site.auth() != AuthRule::None;
        let clients: &[AuthPart] = if are_sent { &self.client().auth.parts } else { &[] };
        self.own_auth_parts().iter().chain(clients)
    }

    fn own_auth_parts(&self) -> &[AuthPart] {
        self.draft.options.auth.as_ref().map_or(&[], |auth| &auth.parts)
    }

    /// Returns what no text of the server may show, beside the client's own credentials.
    pub(crate) fn secrets(&self, fetched: &[Fetched]) -> Vec<Secret> {
        let mut secrets = self.draft.secrets.clone();
        let mut add = |value: &HeaderValue| secrets.extend(value.to_str().ok().map(Secret::from));
        self.draft.headers.values().filter(|value| value.is_sensitive()).for_each(&mut add);
        fetched.iter().for_each(|fetched| add(&fetched.cached.credential.value));
        if let Some(auth) = &self.draft.options.auth {
            auth.credentials().for_each(|credential| add(&credential.value));
            secrets.extend(auth.query_keys().flat_map(QueryKey::secrets));
        }
        secrets
    }

    /// Checks that what is sent is what the endpoint requires; `fetched` is what providers gave.
    pub(crate) fn check_scheme(&self, fetched: &[&Credential]) -> Result<(), Error> {
        let (required, words) = match self.draft.site.auth() {
            AuthRule::Inherited | AuthRule::Client | AuthRule::None => return Ok(()),
            AuthRule::ApiKey(name) => return self.check_api_key(name, fetched),
            AuthRule::Bearer => (Scheme::Bearer, "a bearer token"),
            AuthRule::Basic => (Scheme::Basic, "a user name and password"),
        };
        let header =
            self.draft.headers.get(AUTHORIZATION).or_else(|| self.client().headers.given.get(AUTHORIZATION));
        let is_it = |credential: &Credential| credential.scheme == required;
        let mut parts = self.own_auth_parts().iter().chain(&self.client().auth.parts);
        if header.and_then(Scheme::of) == Some(required)
            || parts.any(|part| part.credential().is_some_and(is_it))
            || fetched.iter().copied().any(is_it)
        {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::Configuration,
            format!("the endpoint requires {words}, but the client has none"),
        ))
    }

    /// Checks that a key is sent under this name, in a header or in the query.
    fn check_api_key(&self, name: &str, fetched: &[&Credential]) -> Result<(), Error> {
        let is_meant = |header: &HeaderName| header.as_str().eq_ignore_ascii_case(name);
        let in_header = self.draft.headers.keys().any(is_meant)
            || self.client().headers.given.keys().any(is_meant)
            || self.credentials().any(|credential| is_meant(&credential.name))
            || fetched.iter().any(|credential| is_meant(&credential.name));
        let mut encoded = String::new();
        percent_into(&mut encoded, name);
        if in_header || self.query_keys().any(|key| key.name == encoded) {
            return Ok(());
        }
        let detail = format!("the endpoint requires the API key `{name}`, but the client has none");
        Err(Error::new(ErrorKind::Configuration, detail))
    }
}

/// Resolves the limits of a response.
fn limits(draft: &RequestDraft) -> Limits {
    let (options, site, of_client) = (&draft.options, &draft.site, draft.client.0.settings.limits);
    let stall = site.option(site.endpoint.stall_timeout, |parent| parent.stall_timeout);
    let body = site.option(site.endpoint.body_limit, |parent| parent.body_limit);
    let item = site.option(site.endpoint.item_limit, |parent| parent.item_limit);
    Limits {
        stall: options.stall_timeout.or(stall).unwrap_or(of_client.stall),
        body: options.body_limit.or(body).unwrap_or(of_client.body),
        item: options.item_limit.or(item).unwrap_or(of_client.item),
        ..of_client
    }
}

/// Sets the key of the call, once for all its attempts; returns whether one is sent.
fn set_idempotency_key(endpoint: &Endpoint, given: Option<HeaderValue>, headers: &mut HeaderMap) -> bool {
    let name = match (endpoint.idempotency_key, &given) {
        (Some(name), _) => name,
        (None, Some(_)) => "idempotency-key",
        (None, None) => return false,
    };
    let Ok(name) = HeaderName::try_from(name) else { return false };
    let argument = || headers.get(&name).cloned();
    let key = given.or_else(argument).or_else(|| HeaderValue::try_from(random::key()).ok());
    let Some(mut key) = key else { return false };
    key.set_sensitive(true);
    headers.insert(name, key);
    true
}

/// Returns whether making the same call again is safe, because of the endpoint or a key of the caller. A key that is generated for
/// this call does not protect the next.
fn is_repeatable(endpoint: &Endpoint, has_key: bool, headers: &HeaderMap) -> bool {
    match endpoint.idempotency_key {
        Some(name) => has_key || headers.contains_key(name),
        None => has_key || endpoint.is_repeatable(),
    }
}

/// Makes what errors say of a call that goes to another host.
fn site_elsewhere(draft: &RequestDraft) -> ClientSite {
    let own = &draft.client.0.site;
    let address = draft.url.as_str().split_once("://").and_then(|(_, rest)| rest.split(['/', '?']).next());
    ClientSite { address: address.unwrap_or_default().to_owned(), ..ClientSite::clone(own) }
}

/// Returns the retry budget of a call that goes elsewhere or with a credential of its own; `None` if it is the client's.
fn budget(draft: &RequestDraft, is_own: bool) -> Option<Arc<Budget>> {
    let client = &draft.client.0;
    if is_own {
        let credential = draft.options.auth.as_ref()?.fingerprint();
        return Some(client.budgets.of(client.base.origin(), credential));
    }
    let url = url::Url::parse(draft.url.as_str()).ok()?;
    Some(client.budgets.of(&url[..url::Position::BeforePath], 0))
}
