//! The transport on reqwest: its pool, its TLS, none of its policies.

use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response};
use http_body::{Frame, SizeHint};
use tower::Service;
use url::Url;

use super::service::Proof;
use super::{Attempt, Delivery, TransportOptions, find};
use crate::body::Body;
use crate::client::BaseUrl;
use crate::error::{BoxError, Error, ErrorKind};

/// A reqwest client that neither redirects nor retries nor reads the environment.
#[derive(Clone)]
pub(crate) struct ReqwestTransport {
    client: reqwest::Client,
    /// Parsed once: a request's URL is this one with another path.
    base: Url,
}

impl ReqwestTransport {
    pub(crate) fn new(options: &TransportOptions, base: &BaseUrl) -> Result<Self, Error> {
        let base = Url::parse(base.as_str()).map_err(|error| refused("the base URL is no URL", error))?;
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            // Proxy variables of the environment would see every request; a proxy is asked for.
            .no_proxy()
            .connect_timeout(options.connect_timeout)
            .tcp_nodelay(true);
        let client = proxied(trusting(builder, options)?, options)?
            .build()
            .map_err(|error| refused("the transport cannot be built", error.without_url()))?;
        Ok(Self { client, base })
    }

    /// Hands one attempt to reqwest and gives what waits for the answer. Not an `async fn`: what is moved into the
    /// request must not live in the future too.
    pub(super) fn start(
        &self,
        attempt: Attempt<'_>,
        delivery: &Delivery,
    ) -> Result<impl Future<Output = Result<Response<Body>, Proof>> + Send + use<>, Proof> {
        let mut request = reqwest::Request::new(attempt.method, self.url(attempt.url)?);
        *request.headers_mut() = attempt.headers;
        if let Some(credential) = attempt.credential {
            request.headers_mut().insert(&credential.name, credential.value.clone());
        }
        set_body(&mut request, attempt.body);
        delivery.started();
        Ok(self.send(request))
    }

    /// The URL, which `url` parses a second time otherwise: a path on the parsed base costs a third of it.
    fn url(&self, text: &str) -> Result<Url, Proof> {
        let origin = &self.base[..url::Position::BeforePath];
        if let Some(rest) = text.strip_prefix(origin)
            && rest.starts_with('/')
        {
            let (path, query) =
                rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
            let mut url = self.base.clone();
            url.set_path(path);
            if query.is_some() {
                url.set_query(query);
            }
            return Ok(url);
        }
        Url::parse(text).map_err(|error| Proof {
            kind: ErrorKind::Argument,
            unsent: true,
            source: error.into(),
        })
    }

    fn send(
        &self,
        request: reqwest::Request,
    ) -> impl Future<Output = Result<Response<Body>, Proof>> + Send + use<> {
        let answer = self.client.execute(request);
        async move {
            let mut answer = answer.await.map_err(proof)?;
            let mut response = Response::new(Body::empty());
            *response.status_mut() = answer.status();
            *response.version_mut() = answer.version();
            *response.headers_mut() = std::mem::take(answer.headers_mut());
            *response.body_mut() = Body::incoming(Incoming(answer));
            Ok(response)
        }
    }
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

/// A body as reqwest reads it.
pub(crate) struct Incoming(reqwest::Response);

impl Incoming {
    pub(crate) fn poll_frame(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        // `chunk` keeps nothing between polls, so that a new future may go on where the last one stood.
        let chunk = std::task::ready!(pin!(self.0.chunk()).poll(cx));
        Poll::Ready(match chunk {
            Ok(chunk) => chunk.map(|bytes| Ok(Frame::data(bytes))),
            Err(error) => Some(Err(error.without_url().into())),
        })
    }

    pub(crate) fn size_hint(&self) -> SizeHint {
        self.0.content_length().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

fn set_body(request: &mut reqwest::Request, body: Body) {
    match body.into_bytes() {
        Ok(bytes) if bytes.is_empty() => {
            // hyper leaves `content-length: 0` out for a body it knows to be empty; servers ask for it (RFC 9110, 8.6).
            if matches!(*request.method(), http::Method::POST | http::Method::PUT | http::Method::PATCH) {
                let zero = http::HeaderValue::from_static("0");
                request.headers_mut().insert(http::header::CONTENT_LENGTH, zero);
            }
        }
        Ok(bytes) => *request.body_mut() = Some(bytes.into()),
        Err(stream) => *request.body_mut() = Some(reqwest::Body::wrap(stream)),
    }
}

/// What reqwest's error proves. Its text is kept without the URL, which holds path and query values.
fn proof(error: reqwest::Error) -> Proof {
    let error = error.without_url();
    let (kind, unsent) = if error.is_connect() {
        let failed_checks = find::<io::Error>(&error).is_some_and(is_invalid_data);
        (if failed_checks { ErrorKind::Tls } else { ErrorKind::Connect }, true)
    } else if error.is_builder() {
        // The URL is none that HTTP knows: longer than 64 KiB, say.
        (ErrorKind::Argument, true)
    } else if find::<hyper::Error>(&error).is_some_and(hyper::Error::is_user) {
        // The body gave an error, or ended before its length.
        (ErrorKind::Body, false)
    } else {
        (ErrorKind::Transport, is_unsent(&error))
    };
    Proof { kind, unsent, source: error.into() }
}

/// Whether an I/O error is TLS's: it comes as invalid data, in as many I/O errors as there are layers. (The source of
/// such an error is not the error inside of it but that one's source, so a chain does not show it.)
fn is_invalid_data(error: &io::Error) -> bool {
    std::iter::successors(Some(error), |error| error.get_ref()?.downcast_ref())
        .any(|error| error.kind() == io::ErrorKind::InvalidData)
}

/// Whether hyper or HTTP/2 says that the server did not process the request: it was never written, the stream was
/// refused (RFC 9113, 8.7), or the connection went away before it (RFC 9113, 6.8).
fn is_unsent(error: &reqwest::Error) -> bool {
    let canceled = find::<hyper::Error>(error).is_some_and(hyper::Error::is_canceled);
    let refused = find::<h2::Error>(error).is_some_and(|error| {
        error.is_remote() && (error.reason() == Some(h2::Reason::REFUSED_STREAM) || error.is_go_away())
    });
    canceled || refused
}

impl Service<Request<Body>> for ReqwestTransport {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let transport = self.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let mut request = reqwest::Request::new(head.method, transport.url(&head.uri.to_string())?);
            *request.headers_mut() = head.headers;
            set_body(&mut request, body);
            Ok(transport.send(request).await?)
        })
    }
}
