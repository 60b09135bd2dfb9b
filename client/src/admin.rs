//! The whole API, and how to get at it.

use std::fmt;

use declarest::{ClientBuilder, Secret, api};

use crate::error::classify;
use crate::{
    AdminApiKeysClient, AuditLogsClient, CertificatesClient, ConfigError, DataRetentionsClient,
    ExternalKeysClient, ExternalStoragesClient, GroupScopeClient, GroupsClient, InvitesClient,
    ProjectAccessClient, ProjectScopeClient, ProjectsClient, RolesClient, SpendAlertsClient,
    SpendLimitsClient, UsageClient, UserScopeClient, UsersClient, WorkloadIdentityProviderScopeClient,
    WorkloadIdentityProvidersClient,
};

/// Where the API is unless `OPENAI_BASE_URL` or [`AdminBuilder::base_url`] says otherwise.
pub const DEFAULT_BASE_URL: &str = "https://api.openai.com/v1";

/// OpenAI's Administration API: one method for each resource, and one for each thing that has resources of its own.
#[api(client = "Admin")]
pub trait Administration: Send + Sync {
    /// Admin API keys of the organization.
    #[nest]
    fn admin_api_keys(&self) -> AdminApiKeysClient;

    /// What users did and what was configured.
    #[nest]
    fn audit_logs(&self) -> AuditLogsClient;

    /// Certificates for mutual TLS.
    #[nest]
    fn certificates(&self) -> CertificatesClient;

    /// How long the organization's data is kept.
    #[nest("/organization")]
    fn data_retention(&self) -> DataRetentionsClient;

    /// Encryption keys in the organization's own key management service.
    #[nest]
    fn external_keys(&self) -> ExternalKeysClient;

    /// Storage of the organization's own.
    #[nest]
    fn external_storage(&self) -> ExternalStoragesClient;

    /// Groups of users.
    #[nest]
    fn groups(&self) -> GroupsClient;

    /// One group: its users and roles.
    #[nest("/organization/groups/{group_id}")]
    fn group(&self, group_id: &str) -> GroupScopeClient;

    /// Invitations to the organization.
    #[nest]
    fn invites(&self) -> InvitesClient;

    /// Projects of the organization.
    #[nest]
    fn projects(&self) -> ProjectsClient;

    /// One project: its users, keys, limits and permissions. [`Admin::project`] has its roles, too.
    #[nest("/organization/projects/{project_id}")]
    fn project(&self, project_id: &str) -> ProjectScopeClient;

    /// One project: its roles, and who has them. [`Admin::project`] has both.
    #[nest("/projects/{project_id}")]
    fn project_access(&self, project_id: &str) -> ProjectAccessClient;

    /// Roles of the organization.
    #[nest("/organization")]
    fn roles(&self) -> RolesClient;

    /// The organization's spend alerts.
    #[nest("/organization")]
    fn spend_alerts(&self) -> SpendAlertsClient;

    /// The organization's hard spend limit.
    #[nest("/organization")]
    fn spend_limit(&self) -> SpendLimitsClient;

    /// What was used, and what it cost.
    #[nest]
    fn usage(&self) -> UsageClient;

    /// Users of the organization.
    #[nest]
    fn users(&self) -> UsersClient;

    /// One user: the user's roles.
    #[nest("/organization/users/{user_id}")]
    fn user(&self, user_id: &str) -> UserScopeClient;

    /// Identity providers whose workloads may act without a key.
    #[nest]
    fn workload_identity_providers(&self) -> WorkloadIdentityProvidersClient;

    /// One identity provider: which workloads act as which service account.
    #[nest("/organization/workload_identity_providers/{workload_identity_provider_id}")]
    fn workload_identity_provider(
        &self,
        workload_identity_provider_id: &str,
    ) -> WorkloadIdentityProviderScopeClient;
}

impl Admin {
    /// A client with the settings of the environment, under the names of the official SDKs.
    ///
    /// `OPENAI_ADMIN_KEY` is needed. `OPENAI_BASE_URL`, `OPENAI_ORG_ID` and `OPENAI_PROJECT_ID` may be left out or
    /// empty.
    ///
    /// # Errors
    /// [`ConfigError`] if the key is missing or empty, or a setting does not fit. Nothing is sent.
    pub fn from_env() -> Result<Self, ConfigError> {
        AdminBuilder::from_lookup(&mut |name| match std::env::var(name) {
            Ok(value) => Ok(Some(value)),
            Err(std::env::VarError::NotPresent) => Ok(None),
            Err(std::env::VarError::NotUnicode(_)) => Err(ConfigError::NotUnicode(name)),
        })?
        .build()
    }

    /// A client with this admin key and other settings.
    ///
    /// ```
    /// use openai_admin::Admin;
    ///
    /// let admin = Admin::builder("sk-admin-1234").organization("org-1").build()?;
    /// assert!(!format!("{admin:?}").contains("sk-admin"));
    /// # Ok::<(), openai_admin::ConfigError>(())
    /// ```
    pub fn builder(key: impl Into<Secret>) -> AdminBuilder {
        AdminBuilder {
            key: key.into(),
            base_url: DEFAULT_BASE_URL.to_owned(),
            organization: None,
            project: None,
            configure: Box::new(|builder| builder),
        }
    }
}

/// Settings of a client that is to be. Made by [`Admin::builder`].
pub struct AdminBuilder {
    key: Secret,
    base_url: String,
    organization: Option<String>,
    project: Option<String>,
    configure: Box<dyn FnOnce(ClientBuilder) -> ClientBuilder + Send>,
}

impl AdminBuilder {
    /// Reads settings by the names of the environment variables; a variable that is empty counts as left out.
    fn from_lookup(
        lookup: &mut dyn FnMut(&'static str) -> Result<Option<String>, ConfigError>,
    ) -> Result<Self, ConfigError> {
        let key = lookup("OPENAI_ADMIN_KEY")?.ok_or(ConfigError::MissingKey)?;
        let mut optional = |name| lookup(name).map(|value| value.filter(|value| !value.trim().is_empty()));
        let base_url = optional("OPENAI_BASE_URL")?;
        let (organization, project) = (optional("OPENAI_ORG_ID")?, optional("OPENAI_PROJECT_ID")?);
        let builder = Admin::builder(key);
        Ok(Self { base_url: base_url.unwrap_or(builder.base_url), organization, project, ..builder })
    }

    /// Where the API is: `https`, or `http` on loopback.
    #[must_use]
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self
    }

    /// Sends `OpenAI-Organization`, for a key that belongs to several.
    #[must_use]
    pub fn organization(mut self, id: impl Into<String>) -> Self {
        self.organization = Some(id.into());
        self
    }

    /// Sends `OpenAI-Project`.
    #[must_use]
    pub fn project(mut self, id: impl Into<String>) -> Self {
        self.project = Some(id.into());
        self
    }

    /// Sets what every client of declarest has: time limits, attempts, layers, the transport.
    ///
    /// ```
    /// use std::time::Duration;
    /// use openai_admin::Admin;
    ///
    /// let admin = Admin::builder("sk-admin-1234")
    ///     .configure(|client| client.deadline(Duration::from_secs(20)).attempts(5))
    ///     .build()?;
    /// # Ok::<(), openai_admin::ConfigError>(())
    /// ```
    #[must_use]
    pub fn configure(
        mut self,
        configure: impl FnOnce(ClientBuilder) -> ClientBuilder + Send + 'static,
    ) -> Self {
        let before = self.configure;
        self.configure = Box::new(|builder| configure(before(builder)));
        self
    }

    /// Sends to a mock in place of the API, with this crate's settings; the feature `testing`.
    ///
    /// The [front page](crate#tests) has an example.
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn mock(self, mock: &declarest::testing::Mock) -> Self {
        let mock = mock.clone();
        self.configure(move |client| mock.attach(client))
    }

    /// The client.
    ///
    /// # Errors
    /// [`ConfigError::EmptyKey`], or [`ConfigError::Client`] if a setting does not fit: a base URL with user info, a
    /// query or a fragment, plain http to a host that is not loopback, a header with a line break. Nothing is sent.
    pub fn build(self) -> Result<Admin, ConfigError> {
        self.build_client().map(Admin::new)
    }

    /// The client below [`Admin`], for declarations of your own: an endpoint that is newer than this crate, a list with
    /// other items ([`Checked`](crate::Checked)).
    ///
    /// # Errors
    /// As [`build`](Self::build).
    pub fn build_client(self) -> Result<declarest::Client, ConfigError> {
        if self.key.expose().trim().is_empty() {
            return Err(ConfigError::EmptyKey);
        }
        let mut builder = declarest::Client::builder(self.base_url).bearer(self.key).classify(classify);
        let headers = [("OpenAI-Organization", self.organization), ("OpenAI-Project", self.project)];
        for (name, id) in headers {
            if let Some(id) = id {
                builder = builder.header(name, &id);
            }
        }
        (self.configure)(builder).build().map_err(ConfigError::Client)
    }
}

impl fmt::Debug for AdminBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdminBuilder")
            .field("key", &self.key)
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use axum::http;

    use super::*;
    use crate::AdminApiKeys as _;

    fn settings(variables: &[(&str, &str)]) -> Result<AdminBuilder, ConfigError> {
        let found =
            |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
        AdminBuilder::from_lookup(&mut |name| Ok(found(name)))
    }

    /// The URL and the headers that a call sends with these settings.
    async fn sent(variables: &[(&str, &str)]) -> (String, http::HeaderMap) {
        let (tell, told) = std::sync::mpsc::channel();
        let router =
            axum::Router::new().fallback(move |uri: http::Uri, headers: http::HeaderMap| async move {
                tell.send((uri.to_string(), headers)).unwrap();
                r#"{"id": "k", "deleted": true}"#
            });
        let admin =
            settings(variables).unwrap().configure(|client| client.transport(router)).build().unwrap();
        admin.admin_api_keys().delete("key_1").await.unwrap();
        told.recv().unwrap()
    }

    #[test]
    fn a_missing_key_is_not_an_empty_one() {
        let made = |variables| settings(variables).and_then(AdminBuilder::build);
        assert!(matches!(made(&[]), Err(ConfigError::MissingKey)));
        assert!(matches!(made(&[("OPENAI_ADMIN_KEY", "")]), Err(ConfigError::EmptyKey)));
        assert!(matches!(made(&[("OPENAI_ADMIN_KEY", " \n")]), Err(ConfigError::EmptyKey)));
    }

    #[tokio::test]
    async fn empty_variables_are_left_out() {
        let empty = [("OPENAI_BASE_URL", ""), ("OPENAI_ORG_ID", ""), ("OPENAI_PROJECT_ID", " ")];
        let (url, headers) = sent(&[&empty[..], &[("OPENAI_ADMIN_KEY", "k")]].concat()).await;
        assert_eq!(url, "https://api.openai.com/v1/organization/admin_api_keys/key_1");
        assert!(!headers.contains_key("openai-organization") && !headers.contains_key("openai-project"));
    }

    #[tokio::test]
    async fn the_environment_is_heard() {
        let (url, headers) = sent(&[
            ("OPENAI_ADMIN_KEY", "sk-admin-1"),
            ("OPENAI_BASE_URL", "http://localhost:4010"),
            ("OPENAI_ORG_ID", "org-1"),
            ("OPENAI_PROJECT_ID", "proj-1"),
        ])
        .await;
        assert_eq!(url, "http://localhost:4010/organization/admin_api_keys/key_1");
        assert_eq!(headers["authorization"], "Bearer sk-admin-1");
        assert_eq!(
            (&headers["openai-organization"], &headers["openai-project"]),
            (&http::HeaderValue::from_static("org-1"), &http::HeaderValue::from_static("proj-1"))
        );
    }

    #[test]
    fn unfit_settings_are_told_before_anything_is_sent() {
        for url in ["ftp://x", "https://u:p@x", "https://x?y", "https://x#y", "http://example.com", "x"] {
            let error = Admin::builder("k").base_url(url).build();
            assert!(matches!(error, Err(ConfigError::Client(_))), "{url}");
        }
        assert!(Admin::builder("k").organization("a\r\nb").build().is_err());
        assert!(Admin::builder("k\n x").build().is_err());
    }
}
