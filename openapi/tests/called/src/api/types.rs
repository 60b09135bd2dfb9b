// Imported by cargo-declarest; the rest of the file had the checksum 44f29986.
//! Types that several modules use.

use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
pub struct Problem {
    pub error: ProblemError,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.error.message)
    }
}

#[derive(Debug, Clone, Deserialize)]
pub struct ProblemError {
    pub message: String,
    pub code: Option<String>,
}
