// Generated from the files of this folder by `cargo test`; do not edit.

//! The rules, one file each.

use crate::rule::Rule;

/// Every rule, by name.
pub static ALL: &[&Rule] = &[];
