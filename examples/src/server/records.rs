//! What the organization consists of, in the shape it has on the wire.

use serde::Serialize;
use serde_json::{Map, Value};

use super::page::Record;

/// An admin API key, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AdminKey {
    /// Always `organization.admin_api_key`.
    pub object: &'static str,
    /// The id, `key_…`.
    pub id: String,
    /// The name; old keys may have none.
    pub name: Option<String>,
    /// The first and last characters of the secret.
    pub redacted_value: String,
    /// Unix seconds.
    pub created_at: u64,
    /// Unix seconds; a key without it does not expire.
    pub expires_at: Option<u64>,
    /// Unix seconds; a key without it was never used.
    pub last_used_at: Option<u64>,
    /// Who created it.
    pub owner: KeyOwner,
}

/// The user or service account an admin API key belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyOwner {
    /// `user` or `service_account`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// `organization.user` or `organization.service_account`.
    pub object: &'static str,
    /// The id of the user or service account.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Unix seconds.
    pub created_at: u64,
    /// `owner` or `member`.
    pub role: &'static str,
}

/// A member of the organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct User {
    /// Always `organization.user`.
    pub object: &'static str,
    /// The id, `user-…`.
    pub id: String,
    /// The full name.
    pub name: String,
    /// The mail address.
    pub email: String,
    /// `owner` or `reader`.
    pub role: String,
    /// Unix seconds.
    pub added_at: u64,
}

/// A project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Project {
    /// The id, `proj_…`.
    pub id: String,
    /// Always `organization.project`.
    pub object: &'static str,
    /// The name.
    pub name: String,
    /// Unix seconds.
    pub created_at: u64,
    /// Unix seconds; absent while it is active.
    pub archived_at: Option<u64>,
    /// `active` or `archived`.
    pub status: &'static str,
}

/// A member of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProjectUser {
    /// The project; the answer does not name it.
    #[serde(skip)]
    pub project_id: String,
    /// Always `organization.project.user`.
    pub object: &'static str,
    /// The id of the user.
    pub id: String,
    /// The full name.
    pub name: String,
    /// The mail address.
    pub email: String,
    /// `owner` or `member`.
    pub role: String,
    /// Unix seconds.
    pub added_at: u64,
}

/// A service account of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceAccount {
    /// The project; the answer does not name it.
    #[serde(skip)]
    pub project_id: String,
    /// Always `organization.project.service_account`.
    pub object: &'static str,
    /// The id, `svc_acct_…`.
    pub id: String,
    /// The name.
    pub name: String,
    /// `owner` or `member`.
    pub role: &'static str,
    /// Unix seconds.
    pub created_at: u64,
}

/// An API key of a project, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProjectKey {
    /// The project; the answer does not name it.
    #[serde(skip)]
    pub project_id: String,
    /// Always `organization.project.api_key`.
    pub object: &'static str,
    /// The first and last characters of the secret.
    pub redacted_value: String,
    /// The name.
    pub name: String,
    /// Unix seconds.
    pub created_at: u64,
    /// Unix seconds; a key without it was never used.
    pub last_used_at: Option<u64>,
    /// The id, `key_…`.
    pub id: String,
    /// `active` while the owner may use the project, else `inactive`.
    pub owner_project_access: &'static str,
    /// Who created it.
    pub owner: ProjectKeyOwner,
}

/// The user or service account a project's API key belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ProjectKeyOwner {
    /// A person.
    User {
        /// Who it is.
        user: OwningUser,
    },
    /// A service account.
    ServiceAccount {
        /// Which one it is.
        service_account: OwningAccount,
    },
}

/// A person who owns an API key of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwningUser {
    /// The id of the user.
    pub id: String,
    /// The full name.
    pub name: String,
    /// The mail address.
    pub email: String,
    /// The role in the project.
    pub role: String,
    /// Unix seconds.
    pub created_at: u64,
}

/// A service account that owns an API key of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwningAccount {
    /// The id of the service account.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The role in the project.
    pub role: &'static str,
    /// Unix seconds.
    pub created_at: u64,
}

impl ProjectKeyOwner {
    /// The id of the user or service account.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::User { user } => &user.id,
            Self::ServiceAccount { service_account } => &service_account.id,
        }
    }
}

/// One event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuditEvent {
    /// The id, `audit_log-…`.
    pub id: String,
    /// What happened, `project.created` for example.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Unix seconds.
    pub effective_at: u64,
    /// The project, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<Value>,
    /// Who did it.
    pub actor: Value,
    /// The details, under the name of the kind.
    #[serde(flatten)]
    pub details: Map<String, Value>,
}

/// A record of a collection.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub(super) struct Item {
    pub(super) value: Value,
    #[serde(skip)]
    pub(super) id: String,
}

impl Item {
    /// A record whose id is this member of it.
    pub(super) fn new(value: Value, id: &str) -> Self {
        let id = value.get(id).and_then(Value::as_str).unwrap_or_default().to_owned();
        Self { value, id }
    }
}

/// A member of a JSON object; null if it is not there.
pub(super) fn member(value: &Value, name: &str) -> Value {
    value.get(name).cloned().unwrap_or_default()
}

/// Sets a member of a JSON object.
pub(super) fn set(value: &mut Value, name: &str, member: impl Into<Value>) {
    if let Value::Object(members) = value {
        members.insert(name.to_owned(), member.into());
    }
}

/// What a deletion answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deleted {
    /// The id of what was deleted.
    pub id: String,
    /// The kind of what was deleted, with `.deleted`.
    pub object: &'static str,
    /// Always `true`.
    pub deleted: bool,
}

impl Deleted {
    /// A confirmation.
    pub(super) fn new(object: &'static str, id: &str) -> Self {
        Self { id: id.to_owned(), object, deleted: true }
    }
}

macro_rules! records {
    ($($record:ty),+) => {
        $(impl Record for $record {
            fn id(&self) -> &str {
                &self.id
            }
        })+
    };
}

records!(AuditEvent, Item, AdminKey, User, Project, ProjectUser, ServiceAccount, ProjectKey);
