//! The pipeline of `#[api]`: tokens → raw declaration → checked model → tokens.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{check, expand, fallback, parse};

/// What `#[api(attr)] item` becomes.
///
/// When something is wrong, all mistakes come out together with a stand-in, so that nothing else breaks.
pub(crate) fn expand(attr: TokenStream, item: TokenStream) -> TokenStream {
    let declaration = match parse::declaration(attr, item.clone()) {
        Ok(declaration) => declaration,
        Err(error) => return not_a_trait(&error, item),
    };
    let (frame, checked) = check::declaration(&declaration);
    match checked {
        Ok(methods) if !declaration.unfinished => expand::api(&frame, &methods),
        checked => {
            let (mistakes, stand_in) = (checked.err(), fallback::api(&frame, &declaration));
            quote!(#mistakes #stand_in)
        }
    }
}

/// The item as it was written, next to what is wrong with it.
fn not_a_trait(error: &syn::Error, item: TokenStream) -> TokenStream {
    let looks_like_a_trait = item
        .clone()
        .into_iter()
        .any(|token| matches!(token, proc_macro2::TokenTree::Ident(word) if word == "trait"));
    let mistake = if looks_like_a_trait {
        error.to_compile_error()
    } else {
        let message =
            "`#[api]` belongs on a trait: write `#[api] pub trait MyApi { … }`, a method for each endpoint";
        syn::Error::new(keyword(&item), message).to_compile_error()
    };
    quote!(#mistake #item)
}

/// Where `struct`, `fn`, `impl`, … stands, behind attributes and visibility.
fn keyword(item: &TokenStream) -> proc_macro2::Span {
    const ITEMS: &[&str] = &[
        "struct", "enum", "union", "fn", "impl", "mod", "const", "static", "type", "use", "extern", "unsafe",
        "async",
    ];
    let words = item.clone().into_iter();
    let found = words.clone().find(|token| matches!(token, proc_macro2::TokenTree::Ident(word) if ITEMS.contains(&word.to_string().as_str())));
    found
        .or_else(|| item.clone().into_iter().next())
        .map_or_else(proc_macro2::Span::call_site, |token| token.span())
}
