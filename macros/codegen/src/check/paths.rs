//! The rules about path literals.

use std::fmt::Display;
use std::ops::Range;

use syn::LitStr;

use crate::errors::Sink;
use crate::template::{self, Template};

/// Reads a path literal; each mistake in it stands at the literal, which the message repeats with the place marked.
pub(super) fn template(sink: &Sink, literal: &LitStr) -> Template {
    let text = literal.value();
    let (template, problems) = template::parse(&text);
    for problem in problems {
        wrong(sink, literal, &problem.at, &problem.wrong, &problem.help);
    }
    template
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
