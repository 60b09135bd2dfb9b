//! Which characters stand for themselves, and where.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::form_urlencoded;

/// Everything but the unreserved characters of RFC 3986, 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Appends `text` with everything encoded but the unreserved characters.
pub(crate) fn encode_into(out: &mut String, text: &str) {
    out.extend(utf8_percent_encode(text, RESERVED));
}

/// Appends `text` as `application/x-www-form-urlencoded` (WHATWG URL Standard, 5.2): a space is `+`.
pub(crate) fn form_into(out: &mut String, text: &str) {
    out.extend(form_urlencoded::byte_serialize(text.as_bytes()));
}

/// Returns whether two queries or forms have the same pairs, in whatever order.
pub(crate) fn has_same_pairs(a: &str, b: &str) -> bool {
    fn sorted(pairs: &str) -> Vec<&str> {
        let mut pairs: Vec<&str> = pairs.split('&').collect();
        pairs.sort_unstable();
        pairs
    }
    sorted(a) == sorted(b)
}

/// A part of a URL that may be given encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Component {
    /// One segment of a path.
    Segment,
    /// The value of a pair in a query.
    QueryValue,
    /// A name in a query.
    QueryName,
}

impl Component {
    /// Whether `text` is validly encoded and stays within the component (RFC 3986, 3.3 and 3.4).
    pub(crate) fn holds(self, text: &str) -> bool {
        let mut bytes = text.bytes();
        while let Some(byte) = bytes.next() {
            let fits = match byte {
                b'%' => {
                    [bytes.next(), bytes.next()].iter().flatten().filter(|b| b.is_ascii_hexdigit()).count()
                        == 2
                }
                _ => self.keeps(byte),
            };
            if !fits {
                return false;
            }
        }
        true
    }

    /// Whether a byte stands for itself: `pchar`, and what else each component allows.
    fn keeps(self, byte: u8) -> bool {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => true,
            b'/' | b'?' => self != Self::Segment,
            b'=' => self != Self::QueryName,
            b'&' => self == Self::Segment,
            _ => b"-._~!$'()*+,;:@".contains(&byte),
        }
    }
}

/// Whether a URL parser removes this encoded segment: `.`, `..` and their spellings with `%2e` (WHATWG URL Standard,
/// 4.1, "single-dot" and "double-dot URL path segment").
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

    #[test]
    fn an_encoded_text_stays_within_its_component() {
        use Component::{QueryName, QueryValue, Segment};
        let cases = [
            ("a%2Fb-._~!$'()*+,;:@", &[Segment, QueryValue, QueryName][..]),
            ("", &[Segment, QueryValue, QueryName]),
            ("a=b", &[Segment, QueryValue]),
            ("a/b?c", &[QueryValue, QueryName]),
            ("a&b", &[Segment]),
            ("a#b", &[]),
            ("a b", &[]),
            ("a\"b", &[]),
            ("a\\b", &[]),
            ("ß", &[]),
            ("%", &[]),
            ("%2", &[]),
            ("%2g", &[]),
            ("a\r\n", &[]),
        ];
        for (text, holding) in cases {
            for component in [Segment, QueryValue, QueryName] {
                assert_eq!(component.holds(text), holding.contains(&component), "{text:?} {component:?}");
            }
        }
    }
}
