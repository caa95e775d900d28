//! libFuzzer on `pem`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kontor_fuzz::run("pem", bytes));
