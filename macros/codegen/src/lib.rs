//! What the procedural macros of declarest do, as functions of token streams: `declarest-macros` is the door to it, and
//! tests and fuzzers come in without a compiler. Private to declarest: no version of it promises anything.
//!
//! `api` shows the pipeline: `parse` reads, `check` judges, `model` holds what is valid, `expand` prints it.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

extern crate proc_macro;

use proc_macro2::TokenStream;

mod api;
mod check;
mod conditions;
mod content;
mod derive;
mod errors;
mod expand;
mod fallback;
mod model;
mod names;
mod parse;
mod print;
mod roles;
mod template;
#[cfg(test)]
mod tests;
mod types;

/// What `#[api(attr)] item` becomes.
#[must_use]
pub fn api(attr: TokenStream, item: TokenStream) -> TokenStream {
    api::expand(attr, item)
}

/// What `#[derive(Scalar)]` adds to an item.
#[must_use]
pub fn derive_scalar(item: TokenStream) -> TokenStream {
    derive::expand(item, derive::scalar::derive)
}

/// What `#[derive(Query)]` adds to an item.
#[must_use]
pub fn derive_query(item: TokenStream) -> TokenStream {
    derive::expand(item, derive::query::derive)
}

/// What `#[derive(Decode)]` adds to an item.
#[must_use]
pub fn derive_decode(item: TokenStream) -> TokenStream {
    derive::expand(item, derive::decode::derive)
}

/// What `#[derive(Multipart)]` adds to an item.
#[must_use]
pub fn derive_multipart(item: TokenStream) -> TokenStream {
    derive::expand(item, derive::multipart::derive)
}
