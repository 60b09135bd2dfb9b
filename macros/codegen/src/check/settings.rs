//! What an API or an endpoint says in its attribute apart from the path.

use proc_macro2::Span;
use syn::{Ident, Lit, LitStr};

use super::keys::Keys;
use super::literals;
use crate::errors::Sink;
use crate::model::{Auth, Events, Settings};
use crate::names::Key;
use crate::parse::{Arg, Value};
use crate::roles::Encoding;

/// Where the settings stand that rules about several of them point at.
#[derive(Default)]
pub(super) struct Places {
    pub(super) idempotent: Option<Span>,
    pub(super) attempts: Option<Span>,
    pub(super) redirects: Option<Span>,
    pub(super) auth: Option<Span>,
    pub(super) deadline: Option<Span>,
    pub(super) attempt_timeout: Option<Span>,
    pub(super) idempotency_key: Option<Span>,
    pub(super) events: Option<Span>,
    pub(super) encoding: Option<Span>,
    pub(super) allow_body: Option<Span>,
    pub(super) fields: Option<Span>,
    pub(super) null: Option<Span>,
    pub(super) header_names: Vec<(String, Span)>,
}

/// Reads the settings of an attribute.
pub(super) fn settings(sink: &Sink, keys: &Keys<'_>) -> (Settings, Places) {
    let mut places = Places { idempotent: keys.flag("idempotent"), ..Places::default() };
    places.allow_body = keys.flag("allow_body");
    let attempts = keys.count("attempts");
    places.attempts = attempts.map(|(_, span)| span);
    let redirects = keys.word("redirects");
    places.redirects = redirects.map(Ident::span);
    let (deadline, attempt_timeout) = (keys.text("deadline"), keys.text("attempt_timeout"));
    places.deadline = deadline.map(LitStr::span);
    places.attempt_timeout = attempt_timeout.map(LitStr::span);
    let auth_value = keys.value("auth");
    places.auth = auth_value.map(Value::span);
    let idempotency_key =
        keys.text("idempotency_key").and_then(|name| Some((literals::header_name(sink, name)?, name.span())));
    let accept = keys.text("accept");
    if let Some(literal) = accept {
        places.header_names.push(("accept".into(), literal.span()));
    }
    places.idempotency_key = idempotency_key.as_ref().map(|(_, span)| *span);
    places.header_names.extend(idempotency_key.clone());
    let settings = Settings {
        idempotent: places.idempotent.is_some(),
        idempotency_key: idempotency_key.map(|(name, _)| name),
        deadline: deadline.and_then(|text| literals::duration(sink, text)),
        attempt_timeout: attempt_timeout.and_then(|text| literals::duration(sink, text)),
        attempts: attempts.map(|(count, _)| count),
        stall_timeout: keys.text("stall_timeout").and_then(|text| literals::duration(sink, text)),
        body_limit: keys.literal("body_limit").and_then(|literal| literals::size(sink, literal)),
        item_limit: keys.literal("item_limit").and_then(|literal| literals::size(sink, literal)),
        headers: headers(sink, keys, &mut places),
        fields: fields(sink, keys, &mut places),
        encoding: encoding(sink, keys, &mut places),
        lists: keys.text("lists").and_then(|text| literals::lists(sink, text)),
        objects: keys.text("objects").and_then(|text| literals::objects(sink, text)),
        auth: auth_value.and_then(|value| auth(sink, keys, value)),
        redirects: redirects.and_then(|word| literals::redirects(sink, &word.to_string(), word.span())),
        accept: accept.and_then(|text| literals::media_range(sink, text)),
        events: events(sink, keys, &mut places),
        allow_body: places.allow_body.is_some(),
    };
    (settings, places)
}

/// A scheme by its name, or `api_key("X-Key")`.
fn auth(sink: &Sink, keys: &Keys<'_>, value: &Value) -> Option<Auth> {
    match value {
        Value::Word(word) if word != "api_key" => literals::auth(sink, &word.to_string(), word.span()),
        Value::List(word, list) if word == "api_key" => match list.as_slice() {
            [Arg::Literal(Lit::Str(name))] if !name.value().is_empty() => Some(Auth::ApiKey(name.value())),
            _ => keys.wrong(word.span(), API_KEY.to_owned()),
        },
        Value::Word(word) => keys.wrong(word.span(), API_KEY.to_owned()),
        other => keys.wrong(other.span(), "expected `auth = bearer`".to_owned()),
    }
}

const API_KEY: &str = "`api_key` says the name of the header or of the query in which the key is sent: write `auth = api_key(\"X-Api-Key\")`";

/// A constant header stands once, whatever the case of its name.
fn headers(sink: &Sink, keys: &Keys<'_>, places: &mut Places) -> Vec<(String, String)> {
    let mut headers = Vec::new();
    for (literal, value) in keys.pairs("header") {
        let name = literals::header_name(sink, literal);
        let value = literals::header_value(sink, name.as_deref().unwrap_or_default(), value);
        let Some(name) = name else { continue };
        if places.header_names.iter().any(|(seen, _)| *seen == name) {
            sink.at(literal.span(), twice(&name));
        }
        places.header_names.push((name.clone(), literal.span()));
        headers.extend(value.map(|value| (name, value)));
    }
    headers
}

pub(super) fn twice(header: &str) -> String {
    format!(
        "the header `{header}` is used twice (header names are case-insensitive): remove one of them; for several values, write one argument that is a list"
    )
}

/// A constant field stands once.
fn fields(sink: &Sink, keys: &Keys<'_>, places: &mut Places) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for (literal, value) in keys.pairs("field") {
        places.fields = places.fields.or(Some(literal.span()));
        let name = literal.value();
        if fields.iter().any(|(seen, _)| *seen == name) {
            sink.at(literal.span(), format!("the field `{name}` is written twice: remove one of them"));
        }
        let json = literals::field_value(sink, &name, value);
        places.null = places.null.or(json.as_deref().filter(|json| *json == "null").map(|_| value.span()));
        fields.extend(json.map(|json| (name, json)));
    }
    fields
}

fn encoding(sink: &Sink, keys: &Keys<'_>, places: &mut Places) -> Option<Encoding> {
    let literal = keys.text("encoding")?;
    places.encoding = Some(literal.span());
    literals::one_of(sink, &literal.value(), literal.span(), "an encoding", Encoding::ALL, "\"")
}

/// The rules of a stream of events say something.
fn events(sink: &Sink, keys: &Keys<'_>, places: &mut Places) -> Option<Events> {
    const KEYS: &[Key] = &[
        ("end", "end = \"[DONE]\""),
        ("error_event", "error_event = \"error\""),
        ("error", "error = \"error\""),
        ("error_member", "error_member = \"error\""),
        ("any_media_type", "any_media_type"),
    ];
    let (word, list): (_, &[Arg]) = keys.list("events")?;
    if list.is_empty() {
        return keys.wrong(
            word.span(),
            "`events()` is empty: write `events(end = \"[DONE]\")`, or remove it".into(),
        );
    }
    places.events = Some(word.span());
    let keys = Keys::new(sink, "events", list, KEYS, None);
    let (event, short) = (keys.text("error_event"), keys.text("error"));
    if let (Some(_), Some(short)) = (event, short) {
        sink.at(short.span(), "`error` is short for `error_event`: remove one of them");
    }
    Some(Events {
        end: keys.text("end").map(LitStr::value),
        error_event: event.or(short).map(LitStr::value),
        error_member: keys.text("error_member").map(LitStr::value),
        any_media_type: keys.flag("any_media_type").is_some(),
    })
}
