//! How a mock fails a test.

/// Fails the test.
#[track_caller]
#[expect(clippy::panic, reason = "a mock exists to fail the test that uses it")]
pub(super) fn fail(message: &str) -> ! {
    panic!("{message}");
}
