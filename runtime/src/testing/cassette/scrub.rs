//! Replaces what a cassette must not hold: secrets, and what the test names.

use std::cell::Cell;

use http::HeaderMap;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::value::RawValue;

use crate::encode::Object;
use crate::error::secret_forms;
use crate::secret::Secret;

/// What stands in a cassette for a secret.
pub(super) const PLACEHOLDER: &str = "***";
/// A shorter secret is replaced where it is a whole value. Within a longer one it may be there by chance.
const SHORT: usize = 8;
/// A longer secret cannot be a word by chance: no part of a line may hold it, not even a name.
const LONG: usize = 16;

/// A JSON pointer (RFC 6901) in which `*` stands for each item or member.
#[derive(Debug, Clone)]
pub(super) struct Pointer(Vec<String>);

impl Pointer {
    /// Reads a pointer; `None` if it is not one.
    pub(super) fn read(text: &str) -> Option<Self> {
        let tokens = text.strip_prefix('/')?.split('/');
        Some(Self(tokens.map(|token| token.replace("~1", "/").replace("~0", "~")).collect()))
    }
}

/// One spelling of a secret.
struct Form {
    text: String,
    /// Which secret it is of.
    secret: usize,
}

/// Replaces secrets and what pointers name.
pub(super) struct Scrub<'a> {
    pointers: &'a [Pointer],
    forms: Vec<Form>,
    /// Which secrets were found, those that the response was read for first.
    found: Vec<Cell<bool>>,
    /// How many secrets the declared type has read from the content.
    met: usize,
    /// Whether a short secret of the content is within a text.
    is_hidden: Cell<bool>,
    is_changed: Cell<bool>,
}

impl<'a> Scrub<'a> {
    /// Makes one for the secrets that a declared type has read from a response, and for those that are known otherwise.
    pub(super) fn new<'s>(
        pointers: &'a [Pointer],
        met: &'s [Secret],
        known: impl Iterator<Item = &'s Secret>,
    ) -> Self {
        let secrets: Vec<&Secret> = met.iter().chain(known).collect();
        let mut forms = Vec::new();
        for (secret, text) in secrets.iter().enumerate().map(|(at, secret)| (at, secret.expose())) {
            let escaped = serde_json::Value::from(text).to_string();
            let escaped = escaped.trim_matches('"').to_owned();
            let spellings = secret_forms(text).into_iter().chain([escaped]);
            let spellings = spellings.filter(|form| !form.is_empty() && form != PLACEHOLDER);
            forms.extend(spellings.map(|text| Form { text, secret }));
        }
        // The longest first, so that none is cut by another.
        forms.sort_by_key(|form| std::cmp::Reverse(form.text.len()));
        let found =
            secrets.iter().map(|secret| Cell::new(secret.is_empty() || secret.expose() == PLACEHOLDER));
        Self {
            pointers,
            forms,
            found: found.collect(),
            met: met.len(),
            is_hidden: Cell::new(false),
            is_changed: Cell::new(false),
        }
    }

    /// Returns why the content cannot be kept, after it was scrubbed.
    pub(super) fn refusal(&self) -> Option<&'static str> {
        if self.is_hidden.get() {
            return Some("a short secret is part of a text");
        }
        let is_missing = self.found.iter().take(self.met).any(|found| !found.get());
        is_missing.then_some("a secret was read from it that it does not hold as it is")
    }

    /// Looks for secrets in the headers of the response.
    pub(super) fn look_at(&self, headers: &HeaderMap) {
        for value in headers.values().filter_map(|value| value.to_str().ok()) {
            for form in self.forms.iter().filter(|form| value.contains(&form.text)) {
                self.is_found(form);
            }
        }
    }

    fn is_found(&self, form: &Form) {
        self.is_changed.set(true);
        if let Some(found) = self.found.get(form.secret) {
            found.set(true);
        }
    }

    /// Returns whether a line holds a secret that was not replaced.
    pub(super) fn is_leaking(&self, line: &str) -> bool {
        self.forms.iter().any(|form| form.text.len() >= LONG && line.contains(&form.text))
    }

    /// Returns whether bytes that are not text hold a secret.
    pub(super) fn is_in(&self, bytes: &[u8]) -> bool {
        let mut forms = self.forms.iter().filter(|form| form.secret < self.met || form.text.len() >= SHORT);
        forms.any(|form| memchr::memmem::find(bytes, form.text.as_bytes()).is_some())
    }

    /// Scrubs one value: of a member, an item, a pair, a segment or a header.
    pub(super) fn value(&self, text: &str) -> String {
        self.replaced(text, SHORT)
    }

    /// Scrubs a name.
    fn name(&self, text: &str) -> String {
        self.replaced(text, LONG)
    }

    fn replaced(&self, text: &str, shortest: usize) -> String {
        let mut text = text.to_owned();
        for form in &self.forms {
            let is_whole = form.text == text && (shortest <= SHORT || form.text.len() >= shortest);
            if is_whole || (form.text.len() >= shortest && text.contains(&form.text)) {
                self.is_found(form);
                text = text.replace(&form.text, PLACEHOLDER);
            }
        }
        text
    }

    /// Scrubs a text that is not JSON.
    pub(super) fn text(&self, text: &str) -> String {
        let is_short = |form: &&Form| form.secret < self.met && form.text.len() < SHORT && form.text != text;
        if let Some(form) = self.forms.iter().filter(is_short).find(|form| text.contains(&form.text)) {
            self.is_found(form);
            self.is_hidden.set(true);
        }
        self.value(text)
    }

    /// Scrubs each line of a stream: of events, or of JSON.
    pub(super) fn lines(&self, text: &str) -> String {
        let mut out = String::new();
        for line in text.split_inclusive('\n') {
            let end = line.trim_end_matches(['\r', '\n']).len();
            let (line, end) = line.split_at_checked(end).unwrap_or((line, ""));
            let data = line.strip_prefix("data:").map(|data| data.strip_prefix(' ').unwrap_or(data));
            let data = data.unwrap_or(line);
            let before = line.strip_suffix(data).unwrap_or_default();
            out.push_str(before);
            match self.json_if_changed(data) {
                Some(json) => out.push_str(&json),
                None => out.push_str(&self.text(data)),
            }
            out.push_str(end);
        }
        out
    }

    /// Scrubs a text if it is JSON and holds what is replaced.
    pub(super) fn json_if_changed(&self, text: &str) -> Option<String> {
        let before = self.is_changed.replace(false);
        let json = self.json(text);
        let is_changed = self.is_changed.get();
        self.is_changed.set(before | is_changed);
        json.filter(|_| is_changed)
    }

    /// Scrubs JSON, which is written without white space, with all digits of its numbers; `None` if the text is not JSON.
    pub(super) fn json(&self, text: &str) -> Option<String> {
        // A value has a limit of depth, which protects the recursion below.
        serde_json::from_str::<serde_json::Value>(text).ok()?;
        let mut out = String::with_capacity(text.len());
        let pointers: Vec<&[String]> = self.pointers.iter().map(|pointer| &*pointer.0).collect();
        self.walk(text.trim(), &pointers, false, &mut out)?;
        Some(out)
    }

    fn walk(&self, raw: &str, pointers: &[&[String]], named: bool, out: &mut String) -> Option<()> {
        let named = named || pointers.iter().any(|pointer| pointer.is_empty());
        match raw.as_bytes().first()? {
            b'{' => self.object(raw, pointers, named, out)?,
            b'[' => {
                let items: Vec<&RawValue> = serde_json::from_str(raw).ok()?;
                out.push('[');
                for (at, item) in items.into_iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { "," });
                    self.walk(item.get(), &below(pointers, &at.to_string()), named, out)?;
                }
                out.push(']');
            }
            b'"' => self.string(raw, named, out)?,
            b'n' => out.push_str(raw),
            other if named => {
                self.is_changed.set(true);
                out.push_str(if matches!(other, b't' | b'f') { "false" } else { "0" });
            }
            _ => out.push_str(raw),
        }
        Some(())
    }

    fn string(&self, raw: &str, named: bool, out: &mut String) -> Option<()> {
        let text: String = serde_json::from_str(raw).ok()?;
        let scrubbed = if named { PLACEHOLDER.to_owned() } else { self.value(&text) };
        match scrubbed == text {
            true => out.push_str(raw),
            false => {
                self.is_changed.set(true);
                // What is named may be a secret, too.
                self.value(&text);
                out.push_str(&serde_json::Value::from(scrubbed).to_string());
            }
        }
        Some(())
    }

    fn object(&self, raw: &str, pointers: &[&[String]], named: bool, out: &mut String) -> Option<()> {
        let object: Object<'_> = serde_json::from_str(raw).ok()?;
        out.push('{');
        for (at, (name, value)) in object.into_members().into_iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            out.push_str(&serde_json::Value::from(self.name(&name)).to_string());
            out.push(':');
            self.walk(value.get(), &below(pointers, &name), named, out)?;
        }
        out.push('}');
        Some(())
    }

    /// Scrubs the value of a pair, which a pointer of one token names.
    pub(super) fn pair(&self, (name, value): (String, Option<String>)) -> (String, Option<String>) {
        let is_named =
            self.pointers.iter().any(|pointer| matches!(&*pointer.0, [only] if *only == name || only == "*"));
        let scrubbed = value.map(|value| if is_named { PLACEHOLDER.to_owned() } else { self.value(&value) });
        (self.name(&name), scrubbed)
    }

    /// Scrubs the path and the query of a URL.
    pub(super) fn url(&self, url: &str) -> String {
        let (path, query) = url.split_once('?').map_or((url, None), |(path, query)| (path, Some(query)));
        let mut out = self.components(path, '/');
        if let Some(query) = query {
            out.push('?');
            let pairs = query.split('&').map(|pair| self.components(pair, '='));
            out.push_str(&pairs.collect::<Vec<_>>().join("&"));
        }
        out
    }

    fn components(&self, text: &str, separator: char) -> String {
        let scrubbed = text.split(separator).map(|component| {
            let decoded = percent_decode_str(component).decode_utf8_lossy();
            let scrubbed = self.value(&decoded);
            match scrubbed == decoded {
                true => component.to_owned(),
                // The placeholder stays readable.
                false => utf8_percent_encode(&scrubbed, NON_ALPHANUMERIC).to_string().replace("%2A", "*"),
            }
        });
        scrubbed.collect::<Vec<_>>().join(&separator.to_string())
    }
}

/// Returns what is left of the pointers below a member or an item.
fn below<'p>(pointers: &[&'p [String]], name: &str) -> Vec<&'p [String]> {
    let step = |pointer: &&'p [String]| match *pointer {
        [first, rest @ ..] if first == name || first == "*" => Some(rest),
        _ => None,
    };
    pointers.iter().filter_map(step).collect()
}
