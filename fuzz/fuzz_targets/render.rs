//! Writes findings in every format.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cardlint_fuzz::render(bytes));
