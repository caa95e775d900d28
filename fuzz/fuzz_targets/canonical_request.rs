//! libFuzzer on `canonical_request`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kontor_fuzz::run("canonical_request", bytes));
