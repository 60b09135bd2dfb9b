//! Media types (RFC 9110, 8.3).

use http::{HeaderMap, HeaderValue, header};

/// The media type of most bodies, in both directions.
pub(crate) static JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Returns the media type of a message without its parameters. A value that could not be shown in a log is left out.
pub(crate) fn essence(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let essence = value.split(';').next()?.trim();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-+.".contains(&byte);
    (!essence.is_empty() && essence.len() <= 64 && essence.bytes().all(is_plain)).then_some(essence)
}
