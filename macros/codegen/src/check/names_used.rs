//! The rules about names: each stands once in the query, the headers, the body, the extensions.

use proc_macro2::Span;

use super::arguments::once::{self, Clash};
use super::subject::{Arguments, Context, Target};
use super::{paths, settings};
use crate::conditions::Condition;
use crate::model::Argument;
use crate::print::normal;
use crate::roles::Kind;

/// Checks the names of an endpoint.
pub(super) fn check(context: &Context<'_>, arguments: &Arguments<'_>, target: &Target<'_>) {
    let present = &target.present;
    once(context, arguments, present, query_name, |name, Clash { when, help }| {
        format!(
            "the query name `{name}` is used twice{when}: remove one of them{help}; for several values, write one argument that is a list"
        )
    });
    once(context, arguments, present, header_name, |name, Clash { when, help }| {
        format!(
            "the header `{name}` is used twice{when} (header names are case-insensitive): remove one of them{help}; for several values, write one argument that is a list"
        )
    });
    once(context, arguments, present, cookie_name, |name, Clash { when, help }| {
        format!("the cookie `{name}` is used twice{when}: remove one of them{help}")
    });
    cookie_header(context, arguments);
    once(context, arguments, present, field_name, |name, Clash { when, help }| {
        format!("the field `{name}` is used twice{when}: remove one of them{help}")
    });
    once(context, arguments, present, part_name, |name, Clash { when, help }| {
        format!("the part `{name}` is used twice{when}: remove one of them, or rename it{help}")
    });
    once(context, arguments, present, extension_type, |ty, Clash { when, help }| {
        format!(
            "another extension has the type `{ty}`{when}, and layers find extensions by type: wrap one of them in a new type{help}"
        )
    });
    constant_pairs(context, arguments, target);
    constant_headers(context, arguments);
    constant_fields(context, arguments);
}

/// A name that two arguments share is a mistake, unless their `cfg`s exclude each other.
fn once(
    context: &Context<'_>,
    arguments: &Arguments<'_>,
    present: &Condition,
    name_of: fn(&Argument<'_>) -> Option<String>,
    message: impl Fn(&str, Clash) -> String,
) {
    let mut seen: Vec<(String, &Argument<'_>)> = Vec::new();
    for (argument, place) in arguments.list.iter().zip(&arguments.places) {
        let Some(name) = name_of(argument) else { continue };
        let mut same = seen.iter().filter(|(other, _)| *other == name);
        if let Some(clash) = same.find_map(|(_, other)| once::clash(present, other, argument)) {
            context.sink.at(*place, message(&name, clash));
        }
        seen.push((name, argument));
    }
}

/// The name on the wire, if the argument has one of these roles.
fn wire(argument: &Argument<'_>, kinds: &[Kind]) -> Option<String> {
    kinds.contains(&argument.role.kind).then(|| argument.role.wire.clone())
}

fn query_name(argument: &Argument<'_>) -> Option<String> {
    wire(argument, &[Kind::Query, Kind::QueryJson])
}

fn header_name(argument: &Argument<'_>) -> Option<String> {
    wire(argument, &[Kind::Header])
}

fn cookie_name(argument: &Argument<'_>) -> Option<String> {
    wire(argument, &[Kind::Cookie])
}

/// All cookies share one header, which an argument of its own would replace.
fn cookie_header(context: &Context<'_>, arguments: &Arguments<'_>) {
    let has_cookie = arguments.list.iter().any(|argument| argument.role.kind == Kind::Cookie);
    if let (true, Some(place)) = (has_cookie, find(arguments, header_name, "cookie")) {
        context.sink.at(
            place,
            "`#[cookie]` arguments write the header `cookie`: write `#[cookie(\"name\")]` here too",
        );
    }
}

fn field_name(argument: &Argument<'_>) -> Option<String> {
    wire(argument, &[Kind::Field, Kind::FormField])
}

fn part_name(argument: &Argument<'_>) -> Option<String> {
    wire(argument, &[Kind::Part, Kind::PartJson])
}

fn extension_type(argument: &Argument<'_>) -> Option<String> {
    (argument.role.kind == Kind::Extension).then(|| normal(argument.ty))
}

fn find(arguments: &Arguments<'_>, name_of: fn(&Argument<'_>) -> Option<String>, name: &str) -> Option<Span> {
    let mut found = arguments.list.iter().zip(&arguments.places);
    found.find(|(argument, _)| name_of(argument).as_deref() == Some(name)).map(|(_, place)| *place)
}

/// A constant pair of the path is not repeated by an argument.
fn constant_pairs(context: &Context<'_>, arguments: &Arguments<'_>, target: &Target<'_>) {
    let (Some(template), Some(literal)) = (target.template, target.literal) else { return };
    for (name, at) in &template.pairs {
        if find(arguments, query_name, name).is_some() {
            let message = format!("an argument repeats the constant query name `{name}`");
            paths::wrong(context.sink, literal, at, message, "remove it here, or remove the argument");
        }
    }
}

/// An argument wins over a constant header; the header of the idempotency key is not an argument, because a key that the
/// caller sets does not make the call one that may be repeated.
fn constant_headers(context: &Context<'_>, arguments: &Arguments<'_>) {
    if let Some(name) = &context.settings.idempotency_key
        && let Some(place) = find(arguments, header_name, name)
    {
        context.sink.at(place, format!("the header `{name}` carries the idempotency key, which is generated for each call: remove this argument; a caller can set the key with `.idempotency_key(…)`"));
    }
    let content_type = arguments.content_types.first();
    if let (Some(_), Some((_, place))) =
        (content_type, context.places.header_names.iter().find(|(name, _)| name == "content-type"))
    {
        context.sink.at(*place, settings::twice("content-type"));
    }
}

/// A constant field is not repeated by an argument.
fn constant_fields(context: &Context<'_>, arguments: &Arguments<'_>) {
    for (name, _) in &context.settings.fields {
        let place = find(arguments, field_name, name).or_else(|| find(arguments, part_name, name));
        if let Some(place) = place {
            context.sink.at(
                place,
                format!("the field `{name}` is a constant of the endpoint already: remove one of them"),
            );
        }
    }
}
