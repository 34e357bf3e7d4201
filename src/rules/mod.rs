// Generated from the files of this folder by `cargo test`; do not edit.

//! The rules, one file each.

mod byte_order_mark;
mod duplicate_key;
mod duplicate_spelling;
mod excessive_nesting;
mod lone_surrogate;
mod malformed_json;
mod misnamed_member;
mod missing_member;
mod null_member;
mod removed_member;
mod unknown_member;
mod unlisted_value;
mod unrecognized_document;
mod unsafe_number;
mod wrapped_card;
mod wrong_encoding;
mod wrong_type;

use crate::rule::Rule;

/// Every rule, by name.
pub static ALL: &[&Rule] = &[
    &byte_order_mark::RULE,
    &duplicate_key::RULE,
    &duplicate_spelling::RULE,
    &excessive_nesting::RULE,
    &lone_surrogate::RULE,
    &malformed_json::RULE,
    &misnamed_member::RULE,
    &missing_member::RULE,
    &null_member::RULE,
    &removed_member::RULE,
    &unknown_member::RULE,
    &unlisted_value::RULE,
    &unrecognized_document::RULE,
    &unsafe_number::RULE,
    &wrapped_card::RULE,
    &wrong_encoding::RULE,
    &wrong_type::RULE,
];
