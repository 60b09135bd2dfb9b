//! [`FromEvent`]: events that are told apart by their type.

use declarest::{Call, Error, Event, Events, FromEvent, Response, api};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// News of a build.
#[api]
pub trait Builds: Send + Sync {
    /// What a build does, while it does it.
    #[get("/builds/{build}/events")]
    fn follow(&self, build: u64) -> Call<Events<BuildEvent>>;
}

/// One piece of news.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildEvent {
    /// `event: step`: it goes on with this.
    Step(Step),
    /// `event: done`: it is over.
    Done,
    /// A type of event that is not known yet.
    Other(String),
}

/// A step of a build.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Step {
    /// What it is called.
    pub name: String,
}

impl FromEvent for BuildEvent {
    fn from_event(event: Event, answer: &Response) -> Result<Self, Error> {
        Ok(match event.event.as_str() {
            "step" => Self::Step(data(&event, answer)?),
            "done" => Self::Done,
            // What a client can read later with `Error::body_as`.
            "failed" => return Err(answer.refused("the build has failed").with_body(event.data)),
            other => Self::Other(other.to_owned()),
        })
    }
}

fn data<T: DeserializeOwned>(event: &Event, answer: &Response) -> Result<T, Error> {
    serde_json::from_str(&event.data)
        .map_err(|_| answer.unreadable("an event's data is not what its type says"))
}
