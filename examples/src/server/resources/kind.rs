//! What a resource takes and returns.

use serde_json::{Value, json};

/// A resource that is a JSON record and nothing more: it is created, listed, changed and deleted.
pub(super) struct Kind {
    /// The path of the collection, below `/v1`.
    pub(super) path: &'static str,
    /// Its name in a message.
    pub(super) what: &'static str,
    /// `object` of a record.
    pub(super) object: &'static str,
    /// What an id begins with.
    pub(super) prefix: &'static str,
    /// Which member is the id.
    pub(super) id: &'static str,
    /// How the list is paged.
    pub(super) paging: Paging,
    /// What creation takes.
    pub(super) body: &'static [Field],
    /// What a new record has besides what was sent.
    pub(super) fresh: fn() -> Value,
    /// What deletion returns.
    pub(super) deletion: Deletion,
}

/// How a list is paged.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Paging {
    /// By `first_id` and `last_id`, at most 100 on a page.
    Ids,
    /// By `next`, at most 1000 on a page.
    Next,
}

/// What a deletion returns.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Deletion {
    /// The id, and `deleted`.
    Deleted,
    /// The id alone.
    Id,
    /// The record itself.
    Record,
}

/// A member of a body.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) of: Type,
    pub(super) required: bool,
}

/// The type of a member.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Whole,
    Flag,
    List,
    Object,
}

const fn need(name: &'static str, of: Type) -> Field {
    Field { name, of, required: true }
}

const fn may(name: &'static str, of: Type) -> Field {
    Field { name, of, required: false }
}

impl Type {
    /// Whether a value is of this type.
    pub(super) fn fits(self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::Whole => value.is_u64(),
            Self::Flag => value.is_boolean(),
            Self::List => value.is_array(),
            Self::Object => value.is_object(),
        }
    }

    /// What it is called in a message.
    pub(super) fn article(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Whole => "a non-negative integer",
            Self::Flag => "a boolean",
            Self::List => "an array",
            Self::Object => "an object",
        }
    }
}

const NOTHING: fn() -> Value = || json!({});
const BY_ID: Kind = Kind {
    path: "",
    what: "",
    object: "",
    prefix: "",
    id: "id",
    paging: Paging::Ids,
    body: &[],
    fresh: NOTHING,
    deletion: Deletion::Deleted,
};
const ALERT: &[Field] = &[
    need("threshold_amount", Type::Whole),
    need("currency", Type::Text),
    need("interval", Type::Text),
    need("notification_channel", Type::Object),
];
const ROLE: &[Field] =
    &[need("role_name", Type::Text), need("permissions", Type::List), may("description", Type::Text)];

/// All of them.
pub(super) const KINDS: [Kind; 11] = [
    Kind {
        path: "/organization/invites",
        what: "invite",
        object: "organization.invite",
        prefix: "invite-",
        body: &[need("email", Type::Text), need("role", Type::Text), may("projects", Type::List)],
        fresh: || json!({ "status": "pending", "expires_at": null, "accepted_at": null }),
        ..BY_ID
    },
    Kind {
        path: "/organization/groups",
        what: "group",
        object: "group",
        prefix: "group_",
        paging: Paging::Next,
        body: &[need("name", Type::Text)],
        fresh: || json!({ "is_scim_managed": false, "group_type": "group" }),
        ..BY_ID
    },
    Kind {
        path: "/organization/roles",
        what: "role",
        object: "role",
        prefix: "role_",
        paging: Paging::Next,
        body: ROLE,
        fresh: || json!({ "resource_type": "api.organization", "predefined_role": false }),
        ..BY_ID
    },
    Kind {
        path: "/projects/{project_id}/roles",
        what: "role",
        object: "role",
        prefix: "role_",
        paging: Paging::Next,
        body: ROLE,
        fresh: || json!({ "resource_type": "api.project", "predefined_role": false }),
        ..BY_ID
    },
    Kind {
        path: "/organization/spend_alerts",
        what: "spend alert",
        object: "organization.spend_alert",
        prefix: "alert_",
        body: ALERT,
        ..BY_ID
    },
    Kind {
        path: "/organization/projects/{project_id}/spend_alerts",
        what: "spend alert",
        object: "project.spend_alert",
        prefix: "alert_",
        body: ALERT,
        ..BY_ID
    },
    Kind {
        path: "/organization/certificates",
        what: "certificate",
        object: "certificate",
        prefix: "cert_",
        body: &[need("certificate", Type::Text), may("name", Type::Text)],
        fresh: || json!({ "certificate_details": { "valid_at": 0, "expires_at": 4_102_444_800_u64 }, "active": false }),
        deletion: Deletion::Id,
        ..BY_ID
    },
    Kind {
        path: "/organization/external_keys",
        what: "external key",
        object: "organization.external_key",
        prefix: "ek_",
        body: &[
            need("name", Type::Text),
            need("type", Type::Text),
            may("purpose", Type::Text),
            may("kms_arn", Type::Text),
            may("role_arn", Type::Text),
            may("external_id", Type::Text),
        ],
        fresh: || json!({ "api_project_ids": [], "workspace_id": "ws_embedded" }),
        deletion: Deletion::Record,
        ..BY_ID
    },
    Kind {
        path: "/organization/external_storage",
        what: "external storage",
        object: "organization.external_storage",
        prefix: "es_",
        body: &[need("project_id", Type::Text), need("provider", Type::Object)],
        fresh: || json!({ "geography": "US", "status": "pending" }),
        ..BY_ID
    },
    Kind {
        path: "/organization/workload_identity_providers",
        what: "workload identity provider",
        object: "organization.workload_identity_provider",
        prefix: "wip_",
        body: &[
            need("name", Type::Text),
            need("type", Type::Text),
            need("issuer", Type::Text),
            need("audience", Type::Text),
            may("attribute_transformations", Type::List),
            may("description", Type::Text),
            may("enabled", Type::Flag),
            may("verification", Type::Object),
        ],
        fresh: || json!({ "enabled": true, "verification": { "type": "discovery", "discovery_url": null } }),
        ..BY_ID
    },
    Kind {
        path: "/organization/workload_identity_providers/{provider_id}/federation_rules",
        what: "federation rule",
        object: "organization.workload_identity_federation_rule",
        prefix: "wifr_",
        body: &[
            need("attribute_matchers", Type::Object),
            need("project_id", Type::Text),
            need("service_account_id", Type::Text),
            may("description", Type::Text),
            may("enabled", Type::Flag),
            may("name", Type::Text),
            may("permissions", Type::Object),
        ],
        fresh: || json!({ "enabled": true, "permissions": { "type": "service_account_default" } }),
        ..BY_ID
    },
];
