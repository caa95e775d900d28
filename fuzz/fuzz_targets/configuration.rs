//! libFuzzer on `configuration`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kontor_fuzz::run("configuration", bytes));
