//! Conditions of `#[cfg(…)]`: which combinations of options make several of them hold, or none.
//!
//! Each option is independent of the others: `unix` and `windows` count as possible at once. Which options a target sets
//! is known after the macro has run, so that what is checked here holds on every target.

use std::collections::BTreeSet;
use std::fmt::{self, Display, Formatter};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, Lit, Meta, Token, token};

use crate::print::normal;

/// The options of one question; with more, the combinations are too many to try.
pub(crate) const MOST_OPTIONS: usize = 12;

/// What the `#[cfg]`s of one item ask for, all of them together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Condition(Vec<Predicate>);

/// What stands in the parentheses of `#[cfg(…)]`.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Predicate {
    /// `unix`, `feature = "x"`
    Option(String),
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
}

/// The options that make a combination what was looked for: each set or not. Options that do not matter are left out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Case(Vec<(String, bool)>);

/// Whether some combination of options is what was looked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// No combination.
    Never,
    /// This one.
    When(Case),
    /// There are more options than [`MOST_OPTIONS`].
    TooMany,
}

impl Condition {
    /// Reads the `#[cfg]`s among the attributes of an item.
    pub(crate) fn of<'a, A: IntoIterator<Item = &'a Attribute>>(attrs: A) -> Self {
        let lists = attrs.into_iter().filter_map(|attribute| match &attribute.meta {
            Meta::List(list) if list.path.is_ident("cfg") => Some(list.tokens.clone()),
            _ => None,
        });
        Self(lists.map(Predicate::read).collect())
    }

    /// Both conditions in one.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Whether there is no `#[cfg]` at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The opposite, as it is written in `#[cfg(…)]`.
    pub(crate) fn negated(&self) -> String {
        match self.0.as_slice() {
            [Predicate::Not(inner)] => inner.to_string(),
            _ => format!("not({self})"),
        }
    }

    fn holds(&self, is_set: &dyn Fn(&str) -> bool) -> bool {
        self.0.iter().all(|predicate| predicate.holds(is_set))
    }
}

/// As it is written in `#[cfg(…)]`.
impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0.as_slice() {
            [only] => only.fmt(f),
            all => write_list(f, "all", all),
        }
    }
}

/// A combination in which `present` and both others hold.
pub(crate) fn both(present: &Condition, first: &Condition, second: &Condition) -> Found {
    search(&[present, first, second], |holds| holds(present) && holds(first) && holds(second))
}

/// A combination in which `present` holds and none of the others.
pub(crate) fn none(present: &Condition, others: &[Condition]) -> Found {
    let all: Vec<&Condition> = others.iter().chain([present]).collect();
    search(&all, |holds| holds(present) && !others.iter().any(holds))
}

/// Tries all combinations of the options.
fn search(conditions: &[&Condition], is_wanted: impl Fn(&dyn Fn(&Condition) -> bool) -> bool) -> Found {
    let mut options = BTreeSet::new();
    for predicate in conditions.iter().flat_map(|condition| &condition.0) {
        predicate.options(&mut options);
    }
    let options: Vec<&str> = options.into_iter().collect();
    if options.len() > MOST_OPTIONS {
        return Found::TooMany;
    }
    let wanted = |combination: u32| {
        let is_set = |name: &str| {
            options.iter().position(|option| *option == name).is_some_and(|at| combination >> at & 1 == 1)
        };
        is_wanted(&|condition| condition.holds(&is_set))
    };
    let all = 0..1 << options.len();
    match all.clone().find(|combination| wanted(*combination)) {
        Some(found) => Found::When(shortened(&options, found, |fixed| {
            all.clone().filter(|other| other & fixed == found & fixed).all(&wanted)
        })),
        None => Found::Never,
    }
}

/// The case without the options that do not matter: `is_enough` tells whether those of a mask decide.
fn shortened(options: &[&str], found: u32, is_enough: impl Fn(u32) -> bool) -> Case {
    let mut fixed = (1 << options.len()) - 1;
    for at in 0..options.len() {
        let without = fixed & !(1 << at);
        if is_enough(without) {
            fixed = without;
        }
    }
    let matters = options.iter().enumerate().filter(|(at, _)| fixed >> at & 1 == 1);
    Case(matters.map(|(at, option)| ((*option).to_owned(), found >> at & 1 == 1)).collect())
}

/// `where unix is set and windows is not set`; nothing for every combination.
impl Display for Case {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (index, (option, set)) in self.0.iter().enumerate() {
            let link = if index == 0 { " where" } else { " and" };
            write!(f, "{link} `{option}` is {}", if *set { "set" } else { "not set" })?;
        }
        Ok(())
    }
}

impl Predicate {
    /// What the compiler does not know either is an option by its text: the compiler tells.
    fn read(tokens: TokenStream) -> Self {
        Parser::parse2(Self::parse, tokens.clone()).unwrap_or_else(|_| Self::Option(normal(tokens)))
    }

    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(syn::LitBool) {
            let constant = input.parse::<syn::LitBool>()?.value;
            return Ok(if constant { Self::All(Vec::new()) } else { Self::Any(Vec::new()) });
        }
        let name = input.call(Ident::parse_any)?;
        if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            let value: Lit = input.parse()?;
            let value = match &value {
                Lit::Str(text) => format!("{:?}", text.value()),
                other => other.to_token_stream().to_string(),
            };
            return Ok(Self::Option(format!("{name} = {value}")));
        }
        if !input.peek(token::Paren) {
            return Ok(Self::Option(name.unraw().to_string()));
        }
        let content;
        syn::parenthesized!(content in input);
        let list = Punctuated::<Self, Token![,]>::parse_terminated_with(&content, Self::parse)?;
        let mut list: Vec<Self> = list.into_iter().collect();
        match (name.to_string().as_str(), list.pop()) {
            ("all", last) => Ok(Self::All(list.into_iter().chain(last).collect())),
            ("any", last) => Ok(Self::Any(list.into_iter().chain(last).collect())),
            ("not", Some(only)) if list.is_empty() => Ok(Self::Not(Box::new(only))),
            _ => Err(syn::Error::new(name.span(), "expected `all`, `any` or `not`")),
        }
    }

    fn options<'a>(&'a self, found: &mut BTreeSet<&'a str>) {
        match self {
            Self::Option(name) => _ = found.insert(name),
            Self::All(list) | Self::Any(list) => list.iter().for_each(|inner| inner.options(found)),
            Self::Not(inner) => inner.options(found),
        }
    }

    fn holds(&self, is_set: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Self::Option(name) => is_set(name),
            Self::All(list) => list.iter().all(|inner| inner.holds(is_set)),
            Self::Any(list) => list.iter().any(|inner| inner.holds(is_set)),
            Self::Not(inner) => !inner.holds(is_set),
        }
    }
}

impl Display for Predicate {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Option(name) => f.write_str(name),
            Self::All(list) => write_list(f, "all", list),
            Self::Any(list) => write_list(f, "any", list),
            Self::Not(inner) => write!(f, "not({inner})"),
        }
    }
}

fn write_list(f: &mut Formatter<'_>, name: &str, list: &[Predicate]) -> fmt::Result {
    let list: Vec<String> = list.iter().map(Predicate::to_string).collect();
    write!(f, "{name}({})", list.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(text: &str) -> Condition {
        let attribute: Attribute =
            syn::parse_str::<syn::ItemStruct>(&format!("#[cfg({text})] struct A;")).unwrap().attrs.remove(0);
        Condition::of([&attribute])
    }

    #[test]
    fn conditions_are_printed_as_they_are_written() {
        for text in [
            "unix",
            "feature = \"x\"",
            "not(unix)",
            "all(unix, any(a, b = \"c\"), not(any()))",
            "target(os = \"linux\")",
        ] {
            assert_eq!(condition(text).to_string(), text);
        }
        let both = condition("a").and(condition("not(b)"));
        assert_eq!(both.to_string(), "all(a, not(b))");
        assert_eq!(both.negated(), "not(all(a, not(b)))");
        assert_eq!(condition("not(a)").negated(), "a");
    }

    #[test]
    fn two_conditions_hold_at_once() {
        for (first, second, found) in [
            ("a", "not(a)", None),
            ("a", "b", Some(" where `a` is set and `b` is set")),
            ("all(a, b)", "not(any(a, c))", None),
            ("a", "all(b, not(a))", None),
            ("a", "all(b, not(c))", Some(" where `a` is set and `b` is set and `c` is not set")),
            ("any()", "a", None),
            ("false", "a", None),
            ("true", "all()", Some("")),
            ("feature = \"x\"", "not(feature = r\"x\")", None),
            (
                "feature = \"x\"",
                "not(feature = \"y\")",
                Some(" where `feature = \"x\"` is set and `feature = \"y\"` is not set"),
            ),
        ] {
            let case = match both(&Condition::default(), &condition(first), &condition(second)) {
                Found::When(case) => Some(case.to_string()),
                Found::Never => None,
                Found::TooMany => panic!("{first} {second}"),
            };
            assert_eq!(case.as_deref(), found, "{first} and {second}");
        }
    }

    #[test]
    fn a_gap_is_told_by_the_options_that_matter() {
        let always = Condition::default();
        let gap = |present: &Condition, others: &[&str]| {
            let others: Vec<Condition> = others.iter().map(|text| condition(text)).collect();
            match none(present, &others) {
                Found::When(case) => Some(case.to_string()),
                Found::Never => None,
                Found::TooMany => Some("too many".to_owned()),
            }
        };
        assert_eq!(gap(&always, &["a", "not(a)"]), None);
        assert_eq!(gap(&always, &["a", "b", "not(any(a, b))"]), None);
        assert_eq!(gap(&always, &["a"]).as_deref(), Some(" where `a` is not set"));
        assert_eq!(gap(&condition("a"), &["a"]), None);
        assert_eq!(
            gap(&condition("any(a, b)"), &["a", "c"]).as_deref(),
            Some(" where `a` is not set and `b` is set and `c` is not set")
        );
        assert_eq!(gap(&always, &["all(a, b)"]).as_deref(), Some(" where `b` is not set"));
        let many: Vec<String> = (0..13).map(|number| format!("o{number}")).collect();
        assert_eq!(gap(&always, &[&format!("any({})", many.join(", "))]).as_deref(), Some("too many"));
    }
}
