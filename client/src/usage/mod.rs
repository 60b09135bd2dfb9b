//! What was used, and what it cost.

mod query;
mod result;

use declarest::api;

pub use self::query::{
    AudioSpeechesQuery, AudioTranscriptionsQuery, BucketWidth, CodeInterpreterSessionsQuery,
    CompletionsGroup, CompletionsQuery, CostsGroup, CostsQuery, DecisionsGroup, DecisionsQuery,
    EmbeddingsQuery, FileSearchCallsQuery, FileSearchGroup, ImageSize, ImageSource, ImagesGroup, ImagesQuery,
    ModelGroup, ModerationsQuery, ProjectGrouping, SearchContextLevel, VectorStoresQuery,
    WebSearchCallsQuery, WebSearchGroup,
};
pub use self::result::{
    AudioSpeechesUsage, AudioTranscriptionsUsage, CodeInterpreterSessionsUsage, CompletionsUsage,
    CostsResult, DecisionsUsage, EmbeddingsUsage, FileSearchCallsUsage, ImagesUsage, ModerationsUsage,
    QuantityUnit, VectorStoresUsage, WebSearchCallsUsage,
};
use crate::{Pages, UsagePage};

/// What was used, and what it cost, in spans of time of equal width.
///
/// ```
/// use openai_admin::{CostsGroup, CostsQuery, Timestamp, prelude::*};
///
/// # declarest_examples::documented(async |admin| {
/// let since = Timestamp::from_unix(1_794_528_000);
/// let query = CostsQuery::new(since).group_by([CostsGroup::ProjectId, CostsGroup::LineItem]).limit(31);
/// let mut days = admin.usage().costs(&query).items();
/// while let Some(day) = days.try_next().await? {
///     for cost in day.results {
///         println!("{} {:?} {:?}", day.start_time, cost.line_item, cost.amount);
///     }
/// }
/// # Ok(()) }).unwrap();
/// ```
///
/// [Reference of the API](https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/usage).
#[api(partial_fakes)]
pub trait Usage: Send + Sync {
    /// What was spent, a day each.
    #[get("/organization/costs")]
    fn costs(&self, #[query(flatten)] query: &CostsQuery) -> Pages<UsagePage<CostsResult>>;

    /// Use of text to speech.
    #[get("/organization/usage/audio_speeches")]
    fn audio_speeches(
        &self,
        #[query(flatten)] query: &AudioSpeechesQuery,
    ) -> Pages<UsagePage<AudioSpeechesUsage>>;

    /// Use of speech to text.
    #[get("/organization/usage/audio_transcriptions")]
    fn audio_transcriptions(
        &self,
        #[query(flatten)] query: &AudioTranscriptionsQuery,
    ) -> Pages<UsagePage<AudioTranscriptionsUsage>>;

    /// Use of the code interpreter.
    #[get("/organization/usage/code_interpreter_sessions")]
    fn code_interpreter_sessions(
        &self,
        #[query(flatten)] query: &CodeInterpreterSessionsQuery,
    ) -> Pages<UsagePage<CodeInterpreterSessionsUsage>>;

    /// Use of language models.
    #[get("/organization/usage/completions")]
    fn completions(&self, #[query(flatten)] query: &CompletionsQuery) -> Pages<UsagePage<CompletionsUsage>>;

    /// Use of the Decisions API.
    #[get("/organization/usage/decisions")]
    fn decisions(&self, #[query(flatten)] query: &DecisionsQuery) -> Pages<UsagePage<DecisionsUsage>>;

    /// Use of embeddings.
    #[get("/organization/usage/embeddings")]
    fn embeddings(&self, #[query(flatten)] query: &EmbeddingsQuery) -> Pages<UsagePage<EmbeddingsUsage>>;

    /// Calls of the file search tool.
    #[get("/organization/usage/file_search_calls")]
    fn file_search_calls(
        &self,
        #[query(flatten)] query: &FileSearchCallsQuery,
    ) -> Pages<UsagePage<FileSearchCallsUsage>>;

    /// Use of image models.
    #[get("/organization/usage/images")]
    fn images(&self, #[query(flatten)] query: &ImagesQuery) -> Pages<UsagePage<ImagesUsage>>;

    /// Use of moderation.
    #[get("/organization/usage/moderations")]
    fn moderations(&self, #[query(flatten)] query: &ModerationsQuery) -> Pages<UsagePage<ModerationsUsage>>;

    /// Size of the vector stores.
    #[get("/organization/usage/vector_stores")]
    fn vector_stores(
        &self,
        #[query(flatten)] query: &VectorStoresQuery,
    ) -> Pages<UsagePage<VectorStoresUsage>>;

    /// Calls of the web search tool.
    #[get("/organization/usage/web_search_calls")]
    fn web_search_calls(
        &self,
        #[query(flatten)] query: &WebSearchCallsQuery,
    ) -> Pages<UsagePage<WebSearchCallsUsage>>;
}
