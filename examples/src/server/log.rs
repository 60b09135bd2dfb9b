//! The request log.

use std::fmt;

use http::{Method, StatusCode};

/// One request that the server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// The method.
    pub method: Method,
    /// The path with its query, as it was sent.
    pub path: String,
    /// The status of the answer.
    pub status: StatusCode,
    /// The `x-request-id` of the answer.
    pub request_id: String,
}

impl fmt::Display for LogEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.method, self.path, self.status.as_u16())
    }
}
