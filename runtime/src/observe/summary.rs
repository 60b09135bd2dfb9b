//! Summaries of attempts and calls, for metrics.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use super::call::CallWatch;
use super::target::{Server, is_error};
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};

/// How an attempt or a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// A response was accepted.
    Succeeded,
    /// It failed.
    Failed(ErrorKind),
    /// It was dropped before it had ended, or it panicked. The request may have been sent.
    Cancelled,
}

impl Outcome {
    /// Returns a stable name for metrics and logs: `succeeded`, `failed` or `cancelled`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Succeeded => "succeeded",
            Self::Failed(_) => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Returns what went wrong, if it failed.
    #[must_use]
    pub const fn error_kind(self) -> Option<ErrorKind> {
        match self {
            Self::Failed(kind) => Some(kind),
            Self::Succeeded | Self::Cancelled => None,
        }
    }
}

/// How something ended, and with which status.
#[derive(Clone, Copy)]
pub(super) struct Ending {
    pub(super) outcome: Outcome,
    pub(super) status: Option<StatusCode>,
}

impl Ending {
    pub(super) const CANCELLED: Self = Self { outcome: Outcome::Cancelled, status: None };

    pub(super) fn succeeded(status: StatusCode) -> Self {
        Self { outcome: Outcome::Succeeded, status: Some(status) }
    }

    pub(super) fn failed(error: &Error) -> Self {
        Self { outcome: Outcome::Failed(error.kind()), status: error.status() }
    }

    /// Returns the type of the error by the conventions: the status if the response is an error by it, the kind otherwise.
    pub(super) fn error_type(&self) -> Option<&str> {
        match (self.outcome, &self.status) {
            (Outcome::Succeeded, _) => None,
            (Outcome::Failed(ErrorKind::Status), Some(status)) if is_error(*status) => Some(status.as_str()),
            (Outcome::Failed(kind), _) => Some(kind.code()),
            (Outcome::Cancelled, _) => Some("cancelled"),
        }
    }

    /// Writes the ending down in a span.
    pub(super) fn record(&self, span: &tracing::Span) {
        if let Some(status) = self.status {
            span.record("http.response.status_code", status.as_u16());
        }
        if let Some(error) = self.error_type() {
            span.record("error.type", error);
            span.record("otel.status_code", "ERROR");
        }
    }
}

/// Defines what both summaries have.
macro_rules! common {
    () => {
        /// Returns the endpoint: the API's name, the method's name and the HTTP method.
        #[must_use]
        pub fn endpoint(&self) -> &'static Endpoint {
            self.call.site.endpoint
        }

        /// Returns the path with its placeholders, those of nested APIs included: `/projects/{project_id}/users`. It does not
        /// include the path of the base URL.
        #[must_use]
        pub fn template(&self) -> &str {
            &self.call.template
        }

        /// Returns the host of the server, an IPv6 address without brackets.
        #[must_use]
        pub fn server_address(&self) -> &str {
            &self.server.address
        }

        /// Returns the port of the server; that of the scheme if the URL has none.
        #[must_use]
        pub fn server_port(&self) -> Option<u16> {
            self.server.port
        }

        /// Returns the status of the response, if there was one.
        #[must_use]
        pub fn status(&self) -> Option<StatusCode> {
            self.ending.status
        }

        /// Returns how it ended.
        #[must_use]
        pub fn outcome(&self) -> Outcome {
            self.ending.outcome
        }

        /// Returns what went wrong, if it failed.
        #[must_use]
        pub fn error_kind(&self) -> Option<ErrorKind> {
            self.ending.outcome.error_kind()
        }

        /// Returns OpenTelemetry's `error.type`: a status such as `503`, [`ErrorKind::code`], or `cancelled`. `None` for a success.
        #[must_use]
        pub fn error_type(&self) -> Option<&str> {
            self.ending.error_type()
        }
    };
}

/// An attempt that has ended; see [`ClientBuilder::on_attempt_end`](crate::ClientBuilder::on_attempt_end).
///
/// An attempt includes the redirects that it follows: server and status are those of the last one.
#[derive(Clone)]
pub struct AttemptSummary {
    pub(super) call: Arc<CallWatch>,
    pub(super) server: Server,
    pub(super) ending: Ending,
    pub(super) attempt: u32,
    pub(super) elapsed: Duration,
}

impl AttemptSummary {
    common!();

    /// Returns the number of the attempt, from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns how long the attempt took, by the client's clock.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

/// A call that has ended; see [`ClientBuilder::on_call_end`](crate::ClientBuilder::on_call_end).
///
/// The server is that of the call's URL, whatever layers and redirects have made of it.
#[derive(Clone)]
pub struct CallSummary {
    pub(super) call: Arc<CallWatch>,
    pub(super) server: Server,
    pub(super) ending: Ending,
    pub(super) attempts: u32,
    pub(super) elapsed: Duration,
}

impl CallSummary {
    common!();

    /// Returns how often the request was tried; 0 if the call failed before, or a layer answered it.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns how long the call took with all attempts and waits, by the client's clock.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

impl fmt::Debug for AttemptSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptSummary")
            .field("api", &self.endpoint().api)
            .field("method", &self.endpoint().name)
            .field("attempt", &self.attempt)
            .field("outcome", &self.ending.outcome)
            .field("status", &self.ending.status)
            .field("elapsed", &self.elapsed)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for CallSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallSummary")
            .field("api", &self.endpoint().api)
            .field("method", &self.endpoint().name)
            .field("attempts", &self.attempts)
            .field("outcome", &self.ending.outcome)
            .field("status", &self.ending.status)
            .field("elapsed", &self.elapsed)
            .finish_non_exhaustive()
    }
}
