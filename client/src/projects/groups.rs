//! Groups that have access to a project.

use declarest::{Query, api};
use serde::{Deserialize, Serialize};

use crate::{Call, GroupType, NextCursorPage, Order, Pages, Removed, Timestamp};

/// Groups that have access to a project. Made by [`ProjectScope::groups`](crate::ProjectScope::groups).
///
/// ```
/// use openai_admin::{NewProjectGroup, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let groups = admin.project("proj_search").groups();
/// groups.add(&NewProjectGroup::new("group_support", "role_reader")).await?;
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/projects/subresources/groups).
#[api(partial_fakes)]
pub trait ProjectGroups: Send + Sync {
    /// Lists the groups that have access to the project.
    #[get("/groups")]
    fn list(&self, #[query(flatten)] params: &ListProjectGroups) -> Pages<NextCursorPage<ProjectGroup>>;

    /// Gives a group access to the project.
    #[doc(alias = "create")]
    #[post("/groups")]
    fn add(&self, #[json] group: &NewProjectGroup) -> Call<ProjectGroup>;

    /// Fetches one group of the project; a group of this organization where no type is given.
    #[doc(alias = "retrieve")]
    #[get("/groups/{group_id}")]
    fn get(&self, group_id: &str, #[query] group_type: Option<&GroupType>) -> Call<ProjectGroup>;

    /// Takes a group's access to the project.
    #[doc(alias = "delete")]
    #[delete("/groups/{group_id}")]
    fn remove(&self, group_id: &str) -> Call<Removed>;
}

/// Which groups to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListProjectGroups {
    /// The `next` of the page before.
    pub after: Option<String>,
    /// Groups on a page, 0 to 100; the server's default is 20.
    pub limit: Option<u32>,
    /// The server's default is [`Order::Asc`].
    pub order: Option<Order>,
}

setters!(ListProjectGroups: after [text], limit [u32], order [Order]);

/// A group that is to get access.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct NewProjectGroup {
    /// The group's id.
    pub group_id: String,
    /// The id of the project role that it gets.
    pub role: String,
}

impl NewProjectGroup {
    /// This group with this role.
    #[must_use]
    pub fn new(group_id: impl Into<String>, role: impl Into<String>) -> Self {
        Self { group_id: group_id.into(), role: role.into() }
    }
}

/// A group that has access to a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProjectGroup {
    /// `project.group`.
    pub object: Option<String>,
    /// The project.
    pub project_id: String,
    /// The group.
    pub group_id: String,
    /// What the group is called.
    pub group_name: String,
    /// What kind of group it is.
    pub group_type: Option<GroupType>,
    /// When it got access.
    pub created_at: Timestamp,
}
