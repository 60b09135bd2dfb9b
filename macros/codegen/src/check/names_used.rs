//! The rules about names: each stands once in the query, the headers, the body, the extensions.

use proc_macro2::Span;

use super::arguments::{Arguments, Target};
use super::endpoint::Context;
use super::{paths, settings};
use crate::model::{Argument, Body, Role};
use crate::print::normal;

/// Checks the names of an endpoint.
pub(super) fn check(context: &Context<'_>, arguments: &Arguments<'_>, target: &Target<'_>) {
    once(context, arguments, query_name, |name| {
        format!(
            "the query name `{name}` stands twice: leave one of them out; for several values write one argument that is a list"
        )
    });
    once(context, arguments, header_name, settings::twice);
    once(context, arguments, field_name, |name| {
        format!("the field `{name}` stands twice: leave one of them out")
    });
    once(context, arguments, part_name, |name| {
        format!("the part `{name}` stands twice: leave one of them out, or give it another name")
    });
    once(context, arguments, extension_type, |ty| {
        format!(
            "there is an extension of the type `{ty}` already, and layers find it by its type: wrap one of them in a type of its own"
        )
    });
    constant_pairs(context, arguments, target);
    constant_headers(context, arguments);
    constant_fields(context, arguments);
}

/// An argument's name that two arguments share is a mistake, unless `cfg` chooses between them.
fn once(
    context: &Context<'_>,
    arguments: &Arguments<'_>,
    name_of: fn(&Argument<'_>) -> Option<String>,
    message: impl Fn(&str) -> String,
) {
    let mut seen: Vec<(String, bool)> = Vec::new();
    for (argument, place) in arguments.list.iter().zip(&arguments.places) {
        let Some(name) = name_of(argument) else { continue };
        let conditional = !argument.cfgs.is_empty();
        if seen.iter().any(|(other, may_be_absent)| *other == name && !(conditional && *may_be_absent)) {
            context.sink.at(*place, message(&name));
        }
        seen.push((name, conditional));
    }
}

fn query_name(argument: &Argument<'_>) -> Option<String> {
    match &argument.role {
        Role::Query(name, _) => Some(name.clone()),
        _ => None,
    }
}

fn header_name(argument: &Argument<'_>) -> Option<String> {
    match &argument.role {
        Role::Header(name) => Some(name.clone()),
        _ => None,
    }
}

fn field_name(argument: &Argument<'_>) -> Option<String> {
    match &argument.role {
        Role::Body(Body::Field(name) | Body::FormField(name, _)) => Some(name.clone()),
        _ => None,
    }
}

fn part_name(argument: &Argument<'_>) -> Option<String> {
    match &argument.role {
        Role::Body(Body::Part(part)) => Some(part.name.clone()),
        _ => None,
    }
}

fn extension_type(argument: &Argument<'_>) -> Option<String> {
    (argument.role == Role::Extension).then(|| normal(argument.ty))
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
            paths::wrong(context.sink, literal, at, message, "leave it out here, or leave the argument out");
        }
    }
}

/// An argument wins over a constant header; the header of the idempotency key is no argument, because a key that the
/// caller sets does not make the call one that may be repeated.
fn constant_headers(context: &Context<'_>, arguments: &Arguments<'_>) {
    if let Some(name) = &context.settings.idempotency_key
        && let Some(place) = find(arguments, header_name, name)
    {
        context.sink.at(place, format!("the header `{name}` is the idempotency key, which is made for each call: leave this argument out; a caller gives a key of its own with `.idempotency_key(…)`"));
    }
    let content_type = arguments.content_type.as_ref();
    if let (Some(_), Some((_, place))) =
        (content_type, context.places.header_names.iter().find(|(name, _)| name == "content-type"))
    {
        context.sink.at(*place, settings::twice("content-type"));
    }
}

/// A constant field is not repeated by an argument.
fn constant_fields(context: &Context<'_>, arguments: &Arguments<'_>) {
    for (name, _) in &context.settings.fields {
        if let Some(place) = find(arguments, field_name, name) {
            context.sink.at(
                place,
                format!("the field `{name}` is a constant of the endpoint already: leave one of them out"),
            );
        }
    }
}
