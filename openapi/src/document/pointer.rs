//! JSON pointers (RFC 6901).

use percent_encoding::percent_decode_str;

/// The pointer of a member below another value.
pub(crate) fn child(parent: &str, token: &str) -> String {
    format!("{parent}/{}", token.replace('~', "~0").replace('/', "~1"))
}

/// The pointer of an item of a list.
pub(crate) fn item(parent: &str, index: usize) -> String {
    format!("{parent}/{index}")
}

/// The last token, unescaped.
pub(crate) fn last(pointer: &str) -> String {
    unescape(pointer.rsplit('/').next().unwrap_or_default())
}

/// All tokens, unescaped.
pub(crate) fn steps(pointer: &str) -> impl Iterator<Item = String> + '_ {
    pointer.split('/').skip(1).map(unescape)
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// The pointer that a local reference names: `#/components/schemas/Key`, percent-decoded.
pub(crate) fn of_reference(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    Some(percent_decode_str(fragment).decode_utf8_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_escaped_and_unescaped() {
        let pointer = child("/paths", "/a/{b}~c");
        assert_eq!(pointer, "/paths/~1a~1{b}~0c");
        assert_eq!(last(&pointer), "/a/{b}~c");
    }

    #[test]
    fn a_reference_is_percent_decoded() {
        assert_eq!(of_reference("#/a/%7Bb%7D").as_deref(), Some("/a/{b}"));
        assert_eq!(of_reference("#/a/100%").as_deref(), Some("/a/100%"));
        assert_eq!(of_reference("other.json#/a"), None);
    }
}
