//! URLs for reqwest, put together instead of parsed.
//!
//! reqwest takes a `url::Url` and parses it twice more on its way. Parsing a third one costs a call as much as
//! deadline, retries and limits together, and could not change a byte: the origin was parsed when the client was
//! built, and what follows it is encoded already. So the offsets that `Url` keeps are told to it, in the form that
//! `Url::serialize_internal` writes; whatever is not plainly in that form is parsed.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer as _, SeqAccess, Visitor};
use serde_json::Value;
use url::{Position, Url};

/// Where `Url`'s own form has its text and the offset of its query.
const TEXT: usize = 0;
const QUERY_START: usize = 8;

/// Makes the URLs of one client.
#[derive(Clone)]
pub(super) struct UrlMaker {
    base: Url,
    /// The base in `Url`'s own form; `None` if this version of `url` has another one.
    form: Option<Vec<Value>>,
}

impl UrlMaker {
    pub(super) fn new(base: &str) -> Result<Self, url::ParseError> {
        let base = Url::parse(base)?;
        let form = match base.serialize_internal(serde_json::value::Serializer) {
            Ok(Value::Array(form)) => Some(form),
            _ => None,
        };
        let mut maker = Self { base, form };
        if !maker.is_right() {
            maker.form = None;
        }
        Ok(maker)
    }

    /// The URL of this text.
    pub(super) fn make(&self, text: &str) -> Result<Url, url::ParseError> {
        match self.assemble(text) {
            Some(url) => Ok(url),
            None => Url::parse(text),
        }
    }

    fn assemble(&self, text: &str) -> Option<Url> {
        let origin = &self.base[..Position::BeforePath];
        let rest = text.strip_prefix(origin)?;
        let query = plain(rest)?.map(|at| origin.len() + at);
        let form = self.form.as_deref()?;
        Url::deserialize_internal(Form { form, text: Some(text), query, next: 0 }).ok()
    }

    /// Whether what is put together is what is parsed, in every part.
    fn is_right(&self) -> bool {
        ["/", "/a/b", "/a?b=c", "/a/b%2F?c=d&e"].iter().all(|rest| {
            let text = format!("{}{rest}", &self.base[..Position::BeforePath]);
            let (Some(made), Ok(parsed)) = (self.assemble(&text), Url::parse(&text)) else { return false };
            made == parsed
                && (made.path(), made.query(), made.fragment())
                    == (parsed.path(), parsed.query(), parsed.fragment())
                && (made.scheme(), made.host(), made.port())
                    == (parsed.scheme(), parsed.host(), parsed.port())
                && made.username().is_empty()
        })
    }
}

/// Whether a path, and perhaps a query, is one that parsing leaves as it is (WHATWG URL Standard, 4.4), and where its
/// `?` stands. Not all such are known here, only those that calls are made of.
fn plain(rest: &str) -> Option<Option<usize>> {
    if !rest.starts_with('/') {
        return None;
    }
    let (mut query, mut before) = (None, b'/');
    for (at, byte) in rest.bytes().enumerate() {
        match class(byte) {
            Class::Plain => {}
            // A dot at the beginning of a segment, also as `%2e`, may be a segment that goes up.
            Class::Dot if before != b'/' || query.is_some() => {}
            Class::Question => query = query.or(Some(at)),
            Class::Dot | Class::Other => return None,
        }
        before = byte;
    }
    Some(query)
}

/// What a byte is in a path or a query.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// It stands for itself.
    Plain,
    /// It stands for itself, but not always at the beginning of a segment: `.`, and `%` as in `%2e`.
    Dot,
    Question,
    /// It may mean something, or be encoded.
    Other,
}

/// Looked up, since every byte of every URL is.
fn class(byte: u8) -> Class {
    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
    static CLASSES: [Class; 256] = {
        let (mut classes, mut byte) = ([Class::Other; 256], 0);
        while byte < 128 {
            classes[byte] = match byte as u8 {
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'/' | b'-' | b'_' | b'~' | b'=' | b'&' => {
                    Class::Plain
                }
                b'.' | b'%' => Class::Dot,
                b'?' => Class::Question,
                _ => Class::Other,
            };
            byte += 1;
        }
        classes
    };
    CLASSES.get(usize::from(byte)).copied().unwrap_or(Class::Other)
}

/// A URL in `Url`'s own form: that of the base with another text and query.
struct Form<'a> {
    form: &'a [Value],
    text: Option<&'a str>,
    query: Option<usize>,
    next: usize,
}

impl<'de> Deserializer<'de> for Form<'de> {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_seq(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> SeqAccess<'de> for Form<'de> {
    type Error = serde_json::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Self::Error> {
        let at = self.next;
        self.next += 1;
        let Some(value) = self.form.get(at) else { return Ok(None) };
        match (at, self.text.take_if(|_| at == TEXT)) {
            (_, Some(text)) => seed.deserialize(text.to_owned().into_deserializer()),
            (QUERY_START, _) => seed.deserialize(self.query.map_or(Value::Null, Value::from)),
            _ => seed.deserialize(value),
        }
        .map(Some)
    }
}

impl fmt::Debug for UrlMaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UrlMaker")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_together_is_what_is_parsed() {
        for base in
            ["https://api.example.com/v1", "http://127.0.0.1:8080", "http://[::1]:1/x", "https://ü.example"]
        {
            let maker = UrlMaker::new(base).unwrap();
            assert!(maker.form.is_some(), "{base}");
            let origin = maker.base[..Position::BeforePath].to_owned();
            for (rest, assembled) in [
                ("/v1/keys/key_abc", true),
                ("/v1/keys/a%2F..%2Fb?after=x%20y&limit=20&", true),
                ("/", true),
                ("/?", true),
                ("/a//b/?x=/..", true),
                ("/a/../b", false),
                ("/a/%2e%2E/b", false),
                ("/a\\b", false),
                ("/a b", false),
                ("/a?b'c", false),
                ("/a#b", false),
                ("/ü", false),
                ("?a", false),
                ("", false),
                ("@evil.example/", false),
                (":81/", false),
            ] {
                let text = format!("{origin}{rest}");
                assert_eq!(maker.assemble(&text).is_some(), assembled, "{text}");
                match (maker.make(&text), Url::parse(&text)) {
                    (Ok(made), Ok(parsed)) => {
                        assert_eq!(made, parsed);
                        assert_eq!((made.path(), made.query()), (parsed.path(), parsed.query()));
                        assert_eq!((made.host(), made.port()), (parsed.host(), parsed.port()));
                    }
                    (made, parsed) => assert_eq!(made.is_ok(), parsed.is_ok(), "{text}"),
                }
            }
        }
    }
}
