//! The rules about bodies: one, of one encoding, where the HTTP method has one.

use super::arguments::Arguments;
use super::arguments::once::{self, Place};
use super::endpoint::Context;
use crate::conditions::Condition;
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

/// Checks the bodies of an endpoint.
pub(super) fn check(context: &Context<'_>, arguments: &Arguments<'_>, present: &Condition) {
    if bodiless(context, arguments) {
        return;
    }
    one_body(context, arguments, present);
    if !arguments.broken {
        declared_encoding(context, arguments, present);
        constants(context, arguments);
    }
}

/// GET and HEAD have no body (RFC 9110, 9.3.1 and 9.3.2).
fn bodiless(context: &Context<'_>, arguments: &Arguments<'_>) -> bool {
    if !matches!(context.verb, "GET" | "HEAD") {
        return false;
    }
    for (argument, place) in arguments.list.iter().zip(&arguments.places) {
        let Some(body) = argument.body() else { continue };
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
fn one_body(context: &Context<'_>, arguments: &Arguments<'_>, present: &Condition) {
    let mut seen: Vec<(&Argument<'_>, &Body)> = Vec::new();
    for (argument, place) in arguments.list.iter().zip(&arguments.places) {
        let Some(new) = argument.body() else { continue };
        let clashes: Vec<_> = seen
            .iter()
            .filter(|(_, old)| !(is_piece(old) && is_piece(new) && word(old) == word(new)))
            .filter_map(|(earlier, old)| Some((*earlier, *old, once::clash(present, earlier, argument)?)))
            .collect();
        seen.push((argument, new));
        let Some((earlier, old, once::Clash { when, help: exclude })) = clashes.first() else { continue };
        // One `#[cfg]` does not part it from several.
        let exclude = if clashes.len() == 1 { exclude } else { "" };
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
            format!(
                "`#[{old_word}] {}` is the body already{when}, and a request has one: {help}{exclude}",
                earlier.ident
            ),
        );
    }
}

/// `encoding = "…"` says what the fields and parts say.
fn declared_encoding(context: &Context<'_>, arguments: &Arguments<'_>, present: &Condition) {
    let (Some(encoding), Some(place)) = (context.settings.encoding, context.places.encoding) else { return };
    let name = match encoding {
        Encoding::Json => "json",
        Encoding::Form => "form",
        Encoding::Multipart => "multipart",
    };
    let fits = |body: &&Body| match encoding {
        Encoding::Json => matches!(body, Body::Json | Body::Field(_)),
        Encoding::Form => matches!(body, Body::Form(_) | Body::FormField(..)),
        Encoding::Multipart => matches!(body, Body::Part(_)),
    };
    let mut bodies = arguments.list.iter().filter_map(Argument::body);
    let Some(body) = bodies.clone().find(|body| !fits(body)).or_else(|| bodies.next()) else {
        let constants = context.places.fields.is_some();
        match encoding {
            Encoding::Multipart => context.sink.at(place, "a multipart body without a part: write `#[part] file: …` as an argument, or leave `encoding` out"),
            _ if !constants => context.sink.at(place, format!("a {name} body without a field: write `#[field] name: …` as an argument, or leave `encoding` out")),
            _ => {}
        }
        return;
    };
    if fits(&body) {
        never_empty(context, arguments, present, encoding);
    } else {
        let help = match encoding {
            Encoding::Multipart => "write `#[part]` at each argument of the body",
            _ => "write `#[field]` at each argument of the body",
        };
        context.sink.at(place, format!("`#[{}]` has an encoding of its own, `encoding = \"{name}\"` is another: leave it out, or {help}", word(body)));
    }
}

/// A body of pieces has one of them under each combination of `cfg`s, unless it has constants.
fn never_empty(context: &Context<'_>, arguments: &Arguments<'_>, present: &Condition, encoding: Encoding) {
    if context.places.fields.is_some() && encoding != Encoding::Multipart {
        return;
    }
    let pieces = once::candidates(arguments, |role| matches!(role, Role::Body(_)));
    let written = if encoding == Encoding::Multipart { "#[part] part" } else { "#[field] field" };
    let place = Place { does: "is in the body".to_owned(), written: written.to_owned() };
    once::is_gap(context.sink, present, &pieces, &place);
}

/// Constant fields are merged into a JSON body or a form.
fn constants(context: &Context<'_>, arguments: &Arguments<'_>) {
    let Some(place) = context.places.fields else { return };
    let mut bodies = arguments.list.iter().filter_map(Argument::body);
    let implied = bodies.clone().find_map(Body::encoding);
    let form = context.settings.encoding.or(implied) == Some(Encoding::Form);
    if let (true, Some(null)) = (form, context.places.null) {
        context.sink.at(null, "a form has no `null`: write a text, or leave the field out");
    }
    let other = |body: &&Body| matches!(body, Body::Raw | Body::Part(_));
    match bodies.clone().find(other).or_else(|| bodies.next()) {
        Some(body @ (Body::Raw | Body::Part(_))) => context.sink.at(place, format!("a constant field is merged into a JSON body or a form, `#[{}]` is neither: leave it out", word(body))),
        None if context.settings.encoding.is_none() => context.sink.at(place, "there is no body that this constant field could be merged into: write `#[json]` or `#[field]` at an argument, or `encoding = \"json\"` for a body of constants alone"),
        _ => {}
    }
}
