//! Projects of the organization, and what belongs to one.

mod api_keys;
mod client;
mod groups;
mod permissions;
mod rate_limits;
mod service_accounts;
mod service_tiers;
mod users;

use declarest::{Query, Scalar, api};
use serde::{Deserialize, Serialize};

pub use self::api_keys::*;
pub use self::client::*;
pub use self::groups::*;
pub use self::permissions::*;
pub use self::rate_limits::*;
pub use self::service_accounts::*;
pub use self::service_tiers::*;
pub use self::users::*;
use crate::{
    Call, ConversationCursorPage, DataRetentionsClient, FieldUpdate, GroupRolesClient, Pages,
    ProjectCertificatesClient, RolesClient, SpendAlertsClient, SpendLimitsClient, Timestamp, UserRolesClient,
};

/// Projects of the organization. What belongs to one project is reached through
/// [`Admin::project`](crate::Admin::project).
///
/// ```
/// use openai_admin::{ListProjects, NewProject, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let project = admin.projects().create(&NewProject::new("Search")).await?;
/// let mut all = admin.projects().list(&ListProjects::default().include_archived(true)).items();
/// while let Some(project) = all.try_next().await? {
///     println!("{} {:?}", project.id, project.name);
/// }
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/projects).
#[api(partial_fakes)]
pub trait Projects: Send + Sync {
    /// Lists the projects of the organization.
    #[get("/organization/projects")]
    fn list(&self, #[query(flatten)] params: &ListProjects) -> Pages<ConversationCursorPage<Project>>;

    /// Creates a project, which can be archived but not deleted.
    #[post("/organization/projects")]
    fn create(&self, #[json] project: &NewProject) -> Call<Project>;

    /// Fetches one project.
    #[doc(alias = "retrieve")]
    #[get("/organization/projects/{project_id}")]
    fn get(&self, project_id: &str) -> Call<Project>;

    /// Changes a project.
    #[post("/organization/projects/{project_id}")]
    fn update(&self, project_id: &str, #[json] change: &UpdateProject) -> Call<Project>;

    /// Archives a project for good: it can neither be used nor changed from then on.
    #[post("/organization/projects/{project_id}/archive")]
    fn archive(&self, project_id: &str) -> Call<Project>;
}

/// What belongs to one project below `/organization/projects`. [`Admin::project`](crate::Admin::project) has it together
/// with the roles.
#[api]
pub trait ProjectScope: Send + Sync {
    /// API keys of the project.
    #[nest]
    fn api_keys(&self) -> ProjectApiKeysClient;

    /// Certificates that are active in the project.
    #[nest]
    fn certificates(&self) -> ProjectCertificatesClient;

    /// How long the project's data is kept.
    #[nest]
    fn data_retention(&self) -> DataRetentionsClient;

    /// Groups that have access to the project.
    #[nest]
    fn groups(&self) -> ProjectGroupsClient;

    /// Which hosted tools the project may use.
    #[nest]
    fn hosted_tool_permissions(&self) -> HostedToolsClient;

    /// Which models the project may use.
    #[nest]
    fn model_permissions(&self) -> ModelPermissionsClient;

    /// The project's rate limits.
    #[nest]
    fn rate_limits(&self) -> RateLimitsClient;

    /// Service accounts of the project.
    #[nest]
    fn service_accounts(&self) -> ServiceAccountsClient;

    /// Service tiers of the project.
    #[nest]
    fn service_tier_settings(&self) -> ServiceTiersClient;

    /// The project's spend alerts.
    #[nest]
    fn spend_alerts(&self) -> SpendAlertsClient;

    /// The project's hard spend limit.
    #[nest]
    fn spend_limit(&self) -> SpendLimitsClient;

    /// Users of the project.
    #[nest]
    fn users(&self) -> ProjectUsersClient;
}

/// Roles in one project, and who has them, below `/projects`. [`Admin::project`](crate::Admin::project) has it together
/// with the rest.
#[api]
pub trait ProjectAccess: Send + Sync {
    /// Roles of the project.
    #[nest]
    fn roles(&self) -> RolesClient;

    /// Project roles of a group.
    #[nest("/groups/{group_id}")]
    fn group_roles(&self, group_id: &str) -> GroupRolesClient;

    /// Project roles of a user.
    #[nest("/users/{user_id}")]
    fn user_roles(&self, user_id: &str) -> UserRolesClient;
}

/// Which projects to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListProjects {
    /// The id of the last project of the page before.
    pub after: Option<String>,
    /// Projects on a page, 1 to 100; the server's default is 20.
    pub limit: Option<u32>,
    /// Whether archived ones are listed too; the server's default is false.
    pub include_archived: Option<bool>,
}

setters!(ListProjects: after [text], limit [u32], include_archived [bool]);

/// Where a project's data is stored and processed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum ProjectResidency {
    /// Anywhere: `GLOBAL`.
    Global,
    /// Stored and processed in the United States: `US_STORAGE_PROCESSING`.
    UsStorageProcessing,
    /// Stored and processed in the European Union: `EU_STORAGE_PROCESSING`.
    EuStorageProcessing,
    /// Stored in Japan: `JP_STORAGE`.
    JpStorage,
    /// Stored and processed in Japan: `JP_STORAGE_PROCESSING`.
    JpStorageProcessing,
    /// Stored in Korea: `KR_STORAGE`.
    KrStorage,
    /// Stored in Canada: `CA_STORAGE`.
    CaStorage,
    /// Stored in Singapore: `SG_STORAGE`.
    SgStorage,
    /// Stored in India: `IN_STORAGE`.
    InStorage,
    /// Stored and processed in India: `IN_STORAGE_PROCESSING`.
    InStorageProcessing,
    /// Stored in Australia: `AU_STORAGE`.
    AuStorage,
    /// Stored and processed in Australia: `AU_STORAGE_PROCESSING`.
    AuStorageProcessing,
    /// Stored in the United Kingdom: `GB_STORAGE`.
    GbStorage,
    /// Stored in the United Arab Emirates: `AE_STORAGE`.
    AeStorage,
    /// Stored and processed in the United Arab Emirates: `AE_STORAGE_PROCESSING`.
    AeStorageProcessing,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// A project that is to be created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct NewProject {
    /// What it is called, in reports too.
    pub name: String,
    /// Where its data is; the organization must be entitled to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residency: Option<ProjectResidency>,
    /// The older form of `residency`; not both.
    #[deprecated(note = "the API deprecates it: use `residency`")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geography: Option<String>,
    /// The external key that encrypts its data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_key_id: Option<String>,
}

impl NewProject {
    /// A project of this name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        #[allow(deprecated)] // a literal names every field
        Self { name: name.into(), residency: None, geography: None, external_key_id: None }
    }
}

setters!(NewProject: residency [ProjectResidency], external_key_id [text]);

#[allow(deprecated)]
impl NewProject {
    /// Sets [`geography`](#structfield.geography).
    #[deprecated(note = "the API deprecates it: use `residency`")]
    #[must_use]
    pub fn geography(mut self, value: impl Into<String>) -> Self {
        self.geography = Some(value.into());
        self
    }
}

/// What is to change about a project; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct UpdateProject {
    /// What it is called from now on.
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub name: FieldUpdate<String>,
    /// Where its data is.
    #[deprecated(note = "the API deprecates it; `residency` is chosen when a project is created")]
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub geography: FieldUpdate<String>,
    /// The external key that encrypts its data.
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub external_key_id: FieldUpdate<String>,
}

setters!(UpdateProject: name [update String], external_key_id [update String]);

#[allow(deprecated)]
impl UpdateProject {
    /// Sets [`geography`](#structfield.geography).
    #[deprecated(note = "the API deprecates it; `residency` is chosen when a project is created")]
    #[must_use]
    pub fn geography(mut self, value: impl Into<FieldUpdate<String>>) -> Self {
        self.geography = value.into();
        self
    }
}

/// Whether a project is in use.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ProjectStatus {
    /// It is: `active`.
    Active,
    /// It is not, for good: `archived`.
    Archived,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// A project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Project {
    /// `organization.project`.
    pub object: Option<String>,
    /// Names it in [`Projects::get`] and [`Admin::project`](crate::Admin::project).
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was archived.
    pub archived_at: Option<Timestamp>,
    /// Whether it is in use.
    pub status: Option<ProjectStatus>,
    /// The external key that encrypts its data.
    pub external_key_id: Option<String>,
    /// Where its data is.
    pub residency: Option<ProjectResidency>,
}
