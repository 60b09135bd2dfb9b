//! URLs for reqwest, put together instead of parsed.
//!
//! reqwest takes a `url::Url` and parses it twice more on its way. Parsing a third one costs a call as much as
//! deadline, retries and limits together, and could not change a byte: the origin was parsed when the client was
//! built, and what follows it is encoded already. So the offsets that `Url` keeps are told to it, in the form that
//! `Url::deserialize_internal` reads; whatever is not plainly in that form is parsed.

use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, PoisonError, RwLock};

use serde::de::value::Error as FormError;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, SeqAccess, VariantAccess,
    Visitor,
};
use url::{Host, Position, Url};

/// Whatever is asked for, an element is what it is.
macro_rules! any {
    () => {
        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
            newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
        }
    };
}

/// Makes the URLs of one client.
#[derive(Clone)]
pub(super) struct UrlMaker {
    base: Url,
    /// The base in `Url`'s own form; `None` if this version of `url` has another one.
    form: Option<Form>,
    /// Those of endpoints without arguments, once they were made; in the order of their texts.
    constant: Arc<RwLock<Vec<Url>>>,
}

/// How many constant URLs are kept: more than an API has, unless a thousand base URLs share a transport.
const KEPT: usize = 1024;

impl UrlMaker {
    pub(super) fn new(base: &str) -> Result<Self, url::ParseError> {
        let base = Url::parse(base)?;
        let mut maker = Self { form: Form::of(&base), base, constant: Arc::default() };
        if !maker.is_right() {
            maker.form = None;
        }
        Ok(maker)
    }

    /// The URL of an endpoint without arguments, which is made once.
    pub(super) fn constant(&self, text: &str) -> Result<Url, url::ParseError> {
        let find = |urls: &[Url]| urls.binary_search_by(|url| url.as_str().cmp(text));
        let known = self.constant.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(url) = find(&known).ok().and_then(|at| known.get(at)) {
            return Ok(url.clone());
        }
        drop(known);
        let url = self.make(text)?;
        let mut known = self.constant.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = find(&known).err().filter(|_| known.len() < KEPT && url.as_str() == text) {
            known.insert(place, url.clone());
        }
        Ok(url)
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
        let query = plain(rest)?.map(|at| u32::try_from(origin.len() + at)).transpose().ok()?;
        Url::deserialize_internal(Elements { text, query, form: self.form.as_ref()?, next: 0 }).ok()
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
    let bytes = rest.as_bytes();
    if bytes.first() != Some(&b'/') {
        return None;
    }
    // Eight bytes at a time, as long as all of them are plain: the rest of nearly every URL is short.
    let quick = bytes.chunks_exact(8).take_while(|chunk| {
        chunk.iter().fold(Class::Plain as u8, |all, byte| all | class(*byte) as u8) == Class::Plain as u8
    });
    let passed = quick.count() * 8;
    let mut query = None;
    let mut before = if passed == 0 { b'/' } else { *bytes.get(passed - 1)? };
    for (at, byte) in bytes.iter().enumerate().skip(passed) {
        match class(*byte) {
            Class::Plain => {}
            // A dot at the beginning of a segment, also as `%2e`, may be a segment that goes up.
            Class::Dot if before != b'/' || query.is_some() => {}
            Class::Question => query = query.or(Some(at)),
            Class::Dot | Class::Other => return None,
        }
        before = *byte;
    }
    Some(query)
}

/// What a byte is in a path or a query.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// It stands for itself. The only one that is 0.
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

/// What all URLs of a client have in common, in `Url`'s own form: offsets in the text, and the host read.
#[derive(Clone)]
struct Form {
    scheme_end: u32,
    username_end: u32,
    host_start: u32,
    host_end: u32,
    host: HostForm,
    port: Option<u16>,
    path_start: u32,
}

/// A host: its variant, and the text of an address.
#[derive(Clone)]
struct HostForm {
    variant: &'static str,
    address: String,
}

impl Form {
    fn of(base: &Url) -> Option<Self> {
        let end = |position| u32::try_from(base[..position].len()).ok();
        let (variant, address) = match base.host()? {
            Host::Domain(_) => ("Domain", String::new()),
            Host::Ipv4(address) => ("Ipv4", address.to_string()),
            Host::Ipv6(address) => ("Ipv6", address.to_string()),
        };
        Some(Self {
            scheme_end: end(Position::AfterScheme)?,
            username_end: end(Position::AfterUsername)?,
            host_start: end(Position::BeforeHost)?,
            host_end: end(Position::AfterHost)?,
            host: HostForm { variant, address },
            port: base.port(),
            path_start: end(Position::BeforePath)?,
        })
    }
}

/// The elements of one URL in `Url`'s own form: those of the base with another text and query.
struct Elements<'a> {
    text: &'a str,
    query: Option<u32>,
    form: &'a Form,
    next: usize,
}

impl<'de> SeqAccess<'de> for Elements<'de> {
    type Error = FormError;

    #[inline(always)]
    fn next_element<T: Deserialize<'de>>(&mut self) -> Result<Option<T>, FormError> {
        self.next_element_seed(PhantomData)
    }

    // Once inlined, each of the ten calls is one arm.
    #[inline(always)]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, FormError> {
        let (at, form) = (self.next, self.form);
        self.next += 1;
        match at {
            0 => seed.deserialize(self.text.to_owned().into_deserializer()),
            1 => seed.deserialize(form.scheme_end.into_deserializer()),
            2 => seed.deserialize(form.username_end.into_deserializer()),
            3 => seed.deserialize(form.host_start.into_deserializer()),
            4 => seed.deserialize(form.host_end.into_deserializer()),
            5 => seed.deserialize(&form.host),
            6 => seed.deserialize(Maybe(form.port)),
            7 => seed.deserialize(form.path_start.into_deserializer()),
            8 => seed.deserialize(Maybe(self.query)),
            9 => seed.deserialize(Maybe(None::<u32>)),
            _ => return Ok(None),
        }
        .map(Some)
    }
}

impl<'de> Deserializer<'de> for Elements<'de> {
    type Error = FormError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormError> {
        visitor.visit_seq(self)
    }

    any!();
}

/// A number that may not be there.
struct Maybe<T>(Option<T>);

impl<'de, T: IntoDeserializer<'de, FormError>> Deserializer<'de> for Maybe<T> {
    type Error = FormError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormError> {
        match self.0 {
            Some(value) => visitor.visit_some(value.into_deserializer()),
            None => visitor.visit_none(),
        }
    }

    any!();
}

impl<'de> Deserializer<'de> for &'de HostForm {
    type Error = FormError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormError> {
        visitor.visit_enum(self)
    }

    any!();
}

impl<'de> EnumAccess<'de> for &'de HostForm {
    type Error = FormError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), FormError> {
        Ok((seed.deserialize(self.variant.into_deserializer())?, self))
    }
}

impl<'de> VariantAccess<'de> for &'de HostForm {
    type Error = FormError;

    fn unit_variant(self) -> Result<(), FormError> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, FormError> {
        seed.deserialize(self.address.as_str().into_deserializer())
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, FormError> {
        visitor.visit_unit()
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, FormError> {
        visitor.visit_unit()
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

    #[test]
    fn constant_urls_are_made_once_and_kept_up_to_a_limit() {
        let maker = UrlMaker::new("https://api.example.com/v1").unwrap();
        let texts: Vec<String> =
            (0..KEPT + 9).map(|n| format!("https://api.example.com/v1/{n}?a=b")).collect();
        for _ in 0..2 {
            for text in &texts {
                assert_eq!(maker.constant(text).unwrap(), Url::parse(text).unwrap());
            }
            assert_eq!(maker.constant.read().unwrap().len(), KEPT);
        }
        let moved = "https://other.example/v1/1?a=b";
        assert_eq!(maker.constant(moved).unwrap().as_str(), moved);
        assert!(maker.constant("no URL").is_err());
    }
}
