//! Percent-encoding of single values.

/// What the hexadecimal digits of an encoded byte are.
const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Whether a byte stands for itself everywhere in a URL: RFC 3986, 2.3. Looked up, since every byte is.
fn is_unreserved(byte: u8) -> bool {
    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
    static UNRESERVED: [bool; 256] = {
        let (mut table, mut byte) = ([false; 256], 0);
        while byte < 128 {
            let kept =
                matches!(byte as u8, b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' | b'~');
            table[byte] = kept;
            byte += 1;
        }
        table
    };
    UNRESERVED.get(usize::from(byte)).is_some_and(|kept| *kept)
}

/// Appends `text` with everything but RFC 3986's unreserved characters encoded.
pub(crate) fn encode_into(out: &mut String, text: &str) {
    encode(out, text, is_unreserved);
}

/// Appends `text` as `application/x-www-form-urlencoded` does (WHATWG URL Standard, 5.2): a space is `+`.
pub(crate) fn form_into(out: &mut String, text: &str) {
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            out.push('+');
        }
        encode(out, word, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'-' | b'.' | b'_'));
    }
}

/// Copies runs of kept bytes at once and encodes the others.
fn encode(out: &mut String, text: &str, keep: impl Fn(u8) -> bool) {
    if text.bytes().all(&keep) {
        return out.push_str(text);
    }
    for byte in text.bytes() {
        if keep(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from(*HEX.get(usize::from(digit)).unwrap_or(&b'0')));
            }
        }
    }
}

/// Whether a URL parser takes this encoded segment out: `.`, `..` and their spellings with `%2e` (WHATWG URL
/// Standard, 4.1 "single-dot" and "double-dot URL path segment").
pub(crate) fn is_dot_segment(encoded: &str) -> bool {
    let mut rest = encoded;
    let mut dots = 0;
    while !rest.is_empty() {
        rest = match rest.strip_prefix('.') {
            Some(after) => after,
            None => match rest.get(..3) {
                Some(escape) if escape.eq_ignore_ascii_case("%2e") => rest.get(3..).unwrap_or(""),
                _ => return false,
            },
        };
        dots += 1;
    }
    dots == 1 || dots == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str) -> String {
        let mut out = String::new();
        encode_into(&mut out, text);
        out
    }

    #[test]
    fn every_byte_but_the_unreserved_is_encoded() {
        for byte in 0..=127_u8 {
            let text = char::from(byte).to_string();
            let kept = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".contains(&text);
            let expected = if kept { text.clone() } else { format!("%{byte:02X}") };
            assert_eq!(encoded(&text), expected);
        }
        assert_eq!(encoded("po ng/ß%2E"), "po%20ng%2F%C3%9F%252E");
    }

    #[test]
    fn a_form_writes_spaces_as_plus_and_plus_encoded() {
        let mut out = String::new();
        form_into(&mut out, "a b+c~*");
        assert_eq!(out, "a+b%2Bc%7E*");
    }

    #[test]
    fn dot_segments_are_recognized_in_every_spelling() {
        for segment in [".", "..", "%2e", "%2E%2e", ".%2E", "%2e."] {
            assert!(is_dot_segment(segment), "{segment}");
        }
        for segment in ["", "...", "a", ".a", "%252e", "%2", "%2f", "%2e%2e%2e"] {
            assert!(!is_dot_segment(segment), "{segment}");
        }
    }
}
