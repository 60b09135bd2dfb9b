//! When a stream of events is continued after its connection was lost.

/// How a stream of events is continued after its connection was lost, for [`Events::reconnect`](crate::Events::reconnect).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reconnect {
    attempts: u32,
    after_end: bool,
}

impl Reconnect {
    /// The default policy: five attempts in a row, and an end in order is the end.
    #[must_use]
    pub const fn new() -> Self {
        Self { attempts: 5, after_end: false }
    }

    /// How often the call is made again in a row. An event that arrives starts the count anew. Default: 5.
    ///
    /// Each of these calls has attempts of its own, as any call.
    #[must_use]
    pub const fn with_attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Also continues a stream that the server has ended in order, as a browser does (HTML Living Standard, 9.2.3), for
    /// feeds that never end but whose server closes connections from time to time.
    ///
    /// The stream then ends when the server responds with 204 No Content, or when the attempts in a row have brought no
    /// event. An event whose blank line is missing at the end waits for that, since the server sends it again.
    #[must_use]
    pub const fn after_end(mut self) -> Self {
        self.after_end = true;
        self
    }

    pub(super) const fn attempts(self) -> u32 {
        self.attempts
    }

    pub(super) const fn is_after_end(self) -> bool {
        self.after_end
    }
}

impl Default for Reconnect {
    fn default() -> Self {
        Self::new()
    }
}
