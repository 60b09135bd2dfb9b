// Imported by cargo-declarest; the rest of the file had the checksum bb6ff1b4.
//! Types that several modules use.

use serde::Deserialize;

/// A problem.
#[derive(Debug, Clone, Deserialize)]
pub struct Problem {
    pub error: ProblemError,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.error.message)
    }
}

/// A problem error.
#[derive(Debug, Clone, Deserialize)]
pub struct ProblemError {
    pub message: String,
    pub code: Option<String>,
}
