//! The shapes that details of events have.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::lenient::integer;

/// Declares details: every member may be left out, and what is not known is kept.
macro_rules! shape {
    ($(#[$meta:meta])* $name:ident $(<$data:ident>)? { $($(#[$note:meta])* $field:ident: $ty:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub struct $name $(<$data>)? {
            $($(#[$note])* #[serde(default, skip_serializing_if = "Option::is_none")] pub $field: Option<$ty>,)+
            /// What else the server sent.
            #[serde(flatten)]
            pub other: BTreeMap<String, Value>,
        }
    };
}

shape! {
    /// What was deleted, accepted, archived, enabled or disabled.
    AuditTarget {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    }
}

shape! {
    /// What was created.
    AuditCreated<D> {
        /// Its id.
        id: String,
        /// What it was created with.
        data: D,
    }
}

shape! {
    /// What was changed.
    AuditUpdated<C> {
        /// Its id.
        id: String,
        /// What was asked to change.
        changes_requested: C,
    }
}

shape! {
    /// What an API key may do.
    AuditScopes {
        /// Its scopes.
        scopes: Vec<String>,
    }
}

shape! {
    /// A certificate.
    AuditCertificate {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// Its text in PEM, once it is deleted.
        certificate: String,
    }
}

shape! {
    /// Certificates that were activated or deactivated.
    AuditCertificates {
        /// The certificates.
        certificates: Vec<AuditLogResource>,
    }
}

shape! {
    /// Access of a project to a checkpoint of a fine-tuned model.
    AuditCheckpoint {
        /// The project.
        project_id: String,
        /// The checkpoint.
        fine_tuned_model_checkpoint: String,
    }
}

shape! {
    /// A group.
    AuditGroup {
        /// Its name.
        group_name: String,
    }
}

shape! {
    /// An invitation.
    AuditInvite {
        /// Where it was sent to.
        email: String,
        /// The role that the person gets: `owner` or `reader`.
        role: String,
    }
}

shape! {
    /// A list of addresses that are let in.
    AuditIpAllowlist {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// The addresses and ranges.
        allowed_ips: Vec<String>,
    }
}

shape! {
    /// Lists of addresses that were activated or deactivated.
    AuditIpAllowlists {
        /// The lists.
        configs: Vec<AuditLogResource>,
    }
}

shape! {
    /// Why a login or logout failed.
    AuditFailure {
        /// Its code.
        error_code: String,
        /// The reason in words.
        error_message: String,
    }
}

shape! {
    /// Settings of the organization.
    AuditOrganization {
        /// Its title.
        title: String,
        /// Its description.
        description: String,
        /// Its name.
        name: String,
        /// Who sees threads created with the Assistants API and playground: `ANY_ROLE`, `OWNERS` or `NONE`.
        threads_ui_visibility: String,
        /// Who sees the usage dashboard: `ANY_ROLE` or `OWNERS`.
        usage_dashboard_visibility: String,
        /// Whose calls are logged.
        api_call_logging: String,
        /// The projects whose calls are logged.
        api_call_logging_project_ids: String,
    }
}

shape! {
    /// A project.
    AuditProject {
        /// Its name.
        name: String,
        /// Its title on the dashboard.
        title: String,
    }
}

shape! {
    /// Rate limits.
    AuditRateLimits {
        /// Requests a minute.
        #[serde(deserialize_with = "integer")]
        max_requests_per_1_minute: i64,
        /// Tokens a minute.
        #[serde(deserialize_with = "integer")]
        max_tokens_per_1_minute: i64,
        /// Images a minute.
        #[serde(deserialize_with = "integer")]
        max_images_per_1_minute: i64,
        /// Megabytes of audio a minute.
        #[serde(deserialize_with = "integer")]
        max_audio_megabytes_per_1_minute: i64,
        /// Requests a day.
        #[serde(deserialize_with = "integer")]
        max_requests_per_1_day: i64,
        /// Input tokens of batches a day.
        #[serde(deserialize_with = "integer")]
        batch_1_day_max_input_tokens: i64,
    }
}

shape! {
    /// Which workloads of an identity provider act as which service account.
    AuditMapping {
        /// Its id.
        id: String,
        /// The identity provider.
        identity_provider_id: String,
        /// The project.
        project_id: String,
        /// The service account.
        service_account_id: String,
        /// What it was created with.
        data: BTreeMap<String, Value>,
        /// What was asked to change.
        changes_requested: BTreeMap<String, Value>,
    }
}

shape! {
    /// A role that was created.
    AuditRole {
        /// Its id.
        id: String,
        /// Its name.
        role_name: String,
        /// What it permits.
        permissions: Vec<String>,
        /// The kind of what it is bound to.
        resource_type: String,
        /// What it is bound to.
        resource_id: String,
    }
}

shape! {
    /// What was asked to change about a role.
    AuditRoleChanges {
        /// Its name.
        role_name: String,
        /// What it is bound to.
        resource_id: String,
        /// The kind of what it is bound to.
        resource_type: String,
        /// What it permits besides.
        permissions_added: Vec<String>,
        /// What it does not permit any more.
        permissions_removed: Vec<String>,
        /// What it is for.
        description: String,
        /// What is stored with it.
        metadata: BTreeMap<String, Value>,
    }
}

shape! {
    /// A role that was given or taken.
    AuditRoleAssignment {
        /// The assignment's id.
        id: String,
        /// Who has the role.
        principal_id: String,
        /// Whether that is a user or a group.
        principal_type: String,
        /// Where the role holds.
        resource_id: String,
        /// What kind of thing that is.
        resource_type: String,
    }
}

shape! {
    /// A role that was bound to a resource, or unbound from it.
    AuditRoleBinding {
        /// The id of the binding.
        id: String,
        /// The role.
        role_id: String,
        /// The resource.
        resource_id: String,
        /// What kind of thing it is.
        resource_type: String,
        /// What the role permits there.
        permissions: Vec<String>,
        /// The workspace.
        workspace_id: String,
        /// The connector.
        connector_id: String,
        /// The connector's name.
        connector_name: String,
        /// Whether the connector is enabled.
        enabled: bool,
        /// What led to it, such as `role_toggle`.
        source: String,
    }
}

shape! {
    /// A user or service account.
    AuditMember {
        /// The role.
        role: String,
    }
}

/// One of several that an event is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuditLogResource {
    /// Its id.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
}
