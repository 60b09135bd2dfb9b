//! Random numbers: unguessable keys from the system, cheap numbers for jitter.

/// Returns 128 random bits from the system as hexadecimal digits: an idempotency key, a multipart boundary.
///
/// TLS needs the same source, so that a system without it is not expected; the fallback still makes a repetition unlikely.
pub(crate) fn key() -> String {
    let mut bytes = [0; 16];
    let number = match getrandom::fill(&mut bytes) {
        Ok(()) => u128::from_ne_bytes(bytes),
        Err(_) => fastrand::u128(..),
    };
    format!("{number:032x}")
}

/// Returns a number in `0.0..1.0`, for jitter.
pub(crate) fn jitter() -> f64 {
    fastrand::f64()
}
