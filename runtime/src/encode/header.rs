//! Header arguments.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::invalid_argument::{InvalidArgument, Reason};
use super::scalar::{Scalar, text_of};
use super::values::{self, List, QueryValue, ValueTarget};
use crate::media;
use crate::secret::Secret;

/// A value of a header: whatever one name of a query may hold (a list becomes several lines), a [`Secret`], or an
/// `http::HeaderValue`, whose bytes and sensitive mark are kept.
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
    message = "`{Self}` cannot be a header value",
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
    /// The first line replaces what an outer declaration said.
    is_first: bool,
    in_list: bool,
    refused: Option<Reason>,
}

// Shows nothing of a request: a `Debug` ends up in logs.
impl std::fmt::Debug for HeaderLines<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HeaderLines").field("name", &self.name).finish_non_exhaustive()
    }
}

impl HeaderLines<'_> {
    fn text(&mut self, text: String, sensitive: bool) {
        match HeaderValue::try_from(text) {
            Ok(mut value) => {
                value.set_sensitive(sensitive || is_credential(&self.name));
                self.line(value);
            }
            Err(_) => self.refuse(Reason::HeaderValue),
        }
    }

    fn line(&mut self, value: HeaderValue) {
        let is_media = self.name == header::CONTENT_TYPE;
        if is_media && !value.to_str().is_ok_and(media::is_valid) {
            return self.refuse(Reason::MediaType);
        }
        if std::mem::take(&mut self.is_first) {
            self.headers.insert(self.name.clone(), value);
        } else {
            self.headers.append(self.name.clone(), value);
        }
    }
}

impl ValueTarget for HeaderLines<'_> {
    fn value(&mut self, value: &dyn Scalar) -> Result<(), Reason> {
        self.text(text_of(value)?, false);
        Ok(())
    }

    fn begin_list(&mut self) -> Result<List, Reason> {
        if std::mem::replace(&mut self.in_list, true) { Err(Reason::NestedList) } else { Ok(List::default()) }
    }

    fn end_list(&mut self, _: List) {
        self.in_list = false;
    }

    fn refuse(&mut self, reason: Reason) {
        self.refused.get_or_insert(reason);
    }
}

#[diagnostic::do_not_recommend]
impl<T: QueryValue + ?Sized> HeaderArg for T {
    fn write_lines(&self, lines: &mut HeaderLines<'_>) {
        values::write(lines, self);
    }
}

impl HeaderArg for Secret {
    fn write_lines(&self, lines: &mut HeaderLines<'_>) {
        lines.text(self.expose().to_owned(), true);
    }
}

impl HeaderArg for HeaderValue {
    fn write_lines(&self, lines: &mut HeaderLines<'_>) {
        lines.line(self.clone());
    }
}

// A blanket over references, options or lists would overlap with the one over query values.
macro_rules! around {
    ($($value:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl HeaderArg for &$value {
            fn write_lines(&self, lines: &mut HeaderLines<'_>) {
                (**self).write_lines(lines);
            }
        }
        around!(each $value: Option<$value>, Option<&$value>, [$value], &[$value], Vec<$value>);
    )*};
    (each $value:ty: $($several:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl HeaderArg for $several {
            fn write_lines(&self, lines: &mut HeaderLines<'_>) {
                self.iter().for_each(|value| value.write_lines(lines));
            }
        }
    )*};
}
around!(Secret, HeaderValue);

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
    message = "`{Self}` cannot be a set of headers",
    label = "expected an `http::HeaderMap`, or a map or list of names and values"
)]
pub trait HeaderArgs {
    /// Calls `set` with each name and value; a value that is `None` is left out.
    fn each(&self, set: &mut dyn FnMut(&str, &dyn HeaderArg));
}

impl HeaderArgs for HeaderMap {
    fn each(&self, set: &mut dyn FnMut(&str, &dyn HeaderArg)) {
        for name in self.keys() {
            let values: Vec<HeaderValue> = self.get_all(name).iter().cloned().collect();
            set(name.as_str(), &values);
        }
    }
}

impl<T: HeaderArgs + ?Sized> HeaderArgs for &T {
    fn each(&self, set: &mut dyn FnMut(&str, &dyn HeaderArg)) {
        (**self).each(set);
    }
}

impl<T: HeaderArgs> HeaderArgs for Option<T> {
    fn each(&self, set: &mut dyn FnMut(&str, &dyn HeaderArg)) {
        self.iter().for_each(|values| values.each(set));
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
    let invalid = |reason| InvalidArgument::new(name, reason);
    let parsed = HeaderName::try_from(name).map_err(|_| invalid(Reason::HeaderName))?;
    if is_framing(&parsed) {
        return Err(invalid(Reason::OwnedHeader));
    }
    write(headers, parsed, value).map_err(invalid)
}

fn write<T: HeaderArg + ?Sized>(headers: &mut HeaderMap, name: HeaderName, value: &T) -> Result<(), Reason> {
    let mut lines = HeaderLines { headers, name, is_first: true, in_list: false, refused: None };
    value.write_lines(&mut lines);
    lines.refused.map_or(Ok(()), Err)
}

/// Adds the cookie `name`, one for each value, to the one line that all cookies of a request share (RFC 6265, 5.4). The
/// line is sensitive: a cookie is a credential more often than not.
pub(crate) fn add_cookie<T: HeaderArg + ?Sized>(
    headers: &mut HeaderMap,
    name: &str,
    value: &T,
) -> Result<(), InvalidArgument> {
    let invalid = |reason| InvalidArgument::new(name, reason);
    let mut values = HeaderMap::new();
    write(&mut values, header::COOKIE, value).map_err(invalid)?;
    if values.is_empty() {
        return Ok(());
    }
    let mut line = Vec::new();
    let mut join = |text: &[u8]| {
        if !line.is_empty() {
            line.extend_from_slice(b"; ");
        }
        line.extend_from_slice(text);
    };
    headers.get_all(header::COOKIE).iter().for_each(|known| join(known.as_bytes()));
    for value in values.get_all(header::COOKIE) {
        if !value.as_bytes().iter().copied().all(is_cookie_octet) {
            let reason = "contains a character that a cookie cannot hold (a space, `\"`, `,`, `;`, `\\`, a control character or one beyond ASCII)";
            return Err(invalid(Reason::Message(reason)));
        }
        join(&[name.as_bytes(), b"=", value.as_bytes()].concat());
    }
    let mut line = HeaderValue::from_bytes(&line).map_err(|_| invalid(Reason::HeaderValue))?;
    line.set_sensitive(true);
    headers.insert(header::COOKIE, line);
    Ok(())
}

/// Whether a cookie's value may hold a byte (RFC 6265, 4.1.1).
fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\",;\\".contains(&byte)
}

/// The headers that frame a message or belong to the connection (RFC 9112, 6 and RFC 9110, 7.2, 7.6.1): a value of ours
/// beside the transport's is how requests are smuggled.
pub(crate) fn is_framing(name: &HeaderName) -> bool {
    const OWNED: [HeaderName; 7] = [
        header::HOST,
        header::CONTENT_LENGTH,
        header::TRANSFER_ENCODING,
        header::CONNECTION,
        header::UPGRADE,
        header::TE,
        header::TRAILER,
    ];
    OWNED.contains(name) || ["keep-alive", "proxy-connection", "http2-settings"].contains(&name.as_str())
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
        set(&mut headers, "x-key", &[Secret::from("s"), Secret::from("t")][..]).unwrap();
        assert_eq!(headers.get_all("x-key").iter().filter(|line| line.is_sensitive()).count(), 2);
    }

    #[test]
    fn header_values_keep_their_bytes_and_marks() {
        let mut secret = HeaderValue::from_bytes(b"\xff\xfe").unwrap();
        secret.set_sensitive(true);
        let mut more = HeaderMap::new();
        more.append("x", secret.clone());
        more.append("x", HeaderValue::from_static("plain"));
        let mut headers = HeaderMap::new();
        Some(&more).each(&mut |name, value| set(&mut headers, name, value).unwrap());
        let lines: Vec<_> =
            headers.get_all("x").iter().map(|line| (line.as_bytes(), line.is_sensitive())).collect();
        assert_eq!(lines, [(&b"\xff\xfe"[..], true), (b"plain", false)]);
        set(&mut headers, "y", &Some(&secret)).unwrap();
        assert_eq!((headers["y"].as_bytes(), headers["y"].is_sensitive()), (&b"\xff\xfe"[..], true));
        set(&mut headers, "y", &None::<HeaderValue>).unwrap();
        set(&mut headers, "z", &vec![secret.clone(), secret]).unwrap();
        assert_eq!((headers.get_all("y").iter().count(), headers.get_all("z").iter().count()), (1, 2));
    }

    #[test]
    fn line_breaks_bad_names_framing_and_bad_media_types_are_refused() {
        let mut headers = HeaderMap::new();
        let mut refused = |name, value: &str| set(&mut headers, name, value).unwrap_err().reason;
        assert_eq!(refused("x", "a\r\nb: c"), Reason::HeaderValue);
        assert_eq!(refused("x y", "a"), Reason::HeaderName);
        for name in ["Host", "content-length", "Transfer-Encoding", "connection", "Keep-Alive", "upgrade"] {
            assert_eq!(refused(name, "a"), Reason::OwnedHeader);
        }
        assert_eq!(refused("Content-Type", "nonsense"), Reason::MediaType);
        assert_eq!(
            set(&mut headers, "x", &vec![vec![1], vec![2, 3]]).unwrap_err().reason,
            Reason::NestedList
        );
        assert!(headers.is_empty());
    }

    #[test]
    fn cookies_share_one_sensitive_line() {
        let mut headers = HeaderMap::new();
        add_cookie(&mut headers, "none", &None::<&str>).unwrap();
        assert!(headers.is_empty());
        headers.insert("cookie", HeaderValue::from_static("a=b"));
        add_cookie(&mut headers, "session", &Secret::from("s1")).unwrap();
        add_cookie(&mut headers, "n", &[1, 2]).unwrap();
        assert_eq!(headers.get_all("cookie").iter().collect::<Vec<_>>(), ["a=b; session=s1; n=1; n=2"]);
        assert!(headers["cookie"].is_sensitive());
        for value in ["a b", "a;b", "a,b", "\"a\"", "a\\", "ß", "a\n"] {
            assert_eq!(
                add_cookie(&mut headers, "session", value).unwrap_err().argument,
                "session",
                "{value}"
            );
        }
        assert_eq!(headers["cookie"], "a=b; session=s1; n=1; n=2");
    }
}
