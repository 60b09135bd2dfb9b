//! See `declarest_tests::fuzz`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| declarest_tests::fuzz::run("target_url", input));
