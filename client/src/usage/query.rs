//! Which usage to ask for.

use declarest::{Query, Scalar};
use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// How long a span of time is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[non_exhaustive]
pub enum BucketWidth {
    /// A minute: `1m`.
    #[serde(rename = "1m")]
    Minute,
    /// An hour: `1h`.
    #[serde(rename = "1h")]
    Hour,
    /// A day: `1d`.
    #[serde(rename = "1d")]
    Day,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// Where an image came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[non_exhaustive]
pub enum ImageSource {
    /// Made from a text: `image.generation`.
    #[serde(rename = "image.generation")]
    Generation,
    /// Changed: `image.edit`.
    #[serde(rename = "image.edit")]
    Edit,
    /// Made from another image: `image.variation`.
    #[serde(rename = "image.variation")]
    Variation,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// The size of an image in pixels.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[non_exhaustive]
pub enum ImageSize {
    /// `256x256`.
    #[serde(rename = "256x256")]
    Small256,
    /// `512x512`.
    #[serde(rename = "512x512")]
    Medium512,
    /// `1024x1024`.
    #[serde(rename = "1024x1024")]
    Square1024,
    /// `1792x1792`.
    #[serde(rename = "1792x1792")]
    Square1792,
    /// `1024x1792`.
    #[serde(rename = "1024x1792")]
    Tall1024x1792,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// How much context a web search takes in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SearchContextLevel {
    /// `low`.
    Low,
    /// `medium`.
    Medium,
    /// `high`.
    High,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// By what usage of a model is split.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ModelGroup {
    /// `project_id`.
    ProjectId,
    /// `user_id`.
    UserId,
    /// `api_key_id`.
    ApiKeyId,
    /// `model`.
    Model,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// By what usage that is known by project only is split.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProjectGrouping {
    /// `project_id`.
    ProjectId,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// By what usage of language models is split.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CompletionsGroup {
    /// `project_id`.
    ProjectId,
    /// `user_id`.
    UserId,
    /// `api_key_id`.
    ApiKeyId,
    /// `model`.
    Model,
    /// `batch`.
    Batch,
    /// `service_tier`.
    ServiceTier,
    /// `api_source`.
    ApiSource,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// By what usage of the Decisions API is split.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DecisionsGroup {
    /// `project_id`.
    ProjectId,
    /// `user_id`.
    UserId,
    /// `api_key_id`.
    ApiKeyId,
    /// `model`.
    Model,
    /// `batch`.
    Batch,
    /// `service_tier`.
    ServiceTier,
    /// `api_source`.
    ApiSource,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// By what usage of image models is split.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ImagesGroup {
    /// `project_id`.
    ProjectId,
    /// `user_id`.
    UserId,
    /// `api_key_id`.
    ApiKeyId,
    /// `model`.
    Model,
    /// `size`.
    Size,
    /// `source`.
    Source,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// By what calls of the file search tool is split.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FileSearchGroup {
    /// `project_id`.
    ProjectId,
    /// `user_id`.
    UserId,
    /// `api_key_id`.
    ApiKeyId,
    /// `vector_store_id`.
    VectorStoreId,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// By what calls of the web search tool is split.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WebSearchGroup {
    /// `project_id`.
    ProjectId,
    /// `user_id`.
    UserId,
    /// `api_key_id`.
    ApiKeyId,
    /// `model`.
    Model,
    /// `context_level`.
    ContextLevel,
    /// `api_source`.
    ApiSource,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// By what costs is split. Whether `user_id` goes with `project_id`, or with a filter by project, depends on the
/// organization and the span of time; what does not is answered with 400.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CostsGroup {
    /// `project_id`.
    ProjectId,
    /// `line_item`.
    LineItem,
    /// `api_key_id`.
    ApiKeyId,
    /// `user_id`.
    UserId,
    /// `api_source`.
    ApiSource,
    /// A value that this version of the crate does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

/// Declares a query of usage: what all have, and the filters of one.
macro_rules! usage_query {
    ($(#[$meta:meta])* $name:ident by $group:ty, $width:literal, $limit:literal;
        $($field:ident [$($kind:tt)+] $ty:ty, $note:literal;)*) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Query)]
        #[non_exhaustive]
        pub struct $name {
            /// Where the first span begins.
            pub start_time: Timestamp,
            /// Where the last span ends; this second is not part of it. Without it: now.
            pub end_time: Option<Timestamp>,
            #[doc = $width]
            pub bucket_width: Option<BucketWidth>,
            $(#[doc = $note] pub $field: $ty,)*
            /// One result for each of these, in place of one in all.
            pub group_by: Vec<$group>,
            #[doc = $limit]
            pub limit: Option<u32>,
            /// The `next_page` of the page before.
            pub page: Option<String>,
        }

        impl $name {
            /// Everything since this moment.
            #[must_use]
            pub fn new(start_time: Timestamp) -> Self {
                Self { start_time, end_time: None, bucket_width: None, $($field: Default::default(),)*
                    group_by: Vec::new(), limit: None, page: None }
            }
        }

        setters!($name: end_time [Timestamp], bucket_width [BucketWidth], $($field [$($kind)+],)*
            group_by [list $group], limit [u32], page [text]);
    };
}

usage_query! {
    /// Which costs to list.
    CostsQuery by CostsGroup, "The width of a span: a day, the only one so far.",
        "Spans on a page, 1 to 180; the server's default is 7.";
    project_ids [texts] Vec<String>, "Only these projects.";
    api_key_ids [texts] Vec<String>, "Only these API keys.";
    line_items [texts] Vec<String>, "Only these line items.";
}

usage_query! {
    /// Which use of text to speech to list.
    AudioSpeechesQuery by ModelGroup, "The width of a span: a minute, an hour or a day, which is the server's default.",
        "Spans on a page. Days: 7 by default, at most 31; hours: 24, at most 168; minutes: 60, at most 1440.";
    project_ids [texts] Vec<String>, "Only these projects.";
    user_ids [texts] Vec<String>, "Only these users.";
    api_key_ids [texts] Vec<String>, "Only these API keys.";
    models [texts] Vec<String>, "Only these models.";
}

usage_query! {
    /// Which use of speech to text to list.
    AudioTranscriptionsQuery by ModelGroup, "The width of a span: a minute, an hour or a day, which is the server's default.",
        "Spans on a page. Days: 7 by default, at most 31; hours: 24, at most 168; minutes: 60, at most 1440.";
    project_ids [texts] Vec<String>, "Only these projects.";
    user_ids [texts] Vec<String>, "Only these users.";
    api_key_ids [texts] Vec<String>, "Only these API keys.";
    models [texts] Vec<String>, "Only these models.";
}

usage_query! {
    /// Which use of the code interpreter to list.
    CodeInterpreterSessionsQuery by ProjectGrouping, "The width of a span: a minute, an hour or a day, which is the server's default.",
        "Spans on a page. Days: 7 by default, at most 31; hours: 24, at most 168; minutes: 60, at most 1440.";
    project_ids [texts] Vec<String>, "Only these projects.";
}

usage_query! {
    /// Which use of language models to list.
    CompletionsQuery by CompletionsGroup, "The width of a span: a minute, an hour or a day, which is the server's default.",
        "Spans on a page. Days: 7 by default, at most 31; hours: 24, at most 168; minutes: 60, at most 1440.";
    project_ids [texts] Vec<String>, "Only these projects.";
    user_ids [texts] Vec<String>, "Only these users.";
    api_key_ids [texts] Vec<String>, "Only these API keys.";
    models [texts] Vec<String>, "Only these models.";
    batch [bool] Option<bool>, "Only batch jobs, or only others; both without it.";
}

usage_query! {
    /// Which use of the Decisions API to list.
    DecisionsQuery by DecisionsGroup, "The width of a span: a minute, an hour or a day, which is the server's default.",
        "Spans on a page. Days: 7 by default, at most 31; hours: 24, at most 168; minutes: 60, at most 1440.";
    project_ids [texts] Vec<String>, "Only these projects.";
    user_ids [texts] Vec<String>, "Only these users.";
    api_key_ids [texts] Vec<String>, "Only these API keys.";
    models [texts] Vec<String>, "Only these models.";
    batch [bool] Option<bool>, "Only batch jobs, or only others; both without it.";
}

usage_query! {
    /// Which use of embeddings to list.
    EmbeddingsQuery by ModelGroup, "The width of a span: a minute, an hour or a day, which is the server's default.",
        "Spans on a page. Days: 7 by default, at most 31; hours: 24, at most 168; minutes: 60, at most 1440.";
    project_ids [texts] Vec<String>, "Only these projects.";
    user_ids [texts] Vec<String>, "Only these users.";
    api_key_ids [texts] Vec<String>, "Only these API keys.";
    models [texts] Vec<String>, "Only these models.";
}

usage_query! {
    /// Which calls of the file search tool to list.
    FileSearchCallsQuery by FileSearchGroup, "The width of a span: a minute, an hour or a day, which is the server's default.",
        "Spans on a page. Days: 7 by default, at most 31; hours: 24, at most 168; minutes: 60, at most 1440.";
    project_ids [texts] Vec<String>, "Only these projects.";
    user_ids [texts] Vec<String>, "Only these users.";
    api_key_ids [texts] Vec<String>, "Only these API keys.";
    vector_store_ids [texts] Vec<String>, "Only these vector stores.";
}

usage_query! {
    /// Which use of image models to list.
    ImagesQuery by ImagesGroup, "The width of a span: a minute, an hour or a day, which is the server's default.",
        "Spans on a page. Days: 7 by default, at most 31; hours: 24, at most 168; minutes: 60, at most 1440.";
    sources [list ImageSource] Vec<ImageSource>, "Only images that came from these.";
    sizes [list ImageSize] Vec<ImageSize>, "Only images of these sizes.";
    project_ids [texts] Vec<String>, "Only these projects.";
    user_ids [texts] Vec<String>, "Only these users.";
    api_key_ids [texts] Vec<String>, "Only these API keys.";
    models [texts] Vec<String>, "Only these models.";
}

usage_query! {
    /// Which use of moderation to list.
    ModerationsQuery by ModelGroup, "The width of a span: a minute, an hour or a day, which is the server's default.",
        "Spans on a page. Days: 7 by default, at most 31; hours: 24, at most 168; minutes: 60, at most 1440.";
    project_ids [texts] Vec<String>, "Only these projects.";
    user_ids [texts] Vec<String>, "Only these users.";
    api_key_ids [texts] Vec<String>, "Only these API keys.";
    models [texts] Vec<String>, "Only these models.";
}

usage_query! {
    /// Which vector stores to count.
    VectorStoresQuery by ProjectGrouping, "The width of a span: a minute, an hour or a day, which is the server's default.",
        "Spans on a page. Days: 7 by default, at most 31; hours: 24, at most 168; minutes: 60, at most 1440.";
    project_ids [texts] Vec<String>, "Only these projects.";
}

usage_query! {
    /// Which calls of the web search tool to list.
    WebSearchCallsQuery by WebSearchGroup, "The width of a span: a minute, an hour or a day, which is the server's default.",
        "Spans on a page. Days: 7 by default, at most 31; hours: 24, at most 168; minutes: 60, at most 1440.";
    project_ids [texts] Vec<String>, "Only these projects.";
    user_ids [texts] Vec<String>, "Only these users.";
    api_key_ids [texts] Vec<String>, "Only these API keys.";
    models [texts] Vec<String>, "Only these models.";
    context_levels [list SearchContextLevel] Vec<SearchContextLevel>, "Only searches with these.";
}
