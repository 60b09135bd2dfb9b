//! The rules about repetition, and about methods beside each other.

use syn::LitStr;

use super::api::Api;
use super::subject::{Checked, Context};
use crate::errors::Sink;
use crate::model::{Argument, Endpoint, Method, Nest, Redirects, Role, Settings, is_idempotent};
use crate::print::normal;
use crate::template::Template;

/// Only what may be repeated asks for attempts, and says so only where HTTP does not.
pub(super) fn attempts(context: &Context<'_>, api: &Api<'_>, own: &Settings) {
    let by_verb = is_idempotent(context.verb);
    let keyed = own.idempotency_key.is_some() || api.settings.idempotency_key.is_some();
    if let (true, Some(place)) = (by_verb, context.places.idempotent) {
        context.sink.at(
            place,
            format!("{} is idempotent by itself (RFC 9110, 9.2.2): leave `idempotent` out", context.verb),
        );
    }
    if let (Some(2..), Some(place)) = (own.attempts, context.places.attempts)
        && !(by_verb || keyed || own.idempotent)
    {
        context.sink.at(place, format!("a {} that may have taken effect is not repeated: add `idempotent` if it is safe to, or `idempotency_key = \"Idempotency-Key\"`, or leave `attempts` out", context.verb));
    }
}

/// Only what neither changes anything nor has a body is sent on to another place.
pub(super) fn redirects(context: &Context<'_>, own: &Settings) {
    let asked = own.redirects.is_some_and(|redirects| redirects != Redirects::None);
    if let (true, Some(place)) = (asked && !matches!(context.verb, "GET" | "HEAD"), context.places.redirects)
    {
        context.sink.at(
            place,
            format!(
                "a {} is not sent on to another place, only GET and HEAD are: leave `redirects` out",
                context.verb
            ),
        );
    }
}

/// Checks the methods against each other.
pub(super) fn check(sink: &Sink, methods: &[Checked<'_>]) {
    let mut seen: std::collections::BTreeMap<String, Vec<&Endpoint<'_>>> = std::collections::BTreeMap::new();
    for checked in methods {
        let Method::Endpoint(endpoint) = &checked.method else { continue };
        let Some(literal) = checked.literal else { continue };
        let earlier = seen.entry(identity(endpoint)).or_default();
        let rival = earlier
            .iter()
            .find(|other| other.signature.cfgs.is_empty() || endpoint.signature.cfgs.is_empty());
        if let Some(other) = rival {
            sink.at(literal.span(), format!("`{}` is declared like `{}`, with the same verb, path, constants, arguments and result: leave one of them out", endpoint.signature.function.sig.ident, other.signature.function.sig.ident));
        }
        earlier.push(endpoint);
    }
    for checked in methods {
        if let (Method::Nest(nest), Some(literal)) = (&checked.method, checked.literal) {
            shadows(sink, nest, literal, methods);
        }
    }
}

/// The path without the names of its placeholders, which no server sees.
fn shape(template: &Template) -> String {
    let placeholders = template
        .placeholders
        .iter()
        .map(|placeholder| if placeholder.rest { "{..}" } else { "{}" })
        .chain([""]);
    template
        .pieces
        .iter()
        .zip(placeholders)
        .flat_map(|(piece, placeholder)| [piece.as_str(), placeholder])
        .collect()
}

/// What makes two methods one: verb, path, constants, arguments and result. Overloads differ in one of them.
fn identity(endpoint: &Endpoint<'_>) -> String {
    let settings = &endpoint.settings;
    let mut headers = settings.headers.clone();
    headers.sort();
    let mut fields = settings.fields.clone();
    fields.sort();
    let path = shape(&endpoint.template);
    let content_types: Vec<&str> =
        endpoint.content_types.iter().map(|content_type| content_type.value.as_str()).collect();
    let mut arguments: Vec<String> = endpoint.arguments.iter().map(argument).collect();
    arguments.sort();
    format!(
        "{} {path}?{} {headers:?} {fields:?} {:?} {content_types:?} {arguments:?} {}",
        endpoint.verb,
        endpoint.template.query,
        settings.accept,
        normal(endpoint.returns.ty())
    )
}

/// The role, the name on the wire and the type. The name of a placeholder is seen by no server, its place is.
fn argument(argument: &Argument<'_>) -> String {
    let Role { kind, wire, place, variants, .. } = &argument.role;
    let wire = if place.is_some() { "" } else { wire };
    format!("{kind:?} {place:?} {wire} {variants:?} {}", normal(argument.ty))
}

/// A nest does not stand at the path of an endpoint beside it: one path has one owner.
fn shadows(sink: &Sink, nest: &Nest<'_>, literal: &LitStr, methods: &[Checked<'_>]) {
    let path = shape(&nest.template);
    for checked in methods {
        let (Method::Endpoint(endpoint), Some(_)) = (&checked.method, checked.literal) else { continue };
        if shape(&endpoint.template) == path
            && (nest.signature.cfgs.is_empty() || endpoint.signature.cfgs.is_empty())
        {
            let name = &endpoint.signature.function.sig.ident;
            sink.at(literal.span(), format!("the endpoint `{name}` has this path already: write `#[nest]` without a path and the whole paths in the nested API, or declare `{name}` there"));
            return;
        }
    }
}
