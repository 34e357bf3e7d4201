// Generated from the files of this folder by `cargo test`; do not edit.

//! The rules, one file each.

mod ambiguous_signed_value;
mod bare_media_type;
mod byte_order_mark;
mod card_as_endpoint;
mod conflicting_transport;
mod contradicted_agent;
mod contradicted_card;
mod decorated_endpoint;
mod deprecated_oauth_flow;
mod differing_security;
mod duplicate_extension;
mod duplicate_interface;
mod duplicate_key;
mod duplicate_object_id;
mod duplicate_owner;
mod duplicate_signature_key;
mod duplicate_skill_id;
mod duplicate_source_agent_id;
mod duplicate_spelling;
mod embedded_signature_key;
mod empty_required_array;
mod empty_required_string;
mod empty_requirement;
mod empty_tenant;
mod excessive_nesting;
mod expired_allowance;
mod exposed_api_key;
mod exposed_secret;
mod flowless_scheme;
mod foreign_endpoint;
mod foreign_key_url;
mod foreign_page_member;
mod guessed_mode;
mod hidden_text;
mod incomplete_graph_object;
mod internal_host;
mod lone_surrogate;
mod lookalike_host;
mod malformed_configuration;
mod malformed_guid;
mod malformed_json;
mod malformed_protocol_version;
mod malformed_reference;
mod malformed_signature_value;
mod malformed_timestamp;
mod malformed_url;
mod manifest_given_twice;
mod metadata_address;
mod method_as_endpoint;
mod migration_assumption;
mod migration_gap;
mod migration_loss;
mod mismatched_odata_type;
mod mismatched_scheme;
mod mismatched_scheme_type;
mod misnamed_member;
mod misordered_interfaces;
mod misplaced_annotation;
mod missing_core_transport;
mod missing_member;
mod missing_preferred_transport;
mod missing_signature_parameter;
mod nested_card;
mod non_semantic_version;
mod null_member;
mod oauth_flow_count;
mod odd_discovery_url;
mod odd_rest_url;
mod odd_skill_id;
mod one_sided_security;
mod optional_pkce;
mod outdated_file_name;
mod overlapping_signature_headers;
mod ownerless_registration;
mod partial_agent_card;
mod patch_version;
mod placeholder_url;
mod placeholder_value;
mod plaintext_endpoint;
mod plaintext_login_url;
mod plaintext_page_url;
mod published_prompt;
mod raised_protocol_version;
mod read_only_member;
mod reader_instruction;
mod removed_member;
mod required_extension;
mod reserved_collection;
mod reserved_namespace;
mod restricted_manager;
mod retiring_registry;
mod sample_guid;
mod scheme_variant;
mod scopes_without_oauth;
mod script_page_url;
mod several_oauth_flows;
mod superseded_interface;
mod tunnel_host;
mod unaddressable_id;
mod unclearable_member;
mod uncovered_member;
mod undeclared_scheme;
mod undeclared_scope;
mod undecodable_signature_header;
mod unencoded_signature_payload;
mod unidentified_extension;
mod unknown_member;
mod unknown_transport;
mod unlisted_legacy_endpoint;
mod unlisted_main_endpoint;
mod unlisted_value;
mod unmet_critical_parameter;
mod unopenable_page_url;
mod unreadable_credentials;
mod unrecognized_document;
mod unregistered_http_scheme;
mod unreleased_protocol_version;
mod unsafe_key_url;
mod unsafe_number;
mod unsafe_signature_algorithm;
mod unspecified_address;
mod unstated_authentication;
mod unstated_protocol_version;
mod unstated_streaming;
mod unusable_extended_card;
mod unused_allowance;
mod unused_scheme;
mod unusual_signature_algorithm;
mod unusual_signature_type;
mod unversioned_extension;
mod wrapped_card;
mod wrong_encoding;
mod wrong_type;

use crate::rule::Rule;

/// Every rule, by name.
pub static ALL: &[&Rule] = &[
    &ambiguous_signed_value::RULE,
    &bare_media_type::RULE,
    &byte_order_mark::RULE,
    &card_as_endpoint::RULE,
    &conflicting_transport::RULE,
    &contradicted_agent::RULE,
    &contradicted_card::RULE,
    &decorated_endpoint::RULE,
    &deprecated_oauth_flow::RULE,
    &differing_security::RULE,
    &duplicate_extension::RULE,
    &duplicate_interface::RULE,
    &duplicate_key::RULE,
    &duplicate_object_id::RULE,
    &duplicate_owner::RULE,
    &duplicate_signature_key::RULE,
    &duplicate_skill_id::RULE,
    &duplicate_source_agent_id::RULE,
    &duplicate_spelling::RULE,
    &embedded_signature_key::RULE,
    &empty_required_array::RULE,
    &empty_required_string::RULE,
    &empty_requirement::RULE,
    &empty_tenant::RULE,
    &excessive_nesting::RULE,
    &expired_allowance::RULE,
    &exposed_api_key::RULE,
    &exposed_secret::RULE,
    &flowless_scheme::RULE,
    &foreign_endpoint::RULE,
    &foreign_key_url::RULE,
    &foreign_page_member::RULE,
    &guessed_mode::RULE,
    &hidden_text::RULE,
    &incomplete_graph_object::RULE,
    &internal_host::RULE,
    &lone_surrogate::RULE,
    &lookalike_host::RULE,
    &malformed_configuration::RULE,
    &malformed_guid::RULE,
    &malformed_json::RULE,
    &malformed_protocol_version::RULE,
    &malformed_reference::RULE,
    &malformed_signature_value::RULE,
    &malformed_timestamp::RULE,
    &malformed_url::RULE,
    &manifest_given_twice::RULE,
    &metadata_address::RULE,
    &method_as_endpoint::RULE,
    &migration_assumption::RULE,
    &migration_gap::RULE,
    &migration_loss::RULE,
    &mismatched_odata_type::RULE,
    &mismatched_scheme::RULE,
    &mismatched_scheme_type::RULE,
    &misnamed_member::RULE,
    &misordered_interfaces::RULE,
    &misplaced_annotation::RULE,
    &missing_core_transport::RULE,
    &missing_member::RULE,
    &missing_preferred_transport::RULE,
    &missing_signature_parameter::RULE,
    &nested_card::RULE,
    &non_semantic_version::RULE,
    &null_member::RULE,
    &oauth_flow_count::RULE,
    &odd_discovery_url::RULE,
    &odd_rest_url::RULE,
    &odd_skill_id::RULE,
    &one_sided_security::RULE,
    &optional_pkce::RULE,
    &outdated_file_name::RULE,
    &overlapping_signature_headers::RULE,
    &ownerless_registration::RULE,
    &partial_agent_card::RULE,
    &patch_version::RULE,
    &placeholder_url::RULE,
    &placeholder_value::RULE,
    &plaintext_endpoint::RULE,
    &plaintext_login_url::RULE,
    &plaintext_page_url::RULE,
    &published_prompt::RULE,
    &raised_protocol_version::RULE,
    &read_only_member::RULE,
    &reader_instruction::RULE,
    &removed_member::RULE,
    &required_extension::RULE,
    &reserved_collection::RULE,
    &reserved_namespace::RULE,
    &restricted_manager::RULE,
    &retiring_registry::RULE,
    &sample_guid::RULE,
    &scheme_variant::RULE,
    &scopes_without_oauth::RULE,
    &script_page_url::RULE,
    &several_oauth_flows::RULE,
    &superseded_interface::RULE,
    &tunnel_host::RULE,
    &unaddressable_id::RULE,
    &unclearable_member::RULE,
    &uncovered_member::RULE,
    &undeclared_scheme::RULE,
    &undeclared_scope::RULE,
    &undecodable_signature_header::RULE,
    &unencoded_signature_payload::RULE,
    &unidentified_extension::RULE,
    &unknown_member::RULE,
    &unknown_transport::RULE,
    &unlisted_legacy_endpoint::RULE,
    &unlisted_main_endpoint::RULE,
    &unlisted_value::RULE,
    &unmet_critical_parameter::RULE,
    &unopenable_page_url::RULE,
    &unreadable_credentials::RULE,
    &unrecognized_document::RULE,
    &unregistered_http_scheme::RULE,
    &unreleased_protocol_version::RULE,
    &unsafe_key_url::RULE,
    &unsafe_number::RULE,
    &unsafe_signature_algorithm::RULE,
    &unspecified_address::RULE,
    &unstated_authentication::RULE,
    &unstated_protocol_version::RULE,
    &unstated_streaming::RULE,
    &unusable_extended_card::RULE,
    &unused_allowance::RULE,
    &unused_scheme::RULE,
    &unusual_signature_algorithm::RULE,
    &unusual_signature_type::RULE,
    &unversioned_extension::RULE,
    &wrapped_card::RULE,
    &wrong_encoding::RULE,
    &wrong_type::RULE,
];
