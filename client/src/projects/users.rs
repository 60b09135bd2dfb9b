//! Users of a project.

use declarest::{Query, api};
use serde::{Deserialize, Serialize};

use crate::{Call, ConversationCursorPage, Deleted, FieldUpdate, Pages, ProjectRole, Timestamp};

/// Users of a project. Made by [`ProjectScope::users`](crate::ProjectScope::users).
///
/// ```
/// use openai_admin::{NewProjectUser, ProjectRole, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let users = admin.project("proj_search").users();
/// users.add(&NewProjectUser::by_id("user-ada", ProjectRole::Member)).await?;
/// users.delete("user-grace").await?;
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/projects/subresources/users).
#[api(partial_fakes)]
pub trait ProjectUsers: Send + Sync {
    /// Lists the users of the project.
    #[get("/users")]
    fn list(&self, #[query(flatten)] params: &ListProjectUsers)
    -> Pages<ConversationCursorPage<ProjectUser>>;

    /// Adds a user of the organization to the project.
    #[doc(alias = "create")]
    #[post("/users")]
    fn add(&self, #[json] user: &NewProjectUser) -> Call<ProjectUser>;

    /// Fetches one user of the project.
    #[doc(alias = "retrieve")]
    #[get("/users/{user_id}")]
    fn get(&self, user_id: &str) -> Call<ProjectUser>;

    /// Changes a user's role in the project.
    #[post("/users/{user_id}")]
    fn update(&self, user_id: &str, #[json] change: &UpdateProjectUser) -> Call<ProjectUser>;

    /// Removes a user from the project; an archived project has none.
    #[delete("/users/{user_id}")]
    fn delete(&self, user_id: &str) -> Call<Deleted>;
}

/// Which users to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListProjectUsers {
    /// The id of the last user of the page before.
    pub after: Option<String>,
    /// Users on a page, 1 to 100; the server's default is 20.
    pub limit: Option<u32>,
}

setters!(ListProjectUsers: after [text], limit [u32]);

/// A user who is to join a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct NewProjectUser {
    /// The role in the project.
    pub role: ProjectRole,
    /// The user's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The user's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl NewProjectUser {
    /// The user with this id.
    #[must_use]
    pub fn by_id(user_id: impl Into<String>, role: ProjectRole) -> Self {
        Self { role, user_id: Some(user_id.into()), email: None }
    }

    /// The user with this address.
    #[must_use]
    pub fn by_email(email: impl Into<String>, role: ProjectRole) -> Self {
        Self { role, user_id: None, email: Some(email.into()) }
    }
}

setters!(NewProjectUser: user_id [text], email [text]);

/// What is to change about a user in a project; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct UpdateProjectUser {
    /// The role in the project.
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub role: FieldUpdate<ProjectRole>,
}

setters!(UpdateProjectUser: role [update ProjectRole]);

/// A user of a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProjectUser {
    /// `organization.project.user`.
    pub object: Option<String>,
    /// Names the user in [`ProjectUsers::get`].
    pub id: String,
    /// The user's name.
    pub name: Option<String>,
    /// The user's address.
    pub email: Option<String>,
    /// The role in the project.
    pub role: ProjectRole,
    /// When the user was added.
    pub added_at: Timestamp,
}
