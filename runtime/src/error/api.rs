//! The error type of a client crate: what declarest knows, and what the vendor says.

use std::fmt::{self, Display};
use std::ops::Deref;

use serde::de::DeserializeOwned;

use super::{Error, ErrorKind, Report, display, server_text};

/// An [`Error`] with the vendor's error body read as `B`.
///
/// A client crate writes `pub type Error = declarest::ApiError<Problem>` and
/// `pub type Call<T> = declarest::Call<T, Error>`. It dereferences to [`Error`] and prints like it, with what the vendor says
/// in quotes: the `Display` of `B` decides what a user reads. That is one line of at most 300 characters with control
/// characters escaped; the credential and each [`Secret`](crate::Secret) of the request are masked in it, and a secret shorter
/// than 8 characters hides it.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct Problem { code: String }
///
/// impl std::fmt::Display for Problem {
///     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
///         f.write_str(&self.code)
///     }
/// }
///
/// let error: declarest::ApiError<Problem> = declarest::Error::response(409).with_body(r#"{"code":"taken"}"#).into();
/// assert_eq!(error.body().unwrap().code, "taken");
/// assert_eq!(error.to_string(), r#"409 Conflict: "taken" (responded, 1 attempt)"#);
/// ```
pub struct ApiError<B> {
    // Boxed, so that a `Result` of it stays two words whatever the vendor sends.
    inner: Box<(Error, Option<B>)>,
}

impl<B> ApiError<B> {
    /// Returns the vendor's error body; `None` if there was no response or its body is not a `B`.
    #[must_use]
    pub fn body(&self) -> Option<&B> {
        self.inner.1.as_ref()
    }

    /// Returns what declarest knows of the failure.
    #[must_use]
    pub fn error(&self) -> &Error {
        &self.inner.0
    }

    /// Returns the [`Error`] by value.
    #[must_use]
    pub fn into_error(self) -> Error {
        self.inner.0
    }
}

impl<B: Display> ApiError<B> {
    /// Returns what the vendor says, as it is shown.
    fn said(&self) -> Option<String> {
        // What another kind of error keeps is not the vendor's word on it.
        let says = matches!(self.kind(), ErrorKind::Status | ErrorKind::Classified | ErrorKind::Redirect);
        let body = self.body().filter(|_| says)?;
        let of_client = self.error().0.site.iter().filter_map(|site| site.client.as_ref());
        let secrets = of_client.flat_map(|client| &client.secrets).chain(&self.error().0.secrets);
        server_text::shown(&body.to_string(), secrets)
    }

    /// Displays the error in several lines, for a terminal; see [`Error::report`].
    #[must_use]
    pub fn report(&self) -> Report<'_> {
        Report::new(self.error(), self.said())
    }
}

/// What the error body of an API must be: read by serde, and shown to a person by its `Display`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the body of an `ApiError`",
    label = "expected a type that implements `serde::Deserialize` (without borrowing) and `std::fmt::Display`",
    note = "its `Display` is what a user reads of the vendor's error: the message, and perhaps its code"
)]
pub trait ErrorBody: DeserializeOwned + Display {}

#[diagnostic::do_not_recommend]
impl<B: DeserializeOwned + Display> ErrorBody for B {}

impl<B: ErrorBody> From<Error> for ApiError<B> {
    fn from(error: Error) -> Self {
        let body = error.body_as();
        Self { inner: Box::new((error, body)) }
    }
}

impl<B> Deref for ApiError<B> {
    type Target = Error;

    fn deref(&self) -> &Error {
        self.error()
    }
}

impl<B: Display> Display for ApiError<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display::line(self.error(), self.said().as_deref(), f)
    }
}

impl<B: Display> fmt::Debug for ApiError<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display::debug(self.error(), self.said().as_deref(), f)
    }
}

impl<B: Display> std::error::Error for ApiError<B> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error().source_ref()
    }
}
