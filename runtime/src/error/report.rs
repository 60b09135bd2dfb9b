//! An error in several lines, for a person at a terminal.

use std::fmt::{self, Display, Formatter};

use http::StatusCode;

use super::display::{outcome, tries};
use super::{Effect, Error, ErrorKind};

/// Displays an error in several lines; see [`Error::report`].
#[derive(Debug)]
pub struct Report<'a> {
    error: &'a Error,
    said: Option<String>,
}

impl<'a> Report<'a> {
    pub(super) fn new(error: &'a Error, said: Option<String>) -> Self {
        Self { error, said }
    }
}

struct Outcome<'a>(&'a Error);

impl Display for Outcome<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        outcome(self.0, f)
    }
}

impl Display for Report<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let error = self.error;
        write!(f, "{}", Outcome(error))?;
        if !error.0.detail.is_empty() {
            write!(f, ": {}", error.0.detail)?;
        }
        if let Some(said) = &self.said {
            write!(f, "\n  the server says: {said}")?;
        }
        if let (Some(endpoint), Some(address)) = (error.endpoint(), error.address()) {
            write!(f, "\n  called: {} {address}{}", endpoint.method, error.template().unwrap_or_default())?;
            write!(f, " ({}::{})", endpoint.api, endpoint.name)?;
        }
        write!(f, "\n  request: {}", error.effect().words())?;
        if error.attempts() > 0 {
            f.write_str(", ")?;
            tries(error, f)?;
        }
        if let Some(id) = error.request_id() {
            write!(f, ", request id {}", id.escape_default())?;
        }
        let mut source = std::error::Error::source(error);
        while let Some(cause) = source {
            let text = cause.to_string();
            if !text.is_empty() {
                write!(f, "\n  because: {}", text.escape_debug())?;
            }
            source = cause.source();
        }
        write!(f, "\n  what to do: {}", Advice(error))
    }
}

/// What can be done about an error.
struct Advice<'a>(&'a Error);

impl Display for Advice<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let error = self.0;
        if let Some(wait) = error.retry_after() {
            return write!(f, "try again in {wait:?}, as the server asks");
        }
        f.write_str(match (error.kind(), error.status().map(|status| status.as_u16())) {
            (ErrorKind::Argument, _) => "correct the argument; nothing was sent",
            (ErrorKind::Configuration, _) => "correct the settings of the client; nothing was sent",
            (ErrorKind::Credentials, _) => "look at the source of the credentials; nothing was sent",
            (ErrorKind::Connect, _) => "check the address and the network, then try again; nothing was sent",
            (ErrorKind::Tls, _) => "check the server's certificate and the trusted roots; nothing was sent",
            (ErrorKind::TooLarge, _) => "raise `body_limit`, or declare a stream",
            (ErrorKind::Decode | ErrorKind::EmptyBody, _) => {
                "compare the declared type with what the server sends"
            }
            (ErrorKind::Redirect, _) => "correct the base URL, or allow redirects",
            (ErrorKind::NotFaked, _) => "let what stands in for the server respond to this call",
            (_, Some(401)) => "check the credential",
            (_, Some(403)) => "check what the credential is allowed to do",
            (_, Some(404)) => "check the ids in the path",
            _ => return f.write_str(repetition(error)),
        })
    }
}

/// Whether the call can be made again.
fn repetition(error: &Error) -> &'static str {
    let is_client_error = error.status().is_some_and(|status| {
        status.is_client_error()
            && status != StatusCode::TOO_MANY_REQUESTS
            && status != StatusCode::REQUEST_TIMEOUT
    });
    match error.effect() {
        _ if is_client_error => "correct the request",
        _ if error.is_repeatable() => "try again: the call is safe to repeat",
        Effect::NotSent => "try again: nothing was sent",
        Effect::MaybeSent => "the request may have taken effect: look before you repeat it",
        Effect::Responded => "look at what the call has done before you repeat it",
    }
}
