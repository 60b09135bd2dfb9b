//! The rule about places: under each combination of `#[cfg]`s, one argument at most is there for a place, and exactly one
//! for a placeholder.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{Ident, Meta};

use crate::check::subject::Arguments;
use crate::conditions::{self, Condition, Found, MOST_OPTIONS};
use crate::errors::Sink;
use crate::model::{Argument, Role};
use crate::print::normal;

/// What arguments are for.
pub(in crate::check) struct Place {
    /// What an argument does there, as the predicate of a sentence.
    pub(in crate::check) does: String,
    /// How an argument for it is written, without its type.
    pub(in crate::check) written: String,
}

/// An argument for a place, and where its role stands.
type Candidate<'s, 'a> = (&'s Argument<'a>, Span);

/// The arguments that `is_meant` picks.
pub(in crate::check) fn candidates<'s, 'a>(
    arguments: &'s Arguments<'a>,
    is_meant: impl Fn(&Role) -> bool,
) -> Vec<Candidate<'s, 'a>> {
    let all = arguments.list.iter().zip(&arguments.places);
    all.filter(|(argument, _)| is_meant(&argument.role)).map(|(argument, place)| (argument, *place)).collect()
}

/// Whether two arguments can be there at once. The text says when, and is empty for always.
pub(in crate::check) fn clash(
    present: &Condition,
    first: &Argument<'_>,
    second: &Argument<'_>,
) -> Option<Clash> {
    let (name, first, second) = (first.ident, first.condition(), second.condition());
    let when = match conditions::both(present, &first, &second) {
        Found::Never => return None,
        Found::When(_) if first.is_empty() || second.is_empty() => String::new(),
        Found::When(case) => case.to_string(),
        Found::TooMany => too_many(),
    };
    Some(Clash { when, help: how_to_exclude(name, &first, &second) })
}

/// Two arguments for one place.
pub(in crate::check) struct Clash {
    /// When both are there: ` where …`, or nothing.
    pub(in crate::check) when: String,
    /// How to make them exclude each other; nothing if neither has a `#[cfg]`.
    pub(in crate::check) help: String,
}

fn too_many() -> String {
    format!(" (its `cfg`s name more than {MOST_OPTIONS} options, which are not compared)")
}

/// What to write at the second argument, or at the first, which has that name, so that they exclude each other.
fn how_to_exclude(name: &Ident, first: &Condition, second: &Condition) -> String {
    match (first.is_empty(), second.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!(", or write `#[cfg({})]` at `{name}`", second.negated()),
        (false, true) => format!(", or write `#[cfg({})]` here", first.negated()),
        (false, false) => format!(", or write `#[cfg(all({second}, {}))]` here", first.negated()),
    }
}

/// Exactly one of the candidates is there, under each combination. One mistake is told: first that none is there.
pub(in crate::check) fn exactly_one(
    sink: &Sink,
    present: &Condition,
    candidates: &[Candidate<'_, '_>],
    place: &Place,
) {
    if !is_gap(sink, present, candidates, place) {
        at_most_one(sink, present, candidates, place);
    }
}

/// A second candidate that can be there at once with an earlier one is a mistake.
pub(in crate::check) fn at_most_one(
    sink: &Sink,
    present: &Condition,
    candidates: &[Candidate<'_, '_>],
    place: &Place,
) {
    for (index, (second, at)) in candidates.iter().enumerate() {
        let earlier = candidates.iter().take(index);
        let Some(Clash { when, help }) =
            earlier.filter_map(|(first, _)| clash(present, first, second)).next()
        else {
            continue;
        };
        sink.at(*at, format!("another argument {} already{when}: remove one of them{help}", place.does));
    }
}

/// A combination without any of the candidates is a mistake. It is told at the last `#[cfg]`, which is in the way.
pub(in crate::check) fn is_gap(
    sink: &Sink,
    present: &Condition,
    candidates: &[Candidate<'_, '_>],
    place: &Place,
) -> bool {
    let conditions: Vec<Condition> = candidates.iter().map(|(argument, _)| argument.condition()).collect();
    let when = match conditions::none(present, &conditions) {
        Found::When(case) => case.to_string(),
        Found::TooMany => too_many(),
        Found::Never => return false,
    };
    let Some((last, _)) = candidates.last() else { return false };
    let Place { does, written } = place;
    let ty = normal(last.ty);
    let help = match conditions.as_slice() {
        [only] => {
            format!("remove this `#[cfg]`, or add an argument `#[cfg({})] {written}: {ty}`", only.negated())
        }
        [first, _] => format!("write `#[cfg({})]` here", first.negated()),
        all => {
            let all: Vec<String> = all.iter().map(Condition::to_string).collect();
            format!("add an argument `#[cfg(not(any({})))] {written}: {ty}`", all.join(", "))
        }
    };
    sink.over(predicate(last), format!("no argument {does}{when}: {help}"));
    true
}

/// What stands in the parentheses of the last `#[cfg]`.
fn predicate(argument: &Argument<'_>) -> TokenStream {
    match argument.cfgs.last().map(|attribute| &attribute.meta) {
        Some(Meta::List(list)) => list.tokens.clone(),
        _ => argument.ident.to_token_stream(),
    }
}
