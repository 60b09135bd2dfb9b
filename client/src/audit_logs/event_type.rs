//! What an audit log can tell of.

use declarest::Scalar;
use serde::{Deserialize, Serialize};
/// What happened. The events of the tenant need [`tenant_only`](crate::ListAuditLogs::tenant_only): the names that
/// begin with `tenant.`, `role.bound_to_resource` and `role.unbound_from_resource`.
#[expect(missing_docs, reason = "a variant is called as its text")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[non_exhaustive]
pub enum AuditLogEventType {
    #[serde(rename = "api_key.created")]
    ApiKeyCreated,
    #[serde(rename = "api_key.updated")]
    ApiKeyUpdated,
    #[serde(rename = "api_key.deleted")]
    ApiKeyDeleted,
    #[serde(rename = "certificate.created")]
    CertificateCreated,
    #[serde(rename = "certificate.updated")]
    CertificateUpdated,
    #[serde(rename = "certificate.deleted")]
    CertificateDeleted,
    #[serde(rename = "certificates.activated")]
    CertificatesActivated,
    #[serde(rename = "certificates.deactivated")]
    CertificatesDeactivated,
    #[serde(rename = "checkpoint.permission.created")]
    CheckpointPermissionCreated,
    #[serde(rename = "checkpoint.permission.deleted")]
    CheckpointPermissionDeleted,
    #[serde(rename = "external_key.registered")]
    ExternalKeyRegistered,
    #[serde(rename = "external_key.removed")]
    ExternalKeyRemoved,
    #[serde(rename = "external_storage.registered")]
    ExternalStorageRegistered,
    #[serde(rename = "external_storage.removed")]
    ExternalStorageRemoved,
    #[serde(rename = "group.created")]
    GroupCreated,
    #[serde(rename = "group.updated")]
    GroupUpdated,
    #[serde(rename = "group.deleted")]
    GroupDeleted,
    #[serde(rename = "invite.sent")]
    InviteSent,
    #[serde(rename = "invite.accepted")]
    InviteAccepted,
    #[serde(rename = "invite.deleted")]
    InviteDeleted,
    #[serde(rename = "ip_allowlist.created")]
    IpAllowlistCreated,
    #[serde(rename = "ip_allowlist.updated")]
    IpAllowlistUpdated,
    #[serde(rename = "ip_allowlist.deleted")]
    IpAllowlistDeleted,
    #[serde(rename = "ip_allowlist.config.activated")]
    IpAllowlistConfigActivated,
    #[serde(rename = "ip_allowlist.config.deactivated")]
    IpAllowlistConfigDeactivated,
    #[serde(rename = "login.succeeded")]
    LoginSucceeded,
    #[serde(rename = "login.failed")]
    LoginFailed,
    #[serde(rename = "logout.succeeded")]
    LogoutSucceeded,
    #[serde(rename = "logout.failed")]
    LogoutFailed,
    #[serde(rename = "organization.updated")]
    OrganizationUpdated,
    #[serde(rename = "project.created")]
    ProjectCreated,
    #[serde(rename = "project.updated")]
    ProjectUpdated,
    #[serde(rename = "project.archived")]
    ProjectArchived,
    #[serde(rename = "project.deleted")]
    ProjectDeleted,
    #[serde(rename = "rate_limit.updated")]
    RateLimitUpdated,
    #[serde(rename = "rate_limit.deleted")]
    RateLimitDeleted,
    #[serde(rename = "resource.deleted")]
    ResourceDeleted,
    #[serde(rename = "tunnel.created")]
    TunnelCreated,
    #[serde(rename = "tunnel.updated")]
    TunnelUpdated,
    #[serde(rename = "tunnel.deleted")]
    TunnelDeleted,
    #[serde(rename = "workload_identity_provider.created")]
    WorkloadIdentityProviderCreated,
    #[serde(rename = "workload_identity_provider.updated")]
    WorkloadIdentityProviderUpdated,
    #[serde(rename = "workload_identity_provider.deleted")]
    WorkloadIdentityProviderDeleted,
    #[serde(rename = "workload_identity_provider_mapping.created")]
    WorkloadIdentityProviderMappingCreated,
    #[serde(rename = "workload_identity_provider_mapping.updated")]
    WorkloadIdentityProviderMappingUpdated,
    #[serde(rename = "workload_identity_provider_mapping.deleted")]
    WorkloadIdentityProviderMappingDeleted,
    #[serde(rename = "role.created")]
    RoleCreated,
    #[serde(rename = "role.updated")]
    RoleUpdated,
    #[serde(rename = "role.deleted")]
    RoleDeleted,
    #[serde(rename = "role.assignment.created")]
    RoleAssignmentCreated,
    #[serde(rename = "role.assignment.deleted")]
    RoleAssignmentDeleted,
    #[serde(rename = "role.bound_to_resource")]
    RoleBoundToResource,
    #[serde(rename = "role.unbound_from_resource")]
    RoleUnboundFromResource,
    #[serde(rename = "scim.enabled")]
    ScimEnabled,
    #[serde(rename = "scim.disabled")]
    ScimDisabled,
    #[serde(rename = "service_account.created")]
    ServiceAccountCreated,
    #[serde(rename = "service_account.updated")]
    ServiceAccountUpdated,
    #[serde(rename = "service_account.deleted")]
    ServiceAccountDeleted,
    #[serde(rename = "user.added")]
    UserAdded,
    #[serde(rename = "user.updated")]
    UserUpdated,
    #[serde(rename = "user.deleted")]
    UserDeleted,
    #[serde(rename = "tenant.metadata.updated")]
    TenantMetadataUpdated,
    #[serde(rename = "tenant.microsoft_entra_mapping.upserted")]
    TenantMicrosoftEntraMappingUpserted,
    #[serde(rename = "tenant.microsoft_entra_mapping.deleted")]
    TenantMicrosoftEntraMappingDeleted,
    #[serde(rename = "tenant.workload_identity.provider.created")]
    TenantWorkloadIdentityProviderCreated,
    #[serde(rename = "tenant.workload_identity.provider.updated")]
    TenantWorkloadIdentityProviderUpdated,
    #[serde(rename = "tenant.workload_identity.provider.archived")]
    TenantWorkloadIdentityProviderArchived,
    #[serde(rename = "tenant.workload_identity.mapping.created")]
    TenantWorkloadIdentityMappingCreated,
    #[serde(rename = "tenant.workload_identity.mapping.updated")]
    TenantWorkloadIdentityMappingUpdated,
    #[serde(rename = "tenant.workload_identity.mapping.archived")]
    TenantWorkloadIdentityMappingArchived,
    #[serde(rename = "tenant.workload_identity.binding.created")]
    TenantWorkloadIdentityBindingCreated,
    #[serde(rename = "tenant.workload_identity.principal.provisioned")]
    TenantWorkloadIdentityPrincipalProvisioned,
    #[serde(rename = "tenant.workload_identity.access_token.issued")]
    TenantWorkloadIdentityAccessTokenIssued,
    #[serde(rename = "tenant.admin_api_key.created")]
    TenantAdminApiKeyCreated,
    #[serde(rename = "tenant.admin_api_key.updated")]
    TenantAdminApiKeyUpdated,
    #[serde(rename = "tenant.admin_api_key.deleted")]
    TenantAdminApiKeyDeleted,
    #[serde(rename = "tenant.project_api_key.created")]
    TenantProjectApiKeyCreated,
    #[serde(rename = "tenant.chatgpt_access_token.revoked")]
    TenantChatgptAccessTokenRevoked,
    #[serde(rename = "tenant.migration.completed")]
    TenantMigrationCompleted,
    #[serde(rename = "tenant.sso.migrated")]
    TenantSsoMigrated,
    #[serde(rename = "tenant.domains.migrated")]
    TenantDomainsMigrated,
    #[serde(rename = "tenant.sso_connection.created")]
    TenantSsoConnectionCreated,
    #[serde(rename = "tenant.sso_connection.updated")]
    TenantSsoConnectionUpdated,
    #[serde(rename = "tenant.sso_connection.deleted")]
    TenantSsoConnectionDeleted,
    #[serde(rename = "tenant.sso_connection.setup.started")]
    TenantSsoConnectionSetupStarted,
    #[serde(rename = "tenant.policy.created")]
    TenantPolicyCreated,
    #[serde(rename = "tenant.policy.updated")]
    TenantPolicyUpdated,
    #[serde(rename = "tenant.policy.deleted")]
    TenantPolicyDeleted,
    #[serde(rename = "tenant.policy.attached")]
    TenantPolicyAttached,
    #[serde(rename = "tenant.policy.detached")]
    TenantPolicyDetached,
    #[serde(rename = "tenant.principal_authentication_policy.resolved")]
    TenantPrincipalAuthenticationPolicyResolved,
    #[serde(rename = "tenant.scim.setup.started")]
    TenantScimSetupStarted,
    #[serde(rename = "tenant.scim.deletion.requested")]
    TenantScimDeletionRequested,
    #[serde(rename = "tenant.scim.directory.created")]
    TenantScimDirectoryCreated,
    #[serde(rename = "tenant.product_access_policy.updated")]
    TenantProductAccessPolicyUpdated,
    #[serde(rename = "tenant.resource_share_grant.created")]
    TenantResourceShareGrantCreated,
    #[serde(rename = "tenant.resource_share_grant.updated")]
    TenantResourceShareGrantUpdated,
    #[serde(rename = "tenant.resource_share_grant.accepted")]
    TenantResourceShareGrantAccepted,
    #[serde(rename = "tenant.resource_share_grant.declined")]
    TenantResourceShareGrantDeclined,
    #[serde(rename = "tenant.resource_share_grant.revoked")]
    TenantResourceShareGrantRevoked,
    #[serde(rename = "tenant.resource_share_grant.deleted")]
    TenantResourceShareGrantDeleted,
    #[serde(rename = "tenant.service_account.updated")]
    TenantServiceAccountUpdated,
    #[serde(rename = "tenant.service_account.deleted")]
    TenantServiceAccountDeleted,
    #[serde(rename = "tenant.service_account.token.revoked")]
    TenantServiceAccountTokenRevoked,
    #[serde(rename = "tenant.billing.overage_limit.updated")]
    TenantBillingOverageLimitUpdated,
    #[serde(rename = "tenant.billing.alerts.updated")]
    TenantBillingAlertsUpdated,
    #[serde(rename = "tenant.billing.info.updated")]
    TenantBillingInfoUpdated,
    #[serde(rename = "tenant.usage_limit.workspace.updated")]
    TenantUsageLimitWorkspaceUpdated,
    #[serde(rename = "tenant.usage_limit.group.updated")]
    TenantUsageLimitGroupUpdated,
    #[serde(rename = "tenant.usage_limit.user.updated")]
    TenantUsageLimitUserUpdated,
    #[serde(rename = "tenant.usage_limit.increase_request.updated")]
    TenantUsageLimitIncreaseRequestUpdated,
    #[serde(rename = "tenant.usage_limit.increase_request.resolved")]
    TenantUsageLimitIncreaseRequestResolved,
    #[serde(rename = "tenant.group.created")]
    TenantGroupCreated,
    #[serde(rename = "tenant.group.updated")]
    TenantGroupUpdated,
    #[serde(rename = "tenant.group.deleted")]
    TenantGroupDeleted,
    #[serde(rename = "tenant.group.member.added")]
    TenantGroupMemberAdded,
    #[serde(rename = "tenant.group.member.removed")]
    TenantGroupMemberRemoved,
    #[serde(rename = "tenant.migration_rollout.status.updated")]
    TenantMigrationRolloutStatusUpdated,
    #[serde(rename = "tenant.migration_rollout.tier.updated")]
    TenantMigrationRolloutTierUpdated,
    #[serde(rename = "tenant.role.metadata.updated")]
    TenantRoleMetadataUpdated,
    #[serde(rename = "tenant.custom_role.created")]
    TenantCustomRoleCreated,
    #[serde(rename = "tenant.custom_role.updated")]
    TenantCustomRoleUpdated,
    #[serde(rename = "tenant.custom_role.deleted")]
    TenantCustomRoleDeleted,
    #[serde(rename = "tenant.role_assignment.created")]
    TenantRoleAssignmentCreated,
    #[serde(rename = "tenant.role_assignment.deleted")]
    TenantRoleAssignmentDeleted,
    #[serde(rename = "tenant.resource_role_assignment.created")]
    TenantResourceRoleAssignmentCreated,
    #[serde(rename = "tenant.resource_role_assignment.deleted")]
    TenantResourceRoleAssignmentDeleted,
    #[serde(rename = "tenant.resource_access.updated")]
    TenantResourceAccessUpdated,
    #[serde(rename = "tenant.resource_access.deleted")]
    TenantResourceAccessDeleted,
    #[serde(rename = "tenant.ads_account.onboarding.redemption")]
    TenantAdsAccountOnboardingRedemption,
    #[serde(rename = "tenant.session_policy.created")]
    TenantSessionPolicyCreated,
    #[serde(rename = "tenant.session_policy.updated")]
    TenantSessionPolicyUpdated,
    #[serde(rename = "tenant.session_policy.deleted")]
    TenantSessionPolicyDeleted,
    #[serde(rename = "tenant.session_revocation.started")]
    TenantSessionRevocationStarted,
    #[serde(rename = "tenant.third_party_app_policy.updated")]
    TenantThirdPartyAppPolicyUpdated,
    #[serde(rename = "tenant.trusted_access.business_verification.started")]
    TenantTrustedAccessBusinessVerificationStarted,
    #[serde(rename = "tenant.trusted_access.application.submitted")]
    TenantTrustedAccessApplicationSubmitted,
    #[serde(rename = "tenant.user.added")]
    TenantUserAdded,
    #[serde(rename = "tenant.user.updated")]
    TenantUserUpdated,
    #[serde(rename = "tenant.user.removed")]
    TenantUserRemoved,
    #[serde(rename = "tenant.user.looked_up")]
    TenantUserLookedUp,
    #[serde(rename = "tenant.user.invited")]
    TenantUserInvited,
    #[serde(rename = "tenant.membership.revoked")]
    TenantMembershipRevoked,
    #[serde(rename = "tenant.api_organization_invite.upserted")]
    TenantApiOrganizationInviteUpserted,
    #[serde(rename = "tenant.api_organization_invite.deleted")]
    TenantApiOrganizationInviteDeleted,
    #[serde(rename = "tenant.chatgpt_workspace_invite.upserted")]
    TenantChatgptWorkspaceInviteUpserted,
    #[serde(rename = "tenant.membership.accepted")]
    TenantMembershipAccepted,
    #[serde(rename = "tenant.membership.declined")]
    TenantMembershipDeclined,
    #[serde(rename = "tenant.workspace_invite_email_settings.updated")]
    TenantWorkspaceInviteEmailSettingsUpdated,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}
