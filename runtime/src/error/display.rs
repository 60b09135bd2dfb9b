//! How an error reads: one line, no value of a request or an answer.

use std::fmt;

use super::Error;

/// `DELETE /organization/admin_api_keys/{key_id}: 404 Not Found (responded, request id req_1, 1 attempt)`.
pub(super) fn display(error: &Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    // A fake's error was never called anywhere.
    if let (Some(endpoint), Some(template)) =
        (error.endpoint(), error.template().filter(|path| !path.is_empty()))
    {
        write!(f, "{} {template}: ", endpoint.method)?;
    }
    match error.status() {
        Some(status) if error.kind() == super::ErrorKind::Status => write!(f, "{status}")?,
        Some(status) => write!(f, "{} ({status})", error.kind().words())?,
        None => f.write_str(error.kind().words())?,
    }
    if !error.0.detail.is_empty() {
        write!(f, ": {}", error.0.detail)?;
    }
    write!(f, " ({}", error.effect().words())?;
    if let Some(id) = error.request_id().filter(|id| is_plain(id)) {
        write!(f, ", request id {id}")?;
    }
    match error.attempts() {
        0 => {}
        1 => f.write_str(", 1 attempt")?,
        n => write!(f, ", {n} attempts")?,
    }
    if error.is_after_effect() {
        f.write_str(", an earlier attempt may have taken effect")?;
    }
    if let Some(wait) = error.retry_after() {
        write!(f, ", retry after {wait:?}")?;
    }
    f.write_str(")")
}

/// The same facts by name; header values and the body are left out.
pub(super) fn debug(error: &Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut fields = f.debug_struct("Error");
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

/// Whether a request id is one: a server could put anything there, and a log is read by terminals.
fn is_plain(id: &str) -> bool {
    id.len() <= 128
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':' | b'/' | b'+' | b'='))
}
