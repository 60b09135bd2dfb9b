//! What an error says: where and what, and never a value of the answer.

use std::collections::BTreeMap;
use std::error::Error as _;

use declarest::{Body, Call, Events, JsonLines, api};
use http::Response;
use serde::Deserialize;

use super::support::{client, run};

/// Stands in every value that the answers have. It is no word and no number that our own texts have.
const CANARY: &str = "qZx7";
const NUMBER: &str = "9182736455463728";

/// A type with most of what serde derives.
#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Everything {
    id: u8,
    kind: Option<Kind>,
    tagged: Option<Tagged>,
    untagged: Option<Untagged>,
    strict: Option<Strict>,
    nothing: Option<Nothing>,
    list: Option<Vec<Pair>>,
    map: Option<BTreeMap<u8, bool>>,
    address: Option<std::net::IpAddr>,
    letter: Option<char>,
    own: Option<Own>,
    #[serde(flatten)]
    flat: Option<Flat>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code)]
enum Kind {
    Plain,
    With { id: u8 },
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Tagged {
    Plain { id: u8 },
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code)]
enum Untagged {
    Number(u8),
    Pair(Pair),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Strict {
    id: u8,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Pair(u8, bool);

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Flat {
    list: Vec<u8>,
}

/// A type whose own words repeat what they were given, as many do.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct Own;

impl TryFrom<String> for Own {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Err(text)
    }
}

#[api]
trait Answers {
    #[get("/one")]
    fn one(&self) -> Call<Everything>;
    #[get("/list")]
    fn list(&self) -> Call<Vec<Everything>>;
    #[get("/kind")]
    fn kind(&self) -> Call<Kind>;
    #[get("/nothing")]
    fn nothing(&self) -> Call<Nothing>;
    #[get("/strict")]
    fn strict(&self) -> Call<BTreeMap<String, Strict>>;
    #[get("/events", events(any_media_type))]
    fn events(&self) -> Call<Events<Everything>>;
    #[get("/lines")]
    fn lines(&self) -> Call<JsonLines<Everything>>;
}

/// The errors of every type that reads this answer show none of its values.
pub(super) fn error_text(input: &[u8]) {
    let body = spoiled(input);
    let (status, for_transport) =
        (200 + u16::from(input.first().is_some_and(|byte| *byte == b'!')) * 200, body);
    let client = client("https://api.example", move |_| {
        let mut response = Response::new(Body::from(for_transport.clone()));
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        response.headers_mut().insert("content-type", http::HeaderValue::from_static("application/json"));
        response
    });
    let api = AnswersClient::new(client.build().unwrap());
    silent(run(api.one()).err());
    silent(run(api.list()).err());
    silent(run(api.kind()).err());
    silent(run(api.nothing()).err());
    silent(run(api.strict()).err());
    silent(run(async { api.events().await?.try_next().await }).err());
    silent(run(async { api.lines().await?.try_next().await }).err());
}

fn silent(error: Option<declarest::Error>) {
    let Some(error) = error else { return };
    let mut text = format!("{error}\n{error:?}\n{error:#?}");
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(&format!("\n{error}\n{error:?}"));
        source = error.source();
    }
    assert!(!text.contains(CANARY) && !text.contains(NUMBER), "a value is shown: {text}");
    assert!(text.len() < 4000, "{} bytes", text.len());
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "a control character: {text:?}");
}

/// JSON made by the input: each byte is a step, and the last ones say where the text is spoiled.
fn spoiled(input: &[u8]) -> String {
    let mut steps = input.iter().copied();
    let mut text = String::new();
    value(&mut steps, &mut text, 0);
    if let (Some(at), Some(how)) = (steps.next(), steps.next()) {
        let at = usize::from(at) * text.len() / 256;
        let at = (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        match how % 4 {
            0 => text.truncate(at),
            1 => text.insert_str(at, "\n\n"),
            2 => text.insert(at, char::from(steps.next().unwrap_or(b'"'))),
            _ => text.insert_str(0, "data: "),
        }
    }
    text
}

fn value(steps: &mut impl Iterator<Item = u8>, text: &mut String, depth: usize) {
    let step = steps.next().unwrap_or(0);
    match step % 8 {
        0 => text.push_str("null"),
        1 => text.push_str(["true", "7", NUMBER, "-1.5", "1e400"][usize::from(step / 8) % 5]),
        2 | 3 => text.push_str(&string(usize::from(step / 8))),
        4 if depth < 6 => {
            text.push('[');
            for index in 0..step / 8 % 4 {
                text.push_str(if index > 0 { ", " } else { "" });
                value(steps, text, depth + 1);
            }
            text.push(']');
        }
        _ if depth < 6 => {
            text.push('{');
            for index in 0..step / 8 % 8 {
                text.push_str(if index > 0 { ",\n " } else { "" });
                let name = steps.next().map_or(0, usize::from);
                text.push_str(&MEMBERS.get(name % (MEMBERS.len() + 1)).map_or_else(
                    // A name that is no identifier may be a secret.
                    || string(name),
                    |name| format!("\"{name}\""),
                ));
                text.push(':');
                value(steps, text, depth + 1);
            }
            text.push('}');
        }
        _ => text.push('1'),
    }
}

const MEMBERS: &[&str] = &[
    "id", "kind", "tagged", "untagged", "strict", "nothing", "list", "map", "address", "letter", "own",
    "Plain", "with",
];

/// A string whose text looks like a part of serde's own messages, and holds the canary.
fn string(which: usize) -> String {
    let texts = [
        "@-1",
        "@ text, expected @ text",
        "@`, expected `@",
        "missing field `@`",
        "invalid type: @-1, expected @-1 at line 1 column 2",
        "unknown field `@ x`, there are no fields",
        "invalid type: string \\\"@ x\\\", expected @ x",
        "\\u0041\\n@ \\\\\\\"",
        "duplicate field `@ `",
        "é@ü",
    ];
    format!("\"{}\"", texts[which % texts.len()].replace('@', CANARY))
}
