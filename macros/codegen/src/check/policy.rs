//! The rules about repetition, and about methods beside each other.

use syn::LitStr;

use super::settings::Places;
use super::subject::{Checked, Context};
use crate::errors::Sink;
use crate::model::{Argument, Endpoint, Method, Nest, Redirects, Returns, Role, Settings, is_idempotent};
use crate::print::normal;
use crate::template::Template;
use crate::types;

/// Only what may be repeated asks for attempts, and says so only where HTTP does not.
pub(super) fn attempts(context: &Context<'_>, api: &Settings, own: &Settings) {
    let by_verb = is_idempotent(context.verb);
    let keyed = own.idempotency_key.is_some() || api.idempotency_key.is_some();
    if let (true, Some(place)) = (by_verb, context.places.idempotent) {
        context.sink.at(
            place,
            format!("{} is idempotent by itself (RFC 9110, 9.2.2): remove `idempotent`", context.verb),
        );
    }
    if let (Some(2..), Some(place)) = (own.attempts, context.places.attempts)
        && !(by_verb || keyed || own.idempotent)
    {
        context.sink.at(place, format!("a {} that may have taken effect is not repeated: add `idempotent` if repeating is safe, or `idempotency_key = \"Idempotency-Key\"`, or remove `attempts`", context.verb));
    }
}

/// A key marks a request that HTTP does not call idempotent.
pub(super) fn idempotency_key(context: &Context<'_>) {
    if let (true, Some(place)) = (is_idempotent(context.verb), context.places.idempotency_key) {
        let verb = context.verb;
        context.sink.at(
            place,
            format!("{verb} is idempotent by itself (RFC 9110, 9.2.2), so it needs no key: remove `idempotency_key`"),
        );
    }
}

/// One attempt ends before the whole call does.
pub(super) fn durations(sink: &Sink, settings: &Settings, places: &Places) {
    let (Some(deadline), Some(attempt)) = (settings.deadline, settings.attempt_timeout) else { return };
    if let (true, Some(place)) = (attempt > deadline, places.attempt_timeout.or(places.deadline)) {
        sink.at(
            place,
            format!(
                "`attempt_timeout` ({attempt} ms) is longer than `deadline` ({deadline} ms), which ends the call first: write a shorter `attempt_timeout`, or a longer `deadline`"
            ),
        );
    }
}

/// The rules of `events(…)` are those of a stream.
pub(super) fn events(context: &Context<'_>, returns: Returns<'_>) {
    let Some(place) = context.places.events else { return };
    let answer = types::last_segment(returns.ty()).map(|last| match last.ident.to_string().as_str() {
        "Call" | "Result" => types::type_argument(last).map_or_else(|| "()".to_owned(), normal),
        other => other.to_owned(),
    });
    let other = answer.filter(|answer| is_no_stream(answer));
    if let Some(other) = other {
        context.sink.at(
            place,
            format!("`events(…)` is about a stream of events, and `{other}` is not one: return `Call<Events<T>>`, or remove `events`"),
        );
    }
}

/// What can be no stream of events, whatever is in scope. Behind another name, an alias may stand.
fn is_no_stream(answer: &str) -> bool {
    let name = answer.split(['<', ' ']).next().unwrap_or_default().rsplit("::").next().unwrap_or_default();
    let known = [
        "Vec",
        "String",
        "bool",
        "char",
        "u8",
        "u16",
        "u32",
        "u64",
        "u128",
        "usize",
        "i8",
        "i16",
        "i32",
        "i64",
        "i128",
        "isize",
        "f32",
        "f64",
        "Option",
        "HashMap",
        "BTreeMap",
        "Box",
        "Arc",
        "Pages",
        "Text",
        "Raw",
        "ByteStream",
        "Exists",
        "Value",
    ];
    answer.starts_with(['(', '[']) || known.contains(&name)
}

/// Only what neither changes anything nor has a body is sent on to another place.
pub(super) fn redirects(context: &Context<'_>, own: &Settings) {
    let asked = own.redirects.is_some_and(|redirects| redirects != Redirects::None);
    if let (true, Some(place)) = (asked && !matches!(context.verb, "GET" | "HEAD"), context.places.redirects)
    {
        context.sink.at(
            place,
            format!(
                "redirects are followed for GET and HEAD only, not for {}: remove `redirects`",
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
            sink.at(literal.span(), format!("`{}` declares the same endpoint as `{}`, with the same arguments and result: remove one of them", endpoint.signature.function.sig.ident, other.signature.function.sig.ident));
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
            sink.at(literal.span(), format!("the endpoint `{name}` already has this path: write `#[nest]` without a path and the full paths in the nested API, or move `{name}` there"));
            return;
        }
    }
}
