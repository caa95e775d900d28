//! libFuzzer on `mt940`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kontor_fuzz::run("mt940", bytes));
