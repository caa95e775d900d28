//! libFuzzer on `datev_reader`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kontor_fuzz::run("datev_reader", bytes));
