//! Service tiers of a project.

use declarest::{Scalar, api};
use serde::{Deserialize, Serialize};

use crate::Call;

/// Service tiers of a project. Made by
/// [`ProjectScope::service_tier_settings`](crate::ProjectScope::service_tier_settings).
///
/// ```
/// use openai_admin::{DefaultTier, EnabledTiers, OptionalTier, UpdateServiceTiers, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let tiers = admin.project("proj_search").service_tier_settings();
/// let only_flex = EnabledTiers::Only(vec![OptionalTier::Flex]);
/// tiers.update(&UpdateServiceTiers::default().default_tier(DefaultTier::Standard).enabled_tiers(only_flex)).await?;
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/projects/subresources/service_tier_settings).
#[api(partial_fakes)]
pub trait ServiceTiers: Send + Sync {
    /// Fetches the service tiers of the project.
    #[doc(alias = "retrieve")]
    #[get("/service_tier_settings")]
    fn get(&self) -> Call<ServiceTierSettings>;

    /// Changes the service tiers of the project.
    #[post("/service_tier_settings")]
    fn update(&self, #[json] change: &UpdateServiceTiers) -> Call<ServiceTierSettings>;
}

/// The tier of requests that name none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum DefaultTier {
    /// `standard`.
    Standard,
    /// `fast`.
    Fast,
    /// `scale`.
    Scale,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// A tier besides the standard one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum OptionalTier {
    /// `flex`.
    Flex,
    /// `fast`.
    Fast,
    /// `ultrafast`.
    Ultrafast,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// A word for a set of tiers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum TierSet {
    /// Every tier, future ones too: `all`.
    All,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// Which tiers a project may use besides the standard one. The organization's policy still applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum EnabledTiers {
    /// Only these; none for an empty list.
    Only(Vec<OptionalTier>),
    /// A set: [`TierSet::All`].
    Set(TierSet),
}

/// What is to change about a project's tiers; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct UpdateServiceTiers {
    /// The tier of requests that name none.
    #[serde(rename = "default", skip_serializing_if = "Option::is_none")]
    pub default_tier: Option<DefaultTier>,
    /// Which tiers besides the standard one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled_tiers: Option<EnabledTiers>,
}

setters!(UpdateServiceTiers: default_tier [DefaultTier], enabled_tiers [EnabledTiers]);

/// Service tiers of a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ServiceTierSettings {
    /// `project.service_tier_settings`.
    pub object: Option<String>,
    /// The tier of requests that name none.
    #[serde(rename = "default")]
    pub default_tier: DefaultTier,
    /// Which tiers besides the standard one.
    pub enabled_tiers: EnabledTiers,
}
