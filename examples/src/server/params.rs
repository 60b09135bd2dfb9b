//! Query parameters, read by name.

use std::ops::RangeInclusive;

use axum::extract::{FromRequestParts, Query};
use http::Uri;
use http::request::Parts;

use super::error::{ApiError, ApiResult};

/// The pairs of a query, in the order they were sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    /// Reads a query string.
    #[cfg(test)]
    pub(super) fn parse(query: Option<&str>) -> ApiResult<Self> {
        let unfit = |_| ApiError::invalid("query", "invalid_value", "The query could not be read.");
        let uri = Uri::try_from(format!("/?{}", query.unwrap_or_default())).map_err(unfit)?;
        Self::from_uri(&uri)
    }

    fn from_uri(uri: &Uri) -> ApiResult<Self> {
        let unreadable = |_| ApiError::invalid("query", "invalid_value", "The query could not be read.");
        Query::try_from_uri(uri).map(|Query(pairs)| Self(pairs)).map_err(unreadable)
    }

    /// The value of a parameter. The last one counts when it was sent twice.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All values of a parameter that repeats, with or without `[]` after its name.
    pub(super) fn all(&self, name: &str) -> Vec<&str> {
        let fits = |key: &str| key == name || key.strip_suffix("[]") == Some(name);
        self.0.iter().filter(|(key, _)| fits(key)).map(|(_, value)| value.as_str()).collect()
    }

    /// A whole number within `range`.
    pub(super) fn integer(&self, name: &str, range: RangeInclusive<u64>) -> ApiResult<Option<u64>> {
        let Some(text) = self.get(name) else { return Ok(None) };
        match text.parse::<u64>() {
            Ok(value) if range.contains(&value) => Ok(Some(value)),
            _ => {
                let (low, high) = (range.start(), range.end());
                let message =
                    format!("Invalid '{name}': expected an integer from {low} to {high}, got '{text}'.");
                Err(ApiError::invalid(name, "invalid_value", message))
            }
        }
    }

    /// A Unix timestamp.
    pub(super) fn time(&self, name: &str) -> ApiResult<Option<u64>> {
        self.integer(name, 0..=u64::MAX)
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, name: &str) -> ApiResult<bool> {
        match self.get(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(other) => {
                let message = format!("Invalid '{name}': expected 'true' or 'false', got '{other}'.");
                Err(ApiError::invalid(name, "invalid_value", message))
            }
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        Self::from_uri(&parts.uri)
    }
}
