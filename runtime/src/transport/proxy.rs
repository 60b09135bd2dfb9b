//! The proxy that requests go through.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use http::{HeaderValue, Uri};
use percent_encoding::percent_decode_str;
use url::{Position, Url};
use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind};
use crate::secret::Secret;

/// An HTTP proxy, checked.
#[derive(Clone)]
pub(super) struct Proxy {
    /// Scheme, host and port; without the password.
    pub(super) uri: Uri,
    /// The value of `Proxy-Authorization` (RFC 9110, 11.7.2).
    pub(super) authorization: Option<HeaderValue>,
}

impl Proxy {
    /// Parses the URL of a proxy: `http://user:password@host:port`. Without a scheme it is `http`, as in other programs. No
    /// part of the URL is in the errors but its scheme.
    pub(super) fn parse(text: &Secret) -> Result<Self, Error> {
        let text = match text.expose().contains("://") {
            true => Zeroizing::new(text.expose().to_owned()),
            false => Zeroizing::new(format!("http://{}", text.expose())),
        };
        let url = Url::parse(&text).map_err(|_| refused("the proxy URL is invalid"))?;
        let scheme = url.scheme();
        if !matches!(scheme, "http" | "https") {
            return Err(refused(&format!(
                "the proxy URL's scheme is `{scheme}`, but only `http` and `https` work (`configure_reqwest` can add SOCKS)"
            )));
        }
        if url[Position::BeforePath..].len() > 1 {
            return Err(refused("the proxy URL has a path, query or fragment, which a proxy has no use for"));
        }
        let uri = format!("{scheme}://{}", &url[Position::BeforeHost..Position::AfterPort]);
        let uri = uri.parse().map_err(|_| refused("the proxy URL is invalid"))?;
        Ok(Self { uri, authorization: authorization(&url)? })
    }
}

/// Returns the credentials of a proxy's URL as the value of a header (RFC 7617).
fn authorization(url: &Url) -> Result<Option<HeaderValue>, Error> {
    if url.username().is_empty() && url.password().is_none() {
        return Ok(None);
    }
    let user = Zeroizing::new(percent_decode_str(url.username()).collect::<Vec<_>>());
    let password = Zeroizing::new(percent_decode_str(url.password().unwrap_or_default()).collect::<Vec<_>>());
    if user.contains(&b':') {
        return Err(refused("the proxy URL's user name holds a `:`, which separates it from the password"));
    }
    let pair = Zeroizing::new([user.as_slice(), b":", password.as_slice()].concat());
    let value = Zeroizing::new(format!("Basic {}", BASE64_STANDARD.encode(&*pair)));
    let mut value = HeaderValue::from_str(&value).map_err(|_| refused("the proxy URL is invalid"))?;
    value.set_sensitive(true);
    Ok(Some(value))
}

fn refused(why: &str) -> Error {
    Error::new(ErrorKind::Configuration, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<(String, Option<String>), String> {
        let proxy = Proxy::parse(&Secret::from(text)).map_err(|error| error.to_string())?;
        let authorization = proxy.authorization.map(|value| value.to_str().unwrap().to_owned());
        Ok((proxy.uri.to_string(), authorization))
    }

    #[test]
    fn a_proxy_is_scheme_host_and_port_and_its_password_is_a_header() {
        let basic = |pair: &str| Some(format!("Basic {}", BASE64_STANDARD.encode(pair)));
        for (text, uri, authorization) in [
            ("http://proxy.example:3128", "http://proxy.example:3128/", None),
            ("proxy.example:3128", "http://proxy.example:3128/", None),
            ("https://proxy.example/", "https://proxy.example/", None),
            ("http://[::1]:3128", "http://[::1]:3128/", None),
            ("http://user:p%40ss@proxy.example", "http://proxy.example/", basic("user:p@ss")),
            ("user@proxy.example:80", "http://proxy.example/", basic("user:")),
            ("http://user:%C3%BC@proxy.example", "http://proxy.example/", basic("user:ü")),
        ] {
            assert_eq!(parse(text), Ok((uri.to_owned(), authorization)), "{text}");
        }
    }

    /// Row 57.
    #[test]
    fn a_proxy_that_cannot_work_is_refused_without_its_password() {
        for (text, why) in [
            ("socks5://user:CANARY@proxy.example:1080", "`socks5`"),
            ("ftp://proxy.example", "`ftp`"),
            ("file:///CANARY", "`file`"),
            ("http://user:CANARY@[", "invalid"),
            ("", "invalid"),
            ("http://user:CANARY@", "invalid"),
            ("http://proxy.example/CANARY", "a path"),
            ("http://proxy.example?CANARY", "query"),
            ("http://a%3Ab:CANARY@proxy.example", "holds a `:`"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(why) && !error.contains("CANARY"), "{text}: {error}");
        }
    }
}
