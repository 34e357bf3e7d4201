// Generated from the files of this folder by `cargo test`; do not edit.

//! The rules, one file each.

mod malformed_url;
mod mismatched_scheme;
mod missing_member;
mod null_member;
mod placeholder_url;
mod plaintext_endpoint;
mod plaintext_login_url;
mod unlisted_value;
mod unspecified_address;
mod wrong_type;

use crate::rule::Rule;

/// Every rule, by name.
pub static ALL: &[&Rule] = &[
    &malformed_url::RULE,
    &mismatched_scheme::RULE,
    &missing_member::RULE,
    &null_member::RULE,
    &placeholder_url::RULE,
    &plaintext_endpoint::RULE,
    &plaintext_login_url::RULE,
    &unlisted_value::RULE,
    &unspecified_address::RULE,
    &wrong_type::RULE,
];
