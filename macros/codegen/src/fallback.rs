//! What stands in for an API that does not compile: the trait and a client whose methods do nothing.
//!
//! The rest of the crate keeps its names, so that one mistake is one error and completion keeps working.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{
    FnArg, GenericParam, Generics, LifetimeParam, Pat, PatIdent, ReturnType, Signature, TraitItem,
    TraitItemFn,
};

use crate::expand;
use crate::model::{Frame, Method};
use crate::parse::Declaration;
use crate::types;

/// Prints the stand-in. Methods that are right are printed as they are, so that the compiler checks their types too.
pub(crate) fn api(frame: &Frame<'_>, raw: &Declaration, methods: &[Method<'_>]) -> TokenStream {
    let items = items(raw);
    let declared = items.iter().map(|(_, item)| declared(frame, item));
    let item = expand::wrapped(frame, declared);
    let client = expand::client(frame, methods);
    // What the client would have to choose keeps it from implementing the trait at all.
    let implementable = raw.item.items.iter().all(|item| match item {
        TraitItem::Fn(_) => true,
        TraitItem::Const(constant) => constant.default.is_some(),
        _ => false,
    });
    let implementation = (implementable && raw.item.modifiers.auto_token.is_none())
        .then(|| implementation(frame, &items, methods));
    quote!(#item #client #implementation)
}

/// The items of which the compiler would not complain again, with their places: one of each name, plain names for
/// patterns, no `const`.
fn items(raw: &Declaration) -> Vec<(usize, TraitItem)> {
    let mut seen: Vec<(String, bool)> = Vec::new();
    let mut items = Vec::new();
    for (index, item) in raw.item.items.iter().enumerate() {
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
                if function.default.is_none() {
                    plain(&mut function.sig);
                    nameable(&mut function.sig);
                    declare_lifetimes(&mut function.sig, &raw.item.generics);
                }
            }
            TraitItem::Verbatim(_) | TraitItem::Macro(_) => continue,
            _ => {}
        }
        items.push((index, item));
    }
    items
}

/// A signature without `const`, `...` and patterns.
fn plain(signature: &mut Signature) {
    signature.constness = None;
    signature.variadic = None;
    for (position, input) in signature.inputs.iter_mut().enumerate() {
        let FnArg::Typed(argument) = input else { continue };
        let ident = match &*argument.pat {
            Pat::Ident(name) => name.ident.clone(),
            _ => format_ident!("arg{position}"),
        };
        *argument.pat =
            Pat::Ident(PatIdent { attrs: Vec::new(), by_ref: None, mutability: None, ident, subpat: None });
    }
}

/// Nothing can be made of an `impl Trait` that is no future, so nothing stands in for it; and nothing for a result
/// without a size, of which the compiler would complain again.
fn nameable(signature: &mut Signature) {
    let ReturnType::Type(_, ty) = &mut signature.output else { return };
    let unsized_result = types::last_segment(ty)
        .and_then(types::type_argument)
        .filter(|result| types::owned_instead(result).is_some());
    if unsized_result.is_some() {
        types::replace_type_argument(ty, syn::parse_quote!(()));
    }
    if types::is_unnameable(ty) && types::future_output(ty).is_none() {
        signature.output = ReturnType::Default;
    }
}

/// Declares the lifetimes that nothing declares.
fn declare_lifetimes(signature: &mut Signature, outer: &Generics) {
    let missing = types::undeclared_lifetimes(signature, outer);
    let missing = missing.into_iter().map(|lifetime| GenericParam::Lifetime(LifetimeParam::new(lifetime)));
    let declared = std::mem::take(&mut signature.generics.params);
    signature.generics.params = missing.chain(declared).collect();
}

/// An `async fn` without a body promises `Send`, as in a trait that compiles; a partial fake need not implement any.
fn declared(frame: &Frame<'_>, item: &TraitItem) -> TokenStream {
    match item {
        TraitItem::Fn(function) if function.default.is_none() && frame.partial_fakes => {
            let (attrs, method) = (&function.attrs, diverging(function));
            quote!(#(#attrs)* #[allow(unused_variables)] #method)
        }
        TraitItem::Fn(function) if function.default.is_none() && function.sig.asyncness.is_some() => {
            let (attrs, signature) = (&function.attrs, expand::returns_future(&function.sig));
            let end = &function.semi_token;
            quote!(#(#attrs)* #signature #end)
        }
        other => other.to_token_stream(),
    }
}

fn implementation(frame: &Frame<'_>, items: &[(usize, TraitItem)], methods: &[Method<'_>]) -> TokenStream {
    let bodies = items.iter().filter_map(|(index, item)| match item {
        TraitItem::Fn(function) if function.default.is_none() => {
            let cfgs = function.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
            let diverging = || {
                let method = diverging(function);
                quote!(#(#cfgs)* #method)
            };
            let method = methods.iter().find(|method| method.signature().index == *index);
            Some(method.map_or_else(diverging, |method| expand::method(frame, method)))
        }
        _ => None,
    });
    expand::implementation(frame, &quote!(#(#bodies)*))
}

/// The method with a body that fits any return type.
fn diverging(function: &TraitItemFn) -> TokenStream {
    let signature = &function.sig;
    let declared_future = match &signature.output {
        ReturnType::Type(_, ty) => types::future_output(ty).is_some(),
        ReturnType::Default => false,
    };
    if signature.asyncness.is_some() {
        let signature = expand::returns_future(signature);
        return quote!(#signature { ::core::future::pending() });
    }
    let body = if declared_future { quote!(::core::future::pending()) } else { quote!(loop {}) };
    quote!(#signature { #body })
}
