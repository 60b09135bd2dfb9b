//! The attributes and keys of the language, and the nearest of them to what was written.

/// Attributes that make a method an endpoint.
pub(crate) const VERBS: &[&str] = &["get", "post", "put", "patch", "delete", "head", "options", "method"];
/// The attribute that makes a method a nested API.
pub(crate) const NEST: &str = "nest";
/// A key of an attribute, and an example of it.
pub(crate) type Key = (&'static str, &'static str);

const DEADLINE: Key = ("deadline", "deadline = \"10s\"");
const ATTEMPT_TIMEOUT: Key = ("attempt_timeout", "attempt_timeout = \"2s\"");
const ATTEMPTS: Key = ("attempts", "attempts = 3");
const STALL_TIMEOUT: Key = ("stall_timeout", "stall_timeout = \"30s\"");
const BODY_LIMIT: Key = ("body_limit", "body_limit = \"16 MiB\"");
const ITEM_LIMIT: Key = ("item_limit", "item_limit = \"1 MiB\"");
const HEADER: Key = ("header", "header(\"Name\" = \"value\")");
pub(crate) const LISTS: Key = ("lists", "lists = \"comma\"");
pub(crate) const OBJECTS: Key = ("objects", "objects = \"dots\"");
const AUTH: Key = ("auth", "auth = bearer");
const REDIRECTS: Key = ("redirects", "redirects = same_origin");
const IDEMPOTENCY_KEY: Key = ("idempotency_key", "idempotency_key = \"Idempotency-Key\"");
const ACCEPT: Key = ("accept", "accept = \"application/json\"");

/// The keys of `#[api(…)]`.
pub(crate) const API_KEYS: &[Key] = &[
    ("base", "base = \"https://api.example.com/v1\""),
    ("client", "client = \"MyClient\""),
    ("crate", "crate = \"path::to::declarest\""),
    ("dyn", "dyn"),
    ("partial_fakes", "partial_fakes"),
    HEADER,
    LISTS,
    OBJECTS,
    DEADLINE,
    ATTEMPT_TIMEOUT,
    ATTEMPTS,
    STALL_TIMEOUT,
    BODY_LIMIT,
    ITEM_LIMIT,
    AUTH,
    REDIRECTS,
    IDEMPOTENCY_KEY,
    ACCEPT,
];

/// The keys of `#[get(…)]` and the other verbs.
pub(crate) const ENDPOINT_KEYS: &[Key] = &[
    ("idempotent", "idempotent"),
    IDEMPOTENCY_KEY,
    DEADLINE,
    ATTEMPT_TIMEOUT,
    ATTEMPTS,
    STALL_TIMEOUT,
    BODY_LIMIT,
    ITEM_LIMIT,
    HEADER,
    ("field", "field(\"name\" = true)"),
    ("encoding", "encoding = \"form\""),
    ("allow_body", "allow_body"),
    LISTS,
    OBJECTS,
    AUTH,
    REDIRECTS,
    ACCEPT,
    ("events", "events(end = \"[DONE]\")"),
];

// The keys of roles.
pub(crate) const CONTENT_TYPE: Key = ("content_type", "content_type = \"text/plain\"");
pub(crate) const FILE_NAME: Key = ("file_name", "file_name = \"a.txt\"");

/// The value is encoded already.
pub(crate) const ENCODED: &str = "encoded";
/// Segments within the value may be empty.
pub(crate) const ALLOW_EMPTY: &str = "allow_empty";

/// What the compiler and its tools know on a method or an argument; never a misspelt verb or role.
const BUILT_IN: &[&str] = &[
    "cfg",
    "cfg_attr",
    "doc",
    "deprecated",
    "must_use",
    "allow",
    "warn",
    "deny",
    "forbid",
    "expect",
    "inline",
    "cold",
    "track_caller",
    "test",
    "path",
    "automatically_derived",
    "no_mangle",
    "link_name",
    "link_section",
    "target_feature",
    "rustfmt",
    "clippy",
    "diagnostic",
    "instrument",
    "unsafe",
    "macro_use",
    "export_name",
    "ignore",
    "should_panic",
];

/// What other libraries call it, and what it is called here.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("timeout", "deadline"),
    ("retry", "attempts"),
    ("retries", "attempts"),
    ("max_retries", "attempts"),
    ("content_type", "header"),
    ("body", "field"),
    ("base_url", "base"),
    ("host", "base"),
    ("style", "lists"),
    ("separator", "lists"),
    ("param", "query"),
    ("params", "query"),
    ("query_param", "query"),
    ("headers", "header"),
    ("file", "file_name"),
    ("filename", "file_name"),
    ("type", "content_type"),
    ("mime", "content_type"),
    ("payload", "json"),
    ("data", "json"),
    ("path_param", "segment"),
];

/// Keys of other libraries that are needless here, and what to do instead.
const NEEDLESS: &[(&str, &str)] = &[
    ("required", "an argument is required unless its type is an `Option`: remove it"),
    ("optional", "an argument is optional if its type is an `Option`: remove it"),
    ("skip_none", "an `Option` that is `None` is left out anyway: remove it"),
    ("skip_serializing_if", "an `Option` that is `None` is left out anyway: remove it"),
    ("skip_if_none", "an `Option` that is `None` is left out anyway: remove it"),
    ("nullable", "an `Option` that is `None` is left out anyway: remove it"),
    ("default", "an argument has no default value: remove it, and let the type be an `Option`"),
    ("default_value", "an argument has no default value: remove it, and let the type be an `Option`"),
    ("explode", "a list is one pair for each item: remove it, or write `lists = \"comma\"` for one pair"),
    ("multi", "a list is one pair for each item: remove it"),
    ("multiple", "a list is one pair for each item: remove it"),
    ("collection_format", "write `lists = \"comma\"` for one pair with commas"),
    ("encode", "each value is encoded: remove it"),
    (
        "flatten",
        "only `#[query(flatten)]`, `#[header(flatten)]` and `#[part(flatten)]` spread a value: remove it, and take the whole body as `#[json]` or `#[form]`",
    ),
];

/// What to do in place of a key of other libraries that this one does not need.
pub(crate) fn needless(key: &str) -> Option<&'static str> {
    NEEDLESS.iter().find(|(other, _)| *other == key).map(|(_, help)| *help)
}

/// What other libraries call a verb.
pub(crate) const OTHER_VERBS: &[&str] = &["request", "http", "route", "endpoint", "call", "api_call"];

/// How the key of a verb is written that stands as an attribute of the method.
pub(crate) fn key_as_attribute(name: &str) -> Option<&'static str> {
    let ours = if name == "timeout" { "deadline" } else { name };
    let key = ENDPOINT_KEYS.iter().find(|(key, _)| *key == ours);
    key.filter(|(key, _)| !["field", "header"].contains(key)).map(|(_, example)| *example)
}

/// Whether the compiler itself reads the attribute.
pub(crate) fn built_in(name: &str) -> bool {
    BUILT_IN.contains(&name)
}

/// The candidate that was most likely meant, if one is close.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    // Of a thousand endpoints, nearly all are written right.
    if let Some(same) = candidates.iter().find(|candidate| **candidate == name) {
        return Some(same);
    }
    let wanted = plain(name);
    let limit = (wanted.chars().count() / 3).max(1);
    let scored = candidates.into_iter().map(|candidate| (distance(&wanted, &plain(candidate)), candidate));
    scored
        .filter(|(score, _)| *score <= limit)
        .min_by_key(|(score, _)| *score)
        .map(|(_, candidate)| candidate)
}

/// The candidate that another library's word stands for, or else the nearest.
pub(crate) fn meant<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let word = OTHER_WORDS.iter().find(|(other, _)| *other == name);
    let known = word.and_then(|(_, ours)| candidates.clone().into_iter().find(|candidate| candidate == ours));
    known.or_else(|| nearest(name, candidates))
}

/// Case and the choice between `-` and `_` are no difference in what was meant.
fn plain(name: &str) -> String {
    name.to_lowercase().replace('-', "_")
}

/// The number of insertions, deletions, replacements and swaps of neighbours between two words.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    let mut last = None;
    for (i, letter) in from.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, other) in to.iter().enumerate() {
            let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
            let replaced = at(&row, j) + usize::from(letter != *other);
            let mut best = replaced.min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            let swapped = j > 0 && last == Some(*other) && to.get(j - 1) == Some(&letter);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            next.push(best);
        }
        last = Some(letter);
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found() {
        for (written, meant) in [
            ("gett", "get"),
            ("GET", "get"),
            ("pots", "post"),
            ("pach", "patch"),
            ("delet", "delete"),
            ("optons", "options"),
        ] {
            assert_eq!(nearest(written, VERBS.iter().copied()), Some(meant), "{written}");
        }
        assert_eq!(nearest("querry", ["segment", "query"]), Some("query"));
        assert_eq!(nearest("user-id", ["user_id"]), Some("user_id"));
        assert_eq!(nearest("tracing", VERBS.iter().copied()), None);
    }
}
