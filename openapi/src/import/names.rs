//! Names that a person would choose, out of those that a document has.

use heck::{ToSnakeCase, ToUpperCamelCase};
use std::collections::BTreeSet;

/// Words that cannot be a name. `r#` makes names of them, except of the last four.
const KEYWORDS: [&str; 52] = [
    "as", "break", "const", "continue", "else", "enum", "extern", "false", "fn", "for", "if", "impl", "in",
    "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "static", "struct", "trait",
    "true", "type", "unsafe", "use", "where", "while", "async", "await", "dyn", "abstract", "become", "box",
    "do", "final", "macro", "override", "priv", "typeof", "unsized", "virtual", "yield", "try", "gen",
    "crate", "self", "super", "Self",
];

/// The words of a name, in small letters: `["list", "api", "keys"]` for `listAPIKeys`.
pub(super) fn words(text: &str) -> Vec<String> {
    let text = match text.trim().strip_prefix(['+', '-']) {
        Some(rest) if rest.starts_with(|letter: char| letter.is_ascii_digit()) => {
            format!("{}_{rest}", if text.trim().starts_with('+') { "plus" } else { "minus" })
        }
        _ => text.replace(['\'', '’'], ""),
    };
    let spelled: String = text.chars().map(|letter| if is_name(letter) { letter } else { ' ' }).collect();
    let snake = with_acronyms(&spelled).to_snake_case();
    snake.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Acronyms that begin or end with a small letter, as words: `IDs`, `URLs`, `IPv4`, `OAuth`, `iOS`.
fn with_acronyms(text: &str) -> String {
    const WORDS: [(&str, &str); 7] = [
        ("OAuth", "Oauth"),
        ("IPv4", "Ipv4"),
        ("IPv6", "Ipv6"),
        ("iOS", "Ios"),
        ("macOS", "Macos"),
        ("eCommerce", "Ecommerce"),
        ("GraphQL", "Graphql"),
    ];
    let text = WORDS.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    let letters: Vec<char> = text.chars().collect();
    let at = |index: usize| letters.get(index).copied().unwrap_or(' ');
    let is_plural = |index: usize| {
        index > 1
            && at(index) == 's'
            && at(index - 1).is_uppercase()
            && at(index - 2).is_uppercase()
            && !at(index + 1).is_lowercase()
    };
    let capital = |(index, letter): (usize, &char)| if is_plural(index) { 'S' } else { *letter };
    letters.iter().enumerate().map(capital).collect()
}

/// Letters and digits that an identifier may hold; `²` is a number, but not one of those.
fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter.is_alphabetic()
}

/// The name of a type or a variant.
pub(super) fn camel(words: &[String]) -> String {
    let name = words.join("_").to_upper_camel_case();
    match name.chars().next() {
        None => "Value".to_owned(),
        Some(first) if first.is_ascii_digit() => match spelled(&name) {
            Some((digit, rest)) => format!("{digit}_{rest}").to_upper_camel_case(),
            None => format!("N{name}"),
        },
        Some(_) if name == "Self" => "SelfValue".to_owned(),
        Some(_) => name,
    }
}

/// `two` and `fa` for `2fa`: a digit before letters is a word.
fn spelled(name: &str) -> Option<(&'static str, &str)> {
    const DIGITS: [&str; 10] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let (digit, rest) = name.split_at_checked(1)?;
    let is_word = rest.len() > 1 && rest.starts_with(|letter: char| letter.is_alphabetic());
    let digit = DIGITS.get(digit.parse::<usize>().ok()?)?;
    is_word.then_some((*digit, rest))
}

/// The name of a method, a field or a module, which may need `r#` ([`raw`]).
pub(super) fn snake(words: &[String]) -> String {
    let name = words.join("_");
    match name.chars().next() {
        None => "value".to_owned(),
        Some(first) if first.is_ascii_digit() => match spelled(&name) {
            Some((digit, rest)) => format!("{digit}_{rest}"),
            None => format!("n{name}"),
        },
        Some(_) => name,
    }
}

/// The name as it is written: `r#match` for `match`.
pub(super) fn raw(name: &str) -> String {
    match name {
        "self" | "super" | "crate" => format!("{name}_"),
        _ if KEYWORDS.contains(&name) => format!("r#{name}"),
        _ => name.to_owned(),
    }
}

/// The singular of the last word.
pub(super) fn singular(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    if let Some(last) = words.last_mut() {
        // What ends like a plural and is none: `status`, `address`, `alias`, `https`.
        let is_plural = last.ends_with('s')
            && !["ss", "us", "is", "aas", "alias", "canvas", "atlas", "bias", "chaos", "macos"]
                .iter()
                .any(|end| last.ends_with(end));
        const UNCOUNTED: [&str; 12] = [
            "stats",
            "statistics",
            "settings",
            "analytics",
            "news",
            "series",
            "timeseries",
            "species",
            "sms",
            "mms",
            "totals",
            "synthetics",
        ];
        let is_short = last.len() < 4 && !["ips", "ids", "vms"].contains(&last.as_str());
        if is_plural && !is_short && !UNCOUNTED.contains(&last.as_str()) {
            let single = pluralizer::pluralize(last, 1, false);
            *last = if single == *last { last.trim_end_matches('s').to_owned() } else { single };
        }
    }
    words
}

/// The plural of the last word.
pub(super) fn plural(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    if let Some(last) = words.last_mut() {
        *last = pluralizer::pluralize(last, 2, false);
    }
    words
}

/// Whether two words are one in singular and plural.
pub(super) fn same_noun(one: &str, other: &str) -> bool {
    let single = |word: &str| singular(&[word.to_owned()]).concat();
    single(one) == single(other)
}

/// Names that were given, so that none is given twice.
#[derive(Debug, Clone, Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    pub(super) fn reserved<N: AsRef<str>>(names: impl IntoIterator<Item = N>) -> Self {
        Self(names.into_iter().map(|name| name.as_ref().to_owned()).collect())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// Takes the first candidate that is free, or the last one with a number.
    pub(super) fn take(&mut self, candidates: impl IntoIterator<Item = String>) -> String {
        let mut last = String::new();
        for candidate in candidates {
            if self.0.insert(candidate.clone()) {
                return candidate;
            }
            last = candidate;
        }
        let separator = if last.starts_with(char::is_uppercase) { "" } else { "_" };
        let mut number = 2_usize;
        loop {
            let candidate = format!("{last}{separator}{number}");
            if self.0.insert(candidate.clone()) {
                return candidate;
            }
            number += 1;
        }
    }
}

/// A way in which serde renames fields or variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Case(pub(super) &'static str);

/// What serde calls them, the simplest first.
const CASES: [Case; 8] = [
    Case("lowercase"),
    Case("snake_case"),
    Case("camelCase"),
    Case("kebab-case"),
    Case("SCREAMING_SNAKE_CASE"),
    Case("UPPERCASE"),
    Case("SCREAMING-KEBAB-CASE"),
    Case("PascalCase"),
];

impl Case {
    /// What serde makes of a variant's name.
    pub(super) fn of_variant(self, name: &str) -> String {
        let mut snake = String::new();
        for (at, letter) in name.char_indices() {
            if at > 0 && letter.is_uppercase() {
                snake.push('_');
            }
            snake.extend(letter.to_lowercase());
        }
        match self.0 {
            "lowercase" => name.to_ascii_lowercase(),
            "UPPERCASE" => name.to_ascii_uppercase(),
            "PascalCase" => name.to_owned(),
            "camelCase" => first_lower(name),
            "snake_case" => snake,
            "kebab-case" => snake.replace('_', "-"),
            "SCREAMING_SNAKE_CASE" => snake.to_ascii_uppercase(),
            _ => snake.to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// What serde makes of a field's name.
    pub(super) fn of_field(self, name: &str) -> String {
        let mut pascal = String::new();
        let mut capital = true;
        for letter in name.chars() {
            match letter {
                '_' => capital = true,
                _ if capital => {
                    pascal.push(letter.to_ascii_uppercase());
                    capital = false;
                }
                _ => pascal.push(letter),
            }
        }
        match self.0 {
            "lowercase" | "snake_case" => name.to_owned(),
            "UPPERCASE" | "SCREAMING_SNAKE_CASE" => name.to_ascii_uppercase(),
            "PascalCase" => pascal,
            "camelCase" => first_lower(&pascal),
            "kebab-case" => name.replace('_', "-"),
            _ => name.to_ascii_uppercase().replace('_', "-"),
        }
    }
}

fn first_lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + letters.as_str())
}

/// The case that gives most of the wire names out of the Rust names; `None` if the plain name gives as many.
pub(super) fn best_case(pairs: &[(&str, &str)], apply: fn(Case, &str) -> String) -> Option<Case> {
    let plain = pairs.iter().filter(|(name, wire)| name == wire).count();
    let fits = |case: Case| pairs.iter().filter(|(name, wire)| apply(case, name) == *wire).count();
    let mut best = None;
    let mut most = plain;
    for case in CASES {
        let count = fits(case);
        if count > most {
            (best, most) = (Some(case), count);
        }
    }
    // One rename saved is not worth the line.
    best.filter(|_| most > plain + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> String {
        words(text).join(" ")
    }

    #[test]
    fn words_are_found_in_any_spelling() {
        assert_eq!(split("listAPIKeys"), "list api keys");
        assert_eq!(split("repos/list-for-org"), "repos list for org");
        assert_eq!(split("created_at[gte]"), "created at gte");
        assert_eq!(split("+1"), "plus 1");
        assert_eq!(split("x²"), "x");
        assert_eq!(split("user's"), "users");
        assert_eq!(split("memberIDs"), "member ids");
        assert_eq!(split("listURLsOf"), "list urls of");
        assert_eq!(split("OAuth"), "oauth");
        assert_eq!(split("IPv6Address"), "ipv6 address");
    }

    #[test]
    fn a_name_is_an_identifier() {
        assert_eq!(camel(&words("2fa-token")), "TwoFaToken");
        assert_eq!(camel(&words("3ds")), "ThreeDs");
        assert_eq!(snake(&words("2fa")), "two_fa");
        assert_eq!(camel(&words("24h")), "N24h");
        assert_eq!(snake(&words("")), "value");
        assert_eq!(raw("type"), "r#type");
        assert_eq!(raw("self"), "self_");
        assert_eq!(camel(&words("self")), "SelfValue");
    }

    #[test]
    fn a_singular_is_english() {
        for (many, one) in [
            ("categories", "category"),
            ("keys", "key"),
            ("status", "status"),
            ("addresses", "address"),
            ("repos", "repo"),
            ("schemas", "schema"),
            ("alias", "alias"),
            ("aliases", "alias"),
            ("stats", "stats"),
        ] {
            assert_eq!(singular(&words(many)).concat(), one);
        }
    }

    #[test]
    fn the_case_of_most_is_found() {
        let pairs = [("createdAt", "CREATED"), ("a", "a")];
        assert_eq!(best_case(&pairs, Case::of_field), None);
        let pairs = [("created_at", "createdAt"), ("updated_at", "updatedAt"), ("id", "id")];
        assert_eq!(best_case(&pairs, Case::of_field), Some(Case("camelCase")));
        let pairs = [("InProgress", "in_progress"), ("Done", "done")];
        assert_eq!(best_case(&pairs, Case::of_variant), Some(Case("snake_case")));
    }
}
