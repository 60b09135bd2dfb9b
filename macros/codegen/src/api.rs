//! The pipeline of `#[api]`: tokens → raw declaration → checked model → tokens.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::quote;

use crate::{check, expand, fallback, parse, roles};

/// What `#[api(attr)] item` becomes.
///
/// When something is wrong, all mistakes come out together with a stand-in, so that nothing else breaks.
pub(crate) fn expand(attr: TokenStream, item: TokenStream) -> TokenStream {
    let declaration = match parse::declaration(attr, item.clone()) {
        Ok(declaration) => declaration,
        Err(error) => return not_a_trait(&error, item),
    };
    let checked = check::declaration(&declaration);
    let (frame, methods) = (&checked.frame, &checked.methods);
    match checked.result {
        Ok(()) if !declaration.unfinished => expand::api(frame, methods),
        result => {
            let (mistakes, stand_in) = (result.err(), fallback::api(frame, &declaration, methods));
            quote!(#mistakes #stand_in)
        }
    }
}

/// The item as it was written, next to what is wrong with it.
fn not_a_trait(error: &syn::Error, item: TokenStream) -> TokenStream {
    let looks_like_a_trait =
        item.clone().into_iter().any(|token| matches!(token, TokenTree::Ident(word) if word == "trait"));
    let mistake = if looks_like_a_trait {
        error.to_compile_error()
    } else {
        let message =
            "`#[api]` belongs on a trait: write `#[api] pub trait MyApi { … }`, a method for each endpoint";
        syn::Error::new(keyword(&item), message).to_compile_error()
    };
    let item = without_ours(item);
    quote!(#mistake #item)
}

/// The tokens without verbs and roles, which mean nothing where there is no API.
fn without_ours(tokens: TokenStream) -> TokenStream {
    let mut rest = tokens.into_iter().peekable();
    let mut kept = TokenStream::new();
    while let Some(token) = rest.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' && rest.next_if(is_ours).is_some() => {}
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), without_ours(group.stream()));
                inner.set_span(group.span());
                kept.extend([TokenTree::Group(inner)]);
            }
            other => kept.extend([other]),
        }
    }
    kept
}

/// Whether the brackets of an attribute begin with a verb or a role.
fn is_ours(brackets: &TokenTree) -> bool {
    let TokenTree::Group(group) = brackets else { return false };
    match group.stream().into_iter().next() {
        Some(TokenTree::Ident(word)) => roles::is_ours(&word.to_string()),
        _ => false,
    }
}

/// Where `struct`, `fn`, `impl`, … stands, behind attributes and visibility.
fn keyword(item: &TokenStream) -> proc_macro2::Span {
    const ITEMS: &[&str] = &[
        "struct", "enum", "union", "fn", "impl", "mod", "const", "static", "type", "use", "extern", "unsafe",
        "async",
    ];
    let words = item.clone().into_iter();
    let found = words
        .clone()
        .find(|token| matches!(token, TokenTree::Ident(word) if ITEMS.contains(&word.to_string().as_str())));
    found
        .or_else(|| item.clone().into_iter().next())
        .map_or_else(proc_macro2::Span::call_site, |token| token.span())
}
