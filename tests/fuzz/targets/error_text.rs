//! See `declarest_fuzz`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| declarest_fuzz::run("error_text", input));
