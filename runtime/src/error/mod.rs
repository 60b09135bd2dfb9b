//! What a failed call tells: what was called, what came back, whether it was sent, how often it was tried.

mod api;
mod boxed;
mod display;
mod kind;
mod report;
mod server_text;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

pub use self::api::{ApiError, ErrorBody};
pub use self::boxed::BoxError;
pub(crate) use self::boxed::find;
pub use self::kind::{Effect, ErrorKind};
pub use self::report::Report;
use crate::call_site::CallSite;
use crate::endpoint::Endpoint;
use crate::secret::Secret;

/// Why a call failed.
///
/// It tells what was called ([`endpoint`](Error::endpoint), [`template`](Error::template), never the filled-in URL), where
/// ([`address`](Error::address)), what came back ([`status`](Error::status), [`request_id`](Error::request_id),
/// [`body_as`](Error::body_as)), whether the request was sent ([`effect`](Error::effect)), how often it was tried and how long
/// it took ([`attempts`](Error::attempts), [`elapsed`](Error::elapsed)), and whether and when it can be repeated
/// ([`is_repeatable`](Error::is_repeatable), [`retry_after`](Error::retry_after)).
///
/// Neither `Display` nor `Debug` nor the source chain holds a value of a path, a query, a header or a body. The body
/// is there for who asks for it.
///
/// ```
/// # use declarest::{Error, ErrorKind};
/// let error = Error::response(404).with_body(r#"{"code": "no_such_key"}"#);
/// assert!(error.is_not_found());
/// assert_eq!(error.kind(), ErrorKind::Status);
///
/// #[derive(serde::Deserialize)]
/// struct Problem { code: String }
/// assert_eq!(error.body_as::<Problem>().unwrap().code, "no_such_key");
/// assert!(!error.to_string().contains("no_such_key"));
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    effect: Effect,
    /// An attempt before the last one may have taken effect.
    after_effect: bool,
    site: Option<CallSite>,
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Bytes,
    attempts: u32,
    elapsed: Option<Duration>,
    retry_after: Option<Duration>,
    /// Another call like this one cannot do twice what should be done once.
    repeatable: bool,
    /// What `classify` says of a repetition.
    classified: Option<bool>,
    /// One line in our words: what was wrong, without a value.
    detail: String,
    source: Option<BoxError>,
    /// The secrets of the request, beside the client's credentials: no text of the server may show them.
    secrets: Vec<Secret>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, detail: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            effect: Effect::NotSent,
            after_effect: false,
            site: None,
            status: None,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            attempts: 0,
            elapsed: None,
            retry_after: None,
            repeatable: false,
            classified: None,
            detail: detail.into(),
            source: None,
            secrets: Vec::new(),
        }))
    }

    /// An answer with this status, for fakes. Add what the code under test looks at with the `with_*` methods.
    ///
    /// A number that is no HTTP status (100 to 999) stands for 500.
    #[must_use]
    pub fn response(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut error = Self::new(ErrorKind::Status, "").with_effect(Effect::Responded).with_attempts(1);
        error.0.status = Some(status);
        error
    }

    /// A call that was not sent, for fakes: a refused connection, say.
    #[must_use]
    pub fn not_sent(kind: ErrorKind) -> Self {
        Self::new(kind, "")
    }

    /// A call that may have taken effect, for fakes: a timeout, a lost connection.
    #[must_use]
    pub fn maybe_sent(kind: ErrorKind) -> Self {
        Self::new(kind, "").with_effect(Effect::MaybeSent).with_attempts(1)
    }

    /// The same error with this body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Bytes>) -> Self {
        self.0.body = body.into();
        self
    }

    /// The same error with one more header; a name or value that is none is left out.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (http::HeaderName::try_from(name), http::HeaderValue::try_from(value))
        {
            self.0.headers.append(name, value);
        }
        self
    }

    /// The same error with the wait that the server asked for.
    #[must_use]
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.0.retry_after = Some(wait);
        self
    }

    /// The same error after so many attempts.
    #[must_use]
    pub fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// The same error with what caused it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// The same error with more words of ours, which hold no value.
    pub(crate) fn with_detail(mut self, detail: &str) -> Self {
        if !self.0.detail.is_empty() {
            self.0.detail.push_str("; ");
        }
        self.0.detail.push_str(detail);
        self
    }

    pub(crate) fn with_repeatable(mut self, repeatable: bool) -> Self {
        self.0.repeatable = repeatable;
        self
    }

    pub(crate) fn with_after_effect(mut self, after_effect: bool) -> Self {
        self.0.after_effect = after_effect;
        self
    }

    pub(crate) fn with_classified(mut self, repeat: bool) -> Self {
        self.0.classified = Some(repeat);
        self
    }

    pub(crate) fn classified(&self) -> Option<bool> {
        self.0.classified
    }

    pub(crate) fn with_effect(mut self, effect: Effect) -> Self {
        self.0.effect = effect;
        self
    }

    pub(crate) fn with_response(mut self, status: StatusCode, headers: HeaderMap) -> Self {
        self.0.status = Some(status);
        self.0.headers = headers;
        self.with_effect(Effect::Responded)
    }

    /// The same failure once more, for a request that is made twice; without its source.
    pub(crate) fn copy(&self) -> Self {
        Self::new(self.0.kind, self.0.detail.clone()).with_effect(self.0.effect)
    }

    pub(crate) fn with_elapsed(mut self, elapsed: Duration) -> Self {
        self.0.elapsed = Some(elapsed);
        self
    }

    pub(crate) fn with_secrets(mut self, secrets: Vec<Secret>) -> Self {
        self.0.secrets = secrets;
        self
    }

    /// Fills in what was called, once: the innermost place that knows it wins.
    pub(crate) fn called(mut self, site: &CallSite) -> Self {
        if self.0.site.is_none() {
            self.0.site = Some(site.clone());
        }
        self
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// A stable name of [`kind`](Error::kind) for metrics and logs, such as `timeout`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.kind.code()
    }

    /// Whether the request reached the server.
    #[must_use]
    pub fn effect(&self) -> Effect {
        self.0.effect
    }

    /// Whether an attempt before the last one may have taken effect, so that the last answer may speak of what this
    /// call has done itself: the 404 of a DELETE that was repeated after a lost connection, say. Never of GET, HEAD,
    /// OPTIONS and TRACE, which are to have no effect (RFC 9110, 9.2.1).
    #[must_use]
    pub fn is_after_effect(&self) -> bool {
        self.0.after_effect
    }

    /// The endpoint that was called; `None` for an error from before a call (a builder's) or a fake's.
    #[must_use]
    pub fn endpoint(&self) -> Option<&'static Endpoint> {
        self.0.site.as_ref().map(|site| site.endpoint)
    }

    /// The path with its placeholders, such as `/organization/admin_api_keys/{key_id}`; never the filled-in one.
    #[must_use]
    pub fn template(&self) -> Option<String> {
        self.0.site.as_ref().map(CallSite::template)
    }

    /// The status of the answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The headers of the answer; empty if there was none.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// What the server calls this request: the header `x-request-id`, or `request-id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        let site = self.0.site.as_ref().unwrap_or(&CallSite::NONE);
        site.request_id(&self.0.headers)
    }

    /// How often the request was handed to the transport; 0 when it failed before.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the call took, waits included; `None` for an error from before a call or a fake's.
    #[must_use]
    pub fn elapsed(&self) -> Option<Duration> {
        self.0.elapsed
    }

    /// Where the call went: host and path of the base URL, such as `api.openai.com/v1`; `None` for an error from before a
    /// call or a fake's. Of a call to a URL of its own it is the host.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        self.0.site.as_ref()?.client.as_ref().map(|client| client.address.as_str())
    }

    /// Displays the error in several lines, for a terminal: what failed, what the call was, and what can be done.
    ///
    /// ```
    /// let error = declarest::Error::response(429).with_retry_after(std::time::Duration::from_secs(20));
    /// assert!(error.report().to_string().contains("try again in 20s"));
    /// ```
    #[must_use]
    pub fn report(&self) -> Report<'_> {
        Report::new(self, None)
    }

    /// How long the server asked to wait before the next try.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the same call can be made again without the risk of doing twice what should be done once: it was not
    /// sent, was turned away (429), the endpoint is idempotent, or the call carried an idempotency key of yours (send the
    /// same one again; a key that was made for the call is not known to the next). It does not say that it would help.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        self.0.effect == Effect::NotSent
            || self.0.status == Some(StatusCode::TOO_MANY_REQUESTS)
            || self.0.repeatable
            || self.0.classified == Some(true)
    }

    /// The body of the answer, up to the limit for errors (64 KiB); empty if there was none. It may hold secrets.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }

    /// The body of the answer, read as JSON; `None` if it is something else.
    #[must_use]
    pub fn body_as<B: DeserializeOwned>(&self) -> Option<B> {
        serde_json::from_slice(&self.0.body).ok()
    }

    /// Whether the answer was 404 Not Found.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.0.status == Some(StatusCode::NOT_FOUND)
    }

    /// Whether a deadline, an attempt's timeout or the stall guard ended the call.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Deadline | ErrorKind::Timeout | ErrorKind::Stalled)
    }

    /// Whether an argument, an option or the configuration was refused before anything was sent.
    #[must_use]
    pub fn is_argument(&self) -> bool {
        self.0.kind == ErrorKind::Argument
    }

    fn source_ref(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display::line(self, None, f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display::debug(self, None, f)
    }
}
