//! The enums of the crate, and where the published document has the same.

use openai_admin::*;

/// An enum of the crate.
pub struct Declared {
    pub name: &'static str,
    /// Its values, from its source.
    pub values: Vec<String>,
    /// Whether it has a variant for this text.
    pub knows: fn(&str) -> bool,
    /// Values that the official SDK 3.54 has and the published document does not.
    pub newer: &'static [&'static str],
    /// Where the document has the enum: the names that stand last on its way, such as `order` or `costs group_by`.
    pub places: &'static [&'static str],
}

macro_rules! declared {
    ($($name:ident at $places:expr $(, newer $newer:expr)?;)+) => {
        [$(Declared { name: stringify!($name), values: super::source::values(stringify!($name)),
            knows: |text| !matches!($name::from(text), $name::Other(_)), places: &$places,
            newer: { let newer: &'static [&'static str] = &[]; $(let _ = newer; let newer = &$newer;)? newer } }),+]
    };
}

/// The enums that the document has. Those that only the SDK has are not here.
pub fn in_the_document() -> Vec<Declared> {
    declared! {
        AuditLogEventType at ["AuditLogEventType"], newer [
            "external_storage.registered", "external_storage.removed",
            "tenant.trusted_access.business_verification.started", "tenant.trusted_access.application.submitted",
        ];
        BucketWidth at ["bucket_width"];
        CertificateInclude at ["certificates include"];
        ChannelType at ["SpendAlertNotificationChannel type"];
        CompletionsGroup at ["completions group_by"], newer ["api_source"];
        CostsGroup at ["costs group_by"], newer ["user_id", "api_source"];
        Currency at ["currency", "SpendLimitCurrency"];
        EnforcementStatus at ["SpendLimitEnforcementStatus"];
        FileSearchGroup at ["file_search_calls group_by"];
        GroupType at ["group_type"];
        ImageSize at ["images sizes"];
        ImageSource at ["images sources"];
        ImagesGroup at ["images group_by"];
        InviteStatus at ["Invite status"];
        ModelGroup at [
            "audio_speeches group_by", "audio_transcriptions group_by", "embeddings group_by", "moderations group_by",
        ];
        ModelPermissionMode at ["mode"];
        Order at ["order"];
        OrganizationRole at ["Invite role", "InviteRequest role"];
        OwnerAccess at ["owner_project_access"];
        ProjectGrouping at ["code_interpreter_sessions group_by", "vector_stores group_by"];
        ProjectResidency at ["PublicProjectResidency"], newer [
            "JP_STORAGE_PROCESSING", "IN_STORAGE_PROCESSING", "AU_STORAGE_PROCESSING",
        ];
        ProjectRole at [
            "Invite projects role", "InviteRequest projects role", "ProjectServiceAccount role", "ProjectServiceAccountCreateResponse role",
            "UpdateProjectServiceAccountBody role",
        ];
        QuantityUnit at ["quantity_unit"];
        RetentionType at ["OrganizationDataRetention type", "ProjectDataRetention type", "retention_type"];
        SearchContextLevel at ["web_search_calls context_levels"];
        SpendInterval at ["interval", "SpendLimitInterval"];
        UserType at ["user_type"];
        WebSearchGroup at ["web_search_calls group_by"], newer ["api_source"];
    }
    .into()
}

/// What the crate keeps as text: which of several members is there.
pub const TEXTS: [&str; 5] = [
    "AuditLogActor type",
    "AuditLogActorApiKey type",
    "owner type",
    "role.bound_to_resource source",
    "role.unbound_from_resource source",
];
