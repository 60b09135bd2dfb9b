//! Storage of the organization's own, where a project's data is kept.

use declarest::{Query, Scalar, api};
use serde::{Deserialize, Serialize};

use crate::{Call, CloudProvider, CursorPage, Deleted, HasId, Order, Pages, Timestamp};

/// Storage of the organization's own, where a project's data is kept.
///
/// ```
/// use openai_admin::{NewExternalStorage, NewStorageProvider, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let storage = admin.external_storage();
/// let bucket = NewStorageProvider::aws("bucket", "arn:aws:iam::1:role/openai");
/// let made = storage.create(&NewExternalStorage::new("proj_search", bucket)).await?;
/// println!("{}", storage.validate(&made.id).await?.status);
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/external_storage).
#[api(partial_fakes)]
pub trait ExternalStorages: Send + Sync {
    /// Lists the external storage configurations.
    #[get("/organization/external_storage")]
    fn list(&self, #[query(flatten)] params: &ListExternalStorage) -> Pages<CursorPage<ExternalStorage>>;

    /// Configures external storage for a project.
    #[post("/organization/external_storage")]
    fn create(&self, #[json] storage: &NewExternalStorage) -> Call<ExternalStorage>;

    /// Fetches one configuration.
    #[doc(alias = "retrieve")]
    #[get("/organization/external_storage/{external_storage_id}")]
    fn get(&self, external_storage_id: &str) -> Call<ExternalStorage>;

    /// Deletes a configuration.
    #[delete("/organization/external_storage/{external_storage_id}")]
    fn delete(&self, external_storage_id: &str) -> Call<Deleted>;

    /// Checks that the storage can be used.
    #[post("/organization/external_storage/{external_storage_id}/validate")]
    fn validate(&self, external_storage_id: &str) -> Call<ExternalStorage>;
}

/// Which configurations to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListExternalStorage {
    /// The id of the last configuration of the page before.
    pub after: Option<String>,
    /// Configurations on a page.
    pub limit: Option<u32>,
    /// The order of the list.
    pub order: Option<Order>,
    /// Only those of this project.
    pub project_id: Option<String>,
}

setters!(ListExternalStorage: after [text], limit [u32], order [Order], project_id [text]);

/// External storage that is to be configured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct NewExternalStorage {
    /// The project whose data it keeps.
    pub project_id: String,
    /// Where it is.
    pub provider: NewStorageProvider,
}

impl NewExternalStorage {
    /// This storage for this project.
    #[must_use]
    pub fn new(project_id: impl Into<String>, provider: NewStorageProvider) -> Self {
        Self { project_id: project_id.into(), provider }
    }
}

/// Where storage is that is to be configured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[serde(tag = "type", rename_all = "lowercase")]
#[non_exhaustive]
pub enum NewStorageProvider {
    /// A bucket in S3.
    Aws {
        /// The bucket's name.
        bucket: String,
        /// The ARN of the role that may use it.
        role_arn: String,
    },
    /// A container in Azure Blob Storage.
    Azure {
        /// The storage account.
        account_name: String,
        /// The container in it.
        container: String,
        /// The account's resource group.
        resource_group: String,
        /// The account's subscription.
        subscription_id: String,
        /// The account's tenant.
        tenant_id: String,
    },
    /// A bucket in Google Cloud Storage.
    Gcp {
        /// The bucket's name.
        bucket: String,
        /// The workload identity pool.
        workload_identity_pool_id: String,
        /// The number of the project of the pool.
        workload_identity_project_number: String,
        /// The provider in the pool.
        workload_identity_provider_id: String,
    },
    /// A bucket in Oracle Object Storage.
    Oci {
        /// The bucket's name.
        bucket: String,
        /// The bucket's region.
        region: String,
        /// The OCID of the tenancy.
        tenancy_ocid: String,
    },
}

impl NewStorageProvider {
    /// This bucket in S3, used in this role.
    #[must_use]
    pub fn aws(bucket: impl Into<String>, role_arn: impl Into<String>) -> Self {
        Self::Aws { bucket: bucket.into(), role_arn: role_arn.into() }
    }

    /// This bucket in Oracle Object Storage.
    #[must_use]
    pub fn oci(
        bucket: impl Into<String>,
        region: impl Into<String>,
        tenancy_ocid: impl Into<String>,
    ) -> Self {
        Self::Oci { bucket: bucket.into(), region: region.into(), tenancy_ocid: tenancy_ocid.into() }
    }
}

/// Whether external storage can be used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum StorageStatus {
    /// It was not checked yet: `pending`.
    Pending,
    /// It was checked and works: `validated`.
    Validated,
    /// It works in part: `degraded`.
    Degraded,
    /// It does not work: `unhealthy`.
    Unhealthy,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// An external storage configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExternalStorage {
    /// `organization.external_storage`.
    pub object: Option<String>,
    /// Names it in [`ExternalStorages::get`].
    pub id: String,
    /// When it was configured.
    pub created_at: Timestamp,
    /// The part of the world it is in.
    pub geography: String,
    /// The project whose data it keeps.
    pub project_id: String,
    /// Where it is.
    pub provider: StorageProvider,
    /// Whether it can be used.
    pub status: StorageStatus,
}

impl HasId for ExternalStorage {
    fn id(&self) -> &str {
        &self.id
    }
}

/// Where storage is. Which of the optional fields are there depends on [`kind`](StorageProvider::kind).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StorageProvider {
    /// Whose cloud it is in.
    #[serde(rename = "type")]
    pub kind: CloudProvider,
    /// The region it is in.
    pub region: Option<String>,
    /// AWS, Google, Oracle: the bucket's name.
    pub bucket: Option<String>,
    /// AWS: the account of the bucket.
    pub account_id: Option<String>,
    /// AWS: the external id of the role.
    pub external_id: Option<String>,
    /// AWS: the ARN of the role.
    pub role_arn: Option<String>,
    /// Azure: the storage account.
    pub account_name: Option<String>,
    /// Azure: the container in the account.
    pub container: Option<String>,
    /// Azure: the account's resource group.
    pub resource_group: Option<String>,
    /// Azure: the account's subscription.
    pub subscription_id: Option<String>,
    /// Azure: the account's tenant.
    pub tenant_id: Option<String>,
    /// Google: the audience of the token that is exchanged.
    pub audience: Option<String>,
    /// Google: the workload identity pool.
    pub workload_identity_pool_id: Option<String>,
    /// Google: the number of the project of the pool.
    pub workload_identity_project_number: Option<String>,
    /// Google: the provider in the pool.
    pub workload_identity_provider_id: Option<String>,
    /// Oracle: the OCID of the tenancy.
    pub tenancy_ocid: Option<String>,
}
