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

/// Whether `text` is a media type: `type/subtype`, and perhaps parameters (RFC 9110, 8.3.1).
pub(crate) fn is_valid(text: &str) -> bool {
    let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
    let is_token = |text: &str| {
        let is_tchar = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        !text.is_empty() && text.bytes().all(is_tchar)
    };
    let named = essence.trim_end().split_once('/');
    named.is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
        && parameters.bytes().all(|byte| (b' '..=b'~').contains(&byte) || byte == b'\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_type_is_two_tokens_and_parameters() {
        for valid in ["text/plain", "text/plain; charset=utf-8", "application/vnd.a+json ;a=\"b c\"", "a/*"] {
            assert!(is_valid(valid), "{valid}");
        }
        for invalid in
            ["", "nonsense", "a/", "/b", "a/b/c", "a b/c", " a/b", "text/plain\r\nx: y", "a/b;x=\r", "ä/b"]
        {
            assert!(!is_valid(invalid), "{invalid}");
        }
    }
}
