//! `#[derive(Query)]`

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Field, Fields};

use super::attributes::{self, Attributes, Case};
use crate::errors::Sink;
use crate::types::behind_reference;

/// A struct with named fields spreads into a pair for each.
pub(crate) fn derive(sink: &Sink, input: &DeriveInput) -> TokenStream {
    let all = attributes::read(sink, "query", &input.attrs);
    let runtime = attributes::runtime(sink, &all);
    let pairs = fields(sink, input).map(|field| pair(sink, field, all.rename_all, &runtime));
    let pairs: Vec<TokenStream> = pairs.collect();
    let (ident, (parameters, arguments, clause)) = (&input.ident, input.generics.split_for_impl());
    quote! {
        #[automatically_derived]
        #[allow(deprecated, unused_variables, clippy::all, clippy::pedantic)]
        impl #parameters #runtime::Query for #ident #arguments #clause {
            fn write(&self, pairs: &mut #runtime::Pairs<'_>) {
                #(#pairs)*
            }
        }
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
fn pair(sink: &Sink, field: &Field, case: Option<Case>, runtime: &TokenStream) -> TokenStream {
    let own = attributes::read(sink, "query", &field.attrs);
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
    let cfgs = field.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
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
    quote!(#(#cfgs)* #runtime::Pairs::#call;)
}

fn style(sink: &Sink, own: &Attributes, runtime: &TokenStream) -> Option<TokenStream> {
    let lists = crate::check::lists(sink, own.lists.as_ref()?)?;
    Some(crate::expand::list_style(runtime, lists))
}
