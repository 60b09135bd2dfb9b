//! JSON, for every type that serde deserializes.

use std::any::TypeId;

use serde::de::DeserializeOwned;

use super::{Decode, Response, ResponseBody, json_error};
use crate::error::{Error, ErrorKind};
use crate::head::Head;

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned + Send + 'static> Decode for T {
    type Output = T;

    /// Nothing of the body is needed for `()`: a 200 with any body must not fail after a DELETE took effect.
    fn reads(_: &Head) -> ResponseBody {
        if TypeId::of::<T>() == TypeId::of::<()>() { ResponseBody::Ignored } else { ResponseBody::Buffered }
    }

    fn media_type() -> Option<&'static str> {
        (TypeId::of::<T>() != TypeId::of::<()>()).then_some("application/json")
    }

    fn decode(response: Response) -> Result<T, Error> {
        from_body(&response)
    }
}

/// Reads the body of a response.
pub(crate) fn from_body<T: DeserializeOwned>(response: &Response) -> Result<T, Error> {
    if response.body.is_empty() {
        // `null` is what `()` and `Option` read from nothing.
        return serde_json::from_str("null").map_err(|_| empty(response));
    }
    // One pass over the bytes instead of one for each string in them.
    match std::str::from_utf8(&response.body) {
        Ok(text) => from_json(text.strip_prefix('\u{feff}').unwrap_or(text), response),
        Err(error) => Err(response.unreadable(&format!(
            "expected JSON, found invalid UTF-8 at byte {} ({})",
            error.valid_up_to(),
            response.describe()
        ))),
    }
}

/// Reads one JSON text of a response.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str, response: &Response) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| wrong(response, text, &error))
}

fn empty(response: &Response) -> Error {
    response.error(ErrorKind::EmptyBody, "the declared type needs one; `()` and `Option` do not")
}

/// The error of a JSON text that the declared type cannot be read from.
#[cold]
fn wrong(response: &Response, text: &str, error: &serde_json::Error) -> Error {
    response.unreadable(&match error.is_data() {
        true => json_error::explain(text, error),
        false => format!(
            "expected JSON, found something else at line {}, column {} ({})",
            error.line(),
            error.column(),
            response.describe()
        ),
    })
}
