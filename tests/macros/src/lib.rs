//! The macros of declarest as functions: a crate of procedural macros exports nothing else, and a compiler is no place
//! to fuzz them. The modules are those of `macros/src/lib.rs`.

extern crate proc_macro;

#[path = "../../../macros/src/api.rs"]
mod api;
#[path = "../../../macros/src/check/mod.rs"]
mod check;
#[path = "../../../macros/src/derive/mod.rs"]
mod derive;
#[path = "../../../macros/src/errors.rs"]
mod errors;
#[path = "../../../macros/src/expand/mod.rs"]
mod expand;
#[path = "../../../macros/src/fallback.rs"]
mod fallback;
#[path = "../../../macros/src/model.rs"]
mod model;
#[path = "../../../macros/src/names.rs"]
mod names;
#[path = "../../../macros/src/parse/mod.rs"]
mod parse;
#[path = "../../../macros/src/print.rs"]
mod print;
#[path = "../../../macros/src/template.rs"]
mod template;
#[path = "../../../macros/src/types.rs"]
mod types;

use proc_macro2::TokenStream;

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
