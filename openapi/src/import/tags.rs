//! The words that a tag says.

use super::names::words;
use crate::model::Operation;

/// The words of an operation's tag; of the first segment of its path that says something if it has none.
pub(super) fn tag_of(operation: &Operation<'_>) -> Vec<String> {
    let tag = operation.tags.iter().map(|tag| tag_words(tag)).find(|words| !words.is_empty());
    tag.unwrap_or_else(|| {
        let version = |segment: &str| {
            let rest = segment.trim_start_matches('v');
            segment.starts_with('v')
                && !rest.is_empty()
                && rest.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
        };
        let segments = operation
            .path
            .split(['/', ':'])
            .filter(|segment| !segment.is_empty() && !segment.starts_with('{'));
        let mut said =
            segments.filter(|segment| !version(segment) && *segment != "api" && *segment != "rest");
        let first = said.next().and_then(|segment| segment.split(['{', '?', '#']).next());
        let words = words(first.unwrap_or_default());
        if words.is_empty() { vec!["root".to_owned()] } else { words }
    })
}

/// The words of a tag, without those that all tags could have.
pub(super) fn tag_words(tag: &str) -> Vec<String> {
    const NOISE: [&str; 5] = ["api", "apis", "endpoint", "endpoints", "controller"];
    let all = words(tag);
    let mut said: Vec<String> = Vec::new();
    for (at, word) in all.iter().enumerate() {
        let is_key =
            all.get(at + 1).is_some_and(|next| ["key", "keys", "token", "tokens"].contains(&next.as_str()));
        let repeats = said.last() == Some(word);
        if !repeats && (is_key || !NOISE.contains(&word.as_str())) {
            said.push(word.clone());
        }
    }
    if said.is_empty() { all } else { said }
}

/// The words that most tags begin with, such as the product and its version.
pub(super) fn common_prefix(tags: &[&[String]]) -> Vec<String> {
    let mut prefix: Vec<String> = Vec::new();
    let has = |prefix: &[String]| {
        tags.iter().filter(|tag| tag.len() > prefix.len() && tag.starts_with(prefix)).count()
    };
    let is_common = |prefix: &[String]| tags.len() > 2 && has(prefix) * 5 >= tags.len() * 4;
    while let Some(longer) = tags.iter().find_map(|tag| {
        let longer = tag.get(..=prefix.len())?;
        (longer.starts_with(&prefix) && is_common(longer)).then(|| longer.to_vec())
    }) {
        prefix = longer;
    }
    prefix
}
