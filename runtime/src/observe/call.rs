//! A call that somebody listens to: its span, its event and its callback.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use http::StatusCode;
use tracing::field::Empty;
use tracing::{Level, Span};

use super::Observers;
use super::summary::{CallSummary, Ending};
use super::target::Server;
use crate::call_site::CallSite;
use crate::clock::Clock;
use crate::error::Error;

/// The facts of a call that its attempts need, too.
pub(crate) struct CallWatch {
    pub(super) site: CallSite,
    pub(super) template: String,
    pub(super) clock: Clock,
    pub(super) observers: Observers,
    /// How often the request was tried.
    pub(super) attempts: AtomicU32,
    /// How often it was sent; a redirect sends it once more.
    pub(super) requests: AtomicU32,
}

/// Reports the end of a call when it is dropped: as cancelled, unless it was told otherwise.
pub(crate) struct CallEnd {
    watch: Arc<CallWatch>,
    span: Span,
    server: Server,
    start: Instant,
    ending: Ending,
}

impl CallEnd {
    /// Begins to watch a call that goes to `url`; `None` if nobody listens. Boxed, because most calls have none.
    pub(crate) fn begin(
        site: &CallSite,
        url: &str,
        clock: &Clock,
        observers: &Observers,
    ) -> Option<Box<Self>> {
        let endpoint = site.endpoint;
        let span = tracing::info_span!(
            target: "declarest",
            "call",
            otel.name = %format_args!("{}::{}", endpoint.api, endpoint.name),
            otel.kind = "internal",
            otel.status_code = Empty,
            declarest.api = endpoint.api,
            declarest.method = endpoint.name,
            url.template = Empty,
            server.address = Empty,
            server.port = Empty,
            "error.type" = Empty,
        );
        // The event of the end may be listened to without the span.
        let is_watched = !span.is_disabled()
            || observers.is_listening()
            || tracing::event_enabled!(target: "declarest", Level::DEBUG);
        is_watched.then(|| Self::new(site, url, clock, observers, span))
    }

    #[cold]
    fn new(site: &CallSite, url: &str, clock: &Clock, observers: &Observers, span: Span) -> Box<Self> {
        let (template, server) = (site.template(), Server::of(url));
        span.record("url.template", template.as_str());
        span.record("server.address", server.address.as_str());
        span.record("server.port", server.port);
        let watch = CallWatch {
            site: site.clone(),
            template,
            clock: clock.clone(),
            observers: observers.clone(),
            attempts: AtomicU32::new(0),
            requests: AtomicU32::new(0),
        };
        let start = clock.now();
        Box::new(Self { watch: Arc::new(watch), span, server, start, ending: Ending::CANCELLED })
    }

    /// Returns what the attempts of the call need.
    pub(crate) fn watch(&self) -> Arc<CallWatch> {
        self.watch.clone()
    }

    /// Returns the span of the call.
    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    /// Notes that a response was accepted. Unless an error follows, this is how the call ends.
    pub(crate) fn responded(&mut self, status: StatusCode) {
        self.ending = Ending::succeeded(status);
    }

    /// Notes the error of the call.
    pub(crate) fn failed(&mut self, error: &Error) {
        self.ending = Ending::failed(error);
    }

    fn event(&self, summary: &CallSummary) {
        let endpoint = summary.endpoint();
        tracing::debug!(
            target: "declarest",
            parent: &self.span,
            {
            declarest.api = endpoint.api,
            declarest.method = endpoint.name,
            outcome = summary.outcome().code(),
            attempts = summary.attempts,
            elapsed = ?summary.elapsed,
            http.response.status_code = summary.status().map(|status| status.as_u16()),
            "error.type" = summary.error_type(),
            },
            "the call has ended"
        );
    }
}

impl Drop for CallEnd {
    fn drop(&mut self) {
        // The declared type has panicked while it read the response.
        if std::thread::panicking() {
            self.ending = Ending::CANCELLED;
        }
        self.ending.record(&self.span);
        let summary = CallSummary {
            call: self.watch.clone(),
            server: std::mem::take(&mut self.server),
            ending: self.ending,
            attempts: self.watch.attempts.load(Ordering::Relaxed),
            elapsed: self.watch.clock.now().saturating_duration_since(self.start),
        };
        self.event(&summary);
        if let Some(on_call_end) = &self.watch.observers.on_call_end {
            on_call_end(&summary);
        }
    }
}
