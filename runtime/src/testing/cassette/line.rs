//! The lines of a cassette.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, header};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::super::content::{Content, Pair, PartContent, pairs};
use super::scrub::{PLACEHOLDER, Scrub};
use crate::media;

/// The version of the format.
pub(super) const VERSION: u32 = 1;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FirstLine {
    /// The version of the format.
    pub(super) cassette: u32,
}

/// A request and its response.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    /// The order of the requests, from 1.
    pub(super) n: u64,
    /// What was called, for a person.
    pub(super) endpoint: String,
    pub(super) request: RequestLine,
    pub(super) response: ResponseLine,
}

/// Names and values.
pub(super) type Fields = Vec<(String, String)>;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RequestLine {
    pub(super) method: String,
    /// Path and query at the client's own origin; elsewhere the whole URL.
    pub(super) url: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) headers: Fields,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) content: Option<ContentLine>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResponseLine {
    pub(super) status: u16,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) headers: Fields,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) content: Option<ContentLine>,
    /// Whether the content ends before its end, since nobody has read more of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) cut: bool,
}

/// The content of a request or response.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ContentLine {
    Json(Box<RawValue>),
    Form(Vec<Pair>),
    Parts(Vec<PartLine>),
    Text(String),
    Base64(String),
    /// It was not recorded, for this reason.
    Withheld(String),
}

/// A part of a multipart body.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartLine {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content_type: Option<String>,
    content: Option<ContentLine>,
}

impl ContentLine {
    /// Writes the content of a request; nothing if there is none.
    pub(super) fn of_request(headers: &HeaderMap, body: &Bytes, scrub: &Scrub<'_>) -> Option<Self> {
        match Content::read(headers, body) {
            Content::Form(pairs) => {
                Some(Self::Form(pairs.into_iter().map(|pair| scrub.pair(pair)).collect()))
            }
            Content::Parts(parts) => {
                Some(Self::Parts(parts.into_iter().map(|part| PartLine::new(part, scrub)).collect()))
            }
            _ => Self::new(media::essence(headers), body, scrub),
        }
    }

    /// Writes the content of a response; nothing if there is none.
    pub(super) fn of_response(headers: &HeaderMap, body: &[u8], scrub: &Scrub<'_>) -> Option<Self> {
        let content = Self::new(media::essence(headers), body, scrub)?;
        scrub.look_at(headers);
        Some(scrub.refusal().map_or(content, |why| Self::Withheld(why.to_owned())))
    }

    fn new(media_type: Option<&str>, body: &[u8], scrub: &Scrub<'_>) -> Option<Self> {
        if body.is_empty() {
            return None;
        }
        let Ok(text) = std::str::from_utf8(body) else {
            return Some(match scrub.is_in(body) {
                true => Self::Withheld("a secret is part of bytes that are not text".to_owned()),
                false => Self::Base64(BASE64_STANDARD.encode(body)),
            });
        };
        let media_type = media_type.unwrap_or_default().to_ascii_lowercase();
        let is_json = media_type.ends_with("/json") || media_type.ends_with("+json");
        let json = if is_json { scrub.json(text) } else { scrub.json_if_changed(text) };
        if let Some(json) = json.and_then(|json| RawValue::from_string(json).ok()) {
            return Some(Self::Json(json));
        }
        let is_stream =
            ["event-stream", "ndjson", "jsonl", "json-seq"].iter().any(|name| media_type.contains(name));
        Some(Self::Text(if is_stream { scrub.lines(text) } else { scrub.text(text) }))
    }

    /// Returns the bytes of the content.
    ///
    /// # Errors
    /// Why they were not recorded, or why they are not valid.
    pub(super) fn bytes(&self) -> Result<Bytes, String> {
        match self {
            Self::Json(json) => Ok(Bytes::copy_from_slice(json.get().as_bytes())),
            Self::Text(text) => Ok(Bytes::copy_from_slice(text.as_bytes())),
            Self::Base64(text) => {
                BASE64_STANDARD.decode(text).map(Bytes::from).map_err(|error| error.to_string())
            }
            Self::Withheld(why) => Err(format!("the content was not recorded: {why}")),
            Self::Form(_) | Self::Parts(_) => Err("a response has no form".to_owned()),
        }
    }

    /// Returns the content as it is compared.
    fn compared(&self) -> Content {
        match self {
            Self::Json(json) => serde_json::from_str(json.get()).map_or(Content::None, Content::Json),
            Self::Form(pairs) => Content::Form(pairs.clone()),
            Self::Parts(parts) => Content::Parts(parts.iter().map(PartLine::compared).collect()),
            Self::Text(_) | Self::Base64(_) => self.bytes().map_or(Content::None, Content::Bytes),
            Self::Withheld(_) => Content::Stream,
        }
    }
}

impl PartLine {
    fn new(part: PartContent, scrub: &Scrub<'_>) -> Self {
        let PartContent { name, file_name, content_type, content } = part;
        let content = content.and_then(|content| ContentLine::new(content_type.as_deref(), &content, scrub));
        // A pointer names a part as it names a pair.
        let is_named = scrub.pair((name.clone(), Some(String::new()))).1.as_deref() == Some(PLACEHOLDER);
        let content = if is_named { Some(ContentLine::Text(PLACEHOLDER.to_owned())) } else { content };
        Self {
            name: scrub.value(&name),
            file_name: file_name.map(|name| scrub.value(&name)),
            content_type,
            content,
        }
    }

    fn compared(&self) -> PartContent {
        let content = match &self.content {
            None => Some(Bytes::new()),
            Some(content) => content.bytes().ok(),
        };
        let (name, file_name) = (self.name.clone(), self.file_name.clone());
        PartContent { name, file_name, content_type: self.content_type.clone(), content }
    }
}

impl RequestLine {
    /// Returns path, pairs of the query, and content, as they are compared.
    pub(super) fn compared(&self) -> (&str, Vec<Pair>, Content) {
        let (path, query) = self.url.split_once('?').unwrap_or((&self.url, ""));
        let content = self.content.as_ref().map_or(Content::None, ContentLine::compared);
        (path, pairs(query), content)
    }
}

/// Returns the headers that are kept. A credential is never one of them.
pub(super) fn fields(headers: &HeaderMap, kept: &[HeaderName], scrub: &Scrub<'_>) -> Fields {
    let kept = headers.iter().filter(|(name, value)| kept.contains(name) && !value.is_sensitive());
    let texts = kept.filter_map(|(name, value)| Some((name, value.to_str().ok()?)));
    texts.map(|(name, value)| (name.as_str().to_owned(), field(name, value, scrub))).collect()
}

fn field(name: &HeaderName, value: &str, scrub: &Scrub<'_>) -> String {
    match *name {
        header::LOCATION => scrub.url(value),
        // Its boundary is another one each time.
        header::CONTENT_TYPE if value.starts_with("multipart/form-data") => "multipart/form-data".to_owned(),
        _ => scrub.value(value),
    }
}
