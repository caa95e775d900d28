//! libFuzzer on `authorization_header`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kontor_fuzz::run("authorization_header", bytes));
