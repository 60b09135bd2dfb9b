//! The body of a request: what an argument makes of it, and how members and constants join it.

use bytes::Bytes;
use http::HeaderValue;
use serde::Serialize;
use serde_json::Value;

use super::finite;
use super::invalid_argument::{InvalidArgument, Reason};
use super::multipart::{Multipart, Part, PartOptions};
use super::pairs::Pairs;
use super::style::NestedStyle;
use crate::body::{Body, RequestBody};
use crate::endpoint::{Encoding, Endpoint};
use crate::error::BoxError;
use crate::media::JSON;
use crate::secret::Secret;

/// A value that is a whole body: what `#[body]` takes.
///
/// ```
/// use declarest::{BoxError, Encode, RequestBody};
/// use http::HeaderValue;
///
/// struct Csv(Vec<[u32; 2]>);
///
/// impl Encode for Csv {
///     fn content_type(&self) -> Option<HeaderValue> {
///         Some(HeaderValue::from_static("text/csv"))
///     }
///
///     fn encode(self) -> Result<RequestBody, BoxError> {
///         let lines: String = self.0.iter().map(|[a, b]| format!("{a},{b}\n")).collect();
///         Ok(RequestBody::from(lines))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no body",
    label = "expected bytes, text, a `RequestBody`, or a type that implements `declarest::Encode`",
    note = "a value that serde serializes is a body as `#[json]` or `#[form]`"
)]
pub trait Encode {
    /// The media type of the body. `None` sends no `Content-Type` unless the declaration says one.
    fn content_type(&self) -> Option<HeaderValue>;

    /// The body. An error fails the call before anything is sent; its text is shown, so it must hold no value.
    ///
    /// # Errors
    /// When the value has no representation in this format.
    fn encode(self) -> Result<RequestBody, BoxError>
    where
        Self: Sized;
}

macro_rules! encode_as {
    ($($type:ty => $media:expr, |$value:ident| $bytes:expr;)*) => {$(
        impl Encode for $type {
            fn content_type(&self) -> Option<HeaderValue> {
                Some(HeaderValue::from_static($media))
            }

            fn encode(self) -> Result<RequestBody, BoxError> {
                let $value = self;
                Ok(RequestBody::from($bytes))
            }
        }
    )*};
}
encode_as! {
    Bytes => "application/octet-stream", |value| value;
    Vec<u8> => "application/octet-stream", |value| Bytes::from(value);
    &[u8] => "application/octet-stream", |value| Bytes::copy_from_slice(value);
    String => "text/plain; charset=utf-8", |value| Bytes::from(value);
    &str => "text/plain; charset=utf-8", |value| Bytes::copy_from_slice(value.as_bytes());
}

impl Encode for RequestBody {
    fn content_type(&self) -> Option<HeaderValue> {
        None
    }

    fn encode(self) -> Result<RequestBody, BoxError> {
        Ok(self)
    }
}

/// A stream, which can be sent once: a call with it is not repeated.
impl Encode for Body {
    fn content_type(&self) -> Option<HeaderValue> {
        None
    }

    fn encode(self) -> Result<RequestBody, BoxError> {
        Ok(RequestBody::once(self))
    }
}

/// A body that may be left out.
impl<T: Encode> Encode for Option<T> {
    fn content_type(&self) -> Option<HeaderValue> {
        self.as_ref().and_then(T::content_type)
    }

    fn encode(self) -> Result<RequestBody, BoxError> {
        self.map_or_else(|| Ok(RequestBody::default()), T::encode)
    }
}

/// Newline-delimited JSON: one value a line.
#[derive(Debug, Clone)]
pub struct NdJson<T>(pub T);

impl<T> Encode for NdJson<T>
where
    T: IntoIterator,
    T::Item: Serialize,
{
    fn content_type(&self) -> Option<HeaderValue> {
        Some(HeaderValue::from_static("application/x-ndjson"))
    }

    fn encode(self) -> Result<RequestBody, BoxError> {
        let mut lines = Vec::new();
        for item in self.0 {
            write_json(&mut lines, &item).map_err(|reason| reason.to_string())?;
            lines.push(b'\n');
        }
        Ok(RequestBody::from(Bytes::from(lines)))
    }
}

/// The media type that a body brings along, unless the declaration says another.
#[derive(Debug)]
pub(crate) enum ContentType {
    /// Nothing is said of it.
    None,
    /// One of those that most bodies have.
    Known(&'static HeaderValue),
    /// One of this body only: with a multipart boundary.
    Made(HeaderValue),
}

/// The body while it is being put together.
#[derive(Debug, Clone, Default)]
pub(crate) struct BodyParts {
    /// JSON or a form, as far as it is written.
    text: Vec<u8>,
    state: State,
    /// Whether a [`Secret`] was written, so that nothing shows the body.
    pub(crate) secret: bool,
}

#[derive(Debug, Clone, Default)]
enum State {
    #[default]
    None,
    /// A whole JSON value.
    Json,
    /// A JSON object without its closing brace.
    Members,
    Form,
    RequestBody(RequestBody),
    Multipart(Multipart),
}

impl BodyParts {
    pub(crate) fn json<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Reason> {
        self.state = State::Json;
        self.write(value)
    }

    pub(crate) fn field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Reason> {
        self.open();
        if Secret::allow_in(|| finite::check(value)).0.map_err(reason_of)? {
            return Ok(());
        }
        self.name(name);
        self.write(value)
    }

    pub(crate) fn form<R>(
        &mut self,
        style: NestedStyle,
        write: impl FnOnce(&mut Pairs<'_>) -> R,
    ) -> (R, Option<InvalidArgument>) {
        self.state = State::Form;
        let mut text = String::from_utf8(std::mem::take(&mut self.text)).unwrap_or_default();
        let mut pairs = Pairs::form(&mut text, style);
        let (result, secret) = Secret::allow_in(|| write(&mut pairs));
        let unfit = pairs.finish();
        self.secret |= secret;
        self.text = text.into_bytes();
        (result, unfit)
    }

    pub(crate) fn payload(&mut self, payload: RequestBody) {
        self.state = State::RequestBody(payload);
    }

    pub(crate) fn part<T: Part>(&mut self, name: &str, options: PartOptions, value: T) {
        if !matches!(self.state, State::Multipart(_)) {
            self.state = State::Multipart(Multipart::new());
        }
        if let State::Multipart(multipart) = &mut self.state {
            multipart.add(name, options, value);
        }
    }

    pub(crate) fn part_json<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        options: PartOptions,
        value: &T,
    ) -> Result<(), Reason> {
        self.write(value)?;
        let json = std::mem::take(&mut self.text);
        let content_type = options.content_type.or(Some("application/json"));
        self.part(name, PartOptions { content_type, ..options }, json);
        Ok(())
    }

    /// Replaces members of the JSON object.
    #[inline]
    pub(crate) fn set_members(&mut self, set: &[(String, Value)]) -> Result<(), Reason> {
        if matches!(self.state, State::Members) {
            self.text.push(b'}');
        }
        if self.text.is_empty() {
            self.text.extend_from_slice(b"{}");
        }
        let mut object = read_object(&self.text)
            .ok_or(Reason::Message("is no JSON object, so the cursor has no place in it"))?;
        let mut added: Vec<(&String, &Value)> = Vec::new();
        for (name, value) in set {
            match object.get_mut(name) {
                Some(member) => *member = value.clone(),
                None => {
                    added.retain(|(other, _)| *other != name);
                    added.push((name, value));
                }
            }
        }
        self.text = object.to_string().into_bytes();
        self.text.pop();
        for (name, value) in added {
            self.name(name);
            self.text.extend_from_slice(value.to_string().as_bytes());
        }
        self.text.push(b'}');
        self.state = State::Json;
        Ok(())
    }

    /// One member of the JSON object, if the body is one.
    #[inline]
    pub(crate) fn member(&self, name: &str) -> Option<Value> {
        let mut text = self.text.clone();
        if matches!(self.state, State::Members) {
            text.push(b'}');
        }
        read_object(&text)?.get_mut(name).map(Value::take)
    }

    /// Adds the endpoint's constants and closes what is open.
    pub(crate) fn finish(mut self, endpoint: &Endpoint) -> Result<(RequestBody, ContentType), Reason> {
        if !endpoint.fields.is_empty() {
            self.constants(endpoint)?;
        }
        static FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");
        let media = match self.state {
            State::None => return Ok((RequestBody::default(), ContentType::None)),
            State::RequestBody(payload) => return Ok((payload, ContentType::None)),
            State::Multipart(multipart) => {
                let (payload, media) = multipart.finish();
                return Ok((payload, media.map_or(ContentType::None, ContentType::Made)));
            }
            State::Members => {
                self.text.push(b'}');
                &JSON
            }
            State::Json => &JSON,
            State::Form => &FORM,
        };
        Ok((RequestBody::from(Bytes::from(self.text)), ContentType::Known(media)))
    }

    fn constants(&mut self, endpoint: &Endpoint) -> Result<(), Reason> {
        if endpoint.encoding == Encoding::Form {
            let write = |pairs: &mut Pairs<'_>| {
                for (name, json) in endpoint.fields {
                    // Written as JSON by the macro: a text in quotes, a number or `true` as it is.
                    let text = serde_json::from_str::<String>(json).unwrap_or_else(|_| (*json).to_owned());
                    pairs.pair(name, &text);
                }
            };
            self.form(NestedStyle::default(), write);
            return Ok(());
        }
        if matches!(self.state, State::Json) {
            self.reopen(endpoint)?;
        }
        self.open();
        for (name, json) in endpoint.fields {
            self.name(name);
            self.text.extend_from_slice(json.as_bytes());
        }
        Ok(())
    }

    /// Takes the closing brace off a whole JSON object, so that members can follow.
    fn reopen(&mut self, endpoint: &Endpoint) -> Result<(), Reason> {
        if self.text.first() != Some(&b'{') || self.text.pop() != Some(b'}') {
            return Err(Reason::Message("is no JSON object, so the constant fields have no place in it"));
        }
        self.state = State::Members;
        let mut whole = self.text.clone();
        whole.push(b'}');
        let object = read_object(&whole).ok_or(Reason::Message("is no JSON object"))?;
        match endpoint.fields.iter().find(|(name, _)| object.get(*name).is_some()) {
            Some((name, _)) => {
                Err(Reason::Shape(format!("has the member `{name}`, which the declaration fixes")))
            }
            None => Ok(()),
        }
    }

    fn open(&mut self) {
        if self.text.is_empty() {
            self.text.push(b'{');
            self.state = State::Members;
        }
    }

    /// Writes the name of the next member.
    fn name(&mut self, name: &str) {
        if self.text.len() > 1 {
            self.text.push(b',');
        }
        // A string always serializes.
        let _ = serde_json::to_writer(&mut self.text, name);
        self.text.push(b':');
    }

    fn write<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Reason> {
        let text = &mut self.text;
        let (written, secret) = Secret::allow_in(|| write_json(text, value));
        self.secret |= secret;
        written
    }
}

/// The object that a body is. Read by `Value` itself: serde_json has that compiled already.
#[inline]
fn read_object(text: &[u8]) -> Option<Value> {
    let value: Value = std::str::from_utf8(text).ok()?.parse().ok()?;
    value.is_object().then_some(value)
}

fn write_json<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) -> Result<(), Reason> {
    finite::check(value).map_err(reason_of)?;
    if out.capacity() == 0 {
        *out = Vec::with_capacity(128);
    }
    // The text of a user's `Serialize` error may hold the value, so it is not kept.
    serde_json::to_writer(out, value).map_err(|_| Reason::Message("cannot be serialized as JSON"))
}

fn reason_of(error: finite::NotFinite) -> Reason {
    if error.0 { Reason::NotFinite } else { Reason::Message("cannot be serialized") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_replaced_or_added_once_each() {
        for (before, after) in [
            ("", r#"{"next":"b","n\"":3}"#),
            ("{}", r#"{"next":"b","n\"":3}"#),
            (r#"{"limit":2,"next":"z"}"#, r#"{"limit":2,"next":"b","n\"":3}"#),
        ] {
            let mut body = BodyParts { text: before.into(), state: State::Json, secret: false };
            let set = [("next", "a".into()), ("next", "b".into()), ("n\"", 3.into())];
            body.set_members(&set.map(|(name, value)| (name.to_owned(), value))).unwrap();
            assert_eq!(String::from_utf8_lossy(&body.text), after);
        }
    }
}
