//! The lean transport: hyper-util's pool and rustls, and nothing of reqwest's above them.

use std::future::Future;
use std::mem::{swap, take};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::uri::{Parts, PathAndQuery};
use http::{Request, Response, Uri};
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

use super::failure::{self, TransportFailure};
use super::{Attempt, Delivery, TransportBody, TransportOptions};
use crate::body::Body;
use crate::client::BaseUrl;
use crate::error::{BoxError, Error, ErrorKind};

/// hyper-util's client, which pools connections and speaks HTTP/1.1 and HTTP/2.
#[derive(Clone)]
pub(crate) struct HyperTransport {
    client: legacy::Client<Connector, Body>,
    /// Parsed once: the URI of a request is this one with another path.
    origin: Uri,
    pub(super) http2_only: bool,
}

impl HyperTransport {
    pub(crate) fn new(options: &TransportOptions, base: &BaseUrl) -> Result<Self, Error> {
        if options.proxy.is_some() {
            return Err(Error::new(ErrorKind::Configuration, "the lean transport knows no proxy"));
        }
        let origin = base.origin_uri().clone();
        let connector = Connector::new(options)?;
        let client = legacy::Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .http2_only(options.http2_only)
            .build(connector);
        Ok(Self { client, origin, http2_only: options.http2_only })
    }

    /// Hands one attempt to hyper and gives what waits for the answer.
    pub(super) fn start(
        &self,
        attempt: &mut Attempt<'_>,
        delivery: &Delivery,
    ) -> Result<ResponseFuture, TransportFailure> {
        let mut request = Request::new(take(&mut attempt.body));
        *request.uri_mut() = self.uri(attempt.url).map_err(failure::unsent)?;
        *request.method_mut() = take(&mut attempt.method);
        swap(request.headers_mut(), &mut attempt.headers);
        if let Some(credential) = attempt.credential {
            request.headers_mut().insert(credential.name.clone(), credential.value.clone());
        }
        delivery.started();
        Ok(self.send(request))
    }

    fn send(&self, mut request: Request<Body>) -> ResponseFuture {
        if request.body().is_end_stream() && super::says_empty(request.method()) {
            request.headers_mut().insert(CONTENT_LENGTH, super::ZERO);
        }
        self.client.request(request)
    }

    /// The URI: of nearly every request the origin is known, and only its path is read.
    fn uri(&self, text: &str) -> Result<Uri, http::Error> {
        let origin = (self.origin.scheme(), self.origin.authority());
        if let (Some(path), (Some(scheme), Some(authority))) = (own_path(text, &self.origin), origin) {
            let mut parts = Parts::default();
            parts.scheme = Some(scheme.clone());
            parts.authority = Some(authority.clone());
            parts.path_and_query =
                Some(PathAndQuery::from_maybe_shared(Bytes::copy_from_slice(path.as_bytes()))?);
            return Ok(Uri::from_parts(parts)?);
        }
        Ok(text.parse()?)
    }
}

/// What follows the origin, if a path does.
fn own_path<'a>(text: &'a str, origin: &Uri) -> Option<&'a str> {
    let rest = text.strip_prefix(origin.scheme_str()?)?.strip_prefix("://")?;
    rest.strip_prefix(origin.authority()?.as_str()).filter(|rest| rest.starts_with('/'))
}

/// What hyper gives, as the rest of the way knows it.
pub(super) fn read(
    answer: Result<Response<hyper::body::Incoming>, legacy::Error>,
) -> Result<Response<Body>, TransportFailure> {
    match answer {
        Ok(response) => Ok(response.map(|body| Body::incoming(TransportBody::Hyper(body)))),
        Err(error) => Err(TransportFailure::of(error.is_connect(), error.into())),
    }
}

impl Service<Request<Body>> for HyperTransport {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

    #[inline]
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    #[inline]
    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let answer = self.send(request);
        Box::pin(async move { Ok(read(answer.await)?) })
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
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_nodelay(true);
        // Each of several addresses gets its share of the time.
        http.set_connect_timeout(Some(limit));
        let https = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_all_versions()
            .wrap_connector(http);
        Ok(Self(Arc::new(Connecting { https, limit })))
    }
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
        Error::new(ErrorKind::Configuration, "a root certificate is no PEM").with_source(error.to_string())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_that_is_put_together_is_the_one_that_is_parsed() {
        for base in ["https://api.example.com/v1", "http://127.0.0.1:8080", "http://[::1]:1"] {
            let transport =
                HyperTransport::new(&TransportOptions::default(), &BaseUrl::parse(base, false).unwrap())
                    .unwrap();
            let origin = transport.origin.to_string().trim_end_matches('/').to_owned();
            for rest in ["/", "/v1/keys/a%2Fb?after=x", "", "?x", "@evil.example/", ":81/", ".evil.example/"]
            {
                let text = format!("{origin}{rest}");
                match (transport.uri(&text), text.parse::<Uri>()) {
                    (Ok(made), Ok(parsed)) => assert_eq!(made, parsed, "{text}"),
                    (made, parsed) => assert_eq!(made.is_ok(), parsed.is_ok(), "{text}"),
                }
            }
        }
    }
}
