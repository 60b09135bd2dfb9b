//! How an error reads: one line, no value of a request or a response.

use std::fmt::{self, Formatter};
use std::time::Duration;

use super::{Error, ErrorKind};

/// Writes the error in one line; `said` is what the server says of it, in quotes.
///
/// ``Keys::get: GET api.example.com/v1/keys/{id}: 503 Service Unavailable: "overloaded" (responded, 3 attempts in 12.4 s,
/// request id req_1)``.
pub(super) fn line(error: &Error, said: Option<&str>, f: &mut Formatter<'_>) -> fmt::Result {
    what(error, f)?;
    outcome(error, f)?;
    if !error.0.detail.is_empty() {
        write!(f, ": {}", error.0.detail)?;
    }
    if let Some(said) = said {
        write!(f, ": \"{said}\"")?;
    }
    write!(f, " ({}", error.effect().words())?;
    if error.attempts() > 0 {
        f.write_str(", ")?;
        tries(error, f)?;
    }
    if let Some(id) = error.request_id().filter(|id| is_plain(id)) {
        write!(f, ", request id {id}")?;
    }
    if error.is_after_effect() {
        f.write_str(", an earlier attempt may have taken effect")?;
    }
    if let Some(wait) = error.retry_after() {
        write!(f, ", retry after {wait:?}")?;
    }
    f.write_str(")")
}

/// Writes what was called and where. A fake's error was never called anywhere.
fn what(error: &Error, f: &mut Formatter<'_>) -> fmt::Result {
    if let (Some(endpoint), Some(address)) = (error.endpoint(), error.address()) {
        write!(f, "{}::{}: ", endpoint.api, endpoint.name)?;
        write!(f, "{} {address}{}: ", endpoint.method, error.template().unwrap_or_default())?;
    }
    Ok(())
}

/// Writes the status, or what went wrong.
pub(super) fn outcome(error: &Error, f: &mut Formatter<'_>) -> fmt::Result {
    match error.status() {
        Some(status) if error.kind() == ErrorKind::Status => write!(f, "{status}"),
        Some(status) => write!(f, "{} ({status})", error.kind().words()),
        None => f.write_str(error.kind().words()),
    }
}

/// Writes how often the call was tried and how long that took: `3 attempts in 12.4 s`.
pub(super) fn tries(error: &Error, f: &mut Formatter<'_>) -> fmt::Result {
    match error.attempts() {
        1 => f.write_str("1 attempt")?,
        attempts => write!(f, "{attempts} attempts")?,
    }
    match error.elapsed() {
        Some(elapsed) if elapsed < Duration::from_secs(1) => write!(f, " in {} ms", elapsed.as_millis()),
        Some(elapsed) => write!(f, " in {:.1} s", elapsed.as_secs_f64()),
        None => Ok(()),
    }
}

/// The line, to be shown as a member.
struct Line<'a>(&'a Error, Option<&'a str>);

impl fmt::Debug for Line<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        line(self.0, self.1, f)
    }
}

/// Writes the line and the facts by name: `?` in `main` prints this. Header values and the body are left out.
pub(super) fn debug(error: &Error, said: Option<&str>, f: &mut Formatter<'_>) -> fmt::Result {
    let mut fields = f.debug_struct("Error");
    fields.field("summary", &Line(error, said));
    fields.field("kind", &error.kind()).field("effect", &error.effect());
    if let (Some(endpoint), Some(template)) = (error.endpoint(), error.template()) {
        fields.field("endpoint", &format_args!("{} {template}", endpoint.method));
    }
    if let Some(status) = error.status() {
        fields.field("status", &status.as_u16());
    }
    if let Some(id) = error.request_id().filter(|id| is_plain(id)) {
        fields.field("request_id", &id);
    }
    if let Some(wait) = error.retry_after() {
        fields.field("retry_after", &wait);
    }
    if error.is_after_effect() {
        fields.field("after_effect", &true);
    }
    if !error.0.detail.is_empty() {
        fields.field("detail", &error.0.detail);
    }
    if let Some(source) = &error.0.source {
        fields.field("source", source);
    }
    fields
        .field("attempts", &error.attempts())
        .field("body_bytes", &error.body().len())
        .finish_non_exhaustive()
}

/// Returns whether a request id can be shown. A server could send anything, and terminals interpret escape sequences.
fn is_plain(id: &str) -> bool {
    id.len() <= 128
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':' | b'/' | b'+' | b'='))
}
