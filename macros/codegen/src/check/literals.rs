//! What a single literal may say: names, values, media types, durations, styles.

use std::net::{Ipv4Addr, Ipv6Addr};

use proc_macro2::Span;
use syn::{Lit, LitStr};

use crate::errors::Sink;
use crate::model::{Auth, Lists, Objects, Redirects};
use crate::names;
use crate::parse::Value;

/// RFC 9110, 5.6.2.
fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter))
}

/// Headers that HTTP itself is made of; a wrong one sends another request than was declared.
const OWNED: &[&str] = &[
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "proxy-connection",
    "upgrade",
];

/// The name of a cookie is a token (RFC 6265, 4.1.1).
pub(super) fn cookie_name(sink: &Sink, name: Option<&LitStr>) {
    if let Some(name) = name.filter(|name| !name.value().is_empty() && !is_token(&name.value())) {
        sink.at(
            name.span(),
            format!(
                "`{}` is not a cookie name: write letters, digits, `-` and `_` (RFC 6265, 4.1.1)",
                name.value().escape_debug()
            ),
        );
    }
}

/// A header name is a token (RFC 9110, 5.1), and none that the client owns. Returned in lower case.
pub(super) fn header_name(sink: &Sink, name: &LitStr) -> Option<String> {
    let text = name.value();
    let lower = text.to_ascii_lowercase();
    if !is_token(&text) {
        let near: String = text
            .trim()
            .trim_end_matches(':')
            .chars()
            .map(|letter| if is_token(&letter.to_string()) { letter } else { '-' })
            .collect();
        let nameless = !near.contains(|letter: char| letter.is_ascii_alphanumeric());
        let help = if nameless { "write `\"X-Name\"`".to_owned() } else { format!("write `\"{near}\"`") };
        sink.at(
            name.span(),
            format!(
                "`{}` is not a header name, which consists of letters, digits and `-` (RFC 9110, 5.6.2): {help}",
                text.escape_debug()
            ),
        );
        return None;
    }
    if OWNED.contains(&lower.as_str()) {
        let help = if lower == "host" {
            "the host is the client's base URL, `#[api(base = \"…\")]`"
        } else {
            "remove it"
        };
        sink.at(name.span(), format!("the client sets the header `{lower}`: {help}"));
        return None;
    }
    Some(lower)
}

/// A header value is visible ASCII with blanks between (RFC 9110, 5.5); `content-type` and `accept` are media types.
pub(super) fn header_value(sink: &Sink, name: &str, value: &Value) -> Option<String> {
    let Value::Literal(Lit::Str(literal)) = value else {
        sink.at(
            value.span(),
            format!("the value of a header is a string: write `header(\"{name}\" = \"…\")`"),
        );
        return None;
    };
    let text = literal.value();
    let wrong = text.chars().find(|letter| !matches!(letter, ' '..='~' | '\t'));
    if let Some(letter) = wrong {
        sink.at(literal.span(), format!("`{}` is not allowed in a header value, which consists of visible ASCII and spaces (RFC 9110, 5.5): encode it", letter.escape_debug()));
        return None;
    }
    if text.trim() != text {
        sink.at(
            literal.span(),
            format!("a header value has no spaces around it (RFC 9110, 5.5): write `\"{}\"`", text.trim()),
        );
        return None;
    }
    if name == "content-type" {
        media_type(sink, literal)
    } else if name == "accept" {
        media_range(sink, literal)
    } else {
        Some(text)
    }
}

/// A media type is `type/subtype` with parameters (RFC 9110, 8.3.1).
pub(crate) fn media_type(sink: &Sink, literal: &LitStr) -> Option<String> {
    let text = literal.value();
    if is_media_type(&text) && !text.contains('*') {
        return Some(text);
    }
    sink.at(
        literal.span(),
        format!(
            "`{}` is not a media type: write `\"application/json\"` or `\"text/plain; charset=utf-8\"`",
            text.escape_debug()
        ),
    );
    None
}

/// What an `Accept` header may hold: media types with commas between, also with `*` (RFC 9110, 12.5.1).
pub(super) fn media_range(sink: &Sink, literal: &LitStr) -> Option<String> {
    let text = literal.value();
    if text.split(',').all(|range| is_media_type(range.trim())) {
        return Some(text);
    }
    sink.at(
        literal.span(),
        format!(
            "`{}` is not a media type: write `\"application/json\"` or `\"image/*\"`",
            text.escape_debug()
        ),
    );
    None
}

fn is_media_type(text: &str) -> bool {
    let mut parts = text.split(';');
    let essence = parts.next().unwrap_or_default().trim_end();
    let named = essence.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype));
    named
        && parts.all(|parameter| {
            parameter
                .trim()
                .split_once('=')
                .is_some_and(|(name, value)| is_token(name) && is_parameter_value(value))
        })
}

/// A token or a quoted string.
fn is_parameter_value(value: &str) -> bool {
    let quoted = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    is_token(value)
        || quoted.is_some_and(|inner| {
            !inner.contains(['"', '\\']) && inner.chars().all(|letter| matches!(letter, ' '..='~'))
        })
}

/// What is wrong with host and port of a URL (RFC 3986, 3.2).
pub(super) fn wrong_authority(authority: &str) -> Option<&'static str> {
    let (host, port) = match authority.rfind(']') {
        Some(end) => authority.split_at_checked(end + 1)?,
        None => authority.find(':').map_or((authority, ""), |colon| authority.split_at(colon)),
    };
    let port = port.strip_prefix(':').unwrap_or(port);
    if !port.is_empty() && !port.parse::<u16>().is_ok_and(|number| number > 0 && !port.starts_with('+')) {
        return Some("has a port from 1 to 65535");
    }
    if authority.ends_with(':') {
        return Some("has a port behind the `:`");
    }
    if let Some(address) = host.strip_prefix('[') {
        let valid = address.strip_suffix(']').is_some_and(|address| address.parse::<Ipv6Addr>().is_ok());
        return (!valid).then_some("has an IPv6 address between the brackets");
    }
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter))
    };
    if !host.strip_suffix('.').unwrap_or(host).split('.').all(label) {
        return Some("names a host of letters, digits, `-` and `.`");
    }
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    let numeric = last.bytes().all(|digit| digit.is_ascii_digit());
    (numeric && host.parse::<Ipv4Addr>().is_err())
        .then_some("names a host, and a number at its end makes an IPv4 address")
}

/// A duration is a whole number with `ms`, `s`, `m` or `h`, above zero. Returned in milliseconds.
pub(super) fn duration(sink: &Sink, literal: &LitStr) -> Option<u64> {
    let text = literal.value();
    let digits = text.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let factor = match text.get(digits.len()..) {
        Some("ms") => Some(1),
        Some("s") => Some(1000),
        Some("m") => Some(60_000),
        Some("h") => Some(3_600_000),
        _ => None,
    };
    let unsigned = digits.bytes().all(|digit| digit.is_ascii_digit());
    let millis =
        factor.filter(|_| unsigned).and_then(|factor| digits.parse::<u64>().ok()?.checked_mul(factor));
    match millis {
        Some(0) => sink.at(literal.span(), "a duration is longer than zero: write `\"10s\"`, for example, or remove it"),
        None => sink.at(literal.span(), format!("`{}` is not a duration: write a whole number and its unit, `\"500ms\"`, `\"10s\"`, `\"2m\"` or `\"1h\"`", text.escape_debug())),
        Some(_) => {}
    }
    millis.filter(|millis| *millis > 0)
}

/// A size is a number of bytes, or a text of a number and a unit; above zero. Returned in bytes.
pub(super) fn size(sink: &Sink, literal: &Lit) -> Option<u64> {
    let (text, units): (_, &[(&str, u64)]) = match literal {
        Lit::Str(text) => (text.value(), &[("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)]),
        Lit::Int(number) => (number.base10_digits().to_owned(), &[("", 1)]),
        _ => (String::new(), &[]),
    };
    let quote = if matches!(literal, Lit::Str(_)) { "\"" } else { "" };
    let digits = text.split(|letter: char| !letter.is_ascii_digit()).next().unwrap_or_default();
    let unit = text.get(digits.len()..).unwrap_or_default().trim_start();
    let factor = units.iter().find(|(name, _)| *name == unit).map(|(_, factor)| factor);
    let bytes = factor.and_then(|factor| digits.parse::<u64>().ok()?.checked_mul(*factor));
    match bytes {
        Some(0) => sink.at(literal.span(), "a limit of 0 bytes allows nothing: write a size above zero, `\"16 MiB\"`, or remove it"),
        None => sink.at(literal.span(), format!("`{quote}{}{quote}` is not a size: write a number of bytes, `65536`, or a text with a unit, `\"64 KiB\"`, `\"16 MiB\"` or `\"1 GiB\"`", text.escape_debug())),
        Some(_) => {}
    }
    bytes.filter(|bytes| *bytes > 0)
}
const LIST_STYLES: &[(&str, Lists)] = &[
    ("repeat", Lists::Repeat),
    ("comma", Lists::Comma),
    ("space", Lists::Space),
    ("pipe", Lists::Pipe),
    ("brackets", Lists::Brackets),
    ("indices", Lists::Indices),
];

/// A list style is one of six.
pub(crate) fn lists(sink: &Sink, literal: &LitStr) -> Option<Lists> {
    one_of(sink, &literal.value(), literal.span(), "a list style", LIST_STYLES, "\"")
}

/// The list style of that name.
pub(crate) fn list_style(literal: &LitStr) -> Option<Lists> {
    LIST_STYLES.iter().find(|(name, _)| *name == literal.value()).map(|(_, style)| *style)
}

/// An object style is one of two.
pub(super) fn objects(sink: &Sink, literal: &LitStr) -> Option<Objects> {
    const STYLES: &[(&str, Objects)] = &[("brackets", Objects::Brackets), ("dots", Objects::Dots)];
    one_of(sink, &literal.value(), literal.span(), "an object style", STYLES, "\"")
}

/// Makes the model of a scheme.
type Scheme = fn() -> Auth;

/// An auth scheme that is a word is one of four.
pub(super) fn auth(sink: &Sink, value: &str, span: Span) -> Option<Auth> {
    const SCHEMES: &[(&str, Scheme)] = &[
        ("client", || Auth::Client),
        ("none", || Auth::None),
        ("bearer", || Auth::Bearer),
        ("basic", || Auth::Basic),
    ];
    one_of(sink, value, span, "an auth scheme", SCHEMES, "").map(|scheme| scheme())
}

/// Redirects are followed in one of three ways.
pub(super) fn redirects(sink: &Sink, value: &str, span: Span) -> Option<Redirects> {
    const WAYS: &[(&str, Redirects)] = &[
        ("none", Redirects::None),
        ("same_origin", Redirects::SameOrigin),
        ("downloads", Redirects::Downloads),
    ];
    one_of(sink, value, span, "a way to follow redirects", WAYS, "")
}

/// The value of the name in the table; otherwise the nearest name, or all of them, are told.
pub(super) fn one_of<T: Copy>(
    sink: &Sink,
    text: &str,
    span: Span,
    what: &str,
    table: &[(&str, T)],
    quote: &str,
) -> Option<T> {
    let found = table.iter().find(|(name, _)| *name == text);
    if found.is_none() {
        let help = match names::nearest(text, table.iter().map(|(name, _)| *name)) {
            Some(near) => format!("did you mean `{quote}{near}{quote}`?"),
            None => {
                let all: Vec<String> =
                    table.iter().map(|(name, _)| format!("`{quote}{name}{quote}`")).collect();
                format!("write one of {}", all.join(", "))
            }
        };
        sink.at(span, format!("`{}` is not {what}: {help}", text.escape_debug()));
    }
    found.map(|(_, value)| *value)
}

/// A constant field is a text, a number, `true`, `false` or `null`. Returned as JSON.
pub(super) fn field_value(sink: &Sink, name: &str, value: &Value) -> Option<String> {
    let json = match value {
        Value::Literal(Lit::Str(text)) => Some(json_text(&text.value())),
        Value::Literal(Lit::Bool(flag)) => Some(flag.value().to_string()),
        Value::Literal(Lit::Int(number)) => Some(number.base10_digits().to_owned()),
        Value::Literal(Lit::Float(number)) => number
            .base10_parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .map(|number| number.to_string()),
        Value::Word(word) if word == "null" => Some("null".to_owned()),
        _ => None,
    };
    if json.is_none() {
        sink.at(value.span(), format!("a constant field is a string, a finite number, `true`, `false` or `null`: write `field(\"{name}\" = true)`; what changes is an argument, `#[field] {name}: …`"));
    }
    json
}

/// RFC 8259, 7.
fn json_text(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            _ if (letter as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", letter as u32)),
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}
