//! What a test says of a cassette.

use std::path::PathBuf;

use http::HeaderName;

use super::scrub::Pointer;

/// When a [`Cassette`](super::Cassette) records, and when it replays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordMode {
    /// Records if the file is absent when the client is built, and replays if it is there.
    Once,
    /// Replays, and never records.
    Replay,
    /// Records, and replaces what was recorded with the first new response.
    Record,
    /// Replays what is in the file, and records what is not.
    NewEpisodes,
}

impl RecordMode {
    /// The mode of a cassette for which the test says none. A build server has no credential to record with, and what it records is
    /// lost.
    pub(super) fn of_environment() -> Self {
        let is_ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false");
        if is_ci { Self::Replay } else { Self::Once }
    }
}

/// What a test says of a cassette.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) path: PathBuf,
    pub(super) mode: Option<RecordMode>,
    pub(super) pointers: Vec<Pointer>,
    pub(super) headers: Vec<HeaderName>,
    /// What the test says that cannot be.
    pub(super) mistake: Option<String>,
}
