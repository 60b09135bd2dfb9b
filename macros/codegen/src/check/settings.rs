//! What an API or an endpoint says in its attribute apart from the path.

use proc_macro2::Span;
use syn::{Ident, LitStr};

use super::keys::Keys;
use super::literals;
use crate::errors::Sink;
use crate::model::{Events, Settings};
use crate::names::Key;
use crate::parse::Arg;
use crate::roles::Encoding;

const DEADLINE: Key = ("deadline", "deadline = \"10s\"");
const ATTEMPT_TIMEOUT: Key = ("attempt_timeout", "attempt_timeout = \"2s\"");
const ATTEMPTS: Key = ("attempts", "attempts = 3");
const STALL_TIMEOUT: Key = ("stall_timeout", "stall_timeout = \"30s\"");
const BODY_LIMIT: Key = ("body_limit", "body_limit = \"16 MiB\"");
const ITEM_LIMIT: Key = ("item_limit", "item_limit = \"1 MiB\"");
const HEADER: Key = ("header", "header(\"Name\" = \"value\")");
const LISTS: Key = ("lists", "lists = \"comma\"");
const OBJECTS: Key = ("objects", "objects = \"dots\"");
const AUTH: Key = ("auth", "auth = bearer");
const REDIRECTS: Key = ("redirects", "redirects = same_origin");
const IDEMPOTENCY_KEY: Key = ("idempotency_key", "idempotency_key = \"Idempotency-Key\"");

const ACCEPT: Key = ("accept", "accept = \"application/json\"");

/// The keys of `#[api(…)]`.
pub(super) const API: &[Key] = &[
    ("base", "base = \"https://api.example.com/v1\""),
    ("client", "client = \"MyClient\""),
    ("crate", "crate = \"path::to::declarest\""),
    ("dyn", "dyn"),
    ("partial_fakes", "partial_fakes"),
    HEADER,
    LISTS,
    OBJECTS,
    DEADLINE,
    ATTEMPT_TIMEOUT,
    ATTEMPTS,
    STALL_TIMEOUT,
    BODY_LIMIT,
    ITEM_LIMIT,
    AUTH,
    REDIRECTS,
    IDEMPOTENCY_KEY,
    ACCEPT,
];

/// The keys of `#[get(…)]` and the other verbs.
pub(super) const ENDPOINT: &[Key] = &[
    ("idempotent", "idempotent"),
    IDEMPOTENCY_KEY,
    DEADLINE,
    ATTEMPT_TIMEOUT,
    ATTEMPTS,
    STALL_TIMEOUT,
    BODY_LIMIT,
    ITEM_LIMIT,
    HEADER,
    ("field", "field(\"name\" = true)"),
    ("encoding", "encoding = \"form\""),
    ("allow_body", "allow_body"),
    LISTS,
    OBJECTS,
    AUTH,
    REDIRECTS,
    ACCEPT,
    ("events", "events(end = \"[DONE]\")"),
];

/// Where the settings stand that rules about several of them point at.
#[derive(Default)]
pub(super) struct Places {
    pub(super) idempotent: Option<Span>,
    pub(super) attempts: Option<Span>,
    pub(super) redirects: Option<Span>,
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
    let idempotency_key =
        keys.text("idempotency_key").and_then(|name| Some((literals::header_name(sink, name)?, name.span())));
    let accept = keys.text("accept");
    if let Some(literal) = accept {
        places.header_names.push(("accept".into(), literal.span()));
    }
    places.header_names.extend(idempotency_key.clone());
    let settings = Settings {
        idempotent: places.idempotent.is_some(),
        idempotency_key: idempotency_key.map(|(name, _)| name),
        deadline: keys.text("deadline").and_then(|text| literals::duration(sink, text)),
        attempt_timeout: keys.text("attempt_timeout").and_then(|text| literals::duration(sink, text)),
        attempts: attempts.map(|(count, _)| count),
        stall_timeout: keys.text("stall_timeout").and_then(|text| literals::duration(sink, text)),
        body_limit: keys.literal("body_limit").and_then(|literal| literals::size(sink, literal)),
        item_limit: keys.literal("item_limit").and_then(|literal| literals::size(sink, literal)),
        headers: headers(sink, keys, &mut places),
        fields: fields(sink, keys, &mut places),
        encoding: encoding(sink, keys, &mut places),
        lists: keys.text("lists").and_then(|text| literals::lists(sink, text)),
        objects: keys.text("objects").and_then(|text| literals::objects(sink, text)),
        auth: keys.word("auth").and_then(|word| literals::auth(sink, &word.to_string(), word.span())),
        redirects: redirects.and_then(|word| literals::redirects(sink, &word.to_string(), word.span())),
        accept: accept.and_then(|text| literals::media_range(sink, text)),
        events: events(sink, keys),
        allow_body: places.allow_body.is_some(),
    };
    (settings, places)
}

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
        "the header `{header}` is written twice, names of headers have no case: leave one of them out; for several values write one argument that is a list"
    )
}

/// A constant field stands once.
fn fields(sink: &Sink, keys: &Keys<'_>, places: &mut Places) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for (literal, value) in keys.pairs("field") {
        places.fields = places.fields.or(Some(literal.span()));
        let name = literal.value();
        if fields.iter().any(|(seen, _)| *seen == name) {
            sink.at(literal.span(), format!("the field `{name}` is written twice: leave one of them out"));
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
    literals::one_of(sink, &literal.value(), literal.span(), "encoding", Encoding::ALL, "\"")
}

/// The rules of a stream of events say something.
fn events(sink: &Sink, keys: &Keys<'_>) -> Option<Events> {
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
            "`events()` is empty: write `events(end = \"[DONE]\")` or leave it out".into(),
        );
    }
    let keys = Keys::new(sink, "events", list, KEYS, None);
    let (event, short) = (keys.text("error_event"), keys.text("error"));
    if let (Some(_), Some(short)) = (event, short) {
        sink.at(short.span(), "`error` is short for `error_event`: leave one of them out");
    }
    Some(Events {
        end: keys.text("end").map(LitStr::value),
        error_event: event.or(short).map(LitStr::value),
        error_member: keys.text("error_member").map(LitStr::value),
        any_media_type: keys.flag("any_media_type").is_some(),
    })
}
