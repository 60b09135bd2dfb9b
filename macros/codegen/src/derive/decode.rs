//! `#[derive(Decode)]`

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Expr, ExprLit, Generics, Lit, RangeLimits, Token, Type, Variant};

use super::attributes::{self, Place};
use crate::conditions::{self, Condition, Found};
use crate::errors::Sink;

/// Statuses of one variant, from the first to the last.
struct Range {
    first: u16,
    last: u16,
    place: TokenStream,
}

/// A variant that was read.
struct Read<'a> {
    variant: &'a Variant,
    cfgs: Vec<&'a Attribute>,
    statuses: Vec<Range>,
    /// The type that it holds.
    ty: Option<&'a Type>,
}

/// An enum reads a type for each status.
pub(crate) fn derive(sink: &Sink, input: &DeriveInput) -> TokenStream {
    let all = attributes::read(sink, Place::DecodeType, &input.attrs);
    let runtime = attributes::runtime(sink, &all);
    let variants: Vec<Read<'_>> = match &input.data {
        Data::Enum(data) => data.variants.iter().map(|variant| read(sink, variant)).collect(),
        _ => {
            sink.at(
                input.ident.span(),
                "`#[derive(Decode)]` takes an enum with a `#[status(…)]` at each variant; a struct that is read from JSON derives `serde::Deserialize`",
            );
            Vec::new()
        }
    };
    once(sink, &variants);
    let generics = bounded(&input.generics, &variants, &runtime);
    let (ident, (parameters, arguments, clause)) = (&input.ident, generics.split_for_impl());
    let body = body(&variants, &runtime);
    // At the name of the type: there the compiler points when it lists what implements the trait.
    let block = quote_spanned! {ident.span()=>
        impl #parameters #runtime::Decode for #ident #arguments #clause { #body }
    };
    quote! {
        #[automatically_derived]
        #[allow(deprecated, unreachable_patterns, unused_variables, clippy::all, clippy::pedantic)]
        #block
    }
}

/// A variant has statuses, and is a unit or holds one type.
fn read<'a>(sink: &Sink, variant: &'a Variant) -> Read<'a> {
    let ident = &variant.ident;
    let mut statuses = Vec::new();
    let mut has_status = false;
    for attribute in variant.attrs.iter().filter(|attribute| attribute.path().is_ident("status")) {
        has_status = true;
        match attribute.parse_args_with(Punctuated::<Expr, Token![,]>::parse_terminated) {
            Ok(list) if !list.is_empty() => statuses.extend(list.iter().filter_map(|one| range(sink, one))),
            _ => sink.over(attribute, format!("{EXPECTED}: write `#[status(200)]`")),
        }
    }
    if !has_status {
        sink.at(ident.span(), format!("`{ident}` has no status: write `#[status(200)]` above it"));
    }
    let mut fields = variant.fields.iter();
    let first = fields.next();
    if fields.next().is_some() {
        sink.at(
            ident.span(),
            format!("`{ident}` has several fields, and a response has one body: put them into one struct"),
        );
    }
    let cfgs = variant.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect();
    Read { variant, cfgs, statuses, ty: first.map(|field| &field.ty) }
}

const EXPECTED: &str = "a status is a number from 200 to 599, or a range of them such as `200..=299`";

/// One status, or a range of them.
fn range(sink: &Sink, expression: &Expr) -> Option<Range> {
    let bounds = match expression {
        Expr::Lit(_) => number(expression).map(|status| (status, status)),
        Expr::Range(range) => {
            let (first, last) =
                (range.start.as_deref().and_then(number), range.end.as_deref().and_then(number));
            let last = match range.limits {
                RangeLimits::Closed(_) => last,
                RangeLimits::HalfOpen(_) => last.and_then(|last| last.checked_sub(1)),
            };
            first.zip(last)
        }
        _ => None,
    };
    match bounds {
        Some((first, last)) if 200 <= first && first <= last && last <= 599 => {
            Some(Range { first, last, place: expression.to_token_stream() })
        }
        _ => {
            sink.over(expression, EXPECTED);
            None
        }
    }
}

fn number(expression: &Expr) -> Option<u16> {
    match expression {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
        _ => None,
    }
}

/// A status belongs to one variant, unless their `cfg`s exclude each other.
fn once(sink: &Sink, variants: &[Read<'_>]) {
    let always = Condition::default();
    let mut seen: Vec<(&Range, &Read<'_>)> = Vec::new();
    for read in variants {
        let condition = Condition::of(read.cfgs.iter().copied());
        for range in &read.statuses {
            let meets = |other: &Range| other.first <= range.last && range.first <= other.last;
            let excluded = |other: &Read<'_>| {
                let other = Condition::of(other.cfgs.iter().copied());
                conditions::both(&always, &other, &condition) == Found::Never
            };
            let rival = seen.iter().find(|(other, earlier)| meets(other) && !excluded(earlier));
            if let Some((other, earlier)) = rival {
                let status = other.first.max(range.first);
                sink.over(
                    &range.place,
                    format!(
                        "the status {status} belongs to `{}` already: leave one of them out",
                        earlier.variant.ident
                    ),
                );
            }
            seen.push((range, read));
        }
    }
}

/// What a generic variant holds is read too.
fn bounded(generics: &Generics, variants: &[Read<'_>], runtime: &TokenStream) -> Generics {
    let mut generics = generics.clone();
    if generics.type_params().next().is_none() {
        return generics;
    }
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(syn::parse_quote!(::core::marker::Send));
        parameter.bounds.push(syn::parse_quote!('static));
    }
    let clause = generics.make_where_clause();
    for ty in variants.iter().filter_map(|read| read.ty) {
        clause.predicates.push(syn::parse_quote!(#ty: #runtime::Decode<Output = #ty>));
    }
    generics
}

/// The items of the implementation.
fn body(variants: &[Read<'_>], runtime: &TokenStream) -> TokenStream {
    let arms = |of: &dyn Fn(&Read<'_>) -> TokenStream| -> Vec<TokenStream> {
        let arm = |read: &Read<'_>| {
            let (cfgs, value) = (&read.cfgs, of(read));
            let ranges = read.statuses.iter().map(|Range { first, last, .. }| quote!(#first..=#last));
            (!read.statuses.is_empty()).then(|| quote!(#(#cfgs)* #(#ranges)|* => #value,))
        };
        variants.iter().filter_map(arm).collect()
    };
    let accepts = arms(&|_| quote!(true));
    let reads = arms(&|read| match read.ty {
        Some(ty) => quote!(<#ty as #runtime::Decode>::reads(head)),
        None => quote!(#runtime::ResponseBody::Ignored),
    });
    let decodes = arms(&|read| value(read, runtime));
    let media = variants.iter().filter_map(|read| {
        let (cfgs, ty) = (&read.cfgs, read.ty?);
        Some(quote!(#(#cfgs)* let media = media.or_else(<#ty as #runtime::Decode>::media_type);))
    });
    quote! {
        type Output = Self;
        fn accepts(status: #runtime::__private::StatusCode) -> bool {
            match status.as_u16() { #(#accepts)* _ => false }
        }
        fn reads(head: &#runtime::Head) -> #runtime::ResponseBody {
            match head.status.as_u16() { #(#reads)* _ => #runtime::ResponseBody::Buffered }
        }
        fn media_type() -> ::core::option::Option<&'static str> {
            let media = ::core::option::Option::None;
            #(#media)*
            media
        }
        fn decode(response: #runtime::Response) -> ::core::result::Result<Self, #runtime::Error> {
            match response.head().status.as_u16() {
                #(#decodes)*
                _ => ::core::result::Result::Err(response.unreadable("no variant has this status")),
            }
        }
    }
}

/// What a variant is made of; at its type, where a failed bound is shown.
fn value(read: &Read<'_>, runtime: &TokenStream) -> TokenStream {
    let ident = &read.variant.ident;
    if read.variant.fields.len() > 1 {
        // It is reported; nothing of it is made here, so that the compiler does not tell it again.
        return quote!(::core::result::Result::Err(response.unreadable("")));
    }
    let Some(ty) = read.ty else { return quote!(::core::result::Result::Ok(Self::#ident {})) };
    let field = read.variant.fields.iter().next().and_then(|field| field.ident.as_ref());
    let member = field.map_or_else(|| quote!(0), |ident| quote!(#ident));
    quote_spanned! {ty.span()=>
        <#ty as #runtime::Decode>::decode(response).map(|value| Self::#ident { #member: value })
    }
}
