//! What servers send, and what the types make of it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod common;

use openai_admin::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn key() -> Value {
    json!({
        "object": "organization.admin_api_key", "id": "key_1", "name": "ci", "redacted_value": "sk-…1",
        "created_at": 1, "expires_at": 2, "last_used_at": null,
        "owner": {"type": "user", "object": "organization.user", "id": "u", "name": "n", "created_at": 1, "role": "owner"}
    })
}

#[test]
fn an_absent_optional_field_is_null() {
    let null: AdminApiKey = read(key());
    let mut absent = key();
    absent.as_object_mut().unwrap().remove("last_used_at");
    assert_eq!(read::<AdminApiKey>(absent), null);
    let mut bare = key();
    for name in ["name", "expires_at", "last_used_at", "object"] {
        bare.as_object_mut().unwrap().remove(name);
    }
    let bare: AdminApiKey = read(bare);
    assert_eq!((bare.name, bare.expires_at), (None, None));
}

#[test]
fn unknown_fields_are_ignored_and_unknown_values_kept() {
    let mut value = key();
    value["owner"]["type"] = json!("robot");
    value["new"] = json!({"a": [1]});
    assert_eq!(read::<AdminApiKey>(value).owner.kind.as_deref(), Some("robot"));

    let role: ProjectRole = read(json!("auditor"));
    assert_eq!(role, ProjectRole::Other("auditor".to_owned()));
    assert_eq!(serde_json::to_value(&role).unwrap(), json!("auditor"));
    assert_eq!(read::<ProjectRole>(json!("owner")), ProjectRole::Owner);
    assert_eq!(ProjectRole::from("owner").to_string(), "owner");
    assert_eq!(ProjectRole::from("auditor"), role);
}

/// Each has `From` and `Display` by the names that serde has.
#[test]
fn every_enum_reads_and_writes_each_of_its_texts() {
    let mut texts = 0;
    for one in common::enums::in_the_document() {
        for text in &one.values {
            assert!((one.knows)(text), "{}: `{text}` is `Other`", one.name);
            texts += 1;
        }
        assert!(!(one.knows)("a value of tomorrow"), "{}", one.name);
    }
    assert!(texts > 200, "{texts}");
    assert_eq!(format!("{:>7}|{:<8}|", Order::Asc, Order::Other("odd".into())), "    asc|odd     |");
    assert_eq!(AuditLogEventType::from("api_key.created").to_string(), "api_key.created");
}

#[test]
fn the_value_of_a_new_key_is_masked() {
    let mut value = key();
    value["value"] = json!("sk-admin-secret");
    let created: CreatedAdminApiKey = read(value);
    assert!(!format!("{created:?} {created:#?}").contains("sk-admin-secret"));
    assert_eq!(created.value.expose(), "sk-admin-secret");

    let account: CreatedServiceAccount = read(json!({
        "object": "organization.project.service_account", "id": "s", "name": "n", "role": "member", "created_at": 1,
        "api_key": {"id": "k", "name": "n", "value": "sk-svc-secret", "created_at": 1}
    }));
    assert!(!format!("{account:?}").contains("sk-svc-secret"));
    assert_eq!(account.api_key.unwrap().value.expose(), "sk-svc-secret");
}

#[test]
fn an_audit_event_loses_nothing() {
    let event = json!({
        "id": "log-1", "type": "role.updated", "effective_at": 1, "actor": {"type": "session", "session":
            {"user": {"id": "u", "email": "a@x.org"}, "ip_address": "127.0.0.1", "user_agent": "x", "ja3": "3",
             "ja4": "4", "ip_address_details": {"country": "US", "city": "c", "region": "r", "region_code": "rc",
             "asn": "1", "latitude": "1.0", "longitude": "2.0"}}, "api_key": null},
        "project": {"id": "p", "name": "n"},
        "role.updated": {"id": "role_1", "changes_requested": {"role_name": "x"}, "brand_new": 1},
        "something_else": [1, 2]
    });
    let log: AuditLog = read(event.clone());
    assert_eq!(log.kind, AuditLogEventType::RoleUpdated);
    let Some(AuditLogDetails::RoleUpdated(details)) = &log.details else { panic!("{:?}", log.details) };
    assert_eq!(details.id.as_deref(), Some("role_1"));
    assert_eq!(details.changes_requested.as_ref().unwrap().role_name.as_deref(), Some("x"));
    assert_eq!(details.other["brand_new"], 1);
    assert_eq!(log.other["something_else"], json!([1, 2]));
    assert_eq!(serde_json::to_value(&log).unwrap(), event);
}

#[test]
fn an_audit_event_of_an_unknown_type_or_shape_is_kept() {
    let event =
        json!({"id": "1", "type": "moon.landed", "effective_at": 1, "moon.landed": {"id": "m", "crew": 2}});
    let log: AuditLog = read(event.clone());
    assert!(matches!(&log.details, Some(AuditLogDetails::Other(members)) if members["crew"] == 2));
    assert_eq!(serde_json::to_value(&log).unwrap(), event);

    let event = json!({"id": "1", "type": "rate_limit.updated", "effective_at": 1,
        "rate_limit.updated": {"id": 7, "changes_requested": {"max_requests_per_1_minute": "many"}}});
    let log: AuditLog = read(event.clone());
    assert!(matches!(&log.details, Some(AuditLogDetails::Other(members)) if members["id"] == 7));
    assert_eq!(serde_json::to_value(&log).unwrap(), event);

    let event = json!({"id": "1", "type": "role.created", "effective_at": 1, "role.created": "odd"});
    let log: AuditLog = read(event.clone());
    assert_eq!(log.other["role.created"], "odd");
    assert_eq!(serde_json::to_value(&log).unwrap(), event);
}

#[test]
fn an_update_tells_absent_from_null_from_a_value() {
    let text = |change: &UpdateProject| serde_json::to_string(change).unwrap();
    assert_eq!(text(&UpdateProject::default()), "{}");
    assert_eq!(
        text(&UpdateProject::default().external_key_id(FieldUpdate::Clear)),
        r#"{"external_key_id":null}"#
    );
    assert_eq!(text(&UpdateProject::default().external_key_id("k")), r#"{"external_key_id":"k"}"#);
    let scopes = |change: &UpdateProjectApiKey| serde_json::to_string(change).unwrap();
    assert_eq!(scopes(&UpdateProjectApiKey::default()), "{}", "left out: the scopes stay");
    let none: [&str; 0] = [];
    assert_eq!(
        scopes(&UpdateProjectApiKey::default().scopes(none)),
        r#"{"scopes":[]}"#,
        "empty: no restriction"
    );
}

#[test]
fn an_update_can_clear_whatever_the_api_takes_null_for() {
    let tools = UpdateHostedTools::default().web_search(false).mcp(FieldUpdate::Clear);
    assert_eq!(serde_json::to_value(tools).unwrap(), json!({"web_search": {"enabled": false}, "mcp": null}));
    let role = UpdateRole::default().role_name(FieldUpdate::Clear).permissions(["api.groups.read"]);
    let sent = json!({"role_name": null, "permissions": ["api.groups.read"]});
    assert_eq!(serde_json::to_value(role).unwrap(), sent);
    let user = UpdateUser::default().role(FieldUpdate::Clear).role_id("r");
    assert_eq!(serde_json::to_value(user).unwrap(), json!({"role": null, "role_id": "r"}));
    let member = UpdateProjectUser::default().role(ProjectRole::Owner);
    assert_eq!(serde_json::to_value(member).unwrap(), json!({"role": "owner"}));
}

#[test]
fn an_empty_list_of_projects_is_sent() {
    let nowhere = NewInvite::new("ada@example.com", OrganizationRole::Reader).projects([]);
    assert_eq!(serde_json::to_value(nowhere).unwrap()["projects"], json!([]));
}

#[test]
fn a_lifetime_is_a_duration() {
    use std::time::Duration;
    let seconds = |lifetime| NewAdminApiKey::new("n").expires_in(lifetime).expires_in_seconds;
    assert_eq!(seconds(Duration::from_secs(3600)), Some(3600));
    assert_eq!(seconds(Duration::from_millis(1500)), Some(2), "rounded up");
    assert_eq!(seconds(Duration::MAX), Some(u32::MAX));
    let key = UpdateProjectApiKey::default().expires_in(Duration::from_secs(86_400));
    assert_eq!(serde_json::to_value(key).unwrap(), json!({"expires_in_seconds": 86_400}));
    let at = Timestamp::from_unix;
    assert_eq!(at(100).duration_since(at(40)), Duration::from_secs(60));
    assert_eq!(at(40).duration_since(at(100)), Duration::ZERO);
}

#[test]
fn tagged_values_keep_what_they_do_not_know() {
    for value in [
        json!({"type": "discovery", "discovery_url": null}),
        json!({"type": "discovery", "discovery_url": "https://x"}),
        json!({"type": "uploaded_jwks", "jwks": {"keys": []}}),
        json!({"type": "carrier_pigeon", "colour": "grey"}),
    ] {
        let read: Verification = read(value.clone());
        assert_eq!(serde_json::to_value(&read).unwrap(), value);
    }
    for value in [
        json!({"type": "service_account_default"}),
        json!({"type": "restricted", "scopes": ["s"]}),
        json!({"type": "moonlight", "hours": 3}),
    ] {
        let read: FederationPermissions = read(value.clone());
        assert_eq!(serde_json::to_value(&read).unwrap(), value);
    }
    for value in [json!("all"), json!("none_yet"), json!(["flex", "warp"]), json!([])] {
        let read: EnabledTiers = read(value.clone());
        assert_eq!(serde_json::to_value(&read).unwrap(), value);
    }
}

#[test]
fn newer_answers_are_read() {
    let storage: ExternalStorage = read(json!({
        "object": "organization.external_storage", "id": "s", "created_at": 1, "geography": "EU", "project_id": "p",
        "status": "validated", "provider": {"type": "gcp", "audience": "a", "bucket": "b", "region": "r",
        "workload_identity_pool_id": "p", "workload_identity_project_number": "1", "workload_identity_provider_id": "i"}
    }));
    assert_eq!((storage.provider.kind, storage.status), (CloudProvider::Gcp, StorageStatus::Validated));

    let key: ExternalKey = read(json!({
        "id": "k", "api_project_ids": ["p"], "created_at": 1, "name": "n", "object": "o", "type": "oci",
        "workspace_id": "w", "key_ocid": "k", "purpose": "ekm", "region": "r", "vault_ocid": "v"
    }));
    assert_eq!((key.kind, key.purpose), (CloudProvider::Oci, Some(ExternalKeyPurpose::Ekm)));

    let rule: FederationRule = read(json!({
        "id": "r", "attribute_matchers": {"sub": "x", "n": 1, "b": true, "f": 1.5}, "created_at": 1, "enabled": true,
        "object": "o", "permissions": {"type": "restricted", "scopes": ["s"]}, "project_id": "p",
        "service_account_id": "s", "updated_at": 2, "workload_identity_provider_id": "w"
    }));
    assert_eq!(rule.attribute_matchers.len(), 4);

    let tiers: ServiceTierSettings = read(json!({"default": "scale", "enabled_tiers": "all", "object": "o"}));
    assert_eq!(
        (tiers.default_tier, tiers.enabled_tiers),
        (DefaultTier::Scale, EnabledTiers::Set(TierSet::All))
    );

    let used: UsagePage<DecisionsUsage> = read(json!({
        "object": "page", "has_more": false, "data": [{"object": "bucket", "start_time": 1, "end_time": 2, "results": [
            {"object": "organization.usage.decisions.result", "input_tokens": 7, "num_model_requests": 2,
             "output_tokens": 3, "api_source": "agents_api", "input_cache_write_12h_tokens": 4}]}]
    }));
    let result = &used.data[0].results[0];
    assert_eq!((result.input_tokens, result.input_cache_write_12h_tokens, result.batch), (7, Some(4), None));
}

#[test]
fn a_group_has_one_name_for_what_the_server_calls_two() {
    let group = |name: &str| json!({"id": "g", "name": "n", "created_at": 1, name: true});
    assert!(read::<Group>(group("is_scim_managed")).is_scim_managed);
    assert!(read::<Group>(group("scim_managed")).is_scim_managed);
}

#[test]
fn a_failure_tells_what_openai_says_to_who_asks() {
    let body =
        r#"{"error":{"message":"said sk-123","type":"t","param":"limit","code":"insufficient_quota"}}"#;
    let error: Error =
        declarest::Error::response(429).with_header("x-request-id", "req_1").with_body(body).into();
    assert_eq!(error.message(), Some("said sk-123"));
    assert_eq!((error.error_type(), error.param()), (Some("t"), Some("limit")));
    assert_eq!(error.request_id(), Some("req_1"));
    assert!(error.is_insufficient_quota());
    assert!(error.to_string().contains("said sk-123"), "{error}");
    assert!(format!("{error:?}").contains("said sk-123"), "what `?` in `main` prints: {error:?}");
    assert!(!format!("{:?}", error.details()).contains("sk-123"));

    let html: Error = declarest::Error::response(502).with_body("<html>").into();
    assert!(html.details().is_none() && html.message().is_none());
}

#[test]
fn a_wrong_setting_is_an_error_of_the_crate_too() {
    fn make(key: &str) -> Result<Admin, Error> {
        Ok(Admin::builder(key).build()?)
    }
    let error = make("").unwrap_err();
    assert_eq!(error.effect(), declarest::Effect::NotSent);
    assert!(std::error::Error::source(&error).unwrap().to_string().contains("empty"));
}
