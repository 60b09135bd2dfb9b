//! The client: base URL, credential, default headers, settings and transport.

mod auth;
mod builder;
mod connection;
mod headers;
mod observers;
mod requests;
mod retries;
mod settings;

use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue};

pub use self::auth::{Auth, CredentialProvider};
pub(crate) use self::auth::{AuthPart, CachedCredential, Provider};
pub use self::builder::ClientBuilder;
pub(crate) use self::headers::{AGENT, DefaultHeaders, HeaderSources, kept_on_redirect};
pub(crate) use self::settings::Settings;
use crate::base_url::BaseUrl;
use crate::call_site::ClientSite;
use crate::clock::{Clock, Timer};
use crate::credential::Credential;
use crate::error::{Error, ErrorKind};
use crate::head::Head;
use crate::retry::{Budget, Budgets, Verdict};
use crate::secret::Secret;
use crate::transport::{HttpService, Transport};

/// An HTTP client for one base URL with one credential. Cheap to clone; clones share everything.
///
/// A generated client is made from it: `AdminApiKeysClient::new(client)`.
///
/// ```no_run
/// # fn main() -> Result<(), declarest::Error> {
/// let client = declarest::Client::builder("https://api.example.com/v1").bearer("token").build()?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Inner>);

/// What clones of a client share.
pub(crate) struct Inner {
    pub(crate) base: BaseUrl,
    pub(crate) auth: Auth,
    pub(crate) headers: DefaultHeaders,
    /// What errors say of the client.
    pub(crate) site: Arc<ClientSite>,
    pub(crate) settings: Settings,
    pub(crate) transport: Transport,
    /// The layers around each attempt, with the transport inside.
    pub(crate) layers: Option<HttpService>,
    /// The layers around each call, with the attempt loop inside.
    pub(crate) call_layers: Option<HttpService>,
    pub(crate) clock: Clock,
    /// The retry budget of the base URL's server and the credential.
    pub(crate) budget: Arc<Budget>,
    /// The retry budgets of all servers and credentials of this client and those derived from it.
    pub(crate) budgets: Arc<Budgets>,
}

impl Client {
    /// Builds a client for the API at `base_url`: `https`, or `http` on loopback; without a user name, query or fragment.
    /// `/v1` and `/v1/` mean the same.
    pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(base_url.into())
    }

    /// Returns the same client at another base URL: one pool of connections, one configuration. The credential goes along.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] as [`ClientBuilder::build`].
    pub fn with_base_url(&self, base_url: &str) -> Result<Self, Error> {
        let inner = &self.0;
        let base = BaseUrl::parse(base_url, inner.settings.allow_http)?;
        let budget = inner.budgets.of(base.origin(), inner.auth.fingerprint());
        let headers = DefaultHeaders::new(inner.headers.given.clone(), &base, inner.has_fixed_host());
        let site = Arc::new(inner.site_at(&base, &inner.auth));
        Ok(Self(Arc::new(Inner { base, budget, headers, site, ..inner.copy() })))
    }

    /// Returns the same client with another credential: one pool of connections for a thousand tenants. It replaces the
    /// client's credential, and a default header of the same name.
    #[must_use]
    pub fn with_auth(&self, auth: Auth) -> Self {
        let mut inner = self.0.copy();
        let mut headers = inner.headers.given.clone();
        for credential in auth.credentials() {
            headers.remove(&credential.name);
        }
        inner.headers = DefaultHeaders::new(headers, &inner.base, inner.has_fixed_host());
        inner.budget = inner.budgets.of(inner.base.origin(), auth.fingerprint());
        inner.site = Arc::new(inner.site_at(&inner.base, &auth));
        inner.auth = auth;
        Self(Arc::new(inner))
    }

    /// Returns the same client with a bearer token; see [`with_auth`](Client::with_auth).
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if the token is empty or not a header value.
    pub fn with_bearer(&self, token: impl Into<crate::Secret>) -> Result<Self, Error> {
        Ok(self.with_auth(Auth::bearer(token)?))
    }

    /// Returns the same client with another rule for what responses mean, for one API of several. It replaces the rule
    /// of the client; see [`ClientBuilder::classify`].
    #[must_use]
    pub fn with_classify(&self, classify: impl Fn(&Head, &[u8]) -> Verdict + Send + Sync + 'static) -> Self {
        let mut inner = self.0.copy();
        inner.settings.classify = Some(Arc::new(classify));
        Self(Arc::new(inner))
    }

    /// Begins a client like this one: with its base URL, credential, headers, layers, settings, clock and retry budget, each of
    /// which can be replaced. It shares the connections and does no I/O. Layers that are added enclose those of this client.
    ///
    /// What belongs to the connections (timeout, roots, proxy) cannot be changed: [`build`](ClientBuilder::build) fails.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # fn f(client: declarest::Client) -> Result<(), declarest::Error> {
    /// let patient = client.to_builder().deadline(Duration::from_secs(600)).header("x-team", "batch").build()?;
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn to_builder(&self) -> ClientBuilder {
        ClientBuilder::derived(&self.0)
    }

    /// Returns the base URL, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.0.base.as_str()
    }

    /// Returns the clock of the client's deadlines and waits, for a type that waits between calls.
    #[must_use]
    pub fn timer(&self) -> impl Timer + Clone + use<> {
        self.0.clock.clone()
    }

    /// Makes the client of a fake, whose calls are never sent.
    pub(crate) fn none() -> Self {
        let (base, transport) = (BaseUrl::none(), Transport::None);
        Self(Arc::new(Inner {
            headers: DefaultHeaders::new(HeaderMap::new(), &base, false),
            base,
            auth: Auth::none(),
            site: Arc::new(ClientSite {
                address: String::new(),
                request_id_header: None,
                secrets: Vec::new(),
            }),
            settings: Settings::default(),
            transport,
            layers: None,
            call_layers: None,
            clock: Clock::default(),
            budget: Arc::default(),
            budgets: Arc::new(Budgets::new(Budget::new(), None)),
        }))
    }
}

impl Inner {
    /// Returns whether each request uses HTTP/1.1 and goes to the host of its URL, so that its `Host` is known.
    fn has_fixed_host(&self) -> bool {
        self.layers.is_none() && self.transport.speaks_http1()
    }

    /// Returns what errors say of the same client with another base URL or credential.
    fn site_at(&self, base: &BaseUrl, auth: &Auth) -> ClientSite {
        site(base, auth, &self.headers.given, self.site.request_id_header.clone())
    }

    fn copy(&self) -> Self {
        Self {
            headers: self.headers.clone(),
            base: self.base.clone(),
            auth: self.auth.clone(),
            site: self.site.clone(),
            settings: self.settings.clone(),
            transport: self.transport.clone(),
            layers: self.layers.clone(),
            call_layers: self.call_layers.clone(),
            clock: self.clock.clone(),
            budget: self.budget.clone(),
            budgets: self.budgets.clone(),
        }
    }
}

/// Makes what errors say of a client.
pub(crate) fn site(
    base: &BaseUrl,
    auth: &Auth,
    headers: &HeaderMap,
    request_id_header: Option<HeaderName>,
) -> ClientSite {
    let mut secrets = Vec::new();
    let mut add = |value: &HeaderValue| secrets.extend(value.to_str().ok().map(Secret::from));
    auth.credentials().for_each(|credential| add(&credential.value));
    headers.values().filter(|value| value.is_sensitive()).for_each(add);
    auth.query_keys().for_each(|key| secrets.extend(key.secrets()));
    let address = base.as_str().split_once("://").map_or("", |(_, address)| address).to_owned();
    ClientSite { address, request_id_header, secrets }
}

/// Refuses a credential whose header is also a default header: one of them would be dropped in silence.
pub(crate) fn check_credentials(
    credentials: &mut dyn Iterator<Item = &Credential>,
    headers: &HeaderMap,
) -> Result<(), Error> {
    for Credential { name, .. } in credentials {
        if headers.contains_key(name) {
            let why = format!("the credential and a default header are both sent as `{name}`: leave one out");
            return Err(Error::new(ErrorKind::Configuration, why));
        }
    }
    Ok(())
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url())
            .field("auth", &self.0.auth)
            .finish_non_exhaustive()
    }
}
