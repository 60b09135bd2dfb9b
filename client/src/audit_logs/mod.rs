//! What users did and what was configured in the organization.

mod details;
mod event_type;
mod shapes;
mod types;

use declarest::{Query, api};

pub use self::details::AuditLogDetails;
pub use self::event_type::AuditLogEventType;
pub use self::shapes::{
    AuditCertificate, AuditCertificates, AuditCheckpoint, AuditCreated, AuditFailure, AuditGroup,
    AuditInvite, AuditIpAllowlist, AuditIpAllowlists, AuditLogResource, AuditMapping, AuditMember,
    AuditOrganization, AuditProject, AuditRateLimits, AuditRole, AuditRoleAssignment, AuditRoleBinding,
    AuditRoleChanges, AuditScopes, AuditTarget, AuditUpdated,
};
pub use self::types::{
    AuditLog, AuditLogActor, AuditLogActorApiKey, AuditLogActorServiceAccount, AuditLogActorSession,
    AuditLogActorUser, AuditLogProject, IpAddressDetails,
};
use crate::{ConversationCursorPage, Pages, Timestamp};

/// What users did and what was configured in the organization.
///
/// ```
/// use openai_admin::{AuditLogEventType, ListAuditLogs, TimeRange, Timestamp, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let params = ListAuditLogs::default()
///     .event_types([AuditLogEventType::ApiKeyCreated, AuditLogEventType::ApiKeyDeleted])
///     .effective_at(TimeRange::default().gte(Timestamp::from_unix(1_794_528_000)));
/// let mut events = admin.audit_logs().list(&params).items();
/// while let Some(event) = events.try_next().await? {
///     println!("{} {} {}", event.effective_at, event.kind, event.id);
/// }
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/audit_logs).
#[api(partial_fakes)]
pub trait AuditLogs: Send + Sync {
    /// Lists what users did and what was configured.
    #[get("/organization/audit_logs")]
    fn list(&self, #[query(flatten)] params: &ListAuditLogs) -> Pages<ConversationCursorPage<AuditLog>>;
}

/// Which events to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListAuditLogs {
    /// Only events of this time.
    #[query(nest)]
    pub effective_at: Option<TimeRange>,
    /// Only events of these projects.
    #[query("project_ids[]")]
    pub project_ids: Vec<String>,
    /// Only events of these types.
    #[query("event_types[]")]
    pub event_types: Vec<AuditLogEventType>,
    /// Only events by these: ids of users or service accounts, or tracking ids of API keys.
    #[query("actor_ids[]")]
    pub actor_ids: Vec<String>,
    /// Only events by users with these addresses.
    #[query("actor_emails[]")]
    pub actor_emails: Vec<String>,
    /// Only events on these: the id of a project that was changed, say.
    #[query("resource_ids[]")]
    pub resource_ids: Vec<String>,
    /// Only events of the tenant; the server's default is false. Required for events of the tenant, which are those that
    /// begin with `tenant.`, `role.bound_to_resource` and `role.unbound_from_resource`; all event types must then be
    /// the tenant's.
    pub tenant_only: Option<bool>,
    /// Events on a page, 1 to 100; the server's default is 20.
    pub limit: Option<u32>,
    /// The id of the last event of the page before.
    pub after: Option<String>,
    /// The id of the first event of the page after, to go backwards.
    pub before: Option<String>,
}

setters!(ListAuditLogs: effective_at [TimeRange], project_ids [texts], event_types [list AuditLogEventType],
    actor_ids [texts], actor_emails [texts], resource_ids [texts], tenant_only [bool], limit [u32], after [text],
    before [text]);

/// A span of time; a bound that is left out is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Query)]
#[non_exhaustive]
pub struct TimeRange {
    /// After this moment.
    pub gt: Option<Timestamp>,
    /// At or after it.
    pub gte: Option<Timestamp>,
    /// Before it.
    pub lt: Option<Timestamp>,
    /// At or before it.
    pub lte: Option<Timestamp>,
}

setters!(TimeRange: gt [Timestamp], gte [Timestamp], lt [Timestamp], lte [Timestamp]);
