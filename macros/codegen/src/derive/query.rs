//! `#[derive(Query)]`

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DataEnum, DeriveInput, Field, Generics, Ident, Variant};

use super::attributes::{self, Attributes, Place};
use super::fields::{self, Names};
use crate::conditions::Condition;
use crate::errors::Sink;
use crate::model::Lists;
use crate::types::behind_reference;

/// A struct spreads into pairs, an enum is a value of one name.
pub(crate) fn derive(sink: &Sink, input: &DeriveInput) -> TokenStream {
    let is_enum = matches!(input.data, Data::Enum(_));
    let place = if is_enum { Place::QueryEnum } else { Place::QueryType };
    let all = attributes::read(sink, place, &input.attrs);
    let runtime = attributes::runtime(sink, &all);
    let implement = if is_enum { value } else { pairs };
    let implementation = implement(sink, input, &all, &runtime);
    quote! {
        #[automatically_derived]
        #[allow(deprecated, unused_variables, clippy::all, clippy::pedantic)]
        #implementation
    }
}

/// A struct with named fields spreads into a pair for each.
fn pairs(sink: &Sink, input: &DeriveInput, all: &Attributes, runtime: &TokenStream) -> TokenStream {
    let mut names = Names::new(all.rename_all, "query");
    let expected = "`#[derive(Query)]` takes a struct with named fields: each becomes a pair of that name";
    let pairs = fields::named(sink, input, expected)
        .map(|field| pair(sink, field, &input.generics, runtime, &mut names));
    let (pairs, members): (Vec<TokenStream>, Vec<TokenStream>) = pairs.unzip();
    let (ident, (parameters, arguments, clause)) = (&input.ident, input.generics.split_for_impl());
    let write = quote!(fn write(&self, pairs: &mut #runtime::Pairs<'_>) { #(#pairs)* });
    // At the name of the type: there the compiler points when it lists what implements the trait.
    quote_spanned! {ident.span()=>
        impl #parameters #runtime::Query for #ident #arguments #clause {
            #write
            #runtime::__private::members! { #(#members)* }
        }
    }
}

/// An untagged enum is the value of its variant: a scalar, or a list.
fn value(sink: &Sink, input: &DeriveInput, all: &Attributes, runtime: &TokenStream) -> TokenStream {
    let (ident, (parameters, arguments, clause)) = (&input.ident, input.generics.split_for_impl());
    if !all.catch_all {
        sink.at(
            ident.span(),
            "`#[derive(Query)]` takes a struct with named fields, or an enum with `#[serde(untagged)]` whose variants each hold a value; an enum of names derives `Scalar`",
        );
    }
    let arms: Vec<TokenStream> = match &input.data {
        Data::Enum(DataEnum { variants, .. }) => {
            variants.iter().map(|variant| arm(sink, variant, all.catch_all, runtime)).collect()
        }
        _ => Vec::new(),
    };
    let matched = if arms.is_empty() { quote!(match *self {}) } else { quote!(match self { #(#arms)* }) };
    let write = quote!(fn write_values(&self, values: &mut #runtime::Values<'_>) { #matched });
    quote_spanned! {ident.span()=>
        impl #parameters #runtime::QueryValue for #ident #arguments #clause { #write }
    }
}

fn arm(sink: &Sink, variant: &Variant, is_untagged: bool, runtime: &TokenStream) -> TokenStream {
    attributes::read(sink, Place::QueryVariant, &variant.attrs);
    let ident = &variant.ident;
    let cfgs = variant.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let mut fields = variant.fields.iter();
    let (Some(field), None) = (fields.next(), fields.next()) else {
        if is_untagged {
            sink.at(ident.span(), format!("`{ident}` does not hold one value: give it one field"));
        }
        return quote!(#(#cfgs)* Self::#ident { .. } => {});
    };
    let (ty, value) = match behind_reference(&field.ty) {
        Some(ty) => (ty, quote!(*value)),
        None => (&field.ty, quote!(value)),
    };
    let member = field.ident.as_ref().map_or_else(|| quote!(0), |ident| quote!(#ident));
    let write = quote_spanned!(ty.span()=> <#ty as #runtime::QueryValue>::write_values(#value, values));
    quote!(#(#cfgs)* Self::#ident { #member: value } => #write,)
}

/// A field is one name, or a struct that spreads: how it is written, and what is told of it.
fn pair(
    sink: &Sink,
    field: &Field,
    generics: &Generics,
    runtime: &TokenStream,
    names: &mut Names,
) -> (TokenStream, TokenStream) {
    let own = attributes::read(sink, Place::QueryField, &field.attrs);
    let (Some(ident), false) = (&field.ident, own.skip) else {
        return (TokenStream::new(), TokenStream::new());
    };
    let name = names.of(ident, &own);
    check(sink, (field, ident), &own, &name, names);
    let cfgs = fields::cfgs(field);
    // A reference to a list is a list: one `&` is peeled, as in a signature.
    let (ty, value) = match behind_reference(&field.ty) {
        Some(ty) => (ty, quote_spanned!(field.ty.span()=> self.#ident)),
        None => (&field.ty, quote_spanned!(field.ty.span()=> &self.#ident)),
    };
    let style = style(sink, &own, runtime);
    let (role, wire) = role(&own, &name);
    let member =
        fields::Told { field, own: &own, role, wire, lists: style.clone() }.member(runtime, generics);
    let call = match (&own, style) {
        (Attributes { flatten: true, .. }, _) => {
            quote!(nest::<#ty>(pairs, ::core::option::Option::None, #value))
        }
        (Attributes { nest: true, .. }, _) => {
            quote!(nest::<#ty>(pairs, ::core::option::Option::Some(#name), #value))
        }
        (Attributes { json: true, .. }, _) => quote!(pair_json::<#ty>(pairs, #name, #value)),
        (Attributes { encoded: true, .. }, style) => {
            let style = style.unwrap_or_else(|| crate::expand::list_style(runtime, Lists::Repeat));
            quote!(pair_encoded::<#ty>(pairs, #name, #style, #value))
        }
        (_, Some(style)) => quote!(pair_as::<#ty>(pairs, #name, #style, #value)),
        _ => quote!(pair::<#ty>(pairs, #name, #value)),
    };
    let written = quote!(#runtime::Pairs::#call;);
    let written = match own.skip_if {
        // As serde calls it: with a reference to the field.
        Some(skip) => quote!(#(#cfgs)* if !#skip(&self.#ident) { #written }),
        None => quote!(#(#cfgs)* #written),
    };
    (written, member)
}

/// The keys of a field do not contradict each other, its name is not used by another one, and its type has the shape that they ask for.
fn check(sink: &Sink, (field, ident): (&Field, &Ident), own: &Attributes, name: &str, names: &mut Names) {
    if own.flatten && own.nest {
        sink.at(ident.span(), "`flatten` spreads beside the others, `nest` under a name: remove one of them");
    }
    if let [_, other, ..] = ways(own).as_slice() {
        sink.at(
            ident.span(),
            format!("`{other}` and another key both define how it is written: remove one of them"),
        );
    }
    if !own.flatten {
        names.once(sink, ident, name, Condition::of(fields::cfgs(field)));
    }
    if ways(own).iter().all(|way| *way == "encoded") {
        let style = own.lists.as_ref().and_then(crate::check::list_style);
        if style != Some(Lists::Indices) {
            crate::check::flat(sink, &field.ty);
        }
        if let Some(lists) = own.lists.as_ref() {
            let place = own.rename.as_ref().map_or(ident.span(), syn::LitStr::span);
            crate::check::brackets_once(sink, place, name, crate::check::list_style(lists));
        }
    }
}

/// The variant of the runtime's `Role`, and the name on the wire.
fn role<'a>(own: &Attributes, name: &'a str) -> (&'static str, &'a str) {
    match own {
        Attributes { flatten: true, .. } => ("QueryFlatten", ""),
        Attributes { nest: true, .. } => ("QueryFlatten", name),
        Attributes { json: true, .. } => ("QueryJson", name),
        _ => ("Query", name),
    }
}

/// The keys that say how a field is written, beside a style of lists.
fn ways(own: &Attributes) -> Vec<&'static str> {
    let structure = own.flatten || own.nest;
    let keys = [(structure, "flatten"), (own.json, "json"), (own.encoded, "encoded")];
    keys.into_iter().filter_map(|(is_there, key)| is_there.then_some(key)).collect()
}

fn style(sink: &Sink, own: &Attributes, runtime: &TokenStream) -> Option<TokenStream> {
    let lists = crate::check::lists(sink, own.lists.as_ref()?)?;
    Some(crate::expand::list_style(runtime, lists))
}
