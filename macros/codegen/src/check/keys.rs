//! Takes the list of an attribute apart by a table of the keys it may have.

use proc_macro2::Span;
use quote::ToTokens;
use syn::{Ident, Lit, LitStr};

use crate::errors::Sink;
use crate::names::{self, Key};
use crate::parse::{Arg, Value};

/// The list of one attribute, its keys known and single.
pub(super) struct Keys<'a> {
    args: &'a [Arg],
    allowed: &'a [Key],
    sink: &'a Sink,
}

impl<'a> Keys<'a> {
    /// A key is one of those the attribute has, and stands once; `positional` tells how a string alone is called.
    pub(super) fn new(
        sink: &'a Sink,
        attribute: &str,
        args: &'a [Arg],
        allowed: &'a [Key],
        positional: Option<&str>,
    ) -> Self {
        let mut seen: Vec<String> = Vec::new();
        let mut texts = 0;
        let named = args.iter().any(|arg| matches!(arg, Arg::Literal(Lit::Str(_))));
        for arg in args {
            without_suffix(sink, arg);
            match (arg, positional) {
                (Arg::Literal(literal), _) => {
                    texts += 1;
                    text_alone(sink, attribute, literal, texts, allowed, positional);
                }
                (Arg::Pair(name, _), _) => sink.at(name.span(), unnamed_pair(attribute, &name.value())),
                (Arg::Word(word), Some(what)) if is_constant(word) => {
                    sink.at(word.span(), not_a_literal(attribute, what));
                }
                (Arg::Unknown(tokens), Some(what)) if is_macro(tokens) => {
                    sink.over(tokens, not_a_literal(attribute, what));
                }
                (Arg::Missing(comma), _) => {
                    sink.at(*comma, "nothing stands in front of this `,`: remove it");
                }
                (Arg::Glued(second), _) => sink.at(*second, "write a `,` in front of this"),
                (Arg::Unknown(tokens), _) => {
                    let list = names_of(allowed);
                    let message = format!("`#[{attribute}(…)]` is a list of {list}, with commas between");
                    sink.over(tokens, message);
                }
                (Arg::Word(key) | Arg::Set(key, _) | Arg::List(key, _), _) => {
                    known(
                        sink,
                        attribute,
                        key,
                        allowed,
                        &mut seen,
                        alone(attribute, arg, positional.filter(|_| !named)),
                    );
                }
            }
        }
        Self { args, allowed, sink }
    }

    /// A key that is written alone.
    pub(super) fn flag(&self, key: &str) -> Option<Span> {
        match self.find(key)? {
            Arg::Word(word) => Some(word.span()),
            other => self.misfit(key, other.span()),
        }
    }

    /// A key with a text.
    pub(super) fn text(&self, key: &str) -> Option<&'a LitStr> {
        match self.find(key)? {
            Arg::Set(_, Value::Literal(Lit::Str(text))) => Some(text),
            // Told with its number.
            Arg::Set(_, Value::Literal(literal)) if UNITS.contains(&literal.suffix()) => None,
            Arg::Set(_, value) => self.misfit(key, value.span()),
            other => self.misfit(key, other.span()),
        }
    }

    /// A key with a text or a number.
    pub(super) fn literal(&self, key: &str) -> Option<&'a Lit> {
        match self.find(key)? {
            Arg::Set(_, Value::Literal(literal @ (Lit::Str(_) | Lit::Int(_)))) => Some(literal),
            Arg::Set(_, value) => self.misfit(key, value.span()),
            other => self.misfit(key, other.span()),
        }
    }

    /// A key with a word that is not quoted.
    pub(super) fn word(&self, key: &str) -> Option<&'a Ident> {
        match self.find(key)? {
            Arg::Set(_, Value::Word(word)) => Some(word),
            Arg::Set(_, value) => self.misfit(key, value.span()),
            other => self.misfit(key, other.span()),
        }
    }

    /// A key with a value, whatever it is.
    pub(super) fn value(&self, key: &str) -> Option<&'a Value> {
        match self.find(key)? {
            Arg::Set(_, value) => Some(value),
            other => self.misfit(key, other.span()),
        }
    }

    /// A key with a whole number above zero.
    pub(super) fn count(&self, key: &str) -> Option<(u32, Span)> {
        match self.find(key)? {
            Arg::Set(_, Value::Literal(Lit::Int(number))) => match number.base10_parse::<u32>() {
                Ok(count) if count > 0 => Some((count, number.span())),
                _ => {
                    self.sink.at(
                        number.span(),
                        format!("`{key}` is a number from 1 to {}: the first attempt counts", u32::MAX),
                    );
                    None
                }
            },
            Arg::Set(_, value) => self.misfit(key, value.span()),
            other => self.misfit(key, other.span()),
        }
    }

    /// The lists of a key that may stand several times, in one.
    pub(super) fn pairs(&self, key: &str) -> Vec<(&'a LitStr, &'a Value)> {
        let mut pairs = Vec::new();
        if !self.allowed.iter().any(|(known, _)| *known == key) {
            return pairs;
        }
        for arg in self.args.iter().filter(|arg| arg.key().is_some_and(|own| own == key)) {
            let Arg::List(word, list) = arg else {
                let _: Option<()> = self.misfit(key, arg.span());
                continue;
            };
            if list.is_empty() {
                self.sink.at(
                    word.span(),
                    format!("`{key}()` is empty: write `{}` or remove it", self.example(key)),
                );
            }
            for arg in list {
                without_suffix(self.sink, arg);
                if let Arg::Missing(comma) = arg {
                    self.sink.at(*comma, "nothing stands in front of this `,`: remove it");
                    continue;
                }
                if let Arg::Glued(second) = arg {
                    self.sink.at(*second, "write a `,` in front of this");
                    continue;
                }
                let Arg::Pair(name, value) = arg else {
                    let _: Option<()> = self.misfit(key, arg.span());
                    break;
                };
                pairs.push((name, value));
            }
        }
        pairs
    }

    /// The list of a key.
    pub(super) fn list(&self, key: &str) -> Option<(&'a Ident, &'a [Arg])> {
        match self.find(key)? {
            Arg::List(word, list) => Some((word, list)),
            other => self.misfit(key, other.span()),
        }
    }

    /// Reports on the value of a key.
    pub(super) fn wrong<T>(&self, span: Span, message: String) -> Option<T> {
        self.sink.at(span, message);
        None
    }

    fn find(&self, key: &str) -> Option<&'a Arg> {
        if !self.allowed.iter().any(|(known, _)| *known == key) {
            return None;
        }
        self.args.iter().find(|arg| arg.key().is_some_and(|own| own == key))
    }

    fn misfit<T>(&self, key: &str, span: Span) -> Option<T> {
        self.sink.at(span, format!("expected `{}`", self.example(key)));
        None
    }

    fn example(&self, key: &str) -> &'static str {
        self.allowed.iter().find(|(name, _)| *name == key).map_or("", |(_, example)| example)
    }
}

/// A constant that stands where a literal is expected.
pub(super) fn is_constant(word: &Ident) -> bool {
    word.to_string().starts_with(char::is_uppercase)
}

/// The units of durations and sizes, which are written in quotes.
const UNITS: &[&str] = &["ms", "s", "m", "h", "KiB", "MiB", "GiB"];

/// A literal is the text or the number alone.
pub(super) fn without_suffix(sink: &Sink, arg: &Arg) {
    let literals = match arg {
        Arg::Literal(literal) | Arg::Set(_, Value::Literal(literal)) => vec![literal.clone()],
        Arg::Pair(name, Value::Literal(literal)) => vec![Lit::Str(name.clone()), literal.clone()],
        Arg::Pair(name, _) => vec![Lit::Str(name.clone())],
        _ => Vec::new(),
    };
    for literal in literals {
        let suffix = literal.suffix();
        if !suffix.is_empty() {
            let text = literal.to_token_stream().to_string();
            let help = match text.strip_suffix(suffix) {
                Some(plain) if !UNITS.contains(&suffix) => plain.to_owned(),
                _ => format!("\"{text}\""),
            };
            sink.at(literal.span(), format!("a literal has no suffix here: write `{help}`"));
        }
    }
}

fn is_macro(tokens: &proc_macro2::TokenStream) -> bool {
    syn::parse2::<syn::ExprMacro>(tokens.clone()).is_ok() || syn::parse2::<syn::Path>(tokens.clone()).is_ok()
}

fn not_a_literal(attribute: &str, what: &str) -> String {
    format!(
        "the {what} of `#[{attribute}(…)]` is a string literal: macros and constants are not expanded here, write it in quotes"
    )
}

fn unnamed_pair(attribute: &str, name: &str) -> String {
    format!("`#[{attribute}(…)]` takes no pairs: write `header(\"{name}\" = \"…\")` for a constant header")
}

/// A text stands alone where the attribute has a path or a name, once.
fn text_alone(
    sink: &Sink,
    attribute: &str,
    literal: &Lit,
    count: usize,
    allowed: &[Key],
    positional: Option<&str>,
) {
    let message = match (positional, literal) {
        (Some(what), Lit::Str(_)) if count > 1 => {
            format!("`#[{attribute}(…)]` takes one {what}, and this is another: remove one of them")
        }
        (Some(_), Lit::Str(_)) => return,
        (Some(what), _) => {
            format!("the {what} of `#[{attribute}(…)]` is a string literal: write it in quotes, `\"…\"`")
        }
        (None, _) => format!("`#[{attribute}(…)]` takes no text alone, it takes {}", names_of(allowed)),
    };
    sink.at(literal.span(), message);
}

/// What to write for a path or a name that is given a key, or no quotes: both stand alone.
fn alone(attribute: &str, arg: &Arg, positional: Option<&str>) -> Option<String> {
    let what = positional?;
    match arg {
        Arg::Set(key, Value::Literal(Lit::Str(text))) if is_word_for_alone(key) => {
            let text = text.value();
            Some(format!("the {what} stands alone: write `#[{attribute}(\"{}\")]`", text.escape_debug()))
        }
        Arg::Word(word) if what == "name" && !is_word_for_alone(word) => {
            let name = word.to_string();
            let name = if attribute == "header" { name.replace('_', "-") } else { name };
            Some(format!("the name stands in quotes: write `#[{attribute}(\"{name}\")]`"))
        }
        _ => None,
    }
}

/// What others call the path or the name.
pub(super) fn is_word_for_alone(key: &Ident) -> bool {
    ["path", "url", "uri", "route", "prefix", "name", "rename", "key"].iter().any(|word| key == word)
}

/// A key is known and not written twice; lists of constants may be.
fn known(
    sink: &Sink,
    attribute: &str,
    key: &Ident,
    allowed: &[Key],
    seen: &mut Vec<String>,
    alone: Option<String>,
) {
    let name = key.to_string();
    if !allowed.iter().any(|(known, _)| *known == name) {
        let near = names::meant(&name, allowed.iter().map(|(known, _)| *known));
        let near = near.and_then(|near| allowed.iter().find(|(known, _)| *known == near));
        let help = at_another_level(attribute, &name)
            .or_else(|| near.map(|(_, example)| format!("did you mean `{example}`?")))
            .or_else(|| names::needless(&name).map(str::to_owned))
            .or(alone)
            .unwrap_or_else(|| match allowed {
                [] => "it takes no keys, remove it".to_owned(),
                _ => format!("it takes {}", names_of(allowed)),
            });
        sink.at(key.span(), format!("`#[{attribute}(…)]` has no key `{name}`: {help}"));
    } else if seen.contains(&name) && !["header", "field"].contains(&name.as_str()) {
        sink.at(key.span(), format!("`{name}` is written twice: remove one of them"));
    }
    seen.push(name);
}

/// Where a key belongs that the attribute does not have, but another one of the declaration does.
fn at_another_level(attribute: &str, key: &str) -> Option<String> {
    let example = |keys: &[Key]| keys.iter().find(|(known, _)| *known == key).map(|(_, example)| *example);
    let (verb, api) = (example(names::ENDPOINT_KEYS), example(names::API_KEYS));
    match (attribute, verb, api) {
        ("api", Some(example), None) => {
            Some(format!("it belongs to a verb, write `#[post(\"/…\", {example})]`"))
        }
        (names::NEST, _, Some(example)) => {
            Some(format!("it belongs to the trait of the nested API, write `#[api({example})]` there"))
        }
        (names::NEST, Some(example), None) => {
            Some(format!("it belongs to a verb of the nested API, write `#[post(\"/…\", {example})]` there"))
        }
        ("api", ..) => None,
        ("field", ..) if key == "lists" => Some(
            "a list style is for forms, write `encoding = \"form\"` in the verb, or remove it".to_owned(),
        ),
        (_, None, Some(example)) => Some(format!("it belongs to the trait, write `#[api({example})]`")),
        (_, Some(example), _) if !["field", "header", "encoding"].contains(&key) && !is_verb(attribute) => {
            Some(format!("it belongs to the verb, write `#[get(\"/…\", {example})]`"))
        }
        _ => None,
    }
}

fn is_verb(attribute: &str) -> bool {
    names::VERBS.contains(&attribute)
}

fn names_of(allowed: &[Key]) -> String {
    let names: Vec<String> = allowed.iter().map(|(name, _)| format!("`{name}`")).collect();
    names.join(", ")
}
