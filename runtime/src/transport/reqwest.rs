//! The transport on reqwest: its pool, its TLS, none of its policies.
//!
//! A connection lives on the runtime of the call that opened it. When that runtime ends, calls of other runtimes on this
//! connection fail as on any lost connection.

use std::future::Future;
use std::mem::take;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::Response;
use http_body::{Frame, SizeHint};
use url::Url;

use super::options::{TCP_PROBES, TransportOptions};
use super::proxy::Proxy;
use super::sent_body::SentBody;
use super::{Attempt, TransportFailure};
use crate::base_url::{BaseUrl, ParsedBase, is_sent_as_written};
use crate::body::Body;
use crate::error::{BoxError, Error, ErrorKind};

/// A reqwest client that neither redirects nor retries nor reads the environment.
#[derive(Clone)]
pub(crate) struct ReqwestTransport {
    client: reqwest::Client,
    base: ParsedBase,
    pub(super) speaks_http1: bool,
}

impl ReqwestTransport {
    pub(crate) fn new(options: TransportOptions, base: &BaseUrl) -> Result<Self, Error> {
        let base = ParsedBase::new(base).map_err(|error| refused("the base URL is invalid", error))?;
        let builder = http2(connected(&options), &options)?;
        let builder = proxied(trusting(builder, &options)?, &options)?;
        // What a user has set may change the version of HTTP.
        let speaks_http1 = !options.http2_only && options.reqwest.is_empty();
        let builder = options
            .reqwest
            .into_iter()
            .try_fold(builder, |builder, configure| configure(builder))
            .map_err(|error| refused("`configure_reqwest` failed", without_url(error)))?;
        let client = without_policies(builder)
            .build()
            .map_err(|error| refused("the transport cannot be built", error.without_url()))?;
        Ok(Self { client, base, speaks_http1 })
    }

    /// Hands one request to reqwest and returns what waits for its response.
    pub(super) fn start(
        &self,
        attempt: Attempt<'_>,
    ) -> Result<
        impl Future<Output = Result<reqwest::Response, reqwest::Error>> + Send + use<>,
        TransportFailure,
    > {
        let mut request = reqwest::Request::new(attempt.method, self.url(&attempt.url)?);
        *request.headers_mut() = attempt.headers;
        set_body(&mut request, attempt.body);
        Ok(self.client.execute(request))
    }

    /// Parses the URL of a request. One whose path or query reads otherwise afterwards (`/a/../b`) is refused: it would reach
    /// another endpoint in silence.
    fn url(&self, text: &str) -> Result<Url, TransportFailure> {
        let url = match self.base.with_path_of(text) {
            Some(url) => return Ok(url),
            None => Url::parse(text).map_err(TransportFailure::invalid_url)?,
        };
        if is_sent_as_written(text, &url) {
            Ok(url)
        } else {
            Err(TransportFailure::invalid_url("the URL is not in its normal form"))
        }
    }
}

/// Returns reqwest's response as the rest of the way knows it.
pub(super) fn read(
    response: Result<reqwest::Response, reqwest::Error>,
) -> Result<Response<Body>, TransportFailure> {
    let mut received = response.map_err(failure_of)?;
    let headers = take(received.headers_mut());
    let (status, version) = (received.status(), received.version());
    let mut response = Response::new(Body::new(ReceivedBody(received)));
    *response.status_mut() = status;
    *response.version_mut() = version;
    *response.headers_mut() = headers;
    Ok(response)
}

/// A body that reqwest reads.
struct ReceivedBody(reqwest::Response);

impl http_body::Body for ReceivedBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        // `chunk` keeps nothing between polls, so a new future goes on where the last one stopped.
        let chunk = std::task::ready!(pin!(self.0.chunk()).poll(cx));
        Poll::Ready(match chunk {
            Ok(chunk) => chunk.map(|bytes| Ok(Frame::data(bytes))),
            Err(error) => Some(Err(error.without_url().into())),
        })
    }

    fn is_end_stream(&self) -> bool {
        self.0.content_length() == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.0.content_length().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

fn refused(why: &str, error: impl Into<BoxError>) -> Error {
    Error::new(ErrorKind::Configuration, why).with_source(error)
}

/// What a user may change: how connections are made and kept.
fn connected(options: &TransportOptions) -> reqwest::ClientBuilder {
    let (probes, apart) = TCP_PROBES;
    let idle = options.tcp_keepalive;
    let builder = reqwest::Client::builder()
        // Proxy variables of the environment would see every request; a proxy is asked for.
        .no_proxy()
        .connect_timeout(options.connect_timeout)
        .pool_idle_timeout(options.pool_idle_timeout)
        .pool_max_idle_per_host(options.pool_max_idle_per_host)
        .tcp_nodelay(true)
        .tcp_keepalive(idle)
        // Each of the three by itself would turn the probes on.
        .tcp_keepalive_interval(idle.map(|_| apart))
        .tcp_keepalive_retries(idle.map(|_| probes));
    #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
    let builder = builder.tcp_user_timeout(options.tcp_user_timeout);
    builder
}

/// What no user may change: redirects, retries, limits and secrets are this crate's.
fn without_policies(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
        .redirect(reqwest::redirect::Policy::none())
        // Without a retry to keep it for, the request is not copied.
        .retry(reqwest::retry::never().max_retries_per_request(0))
        .referer(false)
        // It would log what is sent, credentials included.
        .connection_verbose(false)
        // Responses are decoded behind the transport, where the limits are, also when another crate of the program turns
        // reqwest's own decoding on.
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
}

/// A URL in an error of reqwest may hold a password of a proxy.
fn without_url(error: BoxError) -> BoxError {
    match error.downcast::<reqwest::Error>() {
        Ok(error) => error.without_url().into(),
        Err(error) => error,
    }
}

/// With the settings of HTTP/2, and HTTP/2 alone where it is known to be spoken.
#[cfg(feature = "default-tls")]
fn http2(
    builder: reqwest::ClientBuilder,
    options: &TransportOptions,
) -> Result<reqwest::ClientBuilder, Error> {
    let builder = builder
        .http2_keep_alive_interval(options.http2.interval)
        .http2_keep_alive_timeout(options.http2.timeout)
        .http2_keep_alive_while_idle(options.http2.while_idle);
    Ok(if options.http2_only { builder.http2_prior_knowledge() } else { builder })
}

/// Without the feature, this transport speaks HTTP/1.1 only.
#[cfg(not(feature = "default-tls"))]
fn http2(
    builder: reqwest::ClientBuilder,
    options: &TransportOptions,
) -> Result<reqwest::ClientBuilder, Error> {
    if options.http2_only {
        let why = "reqwest speaks HTTP/2 only with the feature `default-tls`";
        return Err(Error::new(ErrorKind::Configuration, why));
    }
    Ok(builder)
}

/// With what TLS trusts.
#[cfg(feature = "default-tls")]
fn trusting(
    mut builder: reqwest::ClientBuilder,
    options: &TransportOptions,
) -> Result<reqwest::ClientBuilder, Error> {
    for pem in &options.roots {
        let roots = reqwest::Certificate::from_pem_bundle(pem)
            .map_err(|error| refused("a root certificate is not valid PEM", error))?;
        if roots.is_empty() {
            return Err(Error::new(
                ErrorKind::Configuration,
                "a root certificate's PEM holds no certificate",
            ));
        }
        builder = builder.tls_certs_merge(roots);
    }
    let Some(pem) = &options.client_certificate else { return Ok(builder) };
    super::tls::client_certificate(pem)?;
    // The source is left out: it is about the text of a private key.
    let identity = reqwest::Identity::from_pem(pem.expose().as_bytes())
        .map_err(|_| Error::new(ErrorKind::Configuration, "the client certificate is not valid PEM"))?;
    Ok(builder.identity(identity))
}

#[cfg(not(feature = "default-tls"))]
fn trusting(
    builder: reqwest::ClientBuilder,
    options: &TransportOptions,
) -> Result<reqwest::ClientBuilder, Error> {
    if options.roots.is_empty() && options.client_certificate.is_none() {
        return Ok(builder);
    }
    Err(Error::new(ErrorKind::Configuration, "a certificate needs TLS: turn on the feature `default-tls`"))
}

/// With the proxy that was asked for.
fn proxied(
    builder: reqwest::ClientBuilder,
    options: &TransportOptions,
) -> Result<reqwest::ClientBuilder, Error> {
    let Some(url) = &options.proxy else { return Ok(builder) };
    let Proxy { uri, authorization } = Proxy::parse(url)?;
    if cfg!(not(feature = "default-tls")) && uri.scheme() == Some(&http::uri::Scheme::HTTPS) {
        let why = "a proxy over https needs TLS: turn on the feature `default-tls`";
        return Err(Error::new(ErrorKind::Configuration, why));
    }
    let mut proxy =
        reqwest::Proxy::all(uri.to_string()).map_err(|error| refused("the proxy URL is invalid", error))?;
    if let Some(authorization) = authorization {
        proxy = proxy.custom_http_auth(authorization);
    }
    Ok(builder.proxy(proxy))
}

fn set_body(request: &mut reqwest::Request, body: Body) {
    match body.into_bytes() {
        Ok(bytes) if bytes.is_empty() => {
            if super::states_empty_body(request.method()) {
                request.headers_mut().insert(http::header::CONTENT_LENGTH, super::ZERO);
            }
        }
        Ok(bytes) => *request.body_mut() = Some(bytes.into()),
        Err(stream) => *request.body_mut() = Some(reqwest::Body::wrap(SentBody(stream))),
    }
}

/// Returns what reqwest's error proves. Its text is kept without the URL, which holds path and query values.
fn failure_of(error: reqwest::Error) -> TransportFailure {
    // A URL that HTTP does not know: longer than 64 KiB, say.
    let (connecting, invalid) = (error.is_connect(), error.is_builder());
    let source: BoxError = error.without_url().into();
    if invalid {
        TransportFailure::invalid_url(source)
    } else {
        TransportFailure::of_hyper(connecting, source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_sent_as_it_is_written_or_refused() {
        let base = BaseUrl::parse("https://api.example.com/v1", false).unwrap();
        let transport = ReqwestTransport::new(TransportOptions::default(), &base).unwrap();
        for text in [
            "https://api.example.com/v1/keys/a%2F..%2Fb?after=x%20y&limit=20&",
            "https://api.example.com",
            "https://api.example.com?x",
            "https://api.example.com/a?",
            "https://api.example.com.evil.example/a",
            "https://api.example.com:444/a?b",
            "https://api.example.com//a//b/?x=/..",
            "https://api.example.com/a?b%27c",
            "https://other.example/v1/1?a=b",
            "HTTPS://Other.example:443/v1/1?a=b",
        ] {
            let url = transport.url(text).unwrap();
            let parsed = Url::parse(text).unwrap();
            assert_eq!(url, parsed, "{text}");
            assert_eq!((url.path(), url.query()), (parsed.path(), parsed.query()), "{text}");
        }
        for text in [
            "https://api.example.com/a/../b",
            "https://api.example.com/a/%2e%2E/b",
            "https://api.example.com/a\\b",
            "https://other.example/a/./b",
            "https://api.example.com/a b",
            "https://api.example.com/a?b'c",
            "https://api.example.com/ü",
            "https://api.example.com/a?b\tc",
            "https://api.example.com/a ",
            "no URL",
        ] {
            assert!(transport.url(text).is_err(), "{text}");
        }
    }
}
