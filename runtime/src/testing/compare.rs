//! Compares a request with an expectation.

use std::collections::BTreeSet;

use http::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderName, Uri};
use serde_json::Value;

use super::content::{Content, Pair, PartContent, pairs};
use super::described::{Expected, Request, is_key_header, is_same_endpoint};
use super::difference::{Difference, Masks};
use super::request::ReceivedRequest;
use crate::endpoint::{Endpoint, Role};

/// Headers that a client or a transport sets by itself. They are compared only where a declaration has them.
const AUTOMATIC: [HeaderName; 8] = [
    ACCEPT,
    ACCEPT_ENCODING,
    AUTHORIZATION,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    HOST,
    USER_AGENT,
    // Of a stream that goes on after its connection was lost.
    HeaderName::from_static("last-event-id"),
];

/// Returns what differs; nothing if the request is the expected one.
pub(super) fn differences(expected: &Expected, actual: &ReceivedRequest) -> Vec<Difference> {
    let request = expected.request.as_ref();
    let secrets = request.map_or(&[][..], |request| &request.secrets);
    let masks = Masks { expected: secrets, actual: &actual.sent.secrets };
    let mut found = Found { masks, differences: Vec::new() };
    if expected.any_arguments && !is_same_endpoint(expected.endpoint, actual.endpoint()) {
        found.add("endpoint", name_of(expected.endpoint), name_of(actual.endpoint()));
    }
    match request {
        None => {}
        Some(request) if expected.any_arguments => {
            found.server(&request.uri, &actual.sent.uri);
            if Expected::path_arguments(request, actual.sent.uri.path()).is_none() {
                found.add("path", format!("`{}`", request.template), masks.text(actual.sent.uri.path()));
            }
        }
        Some(request) => found.compare(expected, request, actual),
    }
    found.differences
}

/// Returns the name of an endpoint: `Keys::get`.
pub(super) fn name_of(endpoint: &Endpoint) -> String {
    format!("{}::{}", endpoint.api, endpoint.name)
}

/// A request as a cassette compares it.
pub(super) struct Plain<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) query: Vec<Pair>,
    pub(super) content: Content,
}

/// Returns what differs between two requests that hold no secrets.
pub(super) fn plain_differences(expected: Plain<'_>, actual: Plain<'_>) -> Vec<Difference> {
    let mut found = Found { masks: Masks { expected: &[], actual: &[] }, differences: Vec::new() };
    if expected.method != actual.method {
        found.add("method", expected.method.to_owned(), actual.method.to_owned());
    }
    if expected.path != actual.path {
        found.add("path", found.masks.text(expected.path), found.masks.text(actual.path));
    }
    found.pairs("query", expected.query, actual.query);
    found.content(&expected.content, &actual.content);
    found.differences
}

/// What was found so far.
struct Found<'a> {
    masks: Masks<'a>,
    differences: Vec<Difference>,
}

impl Found<'_> {
    fn add(&mut self, what: impl Into<String>, expected: String, actual: String) {
        self.differences.push(Difference { what: what.into(), expected, actual });
    }

    fn compare(&mut self, expected: &Expected, request: &Request, actual: &ReceivedRequest) {
        if request.method != actual.method {
            self.add("method", request.method.to_string(), actual.method.to_string());
        }
        self.server(&request.uri, &actual.sent.uri);
        if !self.path(request, &actual.sent.uri) {
            // Another endpoint: what else it has was never meant for this one.
            return;
        }
        let query = |uri: &Uri| {
            let mut pairs = pairs(uri.query().unwrap_or_default());
            pairs.retain(|(name, _)| !expected.any_query.contains(name));
            pairs
        };
        self.pairs("query", query(&request.uri), query(&actual.sent.uri));
        self.headers(request, actual);
        let content = Content::read(&actual.headers, &actual.body);
        self.content(&request.content, &content);
    }

    fn server(&mut self, expected: &Uri, actual: &Uri) {
        let server = |uri: &Uri| {
            format!(
                "{}://{}",
                uri.scheme_str().unwrap_or_default(),
                uri.authority().map_or("", |it| it.as_str())
            )
        };
        let (expected, actual) = (server(expected), server(actual));
        if expected != actual {
            self.add("server", expected, actual);
        }
    }

    /// Compares the values of the template. `false` if the path has another shape.
    fn path(&mut self, request: &Request, actual: &Uri) -> bool {
        let (expected, actual) = (request.uri.path(), actual.path());
        if expected == actual {
            return true;
        }
        let values = |path| Expected::path_arguments(request, path);
        let (Some(expected_values), Some(actual_values)) = (values(expected), values(actual)) else {
            self.add("path", self.masks.text(expected), self.masks.text(actual));
            return false;
        };
        let before = self.differences.len();
        for ((name, expected), (_, actual)) in expected_values.iter().zip(&actual_values) {
            if expected != actual {
                self.add(format!("argument `{name}`"), self.masks.text(expected), self.masks.text(actual));
            }
        }
        if self.differences.len() == before {
            // The values are the same, but not their encoding.
            self.add("path", self.masks.text(expected), self.masks.text(actual));
        }
        true
    }

    /// Compares pairs as a multiset, name by name.
    fn pairs(&mut self, place: &str, mut expected: Vec<Pair>, mut actual: Vec<Pair>) {
        expected.retain(|pair| match actual.iter().position(|other| other == pair) {
            Some(at) => {
                actual.remove(at);
                false
            }
            None => true,
        });
        let mut names: Vec<String> = Vec::new();
        for (name, _) in expected.iter().chain(&actual) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        for name in names {
            let values = |pairs: &[Pair]| {
                let values = pairs.iter().filter(|(other, _)| *other == name);
                let values = values.map(|(_, value)| match value {
                    Some(value) => self.masks.text(value),
                    None => "the name alone".to_owned(),
                });
                let values = values.collect::<Vec<_>>().join(", ");
                if values.is_empty() { "none".to_owned() } else { values }
            };
            let (expected, actual) = (values(&expected), values(&actual));
            self.add(format!("{place} `{}`", self.masks.plain(&name)), expected, actual);
        }
    }

    fn headers(&mut self, request: &Request, actual: &ReceivedRequest) {
        for name in request.headers.keys() {
            self.header(name, &request.headers, &actual.headers);
        }
        let is_undeclared = |name: &&HeaderName| {
            !request.headers.contains_key(*name)
                && !AUTOMATIC.contains(name)
                && !is_key_header(request.endpoint, name)
                && !is_credential(request.endpoint, name, &actual.sent.described)
        };
        for name in actual.sent.described.keys().filter(is_undeclared) {
            self.header(name, &request.headers, &actual.headers);
        }
    }

    fn header(&mut self, name: &HeaderName, expected: &HeaderMap, actual: &HeaderMap) {
        let lines = |headers: &HeaderMap| -> Vec<Vec<u8>> {
            headers.get_all(name).iter().map(|line| line.as_bytes().to_vec()).collect()
        };
        if lines(expected) == lines(actual) {
            return;
        }
        let shown = |headers: &HeaderMap| {
            let lines = headers.get_all(name).iter().map(|line| match line.to_str() {
                _ if line.is_sensitive() => "***".to_owned(),
                Ok(text) => self.masks.text(text),
                Err(_) => format!("{} bytes", line.len()),
            });
            let lines = lines.collect::<Vec<_>>().join(", ");
            if lines.is_empty() { "none".to_owned() } else { lines }
        };
        self.add(format!("header `{name}`"), shown(expected), shown(actual));
    }

    fn content(&mut self, expected: &Content, actual: &Content) {
        match (expected, actual) {
            (Content::Stream, _) => {}
            (Content::Json(expected), Content::Json(actual)) => {
                self.json("", Some(expected), Some(actual));
            }
            (Content::Form(expected), Content::Form(actual)) => {
                self.pairs("form field", expected.clone(), actual.clone());
            }
            (Content::Parts(expected), Content::Parts(actual)) => self.parts(expected, actual),
            _ if expected == actual => {}
            _ => self.add("body", self.shown(expected), self.shown(actual)),
        }
    }

    /// Compares two JSON values, member by member.
    fn json(&mut self, pointer: &str, expected: Option<&Value>, actual: Option<&Value>) {
        match (expected, actual) {
            _ if expected == actual => {}
            (Some(Value::Object(expected)), Some(Value::Object(actual))) => {
                // In the order of their names: a map may keep another one (`serde_json/preserve_order`).
                let names: BTreeSet<_> = expected.keys().chain(actual.keys()).collect();
                for name in names {
                    let escaped = self.masks.plain(name).replace('~', "~0").replace('/', "~1");
                    self.json(&format!("{pointer}/{escaped}"), expected.get(name), actual.get(name));
                }
            }
            (Some(Value::Array(expected)), Some(Value::Array(actual))) => {
                for at in 0..expected.len().max(actual.len()) {
                    self.json(&format!("{pointer}/{at}"), expected.get(at), actual.get(at));
                }
            }
            _ => {
                let what =
                    if pointer.is_empty() { "JSON".to_owned() } else { format!("JSON at `{pointer}`") };
                self.add(what, self.masks.json(expected), self.masks.json(actual));
            }
        }
    }

    /// Compares the parts of multipart bodies, one by one.
    fn parts(&mut self, expected: &[PartContent], actual: &[PartContent]) {
        for at in 0..expected.len().max(actual.len()) {
            let (expected, actual) = (expected.get(at), actual.get(at));
            let name = |part: Option<&PartContent>| self.masks.optional(part.map(|part| part.name.as_str()));
            match (expected, actual) {
                (Some(expected), Some(actual)) if expected.name == actual.name => self.part(expected, actual),
                _ => self.add(format!("part {}", at + 1), name(expected), name(actual)),
            }
        }
    }

    fn part(&mut self, expected: &PartContent, actual: &PartContent) {
        let name = self.masks.plain(&expected.name);
        let texts = [
            ("file name", &expected.file_name, &actual.file_name),
            ("media type", &expected.content_type, &actual.content_type),
        ];
        for (what, expected, actual) in texts.into_iter().filter(|(_, expected, actual)| expected != actual) {
            let shown = |text: &Option<String>| self.masks.optional(text.as_deref());
            self.add(format!("{what} of part `{name}`"), shown(expected), shown(actual));
        }
        if expected.content.is_some() && expected.content != actual.content {
            let (expected, actual) = (expected.content.as_ref(), actual.content.as_ref());
            self.add(format!("part `{name}`"), self.masks.bytes(expected), self.masks.bytes(actual));
        }
    }

    fn shown(&self, content: &Content) -> String {
        let shown_pair = |(name, value): &Pair| {
            format!("{}={}", self.masks.plain(name), self.masks.optional(value.as_deref()))
        };
        match content {
            Content::None => "none".to_owned(),
            Content::Json(value) => format!("JSON {}", self.masks.json(Some(value))),
            Content::Form(pairs) => {
                format!("a form {}", pairs.iter().map(shown_pair).collect::<Vec<_>>().join("&"))
            }
            Content::Parts(parts) => format!("{} parts", parts.len()),
            Content::Bytes(bytes) => self.masks.bytes(Some(bytes)),
            Content::Stream => "a stream".to_owned(),
        }
    }
}

/// Returns whether a described header is a credential of the call, which is an option and not declared.
fn is_credential(endpoint: &Endpoint, name: &HeaderName, described: &HeaderMap) -> bool {
    let is_sensitive = described.get_all(name).iter().any(http::HeaderValue::is_sensitive);
    let is_argument = endpoint.parameters.iter().any(|parameter| match parameter.role {
        Role::Header => parameter.wire.eq_ignore_ascii_case(name.as_str()),
        Role::HeaderFlatten => true,
        Role::Cookie => *name == http::header::COOKIE,
        _ => false,
    });
    is_sensitive && !is_argument
}
