//! How the transports that come with declarest connect.

use std::time::Duration;

#[cfg(feature = "reqwest")]
use crate::error::BoxError;
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;

/// How often, and how far apart, the system probes a TCP connection before it is given up. reqwest's own defaults.
#[cfg(any(feature = "reqwest", feature = "hyper"))]
pub(super) const TCP_PROBES: (u32, Duration) = (3, Duration::from_secs(15));

/// How a transport that comes with declarest connects.
#[cfg_attr(not(all(feature = "default-tls", feature = "hyper")), allow(dead_code))]
pub(crate) struct TransportOptions {
    pub(crate) connect_timeout: Duration,
    /// Certificates in PEM that are trusted beside the platform's.
    pub(crate) roots: Vec<Vec<u8>>,
    /// The URL of a proxy, which may hold a password.
    pub(crate) proxy: Option<Secret>,
    pub(crate) pool_idle_timeout: Option<Duration>,
    pub(crate) pool_max_idle_per_host: usize,
    pub(crate) tcp_keepalive: Option<Duration>,
    pub(crate) tcp_user_timeout: Option<Duration>,
    pub(crate) http2_only: bool,
    pub(crate) http2: KeepAlive,
    /// A certificate with its chain and private key, in PEM.
    pub(crate) client_certificate: Option<Secret>,
    /// The user's own settings of reqwest, in order.
    #[cfg(feature = "reqwest")]
    pub(crate) reqwest: Vec<ConfigureReqwest>,
}

/// See [`ClientBuilder::configure_reqwest`](crate::ClientBuilder::configure_reqwest).
#[cfg(feature = "reqwest")]
pub(crate) type ConfigureReqwest =
    Box<dyn FnOnce(reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, BoxError> + Send>;

/// When an HTTP/2 connection is asked for a sign of life.
#[cfg_attr(not(any(feature = "default-tls", feature = "hyper")), allow(dead_code))]
pub(crate) struct KeepAlive {
    pub(crate) interval: Option<Duration>,
    pub(crate) timeout: Duration,
    pub(crate) while_idle: bool,
}

impl Default for TransportOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            roots: Vec::new(),
            proxy: None,
            pool_idle_timeout: Some(Duration::from_secs(90)),
            pool_max_idle_per_host: usize::MAX,
            tcp_keepalive: Some(Duration::from_secs(15)),
            tcp_user_timeout: Some(Duration::from_secs(30)),
            http2_only: false,
            // Both together are well below the default deadline of 60 s, so that there is time for another attempt.
            http2: KeepAlive {
                interval: Some(Duration::from_secs(20)),
                timeout: Duration::from_secs(10),
                while_idle: false,
            },
            client_certificate: None,
            #[cfg(feature = "reqwest")]
            reqwest: Vec::new(),
        }
    }
}

impl TransportOptions {
    /// Refuses what a transport or the system would ignore without a word.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let times = [
            ("http2_keep_alive_interval", self.http2.interval),
            ("http2_keep_alive_timeout", Some(self.http2.timeout)),
            ("tcp_keepalive", self.tcp_keepalive),
            ("tcp_user_timeout", self.tcp_user_timeout),
        ];
        match times.into_iter().find(|(_, time)| *time == Some(Duration::ZERO)) {
            Some((name, _)) => Err(Error::new(
                ErrorKind::Configuration,
                format!(
                    "`{name}` must not be zero: give a longer time, or `None` to turn it off where it takes that"
                ),
            )),
            None => Ok(()),
        }
    }

    /// Refuses settings of reqwest for a client that does not send through it.
    pub(crate) fn check_for_reqwest(&self) -> Result<(), Error> {
        #[cfg(feature = "reqwest")]
        if !self.reqwest.is_empty() {
            let why = "`configure_reqwest` was called, but the client sends through another transport";
            return Err(Error::new(ErrorKind::Configuration, why));
        }
        Ok(())
    }
}
