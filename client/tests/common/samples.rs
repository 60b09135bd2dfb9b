//! A response of each shape that the API has, with every optional member that a type knows.

use serde_json::{Value, json};

/// An operation, and a response of it.
pub fn all() -> Vec<(&'static str, Value)> {
    [keys(), people(), projects(), limits(), usage(), provided()].into_iter().flatten().collect()
}

fn list(item: Value) -> Value {
    json!({"object": "list", "data": [item], "has_more": false, "first_id": "a", "last_id": "a"})
}

fn next_list(item: Value) -> Value {
    json!({"object": "list", "data": [item], "has_more": false, "next": null})
}

fn deleted(object: &str) -> Value {
    json!({"object": object, "id": "x", "deleted": true})
}

fn owner() -> Value {
    json!({"type": "user", "object": "organization.user", "id": "u", "name": "Ada", "created_at": 3, "role": "owner"})
}

fn admin_key() -> Value {
    json!({"object": "organization.admin_api_key", "id": "k", "name": "ci", "redacted_value": "sk-…x",
        "created_at": 1, "expires_at": 2, "last_used_at": null, "owner": owner()})
}

fn keys() -> Vec<(&'static str, Value)> {
    let mut created = admin_key();
    created["value"] = json!("sk-admin-1");
    let event = json!({"id": "e", "type": "project.archived", "effective_at": 5, "project": {"id": "p", "name": "n"},
        "actor": {"type": "session", "session": {"user": {"id": "u", "email": "a@example.com"}, "ip_address": "::1",
            "ip_address_details": {"country": "US", "city": null, "region": null, "region_code": null, "asn": "1",
                "latitude": "1.0", "longitude": "2.0"}, "user_agent": "x", "ja3": "a", "ja4": "b"}, "api_key": null},
        "project.archived": {"id": "p"}});
    vec![
        ("GET /organization/admin_api_keys", list(admin_key())),
        ("POST /organization/admin_api_keys", created),
        ("GET /organization/admin_api_keys/{key_id}", admin_key()),
        ("DELETE /organization/admin_api_keys/{key_id}", deleted("organization.admin_api_key.deleted")),
        ("GET /organization/audit_logs", list(event)),
    ]
}

fn user() -> Value {
    json!({"object": "organization.user", "id": "u", "name": "Ada", "email": "ada@example.com", "role": "owner",
        "added_at": 1, "is_default": false, "created": 1, "is_service_account": false,
        "is_scale_tier_authorized_purchaser": false, "is_scim_managed": false, "api_key_last_used_at": 2,
        "technical_level": null, "developer_persona": null,
        "user": {"object": "user", "id": "u", "email": "ada@example.com", "name": "Ada", "picture": null,
            "enabled": true, "banned": false, "banned_at": null},
        "projects": {"object": "list", "data": [{"id": "p", "name": "n", "role": "owner"}]}})
}

fn role() -> Value {
    json!({"object": "role", "id": "r", "name": "n", "description": null, "permissions": ["a"],
        "resource_type": "api.project", "predefined_role": false})
}

fn people() -> Vec<(&'static str, Value)> {
    let group = json!({"object": "group", "id": "g", "name": "n", "created_at": 1, "is_scim_managed": false,
        "group_type": "group"});
    let invite = json!({"object": "organization.invite", "id": "i", "email": "a@example.com", "role": "reader",
        "status": "pending", "created_at": 1, "expires_at": 2, "accepted_at": null,
        "projects": [{"id": "p", "role": "member"}]});
    let assigned = json!({"id": "r", "name": "n", "permissions": ["a"], "resource_type": "api.project",
        "predefined_role": false, "description": null, "created_at": 1, "updated_at": 2, "created_by": "u",
        "created_by_user_obj": {"id": "u"}, "metadata": {}, "assignment_sources":
            [{"principal_id": "g", "principal_type": "group"}]});
    vec![
        ("GET /organization/users", list(user())),
        ("GET /organization/users/{user_id}", user()),
        (
            "POST /organization/users/{user_id}/roles",
            json!({"object": "user.role", "user": user(), "role": role()}),
        ),
        ("GET /organization/users/{user_id}/roles", next_list(assigned)),
        ("GET /organization/roles", next_list(role())),
        ("GET /organization/groups", next_list(group.clone())),
        (
            "POST /organization/groups/{group_id}/roles",
            json!({"object": "group.role", "group": group, "role": role()}),
        ),
        (
            "GET /organization/groups/{group_id}/users",
            next_list(
                json!({"id": "u", "name": "n", "email": null, "picture": null, "is_service_account": false,
                "user_type": "user"}),
            ),
        ),
        (
            "POST /organization/groups/{group_id}/users",
            json!({"object": "group.user", "user_id": "u", "group_id": "g"}),
        ),
        ("GET /organization/invites", list(invite)),
    ]
}

fn projects() -> Vec<(&'static str, Value)> {
    let key = json!({"object": "organization.project.api_key", "id": "k", "name": "n", "redacted_value": "sk-…x",
        "created_at": 1, "last_used_at": null, "expires_at": 2, "scopes": null, "owner_project_access": "active",
        "owner": {"type": "user", "user": {"id": "u", "email": "a@example.com", "name": "Ada", "created_at": 1,
            "role": "owner"}, "service_account": null}});
    let account_key = json!({"object": "organization.project.service_account.api_key", "id": "k", "name": "n",
        "value": "sk-1", "created_at": 1, "expires_at": 2});
    vec![
        (
            "GET /organization/projects",
            list(
                json!({"object": "organization.project", "id": "p", "name": "n", "created_at": 1, "archived_at": null,
                "status": "active", "external_key_id": null, "residency": "GLOBAL"}),
            ),
        ),
        ("GET /organization/projects/{project_id}/api_keys", list(key)),
        (
            "GET /organization/projects/{project_id}/users",
            list(
                json!({"object": "organization.project.user", "id": "u", "name": "Ada", "email": null, "role": "owner",
                "added_at": 1}),
            ),
        ),
        (
            "GET /organization/projects/{project_id}/groups",
            next_list(
                json!({"object": "project.group", "project_id": "p", "group_id": "g", "group_name": "n",
                "group_type": "group", "created_at": 1}),
            ),
        ),
        (
            "POST /organization/projects/{project_id}/service_accounts",
            json!({"object": "organization.project.service_account", "id": "s", "name": "n", "role": "member",
                "created_at": 1, "api_key": account_key.clone()}),
        ),
        (
            "POST /organization/projects/{project_id}/service_accounts/{service_account_id}/api_keys",
            account_key,
        ),
        (
            "GET /organization/projects/{project_id}/model_permissions",
            json!({"object": "project.model_permissions", "mode": "allow_list", "model_ids": ["m"]}),
        ),
        (
            "GET /organization/projects/{project_id}/service_tier_settings",
            json!({"object": "project.service_tier_settings", "default": "standard", "enabled_tiers": "all"}),
        ),
    ]
}

fn limits() -> Vec<(&'static str, Value)> {
    let alert = json!({"object": "organization.spend_alert", "id": "a", "threshold_amount": 100, "currency": "USD",
        "interval": "month", "notification_channel":
            {"type": "email", "recipients": ["a@example.com"], "subject_prefix": null}});
    vec![
        (
            "GET /organization/projects/{project_id}/rate_limits",
            list(
                json!({"object": "project.rate_limit", "id": "l", "model": "m", "max_requests_per_1_minute": 1,
                "max_tokens_per_1_minute": 2, "max_images_per_1_minute": null, "max_audio_megabytes_per_1_minute": 3,
                "max_requests_per_1_day": 4, "batch_1_day_max_input_tokens": 5}),
            ),
        ),
        ("GET /organization/spend_alerts", list(alert)),
        (
            "GET /organization/spend_limit",
            json!({"object": "organization.spend_limit", "threshold_amount": 100, "currency": "USD",
                "interval": "month", "enforcement": {"status": "inactive"}}),
        ),
        (
            "DELETE /organization/spend_limit",
            json!({"object": "organization.spend_limit.deleted", "deleted": true}),
        ),
        (
            "GET /organization/data_retention",
            json!({"object": "organization.data_retention", "type": "zero_data_retention"}),
        ),
    ]
}

fn usage() -> Vec<(&'static str, Value)> {
    let page = |result: Value| {
        json!({"object": "page", "has_more": false, "next_page": null, "data":
            [{"object": "bucket", "start_time": 1, "end_time": 2, "results": [result]}]})
    };
    vec![
        (
            "GET /organization/costs",
            page(json!({"object": "organization.costs.result", "amount": {"value": 0.06, "currency": "usd"},
                "line_item": null, "project_id": "p", "api_key_id": null, "quantity": 1.5,
                "quantity_unit": "tokens"})),
        ),
        (
            "GET /organization/usage/completions",
            page(json!({"object": "organization.usage.completions.result", "input_tokens": 1,
                "input_cached_tokens": 2, "output_tokens": 3, "input_audio_tokens": null, "num_model_requests": 4,
                "project_id": "p", "user_id": null, "api_key_id": null, "model": "m", "batch": false,
                "service_tier": null})),
        ),
        (
            "GET /organization/usage/vector_stores",
            page(
                json!({"object": "organization.usage.vector_stores.result", "usage_bytes": 7, "project_id": null}),
            ),
        ),
    ]
}

fn provided() -> Vec<(&'static str, Value)> {
    let certificate = json!({"object": "organization.certificate", "id": "c", "name": null, "created_at": 1,
        "certificate_details": {"valid_at": 1, "expires_at": 2, "content": null}, "active": true});
    vec![
        ("GET /organization/certificates", list(certificate.clone())),
        (
            "POST /organization/certificates/activate",
            json!({"object": "organization.certificate.activation", "data": [certificate]}),
        ),
        (
            "DELETE /organization/certificates/{certificate_id}",
            json!({"object": "certificate.deleted", "id": "c"}),
        ),
        (
            "GET /organization/workload_identity_providers",
            list(json!({"object": "organization.workload_identity_provider", "id": "w", "name": "n",
                "description": null, "type": "oidc", "issuer": "i", "audience": "a",
                "attribute_transformations": [{"attribute": "a", "expression": "e"}], "enabled": true,
                "verification": {"type": "discovery", "discovery_url": null}, "created_at": 1, "updated_at": 2})),
        ),
        (
            "GET /organization/external_storage/{external_storage_id}",
            json!({"object": "organization.external_storage", "id": "s", "created_at": 1, "geography": "EU",
                "project_id": "p", "status": "validated",
                "provider": {"type": "aws", "region": "r", "bucket": "b", "role_arn": "a"}}),
        ),
    ]
}
