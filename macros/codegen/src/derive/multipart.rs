//! `#[derive(Multipart)]`

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DeriveInput, Field, Generics, LitStr};

use super::attributes::{self, Attributes, Place};
use super::fields::{self, Names};
use crate::conditions::Condition;
use crate::errors::Sink;

/// A struct with named fields spreads into a part for each.
pub(crate) fn derive(sink: &Sink, input: &DeriveInput) -> TokenStream {
    let all = attributes::read(sink, Place::MultipartType, &input.attrs);
    let runtime = attributes::runtime(sink, &all);
    let mut names = Names::new(all.rename_all, "part");
    let expected =
        "`#[derive(Multipart)]` takes a struct with named fields: each becomes a part of that name";
    let parts = fields::named(sink, input, expected)
        .map(|field| part(sink, field, &input.generics, &runtime, &mut names));
    let (parts, members): (Vec<TokenStream>, Vec<TokenStream>) = parts.unzip();
    let (ident, (parameters, arguments, clause)) = (&input.ident, input.generics.split_for_impl());
    let write = quote!(fn write(self, parts: &mut #runtime::Parts<'_>) { #(#parts)* });
    // At the name of the type: there the compiler points when it lists what implements the trait.
    let block = quote_spanned! {ident.span()=>
        impl #parameters #runtime::Multipart for #ident #arguments #clause {
            #write
            #runtime::__private::members! { #(#members)* }
        }
    };
    quote! {
        #[automatically_derived]
        #[allow(deprecated, unused_variables, clippy::all, clippy::pedantic)]
        #block
    }
}

/// A field is a part, or a struct that spreads: how it is written, and what is told of it.
fn part(
    sink: &Sink,
    field: &Field,
    generics: &Generics,
    runtime: &TokenStream,
    names: &mut Names,
) -> (TokenStream, TokenStream) {
    let own = attributes::read(sink, Place::MultipartField, &field.attrs);
    let (Some(ident), false) = (&field.ident, own.skip) else {
        return (TokenStream::new(), TokenStream::new());
    };
    let name = if own.flatten { String::new() } else { names.of(ident, &own) };
    let role = if own.flatten { "PartFlatten" } else { "Part" };
    let member = fields::Told { field, own: &own, role, wire: &name, lists: None }.member(runtime, generics);
    let (cfgs, ty, span) = (fields::cfgs(field), &field.ty, field.ty.span());
    let written = if own.flatten {
        without_options(sink, &own);
        let value = quote_spanned!(span=> self.#ident);
        quote!(#runtime::Parts::flatten::<#ty>(parts, #value);)
    } else {
        names.once(sink, ident, &name, Condition::of(cfgs.iter().copied()));
        let content_type = content_type(sink, &own);
        let file_name = own.file_name.as_ref().map(LitStr::value);
        let printed =
            crate::expand::part_options(runtime, own.json, content_type.as_deref(), file_name.as_deref());
        let (function, value) = if own.json {
            (quote!(json_with), quote_spanned!(span=> &self.#ident))
        } else {
            (quote!(part_with), quote_spanned!(span=> self.#ident))
        };
        quote!(#runtime::Parts::#function::<#ty>(parts, #name, #printed, #value);)
    };
    let written = match own.skip_if {
        // As serde calls it: with a reference to the field.
        Some(skip) => quote!(#(#cfgs)* if !#skip(&self.#ident) { #written }),
        None => quote!(#(#cfgs)* { #written }),
    };
    (written, member)
}

/// The media type of a part, whose name and file name can stand in its header.
fn content_type(sink: &Sink, own: &Attributes) -> Option<String> {
    for literal in [&own.rename, &own.file_name].into_iter().flatten() {
        // As on an argument: a line break would end the header of the part (RFC 7578, 4.2).
        if literal.value().chars().any(char::is_control) {
            sink.at(literal.span(), "a control character in the name of a part or a file: remove it");
        }
    }
    own.content_type.as_ref().and_then(|text| crate::check::media_type(sink, text))
}

/// What spreads has no name, type or file name of its own.
fn without_options(sink: &Sink, own: &Attributes) {
    for text in [&own.rename, &own.content_type, &own.file_name].into_iter().flatten() {
        sink.at(
            text.span(),
            "`flatten` spreads into parts that bring their own names: remove this or `flatten`",
        );
    }
}
