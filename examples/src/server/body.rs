//! Members of a JSON body, read by name.

use serde_json::{Map, Value};

use super::error::{ApiError, ApiResult};

/// A JSON object that was sent.
#[derive(Clone, Debug)]
pub(super) struct Body(Map<String, Value>);

impl Body {
    /// Reads a body. Members other than `known` are refused.
    pub(super) fn parse(bytes: &[u8], known: &[&str]) -> ApiResult<Self> {
        let value: Value =
            serde_json::from_slice(bytes).map_err(|error| ApiError::malformed_body(&error.to_string()))?;
        let Value::Object(members) = value else {
            return Err(ApiError::malformed_body("expected an object"));
        };
        match members.keys().find(|name| !known.contains(&name.as_str())) {
            None => Ok(Self(members)),
            Some(name) => {
                let message = format!("Unknown parameter: '{name}'.");
                Err(ApiError::invalid(name, "unknown_parameter", message))
            }
        }
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// A text that must be there and must not be empty.
    pub(super) fn text(&self, name: &str) -> ApiResult<String> {
        match self.get(name) {
            Some(Value::String(text)) if !text.trim().is_empty() => Ok(text.clone()),
            Some(Value::String(_)) => {
                let message = format!("Invalid '{name}': expected a text that is not empty.");
                Err(ApiError::invalid(name, "invalid_value", message))
            }
            Some(_) => {
                let message = format!("Invalid type for '{name}': expected a string.");
                Err(ApiError::invalid(name, "invalid_type", message))
            }
            None => {
                let message = format!("Missing required parameter: '{name}'.");
                Err(ApiError::invalid(name, "missing_required_parameter", message))
            }
        }
    }

    /// Texts that must be there, one at least.
    pub(super) fn texts(&self, name: &str) -> ApiResult<Vec<String>> {
        let texts = self.get(name).and_then(Value::as_array).map(|items| {
            items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<Vec<String>>>()
        });
        match texts {
            Some(Some(texts)) if !texts.is_empty() => Ok(texts),
            Some(_) => {
                let message = format!("Invalid '{name}': expected an array of strings that is not empty.");
                Err(ApiError::invalid(name, "invalid_value", message))
            }
            None => {
                let message = format!("Missing required parameter: '{name}'.");
                Err(ApiError::invalid(name, "missing_required_parameter", message))
            }
        }
    }

    /// `true` or `false`; false if it is left out.
    pub(super) fn flag(&self, name: &str) -> ApiResult<bool> {
        match self.get(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(_) => {
                let message = format!("Invalid type for '{name}': expected a boolean.");
                Err(ApiError::invalid(name, "invalid_type", message))
            }
        }
    }

    /// A text, or nothing.
    pub(super) fn optional_text(&self, name: &str) -> ApiResult<Option<String>> {
        self.get(name).map(|_| self.text(name)).transpose()
    }

    /// A whole number from 1 to `high`, or nothing.
    pub(super) fn positive(&self, name: &str, high: u64) -> ApiResult<Option<u64>> {
        let Some(value) = self.get(name) else { return Ok(None) };
        match value.as_u64() {
            Some(number) if (1..=high).contains(&number) => Ok(Some(number)),
            Some(_) => {
                let message = format!("Invalid '{name}': expected an integer from 1 to {high}.");
                Err(ApiError::invalid(name, "invalid_value", message))
            }
            None => {
                let message = format!("Invalid type for '{name}': expected a positive integer.");
                Err(ApiError::invalid(name, "invalid_type", message))
            }
        }
    }
}
