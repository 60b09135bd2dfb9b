//! Types that several resources share.

use serde::{Deserialize, Serialize};

open_enum! {
    /// The order of a list, by the time of creation.
    pub enum Order {
        /// Oldest first:
        Asc = "asc",
        /// Newest first:
        Desc = "desc",
    }
}

open_enum! {
    /// A role in the organization.
    pub enum OrganizationRole {
        /// May change the organization:
        Owner = "owner",
        /// May use it:
        Reader = "reader",
    }
}

open_enum! {
    /// A role in a project.
    pub enum ProjectRole {
        /// May change the project:
        Owner = "owner",
        /// May use it:
        Member = "member",
        /// No role by default, for service accounts:
        None = "none",
    }
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
