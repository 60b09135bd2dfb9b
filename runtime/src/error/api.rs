//! The error type of a client crate: what declarest knows, and what the vendor says.

use std::fmt;
use std::ops::Deref;

use serde::de::DeserializeOwned;

use super::Error;

/// An [`Error`] with the vendor's error body read as `B`.
///
/// A client crate writes `pub type Error = declarest::ApiError<Problem>` and
/// `pub type Call<T> = declarest::Call<T, Error>`. It dereferences to [`Error`], and prints like it: what the vendor
/// says may hold a secret, so it is there for who asks ([`body`](ApiError::body)) and never printed.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct Problem { code: String }
///
/// let error: declarest::ApiError<Problem> = declarest::Error::response(409).with_body(r#"{"code":"taken"}"#).into();
/// assert_eq!(error.body().unwrap().code, "taken");
/// assert_eq!(error.status().unwrap(), 409);
/// ```
pub struct ApiError<B> {
    // Boxed, so that a `Result` of it stays two words whatever the vendor sends.
    inner: Box<(Error, Option<B>)>,
}

impl<B> ApiError<B> {
    /// The vendor's error body; `None` if there was no answer or it reads otherwise.
    #[must_use]
    pub fn body(&self) -> Option<&B> {
        self.inner.1.as_ref()
    }

    /// What declarest knows of the failure.
    #[must_use]
    pub fn error(&self) -> &Error {
        &self.inner.0
    }

    /// The same, by value.
    #[must_use]
    pub fn into_error(self) -> Error {
        self.inner.0
    }
}

impl<B: DeserializeOwned> From<Error> for ApiError<B> {
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

impl<B> fmt::Display for ApiError<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.error(), f)
    }
}

impl<B> fmt::Debug for ApiError<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.error(), f)
    }
}

impl<B> std::error::Error for ApiError<B> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error().source_ref()
    }
}
