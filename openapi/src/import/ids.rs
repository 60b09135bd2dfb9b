//! The words of an operation's id, also where it does not separate them.

use super::methods::VERBS;
use super::names::{singular, words};
use crate::model::Operation;

/// Words that a text of several words may hold between others.
const SMALL: [&str; 12] = ["a", "an", "the", "and", "for", "by", "in", "of", "to", "from", "with", "on"];
/// Words at the end of an id that say what all ids are of.
const NOISE: [&str; 4] = ["method", "endpoint", "operation", "handler"];

/// `["update", "spend", "limit"]` for `updatespendlimit`, if the path, the tags and the summary have these words.
pub(super) fn id_words(id: &str, operation: &Operation<'_>) -> Vec<String> {
    let said = words(&format!("{} {} {}", operation.path, operation.summary, operation.tags.join(" ")));
    let mut plain = words(id);
    let is_noise = |word: &String| NOISE.contains(&word.as_str()) && !said.contains(word);
    if plain.len() > 1 && plain.last().is_some_and(is_noise) {
        plain.pop();
    }
    let mut known: Vec<String> = VERBS.iter().chain(&SMALL).map(|word| (*word).to_owned()).collect();
    for word in said {
        known.push(singular(std::slice::from_ref(&word)).concat());
        known.push(word);
    }
    known.retain(|word| !word.is_empty());
    let is_odd = |word: &String| (10..80).contains(&word.len()) && !known.contains(word);
    if !plain.iter().any(is_odd) {
        return plain;
    }
    let parts =
        plain.iter().map(|word| if is_odd(word) { split(word, &known) } else { Some(vec![word.clone()]) });
    match parts.collect::<Option<Vec<Vec<String>>>>() {
        Some(parts) => parts.concat(),
        // `createanAPIkey`: capitals that separate nothing.
        None => split(&plain.concat(), &known).unwrap_or(plain),
    }
}

/// The fewest known words that a text consists of.
fn split(text: &str, known: &[String]) -> Option<Vec<String>> {
    // The best way to each place in the text, from its beginning.
    let mut ways: Vec<Option<Vec<String>>> = vec![None; text.len() + 1];
    ways.first_mut()?.replace(Vec::new());
    for end in 1..=text.len() {
        let endings =
            known.iter().filter(|word| text.get(..end).is_some_and(|start| start.ends_with(word.as_str())));
        let found = endings.filter_map(|word| {
            let before = ways.get(end.checked_sub(word.len())?)?.clone()?;
            Some([before, vec![word.clone()]].concat())
        });
        let best = found.min_by_key(Vec::len);
        if let Some(way) = ways.get_mut(end) {
            *way = best;
        }
    }
    ways.pop().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_divided_into_known_words() {
        let known = words("update updates spend limit spend_limits project");
        assert_eq!(split("updateprojectspendlimit", &known), Some(words("update project spend limit")));
        assert_eq!(split("updatesomething", &known), None);
        assert_eq!(split("", &known), Some(Vec::new()));
    }
}
