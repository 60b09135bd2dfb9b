//! Prints the trait.

use proc_macro2::TokenStream;
use quote::{ToTokens, TokenStreamExt, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{AttrStyle, Attribute, ReturnType, Signature, TraitItem};

use crate::model::Frame;

/// The trait as it was written, without our attributes; `default_body` gives a method a body it does not have.
pub(crate) fn declaration(
    frame: &Frame<'_>,
    default_body: impl Fn(usize) -> Option<TokenStream>,
    docs: impl Fn(usize) -> Vec<String>,
) -> TokenStream {
    let items = frame
        .item
        .items
        .iter()
        .enumerate()
        .map(|(index, item)| trait_item(item, default_body(index), &docs(index)));
    wrapped(frame, items)
}

/// The trait around other items.
pub(crate) fn wrapped(frame: &Frame<'_>, items: impl Iterator<Item = TokenStream>) -> TokenStream {
    let item = frame.item;
    let (inner, attrs): (Vec<_>, Vec<_>) =
        item.attrs.iter().partition(|attribute| matches!(attribute.style, AttrStyle::Inner(_)));
    // No `unsafe`: it has been reported, and the client would need it too.
    let (vis, ident, generics) = (&item.vis, &item.ident, &item.generics);
    let (colon, supertraits, clause) = (&item.colon_token, &item.supertraits, &item.generics.where_clause);
    let token = &item.trait_token;
    // Where nothing stands between the brackets the compiler would offer to write a type there, to the trait but not to
    // the client, and so tell one unknown type twice.
    let generics = if generics.params.is_empty() { quote!(<>) } else { generics.to_token_stream() };
    let mut tokens = quote! {
        #(#attrs)*
        #vis #token #ident #generics #colon #supertraits #clause
    };
    item.brace_token.surround(&mut tokens, |body| {
        body.append_all(inner);
        body.append_all(items);
    });
    tokens
}

fn trait_item(item: &TraitItem, default_body: Option<TokenStream>, docs: &[String]) -> TokenStream {
    let TraitItem::Fn(function) = item else { return item.to_token_stream() };
    let unread = default_body.as_ref().map(|_| quote!(#[allow(unused_variables)]));
    let attrs: &[Attribute] = &function.attrs;
    let asynchronous = function.sig.asyncness.is_some() && function.default.is_none();
    let signature = if asynchronous { returns_future(&function.sig) } else { function.sig.to_token_stream() };
    let body = match (&function.default, default_body) {
        (Some(body), _) => body.to_token_stream(),
        // In braces that stand at the method, where lints about it are shown.
        (None, Some(body)) => quote_spanned!(function.sig.ident.span()=> { #body }),
        (None, None) => function.semi_token.to_token_stream(),
    };
    quote! { #(#attrs)* #(#[doc = #docs])* #unread #signature #body }
}

/// The signature as an implementation repeats it.
pub(crate) fn signature(signature: &Signature) -> TokenStream {
    if signature.asyncness.is_some() { returns_future(signature) } else { signature.to_token_stream() }
}

/// `async fn f() -> R` promises no `Send`; `fn f() -> impl Future<Output = R> + Send` does.
pub(crate) fn returns_future(signature: &Signature) -> TokenStream {
    let Signature { constness, safety, abi, fn_token, ident, generics, inputs, output, .. } = signature;
    let clause = &generics.where_clause;
    let (output, span) = match output {
        ReturnType::Type(_, ty) => (ty.to_token_stream(), ty.span()),
        ReturnType::Default => (quote!(()), ident.span()),
    };
    let future = quote_spanned! {span=>
        impl ::core::future::Future<Output = #output> + ::core::marker::Send
    };
    quote!(#constness #safety #abi #fn_token #ident #generics (#inputs) -> #future #clause)
}
