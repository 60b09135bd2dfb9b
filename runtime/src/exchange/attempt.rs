//! One attempt: credentials, body, send, follow, read, judge.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;

use http::Response as HttpResponse;

use super::plan::Plan;
use super::retry::{Fetched, Progress};
use super::sender::Sender;
use super::time_limits::TimeLimits;
use super::upload::Upload;
use super::{judge, redirect, watch};
use crate::body::Body;
use crate::client::check_credentials;
use crate::clock::{Elapsed, Sleep, until};
use crate::decode::Response;
use crate::error::{Error, ErrorKind};
use crate::transport::Delivery;

/// Makes one attempt.
// A waiting call is one allocation that holds the futures of this module. Those that most calls do not need (opening a body,
// fetching a credential, following a redirect) are boxed, to keep it small.
pub(super) async fn attempt(
    plan: &Plan,
    progress: &mut Progress,
    deadline: Pin<&mut Sleep>,
) -> Result<Response, Error> {
    progress.begun += 1;
    progress.fetched = Vec::new();
    if plan.providers().next().is_some() {
        progress.fetched = Box::pin(fetch_credentials(plan, progress)).await?;
    }
    let (opened, upload) = match plan.body.is_ready() {
        true => (None, None),
        false => Box::pin(open_body(plan, progress)).await?,
    };
    progress.attempts += 1;
    let mut limits = TimeLimits::of_attempt(plan, progress, deadline, upload);
    let delivery = Delivery::default();
    let sender = Sender::new(plan, progress.attempts, &progress.fetched, &delivery);
    let mut result = match &sender.watch {
        None => exchange(&sender, opened, &mut limits, &mut progress.is_at_home).await,
        Some(watch) => {
            let attempt = exchange(&sender, opened, &mut limits, &mut progress.is_at_home);
            watch::attempt(watch, Box::pin(attempt)).await
        }
    };
    if let Ok(response) = &mut result {
        response.secrets = plan.secrets(sender.fetched);
    }
    progress.uploading = progress.uploading.saturating_add(limits.uploading());
    progress.sent_again |= delivery.is_repeated();
    result
}

/// Sends the request of an attempt and receives its response.
async fn exchange(
    sender: &Sender<'_>,
    opened: Option<Box<Body>>,
    limits: &mut TimeLimits<'_>,
    is_at_home: &mut bool,
) -> Result<Response, Error> {
    let ended = |kind| Error::new(kind, "").with_effect(sender.delivery.effect());
    let response = limits.within(pin!(reach(sender, opened, is_at_home))).await.map_err(ended)??;
    judge::receive(sender.plan, response, sender.attempt, limits).await
}

/// Sends the request, and follows redirects if the call opted in.
async fn reach(
    sender: &Sender<'_>,
    opened: Option<Box<Body>>,
    is_at_home: &mut bool,
) -> Result<HttpResponse<Body>, Error> {
    *is_at_home = sender.plan.is_own;
    let response = sender.send(opened.map_or_else(|| sender.plan.body.ready(), |body| *body)).await?;
    match redirect::is_followed(sender.plan, &response) {
        true => Box::pin(redirect::follow(sender, response, is_at_home)).await,
        false => Ok(response),
    }
}

/// Asks the providers for their credentials, within the deadline.
async fn fetch_credentials(plan: &Plan, progress: &Progress) -> Result<Vec<Fetched>, Error> {
    let mut fetched: Vec<Fetched> = Vec::new();
    for provider in plan.providers() {
        let cached = in_time(plan, progress, provider.get(&plan.client().clock)).await??;
        if !plan.overrides_credential(&cached.credential.name) {
            fetched.push(Fetched { provider: provider.clone(), cached });
        }
    }
    let credentials: Vec<_> = fetched.iter().map(|fetched| &fetched.cached.credential).collect();
    check_credentials(&mut credentials.iter().copied(), &plan.client().headers.given)?;
    plan.check_scheme(&credentials)?;
    Ok(fetched)
}

/// Opens or takes a body, and watches its upload.
async fn open_body(
    plan: &Plan,
    progress: &Progress,
) -> Result<(Option<Box<Body>>, Option<Arc<Upload>>), Error> {
    let body = in_time(plan, progress, take_body(plan)).await??;
    let (body, upload) = Upload::watch(body, &plan.client().clock);
    Ok((Some(Box::new(body)), upload))
}

/// Returns the body of one attempt.
pub(super) async fn take_body(plan: &Plan) -> Result<Body, Error> {
    match plan.body.body().await {
        Ok(Some(body)) => Ok(body),
        Ok(None) => Err(Error::new(ErrorKind::Body, "it can be sent only once")),
        Err(error) => Err(Error::new(ErrorKind::Body, "").with_source(error)),
    }
}

/// Waits for a step before the attempt, within the deadline.
async fn in_time<F: Future>(plan: &Plan, progress: &Progress, future: F) -> Result<F::Output, Error> {
    let limit = pin!(plan.client().clock.sleep(progress.time_left(plan)));
    until(limit, pin!(future)).await.map_err(|Elapsed| Error::new(ErrorKind::Deadline, ""))
}
