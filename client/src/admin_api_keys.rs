//! Admin API keys of an organization.

use std::time::Duration;

use declarest::{Query, Secret, api};
use serde::{Deserialize, Serialize};

use crate::common::whole_seconds;
use crate::{Call, CursorPage, Deleted, HasId, Order, Pages, Timestamp};

/// Admin API keys of an organization.
///
/// ```
/// use std::time::Duration;
///
/// use openai_admin::{NewAdminApiKey, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let keys = admin.admin_api_keys();
/// let key = keys.create(&NewAdminApiKey::new("ci").expires_in(Duration::from_secs(3600))).await?;
/// println!("{} is shown once: {}", key.id, key.value.expose());
/// keys.delete(&key.id).await?;
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/admin_api_keys).
#[api]
pub trait AdminApiKeys: Send + Sync {
    /// Creates an organization admin API key.
    #[post("/organization/admin_api_keys")]
    fn create(&self, #[json] key: &NewAdminApiKey) -> Call<CreatedAdminApiKey>;

    /// Lists the organization's admin API keys.
    #[get("/organization/admin_api_keys")]
    fn list(&self, #[query(flatten)] params: &ListAdminApiKeys) -> Pages<CursorPage<AdminApiKey>>;

    /// Fetches one admin API key; its value is redacted.
    #[doc(alias = "retrieve")]
    #[get("/organization/admin_api_keys/{key_id}")]
    fn get(&self, key_id: &str) -> Call<AdminApiKey>;

    /// Deletes an admin API key, which is of no use from then on.
    #[delete("/organization/admin_api_keys/{key_id}")]
    fn delete(&self, key_id: &str) -> Call<Deleted>;
}

/// An admin API key that is to be created.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct NewAdminApiKey {
    /// What it is called.
    pub name: String,
    /// How long it is valid: 1 second to 31,536,000 (a year); without it, the key does not expire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_in_seconds: Option<u32>,
}

impl NewAdminApiKey {
    /// A key of this name that does not expire.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), expires_in_seconds: None }
    }
}

setters!(NewAdminApiKey: expires_in_seconds [u32]);
impl NewAdminApiKey {
    /// Sets [`expires_in_seconds`](#structfield.expires_in_seconds) to this lifetime, rounded up to a second.
    #[must_use]
    pub fn expires_in(self, lifetime: Duration) -> Self {
        self.expires_in_seconds(u32::try_from(whole_seconds(lifetime)).unwrap_or(u32::MAX))
    }
}

/// Which admin API keys to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListAdminApiKeys {
    /// The id of the last key of the page before.
    pub after: Option<String>,
    /// By the time of creation; the server's default is [`Order::Asc`].
    pub order: Option<Order>,
    /// Keys on a page; the server's default is 20.
    pub limit: Option<u32>,
}

setters!(ListAdminApiKeys: after [text], order [Order], limit [u32]);

/// An admin API key as it is shown after its creation: without its value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AdminApiKey {
    /// `organization.admin_api_key`.
    pub object: Option<String>,
    /// Names it in [`AdminApiKeys::get`] and [`AdminApiKeys::delete`].
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// The first and last characters of its value.
    pub redacted_value: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it stops being valid; `None` if it does not.
    pub expires_at: Option<Timestamp>,
    /// When it was last used; `None` if never.
    pub last_used_at: Option<Timestamp>,
    /// Whose it is.
    pub owner: AdminApiKeyOwner,
}

/// A new admin API key, with its value.
///
/// It is not `Serialize`, so that the value is not dumped by accident.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "testing", derive(serde::Serialize))]
#[non_exhaustive]
pub struct CreatedAdminApiKey {
    /// `organization.admin_api_key`.
    pub object: Option<String>,
    /// Names it in [`AdminApiKeys::get`] and [`AdminApiKeys::delete`].
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// The key itself. This answer is the only one that holds it.
    pub value: Secret,
    /// The first and last characters of its value.
    pub redacted_value: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it stops being valid; `None` if it does not.
    pub expires_at: Option<Timestamp>,
    /// When it was last used; `None` if never.
    pub last_used_at: Option<Timestamp>,
    /// Whose it is.
    pub owner: AdminApiKeyOwner,
}

/// Whose an admin API key is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AdminApiKeyOwner {
    /// What the owner is; `user` and `service_account` are known.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// `organization.user` or `organization.service_account`.
    pub object: Option<String>,
    /// The owner's id.
    pub id: Option<String>,
    /// The owner's name.
    pub name: Option<String>,
    /// When the owner was created.
    pub created_at: Option<Timestamp>,
    /// The owner's role in the organization.
    pub role: Option<String>,
}

impl HasId for AdminApiKey {
    fn id(&self) -> &str {
        &self.id
    }
}
