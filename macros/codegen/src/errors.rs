//! One sink for every mistake of a declaration.

use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Collects mistakes, so that one run of the compiler shows them all.
///
/// There is no way to make one but [`Sink::gather`], which hands out what was collected: no mistake gets lost.
pub(crate) struct Sink(RefCell<Vec<syn::Error>>);

/// The mistakes of one declaration; printing them makes one `compile_error!` each.
pub(crate) struct Mistakes(Vec<syn::Error>);

impl Sink {
    /// Runs `work` with a new sink and returns what it made, and what it reported.
    pub(crate) fn gather<T>(work: impl FnOnce(&Self) -> T) -> (T, Result<(), Mistakes>) {
        let sink = Self(RefCell::default());
        let made = work(&sink);
        let mut errors = sink.0.into_inner();
        if errors.is_empty() {
            return (made, Ok(()));
        }
        errors.sort_by_key(|error| position(error.span()));
        (made, Err(Mistakes(errors)))
    }

    /// How many mistakes were reported so far.
    pub(crate) fn count(&self) -> usize {
        self.0.borrow().len()
    }

    /// Reports a mistake that stands at one token.
    pub(crate) fn at(&self, span: Span, message: impl Display) {
        self.0.borrow_mut().push(syn::Error::new(span, message));
    }

    /// Reports a mistake that covers several tokens, a type for one.
    pub(crate) fn over(&self, tokens: impl ToTokens, message: impl Display) {
        self.0.borrow_mut().push(syn::Error::new_spanned(tokens, message));
    }
}

impl ToTokens for Mistakes {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.0.iter().map(syn::Error::to_compile_error));
    }
}

/// Line and column; outside the compiler all positions are equal, which keeps the order of the reports.
fn position(span: Span) -> (usize, usize) {
    if !proc_macro::is_available() {
        return (0, 0);
    }
    // A conversion that fails outside the compiler only, which was just ruled out.
    let span = Span::unwrap(span);
    (span.line(), span.column())
}
