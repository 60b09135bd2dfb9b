//! What an error of a transport of ours proves: whether the server can have processed the request.

use std::error::Error as StdError;
use std::fmt;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
use std::io;

#[cfg(any(feature = "reqwest", feature = "hyper"))]
use super::find;
use crate::error::{BoxError, ErrorKind};

/// What a transport of ours knows of its failure.
#[derive(Debug)]
pub(crate) struct TransportFailure {
    pub(crate) kind: ErrorKind,
    pub(crate) unsent: bool,
    pub(crate) source: BoxError,
}

#[cfg(any(feature = "reqwest", feature = "hyper"))]
impl TransportFailure {
    /// Of an error of hyper's, or of what stands on it. `connecting` if it happened before there was a connection.
    pub(super) fn of(connecting: bool, source: BoxError) -> Self {
        let failed_checks = || find::<io::Error>(&*source).is_some_and(is_invalid_data);
        let (kind, unsent) = match connecting {
            true if failed_checks() => (ErrorKind::Tls, true),
            true => (ErrorKind::Connect, true),
            // The body gave an error, or ended before its length.
            false if find::<hyper::Error>(&*source).is_some_and(hyper::Error::is_user) => {
                (ErrorKind::Body, false)
            }
            false => (ErrorKind::Transport, is_unsent(&*source)),
        };
        Self { kind, unsent, source }
    }
}

/// Whether an I/O error is TLS's: it comes as invalid data, in as many I/O errors as there are layers. (The source of
/// such an error is not the error inside of it but that one's source, so a chain does not show it.)
#[cfg(any(feature = "reqwest", feature = "hyper"))]
fn is_invalid_data(error: &io::Error) -> bool {
    std::iter::successors(Some(error), |error| error.get_ref()?.downcast_ref())
        .any(|error| error.kind() == io::ErrorKind::InvalidData)
}

/// Of a request that never got to be one: HTTP knows no such URL.
pub(super) fn unsent(source: impl Into<BoxError>) -> TransportFailure {
    TransportFailure { kind: ErrorKind::Argument, unsent: true, source: source.into() }
}

/// Whether hyper or HTTP/2 says that the server did not process the request: it was never written, the stream was
/// refused (RFC 9113, 8.7), or the connection went away before it (RFC 9113, 6.8).
#[cfg(any(feature = "reqwest", feature = "hyper"))]
fn is_unsent(error: &(dyn StdError + 'static)) -> bool {
    let canceled = find::<hyper::Error>(error).is_some_and(hyper::Error::is_canceled);
    let refused = find::<h2::Error>(error).is_some_and(|error| {
        error.is_remote() && (error.reason() == Some(h2::Reason::REFUSED_STREAM) || error.is_go_away())
    });
    canceled || refused
}

impl fmt::Display for TransportFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.source)
    }
}

impl StdError for TransportFailure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.source()
    }
}
