//! The procedural macros of declarest; use them through the `declarest` crate, which documents the language.
//!
//! `api` shows the pipeline: `parse` reads, `check` judges, `model` holds what is valid, `expand` prints it.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

use proc_macro::TokenStream;

mod api;
mod check;
mod derive;
mod errors;
mod expand;
mod fallback;
mod model;
mod names;
mod parse;
mod print;
mod template;
#[cfg(test)]
mod tests;
mod types;

/// Turns a trait that declares an HTTP API into a client.
#[proc_macro_attribute]
pub fn api(attr: TokenStream, item: TokenStream) -> TokenStream {
    api::expand(attr.into(), item.into()).into()
}

/// Lets a newtype or a fieldless enum stand in a path, a query, a header or a field.
#[proc_macro_derive(Scalar, attributes(scalar, serde))]
pub fn derive_scalar(item: TokenStream) -> TokenStream {
    derive::expand(item.into(), derive::scalar::derive).into()
}

/// Lets a struct spread into the pairs of a query.
#[proc_macro_derive(Query, attributes(query, serde))]
pub fn derive_query(item: TokenStream) -> TokenStream {
    derive::expand(item.into(), derive::query::derive).into()
}
