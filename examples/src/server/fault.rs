//! Faults on order, for tests of what a program does when a server fails.

use axum::response::{IntoResponse, Response};
use http::header::RETRY_AFTER;
use http::{HeaderValue, Method, StatusCode};

use super::error::ApiError;

/// An answer that the server gives instead of the real one.
#[derive(Clone, Debug)]
pub struct Fault {
    status: StatusCode,
    code: Option<&'static str>,
    retry_after: Option<u64>,
    method: Option<Method>,
    path: String,
    skip: usize,
    times: usize,
    carried_out: bool,
}

impl Fault {
    /// Answers the next request with `status`, whatever it is.
    #[must_use]
    pub fn new(status: StatusCode) -> Self {
        Self {
            status,
            code: None,
            retry_after: None,
            method: None,
            path: String::new(),
            skip: 0,
            times: 1,
            carried_out: false,
        }
    }

    /// Sets `error.code`, such as `insufficient_quota`; otherwise it is the usual one of the status.
    #[must_use]
    pub fn code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    /// Adds a `Retry-After` header, in seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Only for requests with this method whose path contains `path`.
    #[must_use]
    pub fn only(mut self, method: Method, path: &str) -> Self {
        self.method = Some(method);
        path.clone_into(&mut self.path);
        self
    }

    /// For this many requests; by default one.
    #[must_use]
    pub fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }

    /// Lets this many requests that fit pass first; by default none.
    #[must_use]
    pub fn after(mut self, skip: usize) -> Self {
        self.skip = skip;
        self
    }

    /// The request is carried out, and only its answer is lost.
    #[must_use]
    pub fn carried_out(mut self) -> Self {
        self.carried_out = true;
        self
    }

    fn fits(&self, method: &Method, path: &str) -> bool {
        self.method.as_ref().is_none_or(|own| own == method) && path.contains(&self.path)
    }
}

/// What is to be answered instead of the real answer.
#[derive(Debug)]
pub(super) struct Injected {
    carried_out: bool,
    status: StatusCode,
    code: Option<&'static str>,
    retry_after: Option<u64>,
}

impl Injected {
    /// Whether the request is carried out all the same.
    pub(super) fn carried_out(&self) -> bool {
        self.carried_out
    }

    pub(super) fn response(&self) -> Response {
        let mut response = ApiError::fault(self.status, self.code).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// Takes the first fault that fits this request, and counts it.
pub(super) fn take(faults: &mut Vec<Fault>, method: &Method, path: &str) -> Option<Injected> {
    let fault = faults.iter_mut().find(|fault| fault.fits(method, path))?;
    if fault.skip > 0 {
        fault.skip -= 1;
        return None;
    }
    fault.times = fault.times.saturating_sub(1);
    let Fault { carried_out, status, code, retry_after, .. } = *fault;
    let injected = Injected { carried_out, status, code, retry_after };
    faults.retain(|fault| fault.times > 0);
    Some(injected)
}
