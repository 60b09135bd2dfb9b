//! The cases of serde's `rename_all`.

use syn::LitStr;

use crate::errors::Sink;
use crate::names;

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

const CASES: &[(&str, Case)] = &[
    ("lowercase", Case::Lower),
    ("UPPERCASE", Case::Upper),
    ("PascalCase", Case::Pascal),
    ("camelCase", Case::Camel),
    ("snake_case", Case::Snake),
    ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
    ("kebab-case", Case::Kebab),
    ("SCREAMING-KEBAB-CASE", Case::ScreamingKebab),
];

impl Case {
    /// The name of a variant, which is written in PascalCase.
    pub(super) fn of_variant(self, name: &str) -> String {
        let mut snake = String::new();
        for (index, letter) in name.char_indices() {
            if index > 0 && letter.is_uppercase() {
                snake.push('_');
            }
            snake.extend(letter.to_lowercase());
        }
        match self {
            Self::Lower => name.to_lowercase(),
            Self::Upper => name.to_uppercase(),
            Self::Pascal => name.to_owned(),
            Self::Camel => lower_first(name),
            Self::Snake | Self::ScreamingSnake | Self::Kebab | Self::ScreamingKebab => self.of_snake(&snake),
        }
    }

    /// The name of a field, which is written in snake_case.
    pub(super) fn of_field(self, name: &str) -> String {
        let pascal = || name.split('_').map(upper_first).collect::<String>();
        match self {
            Self::Pascal => pascal(),
            Self::Camel => lower_first(&pascal()),
            Self::Lower => name.to_owned(),
            Self::Upper => name.to_uppercase(),
            Self::Snake | Self::ScreamingSnake | Self::Kebab | Self::ScreamingKebab => self.of_snake(name),
        }
    }

    fn of_snake(self, name: &str) -> String {
        match self {
            Self::ScreamingSnake => name.to_uppercase(),
            Self::Kebab => name.replace('_', "-"),
            Self::ScreamingKebab => name.to_uppercase().replace('_', "-"),
            _ => name.to_owned(),
        }
    }
}

fn upper_first(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn lower_first(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Reads the name of a case.
pub(super) fn case(sink: &Sink, text: &LitStr) -> Option<Case> {
    let found = CASES.iter().find(|(name, _)| *name == text.value());
    if found.is_none() {
        let near = names::nearest(&text.value(), CASES.iter().map(|(name, _)| *name)).unwrap_or("snake_case");
        sink.at(text.span(), format!("`{}` is not a case: did you mean `{near}`?", text.value()));
    }
    found.map(|(_, case)| *case)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_those_of_serde() {
        let variants: Vec<String> = CASES.iter().map(|(_, case)| case.of_variant("VeryTasty")).collect();
        assert_eq!(
            variants,
            [
                "verytasty",
                "VERYTASTY",
                "VeryTasty",
                "veryTasty",
                "very_tasty",
                "VERY_TASTY",
                "very-tasty",
                "VERY-TASTY"
            ]
        );
        let fields: Vec<String> = CASES.iter().map(|(_, case)| case.of_field("very_tasty")).collect();
        assert_eq!(
            fields,
            [
                "very_tasty",
                "VERY_TASTY",
                "VeryTasty",
                "veryTasty",
                "very_tasty",
                "VERY_TASTY",
                "very-tasty",
                "VERY-TASTY"
            ]
        );
    }
}
