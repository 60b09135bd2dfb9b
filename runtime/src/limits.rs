//! Limits on the size and the stalls of a response.

use std::time::Duration;

/// Limits on reading one response. Sizes count decoded bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Bytes of a buffered body.
    pub(crate) body: usize,
    /// Bytes of an error's body.
    pub(crate) error_body: usize,
    /// Bytes of one event or line of a stream.
    pub(crate) item: usize,
    /// How long a streamed body may stand still while it is awaited.
    pub(crate) stall: Duration,
}

impl Limits {
    pub(crate) const DEFAULT: Self =
        Self { body: 16 << 20, error_body: 64 << 10, item: 1 << 20, stall: Duration::from_secs(30) };
}
