//! One project in one place, whatever path the server keeps its parts under.

use std::ops::Deref;

use crate::{
    Admin, Administration, GroupRolesClient, ProjectAccess as _, ProjectAccessClient, ProjectScopeClient,
    RolesClient, UserRolesClient,
};

/// One project: everything that belongs to it. Made by [`Admin::project`].
///
/// The methods of [`ProjectScope`](crate::ProjectScope) are here by `Deref`. The API keeps roles below `/projects` and
/// all else below `/organization/projects`; here they are together.
///
/// ```
/// use openai_admin::{ListProjectUsers, ListRoleAssignments, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let project = admin.project("proj_search");
/// let mut users = project.users().list(&ListProjectUsers::default()).items();
/// while let Some(user) = users.try_next().await? {
///     let roles = project.user_roles(&user.id).list(&ListRoleAssignments::default()).await?;
///     println!("{} {} and {} more roles", user.id, user.role, roles.data.len());
/// }
/// # Ok(()) }).unwrap();
/// ```
#[derive(Clone, Debug)]
pub struct ProjectClient {
    scope: ProjectScopeClient,
    access: ProjectAccessClient,
}

impl ProjectClient {
    /// Roles of the project.
    #[must_use]
    pub fn roles(&self) -> RolesClient {
        self.access.roles()
    }

    /// Project roles of a group.
    #[must_use]
    pub fn group_roles(&self, group_id: &str) -> GroupRolesClient {
        self.access.group_roles(group_id)
    }

    /// Project roles of a user.
    #[must_use]
    pub fn user_roles(&self, user_id: &str) -> UserRolesClient {
        self.access.user_roles(user_id)
    }
}

impl Deref for ProjectClient {
    type Target = ProjectScopeClient;

    fn deref(&self) -> &ProjectScopeClient {
        &self.scope
    }
}

impl Admin {
    /// One project: its users, keys, limits, permissions and roles.
    #[must_use]
    pub fn project(&self, project_id: &str) -> ProjectClient {
        ProjectClient {
            scope: Administration::project(self, project_id),
            access: Administration::project_access(self, project_id),
        }
    }
}
