//! Where a request goes, in the words of OpenTelemetry's conventions.

use http::{StatusCode, Uri};

/// The server of a request.
#[derive(Clone, Default)]
pub(super) struct Server {
    /// The host, an IPv6 address without its brackets.
    pub(super) address: String,
    pub(super) port: Option<u16>,
}

impl Server {
    /// Reads the server from a URL; the port may be that of the scheme.
    pub(super) fn of(url: &str) -> Self {
        let Ok(uri) = url.parse::<Uri>() else { return Self::default() };
        let host = uri.host().unwrap_or_default();
        let of_scheme = match uri.scheme_str() {
            Some("https") => Some(443),
            Some("http") => Some(80),
            _ => None,
        };
        Self {
            address: host.trim_start_matches('[').trim_end_matches(']').to_owned(),
            port: uri.port_u16().or(of_scheme),
        }
    }
}

/// Returns the method if the conventions list it, and otherwise `_OTHER`, which keeps the number of values small.
pub(super) fn known_method(method: &str) -> &str {
    match method {
        "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "TRACE" | "CONNECT" => method,
        _ => "_OTHER",
    }
}

/// The parameters whose value is a credential: those of signed URLs.
const SIGNATURES: [&str; 8] = [
    "AWSAccessKeyId",
    "Signature",
    "X-Amz-Credential",
    "X-Amz-Security-Token",
    "X-Amz-Signature",
    "X-Goog-Credential",
    "X-Goog-Signature",
    "sig",
];

/// Returns a URL with the values of signatures replaced by `REDACTED`, as the conventions ask.
pub(super) fn without_signatures(url: &str) -> String {
    let Some((before, query)) = url.split_once('?') else { return url.to_owned() };
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if SIGNATURES.iter().any(|known| known.eq_ignore_ascii_case(name)) => {
            format!("{name}=REDACTED")
        }
        _ => pair.to_owned(),
    });
    format!("{before}?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// Returns the URL of a redirect without the values of its query: a server made them, and a token may be among them.
pub(super) fn without_query(url: &str) -> String {
    match url.split_once('?') {
        Some((before, _)) => format!("{before}?REDACTED"),
        None => url.to_owned(),
    }
}

/// Returns whether the conventions name a status itself as the type of an error.
pub(super) fn is_error(status: StatusCode) -> bool {
    status.is_client_error() || status.is_server_error()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_a_host_and_a_port() {
        for (url, address, port) in [
            ("https://api.example.com/v1/keys?a=1", "api.example.com", Some(443)),
            ("http://localhost/x", "localhost", Some(80)),
            ("http://[::1]:8080/x", "::1", Some(8080)),
            ("nothing", "nothing", None),
            ("", "", None),
        ] {
            let server = Server::of(url);
            assert_eq!((server.address.as_str(), server.port), (address, port), "{url}");
        }
    }

    #[test]
    fn signatures_are_redacted() {
        let url = "https://a.test/b?sig=s&x=1&x-amz-signature=s&flag";
        assert_eq!(
            without_signatures(url),
            "https://a.test/b?sig=REDACTED&x=1&x-amz-signature=REDACTED&flag"
        );
        assert_eq!(without_signatures("https://a.test/b"), "https://a.test/b");
        assert_eq!(without_query("https://a.test/b?token=t"), "https://a.test/b?REDACTED");
    }

    #[test]
    fn an_unusual_method_is_another() {
        assert_eq!((known_method("PATCH"), known_method("PURGE")), ("PATCH", "_OTHER"));
    }
}
