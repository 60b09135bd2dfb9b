//! The whole URL as an argument: `#[url]`.

use http::Uri;

/// What `#[url]` takes: an `http::Uri` or a `url::Url`.
///
/// The credential goes along only if the URL has the client's own origin. A text that is not a URL fails the call before
/// anything is sent.
///
/// ```
/// use declarest::TargetUrl;
///
/// /// A URL with a signature in it, so without a `Debug` that would show it.
/// struct Signed(String);
///
/// impl TargetUrl for Signed {
///     fn text(&self) -> String {
///         self.0.clone()
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a URL",
    label = "expected `http::Uri` or `url::Url`: a text is parsed by the caller, who can say what is wrong with it"
)]
pub trait TargetUrl {
    /// The text of the URL.
    fn text(&self) -> String;
}

impl TargetUrl for Uri {
    fn text(&self) -> String {
        self.to_string()
    }
}

impl TargetUrl for url::Url {
    fn text(&self) -> String {
        // A fragment is never sent (RFC 9110, 7.1).
        let text = self.as_str();
        text.split('#').next().unwrap_or(text).to_owned()
    }
}
