//! Builds a client and checks its settings.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, Request, Response, header};
use tower::{Layer, Service};

use super::auth::Auth;
use super::headers::{AGENT, DefaultHeaders};
use super::settings::Settings;
use super::{Client, Inner, check_credentials, site};
use crate::base_url::BaseUrl;
use crate::body::Body;
use crate::clock::{Clock, Timer};
use crate::endpoint::Redirects;
use crate::error::{BoxError, Error, ErrorKind};
use crate::retry::{Budget, Budgets};
use crate::secret::Secret;
use crate::transport::{HttpService, Transport, TransportOptions, erase, innermost};

/// Wraps a service in a layer.
type Wrap = Box<dyn FnOnce(HttpService) -> HttpService + Send>;

/// Builds a [`Client`]. Nothing fails before [`build`](ClientBuilder::build).
pub struct ClientBuilder {
    base_url: String,
    auth: Result<Auth, Error>,
    headers: Result<HeaderMap, Error>,
    pub(super) settings: Settings,
    /// How to connect, and whether the builder was told so. Set by the methods of `connection.rs`.
    connection: TransportOptions,
    changes_connections: bool,
    transport: Option<Transport>,
    /// The client that the builder was made from, if it was.
    origin: Option<Origin>,
    lean: bool,
    layers: Vec<Wrap>,
    /// Set by `call_layer`, which stands beside the attempt loop.
    pub(crate) call_layers: Option<HttpService>,
    clock: Clock,
    /// `None` for the budgets of the origin.
    pub(super) budget: Option<Budget>,
    pub(super) server_budget: Option<Budget>,
    request_id_header: Result<Option<HeaderName>, Error>,
}

/// What a derived client shares with the client that it comes from.
struct Origin {
    transport: Transport,
    /// The layers so far, with the transport inside.
    layers: Option<HttpService>,
    budgets: Arc<Budgets>,
}

impl ClientBuilder {
    /// Returns how to connect, to be changed.
    pub(super) fn connection_mut(&mut self) -> &mut TransportOptions {
        self.changes_connections = true;
        &mut self.connection
    }

    pub(super) fn new(base_url: String) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::USER_AGENT, AGENT);
        Self {
            base_url,
            auth: Ok(Auth::none()),
            headers: Ok(headers),
            settings: Settings::default(),
            connection: TransportOptions::default(),
            changes_connections: false,
            transport: None,
            origin: None,
            lean: false,
            layers: Vec::new(),
            call_layers: None,
            clock: Clock::default(),
            budget: Some(Budget::default()),
            server_budget: None,
            request_id_header: Ok(None),
        }
    }

    /// Begins with everything that `client` has, and shares its connections.
    pub(super) fn derived(client: &Inner) -> Self {
        let origin = Origin {
            transport: client.transport.clone(),
            layers: client.layers.clone(),
            budgets: client.budgets.clone(),
        };
        Self {
            auth: Ok(client.auth.clone()),
            headers: Ok(client.headers.given.clone()),
            settings: client.settings.clone(),
            origin: Some(origin),
            call_layers: client.call_layers.clone(),
            clock: client.clock.clone(),
            budget: None,
            request_id_header: Ok(client.site.request_id_header.clone()),
            ..Self::new(client.base.as_str().to_owned())
        }
    }

    /// Goes to this base URL; for a builder that [`Client::to_builder`] made.
    #[must_use]
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self
    }

    /// Sends this credential, to the base URL's origin only. [`bearer`](ClientBuilder::bearer) and its siblings are short
    /// for it.
    #[must_use]
    pub fn auth(mut self, auth: Auth) -> Self {
        self.auth = Ok(auth);
        self
    }

    /// Sends `Authorization: Bearer …` (RFC 6750). It is sent to the origin of the base URL only.
    #[must_use]
    pub fn bearer(mut self, token: impl Into<Secret>) -> Self {
        self.auth = Auth::bearer(token);
        self
    }

    /// Sends `Authorization: Basic …` (RFC 7617). It is sent to the origin of the base URL only.
    #[must_use]
    pub fn basic(mut self, user: &str, password: impl Into<Secret>) -> Self {
        self.auth = Auth::basic(user, password);
        self
    }

    /// Sends an API key in a header that the vendor defines, such as `x-api-key`. It is sent to the origin of the base URL only.
    #[must_use]
    pub fn api_key(mut self, header: &str, key: impl Into<Secret>) -> Self {
        self.auth = Auth::key(header, key);
        self
    }

    /// Sends a header with every request that does not set it itself: not in place of the media type of a body, nor of what
    /// an endpoint `accept`s, but of what a type asks for by itself.
    ///
    /// White space around the value makes [`build`](ClientBuilder::build) fail: HTTP does not keep it (RFC 9110, 5.5).
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers = self.headers.and_then(|mut headers| {
            if value.trim() != value {
                let why = "starts or ends with white space, which a header does not keep: trim it";
                return Err(Error::new(
                    ErrorKind::Configuration,
                    format!("the default header `{name}` {why}"),
                ));
            }
            crate::encode::header::set(&mut headers, name, value)
                .map_err(|invalid| Error::new(ErrorKind::Configuration, invalid.to_string()))?;
            Ok(headers)
        });
        self
    }

    /// Limits a whole call: attempts, waits and a buffered body. Default: 60 s. The time in which a streamed body (a file, a stream)
    /// is uploaded does not count; [`stall_timeout`](ClientBuilder::stall_timeout) limits it instead.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.settings.deadline = deadline;
        self
    }

    /// Limits one attempt. Default: no limit but the deadline.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.attempt_timeout = Some(timeout);
        self
    }

    /// Sets which redirects are followed. Default: [`Redirects::Refuse`].
    #[must_use]
    pub fn redirects(mut self, redirects: Redirects) -> Self {
        self.settings.redirects = redirects;
        self
    }

    /// Limits a buffered response, in bytes after decompression. Default: 16 MiB.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.settings.limits.body = bytes;
        self
    }

    /// Limits one event or line of a stream, in bytes. Default: 1 MiB.
    #[must_use]
    pub fn item_limit(mut self, bytes: usize) -> Self {
        self.settings.limits.item = bytes;
        self
    }

    /// Limits how long a streamed body, up or down, may stand still while it is awaited. Default: 30 s.
    #[must_use]
    pub fn stall_timeout(mut self, timeout: Duration) -> Self {
        self.settings.limits.stall = timeout;
        self
    }

    /// Allows plain http to hosts that are not loopback. The network can then read the credential.
    #[must_use]
    pub fn allow_http(mut self) -> Self {
        self.settings.allow_http = true;
        self
    }

    /// Sends with hyper-util's pooled client and rustls instead of reqwest: about 30,000 instructions fewer a call, with
    /// the same limits and settings, compression, HTTP/1.1 and HTTP/2. Without the feature `reqwest` it is the default.
    #[cfg(feature = "hyper")]
    #[must_use]
    pub fn hyper(mut self) -> Self {
        self.changes_connections = true;
        self.lean = true;
        self
    }

    /// Sends requests through this service instead of the transport that comes with declarest: an `axum::Router` in
    /// the same process, another HTTP client, a recorder. With a [`timer`](ClientBuilder::timer) of your own beside it,
    /// no Tokio runtime is needed.
    ///
    /// An error of it counts as *maybe sent*, unless it is a [`NotSent`](crate::NotSent).
    #[must_use]
    pub fn transport<S, B>(mut self, service: S) -> Self
    where
        S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
        S::Error: Into<BoxError>,
        S::Future: Send + 'static,
        B: http_body::Body<Data = bytes::Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        self.transport = Some(Transport::Service(erase(service)));
        self
    }

    /// Wraps each attempt in a tower layer; the last added is outermost.
    ///
    /// The extensions of the request hold the endpoint (`&'static Endpoint`), the
    /// [`AttemptContext`](crate::AttemptContext) and the values of `#[extension]` arguments. A layer never sees the credential,
    /// which joins the request behind all layers. A layer that makes a new request must keep the extensions; without them nothing
    /// is sent and the attempt fails.
    #[must_use]
    pub fn layer<L, B>(mut self, layer: L) -> Self
    where
        L: Layer<HttpService> + Send + 'static,
        L::Service: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request<Body>>>::Error: Into<BoxError>,
        <L::Service as Service<Request<Body>>>::Future: Send + 'static,
        B: http_body::Body<Data = bytes::Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        self.layers.push(Box::new(move |inner| erase(layer.layer(inner))));
        self
    }

    /// Reads the id that the server gives a request from this header too, before `x-request-id` and `request-id`:
    /// `x-amzn-requestid`, say. It is what [`Error::request_id`] and [`Head::request_id`](crate::Head::request_id) return.
    #[must_use]
    pub fn request_id_header(mut self, name: &str) -> Self {
        self.request_id_header = HeaderName::try_from(name).map(Some).map_err(|_| {
            Error::new(ErrorKind::Configuration, "the name of the request id's header is not a header name")
        });
        self
    }

    /// Takes clock, sleep and randomness from here; for tests that should not wait.
    #[must_use]
    pub fn timer(mut self, timer: impl Timer) -> Self {
        self.clock = Clock::Custom(Arc::new(timer));
        self
    }

    /// Takes the clock of a mock.
    #[cfg(feature = "testing")]
    pub(crate) fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if the base URL is not an absolute https URL (or http on loopback), or contains a user name,
    /// a query or a fragment; if the credential is empty; if a header or credential has a character that a header cannot
    /// hold; if a default header and the credential have the same name; if a root certificate or the proxy URL is invalid.
    pub fn build(self) -> Result<Client, Error> {
        let base = BaseUrl::parse(&self.base_url, self.settings.allow_http)?;
        let (auth, headers) = (self.auth?, self.headers?);
        auth.check()?;
        check_credentials(&mut auth.credentials(), &headers)?;
        let (transport, layered) = match (self.transport, self.origin.as_ref()) {
            (Some(_), Some(Origin { layers: Some(_), .. })) => {
                return Err(refused(
                    "the layers of the client enclose its transport, which cannot be replaced",
                ));
            }
            (None, Some(_)) if self.changes_connections => {
                return Err(refused(
                    "a derived client shares the connections, so it cannot change how they are made",
                ));
            }
            (Some(transport), _) => (self.connection.check_for_reqwest().map(|()| transport)?, None),
            (None, Some(origin)) => (origin.transport.clone(), origin.layers.clone()),
            (None, None) => (Transport::standard(self.lean, self.connection, &base)?, None),
        };
        let layers = match self.layers.is_empty() && self.settings.signer.is_none() {
            true => layered,
            false => {
                let inner = layered.unwrap_or_else(|| innermost(transport.clone()));
                Some(self.layers.into_iter().fold(inner, |inner, wrap| wrap(inner)))
            }
        };
        let fixed_host = layers.is_none() && transport.speaks_http1();
        let budgets = match (self.origin, self.budget, self.server_budget) {
            (Some(origin), None, None) => origin.budgets,
            (None, budget, server) => Arc::new(Budgets::new(budget.unwrap_or_default(), server)),
            (Some(origin), budget, server) => Arc::new(origin.budgets.with_rules(budget, server)),
        };
        Ok(Client(Arc::new(Inner {
            budget: budgets.of(base.origin(), auth.fingerprint()),
            site: Arc::new(site(&base, &auth, &headers, self.request_id_header?)),
            headers: DefaultHeaders::new(headers, &base, fixed_host),
            base,
            auth,
            settings: self.settings,
            transport,
            layers,
            call_layers: self.call_layers,
            clock: self.clock,
            budgets,
        })))
    }
}

fn refused(detail: &str) -> Error {
    Error::new(ErrorKind::Configuration, detail)
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("deadline", &self.settings.deadline).finish_non_exhaustive()
    }
}
