//! Reads the attributes of serde and of declarest on types, fields and variants.

use syn::{Attribute, LitStr, Token};

use crate::errors::Sink;
use crate::names;

/// What the attributes say.
#[derive(Default)]
pub(super) struct Attributes {
    pub(super) rename: Option<LitStr>,
    pub(super) rename_all: Option<Case>,
    pub(super) skip: bool,
    pub(super) flatten: bool,
    pub(super) nest: bool,
    pub(super) catch_all: bool,
    pub(super) lists: Option<LitStr>,
    pub(super) runtime: Option<LitStr>,
}

/// The cases of serde's `rename_all`.
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

/// Reads `#[serde(…)]` and `#[own(…)]`; of serde's keys only those that change names or presence matter here.
pub(super) fn read(sink: &Sink, own: &str, attrs: &[Attribute]) -> Attributes {
    let mut found = Attributes::default();
    for attribute in attrs {
        let serde = attribute.path().is_ident("serde");
        if !serde && !attribute.path().is_ident(own) {
            continue;
        }
        let result = attribute.parse_args_with(|input: syn::parse::ParseStream<'_>| {
            if !serde && input.peek(LitStr) {
                found.rename = Some(input.parse()?);
                input.parse::<Option<Token![,]>>()?;
            }
            if input.is_empty() {
                Ok(())
            } else {
                syn::meta::parser(|meta| key(sink, own, serde, meta, &mut found)).parse2(input.parse()?)
            }
        });
        if let Err(error) = result {
            sink.at(error.span(), error);
        }
    }
    found
}

use syn::parse::Parser as _;

fn key(
    sink: &Sink,
    own: &str,
    serde: bool,
    meta: syn::meta::ParseNestedMeta<'_>,
    found: &mut Attributes,
) -> syn::Result<()> {
    let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
    match name.as_str() {
        "rename" if meta.input.peek(Token![=]) => found.rename = Some(meta.value()?.parse()?),
        "rename" | "rename_all" if meta.input.peek(syn::token::Paren) => return serialize(sink, meta, found),
        "rename_all" => found.rename_all = case(sink, &meta.value()?.parse()?),
        "skip" | "skip_serializing" => found.skip = true,
        "flatten" => found.flatten = true,
        "untagged" | "other" => found.catch_all = true,
        "nest" if own == "query" && !serde => found.nest = true,
        "lists" if own == "query" && !serde => found.lists = Some(meta.value()?.parse()?),
        "crate" if !serde => found.runtime = Some(meta.value()?.parse()?),
        _ if serde => skip_value(&meta)?,
        _ => {
            let known: &[&str] = if own == "query" {
                &["nest", "lists", "flatten", "skip", "rename"]
            } else {
                &["rename", "rename_all"]
            };
            let near = names::nearest(&name, known.iter().copied());
            let help = near.map_or_else(
                || format!("it knows `{}`", known.join("`, `")),
                |near| format!("did you mean `{near}`?"),
            );
            return Err(meta.error(format!("`#[{own}(…)]` has no key `{name}`: {help}")));
        }
    }
    Ok(())
}

/// `rename(serialize = "…", deserialize = "…")`: what is sent counts.
fn serialize(sink: &Sink, meta: syn::meta::ParseNestedMeta<'_>, found: &mut Attributes) -> syn::Result<()> {
    let all = meta.path.is_ident("rename_all");
    meta.parse_nested_meta(|inner| {
        let text: LitStr = inner.value()?.parse()?;
        if inner.path.is_ident("serialize") {
            if all {
                found.rename_all = case(sink, &text);
            } else {
                found.rename = Some(text);
            }
        }
        Ok(())
    })
}

fn case(sink: &Sink, text: &LitStr) -> Option<Case> {
    let found = CASES.iter().find(|(name, _)| *name == text.value());
    if found.is_none() {
        let near = names::nearest(&text.value(), CASES.iter().map(|(name, _)| *name)).unwrap_or("snake_case");
        sink.at(text.span(), format!("`{}` is no case: did you mean `{near}`?", text.value()));
    }
    found.map(|(_, case)| *case)
}

/// A key of serde that has nothing to do with names.
fn skip_value(meta: &syn::meta::ParseNestedMeta<'_>) -> syn::Result<()> {
    if meta.input.peek(Token![=]) {
        meta.value()?.parse::<syn::Expr>()?;
    } else if meta.input.peek(syn::token::Paren) {
        let content;
        syn::parenthesized!(content in meta.input);
        content.parse::<proc_macro2::TokenStream>()?;
    }
    Ok(())
}

/// The path to the runtime.
pub(super) fn runtime(sink: &Sink, attributes: &Attributes) -> proc_macro2::TokenStream {
    let Some(text) = &attributes.runtime else { return quote::quote!(::declarest) };
    text.parse::<syn::Path>().map_or_else(
        |_| {
            sink.at(text.span(), format!("`{}` is no path: write `crate = \"::declarest\"`", text.value()));
            quote::quote!(::declarest)
        },
        |path| quote::quote!(#path),
    )
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
