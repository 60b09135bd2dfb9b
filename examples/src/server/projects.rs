//! Projects, their users, service accounts and API keys.

use super::body::Body;
use super::error::{ApiError, ApiResult};
use super::page::{ListPage, Window};
use super::records::{Deleted, Project, ProjectKey, ProjectKeyOwner, ProjectUser, User};
use super::store::{Store, find};

impl Store {
    /// The members of all projects.
    #[must_use]
    pub fn project_users(&self) -> &[ProjectUser] {
        &self.project_users
    }

    /// The API keys of all projects.
    #[must_use]
    pub fn project_keys(&self) -> &[ProjectKey] {
        &self.project_keys
    }

    pub(super) fn list_projects(&self, window: &Window, archived: bool) -> ApiResult<ListPage<Project>> {
        let wanted = |project: &&Project| archived || project.archived_at.is_none();
        ListPage::cut(self.projects.iter().filter(wanted).cloned(), window)
    }

    pub(super) fn get_project(&self, id: &str) -> ApiResult<Project> {
        find(&self.projects, "project", id)
    }

    pub(super) fn create_project(&mut self, body: &[u8]) -> ApiResult<Project> {
        let body = Body::parse(body, &["name", "residency", "geography", "external_key_id"])?;
        let name = body.text("name")?;
        let created_at = self.tick();
        let (id, object) = (self.next_id("proj_"), "organization.project");
        let project = Project { id, object, name, created_at, archived_at: None, status: "active" };
        self.add_rate_limits(&project.id);
        self.projects.push(project.clone());
        Ok(project)
    }

    pub(super) fn update_project(&mut self, id: &str, body: &[u8]) -> ApiResult<Project> {
        let name = Body::parse(body, &["name", "geography", "external_key_id"])?.optional_text("name")?;
        self.change_project(id, |project, _| project.name = name.unwrap_or_else(|| project.name.clone()))
    }

    /// Archives a project, which is then neither used nor changed.
    pub(super) fn archive_project(&mut self, id: &str) -> ApiResult<Project> {
        self.change_project(id, |project, now| {
            project.archived_at = Some(now);
            project.status = "archived";
        })
    }

    fn change_project(&mut self, id: &str, change: impl FnOnce(&mut Project, u64)) -> ApiResult<Project> {
        if self.get_project(id)?.archived_at.is_some() {
            let message = format!("The project '{id}' is archived.");
            return Err(ApiError::invalid("project_id", "project_archived", message));
        }
        let now = self.tick();
        if let Some(project) = self.projects.iter_mut().find(|project| project.id == id) {
            change(project, now);
        }
        self.get_project(id)
    }

    pub(super) fn list_project_users(
        &self,
        project: &str,
        window: &Window,
    ) -> ApiResult<ListPage<ProjectUser>> {
        self.get_project(project)?;
        ListPage::cut(self.members(project).cloned(), window)
    }

    pub(super) fn get_project_user(&self, project: &str, id: &str) -> ApiResult<ProjectUser> {
        self.get_project(project)?;
        let member = self.members(project).find(|member| member.id == id);
        member.cloned().ok_or_else(|| ApiError::not_found("project user", id))
    }

    pub(super) fn add_project_user(&mut self, project: &str, body: &[u8]) -> ApiResult<ProjectUser> {
        self.get_project(project)?;
        let body = Body::parse(body, &["user_id", "email", "role"])?;
        let user = self.named_user(&body)?;
        if self.members(project).any(|member| member.id == user.id) {
            let message = format!("The user '{}' is a member of the project already.", user.id);
            return Err(ApiError::invalid("user_id", "user_already_in_project", message));
        }
        let role = body.text("role")?;
        let member = ProjectUser {
            project_id: project.to_owned(),
            object: "organization.project.user",
            id: user.id,
            name: user.name,
            email: user.email,
            role,
            added_at: self.tick(),
        };
        self.project_users.push(member.clone());
        self.refresh_access();
        Ok(member)
    }

    pub(super) fn update_project_user(
        &mut self,
        project: &str,
        id: &str,
        body: &[u8],
    ) -> ApiResult<ProjectUser> {
        let role = Body::parse(body, &["role"])?.optional_text("role")?;
        self.get_project_user(project, id)?;
        let own = |member: &&mut ProjectUser| member.project_id == project && member.id == id;
        for member in self.project_users.iter_mut().filter(own) {
            member.role = role.clone().unwrap_or_else(|| member.role.clone());
        }
        self.get_project_user(project, id)
    }

    pub(super) fn delete_project_user(&mut self, project: &str, id: &str) -> ApiResult<Deleted> {
        self.get_project_user(project, id)?;
        self.project_users.retain(|member| !(member.project_id == project && member.id == id));
        self.refresh_access();
        Ok(Deleted::new("organization.project.user.deleted", id))
    }

    /// Lists API keys. Those whose owner has left the project show only with `access` `inactive` or `any`.
    pub(super) fn list_project_keys(
        &self,
        project: &str,
        window: &Window,
        access: Option<&str>,
    ) -> ApiResult<ListPage<ProjectKey>> {
        self.get_project(project)?;
        let access = match access {
            None => "active",
            Some(access @ ("active" | "inactive" | "any")) => access,
            Some(other) => {
                let message = format!("Invalid value: '{other}'.");
                return Err(ApiError::invalid("owner_project_access", "invalid_value", message));
            }
        };
        let wanted = |key: &&ProjectKey| {
            key.project_id == project && (access == "any" || key.owner_project_access == access)
        };
        ListPage::cut(self.project_keys.iter().filter(wanted).cloned(), window)
    }

    pub(super) fn get_project_key(&self, project: &str, id: &str) -> ApiResult<ProjectKey> {
        self.get_project(project)?;
        let key = self.project_keys.iter().find(|key| key.project_id == project && key.id == id);
        key.cloned().ok_or_else(|| ApiError::not_found("project API key", id))
    }

    /// Deletes a person's API key; one of a service account goes with its account only.
    pub(super) fn delete_project_key(&mut self, project: &str, id: &str) -> ApiResult<Deleted> {
        let key = self.get_project_key(project, id)?;
        if matches!(key.owner, ProjectKeyOwner::ServiceAccount { .. }) {
            let message = "API keys of service accounts are deleted with their account.";
            return Err(ApiError::invalid("api_key_id", "service_account_key", message));
        }
        self.project_keys.retain(|key| key.id != id);
        Ok(Deleted::new("organization.project.api_key.deleted", id))
    }

    /// Sets again which keys have an owner with access.
    pub(super) fn refresh_access(&mut self) {
        for key in &mut self.project_keys {
            let present = match &key.owner {
                ProjectKeyOwner::User { user } => self
                    .project_users
                    .iter()
                    .any(|member| member.project_id == key.project_id && member.id == user.id),
                ProjectKeyOwner::ServiceAccount { .. } => true,
            };
            key.owner_project_access = if present { "active" } else { "inactive" };
        }
    }

    /// The user whom a body names by id or by address.
    fn named_user(&self, body: &Body) -> ApiResult<User> {
        let Some(email) = body.optional_text("email")? else { return self.get_user(&body.text("user_id")?) };
        let user = self.users.iter().find(|user| user.email == email);
        user.cloned().ok_or_else(|| ApiError::not_found("user", &email))
    }

    fn members<'a>(&'a self, project: &'a str) -> impl Iterator<Item = &'a ProjectUser> {
        self.project_users.iter().filter(move |member| member.project_id == project)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_who_left_a_project_leaves_inactive_keys() {
        let mut store = Store::seeded(1_000_000_000);
        let owned = |key: &&ProjectKey| matches!(key.owner, ProjectKeyOwner::User { .. });
        let key = store.project_keys.iter().find(owned).unwrap().clone();
        store.delete_project_user(&key.project_id, key.owner.id()).unwrap();
        let key = store.get_project_key(&key.project_id, &key.id).unwrap();
        assert_eq!(key.owner_project_access, "inactive");
        store.delete_project_key(&key.project_id, &key.id).unwrap();
        assert_eq!(store.get_project_key(&key.project_id, &key.id).unwrap_err().status, 404);
    }

    #[test]
    fn a_key_of_a_service_account_cannot_be_deleted_alone() {
        let mut store = Store::seeded(1_000_000_000);
        let owned = |key: &&ProjectKey| matches!(key.owner, ProjectKeyOwner::ServiceAccount { .. });
        let key = store.project_keys.iter().find(owned).unwrap().clone();
        assert_eq!(store.delete_project_key(&key.project_id, &key.id).unwrap_err().status, 400);
    }

    #[test]
    fn a_user_joins_a_project_once() {
        let mut store = Store::seeded(1_000_000_000);
        let member = store.project_users.first().unwrap().clone();
        store.delete_project_user(&member.project_id, &member.id).unwrap();
        let body = format!(r#"{{"user_id":"{}","role":"member"}}"#, member.id);
        store.add_project_user(&member.project_id, body.as_bytes()).unwrap();
        let again = store.add_project_user(&member.project_id, body.as_bytes());
        assert_eq!(again.unwrap_err().param.as_deref(), Some("user_id"));
    }
}
