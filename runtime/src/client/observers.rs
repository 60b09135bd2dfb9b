//! Callbacks for metrics, and what spans show.

use std::sync::Arc;

use super::ClientBuilder;
use crate::observe::{AttemptSummary, CallSummary};

impl ClientBuilder {
    /// Calls `observe` when an attempt ends: with a response that was accepted, with an error, or because it was dropped. Default:
    /// nothing is called.
    ///
    /// An attempt begins when its request is given to the layers, or to the transport: what fails before (an argument, a credential that
    /// cannot be fetched) is not an attempt. It ends when the response was judged and a buffered body was read; that of a stream
    /// ends with the head. A body that does not fit the declared type fails the call, not the attempt.
    ///
    /// It is called by the task that polls the call, so it must not block; a panic of it becomes a panic of the call. A second function
    /// replaces the first.
    ///
    /// ```
    /// # use declarest::Client;
    /// Client::builder("https://api.example.com").on_attempt_end(|attempt| {
    ///     if attempt.attempt() > 1 {
    ///         eprintln!("{}: attempt {}", attempt.endpoint().name, attempt.attempt());
    ///     }
    /// });
    /// ```
    #[must_use]
    pub fn on_attempt_end(mut self, observe: impl Fn(&AttemptSummary) + Send + Sync + 'static) -> Self {
        self.settings.observers.on_attempt_end = Some(Arc::new(observe));
        self
    }

    /// Calls `observe` when a call ends: with a value, with an error, or because it was dropped ([`Outcome::Cancelled`]). Default:
    /// nothing is called.
    ///
    /// Every call that was polled ends once, also one that fails before anything is sent. A call that returns a stream ends
    /// when the head has come and was accepted; errors within the stream are not seen, and a connection that
    /// [`Events::reconnect`] makes again is a call of its own. Each page of a list is a call. A call to a fake is not seen.
    ///
    /// It is called by the task that polls the call, so it must not block; a panic of it becomes a panic of the call. A second function
    /// replaces the first. The page [`observability`](crate::observability) lists spans and events, too.
    ///
    /// ```
    /// # use declarest::Client;
    /// Client::builder("https://api.example.com").on_call_end(|call| {
    ///     let endpoint = call.endpoint();
    ///     let error = call.error_type().unwrap_or("none");
    ///     println!("{}::{} {error} {:?}", endpoint.api, endpoint.name, call.elapsed());
    /// });
    /// ```
    ///
    /// [`Outcome::Cancelled`]: crate::Outcome::Cancelled
    /// [`Events::reconnect`]: crate::Events::reconnect
    #[must_use]
    pub fn on_call_end(mut self, observe: impl Fn(&CallSummary) + Send + Sync + 'static) -> Self {
        self.settings.observers.on_call_end = Some(Arc::new(observe));
        self
    }

    /// Adds the URL of each request to the span of its attempt, as `url.full`. Default: it is left out, because it holds the values of
    /// paths and queries.
    ///
    /// An [`Auth::api_key_query`](crate::Auth::api_key_query) is not in it, and the signatures of signed URLs read `REDACTED`, as
    /// does the whole query of a redirect. Any other value is shown.
    ///
    /// ```
    /// # use declarest::Client;
    /// Client::builder("https://api.example.com").trace_full_url();
    /// ```
    #[must_use]
    pub fn trace_full_url(mut self) -> Self {
        self.settings.observers.full_url = true;
        self
    }
}
