//! What OpenAI says of a failure, and what is wrong with a client's settings.

use std::fmt;
use std::ops::Deref;

use declarest::{ApiError, ErrorKind, Head, Verdict};
use serde::Deserialize;

use crate::lenient::text;

/// Why a call failed: what declarest knows, to which it dereferences, and what OpenAI says.
///
/// `Display`, `Debug` and [`report`](Error::report) show OpenAI's message in one line, with the key masked. All that OpenAI
/// says is in [`details`](Error::details).
///
/// ```
/// let body = r#"{"error": {"message": "No such key", "type": "invalid_request_error", "param": null, "code": "not_found"}}"#;
/// let error: openai_admin::Error = declarest::Error::response(404)
///     .with_header("x-request-id", "req_1")
///     .with_body(body)
///     .into();
/// assert!(error.is_not_found());
/// assert_eq!(error.error_code(), Some("not_found"));
/// assert_eq!(error.request_id(), Some("req_1"));
/// assert_eq!(error.to_string(), r#"404 Not Found: "No such key" (responded, 1 attempt, request id req_1)"#);
/// ```
pub struct Error(ApiError<Details>);

/// The shape of an error's body: the details below `error`, the text of `error`, or the details themselves, as
/// gateways in front of the API send them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Body {
    Below { error: ErrorDetails },
    Text { error: String },
    Bare(ErrorDetails),
}

impl Body {
    /// What it says; `None` for JSON that says nothing of an error.
    fn into_details(self) -> Option<ErrorDetails> {
        let details = match self {
            Self::Below { error } | Self::Bare(error) => error,
            Self::Text { error } => ErrorDetails { message: Some(error), ..ErrorDetails::default() },
        };
        (details != ErrorDetails::default()).then_some(details)
    }
}

/// An error's body, read once.
#[derive(Deserialize)]
#[serde(from = "Body")]
struct Details(Option<ErrorDetails>);

impl fmt::Display for Details {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(details) = &self.0 else { return Ok(()) };
        let said = details.message.as_ref().or(details.code.as_ref()).or(details.kind.as_ref());
        said.map_or(Ok(()), |said| f.write_str(said))
    }
}

impl From<Body> for Details {
    fn from(body: Body) -> Self {
        Self(body.into_details())
    }
}

/// What OpenAI says of a failure. A member that is not a text is kept as text: `"code": 429` is `"429"`,
/// `"param": ["a", "b"]` is `"a, b"`.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ErrorDetails {
    /// What went wrong, in words.
    #[serde(deserialize_with = "text")]
    pub message: Option<String>,
    /// The kind of failure, such as `invalid_request_error`.
    #[serde(rename = "type", deserialize_with = "text")]
    pub kind: Option<String>,
    /// The parameter that was wrong.
    #[serde(deserialize_with = "text")]
    pub param: Option<String>,
    /// The failure itself, such as `insufficient_quota`.
    #[serde(deserialize_with = "text")]
    pub code: Option<String>,
}

impl fmt::Debug for ErrorDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Only that they are there: the texts may repeat what was sent.
        f.debug_struct("ErrorDetails").finish_non_exhaustive()
    }
}

impl Error {
    /// All that OpenAI says; `None` if there was no response, or one that is not OpenAI's.
    #[must_use]
    pub fn details(&self) -> Option<&ErrorDetails> {
        self.0.body()?.0.as_ref()
    }

    /// Displays the error in several lines, for a terminal; see [`declarest::Error::report`].
    #[must_use]
    pub fn report(&self) -> declarest::Report<'_> {
        self.0.report()
    }

    /// OpenAI's `type`, such as `invalid_request_error`.
    #[must_use]
    pub fn error_type(&self) -> Option<&str> {
        self.details()?.kind.as_deref()
    }

    /// OpenAI's `code`, such as `insufficient_quota`. What declarest calls the failure is
    /// [`code`](declarest::Error::code).
    #[must_use]
    pub fn error_code(&self) -> Option<&str> {
        self.details()?.code.as_deref()
    }

    /// The parameter that was wrong.
    #[must_use]
    pub fn param(&self) -> Option<&str> {
        self.details()?.param.as_deref()
    }

    /// What went wrong, in OpenAI's words.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.details()?.message.as_deref()
    }

    /// Whether the organization has run out of credit or reached its limit: repeating does not help.
    #[must_use]
    pub fn is_insufficient_quota(&self) -> bool {
        self.error_code() == Some("insufficient_quota")
    }
}

/// What an answer means when its status does not tell: 429 asks to wait, but waiting does not pay a bill.
pub(crate) fn classify(head: &Head, body: &[u8]) -> Verdict {
    let code = || serde_json::from_slice::<Details>(body).ok()?.0?.code;
    if head.status == 429 && code().as_deref() == Some("insufficient_quota") {
        return Verdict::Error;
    }
    Verdict::ByStatus
}

impl From<declarest::Error> for Error {
    fn from(error: declarest::Error) -> Self {
        Self(error.into())
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        match error {
            ConfigError::Client(error) => error.into(),
            error => declarest::Error::not_sent(ErrorKind::Configuration).with_source(error).into(),
        }
    }
}

impl Deref for Error {
    type Target = declarest::Error;

    fn deref(&self) -> &declarest::Error {
        &self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

/// What is wrong with a client's settings. Nothing was sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConfigError {
    /// The environment variable with the key is not set.
    MissingKey,
    /// The key is empty or blank.
    EmptyKey,
    /// An environment variable is not valid Unicode.
    NotUnicode(&'static str),
    /// A setting that the client does not take: a base URL with a query, a header with a line break.
    Client(declarest::Error),
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingKey => {
                f.write_str("OPENAI_ADMIN_KEY is not set: it holds the admin key to call with")
            }
            Self::EmptyKey => f.write_str("the admin key is empty"),
            Self::NotUnicode(name) => write!(f, "{name} is not valid Unicode"),
            Self::Client(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ConfigError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Client(error) => std::error::Error::source(error),
            _ => None,
        }
    }
}
