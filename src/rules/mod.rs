// Generated from the files of this folder by `cargo test`; do not edit.

//! The rules, one file each.

mod missing_member;
mod null_member;
mod unlisted_value;
mod wrong_type;

use crate::rule::Rule;

/// Every rule, by name.
pub static ALL: &[&Rule] =
    &[&missing_member::RULE, &null_member::RULE, &unlisted_value::RULE, &wrong_type::RULE];
