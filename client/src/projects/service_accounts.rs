//! Service accounts of a project, and their keys.

use std::time::Duration;

use declarest::{Query, Secret, api};
use serde::{Deserialize, Serialize};

use crate::common::whole_seconds;
use crate::{Call, ConversationCursorPage, Deleted, Pages, ProjectRole, Timestamp};

/// Service accounts of a project. Made by [`ProjectScope::service_accounts`](crate::ProjectScope::service_accounts).
///
/// ```
/// use openai_admin::{NewServiceAccount, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let accounts = admin.project("proj_search").service_accounts();
/// let account = accounts.create(&NewServiceAccount::new("deploy")).await?;
/// if let Some(key) = account.api_key {
///     println!("{} is shown once: {}", key.id, key.value.expose());
/// }
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/projects/subresources/service_accounts).
#[api(partial_fakes)]
pub trait ServiceAccounts: Send + Sync {
    /// Lists the service accounts of the project.
    #[get("/service_accounts")]
    fn list(
        &self,
        #[query(flatten)] params: &ListServiceAccounts,
    ) -> Pages<ConversationCursorPage<ServiceAccount>>;

    /// Creates a service account, and a key for it unless that is declined.
    #[post("/service_accounts")]
    fn create(&self, #[json] account: &NewServiceAccount) -> Call<CreatedServiceAccount>;

    /// Fetches one service account.
    #[doc(alias = "retrieve")]
    #[get("/service_accounts/{service_account_id}")]
    fn get(&self, service_account_id: &str) -> Call<ServiceAccount>;

    /// Changes a service account.
    #[post("/service_accounts/{service_account_id}")]
    fn update(&self, service_account_id: &str, #[json] change: &UpdateServiceAccount)
    -> Call<ServiceAccount>;

    /// Deletes a service account; an archived project has none.
    #[delete("/service_accounts/{service_account_id}")]
    fn delete(&self, service_account_id: &str) -> Call<Deleted>;

    /// Creates one more API key for a service account.
    #[doc(alias = "api_keys.create")]
    #[post("/service_accounts/{service_account_id}/api_keys")]
    fn create_api_key(
        &self,
        service_account_id: &str,
        #[json] key: &NewServiceAccountApiKey,
    ) -> Call<ServiceAccountApiKey>;
}

/// Which service accounts to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListServiceAccounts {
    /// The id of the last service account of the page before.
    pub after: Option<String>,
    /// Service accounts on a page, 1 to 100; the server's default is 20.
    pub limit: Option<u32>,
}

setters!(ListServiceAccounts: after [text], limit [u32]);

/// A service account that is to be created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct NewServiceAccount {
    /// What it is called.
    pub name: String,
    /// Whether to leave out the default role and the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_service_account_only: Option<bool>,
    /// How many seconds its first key is valid; not with `create_service_account_only`. A policy may demand it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_in_seconds: Option<u64>,
}

impl NewServiceAccount {
    /// A service account of this name, with a key.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), create_service_account_only: None, expires_in_seconds: None }
    }
}

setters!(NewServiceAccount: create_service_account_only [bool], expires_in_seconds [u64]);
impl NewServiceAccount {
    /// Sets [`expires_in_seconds`](#structfield.expires_in_seconds) to this lifetime, rounded up to a second.
    #[must_use]
    pub fn expires_in(self, lifetime: Duration) -> Self {
        self.expires_in_seconds(whole_seconds(lifetime))
    }
}

/// What is to change about a service account; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct UpdateServiceAccount {
    /// What it is called from now on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its role in the project: `member` or `owner`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<ProjectRole>,
}

setters!(UpdateServiceAccount: name [text], role [ProjectRole]);

/// A key that is to be created for a service account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct NewServiceAccountApiKey {
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it may do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,
    /// How many seconds it is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_in_seconds: Option<u64>,
}

setters!(NewServiceAccountApiKey: name [text], scopes [texts], expires_in_seconds [u64]);
impl NewServiceAccountApiKey {
    /// Sets [`expires_in_seconds`](#structfield.expires_in_seconds) to this lifetime, rounded up to a second.
    #[must_use]
    pub fn expires_in(self, lifetime: Duration) -> Self {
        self.expires_in_seconds(whole_seconds(lifetime))
    }
}

/// A service account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ServiceAccount {
    /// `organization.project.service_account`.
    pub object: Option<String>,
    /// Names it in [`ServiceAccounts::get`].
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its role in the project.
    pub role: ProjectRole,
    /// When it was created.
    pub created_at: Timestamp,
}

/// A new service account, with its first key.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "testing", derive(serde::Serialize))]
#[non_exhaustive]
pub struct CreatedServiceAccount {
    /// `organization.project.service_account`.
    pub object: Option<String>,
    /// Names it in [`ServiceAccounts::get`].
    pub id: String,
    /// What it is called.
    pub name: String,
    /// `member`, or `none` for one that was created without a role.
    pub role: ProjectRole,
    /// When it was created.
    pub created_at: Timestamp,
    /// Its first key, unless that was declined.
    pub api_key: Option<ServiceAccountApiKey>,
}

/// A new key of a service account, with its value.
///
/// It is not `Serialize`, so that the value is not dumped by accident.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "testing", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ServiceAccountApiKey {
    /// `organization.project.service_account.api_key`.
    pub object: Option<String>,
    /// Names it in [`ProjectApiKeys::get`](crate::ProjectApiKeys::get).
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The key itself. This answer is the only one that holds it.
    pub value: Secret,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it stops being valid; `None` if it does not.
    pub expires_at: Option<Timestamp>,
}
