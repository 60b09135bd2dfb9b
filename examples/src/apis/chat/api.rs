//! The declaration.

use declarest::{Events, api};
use serde::{Deserialize, Serialize};

use super::Call;

/// Completes a chat.
#[api(base = "https://api.openai.com/v1")]
pub trait Chat: Send + Sync {
    /// The next message, when it is finished.
    #[post("/chat/completions", deadline = "5m")]
    fn complete(&self, #[json] prompt: &Prompt<'_>) -> Call<Completion>;

    /// The next message word by word. The same endpoint with `"stream": true` in the same body.
    ///
    /// The call ends with the head of the answer, so that a refusal is an error of the call; the stream ends with
    /// `data: [DONE]`, and one that ends otherwise was cut off.
    #[post("/chat/completions", field("stream" = true), events(end = "[DONE]", error_event = "error"))]
    fn stream(&self, #[json] prompt: &Prompt<'_>) -> Call<Events<Chunk>>;
}

/// What is to be completed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Prompt<'a> {
    /// Who completes it.
    pub model: &'a str,
    /// The chat so far.
    pub messages: &'a [Message<'a>],
    /// How freely: 0 to 2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
    /// The longest answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_completion_tokens: Option<u32>,
}

/// A message.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Message<'a> {
    /// Who says it.
    pub role: Role,
    /// What.
    pub content: &'a str,
}

/// Who says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The program.
    System,
    /// A person.
    User,
    /// The model.
    Assistant,
}

/// What the model says.
#[derive(Debug, Clone, Deserialize)]
pub struct Completion {
    /// As many as were asked for.
    pub choices: Vec<Choice>,
    /// What it cost.
    pub usage: Usage,
}

/// One way to go on.
#[derive(Debug, Clone, Deserialize)]
pub struct Choice {
    /// The message.
    pub message: Delta,
    /// Why it ends: `stop`, `length`.
    pub finish_reason: String,
}

/// What a request cost.
#[derive(Debug, Clone, Deserialize)]
pub struct Usage {
    /// In all.
    pub total_tokens: u32,
}

/// The next piece of a message.
#[derive(Debug, Clone, Deserialize)]
pub struct Chunk {
    /// As many as were asked for.
    pub choices: Vec<Word>,
}

impl Chunk {
    /// The text of the first choice.
    #[must_use]
    pub fn text(&self) -> &str {
        self.choices.first().and_then(|choice| choice.delta.content.as_deref()).unwrap_or_default()
    }
}

/// The next piece of one choice.
#[derive(Debug, Clone, Deserialize)]
pub struct Word {
    /// It.
    pub delta: Delta,
    /// Why the message ends here, if it does.
    pub finish_reason: Option<String>,
}

/// A message, or a piece of one.
#[derive(Debug, Clone, Deserialize)]
pub struct Delta {
    /// The text.
    pub content: Option<String>,
}
