//! What stands in for an API that does not compile: the trait and a client whose methods do nothing.
//!
//! The rest of the crate keeps its names, so that one mistake is one error and completion keeps working.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{FnArg, GenericParam, LifetimeParam, Pat, PatIdent, ReturnType, Signature, TraitItem, TraitItemFn};

use crate::expand;
use crate::model::Frame;
use crate::parse::Declaration;
use crate::types;

/// Prints the stand-in.
pub(crate) fn api(frame: &Frame<'_>, raw: &Declaration) -> TokenStream {
    let items = items(raw);
    let declared = items.iter().map(declared);
    let item = expand::wrapped(frame, declared);
    let client = expand::frame(frame, &expand::Lists::default());
    // What the client would have to choose keeps it from implementing the trait at all.
    let implementable = raw.item.items.iter().all(|item| match item {
        TraitItem::Fn(_) => true,
        TraitItem::Const(constant) => constant.default.is_some(),
        _ => false,
    });
    let implementation =
        (implementable && raw.item.modifiers.auto_token.is_none()).then(|| implementation(frame, &items));
    quote!(#item #client #implementation)
}

/// The items of which the compiler would not complain again: one of each name, plain names for patterns, no `const`.
fn items(raw: &Declaration) -> Vec<TraitItem> {
    let mut seen: Vec<(String, bool)> = Vec::new();
    let mut items = Vec::new();
    for item in &raw.item.items {
        let mut item = item.clone();
        match &mut item {
            TraitItem::Fn(function) => {
                let name = function.sig.ident.to_string();
                let conditional = function.attrs.iter().any(|attribute| attribute.path().is_ident("cfg"));
                let repeated = seen
                    .iter()
                    .any(|(other, may_be_absent)| *other == name && !(conditional && *may_be_absent));
                seen.push((name, conditional));
                if repeated {
                    continue;
                }
                plain(&mut function.sig, function.default.is_some());
                nameable(&mut function.sig, function.default.is_some());
                let missing = types::undeclared_lifetimes(&function.sig, &raw.item.generics);
                let missing =
                    missing.into_iter().map(|lifetime| GenericParam::Lifetime(LifetimeParam::new(lifetime)));
                let declared = std::mem::take(&mut function.sig.generics.params);
                function.sig.generics.params = missing.chain(declared).collect();
            }
            TraitItem::Verbatim(_) | TraitItem::Macro(_) => continue,
            _ => {}
        }
        items.push(item);
    }
    items
}

/// A signature without `const`, `...` and patterns.
fn plain(signature: &mut Signature, has_body: bool) {
    if has_body {
        return;
    }
    signature.constness = None;
    signature.variadic = None;
    for (position, input) in signature.inputs.iter_mut().enumerate() {
        let FnArg::Typed(argument) = input else { continue };
        let ident = match &*argument.pat {
            Pat::Ident(pattern) => pattern.ident.clone(),
            _ => format_ident!("arg{position}"),
        };
        *argument.pat = name(ident);
    }
}

/// Nothing can be made of an `impl Trait` that is no future, so nothing stands in for it.
fn nameable(signature: &mut Signature, has_body: bool) {
    let ReturnType::Type(_, ty) = &signature.output else { return };
    if !has_body && types::is_unnameable(ty) && types::future_output(ty).is_none() {
        signature.output = ReturnType::Default;
    }
}

fn name(ident: Ident) -> Pat {
    Pat::Ident(PatIdent { attrs: Vec::new(), by_ref: None, mutability: None, ident, subpat: None })
}

/// An `async fn` without a body promises `Send`, as in a trait that compiles.
fn declared(item: &TraitItem) -> TokenStream {
    match item {
        TraitItem::Fn(function) if function.default.is_none() && function.sig.asyncness.is_some() => {
            let (attrs, signature) = (&function.attrs, expand::returns_future(&function.sig));
            let end = &function.semi_token;
            quote!(#(#attrs)* #signature #end)
        }
        other => other.to_token_stream(),
    }
}

fn implementation(frame: &Frame<'_>, items: &[TraitItem]) -> TokenStream {
    let bodies = items.iter().filter_map(|item| match item {
        TraitItem::Fn(function) if function.default.is_none() => Some(diverging(function)),
        _ => None,
    });
    expand::implementation(frame, &quote!(#(#bodies)*))
}

/// The method with a body that fits any return type.
fn diverging(function: &TraitItemFn) -> TokenStream {
    let cfgs = function.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let signature = &function.sig;
    let declared_future = match &signature.output {
        ReturnType::Type(_, ty) => types::future_output(ty).is_some(),
        ReturnType::Default => false,
    };
    if signature.asyncness.is_some() {
        let signature = expand::returns_future(signature);
        return quote!(#(#cfgs)* #signature { ::core::future::pending() });
    }
    let body = if declared_future { quote!(::core::future::pending()) } else { quote!(loop {}) };
    quote!(#(#cfgs)* #signature { #body })
}
