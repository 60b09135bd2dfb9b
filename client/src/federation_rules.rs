//! Which workloads of an identity provider act as which service account.

use std::collections::BTreeMap;

use declarest::{Query, api};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Call, CursorPage, Deleted, FieldUpdate, HasId, Order, Pages, Timestamp};

/// Which workloads of an identity provider act as which service account. Made by
/// [`WorkloadIdentityProviderScope::federation_rules`](crate::WorkloadIdentityProviderScope::federation_rules).
///
/// ```
/// use openai_admin::{NewFederationRule, NewWorkloadIdentityProvider, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let rule = NewFederationRule::new("proj_search", "svc_acct_deploy").matching("repository", "example/deploy");
/// let issuer = "https://token.actions.githubusercontent.com";
/// let provider = NewWorkloadIdentityProvider::new("GitHub", issuer, "https://api.openai.com");
/// let provider = admin.workload_identity_providers().create(&provider).await?;
/// let provider = admin.workload_identity_provider(&provider.id);
/// println!("{}", provider.federation_rules().create(&rule).await?.id);
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/workload_identity_providers/subresources/federation_rules).
#[api(partial_fakes)]
pub trait FederationRules: Send + Sync {
    /// Lists the rules of the identity provider.
    #[get("/federation_rules")]
    fn list(&self, #[query(flatten)] params: &ListFederationRules) -> Pages<CursorPage<FederationRule>>;

    /// Creates a rule.
    #[post("/federation_rules")]
    fn create(&self, #[json] rule: &NewFederationRule) -> Call<FederationRule>;

    /// Fetches one rule.
    #[doc(alias = "retrieve")]
    #[get("/federation_rules/{workload_identity_federation_rule_id}")]
    fn get(&self, workload_identity_federation_rule_id: &str) -> Call<FederationRule>;

    /// Changes a rule.
    #[post("/federation_rules/{workload_identity_federation_rule_id}")]
    fn update(
        &self,
        workload_identity_federation_rule_id: &str,
        #[json] change: &UpdateFederationRule,
    ) -> Call<FederationRule>;

    /// Deletes a rule.
    #[delete("/federation_rules/{workload_identity_federation_rule_id}")]
    fn delete(&self, workload_identity_federation_rule_id: &str) -> Call<Deleted>;
}

/// Which rules to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListFederationRules {
    /// The id of the last rule of the page before.
    pub after: Option<String>,
    /// Rules on a page.
    pub limit: Option<u32>,
    /// The order of the list.
    pub order: Option<Order>,
    /// Only rules for this service account.
    pub service_account_id: Option<String>,
}

setters!(ListFederationRules: after [text], limit [u32], order [Order], service_account_id [text]);

/// What a workload may do by a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum FederationPermissions {
    /// What the service account may.
    ServiceAccountDefault,
    /// Only these scopes.
    Restricted {
        /// The scopes.
        scopes: Vec<String>,
    },
    /// Permissions that this version of the crate does not know, kept as they came.
    #[serde(untagged)]
    Other(BTreeMap<String, Value>),
}

/// A rule that is to be created.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct NewFederationRule {
    /// The values that a token's attributes must have: texts, numbers or booleans.
    pub attribute_matchers: BTreeMap<String, Value>,
    /// The project of the service account.
    pub project_id: String,
    /// The service account as which a workload acts.
    pub service_account_id: String,
    /// What the rule is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the rule applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What a workload may do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<FederationPermissions>,
}

impl NewFederationRule {
    /// A rule for this service account; what must match is added with [`matching`](Self::matching).
    #[must_use]
    pub fn new(project_id: impl Into<String>, service_account_id: impl Into<String>) -> Self {
        Self {
            attribute_matchers: BTreeMap::new(),
            project_id: project_id.into(),
            service_account_id: service_account_id.into(),
            description: None,
            enabled: None,
            name: None,
            permissions: None,
        }
    }

    /// One more attribute that must have this value: a text, a number or a boolean.
    #[must_use]
    pub fn matching(mut self, attribute: impl Into<String>, value: impl Into<Value>) -> Self {
        self.attribute_matchers.insert(attribute.into(), value.into());
        self
    }
}

setters!(NewFederationRule: description [text], enabled [bool], name [text], permissions [FederationPermissions]);

/// What is to change about a rule; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct UpdateFederationRule {
    /// The values that a token's attributes must have, in place of those before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribute_matchers: Option<BTreeMap<String, Value>>,
    /// What the rule is for.
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub description: FieldUpdate<String>,
    /// Whether the rule applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// What it is called.
    #[serde(default, skip_serializing_if = "FieldUpdate::is_keep")]
    pub name: FieldUpdate<String>,
    /// What a workload may do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<FederationPermissions>,
}

setters!(UpdateFederationRule: attribute_matchers [BTreeMap<String, Value>], description [update String],
    enabled [bool], name [update String], permissions [FederationPermissions]);

/// A rule: which workloads act as which service account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FederationRule {
    /// `organization.workload_identity_federation_rule`.
    pub object: Option<String>,
    /// Names it in [`FederationRules::get`].
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// The values that a token's attributes must have.
    pub attribute_matchers: BTreeMap<String, Value>,
    /// Whether the rule applies.
    pub enabled: bool,
    /// What a workload may do.
    pub permissions: FederationPermissions,
    /// The project of the service account.
    pub project_id: String,
    /// The service account.
    pub service_account_id: String,
    /// The identity provider.
    pub workload_identity_provider_id: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl HasId for FederationRule {
    fn id(&self) -> &str {
        &self.id
    }
}
