//! The rules about bodies: one, of one encoding, where the HTTP method has one.

use super::arguments::Arguments;
use super::endpoint::Context;
use crate::model::{Argument, Body, Encoding, Role};

/// The attribute that says so.
fn word(body: &Body) -> &'static str {
    match body {
        Body::Json => "json",
        Body::Form(_) => "form",
        Body::Raw => "body",
        Body::Field(_) | Body::FormField(..) => "field",
        Body::Part(_) => "part",
    }
}

fn is_piece(body: &Body) -> bool {
    matches!(body, Body::Field(_) | Body::FormField(..) | Body::Part(_))
}

fn body<'a>(argument: &'a Argument<'_>) -> Option<&'a Body> {
    match &argument.role {
        Role::Body(body) => Some(body),
        _ => None,
    }
}

/// Checks the bodies of an endpoint.
pub(super) fn check(context: &Context<'_>, arguments: &Arguments<'_>) {
    if bodiless(context, arguments) {
        return;
    }
    one_body(context, arguments);
    if !arguments.broken {
        declared_encoding(context, arguments);
        constants(context, arguments);
    }
}

/// GET and HEAD have no body (RFC 9110, 9.3.1 and 9.3.2).
fn bodiless(context: &Context<'_>, arguments: &Arguments<'_>) -> bool {
    if !matches!(context.verb, "GET" | "HEAD") {
        return false;
    }
    for (argument, place) in arguments.list.iter().zip(&arguments.places) {
        let Some(body) = body(argument) else { continue };
        context.sink.at(
            *place,
            format!(
                "a {} request has no body, so it takes no `#[{}]`: write `#[query]`, or `#[post(…)]`",
                context.verb,
                word(body)
            ),
        );
    }
    if let Some(place) = context.places.fields {
        context.sink.at(place, format!("a {} request has no body, so it has no constant fields: write `?name=value` in the path, or `#[post(…)]`", context.verb));
    }
    if let Some(place) = context.places.encoding {
        let message = format!("a {} request has no body, so it has no encoding: leave it out", context.verb);
        context.sink.at(place, message);
    }
    true
}

/// There is one whole body, or pieces of one encoding.
fn one_body(context: &Context<'_>, arguments: &Arguments<'_>) {
    let mut first: Option<&Argument<'_>> = None;
    for (argument, place) in arguments.list.iter().zip(&arguments.places) {
        let Some(new) = body(argument) else { continue };
        let Some((earlier, old)) = first.and_then(|earlier| Some((earlier, body(earlier)?))) else {
            first = Some(argument);
            continue;
        };
        let pieces = is_piece(old) && is_piece(new) && word(old) == word(new);
        let chosen_by_cfg = !earlier.cfgs.is_empty() && !argument.cfgs.is_empty();
        if pieces || chosen_by_cfg {
            continue;
        }
        let (old_word, new_word) = (word(old), word(new));
        let help = match (is_piece(old), is_piece(new)) {
            (false, true) if new_word == "field" => "make it a member of the whole body".to_owned(),
            (true, false) if old_word == "field" => {
                "make the other fields members of it, or write `#[field]` here too".to_owned()
            }
            (false, false) if old_word == new_word => format!(
                "put both into one struct, or write `#[{}]` at each",
                if new_word == "json" { "field" } else { "part" }
            ),
            _ if old_word == "part" || new_word == "part" => {
                "write `#[part]` at each, `#[part(json)]` for JSON".to_owned()
            }
            _ => "leave one of them out".to_owned(),
        };
        context.sink.at(
            *place,
            format!("`#[{old_word}] {}` is the body already, and a request has one: {help}", earlier.ident),
        );
    }
}

/// `encoding = "…"` says what the fields and parts say.
fn declared_encoding(context: &Context<'_>, arguments: &Arguments<'_>) {
    let (Some(encoding), Some(place)) = (context.settings.encoding, context.places.encoding) else { return };
    let name = match encoding {
        Encoding::Json => "json",
        Encoding::Form => "form",
        Encoding::Multipart => "multipart",
    };
    let Some(body) = arguments.list.iter().find_map(body) else {
        let constants = context.places.fields.is_some();
        match encoding {
            Encoding::Multipart => context.sink.at(place, "a multipart body without a part: write `#[part] file: …` as an argument, or leave `encoding` out"),
            _ if !constants => context.sink.at(place, format!("a {name} body without a field: write `#[field] name: …` as an argument, or leave `encoding` out")),
            _ => {}
        }
        return;
    };
    let fits = match encoding {
        Encoding::Json => matches!(body, Body::Json | Body::Field(_)),
        Encoding::Form => matches!(body, Body::Form(_) | Body::FormField(..)),
        Encoding::Multipart => matches!(body, Body::Part(_)),
    };
    if !fits {
        let help = match encoding {
            Encoding::Multipart => "write `#[part]` at each argument of the body",
            _ => "write `#[field]` at each argument of the body",
        };
        context.sink.at(place, format!("`#[{}]` has an encoding of its own, `encoding = \"{name}\"` is another: leave it out, or {help}", word(body)));
    }
}

/// Constant fields are merged into a JSON body or a form.
fn constants(context: &Context<'_>, arguments: &Arguments<'_>) {
    let Some(place) = context.places.fields else { return };
    let form = context.settings.encoding.or(arguments.encoding) == Some(Encoding::Form);
    if let (true, Some(null)) = (form, context.places.null) {
        context.sink.at(null, "a form has no `null`: write a text, or leave the field out");
    }
    match arguments.list.iter().find_map(body) {
        Some(body @ (Body::Raw | Body::Part(_))) => context.sink.at(place, format!("a constant field is merged into a JSON body or a form, `#[{}]` is neither: leave it out", word(body))),
        None if context.settings.encoding.is_none() => context.sink.at(place, "there is no body that this constant field could be merged into: write `#[json]` or `#[field]` at an argument, or `encoding = \"json\"` for a body of constants alone"),
        _ => {}
    }
}
