//! The advice of the compiler's messages, followed: each case of `ui` whose message says what to write has a twin,
//! `NAME.fixed.rs`, in which that is written, and which compiles here.
#![allow(dead_code, missing_docs, unused_imports, single_use_lifetimes, unreachable_pub, clippy::unwrap_used)]
#![allow(clippy::needless_lifetimes, reason = "the advice is about the lifetime")]

use std::path::{Path, PathBuf};

#[path = "../ui/attr/api-twice.fixed.rs"]
mod attr_api_twice;
#[path = "../ui/attr/associated-constant-without-value.fixed.rs"]
mod attr_associated_constant_without_value;
#[path = "../ui/attr/base-is-no-url.fixed.rs"]
mod attr_base_is_no_url;
#[path = "../ui/attr/base-that-no-client-can-use.fixed.rs"]
mod attr_base_that_no_client_can_use;
#[path = "../ui/attr/cfg-in-cfg-attr.fixed.rs"]
mod attr_cfg_in_cfg_attr;
#[path = "../ui/attr/client-is-no-name.fixed.rs"]
mod attr_client_is_no_name;
#[path = "../ui/attr/comma-doubled-or-missing.fixed.rs"]
mod attr_comma_doubled_or_missing;
#[path = "../ui/attr/const-method.fixed.rs"]
mod attr_const_method;
#[path = "../ui/attr/constant-header-on-method.fixed.rs"]
mod attr_constant_header_on_method;
#[path = "../ui/attr/crate-is-no-path.fixed.rs"]
mod attr_crate_is_no_path;
#[path = "../ui/attr/custom-method.fixed.rs"]
mod attr_custom_method;
#[path = "../ui/attr/custom-method-behind-the-path.fixed.rs"]
mod attr_custom_method_behind_the_path;
#[path = "../ui/attr/dyn-with-async-fn.fixed.rs"]
mod attr_dyn_with_async_fn;
#[path = "../ui/attr/dyn-with-generic-method.fixed.rs"]
mod attr_dyn_with_generic_method;
#[path = "../ui/attr/extern-method.fixed.rs"]
mod attr_extern_method;
#[path = "../ui/attr/five-mistakes.fixed.rs"]
mod attr_five_mistakes;
#[path = "../ui/attr/headers-on-method.fixed.rs"]
mod attr_headers_on_method;
#[path = "../ui/attr/key-as-an-attribute.fixed.rs"]
mod attr_key_as_an_attribute;
#[path = "../ui/attr/key-at-another-level.fixed.rs"]
mod attr_key_at_another_level;
#[path = "../ui/attr/key-of-the-wrong-shape.fixed.rs"]
mod attr_key_of_the_wrong_shape;
#[path = "../ui/attr/key-twice.fixed.rs"]
mod attr_key_twice;
#[path = "../ui/attr/key-without-a-value.fixed.rs"]
mod attr_key_without_a_value;
#[path = "../ui/attr/method-hides-client.fixed.rs"]
mod attr_method_hides_client;
#[path = "../ui/attr/method-hides-clone.fixed.rs"]
mod attr_method_hides_clone;
#[path = "../ui/attr/method-hides-new.fixed.rs"]
mod attr_method_hides_new;
#[path = "../ui/attr/method-name-twice.fixed.rs"]
mod attr_method_name_twice;
#[path = "../ui/attr/method-with-visibility.fixed.rs"]
mod attr_method_with_visibility;
#[path = "../ui/attr/method-without-verb.fixed.rs"]
mod attr_method_without_verb;
#[path = "../ui/attr/missing-comma.fixed.rs"]
mod attr_missing_comma;
#[path = "../ui/attr/misspelt-verb.fixed.rs"]
mod attr_misspelt_verb;
#[path = "../ui/attr/mutable-receiver.fixed.rs"]
mod attr_mutable_receiver;
#[path = "../ui/attr/names-of-the-client.fixed.rs"]
mod attr_names_of_the_client;
#[path = "../ui/attr/neither-verb-nor-body.fixed.rs"]
mod attr_neither_verb_nor_body;
#[path = "../ui/attr/nest-says-too-much.fixed.rs"]
mod attr_nest_says_too_much;
#[path = "../ui/attr/no-receiver.fixed.rs"]
mod attr_no_receiver;
#[path = "../ui/attr/path-with-a-key.fixed.rs"]
mod attr_path_with_a_key;
#[path = "../ui/attr/receiver-by-value.fixed.rs"]
mod attr_receiver_by_value;
#[path = "../ui/attr/receivers.fixed.rs"]
mod attr_receivers;
#[path = "../ui/attr/request-as-a-verb.fixed.rs"]
mod attr_request_as_a_verb;
#[path = "../ui/attr/role-on-method.fixed.rs"]
mod attr_role_on_method;
#[path = "../ui/attr/suffix-of-a-literal.fixed.rs"]
mod attr_suffix_of_a_literal;
#[path = "../ui/attr/two-paths.fixed.rs"]
mod attr_two_paths;
#[path = "../ui/attr/two-prefixes.fixed.rs"]
mod attr_two_prefixes;
#[path = "../ui/attr/two-verbs.fixed.rs"]
mod attr_two_verbs;
#[path = "../ui/attr/type-parameter-of-a-method-unused.fixed.rs"]
mod attr_type_parameter_of_a_method_unused;
#[path = "../ui/attr/type-parameter-unused.fixed.rs"]
mod attr_type_parameter_unused;
#[path = "../ui/attr/undeclared-lifetime.fixed.rs"]
mod attr_undeclared_lifetime;
#[path = "../ui/attr/unknown-key-of-api.fixed.rs"]
mod attr_unknown_key_of_api;
#[path = "../ui/attr/unknown-key-of-query.fixed.rs"]
mod attr_unknown_key_of_query;
#[path = "../ui/attr/unknown-key-of-verb.fixed.rs"]
mod attr_unknown_key_of_verb;
#[path = "../ui/attr/unknown-verb.fixed.rs"]
mod attr_unknown_verb;
#[path = "../ui/attr/unsafe-method.fixed.rs"]
mod attr_unsafe_method;
#[path = "../ui/attr/values-of-the-wrong-kind.fixed.rs"]
mod attr_values_of_the_wrong_kind;
#[path = "../ui/attr/verb-and-body.fixed.rs"]
mod attr_verb_and_body;
#[path = "../ui/attr/verb-and-nest.fixed.rs"]
mod attr_verb_and_nest;
#[path = "../ui/attr/verb-assigned.fixed.rs"]
mod attr_verb_assigned;
#[path = "../ui/attr/verb-of-a-crate.fixed.rs"]
mod attr_verb_of_a_crate;
#[path = "../ui/attr/words-of-other-libraries.fixed.rs"]
mod attr_words_of_other_libraries;
#[path = "../ui/body/allow-body-without-need.fixed.rs"]
mod body_allow_body_without_need;
#[path = "../ui/body/body-and-multipart.fixed.rs"]
mod body_body_and_multipart;
#[path = "../ui/body/body-on-get.fixed.rs"]
mod body_body_on_get;
#[path = "../ui/body/body-on-head.fixed.rs"]
mod body_body_on_head;
#[path = "../ui/body/borrowed-file.fixed.rs"]
mod body_borrowed_file;
#[path = "../ui/body/borrowed-stream.fixed.rs"]
mod body_borrowed_stream;
#[path = "../ui/body/constant-field-and-argument.fixed.rs"]
mod body_constant_field_and_argument;
#[path = "../ui/body/constant-field-is-no-constant.fixed.rs"]
mod body_constant_field_is_no_constant;
#[path = "../ui/body/constant-field-of-a-list.fixed.rs"]
mod body_constant_field_of_a_list;
#[path = "../ui/body/constant-field-on-get.fixed.rs"]
mod body_constant_field_on_get;
#[path = "../ui/body/constant-field-with-raw-body.fixed.rs"]
mod body_constant_field_with_raw_body;
#[path = "../ui/body/constant-field-without-body.fixed.rs"]
mod body_constant_field_without_body;
#[path = "../ui/body/content-type-twice.fixed.rs"]
mod body_content_type_twice;
#[path = "../ui/body/field-and-whole-body.fixed.rs"]
mod body_field_and_whole_body;
#[path = "../ui/body/field-name-twice.fixed.rs"]
mod body_field_name_twice;
#[path = "../ui/body/form-of-a-single-value.fixed.rs"]
mod body_form_of_a_single_value;
#[path = "../ui/body/form-without-field.fixed.rs"]
mod body_form_without_field;
#[path = "../ui/body/json-and-form.fixed.rs"]
mod body_json_and_form;
#[path = "../ui/body/lists-of-a-json-field.fixed.rs"]
mod body_lists_of_a_json_field;
#[path = "../ui/body/malformed-media-type-of-part.fixed.rs"]
mod body_malformed_media_type_of_part;
#[path = "../ui/body/multipart-without-part.fixed.rs"]
mod body_multipart_without_part;
#[path = "../ui/body/mutable-borrow.fixed.rs"]
mod body_mutable_borrow;
#[path = "../ui/body/null-in-a-form.fixed.rs"]
mod body_null_in_a_form;
#[path = "../ui/body/part-and-form.fixed.rs"]
mod body_part_and_form;
#[path = "../ui/body/part-in-a-form.fixed.rs"]
mod body_part_in_a_form;
#[path = "../ui/body/part-name-twice.fixed.rs"]
mod body_part_name_twice;
#[path = "../ui/body/two-bodies-under-a-cfg.fixed.rs"]
mod body_two_bodies_under_a_cfg;
#[path = "../ui/body/two-encodings.fixed.rs"]
mod body_two_encodings;
#[path = "../ui/body/two-json-bodies.fixed.rs"]
mod body_two_json_bodies;
#[path = "../ui/derive/decode-statuses.fixed.rs"]
mod derive_decode_statuses;
#[path = "../ui/derive/multipart-keys.fixed.rs"]
mod derive_multipart_keys;
#[path = "../ui/derive/multipart-of-a-struct.fixed.rs"]
mod derive_multipart_of_a_struct;
#[path = "../ui/derive/query-beyond-serde.fixed.rs"]
mod derive_query_beyond_serde;
#[path = "../ui/derive/query-keys.fixed.rs"]
mod derive_query_keys;
#[path = "../ui/derive/query-name-empty-or-twice.fixed.rs"]
mod derive_query_name_empty_or_twice;
#[path = "../ui/derive/query-name-twice.fixed.rs"]
mod derive_query_name_twice;
#[path = "../ui/derive/query-of-a-nested-struct.fixed.rs"]
mod derive_query_of_a_nested_struct;
#[path = "../ui/derive/query-of-an-enum.fixed.rs"]
mod derive_query_of_an_enum;
#[path = "../ui/derive/scalar-beyond-serde.fixed.rs"]
mod derive_scalar_beyond_serde;
#[path = "../ui/derive/scalar-of-several-fields.fixed.rs"]
mod derive_scalar_of_several_fields;
#[path = "../ui/derive/scalar-unknown-case.fixed.rs"]
mod derive_scalar_unknown_case;
#[path = "../ui/derive/scalar-variant-with-a-field.fixed.rs"]
mod derive_scalar_variant_with_a_field;
#[path = "../ui/derive/scalar-variants-of-one-text.fixed.rs"]
mod derive_scalar_variants_of_one_text;
#[path = "../ui/params/allow-empty-on-one-segment.fixed.rs"]
mod params_allow_empty_on_one_segment;
#[path = "../ui/params/argument-without-name.fixed.rs"]
mod params_argument_without_name;
#[path = "../ui/params/attribute-of-another-crate.fixed.rs"]
mod params_attribute_of_another_crate;
#[path = "../ui/params/authorization-with-auth.fixed.rs"]
mod params_authorization_with_auth;
#[path = "../ui/params/borrowed-extension.fixed.rs"]
mod params_borrowed_extension;
#[path = "../ui/params/brackets-twice.fixed.rs"]
mod params_brackets_twice;
#[path = "../ui/params/constant-authorization-of-the-api-and-auth.fixed.rs"]
mod params_constant_authorization_of_the_api_and_auth;
#[path = "../ui/params/content-length-of-the-client.fixed.rs"]
mod params_content_length_of_the_client;
#[path = "../ui/params/cookie-twice.fixed.rs"]
mod params_cookie_twice;
#[path = "../ui/params/dyn-in-query.fixed.rs"]
mod params_dyn_in_query;
#[path = "../ui/params/empty-header-list.fixed.rs"]
mod params_empty_header_list;
#[path = "../ui/params/extension-of-one-type-twice.fixed.rs"]
mod params_extension_of_one_type_twice;
#[path = "../ui/params/flag-of-a-bool.fixed.rs"]
mod params_flag_of_a_bool;
#[path = "../ui/params/flag-with-lists.fixed.rs"]
mod params_flag_with_lists;
#[path = "../ui/params/flag-with-name.fixed.rs"]
mod params_flag_with_name;
#[path = "../ui/params/flatten-of-a-single-value.fixed.rs"]
mod params_flatten_of_a_single_value;
#[path = "../ui/params/header-of-the-client.fixed.rs"]
mod params_header_of_the_client;
#[path = "../ui/params/header-twice-whatever-the-case.fixed.rs"]
mod params_header_twice_whatever_the_case;
#[path = "../ui/params/header-without-name.fixed.rs"]
mod params_header_without_name;
#[path = "../ui/params/impl-display-in-path.fixed.rs"]
mod params_impl_display_in_path;
#[path = "../ui/params/invalid-header-name.fixed.rs"]
mod params_invalid_header_name;
#[path = "../ui/params/invalid-header-value.fixed.rs"]
mod params_invalid_header_value;
#[path = "../ui/params/keys-that-are-no-names.fixed.rs"]
mod params_keys_that_are_no_names;
#[path = "../ui/params/list-of-lists.fixed.rs"]
mod params_list_of_lists;
#[path = "../ui/params/malformed-media-type.fixed.rs"]
mod params_malformed_media_type;
#[path = "../ui/params/misspelt-role.fixed.rs"]
mod params_misspelt_role;
#[path = "../ui/params/mutable-argument.fixed.rs"]
mod params_mutable_argument;
#[path = "../ui/params/name-with-a-key.fixed.rs"]
mod params_name_with_a_key;
#[path = "../ui/params/name-without-quotes.fixed.rs"]
mod params_name_without_quotes;
#[path = "../ui/params/nest-argument-not-bound.fixed.rs"]
mod params_nest_argument_not_bound;
#[path = "../ui/params/nest-argument-with-a-role.fixed.rs"]
mod params_nest_argument_with_a_role;
#[path = "../ui/params/no-role.fixed.rs"]
mod params_no_role;
#[path = "../ui/params/path-as-role.fixed.rs"]
mod params_path_as_role;
#[path = "../ui/params/pattern-for-a-name.fixed.rs"]
mod params_pattern_for_a_name;
#[path = "../ui/params/query-name-twice.fixed.rs"]
mod params_query_name_twice;
#[path = "../ui/params/role-in-cfg-attr.fixed.rs"]
mod params_role_in_cfg_attr;
#[path = "../ui/params/role-of-another-library.fixed.rs"]
mod params_role_of_another_library;
#[path = "../ui/params/roles-of-retrofit-and-refit.fixed.rs"]
mod params_roles_of_retrofit_and_refit;
#[path = "../ui/params/two-arguments-for-one-place-under-a-cfg.fixed.rs"]
mod params_two_arguments_for_one_place_under_a_cfg;
#[path = "../ui/params/two-roles.fixed.rs"]
mod params_two_roles;
#[path = "../ui/params/unknown-keys-of-roles.fixed.rs"]
mod params_unknown_keys_of_roles;
#[path = "../ui/params/unknown-list-style.fixed.rs"]
mod params_unknown_list_style;
#[path = "../ui/params/unknown-object-style.fixed.rs"]
mod params_unknown_object_style;
#[path = "../ui/params/unknown-role.fixed.rs"]
mod params_unknown_role;
#[path = "../ui/params/url-and-path.fixed.rs"]
mod params_url_and_path;
#[path = "../ui/params/url-and-path-arguments.fixed.rs"]
mod params_url_and_path_arguments;
#[path = "../ui/params/url-twice.fixed.rs"]
mod params_url_twice;
#[path = "../ui/params/url-under-a-cfg.fixed.rs"]
mod params_url_under_a_cfg;
#[path = "../ui/params/url-with-a-name.fixed.rs"]
mod params_url_with_a_name;
#[path = "../ui/params/wrong-role-and-missing-placeholder.fixed.rs"]
mod params_wrong_role_and_missing_placeholder;
#[path = "../ui/policy/attempt-longer-than-the-call.fixed.rs"]
mod policy_attempt_longer_than_the_call;
#[path = "../ui/policy/attempts-without-idempotent.fixed.rs"]
mod policy_attempts_without_idempotent;
#[path = "../ui/policy/attempts-zero.fixed.rs"]
mod policy_attempts_zero;
#[path = "../ui/policy/auth-in-quotes.fixed.rs"]
mod policy_auth_in_quotes;
#[path = "../ui/policy/constant-query-pair-repeated.fixed.rs"]
mod policy_constant_query_pair_repeated;
#[path = "../ui/policy/duration-does-not-parse.fixed.rs"]
mod policy_duration_does_not_parse;
#[path = "../ui/policy/duration-zero.fixed.rs"]
mod policy_duration_zero;
#[path = "../ui/policy/events-of-no-stream.fixed.rs"]
mod policy_events_of_no_stream;
#[path = "../ui/policy/idempotency-key-is-an-argument-too.fixed.rs"]
mod policy_idempotency_key_is_an_argument_too;
#[path = "../ui/policy/idempotent-on-an-idempotent-verb.fixed.rs"]
mod policy_idempotent_on_an_idempotent_verb;
#[path = "../ui/policy/key-of-an-idempotent-verb.fixed.rs"]
mod policy_key_of_an_idempotent_verb;
#[path = "../ui/policy/keys-of-events.fixed.rs"]
mod policy_keys_of_events;
#[path = "../ui/policy/nest-shadows-an-endpoint.fixed.rs"]
mod policy_nest_shadows_an_endpoint;
#[path = "../ui/policy/same-verb-and-template.fixed.rs"]
mod policy_same_verb_and_template;
#[path = "../ui/policy/unknown-auth-scheme.fixed.rs"]
mod policy_unknown_auth_scheme;
#[path = "../ui/returns/async-call.fixed.rs"]
mod returns_async_call;
#[path = "../ui/returns/async-nothing.fixed.rs"]
mod returns_async_nothing;
#[path = "../ui/returns/borrowed-answer.fixed.rs"]
mod returns_borrowed_answer;
#[path = "../ui/returns/nest-of-a-reference.fixed.rs"]
mod returns_nest_of_a_reference;
#[path = "../ui/returns/nest-of-impl-trait.fixed.rs"]
mod returns_nest_of_impl_trait;
#[path = "../ui/returns/nest-returns-nothing.fixed.rs"]
mod returns_nest_returns_nothing;
#[path = "../ui/returns/nothing.fixed.rs"]
mod returns_nothing;
#[path = "../ui/returns/pinned-future.fixed.rs"]
mod returns_pinned_future;
#[path = "../ui/returns/result-that-borrows.fixed.rs"]
mod returns_result_that_borrows;
#[path = "../ui/returns/result-without-a-size.fixed.rs"]
mod returns_result_without_a_size;
#[path = "../ui/returns/sync-result.fixed.rs"]
mod returns_sync_result;
#[path = "../ui/returns/sync-tuple.fixed.rs"]
mod returns_sync_tuple;
#[path = "../ui/returns/sync-unit.fixed.rs"]
mod returns_sync_unit;
#[path = "../ui/returns/wrapped-call.fixed.rs"]
mod returns_wrapped_call;
#[path = "../ui/template/angle-placeholder.fixed.rs"]
mod template_angle_placeholder;
#[path = "../ui/template/argument-of-another-case.fixed.rs"]
mod template_argument_of_another_case;
#[path = "../ui/template/backslash.fixed.rs"]
mod template_backslash;
#[path = "../ui/template/bad-percent-encoding.fixed.rs"]
mod template_bad_percent_encoding;
#[path = "../ui/template/colon-placeholder.fixed.rs"]
mod template_colon_placeholder;
#[path = "../ui/template/control-character.fixed.rs"]
mod template_control_character;
#[path = "../ui/template/empty-nest.fixed.rs"]
mod template_empty_nest;
#[path = "../ui/template/empty-placeholder.fixed.rs"]
mod template_empty_placeholder;
#[path = "../ui/template/empty-prefix.fixed.rs"]
mod template_empty_prefix;
#[path = "../ui/template/empty-segment.fixed.rs"]
mod template_empty_segment;
#[path = "../ui/template/fragment.fixed.rs"]
mod template_fragment;
#[path = "../ui/template/host.fixed.rs"]
mod template_host;
#[path = "../ui/template/line-break.fixed.rs"]
mod template_line_break;
#[path = "../ui/template/no-leading-slash.fixed.rs"]
mod template_no_leading_slash;
#[path = "../ui/template/no-leading-slash-with-placeholder.fixed.rs"]
mod template_no_leading_slash_with_placeholder;
#[path = "../ui/template/no-path.fixed.rs"]
mod template_no_path;
#[path = "../ui/template/not-ascii.fixed.rs"]
mod template_not_ascii;
#[path = "../ui/template/option-for-a-placeholder.fixed.rs"]
mod template_option_for_a_placeholder;
#[path = "../ui/template/pair-without-name.fixed.rs"]
mod template_pair_without_name;
#[path = "../ui/template/path-by-concat.fixed.rs"]
mod template_path_by_concat;
#[path = "../ui/template/path-is-a-constant.fixed.rs"]
mod template_path_is_a_constant;
#[path = "../ui/template/path-is-a-macro.fixed.rs"]
mod template_path_is_a_macro;
#[path = "../ui/template/path-is-a-number.fixed.rs"]
mod template_path_is_a_number;
#[path = "../ui/template/placeholder-filled-twice-under-a-cfg.fixed.rs"]
mod template_placeholder_filled_twice_under_a_cfg;
#[path = "../ui/template/placeholder-filled-under-a-cfg.fixed.rs"]
mod template_placeholder_filled_under_a_cfg;
#[path = "../ui/template/placeholder-filled-under-a-cfg-in-a-nest.fixed.rs"]
mod template_placeholder_filled_under_a_cfg_in_a_nest;
#[path = "../ui/template/placeholder-in-prefix.fixed.rs"]
mod template_placeholder_in_prefix;
#[path = "../ui/template/placeholder-in-query.fixed.rs"]
mod template_placeholder_in_query;
#[path = "../ui/template/placeholder-is-a-raw-identifier.fixed.rs"]
mod template_placeholder_is_a_raw_identifier;
#[path = "../ui/template/placeholder-is-no-identifier.fixed.rs"]
mod template_placeholder_is_no_identifier;
#[path = "../ui/template/placeholder-of-a-uri-template.fixed.rs"]
mod template_placeholder_of_a_uri_template;
#[path = "../ui/template/placeholder-taken-by-another-role.fixed.rs"]
mod template_placeholder_taken_by_another_role;
#[path = "../ui/template/placeholder-with-a-comment.fixed.rs"]
mod template_placeholder_with_a_comment;
#[path = "../ui/template/placeholder-with-a-default-or-a-pattern.fixed.rs"]
mod template_placeholder_with_a_default_or_a_pattern;
#[path = "../ui/template/placeholder-with-a-line-break.fixed.rs"]
mod template_placeholder_with_a_line_break;
#[path = "../ui/template/placeholder-with-a-near-argument.fixed.rs"]
mod template_placeholder_with_a_near_argument;
#[path = "../ui/template/placeholder-with-spaces.fixed.rs"]
mod template_placeholder_with_spaces;
#[path = "../ui/template/placeholder-with-spaces-in-a-nest.fixed.rs"]
mod template_placeholder_with_spaces_in_a_nest;
#[path = "../ui/template/placeholder-with-spaces-in-a-prefix.fixed.rs"]
mod template_placeholder_with_spaces_in_a_prefix;
#[path = "../ui/template/placeholder-with-type.fixed.rs"]
mod template_placeholder_with_type;
#[path = "../ui/template/placeholder-without-argument.fixed.rs"]
mod template_placeholder_without_argument;
#[path = "../ui/template/placeholders-in-a-query.fixed.rs"]
mod template_placeholders_in_a_query;
#[path = "../ui/template/query-begins-twice.fixed.rs"]
mod template_query_begins_twice;
#[path = "../ui/template/query-in-prefix.fixed.rs"]
mod template_query_in_prefix;
#[path = "../ui/template/rest-of-other-libraries.fixed.rs"]
mod template_rest_of_other_libraries;
#[path = "../ui/template/rest-twice.fixed.rs"]
mod template_rest_twice;
#[path = "../ui/template/rest-within-a-segment.fixed.rs"]
mod template_rest_within_a_segment;
#[path = "../ui/template/scheme-and-host.fixed.rs"]
mod template_scheme_and_host;
#[path = "../ui/template/segment-filled-twice.fixed.rs"]
mod template_segment_filled_twice;
#[path = "../ui/template/segment-with-a-near-placeholder.fixed.rs"]
mod template_segment_with_a_near_placeholder;
#[path = "../ui/template/segment-without-placeholder.fixed.rs"]
mod template_segment_without_placeholder;
#[path = "../ui/template/space.fixed.rs"]
mod template_space;
#[path = "../ui/template/stray-brace.fixed.rs"]
mod template_stray_brace;
#[path = "../ui/template/unclosed-brace.fixed.rs"]
mod template_unclosed_brace;
#[path = "../ui/template/unclosed-brace-and-its-argument.fixed.rs"]
mod template_unclosed_brace_and_its_argument;
#[path = "../ui/template/unencoded-delimiter.fixed.rs"]
mod template_unencoded_delimiter;

/// Cases in which the author has to decide more than a message can know.
const WITHOUT_TWIN: &[&str] = &[
    "attr/not-a-trait",
    "attr/on-an-impl",
    // Many mistakes at once, each with a case of its own.
    "attr/mistakes-of-every-kind-at-once",
    "attr/ten-mistakes",
    "attr/twelve-mistakes-of-one-method",
];

fn files(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn each_message_that_says_what_to_write_has_a_twin() {
    let listed = include_str!("ui_fixed.rs");
    let classes = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("ui"));
    let mut twins = 0;
    for file in classes.iter().flat_map(|class| files(class)) {
        if file.extension().is_none_or(|extension| extension != "stderr") {
            continue;
        }
        let class = file.parent().unwrap().file_name().unwrap().to_str().unwrap();
        let case = format!("{class}/{}", file.file_stem().unwrap().to_str().unwrap());
        let said = std::fs::read_to_string(&file).unwrap();
        let advice = ["write `", "did you mean `"].iter().any(|words| said.contains(words));
        let twin = file.with_extension("fixed.rs").exists();
        assert!(twin || !advice || WITHOUT_TWIN.contains(&case.as_str()), "{case} has no twin");
        assert!(!twin || listed.contains(&format!("ui/{case}.fixed.rs")), "{case}: its twin is not compiled");
        assert!(!(twin && WITHOUT_TWIN.contains(&case.as_str())), "{case} has a twin");
        twins += usize::from(twin);
    }
    println!("{twins} twins");
}
