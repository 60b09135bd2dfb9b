//! [`Returns`]: a job that is polled until it is done.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use declarest::{Call, Client, Error, ErrorKind, RequestParts, Returns, Timer as _, api};
use http::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Exports of tables.
#[api]
pub trait Exports: Send + Sync {
    /// Exports a table. Awaited, it gives the file, when there is one.
    #[post("/exports", idempotency_key = "Idempotency-Key", deadline = "5m")]
    fn export(&self, #[field] table: &str) -> Job<Export>;
}

/// A file with a table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Export {
    /// How many rows it has.
    pub rows: u64,
}

/// A job: what a method returns that starts one. It is a future of the job's result and does nothing until it is
/// polled; its time limit is the endpoint's, or else the client's.
#[must_use = "a job does not start until it is awaited"]
pub struct Job<T>(Pin<Box<dyn Future<Output = Result<T, JobError>> + Send>>);

/// What is known of a job.
#[derive(Debug, Deserialize)]
struct Operation<T> {
    id: String,
    /// There when it is done.
    result: Option<T>,
    /// There when it has failed.
    error: Option<String>,
}

impl<T: DeserializeOwned + Send + 'static> Returns for Job<T> {
    fn returns(parts: RequestParts) -> Self {
        let (client, deadline) = (parts.client().clone(), parts.deadline());
        Self(Box::pin(poll_until_done(client, deadline, Call::returns(parts))))
    }
}

impl<T: Send + 'static> Job<T> {
    /// A job that is done; for fakes.
    pub fn ready(result: Result<T, JobError>) -> Self {
        Self(Box::pin(std::future::ready(result)))
    }
}

impl<T> Future for Job<T> {
    type Output = Result<T, JobError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(cx)
    }
}

/// Starts a job, and asks how it stands as often as the server says.
async fn poll_until_done<T: DeserializeOwned + Send + 'static>(
    client: Client,
    deadline: Duration,
    start: Call<Operation<T>>,
) -> Result<T, JobError> {
    let clock = client.timer();
    let begin = clock.now();
    let mut reply = start.with_reply().await.map_err(JobError::Call)?;
    loop {
        let operation = reply.value;
        if let Some(why) = operation.error {
            return Err(JobError::Failed(why));
        }
        if let Some(result) = operation.result {
            return Ok(result);
        }
        let wait = wait(&reply.headers);
        let left = deadline.saturating_sub(clock.now().saturating_duration_since(begin));
        if wait >= left {
            return Err(JobError::Call(Error::maybe_sent(ErrorKind::Deadline)));
        }
        clock.sleep(wait).await;
        let ask =
            client.call::<Operation<T>>(Method::GET, "/operations/{id}").segment("id", &operation.id).call();
        reply = ask.deadline(left - wait).with_reply().await.map_err(JobError::Call)?;
    }
}

/// What the server asks to wait: `Retry-After` in seconds, or one.
fn wait(headers: &http::HeaderMap) -> Duration {
    let seconds = headers.get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
    Duration::from_secs(seconds.unwrap_or(1))
}

/// Why there is no result.
#[derive(Debug)]
#[non_exhaustive]
pub enum JobError {
    /// The job has failed, and the server says why. It may repeat what was sent, so it is not printed.
    Failed(String),
    /// A call did, or the time is up. The job may still be running.
    Call(Error),
}

impl fmt::Display for JobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(_) => f.write_str("the job has failed"),
            Self::Call(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for JobError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Failed(_) => None,
            Self::Call(error) => std::error::Error::source(error),
        }
    }
}

impl<T> fmt::Debug for Job<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Job")
    }
}
