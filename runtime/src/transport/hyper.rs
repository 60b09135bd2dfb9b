//! The lean transport: hyper-util's pool and rustls, and nothing of reqwest's above them.
//!
//! A connection lives on the runtime of the call that opened it. When that runtime ends, calls of other runtimes on this
//! connection fail as on any lost connection.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::header::CONTENT_LENGTH;
use http::{Response, Uri};
use http_body::Body as _;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{self, ResponseFuture};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls_platform_verifier::Verifier;
use tokio::net::TcpStream;
use tower::Service;

use super::options::{TCP_PROBES, TransportOptions};
use super::sent_body::SentBody;
use super::{Attempt, TransportFailure};
use crate::body::Body;
use crate::error::{BoxError, Error, ErrorKind};

/// hyper-util's client, which pools connections and speaks HTTP/1.1 and HTTP/2.
#[derive(Clone)]
pub(crate) struct HyperTransport {
    client: legacy::Client<Connector, SentBody>,
    pub(super) http2_only: bool,
}

impl HyperTransport {
    pub(crate) fn new(options: &TransportOptions) -> Result<Self, Error> {
        if options.proxy.is_some() {
            return Err(Error::new(ErrorKind::Configuration, "the lean transport supports no proxy"));
        }
        let connector = Connector::new(options)?;
        let client = legacy::Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(options.pool_idle_timeout)
            .pool_max_idle_per_host(options.pool_max_idle_per_host)
            .http2_only(options.http2_only)
            .http2_keep_alive_interval(options.http2.interval)
            .http2_keep_alive_timeout(options.http2.timeout)
            .http2_keep_alive_while_idle(options.http2.while_idle)
            .build(connector);
        Ok(Self { client, http2_only: options.http2_only })
    }

    /// Hands one request to hyper and returns what waits for its response.
    pub(super) fn start(&self, attempt: Attempt<'_>) -> Result<ResponseFuture, TransportFailure> {
        let mut request = attempt.into_request()?;
        if request.body().is_end_stream() && super::states_empty_body(request.method()) {
            request.headers_mut().insert(CONTENT_LENGTH, super::ZERO);
        }
        Ok(self.client.request(request.map(SentBody)))
    }
}

/// Returns hyper's response as the rest of the way knows it.
pub(super) fn read(
    response: Result<Response<hyper::body::Incoming>, legacy::Error>,
) -> Result<Response<Body>, TransportFailure> {
    match response {
        Ok(response) => Ok(response.map(Body::new)),
        Err(error) => Err(TransportFailure::of_hyper(error.is_connect(), error.into())),
    }
}

/// Connects by TCP and, for https, TLS with the platform's roots, within one limit. Shared: hyper-util copies its client,
/// and this with it, for every request.
#[derive(Clone)]
struct Connector(Arc<Connecting>);

struct Connecting {
    https: HttpsConnector<HttpConnector>,
    limit: Duration,
}

impl Connector {
    fn new(options: &TransportOptions) -> Result<Self, Error> {
        let (tls, limit) = (trusting(options)?, options.connect_timeout);
        let https = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_all_versions()
            .wrap_connector(tcp(options));
        Ok(Self(Arc::new(Connecting { https, limit })))
    }
}

/// Makes what connects by TCP, with reqwest's settings of the socket.
fn tcp(options: &TransportOptions) -> HttpConnector {
    let (probes, apart) = TCP_PROBES;
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    // Each of several addresses gets its share of the time.
    tcp.set_connect_timeout(Some(options.connect_timeout));
    if let Some(idle) = options.tcp_keepalive {
        tcp.set_keepalive(Some(idle));
        tcp.set_keepalive_interval(Some(apart));
        tcp.set_keepalive_retries(Some(probes));
    }
    #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
    tcp.set_tcp_user_timeout(options.tcp_user_timeout);
    tcp
}

/// With the platform's roots and those that were given.
fn trusting(options: &TransportOptions) -> Result<rustls::ClientConfig, Error> {
    let roots = options.roots.iter().map(|pem| certificates(pem)).collect::<Result<Vec<_>, _>>()?.concat();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = match roots.is_empty() {
        true => Verifier::new(provider.clone()),
        false => Verifier::new_with_extra_roots(roots, provider.clone()),
    };
    let versions =
        rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let verifier = Arc::new(verifier.map_err(refused)?);
    let config = versions.map_err(refused)?.dangerous().with_custom_certificate_verifier(verifier);
    Ok(config.with_no_client_auth())
}

/// The certificates of a PEM.
fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, Error> {
    let read = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
    let found = read.map_err(|error| {
        Error::new(ErrorKind::Configuration, "a root certificate is not valid PEM")
            .with_source(error.to_string())
    })?;
    if found.is_empty() {
        let why = "a root certificate's PEM holds no certificate";
        return Err(Error::new(ErrorKind::Configuration, why));
    }
    Ok(found)
}

fn refused(error: impl Into<BoxError>) -> Error {
    Error::new(ErrorKind::Configuration, "the transport cannot be built").with_source(error)
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<TokioIo<TcpStream>>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let (mut https, limit) = (self.0.https.clone(), self.0.limit);
        Box::pin(async move {
            match tokio::time::timeout(limit, https.call(uri)).await {
                Ok(connected) => connected,
                Err(elapsed) => Err(elapsed.into()),
            }
        })
    }
}
