//! The texts of enums that keep a value that they do not know: `Display`, and `From` for a text.
//!
//! Both by serde, so that a name stands once. A macro of this crate, because neither trait can be implemented for all of
//! them at once, and `strum` reads names of its own: each of the 285 would stand twice, and each check of this crate
//! would take 2.1 s of CPU in place of 1.5 s (three runs each).

use std::fmt;

use serde::de::value::{Error, StrDeserializer};
use serde::{Deserialize as _, Serialize as _};

/// Implements both by the names that serde has for the variants.
macro_rules! texts {
    ($($name:ident)+) => {$(
        /// Writes the text on the wire.
        impl fmt::Display for crate::$name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.serialize(f)
            }
        }

        /// The variant of this text on the wire, or `Other`.
        impl From<&str> for crate::$name {
            fn from(text: &str) -> Self {
                let known = Self::deserialize(StrDeserializer::<Error>::new(text));
                known.unwrap_or_else(|_| Self::Other(text.to_owned()))
            }
        }
    )+};
}

texts! {
    AuditLogEventType BucketWidth CertificateInclude ChannelType CloudProvider CompletionsGroup CostsGroup Currency
    DecisionsGroup DefaultTier EnforcementStatus ExternalKeyPurpose FileSearchGroup GroupType IdentityProviderType
    ImageSize ImageSource ImagesGroup InviteStatus ModelGroup ModelPermissionMode OptionalTier Order OrganizationRole
    OwnerAccess ProjectGrouping ProjectResidency ProjectRole ProjectStatus QuantityUnit RetentionType
    SearchContextLevel SpendInterval StorageStatus TierSet UserType WebSearchGroup
}
