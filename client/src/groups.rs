//! Groups of users, and who is in them.

use declarest::{Query, Scalar, api};
use serde::{Deserialize, Serialize};

use crate::{
    AssignedRole, Call, Deleted, ListRoleAssignments, NewRoleAssignment, NextCursorPage, Order, Pages,
    Removed, Role, Timestamp,
};

/// Groups of the organization.
///
/// ```
/// use openai_admin::{NewGroup, NewGroupUser, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let group = admin.groups().create(&NewGroup::new("Support")).await?;
/// admin.group(&group.id).users().add(&NewGroupUser::new("user-ada")).await?;
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/groups).
#[api(partial_fakes)]
pub trait Groups: Send + Sync {
    /// Lists the groups of the organization.
    #[get("/organization/groups")]
    fn list(&self, #[query(flatten)] params: &ListGroups) -> Pages<NextCursorPage<Group>>;

    /// Creates a group.
    #[post("/organization/groups")]
    fn create(&self, #[json] group: &NewGroup) -> Call<Group>;

    /// Fetches one group.
    #[doc(alias = "retrieve")]
    #[get("/organization/groups/{group_id}")]
    fn get(&self, group_id: &str) -> Call<Group>;

    /// Renames a group.
    #[post("/organization/groups/{group_id}")]
    fn update(&self, group_id: &str, #[json] change: &UpdateGroup) -> Call<Group>;

    /// Deletes a group.
    #[delete("/organization/groups/{group_id}")]
    fn delete(&self, group_id: &str) -> Call<Deleted>;
}

/// One group of the organization: what belongs to it. Made by [`Administration::group`](crate::Administration::group).
#[api]
pub trait GroupScope: Send + Sync {
    /// Who is in the group.
    #[nest]
    fn users(&self) -> GroupUsersClient;

    /// The organization roles that are assigned to the group.
    #[nest]
    fn roles(&self) -> GroupRolesClient;
}

/// Who is in a group. Made by [`GroupScope::users`].
///
/// ```
/// use openai_admin::{ListGroupUsers, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let users = admin.group("group_support").users();
/// let mut all = users.list(&ListGroupUsers::default()).items();
/// while let Some(user) = all.try_next().await? {
///     println!("{}", user.id);
/// }
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/groups/subresources/users).
#[api(partial_fakes)]
pub trait GroupUsers: Send + Sync {
    /// Lists the users in the group.
    #[get("/users")]
    fn list(&self, #[query(flatten)] params: &ListGroupUsers) -> Pages<NextCursorPage<GroupUser>>;

    /// Adds a user to the group.
    #[doc(alias = "create")]
    #[post("/users")]
    fn add(&self, #[json] user: &NewGroupUser) -> Call<GroupMembership>;

    /// Fetches one user of the group.
    #[doc(alias = "retrieve")]
    #[get("/users/{user_id}")]
    fn get(&self, user_id: &str) -> Call<GroupUser>;

    /// Takes a user out of the group.
    #[doc(alias = "delete")]
    #[delete("/users/{user_id}")]
    fn remove(&self, user_id: &str) -> Call<Removed>;
}

/// Roles that are assigned to a group.
///
/// ```
/// use openai_admin::{ListRoleAssignments, NewRoleAssignment, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let roles = admin.group("group_support").roles();
/// roles.assign(&NewRoleAssignment::new("role_reader")).await?;
/// let assigned = roles.list(&ListRoleAssignments::default()).await?; // the first page
/// println!("{} roles", assigned.data.len());
/// roles.unassign("role_reader").await?;
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/groups/subresources/roles).
#[api(partial_fakes)]
pub trait GroupRoles: Send + Sync {
    /// Lists the roles of the group.
    #[get("/roles")]
    fn list(&self, #[query(flatten)] params: &ListRoleAssignments) -> Pages<NextCursorPage<AssignedRole>>;

    /// Assigns a role to the group.
    #[doc(alias = "create")]
    #[post("/roles")]
    fn assign(&self, #[json] role: &NewRoleAssignment) -> Call<GroupRoleAssignment>;

    /// Fetches one role of the group.
    #[doc(alias = "retrieve")]
    #[get("/roles/{role_id}")]
    fn get(&self, role_id: &str) -> Call<AssignedRole>;

    /// Takes a role from the group.
    #[doc(alias = "delete")]
    #[delete("/roles/{role_id}")]
    fn unassign(&self, role_id: &str) -> Call<Removed>;
}

/// Which groups to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListGroups {
    /// The `next` of the page before.
    pub after: Option<String>,
    /// Groups on a page, 0 to 1000; the server's default is 100.
    pub limit: Option<u32>,
    /// By the time of creation; the server's default is [`Order::Asc`].
    pub order: Option<Order>,
}

setters!(ListGroups: after [text], limit [u32], order [Order]);

/// Which users of a group to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListGroupUsers {
    /// The `next` of the page before.
    pub after: Option<String>,
    /// Users on a page, 0 to 1000; the server's default is 100.
    pub limit: Option<u32>,
    /// The server's default is [`Order::Desc`].
    pub order: Option<Order>,
}

setters!(ListGroupUsers: after [text], limit [u32], order [Order]);

/// A group that is to be created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct NewGroup {
    /// What it is called, 1 to 255 characters.
    pub name: String,
}

impl NewGroup {
    /// A group of this name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into() }
    }
}

/// A group's new name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct UpdateGroup {
    /// What it is called from now on, 1 to 255 characters.
    pub name: String,
}

impl UpdateGroup {
    /// This name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into() }
    }
}

/// A user who is to join a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct NewGroupUser {
    /// The user's id.
    pub user_id: String,
}

impl NewGroupUser {
    /// This user.
    #[must_use]
    pub fn new(user_id: impl Into<String>) -> Self {
        Self { user_id: user_id.into() }
    }
}

/// What kind of group it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum GroupType {
    /// A group of this organization: `group`.
    Group,
    /// A group of the tenant that the organization belongs to: `tenant_group`.
    TenantGroup,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// A group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Group {
    /// `group`, where the server says it.
    pub object: Option<String>,
    /// Names it in [`Groups::get`] and wherever a group id is asked for.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// Whether the identity provider manages it (SCIM).
    ///
    /// In an assignment's answer the server calls it `scim_managed`.
    #[serde(alias = "scim_managed")]
    pub is_scim_managed: bool,
    /// What kind of group it is.
    pub group_type: Option<GroupType>,
}

/// What kind of user it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum UserType {
    /// A user of this organization: `user`.
    User,
    /// A user of the tenant that the organization belongs to: `tenant_user`.
    TenantUser,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// A user in a group. A list gives the first three; [`GroupUsers::get`] all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GroupUser {
    /// The user's id.
    pub id: String,
    /// The user's name.
    pub name: String,
    /// The user's address.
    pub email: Option<String>,
    /// Where the user's picture is.
    pub picture: Option<String>,
    /// Whether it is a service account.
    pub is_service_account: Option<bool>,
    /// What kind of user it is.
    pub user_type: Option<UserType>,
}

/// Says that a user is in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GroupMembership {
    /// `group.user`.
    pub object: Option<String>,
    /// The user.
    pub user_id: String,
    /// The group.
    pub group_id: String,
}

/// Says that a group has a role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GroupRoleAssignment {
    /// `group.role`.
    pub object: Option<String>,
    /// The group.
    pub group: Group,
    /// The role.
    pub role: Role,
}
