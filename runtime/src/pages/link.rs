//! The header `Link`: RFC 8288, 3.

use http::{HeaderMap, header::LINK};

/// The target of the first link whose relations include `next`.
pub(crate) fn next_url(headers: &HeaderMap) -> Option<String> {
    headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok()).find_map(next_of)
}

fn next_of(mut rest: &str) -> Option<String> {
    loop {
        let (target, after) = rest.split_once('<')?.1.split_once('>')?;
        let (parameters, following) = split_link(after);
        if parameters.iter().any(|parameter| is_next(parameter)) {
            return Some(target.trim().to_owned());
        }
        rest = following;
    }
}

/// The parameters of one link and what follows its comma; quoted strings may hold both separators.
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

fn is_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return false };
    name.trim().eq_ignore_ascii_case("rel")
        && value.trim().trim_matches('"').split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("next"))
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
            (&[], None),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(LINK, line.parse().unwrap());
            }
            assert_eq!(next_url(&headers).as_deref(), expected, "{lines:?}");
        }
    }
}
