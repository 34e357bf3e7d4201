//! Reads a configuration file and a baseline.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cardlint_fuzz::config(bytes));
