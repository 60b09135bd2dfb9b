//! A chat completion as OpenAI and many others offer it: whole, or word by word. See [`Chat`].

mod api;
mod fake;
mod program;

use serde::Deserialize;

pub use self::api::{Chat, ChatClient, Choice, Chunk, Completion, Delta, Message, Prompt, Role, Usage, Word};
pub use self::fake::{KEY, Model};
pub use self::program::run;

/// Why a call failed: what declarest knows, and what the vendor says. An error within a stream is a
/// [`declarest::Error`], of which `?` makes this one.
pub type Error = declarest::ApiError<Problem>;
/// A call of this API.
pub type Call<T> = declarest::Call<T, Error>;

/// What the vendor says of a failure.
#[derive(Debug, Deserialize)]
pub struct Problem {
    /// It.
    pub error: Details,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.error.message)
    }
}

/// What went wrong.
#[derive(Debug, Deserialize)]
pub struct Details {
    /// In words.
    pub message: String,
    /// The kind of failure: `server_error`.
    #[serde(rename = "type")]
    pub kind: String,
}
