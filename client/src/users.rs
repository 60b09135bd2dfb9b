//! Users of the organization.

use declarest::{Query, api};
use serde::{Deserialize, Serialize};

use crate::{
    AssignedRole, Call, ConversationCursorPage, Deleted, FieldUpdate, ListRoleAssignments, NewRoleAssignment,
    NextCursorPage, OrganizationRole, Pages, Removed, Role, Timestamp,
};

/// Users of the organization.
///
/// ```
/// use openai_admin::{ListUsers, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let mut users = admin.users().list(&ListUsers::default().emails(["ada@example.com"])).items();
/// while let Some(user) = users.try_next().await? {
///     println!("{} since {}", user.id, user.added_at);
/// }
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/users).
#[api(partial_fakes)]
pub trait Users: Send + Sync {
    /// Lists the users of the organization.
    #[get("/organization/users")]
    fn list(&self, #[query(flatten)] params: &ListUsers) -> Pages<ConversationCursorPage<User>>;

    /// Fetches one user.
    #[doc(alias = "retrieve")]
    #[get("/organization/users/{user_id}")]
    fn get(&self, user_id: &str) -> Call<User>;

    /// Changes a user's role in the organization, or what is noted about the user.
    #[post("/organization/users/{user_id}")]
    fn update(&self, user_id: &str, #[json] change: &UpdateUser) -> Call<User>;

    /// Removes a user from the organization.
    #[delete("/organization/users/{user_id}")]
    fn delete(&self, user_id: &str) -> Call<Deleted>;
}

/// One user of the organization: what belongs to it. Made by [`Administration::user`](crate::Administration::user).
#[api]
pub trait UserScope: Send + Sync {
    /// The organization roles that are assigned to the user.
    #[nest]
    fn roles(&self) -> UserRolesClient;
}

/// Roles that are assigned to a user.
///
/// ```
/// use openai_admin::{ListRoleAssignments, NewRoleAssignment, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let roles = admin.user("user-ada").roles();
/// roles.assign(&NewRoleAssignment::new("role_reader")).await?;
/// let assigned = roles.list(&ListRoleAssignments::default()).await?; // the first page
/// println!("{} roles", assigned.data.len());
/// roles.unassign("role_reader").await?;
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/users/subresources/roles).
#[api(partial_fakes)]
pub trait UserRoles: Send + Sync {
    /// Lists the roles of the user.
    #[get("/roles")]
    fn list(&self, #[query(flatten)] params: &ListRoleAssignments) -> Pages<NextCursorPage<AssignedRole>>;

    /// Assigns a role to the user.
    #[doc(alias = "create")]
    #[post("/roles")]
    fn assign(&self, #[json] role: &NewRoleAssignment) -> Call<UserRoleAssignment>;

    /// Fetches one role of the user.
    #[doc(alias = "retrieve")]
    #[get("/roles/{role_id}")]
    fn get(&self, role_id: &str) -> Call<AssignedRole>;

    /// Takes a role from the user.
    #[doc(alias = "delete")]
    #[delete("/roles/{role_id}")]
    fn unassign(&self, role_id: &str) -> Call<Removed>;
}

/// Which users to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListUsers {
    /// The id of the last user of the page before.
    pub after: Option<String>,
    /// Users on a page, 1 to 100; the server's default is 20.
    pub limit: Option<u32>,
    /// Only users with these addresses.
    pub emails: Vec<String>,
}

setters!(ListUsers: after [text], limit [u32], emails [texts]);

/// What is to change about a user; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct UpdateUser {
    /// The role in the organization.
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub role: FieldUpdate<OrganizationRole>,
    /// The id of a role to assign.
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub role_id: FieldUpdate<String>,
    /// What is noted of the user's technical level.
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub technical_level: FieldUpdate<String>,
    /// What is noted of the kind of developer.
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub developer_persona: FieldUpdate<String>,
}

setters!(UpdateUser: role [update OrganizationRole], role_id [update String], technical_level [update String], developer_persona [update String]);

/// A user of the organization.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct User {
    /// `organization.user`.
    pub object: Option<String>,
    /// Names the user in [`Users::get`] and wherever a user id is asked for.
    pub id: String,
    /// The user's name.
    pub name: Option<String>,
    /// The user's address.
    pub email: Option<String>,
    /// The role in the organization.
    pub role: Option<OrganizationRole>,
    /// When the user was added to the organization.
    pub added_at: Timestamp,
    /// Whether this is the organization's default user.
    pub is_default: Option<bool>,
    /// When the user was created.
    pub created: Option<Timestamp>,
    /// The account behind the user.
    pub user: Option<UserAccount>,
    /// Whether it is a service account.
    pub is_service_account: Option<bool>,
    /// Whether the user may buy Scale Tier.
    pub is_scale_tier_authorized_purchaser: Option<bool>,
    /// Whether the identity provider manages the user (SCIM).
    pub is_scim_managed: Option<bool>,
    /// When a key of the user was last used.
    pub api_key_last_used_at: Option<Timestamp>,
    /// What is noted of the user's technical level.
    pub technical_level: Option<String>,
    /// What is noted of the kind of developer.
    pub developer_persona: Option<String>,
    /// The user's projects, where the server includes them.
    pub projects: Option<UserProjects>,
}

/// The account behind a user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserAccount {
    /// `user`.
    pub object: Option<String>,
    /// The account's id.
    pub id: String,
    /// The account's address.
    pub email: Option<String>,
    /// The account's name.
    pub name: Option<String>,
    /// Where its picture is.
    pub picture: Option<String>,
    /// Whether it is enabled.
    pub enabled: Option<bool>,
    /// Whether it is banned.
    pub banned: Option<bool>,
    /// Since when it is banned.
    pub banned_at: Option<Timestamp>,
}

/// The projects of a user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserProjects {
    /// `list`.
    pub object: Option<String>,
    /// The projects.
    pub data: Vec<UserProject>,
}

/// A project of a user.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserProject {
    /// The project's id.
    pub id: Option<String>,
    /// The project's name.
    pub name: Option<String>,
    /// The user's role in it.
    pub role: Option<String>,
}

/// Says that a user has a role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserRoleAssignment {
    /// `user.role`.
    pub object: Option<String>,
    /// The user.
    pub user: User,
    /// The role.
    pub role: Role,
}
