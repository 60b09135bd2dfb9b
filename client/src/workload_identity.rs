//! Identity providers whose workloads may act without a key.

use std::collections::BTreeMap;

use declarest::{Query, Scalar, api};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::lenient::or_default;
use crate::{Call, CursorPage, Deleted, FederationRulesClient, FieldUpdate, HasId, Order, Pages, Timestamp};

/// Identity providers whose workloads may act without a key.
///
/// ```
/// use openai_admin::{NewWorkloadIdentityProvider, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let issuer = "https://token.actions.githubusercontent.com";
/// let provider = NewWorkloadIdentityProvider::new("GitHub", issuer, "https://api.openai.com");
/// println!("{}", admin.workload_identity_providers().create(&provider).await?.id);
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/workload_identity_providers).
#[api(partial_fakes)]
pub trait WorkloadIdentityProviders: Send + Sync {
    /// Lists the identity providers.
    #[get("/organization/workload_identity_providers")]
    fn list(
        &self,
        #[query(flatten)] params: &ListWorkloadIdentityProviders,
    ) -> Pages<CursorPage<WorkloadIdentityProvider>>;

    /// Registers an identity provider.
    #[post("/organization/workload_identity_providers")]
    fn create(&self, #[json] provider: &NewWorkloadIdentityProvider) -> Call<WorkloadIdentityProvider>;

    /// Fetches one identity provider.
    #[doc(alias = "retrieve")]
    #[get("/organization/workload_identity_providers/{workload_identity_provider_id}")]
    fn get(&self, workload_identity_provider_id: &str) -> Call<WorkloadIdentityProvider>;

    /// Changes an identity provider.
    #[post("/organization/workload_identity_providers/{workload_identity_provider_id}")]
    fn update(
        &self,
        workload_identity_provider_id: &str,
        #[json] change: &UpdateWorkloadIdentityProvider,
    ) -> Call<WorkloadIdentityProvider>;

    /// Deletes an identity provider.
    #[delete("/organization/workload_identity_providers/{workload_identity_provider_id}")]
    fn delete(&self, workload_identity_provider_id: &str) -> Call<Deleted>;
}

/// One identity provider: what belongs to it. Made by
/// [`Administration::workload_identity_provider`](crate::Administration::workload_identity_provider).
#[api]
pub trait WorkloadIdentityProviderScope: Send + Sync {
    /// Which workloads act as which service account.
    #[nest]
    fn federation_rules(&self) -> FederationRulesClient;
}

/// Which identity providers to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListWorkloadIdentityProviders {
    /// The id of the last provider of the page before.
    pub after: Option<String>,
    /// Providers on a page.
    pub limit: Option<u32>,
    /// The order of the list.
    pub order: Option<Order>,
}

setters!(ListWorkloadIdentityProviders: after [text], limit [u32], order [Order]);

/// The protocol of an identity provider.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum IdentityProviderType {
    /// OpenID Connect, the only one so far: `oidc`.
    Oidc,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// An attribute that is computed from a token's claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AttributeTransformation {
    /// The attribute's name.
    pub attribute: String,
    /// What computes it.
    pub expression: String,
}

impl AttributeTransformation {
    /// This attribute, computed so.
    #[must_use]
    pub fn new(attribute: impl Into<String>, expression: impl Into<String>) -> Self {
        Self { attribute: attribute.into(), expression: expression.into() }
    }
}

/// Where the keys come from that a provider's tokens are checked with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verification {
    /// From the provider's discovery document.
    Discovery {
        /// Where that is; `None`, sent as null, for the place that follows from the issuer.
        #[serde(default)]
        discovery_url: Option<String>,
    },
    /// From a key set that was uploaded (JWKS, RFC 7517).
    UploadedJwks {
        /// The key set.
        jwks: BTreeMap<String, Value>,
    },
    /// A way that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(BTreeMap<String, Value>),
}

/// An identity provider that is to be registered.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct NewWorkloadIdentityProvider {
    /// What it is called.
    pub name: String,
    /// Who issues the tokens: their `iss`.
    pub issuer: String,
    /// Whom the tokens are for: their `aud`.
    pub audience: String,
    /// The protocol.
    #[serde(rename = "type")]
    pub kind: IdentityProviderType,
    /// Attributes that are computed from a token's claims.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribute_transformations: Option<Vec<AttributeTransformation>>,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether its tokens are taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Where the keys come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
}

impl NewWorkloadIdentityProvider {
    /// An OpenID Connect provider.
    #[must_use]
    pub fn new(name: impl Into<String>, issuer: impl Into<String>, audience: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            issuer: issuer.into(),
            audience: audience.into(),
            kind: IdentityProviderType::Oidc,
            attribute_transformations: None,
            description: None,
            enabled: None,
            verification: None,
        }
    }
}

setters!(NewWorkloadIdentityProvider: attribute_transformations [list AttributeTransformation], description [text],
    enabled [bool], verification [Verification]);

/// What is to change about an identity provider; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct UpdateWorkloadIdentityProvider {
    /// What it is called from now on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Who issues the tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Whom the tokens are for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// Attributes that are computed from a token's claims.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribute_transformations: Option<Vec<AttributeTransformation>>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub description: FieldUpdate<String>,
    /// Whether its tokens are taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Where the keys come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
}

setters!(UpdateWorkloadIdentityProvider: name [text], issuer [text], audience [text],
    attribute_transformations [list AttributeTransformation], description [update String], enabled [bool],
    verification [Verification]);

/// An identity provider.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WorkloadIdentityProvider {
    /// `organization.workload_identity_provider`.
    pub object: Option<String>,
    /// Names it in [`WorkloadIdentityProviders::get`].
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The protocol.
    #[serde(rename = "type")]
    pub kind: IdentityProviderType,
    /// Who issues the tokens.
    pub issuer: String,
    /// Whom the tokens are for.
    pub audience: String,
    /// Attributes that are computed from a token's claims.
    #[serde(default, deserialize_with = "or_default")]
    pub attribute_transformations: Vec<AttributeTransformation>,
    /// Whether its tokens are taken.
    pub enabled: bool,
    /// Where the keys come from.
    pub verification: Verification,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl HasId for WorkloadIdentityProvider {
    fn id(&self) -> &str {
        &self.id
    }
}
