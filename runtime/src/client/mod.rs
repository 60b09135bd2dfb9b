//! The client: where to, who as, and how hard to try.

mod auth;
mod base_url;
mod builder;
mod options;

use std::fmt;
use std::sync::{Arc, OnceLock};

use http::HeaderMap;

pub use self::auth::{Auth, CredentialProvider};
pub(crate) use self::auth::{AuthHeader, AuthKind, CachedCredential, Provider, Scheme};
pub(crate) use self::base_url::{BaseUrl, same_origin, same_url_origin};
pub(crate) use self::builder::AGENT;
pub use self::builder::ClientBuilder;
pub use self::options::Redirects;
pub(crate) use self::options::{CallOptions, Settings};
use crate::error::Error;
use crate::exchange::{CallLayers, CommonHeaders};
use crate::reply::Head;
use crate::retry::{Budget, Budgets, Verdict};
use crate::time::{Time, Timer};
use crate::transport::Transport;

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
    /// Sent with every request that does not say otherwise.
    pub(crate) headers: HeaderMap,
    pub(crate) settings: Settings,
    pub(crate) transport: Transport,
    /// The layers around a call, with the attempt loop inside.
    pub(crate) call_layers: Option<CallLayers>,
    pub(crate) time: Time,
    /// Of the base URL's server and the credential.
    pub(crate) budget: Arc<Budget>,
    /// Of all servers and credentials of the family.
    pub(crate) budgets: Arc<Budgets>,
    /// Made by the first call that has them.
    pub(crate) common: OnceLock<CommonHeaders>,
}

impl Client {
    /// A client for the API at `base_url`: `https`, or `http` on loopback; without user info, query and fragment.
    /// `/v1` and `/v1/` mean the same.
    pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(base_url.into())
    }

    /// The same client at another base URL: one pool of connections, one configuration. The credential goes along.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) as [`ClientBuilder::build`].
    #[inline]
    pub fn with_base_url(&self, base_url: &str) -> Result<Self, Error> {
        let inner = &self.0;
        let base = BaseUrl::parse(base_url, inner.settings.allow_http)?;
        let budget = inner.budgets.of(base.origin(), inner.auth.fingerprint());
        Ok(Self(Arc::new(Inner { base, budget, ..inner.copy() })))
    }

    /// The same client with another credential: one pool of connections for a thousand tenants.
    #[must_use]
    #[inline]
    pub fn with_auth(&self, auth: Auth) -> Self {
        let budget = self.0.budgets.of(self.0.base.origin(), auth.fingerprint());
        Self(Arc::new(Inner { auth, budget, ..self.0.copy() }))
    }

    /// [`with_auth`](Client::with_auth) with a bearer token.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the token is empty or no header value.
    pub fn with_bearer(&self, token: impl Into<crate::Secret>) -> Result<Self, Error> {
        Ok(self.with_auth(Auth::bearer(token)?))
    }

    /// The same client with another rule for what answers mean: for one API of several. It takes the place of the
    /// client's, see [`ClientBuilder::classify`].
    #[must_use]
    pub fn with_classify(&self, classify: impl Fn(&Head, &[u8]) -> Verdict + Send + Sync + 'static) -> Self {
        let mut inner = self.0.copy();
        inner.settings.classify = Some(Arc::new(classify));
        Self(Arc::new(inner))
    }

    /// The base URL, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.base()
    }

    /// The clock that the client's deadlines and waits go by; for a type that waits between calls.
    #[must_use]
    pub fn timer(&self) -> impl Timer + Clone + use<> {
        self.0.time.clone()
    }

    pub(crate) fn base(&self) -> &str {
        self.0.base.as_str()
    }

    /// The client of a call that is never sent: a fake's.
    pub(crate) fn none() -> Self {
        Self(Arc::new(Inner {
            base: BaseUrl::none(),
            auth: Auth::none(),
            headers: HeaderMap::new(),
            settings: Settings::default(),
            transport: Transport::none(),
            call_layers: None,
            time: Time::default(),
            budget: Arc::default(),
            budgets: Arc::new(Budgets::new(Budget::new())),
            common: OnceLock::new(),
        }))
    }
}

impl Inner {
    #[inline]
    fn copy(&self) -> Self {
        Self {
            base: self.base.clone(),
            auth: self.auth.clone(),
            headers: self.headers.clone(),
            settings: self.settings.clone(),
            transport: self.transport.clone(),
            call_layers: self.call_layers.clone(),
            time: self.time.clone(),
            budget: self.budget.clone(),
            budgets: self.budgets.clone(),
            // Of the client that the copy becomes.
            common: OnceLock::new(),
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base())
            .field("auth", &self.0.auth)
            .finish_non_exhaustive()
    }
}
