//! [`Decode`] and `classify`: an error that comes as a 200, once read by a type and once told by the client.
//!
//! Slack answers `{"ok": false, "error": "channel_not_found"}` with status 200. A type that reads the answer knows that
//! when the call is over; `classify` is asked between the attempts, so only it can have a call repeated.

use std::marker::PhantomData;

use declarest::{ApiError, ClientBuilder, Decode, Head, Response, Verdict, api};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Why a call failed: what declarest knows, and the name that Slack has for it.
pub type Error = ApiError<Refusal>;
/// A call of this API.
pub type Call<T> = declarest::Call<T, Error>;

/// Slack, where the declared type reads `ok`.
#[api(base = "https://slack.com/api")]
pub trait Slack: Send + Sync {
    /// Says something in a channel.
    #[post("/chat.postMessage")]
    fn post_message(&self, #[field] channel: &str, #[field] text: &str) -> Call<SlackOk<Posted>>;
}

/// Slack, where the client does: [`classified`].
#[api(base = "https://slack.com/api")]
pub trait ClassifiedSlack: Send + Sync {
    /// Says something in a channel.
    #[post("/chat.postMessage")]
    fn post_message(&self, #[field] channel: &str, #[field] text: &str) -> Call<Posted>;
}

/// A message that was posted.
#[derive(Debug, Clone, Deserialize)]
pub struct Posted {
    /// When, which is its name in the channel.
    pub ts: String,
}

/// What Slack says instead.
#[derive(Debug, Clone, Deserialize)]
pub struct Refusal {
    /// What went wrong: `channel_not_found`.
    pub error: String,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.error)
    }
}

/// Reads a `T` from an answer with `"ok": true`; any other is an error.
#[derive(Debug)]
pub struct SlackOk<T>(PhantomData<T>);

#[derive(Deserialize)]
struct Envelope {
    ok: bool,
}

impl<T: DeserializeOwned + Send + 'static> Decode for SlackOk<T> {
    type Output = T;

    fn media_type() -> Option<&'static str> {
        Some("application/json")
    }

    fn decode(answer: Response) -> Result<T, declarest::Error> {
        if answer.json::<Envelope>()?.ok {
            answer.json()
        } else {
            Err(answer.refused("Slack says that it is not ok"))
        }
    }
}

/// The same for all calls of a client, which repeats what was turned away because there was too much.
#[must_use]
pub fn classified(builder: ClientBuilder) -> ClientBuilder {
    builder.classify(|_: &Head, body: &[u8]| match serde_json::from_slice::<Refusal>(body) {
        Ok(refusal) if refusal.error == "ratelimited" => Verdict::Repeat,
        Ok(_) => Verdict::Error,
        // Without an `error` it is what its status says.
        Err(_) => Verdict::ByStatus,
    })
}
