//! Which usage to ask for.

use declarest::Query;

use crate::Timestamp;

open_enum! {
    /// How long a span of time is.
    pub enum BucketWidth {
        /// A minute:
        Minute = "1m",
        /// An hour:
        Hour = "1h",
        /// A day:
        Day = "1d",
    }
}

open_enum! {
    /// Where an image came from.
    pub enum ImageSource {
        /// Made from a text:
        Generation = "image.generation",
        /// Changed:
        Edit = "image.edit",
        /// Made from another image:
        Variation = "image.variation",
    }
}

open_enum! {
    /// The size of an image in pixels.
    pub enum ImageSize {
        Small256 = "256x256",
        Medium512 = "512x512",
        Square1024 = "1024x1024",
        Square1792 = "1792x1792",
        Tall1024x1792 = "1024x1792",
    }
}

open_enum! {
    /// How much context a web search takes in.
    pub enum SearchContextLevel {
        Low = "low",
        Medium = "medium",
        High = "high",
    }
}

open_enum! {
    /// By what usage of a model is split.
    pub enum ModelGroup {
        ProjectId = "project_id",
        UserId = "user_id",
        ApiKeyId = "api_key_id",
        Model = "model",
    }
}

open_enum! {
    /// By what usage that is known by project only is split.
    pub enum ProjectGrouping {
        ProjectId = "project_id",
    }
}

open_enum! {
    /// By what usage of language models is split.
    pub enum CompletionsGroup {
        ProjectId = "project_id",
        UserId = "user_id",
        ApiKeyId = "api_key_id",
        Model = "model",
        Batch = "batch",
        ServiceTier = "service_tier",
        ApiSource = "api_source",
    }
}

open_enum! {
    /// By what usage of the Decisions API is split.
    pub enum DecisionsGroup {
        ProjectId = "project_id",
        UserId = "user_id",
        ApiKeyId = "api_key_id",
        Model = "model",
        Batch = "batch",
        ServiceTier = "service_tier",
        ApiSource = "api_source",
    }
}

open_enum! {
    /// By what usage of image models is split.
    pub enum ImagesGroup {
        ProjectId = "project_id",
        UserId = "user_id",
        ApiKeyId = "api_key_id",
        Model = "model",
        Size = "size",
        Source = "source",
    }
}

open_enum! {
    /// By what calls of the file search tool is split.
    pub enum FileSearchGroup {
        ProjectId = "project_id",
        UserId = "user_id",
        ApiKeyId = "api_key_id",
        VectorStoreId = "vector_store_id",
    }
}

open_enum! {
    /// By what calls of the web search tool is split.
    pub enum WebSearchGroup {
        ProjectId = "project_id",
        UserId = "user_id",
        ApiKeyId = "api_key_id",
        Model = "model",
        ContextLevel = "context_level",
        ApiSource = "api_source",
    }
}

open_enum! {
    /// By what costs is split. Whether `user_id` goes with `project_id`, or with a filter by project, depends on the
    /// organization and the span of time; what does not is answered with 400.
    pub enum CostsGroup {
        ProjectId = "project_id",
        LineItem = "line_item",
        ApiKeyId = "api_key_id",
        UserId = "user_id",
        ApiSource = "api_source",
    }
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
