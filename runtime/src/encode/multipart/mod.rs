//! `multipart/form-data` (RFC 7578).

mod values;

use std::borrow::Cow;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::HeaderValue;
use http_body::{Frame, SizeHint};
use serde::Serialize;

use super::finite::{is_present, write_json};
use super::invalid_argument::{InvalidArgument, Reason};
use crate::body::{Body, RequestBody, Source};
use crate::error::BoxError;
use crate::hook::Member;
use crate::media;

/// A value that is one part of a multipart body, or several parts of one name: what `#[part]` takes.
///
/// A scalar is a text part, bytes are a part of `application/octet-stream`, a [`File`](crate::File) is opened when the
/// call runs and streamed. A list is a part for each item, `None` is left out. JSON is `#[part(json)]`.
///
/// ```
/// use declarest::{Part, PartSink};
///
/// struct Csv(String);
///
/// impl Part for Csv {
///     fn add(self, parts: &mut PartSink<'_>) {
///         parts.part(self.0, Some("table.csv"), Some("text/csv"));
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a part of a multipart body",
    label = "expected a scalar, bytes, a `declarest::File`, or an `Option` or list of these",
    note = "a value that serde serializes is a part as `#[part(json)]`"
)]
pub trait Part: Sized {
    /// Adds the parts that the value makes: none for `None`, several for a list.
    fn add(self, parts: &mut PartSink<'_>);

    /// Adds the parts that a list of values makes. Only bytes are one part together.
    #[doc(hidden)]
    fn add_list(list: Vec<Self>, parts: &mut PartSink<'_>) {
        list.into_iter().for_each(|part| part.add(parts));
    }
}

/// A struct whose members are parts of a multipart body: what `#[part(flatten)]` takes.
///
/// `#[derive(Multipart)]` implements it. By hand:
///
/// ```
/// use declarest::{File, Multipart, Parts};
///
/// struct Upload { purpose: String, file: File }
///
/// impl Multipart for Upload {
///     fn write(self, parts: &mut Parts<'_>) {
///         parts.part("purpose", self.purpose);
///         parts.part("file", self.file);
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not spread into parts",
    label = "expected a struct with `#[derive(declarest::Multipart)]`"
)]
pub trait Multipart {
    /// Writes the parts.
    fn write(self, parts: &mut Parts<'_>);

    /// Returns the parts that it spreads into; `None` if they are not known. `derive(Multipart)` knows them with the feature
    /// `verify`.
    #[doc(hidden)]
    #[must_use]
    fn members() -> Option<Vec<Member>>
    where
        Self: Sized,
    {
        None
    }
}

impl<T: Multipart + Clone> Multipart for &T {
    fn write(self, parts: &mut Parts<'_>) {
        self.clone().write(parts);
    }
}

impl<T: Multipart> Multipart for Option<T> {
    fn write(self, parts: &mut Parts<'_>) {
        if let Some(value) = self {
            value.write(parts);
        }
    }
}

/// Takes the parts of a multipart body.
#[derive(Debug)]
pub struct Parts<'a>(&'a mut FormData);

impl Parts<'_> {
    /// Adds the parts that a value makes.
    pub fn part<T: Part>(&mut self, name: &str, value: T) {
        self.part_with(name, PartOptions::default(), value);
    }

    /// Adds a part of JSON; `None` adds nothing.
    pub fn json<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.json_with(name, PartOptions::default(), value);
    }

    /// Adds the parts of a nested struct, beside the others.
    pub fn flatten<T: Multipart>(&mut self, value: T) {
        value.write(self);
    }

    /// Adds the parts that a value makes, as the declaration says.
    #[doc(hidden)]
    pub fn part_with<T: Part>(&mut self, name: &str, options: PartOptions, value: T) {
        value.add(&mut PartSink { form: self.0, name, options });
    }

    /// Adds a part of JSON, as the declaration says.
    #[doc(hidden)]
    pub fn json_with<T: Serialize + ?Sized>(&mut self, name: &str, options: PartOptions, value: &T) {
        let mut json = Vec::new();
        match is_present(value) {
            Ok(false) => {}
            present => match present.and_then(|_| write_json(&mut json, value)) {
                Ok(()) => {
                    let mut sink = PartSink { form: self.0, name, options };
                    sink.add(RequestBody::from(json), None, Some("application/json"));
                }
                Err(reason) => self.0.refuse(name, reason),
            },
        }
    }
}

/// Takes the parts of one name.
#[derive(Debug)]
pub struct PartSink<'a> {
    form: &'a mut FormData,
    name: &'a str,
    options: PartOptions,
}

/// What the declaration says of a part.
#[derive(Debug, Clone, Copy, Default)]
pub struct PartOptions {
    /// Whether the value is JSON; the macro then calls `part_json`.
    pub json: bool,
    /// The media type.
    pub content_type: Option<&'static str>,
    /// The file name.
    pub file_name: Option<&'static str>,
}

impl PartSink<'_> {
    /// Adds a part. A file name and media type of the declaration win over these. A media type that is not one fails the
    /// call before anything is sent.
    pub fn part(
        &mut self,
        body: impl Into<RequestBody>,
        file_name: Option<&str>,
        content_type: Option<&str>,
    ) {
        self.add(body.into(), file_name, content_type);
    }

    /// Refuses the value: the call fails before anything is sent. The reason continues the argument's name ("is larger
    /// than …") and must not contain the value.
    pub fn refuse(&mut self, reason: &'static str) {
        self.form.refuse(self.name, Reason::Message(reason));
    }

    fn add(&mut self, body: RequestBody, file_name: Option<&str>, content_type: Option<&str>) {
        let file_name = self.options.file_name.or(file_name).map(str::to_owned);
        let content_type = self.options.content_type.or(content_type).map(str::to_owned);
        if content_type.as_deref().is_some_and(|media| !media::is_valid(media)) {
            return self.form.refuse(self.name, Reason::MediaType);
        }
        self.form.parts.push(FormPart { name: self.name.to_owned(), file_name, content_type, body });
    }

    fn text(&mut self, text: Result<String, Reason>) {
        match text {
            Ok(text) => self.add(RequestBody::from(text), None, None),
            Err(reason) => self.form.refuse(self.name, reason),
        }
    }
}

/// The parts of a multipart body, in the order of the declaration.
#[derive(Debug, Clone, Default)]
pub(crate) struct FormData {
    parts: Vec<FormPart>,
    /// The first argument that cannot be sent.
    refused: Option<InvalidArgument>,
}

#[derive(Debug, Clone)]
pub(crate) struct FormPart {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) body: RequestBody,
}

impl FormData {
    pub(crate) fn parts(&mut self) -> Parts<'_> {
        Parts(self)
    }

    /// The first argument that cannot be sent, once.
    pub(crate) fn refused(&mut self) -> Option<InvalidArgument> {
        self.refused.take()
    }

    /// Returns the parts, for a comparison.
    #[cfg(feature = "testing")]
    pub(crate) fn into_parts(self) -> Vec<FormPart> {
        self.parts
    }

    fn refuse(&mut self, argument: &str, reason: Reason) {
        self.refused.get_or_insert_with(|| InvalidArgument::new(argument, reason));
    }

    /// The body and its media type with the boundary.
    pub(crate) fn finish(self) -> Result<(RequestBody, HeaderValue), Reason> {
        if self.parts.is_empty() {
            return Err(Reason::Message(
                "has no parts, and a multipart body needs at least one (RFC 2046, 5.1.1)",
            ));
        }
        let boundary = crate::random::key();
        let media = HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}"))
            .map_err(|_| Reason::HeaderValue)?;
        let parts = self.parts.into_iter().map(|part| (Bytes::from(part.head(&boundary)), part.body));
        let parts: Arc<Vec<(Bytes, RequestBody)>> = Arc::new(parts.collect());
        let end = Bytes::from(format!("--{boundary}--\r\n"));
        // Where one part can be sent once, so can the whole.
        let is_replayable = parts.iter().all(|(_, body)| body.is_replayable());
        let open = move || open(parts.clone(), end.clone());
        Ok((if is_replayable { RequestBody::open(open) } else { RequestBody::once_opened(open) }, media))
    }
}

impl FormPart {
    fn head(&self, boundary: &str) -> String {
        let mut head =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", escaped(&self.name));
        if let Some(file_name) = &self.file_name {
            head.extend(["; filename=\"", &escaped(file_name), "\""]);
        }
        if let Some(content_type) = &self.content_type {
            head.extend(["\r\nContent-Type: ", content_type]);
        }
        head.push_str("\r\n\r\n");
        head
    }
}

/// As browsers do (WHATWG HTML, 4.10.22.7, "multipart/form-data encoding algorithm"): these three would end the value.
/// Other characters, those beyond ASCII too, stand as they are (RFC 7578, 5.1).
fn escaped(text: &str) -> Cow<'_, str> {
    if text.contains(['"', '\r', '\n']) {
        Cow::Owned(text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A"))
    } else {
        Cow::Borrowed(text)
    }
}

async fn open(parts: Arc<Vec<(Bytes, RequestBody)>>, end: Bytes) -> Result<Body, BoxError> {
    let mut pieces = Vec::with_capacity(3 * parts.len() + 1);
    for (head, body) in parts.iter() {
        pieces.push(Body::from(head.clone()));
        pieces.push(body.body().await?.ok_or("a part can be sent once only")?);
        pieces.push(Body::from(Bytes::from_static(b"\r\n")));
    }
    pieces.push(Body::from(end));
    pieces.reverse();
    Ok(Body::new(Pieces(pieces)))
}

/// Bodies one after the other, the first at the end.
struct Pieces(Vec<Body>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        while let Some(first) = self.0.last_mut() {
            match std::task::ready!(Pin::new(first).poll_frame(cx)) {
                Some(frame) => return Poll::Ready(Some(frame)),
                None => drop(self.0.pop()),
            }
        }
        Poll::Ready(None)
    }

    /// Exact if each part knows its size; the transport then sends a `Content-Length`.
    fn size_hint(&self) -> SizeHint {
        let exact = self.0.iter().map(|body| body.size_hint().exact()).sum::<Option<u64>>();
        exact.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

impl RequestBody {
    /// A body that is opened when the call runs, but once only.
    fn once_opened<F, R>(open: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<Body, BoxError>> + Send + 'static,
    {
        let Self(Source::Open(open)) = Self::open(open) else { return Self::default() };
        Self(Source::OpenOnce(open))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_file_names_cannot_end_their_value() {
        let mut form = FormData::default();
        form.parts().part("a\"\r\nß\\", 1);
        let mut sink = PartSink { form: &mut form, name: "b", options: PartOptions::default() };
        sink.part("x", Some("ü\".csv"), Some("text/csv; charset=utf-8"));
        let heads: Vec<String> = form.parts.iter().map(|part| part.head("B")).collect();
        assert_eq!(
            heads,
            [
                "--B\r\nContent-Disposition: form-data; name=\"a%22%0D%0Aß\\\"\r\n\r\n",
                "--B\r\nContent-Disposition: form-data; name=\"b\"; filename=\"ü%22.csv\"\r\nContent-Type: text/csv; charset=utf-8\r\n\r\n",
            ]
        );
    }

    #[test]
    fn a_part_that_cannot_be_sent_is_named() {
        let refused = |write: fn(&mut Parts<'_>)| {
            let mut form = FormData::default();
            write(&mut form.parts());
            form.refused().map(|invalid| (invalid.argument, invalid.reason))
        };
        let mut form = FormData::default();
        let mut sink = PartSink { form: &mut form, name: "p", options: PartOptions::default() };
        sink.part("x", None, Some("text/csv\r\nx: y"));
        assert_eq!(form.refused(), Some(InvalidArgument::new("p", Reason::MediaType)));
        assert_eq!(
            refused(|parts| parts.part("f", [1.5, f64::NAN])),
            Some(("f".to_owned(), Reason::NotFinite))
        );
        assert_eq!(refused(|parts| parts.json("j", &f64::NAN)), Some(("j".to_owned(), Reason::NotFinite)));
        assert!(FormData::default().finish().is_err());
    }
}
