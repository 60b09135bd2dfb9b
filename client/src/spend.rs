//! Spend limits and alerts, of the organization and of a project.

use declarest::{Query, Scalar, api};
use serde::{Deserialize, Serialize};

use crate::lenient::integer;
use crate::{Call, ConversationCursorPage, Deleted, Order, Pages, Removed};

/// The hard spend limit of the organization ([`Administration::spend_limit`](crate::Administration::spend_limit)) or
/// of a project ([`ProjectScope::spend_limit`](crate::ProjectScope::spend_limit)).
///
/// ```
/// use openai_admin::{NewSpendLimit, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// admin.project("proj_search").spend_limit().update(&NewSpendLimit::new(100_00)).await?;
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/spend_limit).
#[api(partial_fakes)]
pub trait SpendLimits: Send + Sync {
    /// Fetches the hard spend limit.
    #[doc(alias = "retrieve")]
    #[get("/spend_limit")]
    fn get(&self) -> Call<SpendLimit>;

    /// Creates or replaces the hard spend limit.
    #[post("/spend_limit")]
    fn update(&self, #[json] limit: &NewSpendLimit) -> Call<SpendLimit>;

    /// Deletes the hard spend limit.
    #[delete("/spend_limit")]
    fn delete(&self) -> Call<Removed>;
}

/// Spend alerts of the organization ([`Administration::spend_alerts`](crate::Administration::spend_alerts)) or of a
/// project ([`ProjectScope::spend_alerts`](crate::ProjectScope::spend_alerts)).
///
/// ```
/// use openai_admin::{NewSpendAlert, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let alert = NewSpendAlert::email(500_00, ["finance@example.com"]);
/// admin.spend_alerts().create(&alert).await?;
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/spend_alerts).
#[api(partial_fakes)]
pub trait SpendAlerts: Send + Sync {
    /// Lists the spend alerts.
    #[get("/spend_alerts")]
    fn list(&self, #[query(flatten)] params: &ListSpendAlerts) -> Pages<ConversationCursorPage<SpendAlert>>;

    /// Creates a spend alert.
    #[post("/spend_alerts")]
    fn create(&self, #[json] alert: &NewSpendAlert) -> Call<SpendAlert>;

    /// Fetches one spend alert.
    #[doc(alias = "retrieve")]
    #[get("/spend_alerts/{alert_id}")]
    fn get(&self, alert_id: &str) -> Call<SpendAlert>;

    /// Replaces a spend alert.
    #[post("/spend_alerts/{alert_id}")]
    fn update(&self, alert_id: &str, #[json] alert: &NewSpendAlert) -> Call<SpendAlert>;

    /// Deletes a spend alert.
    #[delete("/spend_alerts/{alert_id}")]
    fn delete(&self, alert_id: &str) -> Call<Deleted>;
}

/// The currency of an amount.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum Currency {
    /// US dollars, the only one so far: `USD`.
    Usd,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// The time over which spend is summed up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SpendInterval {
    /// A month, the only one so far: `month`.
    Month,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// Which spend alerts to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListSpendAlerts {
    /// The id of the last alert of the page before.
    pub after: Option<String>,
    /// The id of the first alert of the page after, to go backwards.
    pub before: Option<String>,
    /// Alerts on a page, 0 to 100; the server's default is 20.
    pub limit: Option<u32>,
    /// The server's default is [`Order::Asc`].
    pub order: Option<Order>,
}

setters!(ListSpendAlerts: after [text], before [text], limit [u32], order [Order]);

/// A hard spend limit that is to be set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct NewSpendLimit {
    /// The limit in cents, at least 1.
    pub threshold_amount: u64,
    /// Its currency.
    pub currency: Currency,
    /// The time over which spend is summed up.
    pub interval: SpendInterval,
}

impl NewSpendLimit {
    /// So many US cents a month.
    #[must_use]
    pub fn new(cents: u64) -> Self {
        Self { threshold_amount: cents, currency: Currency::Usd, interval: SpendInterval::Month }
    }
}

/// A hard spend limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SpendLimit {
    /// `organization.spend_limit` or `project.spend_limit`.
    pub object: Option<String>,
    /// The limit in cents.
    #[serde(deserialize_with = "integer")]
    pub threshold_amount: i64,
    /// Its currency.
    pub currency: Currency,
    /// The time over which spend is summed up.
    pub interval: SpendInterval,
    /// Whether it bites at the moment.
    pub enforcement: SpendLimitEnforcement,
}

/// Whether a spend limit bites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SpendLimitEnforcement {
    /// The state.
    pub status: EnforcementStatus,
}

/// Whether a spend limit bites.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum EnforcementStatus {
    /// It does not apply at the moment: `inactive`.
    Inactive,
    /// It applies: `enforcing`.
    Enforcing,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// A spend alert that is to be created, or to replace another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct NewSpendAlert {
    /// The amount in cents that sets it off.
    pub threshold_amount: u64,
    /// Its currency.
    pub currency: Currency,
    /// The time over which spend is summed up.
    pub interval: SpendInterval,
    /// Who is told.
    pub notification_channel: NotificationChannel,
}

impl NewSpendAlert {
    /// Mail to these addresses at so many US cents a month.
    #[must_use]
    pub fn email(cents: u64, recipients: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            threshold_amount: cents,
            currency: Currency::Usd,
            interval: SpendInterval::Month,
            notification_channel: NotificationChannel::email(recipients),
        }
    }
}

setters!(NewSpendAlert: notification_channel [NotificationChannel]);

/// How an alert reaches people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ChannelType {
    /// By mail, the only one so far: `email`.
    Email,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// Who is told of an alert, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NotificationChannel {
    /// How.
    #[serde(rename = "type")]
    pub kind: ChannelType,
    /// The addresses.
    pub recipients: Vec<String>,
    /// What the subject begins with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_prefix: Option<String>,
}

impl NotificationChannel {
    /// Mail to these addresses.
    #[must_use]
    pub fn email(recipients: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let recipients = recipients.into_iter().map(Into::into).collect();
        Self { kind: ChannelType::Email, recipients, subject_prefix: None }
    }
}

setters!(NotificationChannel: subject_prefix [text]);

/// A spend alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SpendAlert {
    /// `organization.spend_alert` or `project.spend_alert`.
    pub object: Option<String>,
    /// Names it in [`SpendAlerts::get`].
    pub id: String,
    /// The amount in cents that sets it off.
    #[serde(deserialize_with = "integer")]
    pub threshold_amount: i64,
    /// Its currency.
    pub currency: Currency,
    /// The time over which spend is summed up.
    pub interval: SpendInterval,
    /// Who is told.
    pub notification_channel: NotificationChannel,
}
