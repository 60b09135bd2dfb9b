//! `#[derive(Query)]`

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Field, Fields, Ident};

use super::attributes::{self, Attributes, Place};
use super::case::Case;
use crate::conditions::{self, Condition, Found};
use crate::errors::Sink;
use crate::types::behind_reference;

/// A struct with named fields spreads into a pair for each.
pub(crate) fn derive(sink: &Sink, input: &DeriveInput) -> TokenStream {
    let all = attributes::read(sink, Place::QueryType, &input.attrs);
    let runtime = attributes::runtime(sink, &all);
    let mut seen = Vec::new();
    let pairs = fields(sink, input).map(|field| pair(sink, field, all.rename_all, &runtime, &mut seen));
    let pairs: Vec<TokenStream> = pairs.collect();
    let (ident, (parameters, arguments, clause)) = (&input.ident, input.generics.split_for_impl());
    let write = quote!(fn write(&self, pairs: &mut #runtime::Pairs<'_>) { #(#pairs)* });
    // At the name of the type: there the compiler points when it lists what implements the trait.
    let block = quote_spanned! {ident.span()=>
        impl #parameters #runtime::Query for #ident #arguments #clause { #write }
    };
    quote! {
        #[automatically_derived]
        #[allow(deprecated, unused_variables, clippy::all, clippy::pedantic)]
        #block
    }
}

fn fields<'a>(sink: &Sink, input: &'a DeriveInput) -> impl Iterator<Item = &'a Field> {
    let named = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Some(&fields.named),
            Fields::Unit => return None.into_iter().flatten(),
            Fields::Unnamed(_) => None,
        },
        _ => None,
    };
    if named.is_none() {
        sink.at(
            input.ident.span(),
            "`#[derive(Query)]` takes a struct with named fields: each becomes a pair of that name",
        );
    }
    named.into_iter().flatten()
}

/// A field is one name, or a struct that spreads.
fn pair(
    sink: &Sink,
    field: &Field,
    case: Option<Case>,
    runtime: &TokenStream,
    seen: &mut Vec<(String, Condition)>,
) -> TokenStream {
    let own = attributes::read(sink, Place::QueryField, &field.attrs);
    let Some(ident) = &field.ident else { return TokenStream::new() };
    if own.skip {
        return TokenStream::new();
    }
    let plain = ident.unraw().to_string();
    let cased = case.map_or_else(|| plain.clone(), |case| case.of_field(&plain));
    let name = own.rename.as_ref().map_or(cased, syn::LitStr::value);
    if own.flatten && own.nest {
        sink.at(
            ident.span(),
            "`flatten` spreads beside the others, `nest` under a name: leave one of them out",
        );
    }
    let cfgs: Vec<_> = field.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect();
    if !own.flatten {
        once(sink, ident, &name, Condition::of(cfgs.iter().copied()), seen);
    }
    // A reference to a list is a list: one `&` is peeled, as in a signature.
    let (ty, value) = match behind_reference(&field.ty) {
        Some(ty) => (ty, quote_spanned!(field.ty.span()=> self.#ident)),
        None => (&field.ty, quote_spanned!(field.ty.span()=> &self.#ident)),
    };
    let call = match (&own, style(sink, &own, runtime)) {
        (Attributes { flatten: true, .. }, _) => {
            quote!(nest::<#ty>(pairs, ::core::option::Option::None, #value))
        }
        (Attributes { nest: true, .. }, _) => {
            quote!(nest::<#ty>(pairs, ::core::option::Option::Some(#name), #value))
        }
        (_, Some(style)) => quote!(pair_as::<#ty>(pairs, #name, #style, #value)),
        _ => quote!(pair::<#ty>(pairs, #name, #value)),
    };
    let written = quote!(#runtime::Pairs::#call;);
    match own.skip_if {
        // As serde calls it: with a reference to the field.
        Some(skip) => quote!(#(#cfgs)* if !#skip(&self.#ident) { #written }),
        None => quote!(#(#cfgs)* #written),
    }
}

/// Two fields have two names, unless their `cfg`s exclude each other.
fn once(sink: &Sink, ident: &Ident, name: &str, condition: Condition, seen: &mut Vec<(String, Condition)>) {
    let always = Condition::default();
    let excluded = |other: &Condition| conditions::both(&always, other, &condition) == Found::Never;
    if seen.iter().any(|(other, when)| other == name && !excluded(when)) {
        sink.at(
            ident.span(),
            format!(
                "the query name `{name}` stands twice: give this field another one, or make one field a list"
            ),
        );
    }
    seen.push((name.to_owned(), condition));
}

fn style(sink: &Sink, own: &Attributes, runtime: &TokenStream) -> Option<TokenStream> {
    let lists = crate::check::lists(sink, own.lists.as_ref()?)?;
    Some(crate::expand::list_style(runtime, lists))
}
