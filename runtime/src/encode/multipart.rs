//! `multipart/form-data` (RFC 7578).

use std::borrow::Cow;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::HeaderValue;
use http_body::{Frame, SizeHint};

use super::file::File;
use super::scalar::{Scalar, text_of};
use crate::body::{Body, RequestBody, Source};
use crate::error::BoxError;

/// A value that is one part of a multipart body: what `#[part]` takes.
///
/// A scalar is a text part, bytes are a part of `application/octet-stream`, a [`File`](crate::File) is opened when the
/// call runs and streamed. JSON is `#[part(json)]`.
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
    message = "`{Self}` is no part of a multipart body",
    label = "expected a scalar, bytes, a `declarest::File`, or an `Option` or list of these",
    note = "a value that serde serializes is a part as `#[part(json)]`"
)]
pub trait Part {
    /// Adds the parts that the value makes: none for `None`, several for a list.
    fn add(self, parts: &mut PartSink<'_>);
}

/// Takes the parts of one name.
#[derive(Debug)]
pub struct PartSink<'a> {
    multipart: &'a mut Multipart,
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
    /// Adds a part. A file name and media type of the declaration win over these.
    pub fn part(
        &mut self,
        payload: impl Into<RequestBody>,
        file_name: Option<&str>,
        content_type: Option<&str>,
    ) {
        self.add(payload.into(), file_name, content_type);
    }

    fn add(&mut self, payload: RequestBody, file_name: Option<&str>, content_type: Option<&str>) {
        let file_name = self.options.file_name.or(file_name).map(str::to_owned);
        let content_type = self.options.content_type.or(content_type).map(str::to_owned);
        self.multipart.parts.push(One { name: self.name.to_owned(), file_name, content_type, payload });
    }
}

/// The parts of a body, in the order of the declaration.
#[derive(Debug, Clone)]
pub(crate) struct Multipart {
    parts: Vec<One>,
    /// What makes a body of them: a pointer, so that who sends no parts does not compile it.
    encode: fn(Vec<One>) -> (RequestBody, Option<HeaderValue>),
}

#[derive(Debug, Clone)]
struct One {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    payload: RequestBody,
}

impl Multipart {
    #[inline]
    pub(crate) fn new() -> Self {
        Self { parts: Vec::new(), encode: One::encode_all }
    }

    pub(crate) fn add<T: Part>(&mut self, name: &str, options: PartOptions, value: T) {
        value.add(&mut PartSink { multipart: self, name, options });
    }

    /// The body and its media type with the boundary.
    pub(crate) fn finish(self) -> (RequestBody, Option<HeaderValue>) {
        (self.encode)(self.parts)
    }
}

impl One {
    #[inline]
    fn encode_all(all: Vec<Self>) -> (RequestBody, Option<HeaderValue>) {
        let boundary = crate::random::key();
        let media = HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}")).ok();
        let parts = all.into_iter().map(|part| (Bytes::from(part.head(&boundary)), part.payload));
        let parts: Arc<Vec<(Bytes, RequestBody)>> = Arc::new(parts.collect());
        let end = Bytes::from(format!("--{boundary}--\r\n"));
        if parts.iter().any(|(_, payload)| !payload.is_replayable()) {
            // One part can be sent once, so the whole can.
            return (RequestBody::once_opened(move || open(parts.clone(), end.clone())), media);
        }
        (RequestBody::open(move || open(parts.clone(), end.clone())), media)
    }

    #[inline]
    fn head(&self, boundary: &str) -> String {
        let mut head =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", escaped(&self.name));
        if let Some(file_name) = &self.file_name {
            head.push_str(&format!("; filename=\"{}\"", escaped(file_name)));
        }
        if let Some(content_type) = &self.content_type {
            head.push_str(&format!("\r\nContent-Type: {}", content_type.replace(['\r', '\n'], "")));
        }
        head.push_str("\r\n\r\n");
        head
    }
}

/// As browsers do (HTML Living Standard, 4.10.22.8): these three would end the value.
#[inline]
fn escaped(text: &str) -> Cow<'_, str> {
    if text.contains(['"', '\r', '\n']) {
        Cow::Owned(text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A"))
    } else {
        Cow::Borrowed(text)
    }
}

#[inline]
async fn open(parts: Arc<Vec<(Bytes, RequestBody)>>, end: Bytes) -> Result<Body, BoxError> {
    let mut pieces = Vec::with_capacity(3 * parts.len() + 1);
    for (head, payload) in parts.iter() {
        pieces.push(Body::from(head.clone()));
        pieces.push(payload.body().await?.ok_or("a part can be sent once only")?);
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

    #[inline]
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

    #[inline]
    fn size_hint(&self) -> SizeHint {
        let exact = self.0.iter().map(|body| body.size_hint().exact()).sum::<Option<u64>>();
        exact.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Scalar> Part for T {
    fn add(self, parts: &mut PartSink<'_>) {
        parts.part(text_of(&self), None, None);
    }
}

const BYTES: Option<&str> = Some("application/octet-stream");

impl Part for Bytes {
    fn add(self, parts: &mut PartSink<'_>) {
        parts.part(self, None, BYTES);
    }
}

impl Part for Vec<u8> {
    fn add(self, parts: &mut PartSink<'_>) {
        parts.part(self, None, BYTES);
    }
}

impl Part for &[u8] {
    fn add(self, parts: &mut PartSink<'_>) {
        parts.part(Bytes::copy_from_slice(self), None, BYTES);
    }
}

macro_rules! several {
    ($($list:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl Part for $list {
            #[inline]
            fn add(self, parts: &mut PartSink<'_>) {
                self.into_iter().for_each(|part| part.add(parts));
            }
        }
    )*};
}
// Written out, because a list of any part would overlap with `Vec<u8>`, which is bytes.
several!(Vec<File>, Vec<Bytes>, Vec<Vec<u8>>, Vec<String>, Vec<&str>, &[String], &[&str]);

impl<T: Part> Part for Option<T> {
    fn add(self, parts: &mut PartSink<'_>) {
        if let Some(value) = self {
            value.add(parts);
        }
    }
}

impl RequestBody {
    /// Opened when the call runs, but once only.
    fn once_opened<F, R>(open: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<Body, BoxError>> + Send + 'static,
    {
        let Self(Source::Open(open)) = Self::open(open) else { return Self::default() };
        Self(Source::OpenOnce(open))
    }
}
