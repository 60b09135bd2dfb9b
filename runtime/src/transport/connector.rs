//! How the lean transport connects: TCP, a proxy if there is one, TLS for https.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use http::uri::Scheme;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower::Service;

use super::options::{TCP_PROBES, TransportOptions};
use super::proxy::Proxy;
use super::tls;
use crate::error::{BoxError, Error};

type Connecting<S> = Pin<Box<dyn Future<Output = Result<S, BoxError>> + Send>>;

/// Connects within one limit. Shared: hyper-util copies its client, and this with it, for every request.
#[derive(Clone)]
pub(super) struct Connector(Arc<Limited>);

struct Limited {
    https: HttpsConnector<Dial>,
    limit: Duration,
}

impl Connector {
    pub(super) fn new(options: &TransportOptions, proxy: Option<Proxy>) -> Result<Self, Error> {
        let (tls, tcp) = (tls::config(options)?, tcp(options));
        let proxy = proxy.map(|proxy| {
            // What is spoken to the proxy itself is HTTP/1.1.
            let builder = HttpsConnectorBuilder::new().with_tls_config(tls.clone()).https_or_http();
            (builder.enable_http1().wrap_connector(tcp.clone()), proxy)
        });
        let https = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_all_versions()
            .wrap_connector(Dial { tcp, proxy });
        Ok(Self(Arc::new(Limited { https, limit: options.connect_timeout })))
    }
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<Dialed>;
    type Error = BoxError;
    type Future = Connecting<Self::Response>;

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

/// Connects to the server, or to the proxy in front of it.
#[derive(Clone)]
struct Dial {
    tcp: HttpConnector,
    /// The proxy, and what connects to it.
    proxy: Option<(HttpsConnector<HttpConnector>, Proxy)>,
}

impl Service<Uri> for Dial {
    type Response = Dialed;
    type Error = BoxError;
    type Future = Connecting<Dialed>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        match &self.proxy {
            None => {
                let connecting = self.tcp.call(to);
                Box::pin(async move {
                    let stream = MaybeHttpsStream::Http(connecting.await?);
                    Ok(Dialed { stream, is_forwarded: false })
                })
            }
            Some((connector, proxy)) if to.scheme() == Some(&Scheme::HTTPS) => {
                let mut tunnel = Tunnel::new(proxy.uri.clone(), connector.clone());
                if let Some(authorization) = &proxy.authorization {
                    tunnel = tunnel.with_auth(authorization.clone());
                }
                Box::pin(async move { Ok(Dialed { stream: tunnel.call(to).await?, is_forwarded: false }) })
            }
            Some((connector, proxy)) => {
                let connecting = connector.clone().call(proxy.uri.clone());
                Box::pin(async move { Ok(Dialed { stream: connecting.await?, is_forwarded: true }) })
            }
        }
    }
}

/// A connection to the server, to it through a tunnel, or to a proxy that forwards what it reads.
pub(super) struct Dialed {
    stream: MaybeHttpsStream<TokioIo<TcpStream>>,
    /// Requests are for the proxy to read, and say where they go (RFC 9112, 3.2.2).
    is_forwarded: bool,
}

impl Connection for Dialed {
    fn connected(&self) -> Connected {
        self.stream.connected().proxy(self.is_forwarded)
    }
}

impl Read for Dialed {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl Write for Dialed {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, buffers)
    }
}
