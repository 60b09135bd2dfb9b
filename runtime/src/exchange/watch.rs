//! What the exchange tells those who listen. A call that nobody watches runs nothing of this.

use std::future::{Future, ready};
use std::pin::Pin;
use std::time::Duration;

use tracing::Instrument as _;

use super::Running;
use super::plan::Plan;
use crate::call_site::CallSite;
use crate::client::Inner;
use crate::decode::Response;
use crate::error::Error;
use crate::observe::{AttemptWatch, CallEnd};

/// Begins to watch a call, if somebody listens.
pub(super) fn begin(client: &Inner, site: &CallSite, url: &str) -> Option<Box<CallEnd>> {
    CallEnd::begin(site, url, &client.clock, &client.settings.observers)
}

/// Ends a call that cannot be made.
pub(super) fn refused(error: Error, end: Option<Box<CallEnd>>) -> Running {
    if let Some(mut end) = end {
        end.failed(&error);
    }
    Box::pin(ready(Err(error)))
}

/// Makes the call one that tells of its end, if somebody listens.
pub(super) fn call(running: Running, end: Option<Box<CallEnd>>) -> Running {
    match end {
        None => running,
        Some(end) => Box::pin(watched(running, end)),
    }
}

/// Runs a call in its span. An accepted response takes the end of the call along: it comes when the response was read.
async fn watched(running: Running, mut end: Box<CallEnd>) -> Result<Response, Error> {
    let result = running.instrument(end.span()).await;
    match result {
        Ok(mut response) => {
            end.responded(response.head.status);
            response.end = Some(end);
            Ok(response)
        }
        Err(error) => {
            end.failed(&error);
            Err(error)
        }
    }
}

/// Runs an attempt in its span.
pub(super) async fn attempt<F>(watch: &AttemptWatch, attempt: Pin<Box<F>>) -> Result<Response, Error>
where
    F: Future<Output = Result<Response, Error>>,
{
    let result = watch.within(attempt).await;
    watch.ended(result.as_ref().map(|response| response.head.status));
    result
}

/// Tells of a call that is made again, after the wait.
pub(super) fn repeated(plan: &Plan, attempts: u32, error: &Error, wait: Duration) {
    tracing::debug!(
        target: "declarest",
        {
            declarest.api = plan.site().endpoint.api,
            declarest.method = plan.site().endpoint.name,
            attempts,
            code = error.code(),
            ?wait,
        },
        "the call is repeated"
    );
}
