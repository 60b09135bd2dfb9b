//! Errors in the form OpenAI answers them: `{"error": {"message", "type", "param", "code"}}`.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{Method, StatusCode};
use serde_json::json;

/// An answer that is no success.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ApiError {
    /// The status of the answer.
    pub(super) status: StatusCode,
    /// `error.type`: the broad class.
    pub(super) kind: &'static str,
    /// `error.code`: the precise cause, where there is one.
    pub(super) code: Option<&'static str>,
    /// `error.param`: the parameter that is wrong.
    pub(super) param: Option<String>,
    /// `error.message`: for people.
    pub(super) message: String,
}

/// What a handler answers.
pub(super) type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    fn new(status: StatusCode, code: Option<&'static str>, message: String) -> Self {
        Self { status, kind: "invalid_request_error", code, param: None, message }
    }

    /// 400: a parameter is missing or unfit.
    pub(super) fn invalid(param: &str, code: &'static str, message: impl Into<String>) -> Self {
        let error = Self::new(StatusCode::BAD_REQUEST, Some(code), message.into());
        Self { param: Some(param.to_owned()), ..error }
    }

    /// 400: the body is not JSON.
    pub(super) fn malformed_body(reason: &str) -> Self {
        let message = format!("The body of the request could not be read as JSON: {reason}");
        Self::new(StatusCode::BAD_REQUEST, None, message)
    }

    /// 401: no bearer token, or one that no key of the organization has.
    pub(super) fn unauthorized(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, Some("invalid_api_key"), message.to_owned())
    }

    /// 404: the organization has no such thing.
    pub(super) fn not_found(what: &str, id: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, Some("not_found"), format!("No {what} with id '{id}' was found."))
    }

    /// 404: the API has no such path.
    pub(super) fn unknown_url(method: &Method, path: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, Some("unknown_url"), format!("Invalid URL ({method} {path})"))
    }

    /// 405: the path exists, but not with this method.
    pub(super) fn method_not_allowed(method: &Method, path: &str) -> Self {
        let message = format!("{method} is not allowed on {path}");
        Self::new(StatusCode::METHOD_NOT_ALLOWED, Some("method_not_supported"), message)
    }

    /// An injected fault, with the `type` and `code` that the API gives such a status.
    pub(super) fn fault(status: StatusCode, code: Option<&'static str>) -> Self {
        let (kind, usual) = match status {
            StatusCode::UNAUTHORIZED => ("invalid_request_error", Some("invalid_api_key")),
            StatusCode::TOO_MANY_REQUESTS if code == Some("insufficient_quota") => {
                ("insufficient_quota", None)
            }
            StatusCode::TOO_MANY_REQUESTS => ("requests", Some("rate_limit_exceeded")),
            _ if status.is_client_error() => ("invalid_request_error", None),
            _ => ("server_error", None),
        };
        let code = code.or(usual);
        let message = format!("This request was answered with {status} on purpose.");
        Self { status, kind, code, param: None, message }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let error =
            json!({ "message": self.message, "type": self.kind, "param": self.param, "code": self.code });
        (self.status, Json(json!({ "error": error }))).into_response()
    }
}
