//! Paths: when two are the same, and which ones a filter takes.

/// The path with its placeholders made alike: `/users/{}/keys`. What follows `?` or `#` is left out.
pub(crate) fn shape(path: &str) -> String {
    let mut shape = String::new();
    let mut depth = 0_usize;
    for letter in path.chars() {
        match letter {
            '{' => {
                depth += 1;
                if depth == 1 {
                    shape.push_str("{}");
                }
            }
            '}' => depth = depth.saturating_sub(1),
            '?' | '#' if depth == 0 => break,
            _ if depth > 0 => {}
            other => shape.push(other),
        }
    }
    // A slash at the end is a different path to a server; two of them in the middle are not meant.
    shape.replace("//", "/")
}

/// The pairs behind `?` in a path, which documents write to tell operations apart.
pub(crate) fn constants(path: &str) -> Vec<&str> {
    let query = path.split('#').next().and_then(|path| path.split_once('?'));
    query.map(|(_, query)| query.split('&').filter(|pair| !pair.is_empty()).collect()).unwrap_or_default()
}

/// The names of the placeholders.
pub(crate) fn placeholders(path: &str) -> Vec<&str> {
    let pieces = path.split('{').skip(1);
    // `{name=projects/*}` and `{+name}` are Google's.
    pieces
        .filter_map(|piece| piece.split('}').next())
        .map(|name| {
            name.split(['=', ':'])
                .next()
                .unwrap_or(name)
                .trim_start_matches(['+', '/', '.', ';', '?'])
                .trim_end_matches('*')
        })
        .collect()
}

/// Whether a glob takes a path.
pub(crate) fn matches(glob: &str, path: &str) -> bool {
    let glob: Vec<&str> = glob.split('/').filter(|segment| !segment.is_empty()).collect();
    let path: Vec<&str> = path
        .split(['?', '#'])
        .next()
        .unwrap_or(path)
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    segments(&glob, &path)
}

fn segments(glob: &[&str], path: &[&str]) -> bool {
    match (glob, path) {
        ([], []) => true,
        (["**", rest @ ..], _) => {
            segments(rest, path) || path.split_first().is_some_and(|(_, path)| segments(glob, path))
        }
        ([first, glob @ ..], [segment, path @ ..]) => single(first, segment) && segments(glob, path),
        _ => false,
    }
}

/// One segment, in which `*` stands for any text.
fn single(glob: &str, segment: &str) -> bool {
    let Some((start, rest)) = glob.split_once('*') else { return glob == segment };
    let Some(mut text) = segment.strip_prefix(start) else { return false };
    if rest.is_empty() {
        return true;
    }
    loop {
        if single(rest, text) {
            return true;
        }
        let mut letters = text.chars();
        if letters.next().is_none() {
            return false;
        }
        text = letters.as_str();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_has_no_names() {
        assert_eq!(shape("/a/{b}.json"), "/a/{}.json");
        assert_eq!(shape("/v1/{name=projects/*}:cancel?x=1"), "/v1/{}:cancel");
        assert_eq!(shape("/a#twin"), "/a");
        assert_eq!(placeholders("/a/{b}/{c=x/*}/{+d}"), ["b", "c", "d"]);
        assert_eq!(constants("/a?b=true&c#d"), ["b=true", "c"]);
    }

    #[test]
    fn a_glob_takes_segments() {
        for (glob, path, expected) in [
            ("/a/**", "/a/b/{c}", true),
            ("/a/**", "/a", true),
            ("/a/**", "/ab", false),
            ("/a/*", "/a/{b}", true),
            ("/a/*", "/a/b/c", false),
            ("/**/keys", "/a/b/keys", true),
            ("/v*/keys", "/v1/keys", true),
            ("**", "/", true),
        ] {
            assert_eq!(matches(glob, path), expected, "{glob} {path}");
        }
    }
}
