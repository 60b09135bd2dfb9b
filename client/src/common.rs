//! Types that several resources share.

use std::time::Duration;

use declarest::Scalar;
use serde::{Deserialize, Serialize};

/// The order of a list, by the time of creation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Order {
    /// Oldest first: `asc`.
    Asc,
    /// Newest first: `desc`.
    Desc,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// A role in the organization.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum OrganizationRole {
    /// May change the organization: `owner`.
    Owner,
    /// May use it: `reader`.
    Reader,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// A role in a project.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ProjectRole {
    /// May change the project: `owner`.
    Owner,
    /// May use it: `member`.
    Member,
    /// No role by default, for service accounts: `none`.
    None,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// Says that something was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Deleted {
    /// What it was, and `.deleted`.
    pub object: Option<String>,
    /// The id of what was deleted.
    pub id: String,
    /// Whether it was.
    pub deleted: bool,
}

/// Says that something without an id of its own was removed: a membership, an assignment, a limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Removed {
    /// What it was, and `.deleted`.
    pub object: Option<String>,
    /// Whether it was removed.
    pub deleted: bool,
}

/// A lifetime in seconds, rounded up.
pub(crate) fn whole_seconds(lifetime: Duration) -> u64 {
    lifetime.as_secs().saturating_add(u64::from(lifetime.subsec_nanos() > 0))
}
