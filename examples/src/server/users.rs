//! Members of the organization.

use super::body::Body;
use super::error::ApiResult;
use super::page::{ListPage, Window};
use super::records::{Deleted, User};
use super::store::{Store, find, remove};

impl Store {
    /// The members of the organization, oldest first.
    #[must_use]
    pub fn users(&self) -> &[User] {
        &self.users
    }

    /// Lists members; `emails` narrows the list when it is not empty.
    pub(super) fn list_users(&self, window: &Window, emails: &[&str]) -> ApiResult<ListPage<User>> {
        let wanted = |user: &&User| emails.is_empty() || emails.contains(&user.email.as_str());
        ListPage::cut(self.users.iter().filter(wanted).cloned(), window)
    }

    pub(super) fn get_user(&self, id: &str) -> ApiResult<User> {
        find(&self.users, "user", id)
    }

    /// Changes a member's role in the organization.
    pub(super) fn update_user(&mut self, id: &str, body: &[u8]) -> ApiResult<User> {
        let body = Body::parse(body, &["role", "role_id", "technical_level", "developer_persona"])?;
        let role = body.optional_text("role")?;
        self.get_user(id)?;
        for user in self.users.iter_mut().filter(|user| user.id == id) {
            user.role = role.clone().unwrap_or_else(|| user.role.clone());
        }
        self.get_user(id)
    }

    /// Deletes a member, who then is a member of no project either.
    pub(super) fn delete_user(&mut self, id: &str) -> ApiResult<Deleted> {
        remove(&mut self.users, "user", id)?;
        self.project_users.retain(|member| member.id != id);
        self.refresh_access();
        Ok(Deleted::new("organization.user.deleted", id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deleting_a_user_ends_the_memberships_in_projects() {
        let mut store = Store::seeded(1_000_000_000);
        let id = store.project_users.first().unwrap().id.clone();
        store.delete_user(&id).unwrap();
        assert!(store.project_users.iter().all(|member| member.id != id));
        assert_eq!(store.get_user(&id).unwrap_err().status, 404);
    }
}
