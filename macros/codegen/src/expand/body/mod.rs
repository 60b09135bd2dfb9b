//! Prints the bodies of methods: one push per argument and one call.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Generics, Type};

mod convert;
mod styles;

pub(crate) use styles::{lists as list_style, part as part_options};

use super::constant;
use super::item::signature;
use crate::model::{Argument, Endpoint, Frame, Method, Nest, Returns, Signature};
use crate::roles::{Extra, Kind};
use crate::types;

/// The implementation of one method.
pub(crate) fn method(frame: &Frame<'_>, method: &Method<'_>) -> TokenStream {
    match method {
        Method::Endpoint(endpoint) => of_endpoint(frame, endpoint),
        Method::Nest(nest) => of_nest(frame, nest),
    }
}

/// Hidden from the user's arguments, whatever they are called.
fn hidden(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

fn of_endpoint(frame: &Frame<'_>, endpoint: &Endpoint<'_>) -> TokenStream {
    let runtime = &frame.runtime;
    let parts = hidden("parts");
    let (cfgs, receiver) = (&endpoint.signature.cfgs, endpoint.signature.receiver);
    let signature = signature(&endpoint.signature.function.sig);
    let constant = constant::name(&endpoint.signature);
    let generics = generics(frame, &endpoint.signature);
    let pushes = path_first(&endpoint.arguments).map(|argument| push(runtime, &parts, argument, &generics));
    let ending = ending(frame, endpoint, &parts.to_token_stream());
    let statements = quote! {
        let mut #parts = #runtime::__private::Scope::parts(&#receiver.__scope, Self::#constant);
        #(#pushes)*
        #ending
    };
    let body = block(statements, endpoint.returns.ty().span());
    quote!(#(#cfgs)* #signature #body)
}

/// The arguments of the path in the order of their placeholders, then the others.
fn path_first<'a>(arguments: &'a [Argument<'a>]) -> impl Iterator<Item = &'a Argument<'a>> {
    let mut arguments: Vec<_> = arguments.iter().collect();
    arguments.sort_by_key(|argument| (argument.role.place.is_none(), argument.role.place));
    arguments.into_iter()
}

/// Statements in braces that stand at the return type: the compiler shows there what is wrong with the value.
fn block(statements: TokenStream, span: Span) -> TokenTree {
    let mut block = Group::new(Delimiter::Brace, statements);
    block.set_span(span);
    TokenTree::Group(block)
}

fn of_nest(frame: &Frame<'_>, nest: &Nest<'_>) -> TokenStream {
    let private = {
        let runtime = &frame.runtime;
        quote!(#runtime::__private)
    };
    let scope = hidden("nest");
    let (cfgs, receiver, returns) = (&nest.signature.cfgs, nest.signature.receiver, nest.returns);
    let signature = signature(&nest.signature.function.sig);
    let constant = constant::name(&nest.signature);
    let generics = generics(frame, &nest.signature);
    let pushes = path_first(&nest.arguments).map(|argument| {
        let Value { cfgs, before, ty, reference, .. } = value(argument, &generics);
        let name = argument.ident.unraw().to_string();
        let writer = Ident::new(&argument.role.writer(), Span::mixed_site());
        let call = quote!(#private::NestParts::#writer::<#ty>(&mut #scope, #name, #reference););
        if before.is_empty() { quote!(#(#cfgs)* #call) } else { quote!(#(#cfgs)* { #before #call }) }
    });
    let span = returns.span();
    let there = at(&frame.runtime, span);
    let ending = quote_spanned!(span=> #there::__private::NestParts::finish::<#returns>(#scope));
    let statements = quote! {
        let mut #scope = #private::Scope::nest(&#receiver.__scope, Self::#constant);
        #(#pushes)*
        #ending
    };
    let body = block(statements, returns.span());
    quote!(#(#cfgs)* #signature #body)
}

/// The call that makes what the method returns out of the parts; the return type itself says which.
///
/// All of it stands at the result, so that a bound that fails is shown there and not at `#[api]`.
fn ending(frame: &Frame<'_>, endpoint: &Endpoint<'_>, parts: &TokenStream) -> TokenStream {
    let span = result(endpoint.returns.ty()).span();
    let runtime = at(&frame.runtime, span);
    if let Returns::Async(_) | Returns::Future(_) = endpoint.returns {
        let plain = if endpoint.verb == "HEAD" { "plain_head" } else { "plain" };
        let plain = Ident::new(plain, span);
        return quote_spanned!(span=> #runtime::__private::#plain(#parts));
    }
    let pages = types::last_segment(endpoint.returns.ty()).is_some_and(|last| last.ident == "Pages");
    match endpoint.verb.as_str() {
        "HEAD" => quote_spanned!(span=> #runtime::__private::head(#parts)),
        "POST" | "PUT" | "PATCH" if pages => {
            quote_spanned!(span=> #runtime::__private::pages_by_body(#parts))
        }
        _ => quote_spanned!(span=> #runtime::Returns::returns(#parts)),
    }
}

/// What is read from the response, where it is the one thing that can be wrong: `T` of `Call<T>` and `Pages<T>`.
fn result(ty: &Type) -> &Type {
    let ours = types::last_segment(ty).filter(|last| last.ident == "Call" || last.ident == "Pages");
    ours.and_then(types::only_type_argument).unwrap_or(ty)
}

/// The same tokens at another place.
fn at(tokens: &TokenStream, span: Span) -> TokenStream {
    let moved = tokens.clone().into_iter().map(|mut token| {
        token.set_span(span);
        token
    });
    moved.collect()
}

/// The body of an endpoint that a fake leaves out.
pub(super) fn not_faked(frame: &Frame<'_>, endpoint: &Endpoint<'_>) -> TokenStream {
    let runtime = &frame.runtime;
    let name = format!("{}::{}", frame.item.ident, endpoint.signature.function.sig.ident.unraw());
    ending(frame, endpoint, &quote!(#runtime::RequestParts::not_faked(#name)))
}

/// An argument as the pushes take it.
struct Value<'a> {
    cfgs: &'a [&'a syn::Attribute],
    /// What has to be done first.
    before: TokenStream,
    /// The type of the value behind the reference, at the place where the user wrote it.
    ty: TokenStream,
    /// The value by reference, at the same place: this is where a failed bound is shown.
    reference: TokenStream,
    /// The declared type and the value, for those that are taken whole.
    whole: (TokenStream, TokenStream),
}

fn value<'a>(argument: &'a Argument<'_>, generics: &[&Generics]) -> Value<'a> {
    let ident = argument.ident;
    let mut at_type = ident.clone();
    at_type.set_span(ident.span().located_at(argument.ty.span()));
    let converted = convert::converted(argument.ty, &at_type, generics);
    let before = converted.as_ref().map(|(ty, value)| quote!(let #at_type: #ty = #value;));
    let declared = converted.as_ref().map_or(argument.ty, |(ty, _)| ty);
    let span = declared.span();
    let nameable =
        |ty: &Type| if types::is_unnameable(ty) { quote_spanned!(span=> _) } else { ty.to_token_stream() };
    let whole = (nameable(declared), quote!(#at_type));
    let (ty, reference) = match types::bare(declared) {
        Type::Reference(behind) if behind.mutability.is_some() => {
            (nameable(&behind.elem), quote_spanned!(span=> &*#at_type))
        }
        Type::Reference(behind) => (nameable(&behind.elem), quote!(#at_type)),
        _ => (nameable(declared), quote_spanned!(span=> &#at_type)),
    };
    Value { cfgs: &argument.cfgs, before: before.unwrap_or_default(), ty, reference, whole }
}

/// Where the type parameters of a method are declared.
fn generics<'a>(frame: &'a Frame<'_>, signature: &'a Signature<'_>) -> [&'a Generics; 2] {
    [&signature.function.sig.generics, &frame.item.generics]
}

/// Writes one argument into the request, as the table of roles says.
fn push(
    runtime: &TokenStream,
    parts: &Ident,
    argument: &Argument<'_>,
    generics: &[&Generics],
) -> TokenStream {
    let Value { cfgs, before, ty, reference, whole } = value(argument, generics);
    let row = argument.role.row();
    if row.kind == Kind::QueryFlatten {
        let style = styles::nested(runtime, argument.role.style);
        let flatten = flatten(runtime, parts, &ty, &style, &reference);
        return quote!(#(#cfgs)* { #before #flatten });
    }
    let (ty, value) = if row.by_value { whole } else { (ty, reference) };
    let extras = row.takes.iter().map(|extra| self::extra(runtime, argument, *extra));
    let writer = Ident::new(&argument.role.writer(), Span::mixed_site());
    let call = quote!(#runtime::RequestParts::#writer::<#ty>(&mut #parts, #(#extras,)* #value););
    if before.is_empty() { quote!(#(#cfgs)* #call) } else { quote!(#(#cfgs)* { #before #call }) }
}

/// What a writer takes in front of the value.
fn extra(runtime: &TokenStream, argument: &Argument<'_>, extra: Extra) -> TokenStream {
    let role = &argument.role;
    match extra {
        Extra::Argument => argument.ident.unraw().to_string().to_token_stream(),
        Extra::Wire => role.wire.to_token_stream(),
        Extra::Lists => styles::lists(runtime, role.style.lists),
        Extra::Nested => styles::nested(runtime, role.style),
        Extra::Part => styles::part(
            runtime,
            role.kind == Kind::PartJson,
            role.content_type.as_deref(),
            role.file_name.as_deref(),
        ),
    }
}

/// `derive(Query)` is asked first, then serde: by the number of references at which a method is found.
fn flatten(
    runtime: &TokenStream,
    parts: &Ident,
    ty: &TokenStream,
    style: &TokenStream,
    value: &TokenStream,
) -> TokenStream {
    let private = quote!(#runtime::__private);
    let span = ty.clone().into_iter().next().map_or_else(Span::mixed_site, |token| token.span());
    let call = quote_spanned!(span=> (&&#private::Flatten::<#ty>(#value)).flatten(&mut #parts, #style));
    quote! {
        use #private::{FlattenQuery as _, FlattenSerialize as _};
        #call;
    }
}
