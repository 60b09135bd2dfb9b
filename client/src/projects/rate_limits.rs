//! Rate limits of a project.

use declarest::{Query, api};
use serde::{Deserialize, Serialize};

use crate::lenient::integer;
use crate::{Call, ConversationCursorPage, Pages};

/// Rate limits of a project, one for each model. Made by [`ProjectScope::rate_limits`](crate::ProjectScope::rate_limits).
///
/// ```
/// use openai_admin::{UpdateRateLimit, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let limits = admin.project("proj_search").rate_limits();
/// limits.update("rl-gpt-5.1", &UpdateRateLimit::default().max_requests_per_1_minute(500)).await?;
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/projects/subresources/rate_limits).
#[api(partial_fakes)]
pub trait RateLimits: Send + Sync {
    /// Lists the rate limits of the project, one for each model.
    #[doc(alias = "list_rate_limits")]
    #[get("/rate_limits")]
    fn list(&self, #[query(flatten)] params: &ListRateLimits) -> Pages<ConversationCursorPage<RateLimit>>;

    /// Changes a rate limit.
    #[doc(alias = "update_rate_limit")]
    #[post("/rate_limits/{rate_limit_id}")]
    fn update(&self, rate_limit_id: &str, #[json] change: &UpdateRateLimit) -> Call<RateLimit>;
}

/// Which rate limits to list.
#[derive(Debug, Clone, Default, PartialEq, Query)]
#[non_exhaustive]
pub struct ListRateLimits {
    /// The id of the last rate limit of the page before.
    pub after: Option<String>,
    /// The id of the first rate limit of the page after, to go backwards.
    pub before: Option<String>,
    /// Rate limits on a page; the server's default is 100.
    pub limit: Option<u32>,
}

setters!(ListRateLimits: after [text], before [text], limit [u32]);

/// What is to change about a rate limit; what is left out stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "testing", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct UpdateRateLimit {
    /// Requests a minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_requests_per_1_minute: Option<u64>,
    /// Tokens a minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tokens_per_1_minute: Option<u64>,
    /// Images a minute, for some models.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_images_per_1_minute: Option<u64>,
    /// Megabytes of audio a minute, for some models.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_audio_megabytes_per_1_minute: Option<u64>,
    /// Requests a day, for some models.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_requests_per_1_day: Option<u64>,
    /// Input tokens of batches a day, for some models.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_1_day_max_input_tokens: Option<u64>,
}

setters!(UpdateRateLimit: max_requests_per_1_minute [u64], max_tokens_per_1_minute [u64],
    max_images_per_1_minute [u64], max_audio_megabytes_per_1_minute [u64], max_requests_per_1_day [u64],
    batch_1_day_max_input_tokens [u64]);

/// The rate limit of one model in a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RateLimit {
    /// `project.rate_limit`.
    pub object: Option<String>,
    /// Names it in [`RateLimits::update`].
    pub id: String,
    /// The model.
    pub model: String,
    /// Requests a minute.
    #[serde(deserialize_with = "integer")]
    pub max_requests_per_1_minute: i64,
    /// Tokens a minute.
    #[serde(deserialize_with = "integer")]
    pub max_tokens_per_1_minute: i64,
    /// Images a minute, for some models.
    #[serde(default, deserialize_with = "integer")]
    pub max_images_per_1_minute: Option<i64>,
    /// Megabytes of audio a minute, for some models.
    #[serde(default, deserialize_with = "integer")]
    pub max_audio_megabytes_per_1_minute: Option<i64>,
    /// Requests a day, for some models.
    #[serde(default, deserialize_with = "integer")]
    pub max_requests_per_1_day: Option<i64>,
    /// Input tokens of batches a day, for some models.
    #[serde(default, deserialize_with = "integer")]
    pub batch_1_day_max_input_tokens: Option<i64>,
}
