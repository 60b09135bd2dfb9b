//! How long data is kept.

use declarest::api;
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

open_enum! {
    /// How long data is kept.
    pub enum RetentionType {
        /// As in the organization; for projects only:
        OrganizationDefault = "organization_default",
        /// No control; for projects only:
        None = "none",
        /// Zero data retention:
        ZeroDataRetention = "zero_data_retention",
        /// Abuse monitoring in its modified form:
        ModifiedAbuseMonitoring = "modified_abuse_monitoring",
        /// Zero data retention, enhanced:
        EnhancedZeroDataRetention = "enhanced_zero_data_retention",
        /// Modified abuse monitoring, enhanced:
        EnhancedModifiedAbuseMonitoring = "enhanced_modified_abuse_monitoring",
    }
}

/// How long data is to be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
