// Generated from the files of this folder by `cargo test`; do not edit.

//! The rules, one file each.

mod duplicate_spelling;
mod misnamed_member;
mod missing_member;
mod null_member;
mod removed_member;
mod unknown_member;
mod unlisted_value;
mod wrong_type;

use crate::rule::Rule;

/// Every rule, by name.
pub static ALL: &[&Rule] = &[
    &duplicate_spelling::RULE,
    &misnamed_member::RULE,
    &missing_member::RULE,
    &null_member::RULE,
    &removed_member::RULE,
    &unknown_member::RULE,
    &unlisted_value::RULE,
    &wrong_type::RULE,
];
