//! The content of a request while it is put together.

use bytes::Bytes;
use http::HeaderValue;
use serde::Serialize;
use serde_json::Value;

use super::super::finite::{is_present, write_json};
use super::super::invalid_argument::{InvalidArgument, Reason};
use super::super::multipart::{FormData, Multipart, Part, PartOptions, Parts};
use super::super::percent::has_same_pairs;
use super::super::spread::Pairs;
use super::object::{self, Object};
use crate::body::RequestBody;
use crate::endpoint::{Encoding, Endpoint};
use crate::media::JSON;
use crate::secret::Secret;
use crate::style::NestedStyle;

/// The media type that the content brings along, unless the declaration says another.
#[derive(Debug)]
pub(crate) enum ContentType {
    /// Nothing is known of it.
    None,
    /// One of those that most requests have.
    Known(&'static HeaderValue),
    /// One of this request only: with a multipart boundary.
    Made(HeaderValue),
}

/// The content while it is put together.
#[derive(Debug, Clone, Default)]
pub(crate) struct BodyParts {
    /// JSON or a form, as far as it is written.
    text: Vec<u8>,
    state: State,
    /// Whether a [`Secret`] was written, so that nothing shows the content.
    pub(crate) secrets: Vec<Secret>,
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
    Multipart(FormData),
}

impl BodyParts {
    /// Makes a value the whole content, as JSON. Returns whether there is content: `None` leaves it out.
    pub(crate) fn json<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<bool, Reason> {
        if !is_present(value)? {
            return Ok(false);
        }
        self.state = State::Json;
        self.text.reserve(128);
        self.write(value)?;
        Ok(true)
    }

    /// Adds a member to the JSON object; `None` adds nothing.
    pub(crate) fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Reason> {
        self.open();
        if is_present(value)? {
            object::write_name(&mut self.text, name);
            self.write(value)?;
        }
        Ok(())
    }

    /// Makes a value the whole content, as a form. Returns whether there is content: `None` leaves it out.
    pub(crate) fn form_whole<T: Serialize + ?Sized>(
        &mut self,
        style: NestedStyle,
        value: &T,
    ) -> Result<bool, InvalidArgument> {
        if !is_present(value).map_err(|reason| InvalidArgument::new("form", reason))? {
            return Ok(false);
        }
        self.form(style, |pairs| pairs.serialize("form", value))?;
        Ok(true)
    }

    /// Adds pairs to the form.
    pub(crate) fn form(
        &mut self,
        style: NestedStyle,
        write: impl FnOnce(&mut Pairs<'_>),
    ) -> Result<(), InvalidArgument> {
        self.state = State::Form;
        let mut text = String::from_utf8(std::mem::take(&mut self.text)).unwrap_or_default();
        let mut pairs = Pairs::form(&mut text, style);
        let ((), secrets) = Secret::allow_in(|| write(&mut pairs));
        let refused = pairs.finish();
        self.secrets.extend(secrets);
        self.text = text.into_bytes();
        refused.map_or(Ok(()), Err)
    }

    /// Makes this the whole content.
    pub(crate) fn whole(&mut self, body: RequestBody, secrets: Vec<Secret>) {
        self.state = State::RequestBody(body);
        self.secrets.extend(secrets);
    }

    /// Adds the parts that a value makes.
    pub(crate) fn part<T: Part>(
        &mut self,
        name: &str,
        options: PartOptions,
        value: T,
    ) -> Result<(), InvalidArgument> {
        self.parts(|parts| parts.part_with(name, options, value))
    }

    /// Adds a part of JSON; `None` adds nothing.
    pub(crate) fn part_json<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        options: PartOptions,
        value: &T,
    ) -> Result<(), InvalidArgument> {
        self.parts(|parts| parts.json_with(name, options, value))
    }

    /// Adds the parts of a struct.
    pub(crate) fn part_flatten<T: Multipart>(&mut self, value: T) -> Result<(), InvalidArgument> {
        self.parts(|parts| value.write(parts))
    }

    fn parts(&mut self, write: impl FnOnce(&mut Parts<'_>)) -> Result<(), InvalidArgument> {
        if !matches!(self.state, State::Multipart(_)) {
            self.state = State::Multipart(FormData::default());
        }
        let State::Multipart(form) = &mut self.state else { return Ok(()) };
        let ((), secrets) = Secret::allow_in(|| write(&mut form.parts()));
        self.secrets.extend(secrets);
        form.refused().map_or(Ok(()), Err)
    }

    /// Replaces members of the JSON object; the others stay as they are written.
    pub(crate) fn set_members(&mut self, set: &[(String, Value)]) -> Result<(), Reason> {
        let text = self.object_text();
        let text = if text.is_empty() { b"{}".to_vec() } else { text };
        let object = Object::read(&text)
            .ok_or(Reason::Message("is not a JSON object, so the cursor has no place in it"))?;
        self.text = object.with(set);
        self.state = State::Json;
        Ok(())
    }

    /// Replaces the pairs of these names in the form; the others stay as they are written.
    pub(crate) fn set_form(&mut self, set: &[(String, String)]) -> Result<(), InvalidArgument> {
        if !matches!(self.state, State::Form | State::None) {
            return Err(InvalidArgument::new(
                "body",
                Reason::Message("is not a form, so the cursor has no place in it"),
            ));
        }
        for (name, _) in set {
            let encoded = form_name(name);
            let text = String::from_utf8(std::mem::take(&mut self.text)).unwrap_or_default();
            let kept = text.split('&').filter(|pair| !pair.is_empty() && name_of(pair) != encoded);
            self.text = kept.collect::<Vec<_>>().join("&").into_bytes();
        }
        self.form(NestedStyle::DEFAULT, |pairs| set.iter().for_each(|(name, value)| pairs.pair(name, value)))
    }

    /// The decoded value of the first pair of this name, if the content is a form.
    pub(crate) fn form_field(&self, name: &str) -> Option<String> {
        let text = std::str::from_utf8(&self.text).ok().filter(|_| matches!(self.state, State::Form))?;
        let encoded = form_name(name);
        let (_, value) = text.split('&').find(|pair| name_of(pair) == encoded)?.split_once('=')?;
        let value = value.replace('+', " ");
        Some(percent_encoding::percent_decode_str(&value).decode_utf8_lossy().into_owned())
    }

    /// Whether the text of both is the same: JSON, or a form in whatever order.
    pub(crate) fn has_same_text(&self, other: &Self) -> bool {
        match (&self.state, &other.state) {
            (State::Form, State::Form) => {
                has_same_pairs(&String::from_utf8_lossy(&self.text), &String::from_utf8_lossy(&other.text))
            }
            _ => self.object_text() == other.object_text(),
        }
    }

    /// One member of the JSON object, if the content is one.
    pub(crate) fn member(&self, name: &str) -> Option<Value> {
        serde_json::from_str(Object::read(&self.object_text())?.get(name)?.get()).ok()
    }

    /// The text of the JSON object, closed.
    fn object_text(&self) -> Vec<u8> {
        let mut text = self.text.clone();
        if matches!(self.state, State::Members) {
            text.push(b'}');
        }
        text
    }

    /// Adds the endpoint's constants and closes what is open.
    pub(crate) fn finish(mut self, endpoint: &Endpoint) -> Result<(RequestBody, ContentType), Reason> {
        static FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");
        if !endpoint.fields.is_empty() {
            self.constants(endpoint)?;
        }
        let media = match self.state {
            State::None => return Ok((RequestBody::default(), ContentType::None)),
            State::RequestBody(body) => return Ok((body, ContentType::None)),
            State::Multipart(form) => {
                let (body, media) = form.finish()?;
                return Ok((body, ContentType::Made(media)));
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

    /// Returns the parts of a multipart body with the endpoint's constants, for a comparison; `None` for any other content.
    #[cfg(feature = "testing")]
    pub(crate) fn form_data(&self, endpoint: &Endpoint) -> Option<FormData> {
        let mut body = self.clone();
        if !endpoint.fields.is_empty() {
            body.constants(endpoint).ok()?;
        }
        match body.state {
            State::Multipart(form) => Some(form),
            _ => None,
        }
    }

    fn constants(&mut self, endpoint: &Endpoint) -> Result<(), Reason> {
        let texts = endpoint.fields.iter().map(|(name, json)| (*name, constant_text(json)));
        if endpoint.encoding == Encoding::Form {
            let written = self.form(NestedStyle::DEFAULT, |pairs| {
                texts.for_each(|(name, text)| pairs.pair(name, &text));
            });
            return written.map_err(|invalid| invalid.reason);
        }
        if endpoint.encoding == Encoding::Multipart || matches!(self.state, State::Multipart(_)) {
            let written = self.parts(|parts| texts.for_each(|(name, text)| parts.part(name, text)));
            return written.map_err(|invalid| invalid.reason);
        }
        if matches!(self.state, State::Json) {
            self.reopen(endpoint)?;
        }
        self.open();
        for (name, json) in endpoint.fields {
            object::write_member(&mut self.text, name, json.as_bytes());
        }
        Ok(())
    }

    /// Takes the closing brace off a whole JSON object, so that members can follow.
    fn reopen(&mut self, endpoint: &Endpoint) -> Result<(), Reason> {
        let object = Object::read(&self.text)
            .ok_or(Reason::Message("is not a JSON object, so the constant fields have no place in it"))?;
        if let Some((name, _)) = endpoint.fields.iter().find(|(name, _)| object.get(name).is_some()) {
            return Err(Reason::Shape(format!("has the member `{name}`, which the declaration fixes")));
        }
        if self.text.pop() == Some(b'}') {
            self.state = State::Members;
        }
        Ok(())
    }

    fn open(&mut self) {
        if self.text.is_empty() {
            self.text.push(b'{');
            self.state = State::Members;
        }
    }

    fn write<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Reason> {
        let text = &mut self.text;
        let (written, secrets) = Secret::allow_in(|| write_json(text, value));
        self.secrets.extend(secrets);
        written
    }
}

/// The text of a constant, which the macro writes as JSON: a text in quotes, a number or `true` as it is.
fn constant_text(json: &str) -> String {
    serde_json::from_str(json).unwrap_or_else(|_| json.to_owned())
}

/// A name as a form has it.
fn form_name(name: &str) -> String {
    let mut text = String::new();
    let mut pairs = Pairs::form(&mut text, NestedStyle::DEFAULT);
    pairs.pair(name, "");
    let _ = pairs.finish();
    text.trim_end_matches('=').to_owned()
}

fn name_of(pair: &str) -> &str {
    pair.split('=').next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> BodyParts {
        BodyParts { text: text.into(), state: State::Json, secrets: Vec::new() }
    }

    fn set(body: &mut BodyParts, members: &[(&str, Value)]) -> String {
        let members: Vec<_> =
            members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        body.set_members(&members).unwrap();
        String::from_utf8(body.text.clone()).unwrap()
    }

    #[test]
    fn members_are_replaced_or_added_once_each() {
        for (before, after) in [
            ("", r#"{"next":"b","n\"":3}"#),
            ("{}", r#"{"next":"b","n\"":3}"#),
            (r#"{"limit":2,"next":"z"}"#, r#"{"limit":2,"next":"b","n\"":3}"#),
        ] {
            let members = [("next", "a".into()), ("next", "b".into()), ("n\"", 3.into())];
            assert_eq!(set(&mut json(before), &members), after);
        }
    }

    #[test]
    fn the_other_members_stay_as_they_are_written() {
        let text =
            r#"{"id":340282366920938463463374607431768211455,"x":1e400,"y":{"z":[0.10]},"s":"\u00e9"}"#;
        let after = text.strip_suffix('}').unwrap().to_owned() + r#","next":1}"#;
        assert_eq!(set(&mut json(text), &[("next", 1.into())]), after);
        assert_eq!(json(text).member("y"), Some(serde_json::json!({"z": [0.10]})));
        assert_eq!(json("[1]").member("y"), None);
        assert!(json("[1]").set_members(&[]).is_err());
    }

    #[test]
    fn none_is_no_content() {
        let finished = |body: BodyParts| {
            let (body, media) = body.finish(&Endpoint::NEW).unwrap();
            let media = match media {
                ContentType::None => None,
                ContentType::Known(media) => Some(media.clone()),
                ContentType::Made(media) => Some(media),
            };
            (body.bytes().map(<[u8]>::to_vec), media)
        };
        let mut body = BodyParts::default();
        assert!(!body.json(&None::<&u8>).unwrap());
        assert!(!body.form_whole(NestedStyle::DEFAULT, &None::<&u8>).unwrap());
        assert_eq!(finished(body), (Some(Vec::new()), None));
        let mut body = BodyParts::default();
        assert!(body.json(&Value::Null).unwrap());
        assert_eq!(finished(body), (Some(b"null".to_vec()), Some(JSON.clone())));
    }
}
