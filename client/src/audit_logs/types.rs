//! An event of the audit log.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{AuditLogDetails, AuditLogEventType};
use crate::Timestamp;

/// An event: who did what, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Wire", into = "Wire")]
#[non_exhaustive]
pub struct AuditLog {
    /// The event's id.
    pub id: String,
    /// What happened.
    pub kind: AuditLogEventType,
    /// When it happened.
    pub effective_at: Timestamp,
    /// The project in which it happened; `None` for what belongs to none.
    pub project: Option<AuditLogProject>,
    /// Who did it.
    pub actor: Option<AuditLogActor>,
    /// What the event's type adds, which the server sends under the type's name.
    pub details: Option<AuditLogDetails>,
    /// What else the server sent.
    pub other: BTreeMap<String, Value>,
}

/// An event as it is sent: its details stand under a name that is the value of `type`.
#[derive(Serialize, Deserialize)]
struct Wire {
    id: String,
    #[serde(rename = "type")]
    kind: AuditLogEventType,
    effective_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    project: Option<AuditLogProject>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<AuditLogActor>,
    #[serde(flatten)]
    other: BTreeMap<String, Value>,
}

impl From<Wire> for AuditLog {
    fn from(wire: Wire) -> Self {
        let Wire { id, kind, effective_at, project, actor, mut other } = wire;
        // Details that are not an object stay in `other`: an event must not be lost for one odd member.
        let details = other.get(&kind.to_string()).and_then(|value| AuditLogDetails::read(&kind, value));
        if details.is_some() {
            other.remove(&kind.to_string());
        }
        Self { id, kind, effective_at, project, actor, details, other }
    }
}

impl From<AuditLog> for Wire {
    fn from(log: AuditLog) -> Self {
        let AuditLog { id, kind, effective_at, project, actor, details, mut other } = log;
        if let Some(Ok(details)) = details.map(serde_json::to_value) {
            other.insert(kind.to_string(), details);
        }
        Self { id, kind, effective_at, project, actor, other }
    }
}

/// The project in which an event happened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuditLogProject {
    /// The project's id.
    pub id: Option<String>,
    /// The project's name.
    pub name: Option<String>,
}

/// Who did something: a person in a session, or an API key.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuditLogActor {
    /// `session` or `api_key`: which of the two is there.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The session.
    pub session: Option<AuditLogActorSession>,
    /// The API key.
    pub api_key: Option<AuditLogActorApiKey>,
}

/// A person in a session.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuditLogActorSession {
    /// The person.
    pub user: Option<AuditLogActorUser>,
    /// The address that the request came from.
    pub ip_address: Option<String>,
    /// What is known of that address.
    pub ip_address_details: Option<IpAddressDetails>,
    /// The program that sent it.
    pub user_agent: Option<String>,
    /// The TLS fingerprint of that program (JA3).
    pub ja3: Option<String>,
    /// The TLS fingerprint of that program (JA4).
    pub ja4: Option<String>,
}

/// What is known of an address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IpAddressDetails {
    /// The country's code.
    pub country: Option<String>,
    /// The city.
    pub city: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// The region's code.
    pub region_code: Option<String>,
    /// The number of the autonomous system.
    pub asn: Option<String>,
    /// Degrees north.
    pub latitude: Option<String>,
    /// Degrees east.
    pub longitude: Option<String>,
}

/// An API key that did something.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuditLogActorApiKey {
    /// The key's tracking id.
    pub id: Option<String>,
    /// `user` or `service_account`: whose it is.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The user.
    pub user: Option<AuditLogActorUser>,
    /// The service account.
    pub service_account: Option<AuditLogActorServiceAccount>,
}

/// A user who did something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuditLogActorUser {
    /// The user's id.
    pub id: Option<String>,
    /// The user's address.
    pub email: Option<String>,
}

/// A service account that did something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuditLogActorServiceAccount {
    /// The service account's id.
    pub id: Option<String>,
}
