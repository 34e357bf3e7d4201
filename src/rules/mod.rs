// Generated from the files of this folder by `cargo test`; do not edit.

//! The rules, one file each.

mod bare_media_type;
mod duplicate_skill_id;
mod empty_tenant;
mod malformed_protocol_version;
mod malformed_url;
mod mismatched_scheme;
mod missing_member;
mod non_semantic_version;
mod null_member;
mod oauth_flow_count;
mod one_sided_security;
mod patch_version;
mod placeholder_url;
mod plaintext_endpoint;
mod plaintext_login_url;
mod raised_protocol_version;
mod scheme_variant;
mod undeclared_scheme;
mod unknown_transport;
mod unlisted_value;
mod unreleased_protocol_version;
mod unspecified_address;
mod unstated_protocol_version;
mod wrong_type;

use crate::rule::Rule;

/// Every rule, by name.
pub static ALL: &[&Rule] = &[
    &bare_media_type::RULE,
    &duplicate_skill_id::RULE,
    &empty_tenant::RULE,
    &malformed_protocol_version::RULE,
    &malformed_url::RULE,
    &mismatched_scheme::RULE,
    &missing_member::RULE,
    &non_semantic_version::RULE,
    &null_member::RULE,
    &oauth_flow_count::RULE,
    &one_sided_security::RULE,
    &patch_version::RULE,
    &placeholder_url::RULE,
    &plaintext_endpoint::RULE,
    &plaintext_login_url::RULE,
    &raised_protocol_version::RULE,
    &scheme_variant::RULE,
    &undeclared_scheme::RULE,
    &unknown_transport::RULE,
    &unlisted_value::RULE,
    &unreleased_protocol_version::RULE,
    &unspecified_address::RULE,
    &unstated_protocol_version::RULE,
    &wrong_type::RULE,
];
