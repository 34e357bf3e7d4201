//! Checks a document as one of every kind.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cardlint_fuzz::check(bytes));
