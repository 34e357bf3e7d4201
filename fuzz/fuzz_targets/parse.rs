//! Reads bytes as JSON.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cardlint_fuzz::parse(bytes));
