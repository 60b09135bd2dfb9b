//! API keys of a project.

use std::time::Duration;

use declarest::{Query, Scalar, api};
use serde::{Deserialize, Serialize};

use crate::common::whole_seconds;
use crate::{Call, ConversationCursorPage, Deleted, Pages, Timestamp};

/// API keys of a project. Made by [`ProjectScope::api_keys`](crate::ProjectScope::api_keys).
///
/// ```
/// use openai_admin::{ListProjectApiKeys, OwnerAccess, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let keys = admin.project("proj_search").api_keys();
/// let orphans = ListProjectApiKeys::default().owner_project_access(OwnerAccess::Inactive);
/// let mut orphans = keys.list(&orphans).items();
/// let mut ids = Vec::new();
/// while let Some(key) = orphans.try_next().await? {
///     ids.push(key.id);
/// }
/// // Deleted after the list has ended: a key that goes while it runs may be where the next page continues.
/// for id in &ids {
///     keys.delete(id).await?;
/// }
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/projects/subresources/api_keys).
#[api(partial_fakes)]
pub trait ProjectApiKeys: Send + Sync {
    /// Lists the API keys of the project: all of them only with [`OwnerAccess::Any`].
    #[get("/api_keys")]
    fn list(
        &self,
        #[query(flatten)] params: &ListProjectApiKeys,
    ) -> Pages<ConversationCursorPage<ProjectApiKey>>;

    /// Fetches one API key; its value is redacted.
    #[doc(alias = "retrieve")]
    #[get("/api_keys/{api_key_id}")]
    fn get(&self, api_key_id: &str) -> Call<ProjectApiKey>;

    /// Changes how long an API key is valid, or what it may do. Sent again, the time counts anew.
    #[post("/api_keys/{api_key_id}")]
    fn update(&self, api_key_id: &str, #[json] change: &UpdateProjectApiKey) -> Call<ProjectApiKey>;

    /// Deletes an API key; one of a service account cannot be deleted here (400).
    #[delete("/api_keys/{api_key_id}")]
    fn delete(&self, api_key_id: &str) -> Call<Deleted>;
}

/// Whether the owner of a key has access to the key's project.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum OwnerAccess {
    /// The owner has it: `active`.
    Active,
    /// The owner does not have it: `inactive`.
    Inactive,
    /// Either: lists all enabled keys: `any`.
    Any,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// Which API keys to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListProjectApiKeys {
    /// The id of the last key of the page before.
    pub after: Option<String>,
    /// Keys on a page, 1 to 100; the server's default is 20.
    pub limit: Option<u32>,
    /// Only keys whose owner has, or does not have, access to the project. Left out, some enabled keys may be missing:
    /// only [`OwnerAccess::Any`] lists all.
    pub owner_project_access: Option<OwnerAccess>,
}

setters!(ListProjectApiKeys: after [text], limit [u32], owner_project_access [OwnerAccess]);

/// What is to change about an API key; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct UpdateProjectApiKey {
    /// How many seconds it is valid from now on. An expired key cannot be changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_in_seconds: Option<u64>,
    /// What it may do from now on. An **empty list lifts every restriction**; only reading is `["api.all.read"]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
}

setters!(UpdateProjectApiKey: expires_in_seconds [u64], scopes [texts]);
impl UpdateProjectApiKey {
    /// Sets [`expires_in_seconds`](#structfield.expires_in_seconds) to this lifetime, rounded up to a second.
    #[must_use]
    pub fn expires_in(self, lifetime: Duration) -> Self {
        self.expires_in_seconds(whole_seconds(lifetime))
    }
}

/// An API key of a project, without its value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProjectApiKey {
    /// `organization.project.api_key`.
    pub object: Option<String>,
    /// Names it in [`ProjectApiKeys::get`].
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// The first and last characters of its value.
    pub redacted_value: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last used; `None` if never.
    pub last_used_at: Option<Timestamp>,
    /// When it stops being valid; `None` if it does not, or the server does not say.
    pub expires_at: Option<Timestamp>,
    /// What it may do, where the server says it.
    pub scopes: Option<Vec<String>>,
    /// Whether its owner has access to the project.
    pub owner_project_access: Option<OwnerAccess>,
    /// Whose it is.
    pub owner: ProjectApiKeyOwner,
}

/// Whose an API key is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProjectApiKeyOwner {
    /// `user` or `service_account`: which of the two is there.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The user.
    pub user: Option<KeyOwnerUser>,
    /// The service account.
    pub service_account: Option<KeyOwnerServiceAccount>,
}

/// A user who owns a key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KeyOwnerUser {
    /// The user's id.
    pub id: String,
    /// The user's address.
    pub email: Option<String>,
    /// The user's name.
    pub name: Option<String>,
    /// When the user was created.
    pub created_at: Timestamp,
    /// The user's role in the project.
    pub role: Option<String>,
}

/// A service account that owns a key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KeyOwnerServiceAccount {
    /// The service account's id.
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// Its role in the project.
    pub role: Option<String>,
}
