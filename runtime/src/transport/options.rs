//! How the transports that come with declarest connect.

use std::time::Duration;

use crate::secret::Secret;

/// How a transport that comes with declarest connects.
#[cfg_attr(not(feature = "default-tls"), allow(dead_code))]
pub(crate) struct TransportOptions {
    pub(crate) connect_timeout: Duration,
    /// Certificates in PEM that are trusted beside the platform's.
    pub(crate) roots: Vec<Vec<u8>>,
    /// The URL of a proxy, which may hold a password.
    pub(crate) proxy: Option<Secret>,
    pub(crate) http2_only: bool,
}

impl Default for TransportOptions {
    fn default() -> Self {
        Self { connect_timeout: Duration::from_secs(5), roots: Vec::new(), proxy: None, http2_only: false }
    }
}
