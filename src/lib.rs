//! cardlint.
