//! What a layer is told about a request.

use crate::endpoint::Endpoint;

/// Facts about a request, which a layer finds in its extensions.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AttemptContext {
    /// The endpoint that is called.
    pub endpoint: &'static Endpoint,
    /// The number of the attempt, from 1.
    pub attempt: u32,
    /// The number of redirects so far.
    pub redirects: u32,
    /// Whether the request goes to the own origin of the client, the only one that gets its credential.
    pub is_own_origin: bool,
}
