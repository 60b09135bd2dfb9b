//! Faults of a connection, as a real transport reports them.

use crate::error::ErrorKind;
use crate::transport::TransportFailure;

/// What goes wrong with a connection, for [`Expectation::fail`](super::Expectation::fail).
///
/// The call learns of it what a real transport knows: above all, whether the request can have taken effect. Calls are repeated as they
/// would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The connection is refused: [`ErrorKind::Connect`], *not sent*.
    Refused,
    /// The connection breaks before the request is written: [`ErrorKind::Transport`], *not sent*.
    ResetBeforeRequest,
    /// The connection breaks while the request is written: [`ErrorKind::Transport`], *maybe sent*.
    ResetDuringRequest,
    /// The connection breaks after the request was written, before the head of a response: [`ErrorKind::Transport`], *maybe sent*.
    ResetAfterRequest,
    /// The response ends before its body does: [`ErrorKind::Truncated`]. The content of the response comes before that, if one was
    /// given.
    Truncated,
    /// Nothing more comes: no response, or nothing after the content of the one that was given. The call ends with
    /// [`ErrorKind::Deadline`] or [`ErrorKind::Timeout`], a stream with [`ErrorKind::Stalled`]; the clock of the mock moves there at
    /// once.
    Stalled,
    /// What comes is not HTTP: [`ErrorKind::Transport`], *maybe sent*.
    Garbage,
}

impl Fault {
    /// Returns the failure of a fault that leaves no response.
    pub(super) fn failure(self) -> Option<TransportFailure> {
        let (kind, unsent, text) = match self {
            Self::Refused => (ErrorKind::Connect, true, "connection refused (mock)"),
            Self::ResetBeforeRequest => {
                (ErrorKind::Transport, true, "connection reset before the request was written (mock)")
            }
            Self::ResetDuringRequest => {
                (ErrorKind::Transport, false, "connection reset while the request was written (mock)")
            }
            Self::ResetAfterRequest => {
                (ErrorKind::Transport, false, "connection reset before a response came (mock)")
            }
            Self::Garbage => (ErrorKind::Transport, false, "the response is not HTTP (mock)"),
            Self::Truncated | Self::Stalled => return None,
        };
        Some(TransportFailure { kind, unsent, source: text.into() })
    }
}
