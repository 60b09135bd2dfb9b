//! Invitations to the organization.

use declarest::{Query, Scalar, api};
use serde::{Deserialize, Serialize};

use crate::lenient::or_default;
use crate::{Call, ConversationCursorPage, Deleted, OrganizationRole, Pages, ProjectRole, Timestamp};

/// Invitations to the organization.
///
/// ```
/// use openai_admin::{NewInvite, OrganizationRole, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let invite = NewInvite::new("ada@example.com", OrganizationRole::Reader);
/// println!("{}", admin.invites().create(&invite).await?.id);
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/invites).
#[api(partial_fakes)]
pub trait Invites: Send + Sync {
    /// Lists the invitations of the organization.
    #[get("/organization/invites")]
    fn list(&self, #[query(flatten)] params: &ListInvites) -> Pages<ConversationCursorPage<Invite>>;

    /// Invites someone, who has no access before accepting.
    #[post("/organization/invites")]
    fn create(&self, #[json] invite: &NewInvite) -> Call<Invite>;

    /// Fetches one invitation.
    #[doc(alias = "retrieve")]
    #[get("/organization/invites/{invite_id}")]
    fn get(&self, invite_id: &str) -> Call<Invite>;

    /// Deletes an invitation; one that was accepted cannot be deleted.
    #[delete("/organization/invites/{invite_id}")]
    fn delete(&self, invite_id: &str) -> Call<Deleted>;
}

/// Which invitations to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListInvites {
    /// The id of the last invitation of the page before.
    pub after: Option<String>,
    /// Invitations on a page, 1 to 100; the server's default is 20.
    pub limit: Option<u32>,
}

setters!(ListInvites: after [text], limit [u32]);

/// An invitation that is to be sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct NewInvite {
    /// Where it is sent to.
    pub email: String,
    /// The role in the organization.
    pub role: OrganizationRole,
    /// Projects whose member the invited person becomes. Left out, the default project; an **empty list invites to no
    /// project**.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub projects: Option<Vec<InviteProject>>,
}

impl NewInvite {
    /// An invitation to the default project.
    #[must_use]
    pub fn new(email: impl Into<String>, role: OrganizationRole) -> Self {
        Self { email: email.into(), role, projects: None }
    }
}

setters!(NewInvite: projects [list InviteProject]);

/// A project that comes with an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InviteProject {
    /// The project's id.
    pub id: String,
    /// The role in it.
    pub role: ProjectRole,
}

impl InviteProject {
    /// This role in this project.
    #[must_use]
    pub fn new(id: impl Into<String>, role: ProjectRole) -> Self {
        Self { id: id.into(), role }
    }
}

/// What became of an invitation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum InviteStatus {
    /// The invited person is in: `accepted`.
    Accepted,
    /// It was not accepted in time: `expired`.
    Expired,
    /// It waits: `pending`.
    Pending,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// An invitation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Invite {
    /// `organization.invite`.
    pub object: Option<String>,
    /// Names it in [`Invites::get`] and [`Invites::delete`].
    pub id: String,
    /// Where it was sent to.
    pub email: String,
    /// The role in the organization.
    pub role: OrganizationRole,
    /// What became of it.
    pub status: InviteStatus,
    /// When it was sent.
    pub created_at: Timestamp,
    /// When it stops being valid.
    pub expires_at: Option<Timestamp>,
    /// When it was accepted.
    pub accepted_at: Option<Timestamp>,
    /// The projects that come with it.
    #[serde(default, deserialize_with = "or_default")]
    pub projects: Vec<InviteProject>,
}
