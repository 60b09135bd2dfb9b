//! What an error of a transport proves: whether the server can have processed the request.

use std::error::Error as StdError;
use std::fmt;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
use std::io;

#[cfg(any(feature = "reqwest", feature = "hyper"))]
use super::sent_body::SentBodyError;
use crate::error::{BoxError, ErrorKind, find};

/// An error of a custom transport that proves that the request was not sent, so that it may be repeated whatever its
/// method.
#[derive(Debug)]
pub struct NotSent(pub BoxError);

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not sent")
    }
}

impl StdError for NotSent {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0)
    }
}

/// A transport's error, and what it proves.
#[derive(Debug)]
pub(crate) struct TransportFailure {
    pub(crate) kind: ErrorKind,
    /// The server provably did not process the request.
    pub(crate) unsent: bool,
    pub(crate) source: BoxError,
}

impl TransportFailure {
    /// Reads an error of hyper, or of what stands on it. `connecting` if there was no connection yet.
    #[cfg(any(feature = "reqwest", feature = "hyper"))]
    pub(super) fn of_hyper(connecting: bool, source: BoxError) -> Self {
        let failed_checks = || find::<io::Error>(&*source).is_some_and(is_invalid_data);
        let (kind, unsent) = match connecting {
            true if failed_checks() => (ErrorKind::Tls, true),
            true => (ErrorKind::Connect, true),
            #[cfg(any(feature = "default-tls", feature = "hyper"))]
            false if is_refused_handshake(&*source) => (ErrorKind::Tls, true),
            false if is_of_body(&*source) => (ErrorKind::Body, false),
            false => (ErrorKind::Transport, is_unsent(&*source)),
        };
        Self { kind, unsent, source }
    }

    /// Reads an error of a user's transport: it proves something only if it says so with [`NotSent`], or comes from a
    /// transport of ours that the user has wrapped.
    pub(super) fn of_service(source: BoxError) -> Self {
        match send_evidence(&*source) {
            Some((kind, unsent)) => Self { kind, unsent, source },
            None => Self { kind: ErrorKind::Transport, unsent: false, source },
        }
    }

    /// Makes the failure of a request whose URL the transport does not understand.
    pub(super) fn invalid_url<E: Into<BoxError>>(source: E) -> Self {
        Self { kind: ErrorKind::Argument, unsent: true, source: source.into() }
    }
}

/// Returns what an error in a chain proves: the kind of the failure, and whether the request was certainly not sent.
pub(crate) fn send_evidence(error: &(dyn StdError + 'static)) -> Option<(ErrorKind, bool)> {
    match find::<TransportFailure>(error) {
        Some(failure) => Some((failure.kind, failure.unsent)),
        None => find::<NotSent>(error).map(|_| (ErrorKind::Connect, true)),
    }
}

/// Returns whether an I/O error is one of TLS, which reports invalid data inside of as many I/O errors as there are layers.
/// (The source of such an error is the source of the error inside of it, so a chain of sources does not show it.)
#[cfg(any(feature = "reqwest", feature = "hyper"))]
fn is_invalid_data(error: &io::Error) -> bool {
    std::iter::successors(Some(error), |error| error.get_ref()?.downcast_ref())
        .any(|error| error.kind() == io::ErrorKind::InvalidData)
}

/// Returns whether the peer refused the handshake after it was over on this side: with TLS 1.3 it reads the client's
/// certificate only then, together with the request, still unread (RFC 8446, 2).
#[cfg(any(feature = "default-tls", feature = "hyper"))]
fn is_refused_handshake(error: &(dyn StdError + 'static)) -> bool {
    use rustls::AlertDescription as Alert;
    let layers = std::iter::successors(find::<io::Error>(error), |error| error.get_ref()?.downcast_ref());
    let mut alerts = layers.filter_map(|error| match error.get_ref()?.downcast_ref()? {
        rustls::Error::AlertReceived(alert) => Some(*alert),
        _ => None,
    });
    alerts.any(|alert| {
        matches!(
            alert,
            Alert::CertificateRequired
                | Alert::BadCertificate
                | Alert::UnsupportedCertificate
                | Alert::CertificateRevoked
                | Alert::CertificateExpired
                | Alert::CertificateUnknown
                | Alert::UnknownCA
                | Alert::AccessDenied
                | Alert::DecryptError
                | Alert::HandshakeFailure
        )
    })
}

/// Returns whether the request's body failed, or ended before its length. hyper's `is_user` is true also for a connection
/// whose runtime has ended.
#[cfg(any(feature = "reqwest", feature = "hyper"))]
fn is_of_body(error: &(dyn StdError + 'static)) -> bool {
    find::<SentBodyError>(error).is_some()
        || find::<hyper::Error>(error).is_some_and(hyper::Error::is_body_write_aborted)
}

/// Returns whether hyper or HTTP/2 says that the server did not process the request: it was never written, the stream was
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
