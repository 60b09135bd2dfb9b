//! Prints what is known of an endpoint before any call.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{Attribute, Meta, Type};

use super::client::Lists;
use crate::model::{
    Argument, Auth, ContentType, Endpoint, Events, Frame, Method, Nest, Redirects, Settings, Signature,
};
use crate::print::normal;
use crate::roles::{Body, Encoding, Kind};
use crate::types;

/// The name of the constant of an endpoint or a nest.
pub(super) fn name(signature: &Signature<'_>) -> Ident {
    let ident = &signature.function.sig.ident;
    format_ident!("__{}", ident.unraw(), span = ident.span())
}

/// A constant a method, and the lists of them.
pub(super) fn lists(frame: &Frame<'_>, methods: &[Method<'_>]) -> Lists {
    let mut lists = Lists::default();
    let runtime = &frame.runtime;
    for method in methods {
        let (signature, kind, value, list) = match method {
            Method::Endpoint(endpoint) => {
                (&endpoint.signature, quote!(Endpoint), of_endpoint(frame, endpoint), &mut lists.endpoints)
            }
            Method::Nest(nest) => (&nest.signature, quote!(Nest), of_nest(frame, nest), &mut lists.nests),
        };
        let (name, cfgs) = (name(signature), &signature.cfgs);
        // As a whole: token by token costs the compiler's client a call for each.
        list.extend([quote!(#(#cfgs)* *Self::#name,)]);
        if let Method::Endpoint(endpoint) = method {
            let hooks = hooks(endpoint);
            lists.hooks.extend([quote!(#(#cfgs)* #hooks)]);
        }
        lists
            .constants
            .extend([quote!(#(#cfgs)* #[doc(hidden)] const #name: &'static #runtime::#kind = &#value;)]);
    }
    lists
}

fn of_endpoint(frame: &Frame<'_>, endpoint: &Endpoint<'_>) -> TokenStream {
    let runtime = &frame.runtime;
    let (api, name) =
        (frame.item.ident.to_string(), endpoint.signature.function.sig.ident.unraw().to_string());
    let (verb, path, pieces) = (&endpoint.verb, &endpoint.template.path, &endpoint.template.pieces);
    let parameters = endpoint.arguments.iter().map(|argument| parameter(runtime, argument));
    let returns = normal(endpoint.returns.ty());
    let docs =
        Some(&endpoint.signature.docs).filter(|docs| !docs.is_empty()).map(|docs| quote!(docs: #docs,));
    let pieces = if pieces.is_empty() { quote!("") } else { quote!(#(#pieces),*) };
    let query = (!endpoint.template.query.is_empty()).then(|| {
        let query = &endpoint.template.query;
        quote!(query: #query,)
    });
    let settings = settings(runtime, endpoint);
    quote! {
        #runtime::Endpoint::declared(#runtime::__private::EndpointDeclaration {
            api: #api,
            name: #name,
            method: #verb,
            template: #path,
            parameters: &[#(#parameters),*],
            returns: #returns,
            #docs
            pieces: &[#pieces],
            #query
            #(#settings)*
            ..#runtime::__private::EndpointDeclaration::NEW
        })
    }
}

/// The types, for a macro of the runtime: it looks at them with the feature `verify` only, and costs nothing without.
fn hooks(endpoint: &Endpoint<'_>) -> TokenStream {
    let generics = &endpoint.signature.function.sig.generics;
    let own: Vec<String> = generics
        .type_params()
        .map(|parameter| parameter.ident.to_string())
        .chain(generics.const_params().map(|parameter| parameter.ident.to_string()))
        .collect();
    // A constant of the client cannot name what belongs to one method.
    let nameable = |ty: &Type| {
        !types::is_unnameable(ty)
            && !own.iter().map(String::as_str).chain(["Self"]).any(|own| types::mentions(ty, own))
    };
    let returns = endpoint.returns.ty();
    let returns = if nameable(returns) { types::without_lifetimes(returns) } else { quote!(()) };
    let sent = |argument: &&Argument<'_>| !matches!(argument.role.kind, Kind::Url | Kind::Extension);
    let arguments = endpoint.arguments.iter().filter(sent).filter(|argument| nameable(argument.ty));
    let arguments = arguments.map(|argument| {
        let (name, cfgs) = (argument.ident.unraw().to_string(), &argument.cfgs);
        let ty = types::without_lifetimes(argument.ty);
        quote!(#(#cfgs)* #name: #ty,)
    });
    quote!({ #returns; #(#arguments)* })
}

/// Only what differs from a declaration that says nothing.
fn settings(runtime: &TokenStream, endpoint: &Endpoint<'_>) -> Vec<TokenStream> {
    let settings = &endpoint.settings;
    let mut fields = Vec::new();
    let private = quote!(#runtime::__private);
    if settings.idempotent {
        fields.push(quote!(idempotent: true,));
    }
    let pair = |(name, value): &(String, String)| quote!((#name, #value));
    let typed = endpoint
        .content_types
        .iter()
        .map(|ContentType { cfgs, value }| quote!(#(#cfgs)* ("content-type", #value)));
    let headers: Vec<TokenStream> = settings.headers.iter().map(pair).chain(typed).collect();
    if !headers.is_empty() {
        fields.push(quote!(headers: &[#(#headers),*],));
    }
    if !settings.fields.is_empty() {
        let constants = settings.fields.iter().map(pair);
        fields.push(quote!(fields: &[#(#constants),*],));
    }
    fields.extend(encodings(&private, endpoint));
    let text = |text: &str| quote!(::core::option::Option::Some(#text));
    fields.extend(settings.idempotency_key.as_deref().map(text).map(|name| quote!(idempotency_key: #name,)));
    fields.extend(inheritable(runtime, settings));
    fields.extend(settings.events.as_ref().map(|events| event_rules(&private, events)));
    fields
}

/// An optional time.
fn duration(millis: u64) -> TokenStream {
    quote!(::core::option::Option::Some(::core::time::Duration::from_millis(#millis)))
}

/// What an endpoint says, or a parent hands down: how requests are sent.
fn inheritable(runtime: &TokenStream, settings: &Settings) -> Vec<TokenStream> {
    let accept = option(settings.accept.as_deref());
    // Without a type of its own: a limit that a `usize` cannot hold is the compiler's to refuse.
    let bytes = |bytes: u64| {
        let bytes = Literal::u64_unsuffixed(bytes);
        quote!(::core::option::Option::Some(#bytes))
    };
    let fields = [
        settings.deadline.map(duration).map(|value| quote!(deadline: #value,)),
        settings.attempt_timeout.map(duration).map(|value| quote!(attempt_timeout: #value,)),
        settings.stall_timeout.map(duration).map(|value| quote!(stall_timeout: #value,)),
        settings.body_limit.map(bytes).map(|value| quote!(body_limit: #value,)),
        settings.item_limit.map(bytes).map(|value| quote!(item_limit: #value,)),
        settings.attempts.map(|count| quote!(attempts: ::core::num::NonZeroU32::new(#count),)),
        settings.accept.is_some().then(|| quote!(accept: #accept,)),
        settings.auth.as_ref().map(|auth| auth_rule(&quote!(#runtime::__private), auth)),
        settings.redirects.map(|redirects| redirect_rule(runtime, redirects)),
    ];
    fields.into_iter().flatten().collect()
}

/// What the API of a nest hands down; nothing if it says nothing.
fn hands_down(runtime: &TokenStream, settings: &Settings) -> Option<TokenStream> {
    let mut fields = inheritable(runtime, settings);
    if !settings.headers.is_empty() {
        let headers = settings.headers.iter().map(|(name, value)| quote!((#name, #value)));
        fields.push(quote!(headers: &[#(#headers),*],));
    }
    let declaration = quote!(#runtime::__private::InheritedDeclaration);
    (!fields.is_empty()).then(|| {
        quote! {
            hands_down: ::core::option::Option::Some(&#runtime::Inherited::declared(
                #declaration { #(#fields)* ..#declaration::NEW }
            )),
        }
    })
}

/// The encoding that is declared, or that the arguments of the body decide, under their `#[cfg]`s.
fn encodings(private: &TokenStream, endpoint: &Endpoint<'_>) -> Vec<TokenStream> {
    let named = |encoding: Encoding| {
        let name = match encoding {
            Encoding::Json => return None,
            Encoding::Form => quote!(Form),
            Encoding::Multipart => quote!(Multipart),
        };
        Some(quote!(encoding: #private::Encoding::#name,))
    };
    if let Some(encoding) = endpoint.settings.encoding {
        return named(encoding).into_iter().collect();
    }
    let decided = [Encoding::Form, Encoding::Multipart].into_iter().filter_map(|encoding| {
        let decides = |argument: &&Argument<'_>| argument.body().and_then(Body::encoding) == Some(encoding);
        let deciding: Vec<&Argument<'_>> = endpoint.arguments.iter().filter(decides).collect();
        let field = named(encoding).filter(|_| !deciding.is_empty())?;
        if deciding.iter().any(|argument| argument.cfgs.is_empty()) {
            return Some(field);
        }
        let conditions = deciding.iter().map(|argument| predicates(&argument.cfgs));
        Some(quote!(#[cfg(any(#(#conditions),*))] #field))
    });
    decided.collect()
}

/// What several `#[cfg]`s ask for, in one.
fn predicates(cfgs: &[&Attribute]) -> TokenStream {
    let lists = cfgs.iter().filter_map(|attribute| match &attribute.meta {
        Meta::List(list) => Some(&list.tokens),
        _ => None,
    });
    quote!(all(#(#lists),*))
}

fn event_rules(private: &TokenStream, events: &Events) -> TokenStream {
    let (end, event) = (option(events.end.as_deref()), option(events.error_event.as_deref()));
    let (member, any) = (option(events.error_member.as_deref()), events.any_media_type);
    let rules = quote! {
        #private::EventRules { end: #end, error_event: #event, error_member: #member, any_media_type: #any }
    };
    quote!(events: ::core::option::Option::Some(#rules),)
}

fn auth_rule(private: &TokenStream, auth: &Auth) -> TokenStream {
    let rule = match auth {
        Auth::Client => quote!(Client),
        Auth::None => quote!(None),
        Auth::Bearer => quote!(Bearer),
        Auth::Basic => quote!(Basic),
        Auth::ApiKey(name) => quote!(ApiKey(#name)),
    };
    quote!(auth: #private::AuthRule::#rule,)
}

fn redirect_rule(runtime: &TokenStream, redirects: Redirects) -> TokenStream {
    let rule = match redirects {
        Redirects::None => quote!(Refuse),
        Redirects::SameOrigin => quote!(SameOrigin),
        Redirects::Downloads => quote!(Downloads),
    };
    quote!(redirects: ::core::option::Option::Some(#runtime::Redirects::#rule),)
}

/// An optional text.
pub(in crate::expand) fn option(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(::core::option::Option::Some(#text)),
        None => quote!(::core::option::Option::None),
    }
}

fn of_nest(frame: &Frame<'_>, nest: &Nest<'_>) -> TokenStream {
    let runtime = &frame.runtime;
    let (api, name) = (frame.item.ident.to_string(), nest.signature.function.sig.ident.unraw().to_string());
    let (path, pieces, docs) = (&nest.template.path, &nest.template.pieces, &nest.signature.docs);
    let parameters = nest.arguments.iter().map(|argument| parameter(runtime, argument));
    let returns = types::without_lifetimes(nest.returns);
    let pieces = if pieces.is_empty() { quote!("") } else { quote!(#(#pieces),*) };
    let hands_down = hands_down(runtime, &nest.hands_down);
    quote! {
        #runtime::Nest::declared(#runtime::__private::NestDeclaration {
            api: #api,
            name: #name,
            template: #path,
            parameters: &[#(#parameters),*],
            docs: #docs,
            pieces: &[#pieces],
            endpoints: {
                use #runtime::__private::NoTables as _;
                #runtime::__private::Tables::<#returns>::endpoints
            },
            nests: {
                use #runtime::__private::NoTables as _;
                #runtime::__private::Tables::<#returns>::nests
            },
            hooks: {
                use #runtime::__private::NoTables as _;
                #runtime::__private::Tables::<#returns>::hooks
            },
            #hands_down
            ..#runtime::__private::NestDeclaration::NEW
        })
    }
}

fn parameter(runtime: &TokenStream, argument: &Argument<'_>) -> TokenStream {
    let (name, ty, cfgs) = (argument.ident.unraw().to_string(), normal(argument.ty), &argument.cfgs);
    let (role, wire) = (format_ident!("{}", argument.role.row().metadata), &argument.role.wire);
    let optional = types::is_option(argument.ty).then(|| quote!(.or_none()));
    let docs = Some(argument.docs).filter(|docs| !docs.is_empty()).map(|docs| quote!(.with_docs(#docs)));
    let lists = argument.role.style.lists;
    let lists = (lists != crate::model::Lists::Repeat).then(|| {
        let lists = super::list_style(runtime, lists);
        quote!(.with_lists(#lists))
    });
    quote! {
        #(#cfgs)* #runtime::Parameter::plain(#name, #wire, #runtime::Role::#role, #ty) #optional #docs #lists
    }
}
