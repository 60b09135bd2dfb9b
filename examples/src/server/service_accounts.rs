//! Service accounts of projects, and their keys.

use serde_json::{Value, json};

use super::body::Body;
use super::error::{ApiError, ApiResult};
use super::page::{ListPage, Window};
use super::records::{Deleted, OwningAccount, ProjectKey, ProjectKeyOwner, ServiceAccount, set};
use super::store::{Store, redact};

impl Store {
    pub(super) fn list_service_accounts(
        &self,
        project: &str,
        window: &Window,
    ) -> ApiResult<ListPage<ServiceAccount>> {
        self.get_project(project)?;
        let own = |account: &&ServiceAccount| account.project_id == project;
        ListPage::cut(self.service_accounts.iter().filter(own).cloned(), window)
    }

    pub(super) fn get_service_account(&self, project: &str, id: &str) -> ApiResult<ServiceAccount> {
        self.get_project(project)?;
        let account = self.service_accounts.iter().find(|one| one.project_id == project && one.id == id);
        account.cloned().ok_or_else(|| ApiError::not_found("service account", id))
    }

    /// Creates a service account, with a key unless that is declined.
    pub(super) fn create_service_account(&mut self, project: &str, body: &[u8]) -> ApiResult<Value> {
        self.get_project(project)?;
        let body = Body::parse(body, &["name", "create_service_account_only", "expires_in_seconds"])?;
        let (name, alone) = (body.text("name")?, body.flag("create_service_account_only")?);
        let life = body.positive("expires_in_seconds", u64::from(u32::MAX))?;
        let account = ServiceAccount {
            project_id: project.to_owned(),
            object: "organization.project.service_account",
            id: self.next_id("svc_acct_"),
            name,
            role: if alone { "none" } else { "member" },
            created_at: self.tick(),
        };
        self.service_accounts.push(account.clone());
        let key = if alone { Value::Null } else { self.add_account_key(&account, "Secret Key", life) };
        let mut made = json!(account);
        set(&mut made, "api_key", key);
        Ok(made)
    }

    /// Creates one more key.
    pub(super) fn create_account_key(&mut self, project: &str, id: &str, body: &[u8]) -> ApiResult<Value> {
        let account = self.get_service_account(project, id)?;
        let body = Body::parse(body, &["name", "scopes", "expires_in_seconds"])?;
        let name = body.optional_text("name")?.unwrap_or_else(|| "Secret Key".to_owned());
        let life = body.positive("expires_in_seconds", u64::from(u32::MAX))?;
        Ok(self.add_account_key(&account, &name, life))
    }

    fn add_account_key(&mut self, account: &ServiceAccount, name: &str, life: Option<u64>) -> Value {
        let (value, created_at) = (self.next_secret("sk-svcacct-"), self.tick());
        let ServiceAccount { id, name: owner, role, created_at: since, .. } = account.clone();
        let key = ProjectKey {
            project_id: account.project_id.clone(),
            object: "organization.project.api_key",
            redacted_value: redact(&value, "sk-svcacct".len()),
            name: name.to_owned(),
            created_at,
            last_used_at: None,
            id: self.next_id("key_"),
            owner_project_access: "active",
            owner: ProjectKeyOwner::ServiceAccount {
                service_account: OwningAccount { id, name: owner, role, created_at: since },
            },
        };
        let shown = json!({
            "object": "organization.project.service_account.api_key", "id": key.id, "name": name, "value": value,
            "created_at": created_at, "expires_at": life.map(|life| created_at.saturating_add(life)),
        });
        self.project_keys.push(key);
        shown
    }

    /// Deletes a service account with its keys.
    pub(super) fn delete_service_account(&mut self, project: &str, id: &str) -> ApiResult<Deleted> {
        self.get_service_account(project, id)?;
        self.service_accounts.retain(|account| account.id != id);
        self.project_keys.retain(|key| key.owner.id() != id);
        Ok(Deleted::new("organization.project.service_account.deleted", id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::START;

    #[test]
    fn an_account_comes_with_a_key_unless_that_is_declined() {
        let mut store = Store::seeded(START);
        let before = store.project_keys().len();
        let made = store.create_service_account("proj_search", br#"{"name":"deploy"}"#).unwrap();
        assert!(made["api_key"]["value"].as_str().unwrap().starts_with("sk-svcacct-"));
        let alone = br#"{"name":"alone","create_service_account_only":true}"#;
        let alone = store.create_service_account("proj_search", alone).unwrap();
        assert_eq!((&alone["api_key"], &alone["role"]), (&Value::Null, &json!("none")));
        assert_eq!(store.project_keys().len(), before + 1);
        store.delete_service_account("proj_search", made["id"].as_str().unwrap()).unwrap();
        assert_eq!(store.project_keys().len(), before);
    }
}
