//! Reads the header `Link` (RFC 8288, 3).

use http::{HeaderMap, header::LINK};

/// Returns the target of the first link whose relations include `next`.
#[inline]
pub(crate) fn next_url(headers: &HeaderMap) -> Option<String> {
    // Not `to_str`, because a title may hold more than ASCII.
    headers
        .get_all(LINK)
        .iter()
        .filter_map(|value| std::str::from_utf8(value.as_bytes()).ok())
        .find_map(next_of)
}

#[inline]
fn next_of(mut rest: &str) -> Option<String> {
    loop {
        let (target, after) = rest.split_once('<')?.1.split_once('>')?;
        let (parameters, following) = split_link(after);
        // Only the first `rel` counts (3.3). A link with an `anchor` belongs to another resource (3.2).
        let is_next = parameters.iter().find_map(|parameter| value(parameter, "rel")).is_some_and(has_next);
        let is_ours = parameters.iter().all(|parameter| value(parameter, "anchor").is_none());
        if is_next && is_ours && !target.trim().is_empty() {
            return Some(target.trim().to_owned());
        }
        rest = following;
    }
}

/// Returns the parameters of one link, and the rest after its comma. Quoted strings may hold both separators.
#[inline]
fn split_link(text: &str) -> (Vec<&str>, &str) {
    let (mut parameters, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' | ',' if !quoted => {
                parameters.extend(text.get(start..at));
                start = at + 1;
                if c == ',' {
                    return (parameters, text.get(start..).unwrap_or(""));
                }
            }
            _ => {}
        }
    }
    parameters.extend(text.get(start..));
    (parameters, "")
}

/// Returns the value of a parameter if it has this name.
#[inline]
fn value<'a>(parameter: &'a str, name: &str) -> Option<&'a str> {
    let (found, value) = parameter.split_once('=')?;
    found.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
}

#[inline]
fn has_next(relations: &str) -> bool {
    relations.split_ascii_whitespace().any(|relation| relation.eq_ignore_ascii_case("next"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_next_wherever_it_stands() {
        for (lines, expected) in [
            (
                &[r#"<https://a/x?page=2>; rel="next", <https://a/x?page=9>; rel="last""#][..],
                Some("https://a/x?page=2"),
            ),
            (&[r#"<https://a/p>; rel="prev", </x?page=3>; title="a, b; c"; REL=next"#], Some("/x?page=3")),
            (&[r#"<https://a/p>; rel=prev"#, r#"<https://a/n>; rel="foo next""#], Some("https://a/n")),
            (&[r#"<https://a/p>; title="rel=next"; rel=prev"#], None),
            (&["nonsense", "<", "<x", "<x>; rel=\"next"], Some("x")),
            (&["<https://a/n>; rel=next; title=\"ü\""], Some("https://a/n")),
            (&["<https://a/n>; rel=prev; rel=next"], None),
            (&["<https://a/n>; rel=next; anchor=\"#other\""], None),
            (&["<>; rel=next"], None),
            (&[], None),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(LINK, http::HeaderValue::from_bytes(line.as_bytes()).unwrap());
            }
            assert_eq!(next_url(&headers).as_deref(), expected, "{lines:?}");
        }
    }
}
