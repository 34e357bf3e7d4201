// Generated from the files of this folder by `cargo test`; do not edit.

//! The rules, one file each.

mod duplicate_spelling;
mod embedded_signature_key;
mod incomplete_graph_object;
mod malformed_guid;
mod malformed_reference;
mod malformed_signature_value;
mod malformed_timestamp;
mod manifest_given_twice;
mod mismatched_scheme_type;
mod misnamed_member;
mod misplaced_annotation;
mod missing_member;
mod missing_signature_parameter;
mod null_member;
mod overlapping_signature_headers;
mod ownerless_registration;
mod placeholder_value;
mod read_only_member;
mod removed_member;
mod restricted_manager;
mod retiring_registry;
mod sample_guid;
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
    &incomplete_graph_object::RULE,
    &malformed_guid::RULE,
    &malformed_reference::RULE,
    &malformed_signature_value::RULE,
    &malformed_timestamp::RULE,
    &manifest_given_twice::RULE,
    &mismatched_scheme_type::RULE,
    &misnamed_member::RULE,
    &misplaced_annotation::RULE,
    &missing_member::RULE,
    &missing_signature_parameter::RULE,
    &null_member::RULE,
    &overlapping_signature_headers::RULE,
    &ownerless_registration::RULE,
    &placeholder_value::RULE,
    &read_only_member::RULE,
    &removed_member::RULE,
    &restricted_manager::RULE,
    &retiring_registry::RULE,
    &sample_guid::RULE,
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
