//! Fixes a document.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cardlint_fuzz::fix(bytes));
