//! How long data is kept.

use declarest::{Scalar, api};
use serde::{Deserialize, Serialize};

use crate::Call;

/// Data retention of the organization ([`Administration::data_retention`](crate::Administration::data_retention)) or
/// of a project ([`ProjectScope::data_retention`](crate::ProjectScope::data_retention)).
///
/// ```
/// use openai_admin::prelude::*;
///
/// # declarest_examples::documented(async |admin| {
/// println!("{}", admin.data_retention().get().await?.kind);
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/data_retention).
#[api(partial_fakes)]
pub trait DataRetentions: Send + Sync {
    /// Fetches how long data is kept.
    #[doc(alias = "retrieve")]
    #[get("/data_retention")]
    fn get(&self) -> Call<DataRetention>;

    /// Sets how long data is kept.
    #[post("/data_retention")]
    fn update(&self, #[json] change: &UpdateDataRetention) -> Call<DataRetention>;
}

/// How long data is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RetentionType {
    /// As in the organization; for projects only: `organization_default`.
    OrganizationDefault,
    /// No control; for projects only: `none`.
    None,
    /// Zero data retention: `zero_data_retention`.
    ZeroDataRetention,
    /// Abuse monitoring in its modified form: `modified_abuse_monitoring`.
    ModifiedAbuseMonitoring,
    /// Zero data retention, enhanced: `enhanced_zero_data_retention`.
    EnhancedZeroDataRetention,
    /// Modified abuse monitoring, enhanced: `enhanced_modified_abuse_monitoring`.
    EnhancedModifiedAbuseMonitoring,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// How long data is to be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct UpdateDataRetention {
    /// The new setting.
    pub retention_type: RetentionType,
}

impl UpdateDataRetention {
    /// This setting.
    #[must_use]
    pub fn new(retention_type: RetentionType) -> Self {
        Self { retention_type }
    }
}

/// How long data is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DataRetention {
    /// `organization.data_retention` or `project.data_retention`.
    pub object: Option<String>,
    /// The setting.
    #[serde(rename = "type")]
    pub kind: RetentionType,
}
