//! What usage answers with: counts, and the group that they are of.
//!
//! A count that the server leaves out is 0, or `None` where the server may leave it out.

use declarest::Scalar;
use serde::{Deserialize, Serialize};

use crate::lenient::{count, integer};
use crate::money::Amount;

/// Use of language models.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct CompletionsUsage {
    /// `organization.usage.completions.result`.
    pub object: Option<String>,
    /// Input tokens in all, cached ones included.
    #[serde(deserialize_with = "count")]
    pub input_tokens: u64,
    /// Cached input tokens of every kind.
    #[serde(deserialize_with = "integer")]
    pub input_cached_tokens: Option<u64>,
    /// Input tokens that were written to the cache.
    #[serde(deserialize_with = "integer")]
    pub input_cache_write_tokens: Option<u64>,
    /// Input tokens that were neither cached nor written to the cache.
    #[serde(deserialize_with = "integer")]
    pub input_uncached_tokens: Option<u64>,
    /// Output tokens in all.
    #[serde(deserialize_with = "count")]
    pub output_tokens: u64,
    /// Text input tokens that were not cached.
    #[serde(deserialize_with = "integer")]
    pub input_text_tokens: Option<u64>,
    /// Text output tokens.
    #[serde(deserialize_with = "integer")]
    pub output_text_tokens: Option<u64>,
    /// Cached text input tokens.
    #[serde(deserialize_with = "integer")]
    pub input_cached_text_tokens: Option<u64>,
    /// Audio input tokens that were not cached.
    #[serde(deserialize_with = "integer")]
    pub input_audio_tokens: Option<u64>,
    /// Cached audio input tokens.
    #[serde(deserialize_with = "integer")]
    pub input_cached_audio_tokens: Option<u64>,
    /// Audio output tokens.
    #[serde(deserialize_with = "integer")]
    pub output_audio_tokens: Option<u64>,
    /// Image input tokens that were not cached.
    #[serde(deserialize_with = "integer")]
    pub input_image_tokens: Option<u64>,
    /// Cached image input tokens.
    #[serde(deserialize_with = "integer")]
    pub input_cached_image_tokens: Option<u64>,
    /// Image output tokens.
    #[serde(deserialize_with = "integer")]
    pub output_image_tokens: Option<u64>,
    /// Requests to the model.
    #[serde(deserialize_with = "count")]
    pub num_model_requests: u64,
    /// The project, when grouped by it.
    pub project_id: Option<String>,
    /// The user, when grouped by it.
    pub user_id: Option<String>,
    /// The API key, when grouped by it.
    pub api_key_id: Option<String>,
    /// The model, when grouped by it.
    pub model: Option<String>,
    /// Whether these were batch jobs, when grouped by it.
    pub batch: Option<bool>,
    /// The service tier, when grouped by it.
    pub service_tier: Option<String>,
    /// `agents_api` for the Agents API, `unlabeled` for all else, when grouped by it.
    pub api_source: Option<String>,
}

/// Use of the Decisions API.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct DecisionsUsage {
    /// `organization.usage.decisions.result`.
    pub object: Option<String>,
    /// Input tokens in all, cached ones included.
    #[serde(deserialize_with = "count")]
    pub input_tokens: u64,
    /// Cached input tokens of every kind.
    #[serde(deserialize_with = "integer")]
    pub input_cached_tokens: Option<u64>,
    /// Input tokens that were written to the cache.
    #[serde(deserialize_with = "integer")]
    pub input_cache_write_tokens: Option<u64>,
    /// Input tokens that were written to the cache for 30 minutes.
    #[serde(deserialize_with = "integer")]
    pub input_cache_write_30m_tokens: Option<u64>,
    /// Input tokens that were written to the cache for 12 hours.
    #[serde(deserialize_with = "integer")]
    pub input_cache_write_12h_tokens: Option<u64>,
    /// Input tokens that were neither cached nor written to the cache.
    #[serde(deserialize_with = "integer")]
    pub input_uncached_tokens: Option<u64>,
    /// Output tokens in all.
    #[serde(deserialize_with = "count")]
    pub output_tokens: u64,
    /// Text input tokens that were not cached.
    #[serde(deserialize_with = "integer")]
    pub input_text_tokens: Option<u64>,
    /// Text output tokens.
    #[serde(deserialize_with = "integer")]
    pub output_text_tokens: Option<u64>,
    /// Cached text input tokens.
    #[serde(deserialize_with = "integer")]
    pub input_cached_text_tokens: Option<u64>,
    /// Audio input tokens that were not cached.
    #[serde(deserialize_with = "integer")]
    pub input_audio_tokens: Option<u64>,
    /// Cached audio input tokens.
    #[serde(deserialize_with = "integer")]
    pub input_cached_audio_tokens: Option<u64>,
    /// Audio output tokens.
    #[serde(deserialize_with = "integer")]
    pub output_audio_tokens: Option<u64>,
    /// Image input tokens that were not cached.
    #[serde(deserialize_with = "integer")]
    pub input_image_tokens: Option<u64>,
    /// Cached image input tokens.
    #[serde(deserialize_with = "integer")]
    pub input_cached_image_tokens: Option<u64>,
    /// Image output tokens.
    #[serde(deserialize_with = "integer")]
    pub output_image_tokens: Option<u64>,
    /// Requests to the model.
    #[serde(deserialize_with = "count")]
    pub num_model_requests: u64,
    /// The project, when grouped by it.
    pub project_id: Option<String>,
    /// The user, when grouped by it.
    pub user_id: Option<String>,
    /// The API key, when grouped by it.
    pub api_key_id: Option<String>,
    /// The model, when grouped by it.
    pub model: Option<String>,
    /// Whether these were batch jobs, when grouped by it.
    pub batch: Option<bool>,
    /// The service tier, when grouped by it.
    pub service_tier: Option<String>,
    /// `agents_api` for the Agents API, `unlabeled` for all else, when grouped by it.
    pub api_source: Option<String>,
}

/// Use of embeddings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct EmbeddingsUsage {
    /// `organization.usage.embeddings.result`.
    pub object: Option<String>,
    /// Input tokens in all, cached ones included.
    #[serde(deserialize_with = "count")]
    pub input_tokens: u64,
    /// Requests to the model.
    #[serde(deserialize_with = "count")]
    pub num_model_requests: u64,
    /// The project, when grouped by it.
    pub project_id: Option<String>,
    /// The user, when grouped by it.
    pub user_id: Option<String>,
    /// The API key, when grouped by it.
    pub api_key_id: Option<String>,
    /// The model, when grouped by it.
    pub model: Option<String>,
}

/// Use of moderation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ModerationsUsage {
    /// `organization.usage.moderations.result`.
    pub object: Option<String>,
    /// Input tokens in all, cached ones included.
    #[serde(deserialize_with = "count")]
    pub input_tokens: u64,
    /// Requests to the model.
    #[serde(deserialize_with = "count")]
    pub num_model_requests: u64,
    /// The project, when grouped by it.
    pub project_id: Option<String>,
    /// The user, when grouped by it.
    pub user_id: Option<String>,
    /// The API key, when grouped by it.
    pub api_key_id: Option<String>,
    /// The model, when grouped by it.
    pub model: Option<String>,
}

/// Use of image models.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ImagesUsage {
    /// `organization.usage.images.result`.
    pub object: Option<String>,
    /// Images.
    #[serde(deserialize_with = "count")]
    pub images: u64,
    /// Requests to the model.
    #[serde(deserialize_with = "count")]
    pub num_model_requests: u64,
    /// Where the images came from, when grouped by it.
    pub source: Option<String>,
    /// The size of the images, when grouped by it.
    pub size: Option<String>,
    /// The project, when grouped by it.
    pub project_id: Option<String>,
    /// The user, when grouped by it.
    pub user_id: Option<String>,
    /// The API key, when grouped by it.
    pub api_key_id: Option<String>,
    /// The model, when grouped by it.
    pub model: Option<String>,
}

/// Use of text to speech.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct AudioSpeechesUsage {
    /// `organization.usage.audio_speeches.result`.
    pub object: Option<String>,
    /// Characters that were spoken.
    #[serde(deserialize_with = "count")]
    pub characters: u64,
    /// Requests to the model.
    #[serde(deserialize_with = "count")]
    pub num_model_requests: u64,
    /// The project, when grouped by it.
    pub project_id: Option<String>,
    /// The user, when grouped by it.
    pub user_id: Option<String>,
    /// The API key, when grouped by it.
    pub api_key_id: Option<String>,
    /// The model, when grouped by it.
    pub model: Option<String>,
}

/// Use of speech to text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct AudioTranscriptionsUsage {
    /// `organization.usage.audio_transcriptions.result`.
    pub object: Option<String>,
    /// Seconds that were heard.
    #[serde(deserialize_with = "count")]
    pub seconds: u64,
    /// Requests to the model.
    #[serde(deserialize_with = "count")]
    pub num_model_requests: u64,
    /// The project, when grouped by it.
    pub project_id: Option<String>,
    /// The user, when grouped by it.
    pub user_id: Option<String>,
    /// The API key, when grouped by it.
    pub api_key_id: Option<String>,
    /// The model, when grouped by it.
    pub model: Option<String>,
}

/// Size of the vector stores.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct VectorStoresUsage {
    /// `organization.usage.vector_stores.result`.
    pub object: Option<String>,
    /// Bytes that were kept.
    #[serde(deserialize_with = "count")]
    pub usage_bytes: u64,
    /// The project, when grouped by it.
    pub project_id: Option<String>,
}

/// Use of the code interpreter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct CodeInterpreterSessionsUsage {
    /// `organization.usage.code_interpreter_sessions.result`.
    pub object: Option<String>,
    /// Sessions.
    #[serde(deserialize_with = "count")]
    pub num_sessions: u64,
    /// The project, when grouped by it.
    pub project_id: Option<String>,
}

/// Calls of the file search tool.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct FileSearchCallsUsage {
    /// `organization.usage.file_searches.result`.
    pub object: Option<String>,
    /// Calls of the tool.
    #[serde(deserialize_with = "count")]
    pub num_requests: u64,
    /// The project, when grouped by it.
    pub project_id: Option<String>,
    /// The user, when grouped by it.
    pub user_id: Option<String>,
    /// The API key, when grouped by it.
    pub api_key_id: Option<String>,
    /// The vector store, when grouped by it.
    pub vector_store_id: Option<String>,
}

/// Calls of the web search tool.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct WebSearchCallsUsage {
    /// `organization.usage.web_searches.result`.
    pub object: Option<String>,
    /// Requests to the model.
    #[serde(deserialize_with = "count")]
    pub num_model_requests: u64,
    /// Calls of the tool.
    #[serde(deserialize_with = "count")]
    pub num_requests: u64,
    /// The project, when grouped by it.
    pub project_id: Option<String>,
    /// The user, when grouped by it.
    pub user_id: Option<String>,
    /// The API key, when grouped by it.
    pub api_key_id: Option<String>,
    /// The model, when grouped by it.
    pub model: Option<String>,
    /// The context that was taken in, when grouped by it.
    pub context_level: Option<String>,
    /// `agents_api` for the Agents API, `unlabeled` for all else, when grouped by it.
    pub api_source: Option<String>,
}

/// Costs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct CostsResult {
    /// `organization.costs.result`.
    pub object: Option<String>,
    /// What it cost.
    pub amount: Option<Amount>,
    /// What was paid for, when grouped by it.
    pub line_item: Option<String>,
    /// The project, when grouped by it.
    pub project_id: Option<String>,
    /// The API key, when grouped by it.
    pub api_key_id: Option<String>,
    /// The user, when grouped by it.
    pub user_id: Option<String>,
    /// `agents_api` for the Agents API, `unlabeled` for all else, when grouped by it.
    pub api_source: Option<String>,
    /// How much of it.
    pub quantity: Option<f64>,
    /// The unit of the quantity; `None` where no single one fits.
    pub quantity_unit: Option<QuantityUnit>,
}

/// The unit of a quantity that was paid for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum QuantityUnit {
    /// `tokens`.
    Tokens,
    /// `1000_tokens`.
    #[serde(rename = "1000_tokens")]
    ThousandTokens,
    /// `duration_seconds`.
    #[serde(rename = "duration_seconds")]
    Seconds,
    /// `duration_minutes`.
    #[serde(rename = "duration_minutes")]
    Minutes,
    /// `duration_hours`.
    #[serde(rename = "duration_hours")]
    Hours,
    /// `gibibyte_hours`.
    GibibyteHours,
    /// `images`.
    Images,
    /// `characters`.
    Characters,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}
