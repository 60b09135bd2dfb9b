//! A `Decode` type of one's own: the `data` of an answer, or an error, whatever the status says.

use std::marker::PhantomData;

use declarest::{Decode, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Reads the `data` of an answer. With `errors` in it the call fails, though the status is 200: a query whose answer is
/// part data, part errors has not answered what was asked.
///
/// What the server says is the body of the error: `error.body()`.
#[derive(Debug)]
pub struct Data<T>(PhantomData<T>);

#[derive(Deserialize)]
struct Envelope<T> {
    data: Option<T>,
    #[serde(default)]
    errors: Vec<serde::de::IgnoredAny>,
}

impl<T: DeserializeOwned + Send + 'static> Decode for Data<T> {
    type Output = T;

    /// The first is a status that tells the truth, where the server knows it (GraphQL over HTTP).
    fn media_type() -> Option<&'static str> {
        Some("application/graphql-response+json, application/json;q=0.9")
    }

    fn decode(answer: Response) -> Result<T, declarest::Error> {
        // Errors first: beside them, `data` may be less than the type asks for.
        let errors = answer.json::<Envelope<serde::de::IgnoredAny>>()?.errors;
        if !errors.is_empty() {
            return Err(answer.refused("the query has errors"));
        }
        answer.json::<Envelope<T>>()?.data.ok_or_else(|| answer.unreadable("neither data nor errors"))
    }
}

/// The body of an answer with errors.
#[derive(Debug, Clone, Deserialize)]
pub struct Failures {
    /// All that went wrong.
    pub errors: Vec<Failure>,
}

impl std::fmt::Display for Failures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let messages: Vec<&str> = self.errors.iter().map(|failure| failure.message.as_str()).collect();
        f.write_str(&messages.join("; "))
    }
}

/// What went wrong.
#[derive(Debug, Clone, Deserialize)]
pub struct Failure {
    /// In words.
    pub message: String,
    /// The kind of failure; GitHub's addition: `NOT_FOUND`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Where: names of fields, and numbers in lists.
    #[serde(default)]
    pub path: Vec<serde_json::Value>,
}
