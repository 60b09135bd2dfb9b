//! Media types (RFC 9110, 8.3).

use http::{HeaderMap, HeaderValue, header};

/// The media type of most bodies, in both directions.
pub(crate) static JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Returns the media type of a message without its parameters; `None` for a value that is not safe to log.
pub(crate) fn essence(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let essence = value.split(';').next()?.trim();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-+.".contains(&byte);
    (!essence.is_empty() && essence.len() <= 64 && essence.bytes().all(is_plain)).then_some(essence)
}

/// Returns the charset that a message names (RFC 9110, 8.3.2).
pub(crate) fn charset(headers: &HeaderMap) -> Option<&str> {
    let (_, parameters) = headers.get(header::CONTENT_TYPE)?.to_str().ok()?.split_once(';')?;
    let mut pairs = parameters.split(';').filter_map(|parameter| parameter.split_once('='));
    let (_, value) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(value.trim().trim_matches('"'))
}

/// Returns whether `text` is a media type: `type/subtype`, optionally with parameters (RFC 9110, 8.3.1).
pub(crate) fn is_valid(text: &str) -> bool {
    let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
    let named = essence.trim_end_matches([' ', '\t']).split_once('/');
    named.is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype)) && are_parameters(parameters)
}

/// Returns whether `text` is a list of `name=token` and `name="quoted"`, separated by semicolons.
fn are_parameters(text: &str) -> bool {
    let mut rest = text.trim_matches([' ', '\t']);
    while !rest.is_empty() {
        if let Some(next) = rest.strip_prefix(';') {
            rest = next.trim_start_matches([' ', '\t']);
            continue;
        }
        let Some((name, value)) = rest.split_once('=') else { return false };
        let length = value_length(value);
        let (value, behind) = value.split_at_checked(length).unwrap_or((value, ""));
        rest = behind.trim_start_matches([' ', '\t']);
        if !is_token(name) || value.is_empty() || !(rest.is_empty() || rest.starts_with(';')) {
            return false;
        }
    }
    true
}

/// Returns the length of the token or quoted string at the start of `text`; 0 if there is none.
fn value_length(text: &str) -> usize {
    let Some(quoted) = text.strip_prefix('"') else {
        return text.bytes().take_while(|byte| is_tchar(*byte)).count();
    };
    let mut is_escaped = false;
    for (at, byte) in quoted.bytes().enumerate() {
        match byte {
            b'"' if !is_escaped => return at + 2,
            b'\t' | b' '..=b'~' => is_escaped = byte == b'\\' && !is_escaped,
            _ => return 0,
        }
    }
    0
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(is_tchar)
}

fn is_tchar(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_type_is_two_tokens_and_parameters() {
        for valid in [
            "text/plain",
            "text/plain; charset=utf-8",
            "application/vnd.a+json ;a=\"b; \\\"c\" ; d=e",
            "text/plain;",
            "a/*",
        ] {
            assert!(is_valid(valid), "{valid}");
        }
        for invalid in [
            "",
            "nonsense",
            "a/",
            "/b",
            "a/b/c",
            "a b/c",
            " a/b",
            "text/plain\r\nx: y",
            "a/b;x=\r",
            "ä/b",
            "a/b; x",
            "a/b; x=",
            "a/b; x=\"y",
            "a/b; x=\"y\"z",
            "a/b; x y=z",
            "a/b; x=\"ä\"",
        ] {
            assert!(!is_valid(invalid), "{invalid}");
        }
    }
}
