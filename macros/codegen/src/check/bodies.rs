//! The rules about bodies: one, of one encoding, where the HTTP method has one.

use super::arguments::once::{self, Clash, Place};
use super::subject::{Arguments, Context};
use crate::conditions::Condition;
use crate::model::Argument;
use crate::roles::{Body, Encoding, Row};

/// Checks the bodies of an endpoint.
pub(super) fn check(context: &Context<'_>, arguments: &Arguments<'_>, present: &Condition) {
    if bodiless(context, arguments) {
        return;
    }
    allowed_body(context, arguments);
    one_body(context, arguments, present);
    if !arguments.broken {
        declared_encoding(context, arguments, present);
        constants(context, arguments);
    }
}

/// `allow_body` says what a GET or HEAD sends beyond HTTP's own meaning of it, so there is such a body.
fn allowed_body(context: &Context<'_>, arguments: &Arguments<'_>) {
    let Some(place) = context.places.allow_body else { return };
    if !is_bodiless(context.verb) {
        context
            .sink
            .at(place, format!("a {} request can have a body anyway: remove `allow_body`", context.verb));
        return;
    }
    let has_body = arguments.list.iter().any(|argument| argument.body().is_some());
    if !(has_body || context.places.fields.is_some() || arguments.broken) {
        context
            .sink
            .at(place, "the endpoint has no body: write `#[json]` at an argument, or remove `allow_body`");
    }
}

/// Whether HTTP gives no meaning to content in such a request (RFC 9110, 9.3.1 and 9.3.2).
fn is_bodiless(verb: &str) -> bool {
    matches!(verb, "GET" | "HEAD")
}

/// GET and HEAD have no body, unless the endpoint says `allow_body`.
fn bodiless(context: &Context<'_>, arguments: &Arguments<'_>) -> bool {
    if !is_bodiless(context.verb) || context.settings.allow_body {
        return false;
    }
    for (argument, place) in arguments.list.iter().zip(&arguments.places) {
        if argument.body().is_none() {
            continue;
        }
        context.sink.at(
            *place,
            format!(
                "a {} request has no body, so it cannot take `#[{}]`: write `#[query]`, `#[post(…)]`, or `allow_body` behind the path if the API requires it",
                context.verb,
                argument.role.row().attribute
            ),
        );
    }
    if let Some(place) = context.places.fields {
        context.sink.at(place, format!("a {} request has no body and no constant fields: write `?name=value` in the path, `#[post(…)]`, or `allow_body` behind the path if the API requires it", context.verb));
    }
    if let Some(place) = context.places.encoding {
        let message = format!("a {} request has no body and no encoding: remove it", context.verb);
        context.sink.at(place, message);
    }
    true
}

/// There is one whole body, or pieces of one encoding.
fn one_body(context: &Context<'_>, arguments: &Arguments<'_>, present: &Condition) {
    let mut seen: Vec<&Argument<'_>> = Vec::new();
    for (argument, place) in arguments.list.iter().zip(&arguments.places) {
        if argument.body().is_none() {
            continue;
        }
        let rivals = seen.iter().filter(|earlier| !are_pieces(earlier, argument));
        let clashes: Vec<(&Argument<'_>, Clash)> =
            rivals.filter_map(|earlier| Some((*earlier, once::clash(present, earlier, argument)?))).collect();
        seen.push(argument);
        let Some((earlier, Clash { when, help: exclude })) = clashes.first() else { continue };
        // One `#[cfg]` does not part it from several.
        let exclude = if clashes.len() == 1 { exclude } else { "" };
        let (word, help) = (earlier.role.row().attribute, how_to_join(earlier, argument));
        context.sink.at(
            *place,
            format!(
                "`#[{word}] {}` is already the body{when}, and a request has one: {help}{exclude}",
                earlier.ident
            ),
        );
    }
}

/// Whether both are pieces of one body.
fn are_pieces(one: &Argument<'_>, other: &Argument<'_>) -> bool {
    matches!((one.body(), other.body()), (Some(Body::Piece(one)), Some(Body::Piece(other))) if one == other)
}

/// What to write in place of two bodies.
fn how_to_join(earlier: &Argument<'_>, later: &Argument<'_>) -> String {
    let (old, new) = (earlier.role.row(), later.role.row());
    let is_part = |row: &Row| row.body.and_then(Body::encoding) == Some(Encoding::Multipart);
    match (old.body, new.body) {
        (Some(Body::Whole(_)), Some(Body::Piece(Encoding::Json | Encoding::Form))) => {
            "make it a member of the whole body".to_owned()
        }
        (Some(Body::Piece(Encoding::Json | Encoding::Form)), Some(Body::Whole(_))) => {
            "make the other fields members of it, or write `#[field]` here too".to_owned()
        }
        (Some(Body::Whole(encoding)), Some(Body::Whole(_))) if old.kind == new.kind => format!(
            "put both into one struct, or write `#[{}]` at each",
            if encoding == Some(Encoding::Json) { "field" } else { "part" }
        ),
        _ if is_part(old) || is_part(new) => "write `#[part]` at each, `#[part(json)]` for JSON".to_owned(),
        _ => "remove one of them".to_owned(),
    }
}

/// `encoding = "…"` says what the fields and parts say.
fn declared_encoding(context: &Context<'_>, arguments: &Arguments<'_>, present: &Condition) {
    let (Some(encoding), Some(place)) = (context.settings.encoding, context.places.encoding) else { return };
    let name = encoding.name();
    let rows = arguments.list.iter().map(|argument| argument.role.row());
    let mut bodies = rows.filter(|row| row.body.is_some());
    let fits = |row: &&Row| row.body.and_then(Body::encoding) == Some(encoding);
    if let Some(other) = bodies.clone().find(|row| !fits(row)) {
        let help = match encoding {
            Encoding::Multipart => "write `#[part]` at each argument of the body",
            Encoding::Json | Encoding::Form => "write `#[field]` at each argument of the body",
        };
        context.sink.at(
            place,
            format!("`encoding = \"{name}\"` contradicts `#[{}]`: remove it, or {help}", other.attribute),
        );
    } else if bodies.next().is_some() {
        never_empty(context, arguments, present, encoding);
    } else if encoding == Encoding::Multipart && context.places.fields.is_none() {
        context.sink.at(
            place,
            "a multipart body without a part: write `#[part] file: …` as an argument, or remove `encoding`",
        );
    } else if context.places.fields.is_none() {
        context.sink.at(
            place,
            format!(
                "a {name} body without a field: write `#[field] name: …` as an argument, or remove `encoding`"
            ),
        );
    }
}

/// A body of pieces has one of them under each combination of `cfg`s, unless it has constants.
fn never_empty(context: &Context<'_>, arguments: &Arguments<'_>, present: &Condition, encoding: Encoding) {
    if context.places.fields.is_some() {
        return;
    }
    let pieces = once::candidates(arguments, |role| role.row().body.is_some());
    let written = if encoding == Encoding::Multipart { "#[part] part" } else { "#[field] field" };
    let place = Place { does: "is in the body".to_owned(), written: written.to_owned() };
    once::is_gap(context.sink, present, &pieces, &place);
}

/// Constant fields are merged into a JSON body or a form, or are parts of their own.
fn constants(context: &Context<'_>, arguments: &Arguments<'_>) {
    let Some(place) = context.places.fields else { return };
    let rows = arguments.list.iter().map(|argument| argument.role.row());
    let bodies: Vec<(&Row, Option<Encoding>)> =
        rows.filter_map(|row| Some((row, row.body?.encoding()))).collect();
    let encodings = || bodies.iter().filter_map(|(_, encoding)| *encoding).chain(context.settings.encoding);
    if let (true, Some(null)) = (encodings().any(|one| one == Encoding::Form), context.places.null) {
        context.sink.at(null, "a form cannot contain `null`: write a string, or remove the field");
    }
    if let (true, Some(null)) = (encodings().any(|one| one == Encoding::Multipart), context.places.null) {
        context.sink.at(null, "a part cannot be `null`: write a string, or remove the field");
    }
    if let Some((row, _)) = bodies.iter().find(|(_, encoding)| encoding.is_none()) {
        context.sink.at(
            place,
            format!(
                "a constant field is added to a JSON body, a form or parts, and `#[{}]` is none of these: remove it",
                row.attribute
            ),
        );
    } else if bodies.is_empty() && context.settings.encoding.is_none() {
        context.sink.at(place, "the endpoint has no body that this constant field could be added to: write `#[json]`, `#[field]` or `#[part]` at an argument, or `encoding = \"json\"` for a body of constants alone");
    }
}
