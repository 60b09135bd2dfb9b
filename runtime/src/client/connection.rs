//! The settings of a client's connections: the same names for each transport that comes with declarest.

use std::time::Duration;

use super::ClientBuilder;
#[cfg(feature = "reqwest")]
use crate::error::BoxError;
use crate::secret::Secret;

/// Connections. These settings hold for the transports that come with declarest; one given to
/// [`transport`](ClientBuilder::transport) has its own.
impl ClientBuilder {
    /// Sets the time limit of connecting, the TLS handshake included. Default: 5 s.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connection_mut().connect_timeout = timeout;
        self
    }

    /// Trusts the certificates in this PEM text beside those of the platform: the root of a company's own authority or
    /// of a proxy that looks into TLS. May be called several times.
    ///
    /// A text that is not PEM, or holds no certificate, makes [`build`](ClientBuilder::build) fail.
    #[must_use]
    pub fn root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.connection_mut().roots.push(pem.into());
        self
    }

    /// Sends every request through this HTTP proxy, `http` or `https`. The URL may hold a user name and a password for the
    /// proxy. Proxy variables of the environment are not read. Default: no proxy.
    ///
    /// A request over https passes through a tunnel (`CONNECT`); one over plain http is readable for the proxy. A text that
    /// is not the URL of such a proxy makes [`build`](ClientBuilder::build) fail. A proxy that refuses the tunnel is
    /// [`ErrorKind::Connect`](crate::ErrorKind::Connect), *not sent*.
    ///
    /// ```
    /// # fn main() -> Result<(), declarest::Error> {
    /// let client = declarest::Client::builder("https://api.example.com")
    ///     .proxy("http://user:password@proxy.example:3128")
    ///     .build()?;
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn proxy(mut self, url: impl Into<Secret>) -> Self {
        self.connection_mut().proxy = Some(url.into());
        self
    }

    /// Sets how long an idle connection is kept for the next request; `None` keeps it until the server closes it.
    /// Default: 90 s.
    #[must_use]
    pub fn pool_idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.connection_mut().pool_idle_timeout = timeout.into();
        self
    }

    /// Sets how many idle connections are kept for each host; 0 means that no connection is used twice. Default: no
    /// limit.
    #[must_use]
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.connection_mut().pool_max_idle_per_host = connections;
        self
    }

    /// Sets how long a TCP connection may be idle before the system probes it; it is given up after three probes without
    /// a response, one every 15 s. `None` turns the probes off. Default: 15 s.
    ///
    /// This finds a peer that is gone. A peer whose system still responds while its program does not is found by
    /// [`http2_keep_alive_interval`](ClientBuilder::http2_keep_alive_interval).
    #[must_use]
    pub fn tcp_keepalive(mut self, idle: impl Into<Option<Duration>>) -> Self {
        self.connection_mut().tcp_keepalive = idle.into();
        self
    }

    /// Sets how long sent bytes may stay unacknowledged before the system gives a TCP connection up (RFC 5482). `None`
    /// leaves it to the system. It has an effect on Linux, Android and Fuchsia only. Default: 30 s.
    #[must_use]
    pub fn tcp_user_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.connection_mut().tcp_user_timeout = timeout.into();
        self
    }
}

/// TLS.
#[cfg(any(feature = "default-tls", feature = "hyper"))]
impl ClientBuilder {
    /// Shows this certificate to servers that ask for one (mutual TLS): a PEM text that holds the certificate, the chain
    /// below its root if there is one, and the private key. Default: none.
    ///
    /// It is shown to every server that the client connects to and that asks for it, a proxy and redirects to another
    /// origin included. A text without a certificate and its key makes [`build`](ClientBuilder::build) fail. A server that
    /// refuses the certificate is [`ErrorKind::Tls`](crate::ErrorKind::Tls), *not sent*; one that just ends the connection
    /// is [`ErrorKind::Transport`](crate::ErrorKind::Transport).
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let pem = std::fs::read_to_string("client.pem")?;
    /// let client = declarest::Client::builder("https://api.example.com").client_certificate(pem).build()?;
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn client_certificate(mut self, pem: impl Into<Secret>) -> Self {
        self.connection_mut().client_certificate = Some(pem.into());
        self
    }
}

/// HTTP/2. Many calls share one connection, up to the number of streams that the server allows; the others wait for a
/// stream. A call that is dropped while it waits is not sent, with one exception: the first in the queue is in the hands
/// of HTTP/2 already. Its head may still leave once a stream is free, and the stream is then canceled at once (RFC 9113,
/// 8.1: the server may have begun to process it). If that call has a limit of its own, its error says *maybe sent*.
#[cfg(any(feature = "default-tls", feature = "hyper"))]
impl ClientBuilder {
    /// Speaks HTTP/2 from the first byte on (RFC 9113, 3.3): with a server that speaks HTTP/2 without TLS, such as one
    /// behind a service mesh. Over https HTTP/2 is agreed on anyway.
    #[must_use]
    pub fn http2_prior_knowledge(mut self) -> Self {
        self.connection_mut().http2_only = true;
        self
    }

    /// Sets after how long without a byte from the server an HTTP/2 connection with a call in flight is asked for a sign
    /// of life, a PING (RFC 9113, 6.7). `None` turns it off. Default: 20 s.
    ///
    /// A connection that does not respond within [`http2_keep_alive_timeout`](ClientBuilder::http2_keep_alive_timeout) is
    /// given up: its calls fail with [`ErrorKind::Transport`](crate::ErrorKind::Transport), *maybe sent*, and those that
    /// may be repeated go on on a new connection.
    ///
    /// ```
    /// # fn main() -> Result<(), declarest::Error> {
    /// use std::time::Duration;
    ///
    /// let client = declarest::Client::builder("https://api.example.com")
    ///     .http2_keep_alive_interval(Duration::from_secs(5))
    ///     .http2_keep_alive_timeout(Duration::from_secs(2))
    ///     .pool_idle_timeout(Duration::from_secs(60))
    ///     .tcp_keepalive(None)
    ///     .build()?;
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn http2_keep_alive_interval(mut self, interval: impl Into<Option<Duration>>) -> Self {
        self.connection_mut().http2.interval = interval.into();
        self
    }

    /// Sets how long the response to a PING may take. Default: 10 s.
    #[must_use]
    pub fn http2_keep_alive_timeout(mut self, timeout: Duration) -> Self {
        self.connection_mut().http2.timeout = timeout;
        self
    }

    /// Sets whether an HTTP/2 connection is asked for a sign of life while there is no call in flight too: the first
    /// call after a pause then never meets a dead connection, at the price of traffic in the pause. Default: false.
    #[must_use]
    pub fn http2_keep_alive_while_idle(mut self, enabled: bool) -> Self {
        self.connection_mut().http2.while_idle = enabled;
        self
    }
}

/// reqwest.
#[cfg(feature = "reqwest")]
impl ClientBuilder {
    /// Changes how reqwest is built, for what has no setting here: Unix sockets, name resolution, cookies, SOCKS, another
    /// TLS. `configure` gets reqwest's builder with the settings of this one applied; may be called several times.
    /// [`declarest::reqwest`](crate::reqwest) is the crate that the types are from. A feature of reqwest that is needed
    /// (`cookies`, `socks`) is turned on by depending on reqwest too.
    ///
    /// After `configure`, what this crate promises is set again: reqwest follows no redirect, repeats nothing, decodes no
    /// content coding, sends no `Referer` and logs no bytes. The rest stays at your own risk:
    ///
    /// - `default_headers` go to every origin, also where a redirect or a `#[url]` leads, and
    ///   [`to_curl`](crate::Call::to_curl) does not know them. The same is true of cookies. Use
    ///   [`header`](ClientBuilder::header).
    /// - `timeout` and `read_timeout` end an attempt (and a stream) from within, *maybe sent*. Use
    ///   [`attempt_timeout`](ClientBuilder::attempt_timeout) and [`stall_timeout`](ClientBuilder::stall_timeout).
    /// - What weakens TLS weakens it for the credential too.
    ///
    /// [`build`](ClientBuilder::build) fails if `configure` does, or if the client sends through another transport.
    ///
    /// ```
    /// # fn main() -> Result<(), declarest::Error> {
    /// let client = declarest::Client::builder("https://api.example.com")
    ///     .configure_reqwest(|reqwest| Ok(reqwest.resolve("api.example.com", ([127, 0, 0, 1], 8443).into())))
    ///     .build()?;
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn configure_reqwest<F>(mut self, configure: F) -> Self
    where
        F: FnOnce(reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, BoxError> + Send + 'static,
    {
        self.connection_mut().reqwest.push(Box::new(configure));
        self
    }
}
