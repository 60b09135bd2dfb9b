//! The content of a request, in the form in which it is compared.

use bytes::Bytes;
use http::{HeaderMap, header};
use memchr::memmem;
use serde_json::Value;

use crate::encode::FormPart;
use crate::media;

/// A name and its value, decoded; a name without `=` has none.
pub(super) type Pair = (String, Option<String>);

/// The content of a request.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    None,
    Json(Value),
    Form(Vec<Pair>),
    Parts(Vec<PartContent>),
    Bytes(Bytes),
    /// A stream, which is not compared.
    Stream,
}

/// One part of a multipart body.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PartContent {
    pub(super) name: String,
    pub(super) file_name: Option<String>,
    pub(super) content_type: Option<String>,
    /// `None` for a stream, which is not compared.
    pub(super) content: Option<Bytes>,
}

impl Content {
    /// Reads the content of a request by its media type. What does not match its media type is bytes.
    pub(super) fn read(headers: &HeaderMap, body: &Bytes) -> Self {
        if body.is_empty() {
            return Self::None;
        }
        let essence = media::essence(headers).unwrap_or_default().to_ascii_lowercase();
        let read = match &*essence {
            "application/x-www-form-urlencoded" => {
                std::str::from_utf8(body).ok().map(|text| Self::Form(pairs(&text.replace('+', " "))))
            }
            "multipart/form-data" => {
                boundary(headers).and_then(|boundary| parts(&boundary, body)).map(Self::Parts)
            }
            json if json == "application/json" || json.ends_with("+json") => {
                serde_json::from_slice(body).ok().map(Self::Json)
            }
            _ => None,
        };
        read.unwrap_or_else(|| Self::Bytes(body.clone()))
    }

    /// The content of a multipart body that was not written yet.
    pub(super) fn of_parts(parts: Vec<FormPart>) -> Self {
        Self::Parts(parts.into_iter().map(PartContent::from).collect())
    }
}

impl From<FormPart> for PartContent {
    fn from(part: FormPart) -> Self {
        let content = part.body.bytes().map(Bytes::copy_from_slice);
        let FormPart { name, file_name, content_type, .. } = part;
        Self { name, file_name, content_type, content }
    }
}

/// Returns the decoded pairs of a query or form.
pub(super) fn pairs(text: &str) -> Vec<Pair> {
    let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| match pair.split_once('=') {
            Some((name, value)) => (decoded(name), Some(decoded(value))),
            None => (decoded(pair), None),
        })
        .collect()
}

fn boundary(headers: &HeaderMap) -> Option<String> {
    let media = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let (_, boundary) = media.split_once("boundary=")?;
    Some(boundary.split(';').next()?.trim().trim_matches('"').to_owned())
}

/// Reads the parts as this crate writes them (RFC 7578).
fn parts(boundary: &str, body: &Bytes) -> Option<Vec<PartContent>> {
    let (first, next) = (format!("--{boundary}\r\n"), format!("\r\n--{boundary}"));
    let mut rest = body.strip_prefix(first.as_bytes())?;
    let mut parts = Vec::new();
    loop {
        let end = memmem::find(rest, next.as_bytes())?;
        let (part, behind) = rest.split_at_checked(end)?;
        parts.push(self::part(part)?);
        rest = behind.strip_prefix(next.as_bytes())?;
        match rest.strip_prefix(b"\r\n") {
            Some(more) => rest = more,
            None => return rest.starts_with(b"--").then_some(parts),
        }
    }
}

fn part(part: &[u8]) -> Option<PartContent> {
    let end = memmem::find(part, b"\r\n\r\n")?;
    let (head, content) = part.split_at_checked(end)?;
    let content = Bytes::copy_from_slice(content.strip_prefix(b"\r\n\r\n")?);
    let head = std::str::from_utf8(head).ok()?;
    let unescaped = |text: &str| text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    let parameter = |name: &str| {
        let (_, value) = head.split_once(&format!("; {name}=\""))?;
        value.split('"').next().map(unescaped)
    };
    let content_type = head.split("\r\n").find_map(|line| line.strip_prefix("Content-Type: "));
    Some(PartContent {
        name: parameter("name")?,
        file_name: parameter("filename"),
        content_type: content_type.map(str::to_owned),
        content: Some(content),
    })
}
