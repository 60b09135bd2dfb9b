//! The head of a response: status, headers, and facts about the call.

use http::{HeaderMap, StatusCode, response};

use crate::call_site::CallSite;
use crate::endpoint::Endpoint;
use crate::witness::{Reading, Witness};

/// The head of a response.
#[derive(Clone)]
pub struct Head {
    /// The status.
    pub status: StatusCode,
    /// The headers. They may hold secrets.
    pub headers: HeaderMap,
    /// How often the request was sent.
    pub attempts: u32,
    pub(crate) site: CallSite,
    pub(crate) witness: Witness,
}

impl Head {
    /// Makes the head of a response that came after this many attempts.
    pub(crate) fn new(mut parts: response::Parts, attempts: u32, site: CallSite) -> Self {
        let witness = Witness::take(&mut parts.extensions);
        witness.tell(Reading::Judged);
        Self { status: parts.status, headers: parts.headers, attempts, site, witness }
    }

    /// Returns the endpoint that was called.
    #[must_use]
    pub fn endpoint(&self) -> &'static Endpoint {
        self.site.endpoint
    }

    /// Returns the id that the server gave the request: the header `x-request-id`, or `request-id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.site.request_id(&self.headers)
    }
}

// `Debug` output ends up in logs, so it shows no header value.
impl std::fmt::Debug for Head {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Head")
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}
