//! Admin API keys.

use serde::Serialize;

use super::body::Body;
use super::error::{ApiError, ApiResult};
use super::page::{ListPage, Window};
use super::records::{AdminKey, Deleted, KeyOwner};
use super::store::{Store, find, redact, remove};

/// The longest life a key can be given, in seconds: 365 days.
const LONGEST_LIFE: u64 = 31_536_000;

/// What a creation answers: the only time the secret is shown.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CreatedAdminKey {
    #[serde(flatten)]
    pub(super) key: AdminKey,
    pub(super) value: String,
}

impl Store {
    /// The admin keys, oldest first.
    #[must_use]
    pub fn admin_keys(&self) -> &[AdminKey] {
        &self.admin_keys
    }

    /// Checks a bearer token, and notes that its key was used.
    pub(super) fn authenticate(&mut self, token: &str) -> ApiResult<()> {
        let now = self.now();
        let refused = || ApiError::unauthorized("Incorrect API key provided.");
        let (id, _) = self.secrets.iter().find(|(_, value)| value == token).ok_or_else(refused)?;
        let key = self.admin_keys.iter_mut().find(|key| key.id == *id).ok_or_else(refused)?;
        if key.expires_at.is_some_and(|end| end <= now) {
            return Err(refused());
        }
        key.last_used_at = Some(now);
        Ok(())
    }

    pub(super) fn list_admin_keys(&self, window: &Window) -> ApiResult<ListPage<AdminKey>> {
        ListPage::cut(self.admin_keys.iter().cloned(), window)
    }

    pub(super) fn get_admin_key(&self, id: &str) -> ApiResult<AdminKey> {
        find(&self.admin_keys, "admin API key", id)
    }

    pub(super) fn create_admin_key(&mut self, body: &[u8], token: &str) -> ApiResult<CreatedAdminKey> {
        let body = Body::parse(body, &["name", "expires_in_seconds"])?;
        let name = body.text("name")?;
        let life = body.positive("expires_in_seconds", LONGEST_LIFE)?;
        let owner = self.owner_of(token)?;
        let created_at = self.tick();
        let id = self.next_id("key_");
        let value = self.next_secret("sk-admin-");
        let expires_at = life.map(|seconds| created_at.saturating_add(seconds));
        let key = AdminKey::new(id, Some(name), &value, created_at, expires_at, owner);
        self.add_admin_key(key.clone(), value.clone());
        Ok(CreatedAdminKey { key, value })
    }

    pub(super) fn delete_admin_key(&mut self, id: &str) -> ApiResult<Deleted> {
        let key = remove(&mut self.admin_keys, "admin API key", id)?;
        self.secrets.retain(|(owner, _)| *owner != key.id);
        Ok(Deleted::new("organization.admin_api_key.deleted", id))
    }

    /// Puts a key and its secret into the organization.
    pub(super) fn add_admin_key(&mut self, key: AdminKey, value: String) {
        self.secrets.push((key.id.clone(), value));
        self.admin_keys.push(key);
    }

    /// A new key belongs to whom the key belongs that created it.
    fn owner_of(&self, token: &str) -> ApiResult<KeyOwner> {
        let id = self.secrets.iter().find(|(_, value)| value == token).map(|(id, _)| id);
        let key = id.and_then(|id| self.admin_keys.iter().find(|key| key.id == *id));
        key.map(|key| key.owner.clone()).ok_or_else(|| ApiError::unauthorized("The key was deleted."))
    }
}

impl AdminKey {
    /// A key that was never used.
    pub(super) fn new(
        id: String,
        name: Option<String>,
        value: &str,
        created_at: u64,
        expires_at: Option<u64>,
        owner: KeyOwner,
    ) -> Self {
        Self {
            object: "organization.admin_api_key",
            id,
            name,
            redacted_value: redact(value, "sk-admin".len()),
            created_at,
            expires_at,
            last_used_at: None,
            owner,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::seed::ADMIN_KEY;

    fn create(store: &mut Store, body: &str) -> ApiResult<CreatedAdminKey> {
        store.create_admin_key(body.as_bytes(), ADMIN_KEY)
    }

    #[test]
    fn a_created_key_can_be_read_used_and_deleted_and_is_then_gone() {
        let mut store = Store::seeded(1_000_000_000);
        let made = create(&mut store, r#"{"name":"ci","expires_in_seconds":60}"#).unwrap();
        assert_eq!(made.key.expires_at, Some(made.key.created_at + 60));
        assert_eq!(made.key.redacted_value, redact(&made.value, 8));
        assert_eq!(store.get_admin_key(&made.key.id).unwrap(), made.key);
        store.authenticate(&made.value).unwrap();
        assert!(store.delete_admin_key(&made.key.id).unwrap().deleted);
        assert_eq!(store.get_admin_key(&made.key.id).unwrap_err().code, Some("not_found"));
        assert_eq!(store.delete_admin_key(&made.key.id).unwrap_err().code, Some("not_found"));
        assert_eq!(store.authenticate(&made.value).unwrap_err().code, Some("invalid_api_key"));
    }

    #[test]
    fn a_key_works_until_it_expires() {
        let mut store = Store::seeded(1_000_000_000);
        let made = create(&mut store, r#"{"name":"ci","expires_in_seconds":60}"#).unwrap();
        store.advance(59);
        store.authenticate(&made.value).unwrap();
        store.advance(1);
        assert!(store.authenticate(&made.value).is_err());
    }

    #[test]
    fn unfit_bodies_are_refused_with_the_parameter_that_is_wrong() {
        let mut store = Store::seeded(1_000_000_000);
        let before = store.admin_keys().len();
        for (body, param, code) in [
            ("{}", Some("name"), Some("missing_required_parameter")),
            (r#"{"name":null}"#, Some("name"), Some("missing_required_parameter")),
            (r#"{"name":""}"#, Some("name"), Some("invalid_value")),
            (r#"{"name":7}"#, Some("name"), Some("invalid_type")),
            (r#"{"name":"x","scopes":[]}"#, Some("scopes"), Some("unknown_parameter")),
            (r#"{"name":"x","expires_in_seconds":0}"#, Some("expires_in_seconds"), Some("invalid_value")),
            (
                r#"{"name":"x","expires_in_seconds":31536001}"#,
                Some("expires_in_seconds"),
                Some("invalid_value"),
            ),
            (r#"{"name":"x","expires_in_seconds":"1"}"#, Some("expires_in_seconds"), Some("invalid_type")),
            ("[]", None, None),
            ("{", None, None),
        ] {
            let error = create(&mut store, body).unwrap_err();
            assert_eq!((error.param.as_deref(), error.code), (param, code), "{body}");
            assert_eq!(error.status, 400, "{body}");
        }
        assert_eq!(store.admin_keys().len(), before);
        assert!(create(&mut store, r#"{"name":"x","expires_in_seconds":31536000}"#).is_ok());
    }

    #[test]
    fn a_new_key_belongs_to_the_owner_of_the_key_that_made_it() {
        let mut store = Store::seeded(1_000_000_000);
        let made = create(&mut store, r#"{"name":"x"}"#).unwrap();
        let mine = store.secrets.iter().find(|(_, value)| value == ADMIN_KEY).unwrap().0.clone();
        assert_eq!(made.key.owner, store.get_admin_key(&mine).unwrap().owner);
    }
}
