//! The error of a call: what was called, what came back, whether it was sent, how often it was tried.

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
#[cfg(feature = "testing")]
pub(crate) use self::server_text::forms as secret_forms;
use crate::call_site::CallSite;
use crate::endpoint::Endpoint;
use crate::head::Head;
use crate::secret::Secret;
use crate::witness::{Reading, Witness};

/// Why a call failed.
///
/// It tells what was called ([`endpoint`](Error::endpoint), [`template`](Error::template), never the filled-in URL), where
/// ([`address`](Error::address)), what came back ([`status`](Error::status), [`request_id`](Error::request_id),
/// [`body_as`](Error::body_as)), whether the request was sent ([`effect`](Error::effect)), how often it was tried and how long
/// it took ([`attempts`](Error::attempts), [`elapsed`](Error::elapsed)), and whether and when it can be repeated
/// ([`is_repeatable`](Error::is_repeatable), [`retry_after`](Error::retry_after)).
///
/// Neither `Display` nor `Debug` nor the source chain shows a value of a path, a query, a header or a body.
/// [`body`](Error::body) and [`headers`](Error::headers) return them.
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
    /// An attempt before the last may have taken effect.
    after_effect: bool,
    site: Option<CallSite>,
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Bytes,
    attempts: u32,
    elapsed: Option<Duration>,
    retry_after: Option<Duration>,
    /// Making the same call again is safe.
    repeatable: bool,
    /// Whether `classify` allows a repetition.
    classified: Option<bool>,
    /// One line that says what is wrong, without a value.
    detail: String,
    source: Option<BoxError>,
    /// The secrets of the request, beside the client's credentials: no text of the server may show them.
    secrets: Vec<Secret>,
    /// Learns of the secrets in the body, while the declared error reads it.
    witness: Witness,
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
            witness: Witness::default(),
        }))
    }

    /// Makes the error of a response with this status, for fakes. The `with_*` methods add what the code under test reads.
    ///
    /// A number outside of 100 to 999 is taken as 500.
    #[must_use]
    pub fn response(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut error = Self::new(ErrorKind::Status, "").with_effect(Effect::Responded).with_attempts(1);
        error.0.status = Some(status);
        error
    }

    /// Makes the error of a call that was not sent, for fakes; for example, a refused connection.
    #[must_use]
    pub fn not_sent(kind: ErrorKind) -> Self {
        Self::new(kind, "")
    }

    /// Makes the error of a call that may have taken effect, for fakes; for example, a timeout.
    #[must_use]
    pub fn maybe_sent(kind: ErrorKind) -> Self {
        Self::new(kind, "").with_effect(Effect::MaybeSent).with_attempts(1)
    }

    /// Sets the body of the response.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Bytes>) -> Self {
        self.0.body = body.into();
        self
    }

    /// Adds a header of the response. An invalid name or value is ignored.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (http::HeaderName::try_from(name), http::HeaderValue::try_from(value))
        {
            self.0.headers.append(name, value);
        }
        self
    }

    /// Sets the wait that the server asked for.
    #[must_use]
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.0.retry_after = Some(wait);
        self
    }

    /// Sets the number of attempts.
    #[must_use]
    pub fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Sets the cause.
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

    /// Makes it the error of a response with this head.
    pub(crate) fn with_head(mut self, head: Head) -> Self {
        head.witness.tell(Reading::AsError);
        self.0.witness = head.witness;
        self.with_response(head.status, head.headers)
    }

    /// Makes it the error that is declared.
    pub(crate) fn convert<E: From<Self>>(mut self) -> E {
        let witness = std::mem::take(&mut self.0.witness);
        witness.watch(|| E::from(self), |_| Reading::AsError)
    }

    /// Copies the error without its source, for a request that is copied.
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

    /// Returns what went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns a stable name of [`kind`](Error::kind) for metrics and logs, such as `timeout`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.kind.code()
    }

    /// Returns whether the request reached the server, as far as that can be proven.
    #[must_use]
    pub fn effect(&self) -> Effect {
        self.0.effect
    }

    /// Returns whether an attempt before the last may have taken effect. The last response may then describe what this call has
    /// done itself: for example, the 404 of a DELETE that was repeated after a lost connection. Always false for GET, HEAD,
    /// OPTIONS and TRACE, which have no effect (RFC 9110, 9.2.1).
    #[must_use]
    pub fn is_after_effect(&self) -> bool {
        self.0.after_effect
    }

    /// Returns the endpoint that was called; `None` for the error of a builder or a fake.
    #[must_use]
    pub fn endpoint(&self) -> Option<&'static Endpoint> {
        self.0.site.as_ref().map(|site| site.endpoint)
    }

    /// Returns the path with its placeholders, such as `/organization/admin_api_keys/{key_id}`; never the filled-in one.
    #[must_use]
    pub fn template(&self) -> Option<String> {
        self.0.site.as_ref().map(CallSite::template)
    }

    /// Returns the status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the headers of the response; empty if there was none.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Returns the id that the server gave the request: the header `x-request-id`, or `request-id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        let site = self.0.site.as_ref().unwrap_or(&CallSite::NONE);
        site.request_id(&self.0.headers)
    }

    /// Returns how often the request was given to the transport; 0 if the call failed before.
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

    /// Returns whether the same call can be made again without taking effect twice. That is so if it was not sent, was turned
    /// away (429), if the endpoint is idempotent, or if the call has an idempotency key of yours, and the next call sends the
    /// same one. (A key that was generated for the call is not known to the next.) It does not mean that a repetition helps.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        self.0.effect == Effect::NotSent
            || self.0.status == Some(StatusCode::TOO_MANY_REQUESTS)
            || self.0.repeatable
            || self.0.classified == Some(true)
    }

    /// Returns the body of the response, up to the limit for errors (64 KiB); empty if there was none. It may hold secrets.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }

    /// Returns the body of the response, read as JSON; `None` if it does not match `B`.
    #[must_use]
    pub fn body_as<B: DeserializeOwned>(&self) -> Option<B> {
        serde_json::from_slice(&self.0.body).ok()
    }

    /// Returns whether the status is 404 Not Found.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.0.status == Some(StatusCode::NOT_FOUND)
    }

    /// Returns whether the deadline, the timeout of an attempt or the stall timeout ended the call.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Deadline | ErrorKind::Timeout | ErrorKind::Stalled)
    }

    /// Returns whether an argument or an option was refused before anything was sent.
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
