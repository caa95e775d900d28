//! libFuzzer on `settlement_report`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kontor_fuzz::run("settlement_report", bytes));
