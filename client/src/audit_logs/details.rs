//! What each type of event adds: a type of its own by event type.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use super::AuditLogEventType;
use super::shapes::{
    AuditCertificate, AuditCertificates, AuditCheckpoint, AuditCreated, AuditFailure, AuditGroup,
    AuditInvite, AuditIpAllowlist, AuditIpAllowlists, AuditMapping, AuditMember, AuditOrganization,
    AuditProject, AuditRateLimits, AuditRole, AuditRoleAssignment, AuditRoleBinding, AuditRoleChanges,
    AuditScopes, AuditTarget, AuditUpdated,
};

/// Declares which event types have details of which shape.
macro_rules! details {
    ($($variant:ident($shape:ty);)+) => {
        /// What an event's type adds. An event type without published details, or with details of another shape, has
        /// [`Other`](AuditLogDetails::Other): nothing that the server sent is lost.
        ///
        /// ```
        /// use openai_admin::{AuditLog, AuditLogDetails};
        ///
        /// let event: AuditLog = serde_json::from_value(serde_json::json!({
        ///     "id": "audit_log-1", "type": "api_key.created", "effective_at": 1711471533,
        ///     "api_key.created": {"id": "key_1", "data": {"scopes": ["api.model.request"]}},
        /// }))?;
        /// let Some(AuditLogDetails::ApiKeyCreated(created)) = event.details else { panic!() };
        /// assert_eq!(created.data.unwrap().scopes.unwrap(), ["api.model.request"]);
        /// # Ok::<(), serde_json::Error>(())
        /// ```
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum AuditLogDetails {
            $(#[doc = concat!("Of [`AuditLogEventType::", stringify!($variant), "`].")] $variant($shape),)+
            /// Members of other details, as the server sent them.
            Other(BTreeMap<String, Value>),
        }

        impl AuditLogDetails {
            /// Reads the details of an event of this type; `None` if they are not an object.
            pub(super) fn read(kind: &AuditLogEventType, value: &Value) -> Option<Self> {
                let known = match kind {
                    $(AuditLogEventType::$variant => <$shape>::deserialize(value).ok().map(Self::$variant),)+
                    _ => None,
                };
                known.or_else(|| BTreeMap::deserialize(value).ok().map(Self::Other))
            }
        }

        impl Serialize for AuditLogDetails {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(details) => details.serialize(serializer),)+
                    Self::Other(members) => members.serialize(serializer),
                }
            }
        }
    };
}

details! {
    ApiKeyCreated(AuditCreated<AuditScopes>);
    ApiKeyUpdated(AuditUpdated<AuditScopes>);
    ApiKeyDeleted(AuditTarget);
    CertificateCreated(AuditCertificate);
    CertificateUpdated(AuditCertificate);
    CertificateDeleted(AuditCertificate);
    CertificatesActivated(AuditCertificates);
    CertificatesDeactivated(AuditCertificates);
    CheckpointPermissionCreated(AuditCreated<AuditCheckpoint>);
    CheckpointPermissionDeleted(AuditTarget);
    ExternalKeyRegistered(AuditCreated<BTreeMap<String, Value>>);
    ExternalKeyRemoved(AuditTarget);
    GroupCreated(AuditCreated<AuditGroup>);
    GroupUpdated(AuditUpdated<AuditGroup>);
    GroupDeleted(AuditTarget);
    InviteSent(AuditCreated<AuditInvite>);
    InviteAccepted(AuditTarget);
    InviteDeleted(AuditTarget);
    IpAllowlistCreated(AuditIpAllowlist);
    IpAllowlistUpdated(AuditIpAllowlist);
    IpAllowlistDeleted(AuditIpAllowlist);
    IpAllowlistConfigActivated(AuditIpAllowlists);
    IpAllowlistConfigDeactivated(AuditIpAllowlists);
    LoginFailed(AuditFailure);
    LogoutFailed(AuditFailure);
    OrganizationUpdated(AuditUpdated<AuditOrganization>);
    ProjectCreated(AuditCreated<AuditProject>);
    ProjectUpdated(AuditUpdated<AuditProject>);
    ProjectArchived(AuditTarget);
    ProjectDeleted(AuditTarget);
    RateLimitUpdated(AuditUpdated<AuditRateLimits>);
    RateLimitDeleted(AuditTarget);
    WorkloadIdentityProviderCreated(AuditCreated<BTreeMap<String, Value>>);
    WorkloadIdentityProviderUpdated(AuditUpdated<BTreeMap<String, Value>>);
    WorkloadIdentityProviderDeleted(AuditTarget);
    WorkloadIdentityProviderMappingCreated(AuditMapping);
    WorkloadIdentityProviderMappingUpdated(AuditMapping);
    WorkloadIdentityProviderMappingDeleted(AuditMapping);
    RoleCreated(AuditRole);
    RoleUpdated(AuditUpdated<AuditRoleChanges>);
    RoleDeleted(AuditTarget);
    RoleAssignmentCreated(AuditRoleAssignment);
    RoleAssignmentDeleted(AuditRoleAssignment);
    RoleBoundToResource(AuditRoleBinding);
    RoleUnboundFromResource(AuditRoleBinding);
    ScimEnabled(AuditTarget);
    ScimDisabled(AuditTarget);
    ServiceAccountCreated(AuditCreated<AuditMember>);
    ServiceAccountUpdated(AuditUpdated<AuditMember>);
    ServiceAccountDeleted(AuditTarget);
    UserAdded(AuditCreated<AuditMember>);
    UserUpdated(AuditUpdated<AuditMember>);
    UserDeleted(AuditTarget);
}
