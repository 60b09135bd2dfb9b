//! A value together with the head of its response.

use http::{HeaderMap, StatusCode};

use super::{Decode, Response, ResponseBody};
use crate::call_site::CallSite;
use crate::error::Error;
use crate::head::Head;
use crate::witness::Witness;

/// A value with the head of the response that it came in.
///
/// As a declared type, `Call<Reply<T>>` always gives it; [`Call::with_reply`](crate::Call::with_reply) gives it for one
/// call.
#[derive(Clone)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The value.
    pub value: T,
    /// The status of the response.
    pub status: StatusCode,
    /// The headers of the response. They may hold secrets.
    pub headers: HeaderMap,
    /// How often the request was sent.
    pub attempts: u32,
    site: CallSite,
}

// `Debug` output ends up in logs, so it shows no header value.
impl<T: std::fmt::Debug> std::fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reply")
            .field("value", &self.value)
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

impl<T> Reply<T> {
    /// Makes a reply with this value, status 200 and no headers, for fakes.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self { value, status: StatusCode::OK, headers: HeaderMap::new(), attempts: 1, site: CallSite::NONE }
    }

    /// Returns the id that the server gave the request: the header `x-request-id`, or `request-id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.site.request_id(&self.headers)
    }

    /// Splits the reply into its value and its head.
    pub(crate) fn split(self) -> (T, Head) {
        let Self { value, status, headers, attempts, site } = self;
        (value, Head { status, headers, attempts, site, witness: Witness::default() })
    }

    /// Replaces the value and keeps the head.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Reply<U> {
        let Self { value, status, headers, attempts, site } = self;
        Reply { value: f(value), status, headers, attempts, site }
    }
}

impl<T: Decode> Decode for Reply<T> {
    type Output = Reply<T::Output>;

    fn accepts(status: StatusCode) -> bool {
        T::accepts(status)
    }

    fn reads(head: &Head) -> ResponseBody {
        T::reads(head)
    }

    fn media_type() -> Option<&'static str> {
        T::media_type()
    }

    fn decode(response: Response) -> Result<Self::Output, Error> {
        let Head { status, headers, attempts, site, .. } = response.head().clone();
        Ok(Reply { value: T::decode(response)?, status, headers, attempts, site })
    }
}
