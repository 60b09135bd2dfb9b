//! An attempt that somebody listens to: its spans and its callback.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use http::StatusCode;
use tracing::Span;
use tracing::field::Empty;

use super::call::CallWatch;
use super::summary::{AttemptSummary, Ending};
use super::target::{Server, known_method, without_query, without_signatures};
use crate::error::Error;

/// Reports the end of an attempt when it is dropped: as cancelled, unless it was told otherwise.
pub(crate) struct AttemptWatch {
    call: Arc<CallWatch>,
    attempt: u32,
    start: Instant,
    /// What the spans of all requests belong to.
    parent: Span,
    request: Mutex<WatchedRequest>,
}

/// The request that is on its way: the first of the attempt, or that of a redirect.
struct WatchedRequest {
    span: Span,
    server: Server,
    ending: Ending,
}

impl AttemptWatch {
    /// Begins to watch an attempt that goes to `url`.
    pub(crate) fn begin(call: &Arc<CallWatch>, attempt: u32, url: &str) -> Box<Self> {
        call.attempts.fetch_add(1, Ordering::Relaxed);
        let (parent, server) = (Span::current(), Server::of(url));
        let span = request_span(call, &parent, &server, Some(&call.template), || without_signatures(url));
        Box::new(Self {
            start: call.clock.now(),
            call: call.clone(),
            attempt,
            parent,
            request: Mutex::new(WatchedRequest { span, server, ending: Ending::CANCELLED }),
        })
    }

    /// Polls the attempt in the span of the request that is on its way.
    pub(crate) fn within<F: Future>(&self, mut attempt: Pin<Box<F>>) -> impl Future<Output = F::Output> {
        poll_fn(move |cx| {
            let span = self.request().span.clone();
            span.in_scope(|| attempt.as_mut().poll(cx))
        })
    }

    /// Notes that a redirect leads to `url`, and returns the span of the request that goes there.
    pub(crate) fn redirected(&self, status: StatusCode, url: &str) -> Span {
        let server = Server::of(url);
        let span = request_span(&self.call, &self.parent, &server, None, || without_query(url));
        let next = WatchedRequest { span: span.clone(), server, ending: Ending::CANCELLED };
        let last = std::mem::replace(&mut *self.request(), next);
        Ending::succeeded(status).record(&last.span);
        span
    }

    /// Ends the attempt.
    pub(crate) fn ended(&self, result: Result<StatusCode, &Error>) {
        self.request().ending = result.map_or_else(Ending::failed, Ending::succeeded);
    }

    fn request(&self) -> MutexGuard<'_, WatchedRequest> {
        self.request.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for AttemptWatch {
    fn drop(&mut self) {
        let (server, ending) = {
            let mut request = self.request();
            request.ending.record(&request.span);
            (std::mem::take(&mut request.server), request.ending)
        };
        let Some(on_attempt_end) = &self.call.observers.on_attempt_end else { return };
        on_attempt_end(&AttemptSummary {
            call: self.call.clone(),
            server,
            ending,
            attempt: self.attempt,
            elapsed: self.call.clock.now().saturating_duration_since(self.start),
        });
    }
}

/// Makes the span of one request: a client span of OpenTelemetry's conventions. Without a `template` it is that of a redirect, whose
/// target no declaration names.
fn request_span(
    call: &CallWatch,
    parent: &Span,
    server: &Server,
    template: Option<&str>,
    url: impl FnOnce() -> String,
) -> Span {
    let endpoint = call.site.endpoint;
    let resends = call.requests.fetch_add(1, Ordering::Relaxed);
    let method = known_method(endpoint.method);
    // The conventions name a span of an unknown method `HTTP`.
    let verb = if method == endpoint.method { method } else { "HTTP" };
    let span = tracing::info_span!(
        target: "declarest",
        parent: parent,
        "attempt",
        otel.name = %format_args!("{verb}{}{}", if template.is_some() { " " } else { "" }, template.unwrap_or("")),
        otel.kind = "client",
        otel.status_code = Empty,
        declarest.api = endpoint.api,
        declarest.method = endpoint.name,
        http.request.method = method,
        http.request.method_original = (method != endpoint.method).then_some(endpoint.method),
        http.request.resend_count = (resends > 0).then_some(resends),
        http.response.status_code = Empty,
        url.template = template,
        url.full = Empty,
        server.address = server.address.as_str(),
        server.port = server.port,
        "error.type" = Empty,
    );
    if call.observers.full_url && !span.is_disabled() {
        span.record("url.full", url());
    }
    span
}
