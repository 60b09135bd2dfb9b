//! Which models and hosted tools a project may use.

use declarest::{Scalar, api};
use serde::{Deserialize, Serialize};

use crate::{Call, FieldUpdate, Removed};

/// Which models a project may use. Made by [`ProjectScope::model_permissions`](crate::ProjectScope::model_permissions).
///
/// ```
/// use openai_admin::{UpdateModelPermissions, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let models = admin.project("proj_search").model_permissions();
/// models.update(&UpdateModelPermissions::allow(["gpt-5"])).await?;
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/projects/subresources/model_permissions).
#[api(partial_fakes)]
pub trait ModelPermissions: Send + Sync {
    /// Fetches which models the project may use.
    #[doc(alias = "retrieve")]
    #[get("/model_permissions")]
    fn get(&self) -> Call<ProjectModelPermissions>;

    /// Sets which models the project may use.
    #[post("/model_permissions")]
    fn update(&self, #[json] change: &UpdateModelPermissions) -> Call<ProjectModelPermissions>;

    /// Deletes the project's own list of models.
    #[delete("/model_permissions")]
    fn delete(&self) -> Call<Removed>;
}

/// Which hosted tools a project may use. Made by
/// [`ProjectScope::hosted_tool_permissions`](crate::ProjectScope::hosted_tool_permissions).
///
/// ```
/// use openai_admin::{UpdateHostedTools, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let tools = admin.project("proj_search").hosted_tool_permissions();
/// tools.update(&UpdateHostedTools::default().web_search(false)).await?;
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/projects/subresources/hosted_tool_permissions).
#[api(partial_fakes)]
pub trait HostedTools: Send + Sync {
    /// Fetches which hosted tools the project may use.
    #[doc(alias = "retrieve")]
    #[get("/hosted_tool_permissions")]
    fn get(&self) -> Call<HostedToolPermissions>;

    /// Sets which hosted tools the project may use.
    #[post("/hosted_tool_permissions")]
    fn update(&self, #[json] change: &UpdateHostedTools) -> Call<HostedToolPermissions>;
}

/// What a list of models means.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ModelPermissionMode {
    /// Only these: `allow_list`.
    AllowList,
    /// All but these: `deny_list`.
    DenyList,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// Which models a project is to use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct UpdateModelPermissions {
    /// What the list means.
    pub mode: ModelPermissionMode,
    /// The models.
    pub model_ids: Vec<String>,
}

impl UpdateModelPermissions {
    /// Only these models.
    #[must_use]
    pub fn allow(model_ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let model_ids = model_ids.into_iter().map(Into::into).collect();
        Self { mode: ModelPermissionMode::AllowList, model_ids }
    }

    /// All models but these.
    #[must_use]
    pub fn deny(model_ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { mode: ModelPermissionMode::DenyList, ..Self::allow(model_ids) }
    }
}

/// Which models a project may use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProjectModelPermissions {
    /// `project.model_permissions`.
    pub object: Option<String>,
    /// What the list means.
    pub mode: ModelPermissionMode,
    /// The models.
    pub model_ids: Vec<String>,
}

/// Whether a project may use a hosted tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HostedToolPermission {
    /// Whether it may.
    pub enabled: bool,
}

impl From<bool> for HostedToolPermission {
    fn from(enabled: bool) -> Self {
        Self { enabled }
    }
}

/// Which hosted tools a project is to use; what is left out stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct UpdateHostedTools {
    /// Whether it may run code.
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub code_interpreter: FieldUpdate<HostedToolPermission>,
    /// Whether it may search files.
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub file_search: FieldUpdate<HostedToolPermission>,
    /// Whether it may make images.
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub image_generation: FieldUpdate<HostedToolPermission>,
    /// Whether it may call MCP servers.
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub mcp: FieldUpdate<HostedToolPermission>,
    /// Whether it may search the web.
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub web_search: FieldUpdate<HostedToolPermission>,
}

/// Each setter takes `true`, `false` or [`FieldUpdate::Clear`].
impl UpdateHostedTools {
    /// Sets [`code_interpreter`](#structfield.code_interpreter).
    #[must_use]
    pub fn code_interpreter(mut self, enabled: impl Into<FieldUpdate<bool>>) -> Self {
        self.code_interpreter = enabled.into().map(HostedToolPermission::from);
        self
    }

    /// Sets [`file_search`](#structfield.file_search).
    #[must_use]
    pub fn file_search(mut self, enabled: impl Into<FieldUpdate<bool>>) -> Self {
        self.file_search = enabled.into().map(HostedToolPermission::from);
        self
    }

    /// Sets [`image_generation`](#structfield.image_generation).
    #[must_use]
    pub fn image_generation(mut self, enabled: impl Into<FieldUpdate<bool>>) -> Self {
        self.image_generation = enabled.into().map(HostedToolPermission::from);
        self
    }

    /// Sets [`mcp`](#structfield.mcp).
    #[must_use]
    pub fn mcp(mut self, enabled: impl Into<FieldUpdate<bool>>) -> Self {
        self.mcp = enabled.into().map(HostedToolPermission::from);
        self
    }

    /// Sets [`web_search`](#structfield.web_search).
    #[must_use]
    pub fn web_search(mut self, enabled: impl Into<FieldUpdate<bool>>) -> Self {
        self.web_search = enabled.into().map(HostedToolPermission::from);
        self
    }
}

/// Which hosted tools a project may use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HostedToolPermissions {
    /// Whether it may run code.
    pub code_interpreter: HostedToolPermission,
    /// Whether it may search files.
    pub file_search: HostedToolPermission,
    /// Whether it may make images.
    pub image_generation: HostedToolPermission,
    /// Whether it may call MCP servers.
    pub mcp: HostedToolPermission,
    /// Whether it may search the web.
    pub web_search: HostedToolPermission,
}
