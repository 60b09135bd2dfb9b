//! The lean transport: hyper-util's pool and rustls, and nothing of reqwest's above them.
//!
//! A connection lives on the runtime of the call that opened it. When that runtime ends, calls of other runtimes on this
//! connection fail as on any lost connection.

use http::header::{CONTENT_LENGTH, PROXY_AUTHORIZATION};
use http::uri::Scheme;
use http::{HeaderValue, Response};
use http_body::Body as _;
use hyper_util::client::legacy::{self, ResponseFuture};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::connector::Connector;
use super::proxy::Proxy;
use super::sent_body::SentBody;
use super::{Attempt, TransportFailure, TransportOptions};
use crate::body::Body;
use crate::error::Error;

/// hyper-util's client, which pools connections and speaks HTTP/1.1 and HTTP/2.
#[derive(Clone)]
pub(crate) struct HyperTransport {
    client: legacy::Client<Connector, SentBody>,
    pub(super) http2_only: bool,
    /// For the proxy, with each request that it reads: those over plain http.
    proxy_authorization: Option<HeaderValue>,
}

impl HyperTransport {
    pub(crate) fn new(options: &TransportOptions) -> Result<Self, Error> {
        options.check_for_reqwest()?;
        let proxy = options.proxy.as_ref().map(Proxy::parse).transpose()?;
        let proxy_authorization = proxy.as_ref().and_then(|proxy| proxy.authorization.clone());
        let connector = Connector::new(options, proxy)?;
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
        Ok(Self { client, http2_only: options.http2_only, proxy_authorization })
    }

    /// Hands one request to hyper and returns what waits for its response.
    pub(super) fn start(&self, attempt: Attempt<'_>) -> Result<ResponseFuture, TransportFailure> {
        let mut request = attempt.into_request()?;
        if request.body().is_end_stream() && super::states_empty_body(request.method()) {
            request.headers_mut().insert(CONTENT_LENGTH, super::ZERO);
        }
        if let Some(authorization) = &self.proxy_authorization
            && request.uri().scheme() == Some(&Scheme::HTTP)
        {
            request.headers_mut().insert(PROXY_AUTHORIZATION, authorization.clone());
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
