//! The base URL of a client: which are allowed, and which URLs have its origin.

use std::net::Ipv6Addr;

use http::Uri;
use url::{Host, Url};

use crate::error::{Error, ErrorKind};

/// Scheme, authority and a path without a trailing slash.
#[derive(Debug, Clone)]
pub(crate) struct BaseUrl {
    text: String,
    /// Scheme and authority.
    origin: String,
    /// The origin, parsed; requests are compared with it before they get a credential.
    origin_uri: Uri,
}

impl BaseUrl {
    /// Parses and checks a base URL. The error does not repeat the text, which may hold a password.
    pub(crate) fn parse(text: &str, allow_http: bool) -> Result<Self, Error> {
        let refuse = |why: &str| Err(Error::new(ErrorKind::Configuration, format!("the base URL {why}")));
        if !text.is_ascii() {
            return refuse(&beyond_ascii(text));
        }
        let Ok(uri) = text.parse::<Uri>() else { return refuse("is not a valid URL") };
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return refuse(
                "is not absolute: it needs a scheme and a host, such as `https://api.example.com/v1`",
            );
        };
        if text.contains('#') {
            return refuse("has a fragment, which is never sent");
        }
        if authority.as_str().contains('@') {
            return refuse(
                "contains a user name or password; pass the credential to the builder, which keeps it out of logs",
            );
        }
        if uri.query().is_some() {
            return refuse("has a query; declare the pairs in the template of the endpoint");
        }
        if let Err(why) = judge_scheme(scheme, authority.host(), allow_http) {
            return refuse(why);
        }
        if !reads_alike(text, &uri) {
            return refuse("has an invalid host or port");
        }
        if uri.path().split('/').any(crate::encode::is_dot_segment) {
            return refuse("has a `.` or `..` segment");
        }
        let mut text = format!("{scheme}://{authority}");
        let origin = text.clone();
        text.push_str(uri.path().trim_end_matches('/'));
        let Ok(origin_uri) = origin.parse() else { return refuse("is not a valid URL") };
        Ok(Self { text, origin, origin_uri })
    }

    /// Checks the URL of one call, which may have a query and go to another origin.
    pub(crate) fn check_target(url: &str, allow_http: bool) -> Result<(), Error> {
        let refuse = |why: &str| Err(Error::new(ErrorKind::Argument, format!("the URL {why}")));
        if !url.is_ascii() {
            return refuse(&beyond_ascii(url));
        }
        let Ok(uri) = url.parse::<Uri>() else { return refuse("is not a valid URL") };
        match (uri.scheme_str(), uri.authority()) {
            (Some(scheme), Some(authority)) if !authority.as_str().contains('@') => {
                judge_scheme(scheme, authority.host(), allow_http).or_else(refuse)?;
                if reads_alike(url, &uri) { Ok(()) } else { refuse("has an invalid host or port") }
            }
            (Some(_), Some(_)) => refuse("contains a user name or password"),
            _ => refuse("is not absolute"),
        }
    }

    /// Makes a base URL for calls that are never sent.
    pub(crate) fn none() -> Self {
        Self { text: String::new(), origin: String::new(), origin_uri: Uri::default() }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns scheme and authority.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns scheme and authority, parsed.
    pub(crate) fn origin_uri(&self) -> &Uri {
        &self.origin_uri
    }

    /// Returns whether `url` has the same origin (RFC 6454, 5).
    pub(crate) fn owns(&self, url: &str) -> bool {
        // Fast path: nearly every URL starts with the origin.
        match url.strip_prefix(self.origin()) {
            Some(rest) if rest.is_empty() || rest.starts_with(['/', '?']) => true,
            _ => match (self.text.parse::<Uri>(), url.parse::<Uri>()) {
                (Ok(own), Ok(other)) => same_origin(&own, &other),
                _ => false,
            },
        }
    }
}

fn judge_scheme(scheme: &str, host: &str, allow_http: bool) -> Result<(), &'static str> {
    match scheme {
        "https" => Ok(()),
        "http" if allow_http || is_loopback(host) => Ok(()),
        "http" => Err(
            "is plain http to a host that is not loopback, which would show the credential to the network; \
                       use https, or `allow_http` where the network is trusted",
        ),
        _ => Err("is neither http nor https"),
    }
}

/// Returns whether the WHATWG URL Standard, which transports follow, finds the same host and port as RFC 3986. Otherwise a request
/// could go to another host than the one that the credential is meant for.
fn reads_alike(text: &str, uri: &Uri) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let host = uri.host().unwrap_or_default();
    let same_host = match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case(host),
        Some(Host::Ipv4(ip)) => host.parse() == Ok(ip),
        Some(Host::Ipv6(ip)) => host.trim_matches(['[', ']']).parse() == Ok(ip),
        None => false,
    };
    same_host && url.port_or_known_default() == port(uri)
}

/// Returns the port, or the default of the scheme; `None` if it is not a number, which `Uri` accepts.
fn port(uri: &Uri) -> Option<u16> {
    let authority = uri.authority()?;
    let behind_user = authority.as_str().rsplit('@').next()?;
    match (behind_user.strip_prefix(authority.host())?, uri.scheme_str()?) {
        ("" | ":", "https") => Some(443),
        ("" | ":", "http") => Some(80),
        (port, _) => port.strip_prefix(':')?.parse().ok(),
    }
}

/// Returns whether two URLs have the same scheme, host and port.
pub(crate) fn same_origin(a: &Uri, b: &Uri) -> bool {
    let same_host =
        a.host().is_some_and(|host| b.host().is_some_and(|other| host.eq_ignore_ascii_case(other)));
    let same_port = port(a).is_some_and(|port_of_a| port(b) == Some(port_of_a));
    a.scheme_str().is_some() && a.scheme_str() == b.scheme_str() && same_host && same_port
}

/// Says how a URL with other characters than ASCII is written (RFC 3986, 2.5; RFC 5891, 4). Only the host is repeated.
fn beyond_ascii(text: &str) -> String {
    let url = Url::parse(text).ok();
    match url.as_ref().and_then(Url::host_str).filter(|host| !text.contains(host)) {
        Some(host) => format!("has characters beyond ASCII: write the host as `{host}`"),
        None => "has characters beyond ASCII: percent-encode them".to_owned(),
    }
}

/// The origin of a base URL as crate `url` has it, parsed once. The URLs of nearly all requests are made of it.
#[cfg(feature = "reqwest")]
#[derive(Clone)]
pub(crate) struct ParsedBase(Url);

#[cfg(feature = "reqwest")]
impl ParsedBase {
    pub(crate) fn new(base: &BaseUrl) -> Result<Self, url::ParseError> {
        /// Bytes of a path and query for which copies have room. Those of a longer one take another allocation.
        const ROOM: usize = 192;
        let mut base = Url::parse(base.as_str())?;
        base.set_path(&"-".repeat(ROOM));
        Ok(Self(base))
    }

    /// Returns a URL that is this origin with another path and query, at a third of what parsing all of it costs. `None` if it
    /// has another origin, or would not be sent as it is written.
    pub(crate) fn with_path_of(&self, text: &str) -> Option<Url> {
        let rest = text.strip_prefix(&self.0[..url::Position::BeforePath])?;
        let (path, query) = match rest.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (rest, None),
        };
        let mut url = self.0.clone();
        url.set_path(path);
        url.set_query(query);
        Some(url).filter(|url| url.as_str() == text)
    }
}

/// Returns whether a URL's path and query are sent as they were written. Parsing removes `..` and encodes other characters.
pub(crate) fn is_sent_as_written(written: &str, parsed: &Url) -> bool {
    let rest = written.split_once("://").map_or("", |(_, rest)| rest);
    let written = rest.find(['/', '?', '#']).and_then(|at| rest.get(at..)).unwrap_or("");
    let parsed = &parsed[url::Position::BeforePath..];
    // Parsing adds a `/` to an empty path.
    written == parsed || parsed.strip_prefix('/') == Some(written)
}

/// Returns whether a host is `localhost`, in `127.0.0.0/8`, or `[::1]`.
fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<std::net::Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
        || host.trim_matches(['[', ']']).parse::<Ipv6Addr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trailing_slash_means_nothing() {
        for text in ["https://a.example/v1", "https://a.example/v1/"] {
            let base = BaseUrl::parse(text, false).unwrap();
            assert_eq!((base.as_str(), base.origin()), ("https://a.example/v1", "https://a.example"));
        }
        assert_eq!(BaseUrl::parse("https://a.example", false).unwrap().as_str(), "https://a.example");
    }

    #[test]
    fn an_invalid_base_is_refused_and_not_repeated() {
        for (text, why) in [
            ("", "not a valid URL"),
            ("api.example.com", "not absolute"),
            ("/v1", "not absolute"),
            ("https://user:hunter2@a.example", "user name"),
            ("https://a.example?x=1", "query"),
            ("https://a.example/v1#frag", "fragment"),
            ("http://a.example", "plain http"),
            ("http://127.0.0.1.evil.example", "plain http"),
            ("ftp://a.example", "neither http nor https"),
            ("https://a.example/v1/../v2", "segment"),
            ("https://a.example:port/v1", "host or port"),
            ("https://127.1/v1", "host or port"),
            ("https://a_b..example:99999/v1", "host or port"),
            ("https://münchen.example", "write the host as `xn--mnchen-3ya.example`"),
            ("https://a.example/straße", "percent-encode them"),
            ("https://user:hunter2@münchen.example", "xn--"),
        ] {
            let error = BaseUrl::parse(text, false).unwrap_err().to_string();
            assert!(error.contains(why), "{text}: {error}");
            assert!(!error.contains("hunter2"));
        }
    }

    #[test]
    fn plain_http_goes_to_loopback_or_where_it_is_allowed() {
        for text in ["http://localhost:8080", "http://127.9.9.9", "http://[::1]:80/v1"] {
            assert!(BaseUrl::parse(text, false).is_ok(), "{text}");
        }
        assert!(BaseUrl::parse("http://a.example", true).is_ok());
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        let base = BaseUrl::parse("https://a.example/v1", false).unwrap();
        for url in ["https://a.example/x", "https://a.example?x", "https://A.example:443/x"] {
            assert!(base.owns(url), "{url}");
        }
        for url in [
            "https://a.example.evil/x",
            "http://a.example/x",
            "https://a.example:444/",
            "https://a.example@b/",
            "https://a.example:*//x",
            "https://a.example:99999/",
            "",
        ] {
            assert!(!base.owns(url), "{url}");
        }
    }
}
