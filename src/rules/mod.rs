// Generated from the files of this folder by `cargo test`; do not edit.

//! The rules, one file each.

mod duplicate_spelling;
mod malformed_signature_value;
mod misnamed_member;
mod missing_member;
mod missing_signature_parameter;
mod null_member;
mod removed_member;
mod undecodable_signature_header;
mod unknown_member;
mod unlisted_value;
mod unsafe_signature_algorithm;
mod unusual_signature_algorithm;
mod unusual_signature_type;
mod wrong_type;

use crate::rule::Rule;

/// Every rule, by name.
pub static ALL: &[&Rule] = &[
    &duplicate_spelling::RULE,
    &malformed_signature_value::RULE,
    &misnamed_member::RULE,
    &missing_member::RULE,
    &missing_signature_parameter::RULE,
    &null_member::RULE,
    &removed_member::RULE,
    &undecodable_signature_header::RULE,
    &unknown_member::RULE,
    &unlisted_value::RULE,
    &unsafe_signature_algorithm::RULE,
    &unusual_signature_algorithm::RULE,
    &unusual_signature_type::RULE,
    &wrong_type::RULE,
];
