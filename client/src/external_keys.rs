//! Encryption keys that stay in the organization's own key management service.

use declarest::{Query, Scalar, api};
use serde::{Deserialize, Serialize};

use crate::lenient::or_default;
use crate::{Call, CursorPage, HasId, Order, Pages, Timestamp};

/// Encryption keys that stay in the organization's own key management service.
///
/// ```
/// use openai_admin::{AwsKey, NewExternalKey, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let keys = admin.external_keys();
/// let aws = AwsKey::new("arn:aws:kms:eu-west-1:1:key/1", "arn:aws:iam::1:role/openai", "external-1");
/// let key = keys.create(&NewExternalKey::aws("EU data", aws)).await?;
/// println!("{}", keys.validate(&key.id).await?.status);
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/external_keys).
#[api(partial_fakes)]
pub trait ExternalKeys: Send + Sync {
    /// Lists the external keys.
    #[get("/organization/external_keys")]
    fn list(&self, #[query(flatten)] params: &ListExternalKeys) -> Pages<CursorPage<ExternalKey>>;

    /// Registers an external key.
    #[post("/organization/external_keys")]
    fn create(&self, #[json] key: &NewExternalKey) -> Call<ExternalKey>;

    /// Fetches one external key.
    #[doc(alias = "retrieve")]
    #[get("/organization/external_keys/{external_key_id}")]
    fn get(&self, external_key_id: &str) -> Call<ExternalKey>;

    /// Removes an external key, and returns it.
    #[delete("/organization/external_keys/{external_key_id}")]
    fn delete(&self, external_key_id: &str) -> Call<ExternalKey>;

    /// Checks that an external key can be used.
    #[post("/organization/external_keys/{external_key_id}/validate")]
    fn validate(&self, external_key_id: &str) -> Call<ExternalKeyValidation>;
}

/// What an external key is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ExternalKeyPurpose {
    /// Enterprise key management: `ekm`.
    Ekm,
    /// Decryption for PSP: `psp_decryption`.
    PspDecryption,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// Which external keys to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListExternalKeys {
    /// The id of the last key of the page before.
    pub after: Option<String>,
    /// Keys on a page.
    pub limit: Option<u32>,
    /// The order of the list.
    pub order: Option<Order>,
    /// Only keys for this; all without it.
    pub purpose: Option<ExternalKeyPurpose>,
}

setters!(ListExternalKeys: after [text], limit [u32], order [Order], purpose [ExternalKeyPurpose]);

/// An external key that is to be registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct NewExternalKey {
    /// What it is called.
    pub name: String,
    /// Where it is.
    #[serde(flatten)]
    pub location: KeyLocation,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<ExternalKeyPurpose>,
}

impl NewExternalKey {
    /// A key at this place.
    #[must_use]
    pub fn new(name: impl Into<String>, location: KeyLocation) -> Self {
        Self { name: name.into(), location, purpose: None }
    }

    /// A key in AWS KMS.
    #[must_use]
    pub fn aws(name: impl Into<String>, key: AwsKey) -> Self {
        Self::new(name, KeyLocation::Aws(key))
    }

    /// A key in Google Cloud KMS.
    #[must_use]
    pub fn gcp(name: impl Into<String>, key: GcpKey) -> Self {
        Self::new(name, KeyLocation::Gcp(key))
    }

    /// A key in Azure Key Vault.
    #[must_use]
    pub fn azure(name: impl Into<String>, key: AzureKey) -> Self {
        Self::new(name, KeyLocation::Azure(key))
    }

    /// A key in Oracle Cloud Vault.
    #[must_use]
    pub fn oci(name: impl Into<String>, key: OciKey) -> Self {
        Self::new(name, KeyLocation::Oci(key))
    }
}

setters!(NewExternalKey: purpose [ExternalKeyPurpose]);

/// The key management service that holds a key, and the key in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[serde(tag = "type", rename_all = "lowercase")]
#[non_exhaustive]
pub enum KeyLocation {
    /// AWS KMS.
    Aws(AwsKey),
    /// Google Cloud KMS.
    Gcp(GcpKey),
    /// Azure Key Vault.
    Azure(AzureKey),
    /// Oracle Cloud Vault.
    Oci(OciKey),
}

/// A key in AWS KMS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct AwsKey {
    /// The key's ARN.
    pub kms_arn: String,
    /// The ARN of the role that may use it.
    pub role_arn: String,
    /// The external id that the role's trust policy asks for.
    pub external_id: String,
}

impl AwsKey {
    /// This key, used in this role with this external id.
    #[must_use]
    pub fn new(
        kms_arn: impl Into<String>,
        role_arn: impl Into<String>,
        external_id: impl Into<String>,
    ) -> Self {
        Self { kms_arn: kms_arn.into(), role_arn: role_arn.into(), external_id: external_id.into() }
    }
}

/// A key in Google Cloud KMS. All fields but the version are needed; it starts with `GcpKey::default()`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct GcpKey {
    /// The audience of the token that is exchanged.
    pub audience: String,
    /// Where the key ring is.
    pub kms_key_location: String,
    /// The key's name.
    pub kms_key_name: String,
    /// The key ring's name.
    pub kms_key_ring_name: String,
    /// The project of the key.
    pub kms_project_id: String,
    /// The workload identity pool.
    pub workload_identity_pool_id: String,
    /// The number of the project of the pool.
    pub workload_identity_project_number: String,
    /// The provider in the pool.
    pub workload_identity_provider_id: String,
    /// The key's version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_key_version: Option<String>,
}

setters!(GcpKey: audience [text], kms_key_location [text], kms_key_name [text], kms_key_ring_name [text],
    kms_project_id [text], workload_identity_pool_id [text], workload_identity_project_number [text],
    workload_identity_provider_id [text], kms_key_version [text]);

/// A key in Azure Key Vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct AzureKey {
    /// The tenant of the vault.
    pub tenant_id: String,
    /// Where the vault is.
    pub vault_uri: String,
    /// The key's name.
    pub key_name: String,
    /// The key's version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_version: Option<String>,
}

impl AzureKey {
    /// This key of this vault.
    #[must_use]
    pub fn new(
        tenant_id: impl Into<String>,
        vault_uri: impl Into<String>,
        key_name: impl Into<String>,
    ) -> Self {
        Self {
            tenant_id: tenant_id.into(),
            vault_uri: vault_uri.into(),
            key_name: key_name.into(),
            key_version: None,
        }
    }
}

setters!(AzureKey: key_version [text]);

/// A key in Oracle Cloud Vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct OciKey {
    /// The region of the vault.
    pub region: String,
    /// The vault's OCID.
    pub vault_ocid: String,
    /// The key's OCID.
    pub key_ocid: String,
    /// The OCID of the key's version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_version_ocid: Option<String>,
}

impl OciKey {
    /// This key of this vault.
    #[must_use]
    pub fn new(
        region: impl Into<String>,
        vault_ocid: impl Into<String>,
        key_ocid: impl Into<String>,
    ) -> Self {
        Self {
            region: region.into(),
            vault_ocid: vault_ocid.into(),
            key_ocid: key_ocid.into(),
            key_version_ocid: None,
        }
    }
}

setters!(OciKey: key_version_ocid [text]);

/// Whose cloud a key or a storage is in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum CloudProvider {
    /// Amazon Web Services: `aws`.
    Aws,
    /// Google Cloud: `gcp`.
    Gcp,
    /// Microsoft Azure: `azure`.
    Azure,
    /// Oracle Cloud Infrastructure: `oci`.
    Oci,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// An external key. Which of the optional fields are there depends on [`kind`](ExternalKey::kind).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExternalKey {
    /// The object type.
    pub object: Option<String>,
    /// Names it in [`ExternalKeys::get`].
    pub id: String,
    /// The projects that use it.
    #[serde(default, deserialize_with = "or_default")]
    pub api_project_ids: Vec<String>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// What it is called.
    pub name: String,
    /// Whose key management service holds it.
    #[serde(rename = "type")]
    pub kind: CloudProvider,
    /// The workspace it belongs to.
    pub workspace_id: String,
    /// What it is for.
    pub purpose: Option<ExternalKeyPurpose>,
    /// AWS: the external id of the role.
    pub external_id: Option<String>,
    /// AWS: the key's ARN.
    pub kms_arn: Option<String>,
    /// AWS: the ARN of the role that may use it.
    pub role_arn: Option<String>,
    /// Google: the audience of the token that is exchanged.
    pub audience: Option<String>,
    /// Google: where the key ring is.
    pub kms_key_location: Option<String>,
    /// Google: the key's name.
    pub kms_key_name: Option<String>,
    /// Google: the key ring's name.
    pub kms_key_ring_name: Option<String>,
    /// Google: the key's version.
    pub kms_key_version: Option<String>,
    /// Google: the project of the key.
    pub kms_project_id: Option<String>,
    /// Google: the workload identity pool.
    pub workload_identity_pool_id: Option<String>,
    /// Google: the number of the project of the pool.
    pub workload_identity_project_number: Option<String>,
    /// Google: the provider in the pool.
    pub workload_identity_provider_id: Option<String>,
    /// Azure: the tenant of the vault.
    pub tenant_id: Option<String>,
    /// Azure: where the vault is.
    pub vault_uri: Option<String>,
    /// Azure: the key's name.
    pub key_name: Option<String>,
    /// Azure: the key's version.
    pub key_version: Option<String>,
    /// Oracle: the region of the vault.
    pub region: Option<String>,
    /// Oracle: the vault's OCID.
    pub vault_ocid: Option<String>,
    /// Oracle: the key's OCID.
    pub key_ocid: Option<String>,
    /// Oracle: the OCID of the key's version.
    pub key_version_ocid: Option<String>,
}

impl HasId for ExternalKey {
    fn id(&self) -> &str {
        &self.id
    }
}

/// Whether an external key can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExternalKeyValidation {
    /// What the check found.
    pub status: String,
}
