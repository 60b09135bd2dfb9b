//! `#[derive(Scalar)]`

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DataEnum, DeriveInput, Fields, GenericParam, Ident, Variant};

use super::attributes::{self, Attributes, Place};
use crate::conditions::{self, Condition, Found};
use crate::errors::Sink;

/// A newtype has the text of what it wraps, a fieldless enum the name that serde gives its variant.
pub(crate) fn derive(sink: &Sink, input: &DeriveInput) -> TokenStream {
    let attributes = attributes::read(sink, Place::ScalarType, &input.attrs);
    let runtime = attributes::runtime(sink, &attributes);
    let body = match &input.data {
        Data::Struct(data) => newtype(sink, input, &data.fields, &runtime),
        Data::Enum(data) => names(sink, data, &attributes, &runtime),
        Data::Union(data) => {
            sink.at(
                data.union_token.span,
                "a union has no text: `#[derive(Scalar)]` takes a newtype or an enum without fields",
            );
            TokenStream::new()
        }
    };
    let mut generics = input.generics.clone();
    for parameter in &mut generics.params {
        if let GenericParam::Type(parameter) = parameter {
            parameter.bounds.push(syn::parse_quote!(#runtime::Scalar));
        }
    }
    let (ident, (parameters, arguments, clause)) = (&input.ident, generics.split_for_impl());
    let write = quote!(fn write(&self, sink: &mut #runtime::Sink<'_>) { #body });
    // At the name of the type: there the compiler points when it lists what implements the trait.
    let block = quote_spanned! {ident.span()=>
        impl #parameters #runtime::Scalar for #ident #arguments #clause { #write }
    };
    quote! {
        #[automatically_derived]
        #[allow(deprecated, unreachable_code, unused_variables, clippy::all, clippy::pedantic)]
        #block
    }
}

/// A newtype has exactly one field.
fn newtype(sink: &Sink, input: &DeriveInput, fields: &Fields, runtime: &TokenStream) -> TokenStream {
    let mut all = fields.iter();
    let (Some(field), None) = (all.next(), all.next()) else {
        let help = "`#[derive(Scalar)]` takes a struct with one field; a struct with several spreads into a query with `#[derive(Query)]` and `#[query(flatten)]`";
        sink.at(
            input.ident.span(),
            format!("`{}` has {} fields, so it is not a single value: {help}", input.ident, fields.len()),
        );
        return TokenStream::new();
    };
    let _ = attributes::read(sink, Place::ScalarField, &field.attrs);
    let ty = &field.ty;
    let member = field.ident.as_ref().map_or_else(|| quote!(0), |ident| quote!(#ident));
    let value = quote_spanned!(ty.span()=> &self.#member);
    quote!(<#ty as #runtime::Scalar>::write(#value, sink))
}

/// A variant has no fields, apart from one that stands for the names not known yet.
fn names(sink: &Sink, data: &DataEnum, all: &Attributes, runtime: &TokenStream) -> TokenStream {
    let mut texts = Vec::new();
    let arms: Vec<TokenStream> =
        data.variants.iter().map(|variant| arm(sink, variant, all, runtime, &mut texts)).collect();
    if arms.is_empty() { quote!(match *self {}) } else { quote!(match self { #(#arms)* }) }
}

/// The texts of the variants so far, and when each is there.
type Texts<'a> = Vec<(String, &'a Ident, Condition)>;

/// A text means one variant, or what is sent could not be told apart.
fn single_text<'a>(sink: &Sink, variant: &'a Variant, text: &str, texts: &mut Texts<'a>) {
    let condition = Condition::of(&variant.attrs);
    let always = Condition::default();
    let same = texts.iter().find(|(other, _, when)| {
        other == text && conditions::both(&always, when, &condition) != Found::Never
    });
    if let Some((_, other, _)) = same {
        sink.at(
            variant.ident.span(),
            format!(
                "`{}` has the text `{}`, as `{other}` has: give it another one, `#[scalar(rename = \"…\")]`",
                variant.ident,
                text.escape_debug()
            ),
        );
    }
    texts.push((text.to_owned(), &variant.ident, condition));
}

fn arm<'a>(
    sink: &Sink,
    variant: &'a Variant,
    all: &Attributes,
    runtime: &TokenStream,
    texts: &mut Texts<'a>,
) -> TokenStream {
    let own = attributes::read(sink, Place::ScalarVariant, &variant.attrs);
    let ident = &variant.ident;
    let mut fields = variant.fields.iter();
    match (fields.next(), fields.next()) {
        (None, _) if all.catch_all => {
            sink.at(ident.span(), format!("`{ident}` has no value, and `#[serde(untagged)]` removes its name: give it a field, or remove `untagged`"));
            quote!(Self::#ident { .. } => {})
        }
        (None, _) => {
            let plain = ident.unraw().to_string();
            let cased = all.rename_all.map_or_else(|| plain.clone(), |case| case.of_variant(&plain));
            let name = own.rename.map_or(cased, |name| name.value());
            single_text(sink, variant, &name, texts);
            quote!(Self::#ident { .. } => #runtime::Sink::str(sink, #name),)
        }
        (Some(field), None) if own.catch_all || all.catch_all => {
            let ty = &field.ty;
            let member = field.ident.as_ref().map_or_else(|| quote!(0), |ident| quote!(#ident));
            quote_spanned!(ty.span()=> Self::#ident { #member: value } => <#ty as #runtime::Scalar>::write(value, sink),)
        }
        (Some(_), None) => {
            sink.at(
                ident.span(),
                format!(
                    "`{ident}` has a field: remove it, or write `#[serde(untagged)]` if its text is the value"
                ),
            );
            quote!(Self::#ident { .. } => {})
        }
        _ => {
            sink.at(
                ident.span(),
                format!("`{ident}` has several fields, so it is not a single value: keep at most one"),
            );
            quote!(Self::#ident { .. } => {})
        }
    }
}
