//! One call, from its description to its response: the attempt loop.

mod again;
mod attempt;
mod judge;
mod layers;
mod plan;
mod redirect;
mod retry;
mod sender;
mod time_limits;
mod upload;
mod watch;

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;

pub(crate) use self::plan::{Plan, ResponseExpectations};
use self::retry::Progress;
use crate::client::Inner;
use crate::clock::is_in_tokio;
use crate::decode::Response;
use crate::error::{Error, ErrorKind};
use crate::observe::CallEnd;
use crate::request::RequestParts;
use crate::transport::SharedDelivery;

/// A call that runs.
pub(crate) type Running = Pin<Box<dyn Future<Output = Result<Response, Error>> + Send>>;

/// Starts the call. Every error names the endpoint.
pub(crate) fn start(parts: RequestParts, expects: ResponseExpectations) -> Running {
    let site = parts.0.site.clone();
    let end = watch::begin(&parts.0.client.0, &site, parts.0.url.as_str());
    let plan = Plan::new(parts, expects).and_then(|plan| check_runtime(plan.client()).map(|()| plan));
    match plan {
        Ok(plan) => launch(plan, end),
        Err(error) => watch::refused(error.called(&site), end),
    }
}

/// Makes a call that is planned, and tells those who listen of its end.
fn launch(mut plan: Plan, end: Option<Box<CallEnd>>) -> Running {
    plan.watch = end.as_ref().map(|end| end.watch());
    let running: Running = match plan.client().call_layers.clone() {
        Some(layers) => Box::pin(layers::run(plan, layers)),
        None => Box::pin(async move {
            let mut result = run(&plan, None).await;
            keep_call(&mut result, || Arc::new(plan));
            result
        }),
    };
    watch::call(running, end)
}

/// Gives a stream the call that it belongs to, which it may make again.
fn keep_call(result: &mut Result<Response, Error>, plan: impl FnOnce() -> Arc<Plan>) {
    if let Ok(Response { stream: Some(stream), .. }) = result {
        stream.call = Some(plan());
    }
}

/// Refuses a call that is polled outside of a Tokio runtime, unless clock and transport are the user's own.
fn check_runtime(client: &Inner) -> Result<(), Error> {
    if (client.clock.is_custom() && client.transport.is_custom()) || is_in_tokio() {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Configuration,
        "the call was polled outside of a Tokio runtime: await it inside of one, or give the client a `transport` and a \
         `timer` of your own",
    ))
}

/// The attempt loop. Layers around it learn through `delivery` what was sent, also when they drop it.
async fn run(plan: &Plan, delivery: Option<&SharedDelivery>) -> Result<Response, Error> {
    let clock = &plan.client().clock;
    let mut progress = Progress::begin(clock.now());
    let mut deadline = pin!(clock.sleep_from(progress.start, plan.deadline));
    loop {
        if let Some(delivery) = delivery {
            delivery.started();
        }
        let error = match attempt::attempt(plan, &mut progress, deadline.as_mut()).await {
            Ok(response) => {
                progress.succeeded(plan.budget());
                return Ok(response);
            }
            Err(error) => error,
        };
        if let Some(delivery) = delivery {
            delivery.failed(error.kind(), progress.is_unsent(&error));
        }
        let error = progress.settle(plan, error);
        let Some(wait) = progress.wait_before_retry(plan, &error) else { return Err(error) };
        // Tokio's clock ticks in milliseconds: even a sleep of zero lasts until the next tick.
        if !wait.is_zero() {
            clock.wait(wait).await;
        }
        watch::repeated(plan, progress.attempts, &error, wait);
        progress.last = Some(error);
    }
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;
    use crate::client::Client;
    use crate::decode::Decode as _;

    /// A running call is one allocation beside those of its transport. If it is nearly empty, planning failed.
    #[test]
    fn a_running_call_is_one_small_box() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let _inside = runtime.enter();
        let call = Client::none().call::<()>(Method::GET, "/keys").call();
        let expects = ResponseExpectations { accepts: <()>::accepts, reads: <()>::reads, media_type: None };
        let running = start(call.into_described().unwrap(), expects);
        let size = size_of_val(&*running);
        assert!((256..=1032).contains(&size), "{size} bytes");
    }
}
