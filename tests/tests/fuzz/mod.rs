//! What is fuzzed: a function for each target, which panics when a promise is broken.
//!
//! `tests/fuzz` runs them under libFuzzer; `tests/tests/fuzz_corpus.rs` runs them over the corpus and over random bytes
//! in the normal suite. All of them call what a user can call: a client whose transport is a function.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod answers;
mod errors;
mod macros;
mod requests;
mod support;
mod urls;

/// A target: its name, which is that of its corpus too, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("attributes", macros::attributes),
    ("base_url", urls::base_url),
    ("cursor", urls::cursor),
    ("error_text", errors::error_text),
    ("events", answers::events),
    ("json_lines", answers::json_lines),
    ("link", urls::link),
    ("multipart", requests::multipart),
    ("path_and_query", requests::path_and_query),
    ("redirect", urls::redirect),
    ("retry_after", answers::retry_after),
    ("target_url", urls::target_url),
    ("template", macros::template),
];

/// Runs one target.
///
/// # Panics
/// When a promise is broken, or there is no such target.
pub fn run(name: &str, input: &[u8]) {
    let target = TARGETS.iter().find(|target| target.0 == name);
    (target.unwrap_or_else(|| panic!("no target {name}")).1)(input);
}
