//! The transport on reqwest: its pool, its TLS, none of its policies.

use std::mem::{swap, take};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response};
use http_body::Frame;
use tower::Service;

use super::failure::{self, TransportFailure};
use super::url::UrlMaker;
use super::{Attempt, Delivery, TransportBody, TransportOptions};
use crate::body::Body;
use crate::client::BaseUrl;
use crate::error::{BoxError, Error, ErrorKind};

/// A reqwest client that neither redirects nor retries nor reads the environment.
#[derive(Clone)]
pub(crate) struct ReqwestTransport {
    client: reqwest::Client,
    urls: UrlMaker,
    pub(super) http2_only: bool,
}

impl ReqwestTransport {
    pub(crate) fn new(options: &TransportOptions, base: &BaseUrl) -> Result<Self, Error> {
        let urls = UrlMaker::new(base.as_str()).map_err(|error| refused("the base URL is no URL", error))?;
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            // Without a retry to keep it for, the request is not copied.
            .retry(reqwest::retry::never().max_retries_per_request(0))
            .referer(false)
            // Proxy variables of the environment would see every request; a proxy is asked for.
            .no_proxy()
            // Answers are decoded behind the transport, where the limits are, also when another crate of the program turns
            // reqwest's own decoding on.
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate()
            .connect_timeout(options.connect_timeout)
            .tcp_nodelay(true);
        let client = proxied(trusting(builder, options)?, options)?
            .build()
            .map_err(|error| refused("the transport cannot be built", error.without_url()))?;
        Ok(Self { client, urls, http2_only: options.http2_only })
    }

    /// Hands one attempt to reqwest and gives what waits for the answer. Not an `async fn`: what is moved into the
    /// request must not live in the future too.
    pub(super) fn start(
        &self,
        attempt: &mut Attempt<'_>,
        delivery: &Delivery,
    ) -> Result<
        impl Future<Output = Result<reqwest::Response, reqwest::Error>> + Send + use<>,
        TransportFailure,
    > {
        let mut request = reqwest::Request::new(take(&mut attempt.method), self.url(attempt)?);
        swap(request.headers_mut(), &mut attempt.headers);
        if let Some(credential) = attempt.credential {
            request.headers_mut().insert(credential.name.clone(), credential.value.clone());
        }
        set_body(&mut request, take(&mut attempt.body));
        delivery.started();
        Ok(self.client.execute(request))
    }

    fn url(&self, attempt: &Attempt<'_>) -> Result<reqwest::Url, TransportFailure> {
        let url =
            if attempt.is_constant { self.urls.constant(attempt.url) } else { self.urls.make(attempt.url) };
        url.map_err(failure::unsent)
    }
}

/// What reqwest gives, as the rest of the way knows it.
pub(super) fn read(
    answer: Result<reqwest::Response, reqwest::Error>,
) -> Result<Response<Body>, TransportFailure> {
    let mut answer = answer.map_err(failure_of)?;
    let headers = take(answer.headers_mut());
    let (status, version) = (answer.status(), answer.version());
    let mut response = Response::new(Body::incoming(TransportBody::Reqwest(answer)));
    *response.status_mut() = status;
    *response.version_mut() = version;
    *response.headers_mut() = headers;
    Ok(response)
}

fn refused(why: &str, error: impl Into<BoxError>) -> Error {
    Error::new(ErrorKind::Configuration, why).with_source(error)
}

/// With what TLS trusts, and HTTP/2 where it is known to be spoken.
#[cfg(feature = "default-tls")]
fn trusting(
    mut builder: reqwest::ClientBuilder,
    options: &TransportOptions,
) -> Result<reqwest::ClientBuilder, Error> {
    for pem in &options.roots {
        let roots = reqwest::Certificate::from_pem_bundle(pem)
            .map_err(|error| refused("a root certificate is no PEM", error))?;
        if roots.is_empty() {
            return Err(Error::new(
                ErrorKind::Configuration,
                "a root certificate's PEM holds no certificate",
            ));
        }
        builder = builder.tls_certs_merge(roots);
    }
    Ok(if options.http2_only { builder.http2_prior_knowledge() } else { builder })
}

#[cfg(not(feature = "default-tls"))]
fn trusting(
    builder: reqwest::ClientBuilder,
    options: &TransportOptions,
) -> Result<reqwest::ClientBuilder, Error> {
    if options.roots.is_empty() {
        return Ok(builder);
    }
    Err(Error::new(
        ErrorKind::Configuration,
        "a root certificate needs TLS: turn on the feature `default-tls`",
    ))
}

/// With the proxy that was asked for.
fn proxied(
    builder: reqwest::ClientBuilder,
    options: &TransportOptions,
) -> Result<reqwest::ClientBuilder, Error> {
    let Some(url) = &options.proxy else { return Ok(builder) };
    // The source is left out: it may show the URL, which may hold a password.
    let proxy = reqwest::Proxy::all(url.expose())
        .map_err(|_| Error::new(ErrorKind::Configuration, "the URL of the proxy is none"))?;
    Ok(builder.proxy(proxy))
}

/// The next frame of a body that reqwest reads.
pub(super) fn poll_frame(
    answer: &mut reqwest::Response,
    cx: &mut Context<'_>,
) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
    // `chunk` keeps nothing between polls, so that a new future may go on where the last one stood.
    let chunk = std::task::ready!(pin!(answer.chunk()).poll(cx));
    Poll::Ready(match chunk {
        Ok(chunk) => chunk.map(|bytes| Ok(Frame::data(bytes))),
        Err(error) => Some(Err(error.without_url().into())),
    })
}

fn set_body(request: &mut reqwest::Request, body: Body) {
    match body.into_bytes() {
        Ok(bytes) if bytes.is_empty() => {
            if super::says_empty(request.method()) {
                request.headers_mut().insert(http::header::CONTENT_LENGTH, super::ZERO);
            }
        }
        Ok(bytes) => *request.body_mut() = Some(bytes.into()),
        Err(stream) => *request.body_mut() = Some(reqwest::Body::wrap(stream)),
    }
}

/// What reqwest's error proves. Its text is kept without the URL, which holds path and query values.
fn failure_of(error: reqwest::Error) -> TransportFailure {
    // The URL is none that HTTP knows: longer than 64 KiB, say.
    let (connecting, misfit) = (error.is_connect(), error.is_builder());
    let source = error.without_url().into();
    if misfit { failure::unsent(source) } else { TransportFailure::of(connecting, source) }
}

impl Service<Request<Body>> for ReqwestTransport {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

    #[inline]
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    #[inline]
    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let transport = self.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let mut request = reqwest::Request::new(
                head.method,
                transport.urls.make(&head.uri.to_string()).map_err(failure::unsent)?,
            );
            *request.headers_mut() = head.headers;
            set_body(&mut request, body);
            Ok(read(transport.client.execute(request).await)?)
        })
    }
}
