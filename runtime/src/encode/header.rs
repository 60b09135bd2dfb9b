//! Header arguments.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::invalid_argument::{InvalidArgument, Reason};
use super::query_value::{QueryValue, ValueTarget, Values};
use super::scalar::{Scalar, text_of};
use crate::secret::Secret;

/// A value of a header: whatever one query name may hold (a list becomes several lines), or a [`Secret`].
///
/// A type of your own writes its text, or an `Option` or list of texts; one that is a [`Scalar`](crate::Scalar) is a
/// header value already.
///
/// ```
/// use declarest::{HeaderArg, HeaderLines};
///
/// /// The first bytes of something: `bytes=0-99` (RFC 9110, 14.2).
/// struct First(u64);
///
/// impl HeaderArg for First {
///     fn write_lines(&self, lines: &mut HeaderLines<'_>) {
///         let last = self.0.checked_sub(1);
///         last.map(|last| format!("bytes=0-{last}")).write_lines(lines);
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no header value",
    label = "expected a scalar, an `Option` or a list of these, or a `declarest::Secret`",
    note = "for a newtype or an enum of your own: `#[derive(declarest::Scalar)]`"
)]
pub trait HeaderArg {
    /// Writes the lines of one header, none for "left out".
    fn write_lines(&self, lines: &mut HeaderLines<'_>);
}

/// Takes the lines of one header.
pub struct HeaderLines<'a> {
    headers: &'a mut HeaderMap,
    name: HeaderName,
    /// The first line takes the place of what an outer declaration said.
    first: bool,
    unfit: Option<Reason>,
}

// Nothing of a request or an answer is shown: a `Debug` ends up in logs.
impl std::fmt::Debug for HeaderLines<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HeaderLines").field("name", &self.name).finish_non_exhaustive()
    }
}

impl HeaderLines<'_> {
    fn line(&mut self, text: String, sensitive: bool) {
        let Ok(mut value) = HeaderValue::try_from(text) else {
            self.unfit.get_or_insert(Reason::HeaderValue);
            return;
        };
        value.set_sensitive(sensitive || is_credential(&self.name));
        if std::mem::take(&mut self.first) {
            self.headers.insert(self.name.clone(), value);
        } else {
            self.headers.append(self.name.clone(), value);
        }
    }
}

impl ValueTarget for HeaderLines<'_> {
    fn value(&mut self, value: &dyn Scalar, _: bool) {
        self.line(text_of(value), false);
    }

    fn unfit(&mut self, reason: Reason) {
        self.unfit.get_or_insert(reason);
    }
}

#[diagnostic::do_not_recommend]
impl<T: QueryValue + ?Sized> HeaderArg for T {
    fn write_lines(&self, lines: &mut HeaderLines<'_>) {
        self.write_values(&mut Values::new(lines));
    }
}

impl HeaderArg for Secret {
    fn write_lines(&self, lines: &mut HeaderLines<'_>) {
        lines.line(self.expose().to_owned(), true);
    }
}

impl HeaderArg for &Secret {
    fn write_lines(&self, lines: &mut HeaderLines<'_>) {
        Secret::write_lines(self, lines);
    }
}

impl HeaderArg for Option<Secret> {
    fn write_lines(&self, lines: &mut HeaderLines<'_>) {
        self.iter().for_each(|secret| secret.write_lines(lines));
    }
}

impl HeaderArg for Option<&Secret> {
    fn write_lines(&self, lines: &mut HeaderLines<'_>) {
        self.iter().for_each(|secret| secret.write_lines(lines));
    }
}

/// Several headers at once: what `#[header(flatten)]` takes.
///
/// ```
/// use declarest::{HeaderArg, HeaderArgs};
///
/// struct Trace { parent: String, state: Option<String> }
///
/// impl HeaderArgs for Trace {
///     fn each(&self, set: &mut dyn FnMut(&str, &dyn HeaderArg)) {
///         set("traceparent", &self.parent);
///         set("tracestate", &self.state);
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no map of headers",
    label = "expected an `http::HeaderMap`, or a map or list of names and values"
)]
pub trait HeaderArgs {
    /// Calls `set` with each name and value; a value that is `None` is left out.
    fn each(&self, set: &mut dyn FnMut(&str, &dyn HeaderArg));
}

impl HeaderArgs for HeaderMap {
    fn each(&self, set: &mut dyn FnMut(&str, &dyn HeaderArg)) {
        for name in self.keys() {
            let values: Vec<String> = self
                .get_all(name)
                .iter()
                .map(|v| String::from_utf8_lossy(v.as_bytes()).into_owned())
                .collect();
            set(name.as_str(), &values);
        }
    }
}

impl<K: AsRef<str>, V: HeaderArg> HeaderArgs for std::collections::BTreeMap<K, V> {
    fn each(&self, set: &mut dyn FnMut(&str, &dyn HeaderArg)) {
        self.iter().for_each(|(name, value)| set(name.as_ref(), value));
    }
}

// The standard map is banned for our own use; a caller may well hold one.
#[allow(clippy::disallowed_types)]
impl<K: AsRef<str>, V: HeaderArg, S> HeaderArgs for std::collections::HashMap<K, V, S> {
    fn each(&self, set: &mut dyn FnMut(&str, &dyn HeaderArg)) {
        self.iter().for_each(|(name, value)| set(name.as_ref(), value));
    }
}

impl<K: AsRef<str>, V: HeaderArg> HeaderArgs for [(K, V)] {
    fn each(&self, set: &mut dyn FnMut(&str, &dyn HeaderArg)) {
        self.iter().for_each(|(name, value)| set(name.as_ref(), value));
    }
}

impl<K: AsRef<str>, V: HeaderArg> HeaderArgs for Vec<(K, V)> {
    fn each(&self, set: &mut dyn FnMut(&str, &dyn HeaderArg)) {
        self.as_slice().each(set);
    }
}

/// Sets the header `name` to the lines of `value`.
pub(crate) fn set<T: HeaderArg + ?Sized>(
    headers: &mut HeaderMap,
    name: &str,
    value: &T,
) -> Result<(), InvalidArgument> {
    let unfit = |reason| InvalidArgument { argument: name.to_owned(), reason };
    let parsed = HeaderName::try_from(name).map_err(|_| unfit(Reason::HeaderName))?;
    if is_framing(&parsed) {
        return Err(unfit(Reason::OwnedHeader));
    }
    let mut lines = HeaderLines { headers, name: parsed, first: true, unfit: None };
    value.write_lines(&mut lines);
    lines.unfit.map_or(Ok(()), |reason| Err(unfit(reason)))
}

/// Returns whether a header frames the message or belongs to the connection (RFC 9112, 6; RFC 9110, 7.2 and 7.6.1). A value of
/// ours beside hyper's is how requests are smuggled, so it is refused wherever it is given.
pub(crate) fn is_framing(name: &HeaderName) -> bool {
    const NAMES: [HeaderName; 7] = [
        header::HOST,
        header::CONTENT_LENGTH,
        header::TRANSFER_ENCODING,
        header::CONNECTION,
        header::TE,
        header::TRAILER,
        header::UPGRADE,
    ];
    NAMES.contains(name) || matches!(name.as_str(), "keep-alive" | "proxy-connection" | "http2-settings")
}

/// Returns whether a header holds a credential by its nature, whatever its source.
pub(crate) fn is_credential(name: &HeaderName) -> bool {
    [header::AUTHORIZATION, header::PROXY_AUTHORIZATION, header::COOKIE].contains(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_several_lines_and_none_is_no_line() {
        let mut headers = HeaderMap::new();
        set(&mut headers, "x", &[Some("bar"), None, Some("baz")]).unwrap();
        assert_eq!(headers.get_all("x").iter().collect::<Vec<_>>(), ["bar", "baz"]);
        set(&mut headers, "x", &"inner").unwrap();
        set(&mut headers, "x", &None::<u8>).unwrap();
        assert_eq!(headers.get_all("x").iter().collect::<Vec<_>>(), ["inner"]);
    }

    #[test]
    fn a_secret_is_sensitive() {
        let mut headers = HeaderMap::new();
        set(&mut headers, "x-key", &Secret::from("s")).unwrap();
        assert!(headers["x-key"].is_sensitive());
    }

    #[test]
    fn line_breaks_bad_names_and_framing_are_refused() {
        let mut headers = HeaderMap::new();
        let mut refused = |name, value: &str| set(&mut headers, name, value).unwrap_err().reason;
        assert_eq!(refused("x", "a\r\nb: c"), Reason::HeaderValue);
        assert_eq!(refused("x y", "a"), Reason::HeaderName);
        assert_eq!(refused("Host", "a"), Reason::OwnedHeader);
        assert!(headers.is_empty());
    }
}
