// Generated from the files of this folder by `cargo test`; do not edit.

//! The rules, one file each.

mod duplicate_spelling;
mod embedded_signature_key;
mod malformed_signature_value;
mod misnamed_member;
mod missing_member;
mod missing_signature_parameter;
mod null_member;
mod overlapping_signature_headers;
mod removed_member;
mod undecodable_signature_header;
mod unencoded_signature_payload;
mod unknown_member;
mod unlisted_value;
mod unmet_critical_parameter;
mod unsafe_key_url;
mod unsafe_signature_algorithm;
mod unusual_signature_algorithm;
mod unusual_signature_type;
mod wrong_type;

use crate::rule::Rule;

/// Every rule, by name.
pub static ALL: &[&Rule] = &[
    &duplicate_spelling::RULE,
    &embedded_signature_key::RULE,
    &malformed_signature_value::RULE,
    &misnamed_member::RULE,
    &missing_member::RULE,
    &missing_signature_parameter::RULE,
    &null_member::RULE,
    &overlapping_signature_headers::RULE,
    &removed_member::RULE,
    &undecodable_signature_header::RULE,
    &unencoded_signature_payload::RULE,
    &unknown_member::RULE,
    &unlisted_value::RULE,
    &unmet_critical_parameter::RULE,
    &unsafe_key_url::RULE,
    &unsafe_signature_algorithm::RULE,
    &unusual_signature_algorithm::RULE,
    &unusual_signature_type::RULE,
    &wrong_type::RULE,
];
