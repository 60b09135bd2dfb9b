//! The rules about path literals.

use std::fmt::Display;
use std::ops::Range;

use syn::LitStr;

use crate::errors::Sink;
use crate::template::{self, Problem, Template};

/// Reads a path literal; each mistake in it stands at the literal, which the message repeats with the place marked.
pub(super) fn template(sink: &Sink, literal: &LitStr) -> Template {
    let (template, problems) = template::parse(&literal.value());
    problems.iter().for_each(|problem| tell(sink, literal, problem));
    template
}

/// Reads a path literal that has no placeholders; those it has are left to the caller, whatever their braces hold.
pub(super) fn without_placeholders(sink: &Sink, literal: &LitStr) -> Template {
    let (template, problems) = template::parse(&literal.value());
    let within = |problem: &&Problem| template.placeholders.iter().any(|other| other.at == problem.at);
    problems.iter().filter(|problem| !within(problem)).for_each(|problem| tell(sink, literal, problem));
    template
}

fn tell(sink: &Sink, literal: &LitStr, problem: &Problem) {
    wrong(sink, literal, &problem.at, &problem.wrong, &problem.help);
}

/// A prefix or a nest that adds nothing to the path is left out.
pub(super) fn not_empty(sink: &Sink, literal: &LitStr, help: &str) {
    if literal.value().is_empty() {
        wrong(sink, literal, &(0..0), "the path is empty", help);
    }
}

/// Reports a mistake within a path literal.
pub(super) fn wrong(sink: &Sink, literal: &LitStr, at: &Range<usize>, wrong: impl Display, help: &str) {
    let text = literal.value();
    sink.at(literal.span(), format!("{wrong}\n{}\n{help}", template::underlined(&text, at)));
}

/// The path behind the prefix of its API. A nest without a path hands on the prefix alone.
pub(super) fn join(prefix: &Template, mut path: Template) -> Template {
    match path.pieces.first_mut() {
        Some(first) => first.insert_str(0, &prefix.path),
        None => path.pieces.extend((!prefix.path.is_empty()).then(|| prefix.path.clone())),
    }
    path.path.insert_str(0, &prefix.path);
    path
}
