//! Roles, and who has them: in the organization and in a project.

use std::collections::BTreeMap;

use declarest::{Query, api};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Call, Deleted, FieldUpdate, NextCursorPage, Order, Pages, Timestamp};

/// Roles of the organization ([`Administration::roles`](crate::Administration::roles)) or of a project
/// ([`ProjectAccess::roles`](crate::ProjectAccess::roles)).
///
/// ```
/// use openai_admin::{NewRole, NewRoleAssignment, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let role = admin.roles().create(&NewRole::new("Group manager", ["api.groups.read"])).await?;
/// admin.user("user-ada").roles().assign(&NewRoleAssignment::new(role.id)).await?;
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/roles).
#[api(partial_fakes)]
pub trait Roles: Send + Sync {
    /// Lists the roles of the organization or project.
    #[get("/roles")]
    fn list(&self, #[query(flatten)] params: &ListRoles) -> Pages<NextCursorPage<Role>>;

    /// Creates a role.
    #[post("/roles")]
    fn create(&self, #[json] role: &NewRole) -> Call<Role>;

    /// Fetches one role.
    #[doc(alias = "retrieve")]
    #[get("/roles/{role_id}")]
    fn get(&self, role_id: &str) -> Call<Role>;

    /// Changes a role.
    #[post("/roles/{role_id}")]
    fn update(&self, role_id: &str, #[json] change: &UpdateRole) -> Call<Role>;

    /// Deletes a role that was created here; predefined ones stay.
    #[delete("/roles/{role_id}")]
    fn delete(&self, role_id: &str) -> Call<Deleted>;
}

/// Which roles to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListRoles {
    /// The `next` of the page before.
    pub after: Option<String>,
    /// Roles on a page, 0 to 1000; the server's default is 1000.
    pub limit: Option<u32>,
    /// The server's default is [`Order::Asc`].
    pub order: Option<Order>,
}

setters!(ListRoles: after [text], limit [u32], order [Order]);

/// Which assigned roles to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListRoleAssignments {
    /// The `next` of the page before.
    pub after: Option<String>,
    /// Roles on a page, 0 to 1000.
    pub limit: Option<u32>,
    /// The order of the list.
    pub order: Option<Order>,
}

setters!(ListRoleAssignments: after [text], limit [u32], order [Order]);

/// A role that is to be created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct NewRole {
    /// What it is called; unique in the organization or project.
    pub role_name: String,
    /// What it permits.
    pub permissions: Vec<String>,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

impl NewRole {
    /// A role of this name with these permissions.
    #[must_use]
    pub fn new(name: impl Into<String>, permissions: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let permissions = permissions.into_iter().map(Into::into).collect();
        Self { role_name: name.into(), permissions, description: None }
    }
}

setters!(NewRole: description [text]);

/// What is to change about a role; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct UpdateRole {
    /// What it is called from now on.
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub role_name: FieldUpdate<String>,
    /// What it permits from now on, in place of what it did.
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub permissions: FieldUpdate<Vec<String>>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub description: FieldUpdate<String>,
}

setters!(UpdateRole: role_name [update String], permissions [update texts], description [update String]);

/// A role that is to be assigned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct NewRoleAssignment {
    /// The role's id.
    pub role_id: String,
}

impl NewRoleAssignment {
    /// This role.
    #[must_use]
    pub fn new(role_id: impl Into<String>) -> Self {
        Self { role_id: role_id.into() }
    }
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Role {
    /// `role`.
    pub object: Option<String>,
    /// Names it wherever a role id is asked for.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What it permits.
    pub permissions: Vec<String>,
    /// What it is bound to: `api.organization`, `api.project`.
    pub resource_type: String,
    /// Whether it is OpenAI's own, which cannot be changed.
    pub predefined_role: bool,
}

/// A role as it is assigned to a user or a group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AssignedRole {
    /// The role's id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it permits.
    pub permissions: Vec<String>,
    /// What it is bound to: `api.organization`, `api.project`.
    pub resource_type: String,
    /// Whether it is OpenAI's own.
    pub predefined_role: bool,
    /// What it is for.
    pub description: Option<String>,
    /// When it was created.
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
    /// The id of who created it.
    pub created_by: Option<String>,
    /// Details of who created it, as the server gives them.
    pub created_by_user_obj: Option<BTreeMap<String, Value>>,
    /// What is stored with the role.
    pub metadata: Option<BTreeMap<String, Value>>,
    /// From whom the assignment is inherited.
    pub assignment_sources: Option<Vec<AssignmentSource>>,
}

/// From whom an assignment is inherited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AssignmentSource {
    /// The id of a user or group.
    pub principal_id: String,
    /// Which of these it is.
    pub principal_type: String,
}
