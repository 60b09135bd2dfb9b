//! One call from its description to its answer: send ⟶ decide ⟶ wait ⟶ again.

mod call_layers;
mod prepare;

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tracing::Instrument as _;

use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

pub(crate) use self::call_layers::attempt_loop;
use crate::body::{Body, Payload};
use crate::client::{Client, Settings};
use crate::decode::{Answer, AnswerBody, discard, read};
use crate::endpoint::Endpoint;
use crate::error::{Effect, Error, ErrorKind};
use crate::parts::RequestParts;
use crate::reply::Head;
use crate::retry::{Facts, Verdict, Withdrawal, asked_wait, is_repeatable};
use crate::scope::ScopePath;
use crate::time::{Elapsed, until};
use crate::transport::{Attempt, Credential, Delivery, SharedDelivery};

/// What the declared type asks of an answer; the rest of the way knows no types.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    pub(crate) accepts: fn(StatusCode) -> bool,
    pub(crate) body: AnswerBody,
    pub(crate) media_type: Option<&'static str>,
}

/// A call that runs.
pub(crate) type Running = Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send>>;

/// Makes the call, in a span if somebody listens. Every error says what was called.
pub(crate) fn start(parts: RequestParts, reading: Reading) -> Running {
    let (endpoint, scope) = (parts.endpoint, parts.scope.clone());
    let exchange = match Exchange::prepare(parts, reading) {
        Ok(exchange) => exchange,
        Err(error) => return Box::pin(std::future::ready(Err(error.called(endpoint, scope.as_ref())))),
    };
    let span = tracing::debug_span!(
        "call",
        api = endpoint.api,
        name = endpoint.name,
        method = endpoint.method,
        template = endpoint.template
    );
    if let Some(layers) = exchange.client.0.call_layers.clone() {
        return Box::pin(call_layers::run(exchange, layers).instrument(span));
    }
    if span.is_disabled() {
        return Box::pin(async move { exchange.run(None).await });
    }
    Box::pin(async move { exchange.run(None).await }.instrument(span))
}

/// A call with everything decided but the outcome.
#[derive(Clone)]
pub(crate) struct Exchange {
    pub(crate) client: Client,
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) scope: Option<Arc<ScopePath>>,
    method: Method,
    url: String,
    headers: HeaderMap,
    payload: Payload,
    content_type: Option<HeaderValue>,
    accept: Option<HeaderValue>,
    credential: Option<Credential>,
    extensions: http::Extensions,
    pub(crate) reading: Reading,
    idempotent: bool,
    pub(crate) deadline: Duration,
    attempt_timeout: Option<Duration>,
    attempts: u32,
}

/// What has happened so far.
#[derive(Default)]
struct Progress {
    attempts: u32,
    /// What the last retry took from the budget.
    withdrawal: Option<Withdrawal>,
    /// The most that any attempt may have done.
    effect: Option<Effect>,
}

impl Exchange {
    /// The attempt loop. Layers around it get to know through `delivery` what was sent, also when they drop it.
    pub(crate) async fn run(&self, delivery: Option<&SharedDelivery>) -> Result<Answer, Error> {
        let time = &self.client.0.time;
        let start = time.now();
        let mut deadline = pin!(time.sleep(self.deadline));
        let mut progress = Progress::default();
        loop {
            if let Some(delivery) = delivery {
                delivery.started();
            }
            let error = match self.attempt(&mut progress, deadline.as_mut()).await {
                Ok(answer) => {
                    match progress.withdrawal.take() {
                        Some(withdrawal) => self.client.0.budget.give_back(withdrawal),
                        None => self.client.0.budget.refill(),
                    }
                    return Ok(answer);
                }
                Err(error) => {
                    if let Some(delivery) = delivery {
                        delivery.failed(error.kind(), error.effect() == Effect::NotSent);
                    }
                    self.settle(error, &mut progress).called(self.endpoint, self.scope.as_ref())
                }
            };
            let Some(wait) = self.wait_before_retry(&error, &mut progress) else { return Err(error) };
            let left = self.deadline.saturating_sub(time.now().saturating_duration_since(start));
            if wait >= left || until(deadline.as_mut(), pin!(time.sleep(wait))).await.is_err() {
                return Err(error);
            }
            tracing::debug!(
                endpoint = self.endpoint.name,
                attempts = progress.attempts,
                code = error.code(),
                ?wait,
                "repeating"
            );
        }
    }

    /// One attempt: send, look at the status, read the body.
    async fn attempt(
        &self,
        progress: &mut Progress,
        mut deadline: Pin<&mut impl Future<Output = ()>>,
    ) -> Result<Answer, Error> {
        let body = self.body().await?;
        progress.attempts += 1;
        let delivery = Delivery::default();
        let mut exchange = pin!(self.exchange(body, progress.attempts, &delivery));
        let (kind, done) = match self.attempt_timeout {
            None => (ErrorKind::Deadline, until(deadline.as_mut(), exchange.as_mut()).await),
            Some(timeout) => {
                let limit = pin!(self.client.0.time.sleep(timeout));
                let limited = pin!(until(limit, exchange.as_mut()));
                match until(deadline.as_mut(), limited).await {
                    Ok(done) => (ErrorKind::Timeout, done),
                    Err(Elapsed) => (ErrorKind::Deadline, Err(Elapsed)),
                }
            }
        };
        done.unwrap_or_else(|Elapsed| Err(Error::new(kind, "").with_effect(delivery.effect())))
    }

    /// The body of one attempt.
    pub(crate) async fn body(&self) -> Result<Body, Error> {
        match self.payload.body().await {
            Ok(Some(body)) => Ok(body),
            Ok(None) => Err(Error::new(ErrorKind::Body, "it can be sent once only")),
            Err(error) => Err(Error::new(ErrorKind::Body, "").with_source(error)),
        }
    }

    /// Sends once and reads the answer.
    async fn exchange(&self, body: Body, attempts: u32, delivery: &Delivery) -> Result<Answer, Error> {
        let response = self.client.0.transport.send(self.request(body), delivery).await?;
        self.receive(response, attempts).await
    }

    /// The request of one attempt. What is the same for all calls joins here, so that most calls carry no headers.
    fn request(&self, body: Body) -> Attempt<'_> {
        let mut headers = self.headers.clone();
        let own = [(header::CONTENT_TYPE, &self.content_type), (header::ACCEPT, &self.accept)];
        for (name, value) in own {
            if let Some(value) = value {
                headers.entry(name).or_insert_with(|| value.clone());
            }
        }
        for (name, value) in &self.client.0.headers {
            headers.entry(name).or_insert_with(|| value.clone());
        }
        Attempt {
            method: self.method.clone(),
            url: &self.url,
            headers,
            body,
            credential: self.credential.as_ref(),
            extensions: self.extensions_for_layers(),
        }
    }

    /// Judges the status and reads the body within its limit.
    async fn receive(&self, response: http::Response<Body>, attempts: u32) -> Result<Answer, Error> {
        let (head, body) = response.into_parts();
        let settings = &self.client.0.settings;
        let head = Head {
            status: head.status,
            headers: head.headers,
            attempts,
            endpoint: self.endpoint,
            scope: self.scope.clone(),
        };
        if !(self.reading.accepts)(head.status) {
            let kind = if head.status.is_redirection() { ErrorKind::Redirect } else { ErrorKind::Status };
            // An error's body is a courtesy: one that is too long or cut off does not hide the status.
            let body = read(&head.headers, body, settings.error_limit).await.unwrap_or_default();
            let verdict = self.verdict(&head, &body);
            let error = Error::new(kind, "").with_answer(head.status, head.headers).with_body(body);
            return Err(match verdict {
                Verdict::ByStatus => error,
                verdict => error.with_classified(verdict == Verdict::Repeat),
            });
        }
        let (body, stream) = match self.reading.body {
            AnswerBody::Ignored => {
                discard(body).await;
                (Bytes::new(), None)
            }
            AnswerBody::Streamed => (Bytes::new(), Some(body)),
            AnswerBody::Buffered => {
                let body = read(&head.headers, body, settings.body_limit).await;
                (body.map_err(|error| error.with_answer(head.status, head.headers.clone()))?, None)
            }
        };
        let verdict = if stream.is_none() { self.verdict(&head, &body) } else { Verdict::ByStatus };
        if verdict != Verdict::ByStatus {
            let error =
                Error::new(ErrorKind::Classified, "").with_answer(head.status, head.headers).with_body(body);
            return Err(error.with_classified(verdict == Verdict::Repeat));
        }
        Ok(self.answer(head, body, stream))
    }

    pub(crate) fn answer(&self, head: Head, body: Bytes, stream: Option<Body>) -> Answer {
        let Settings { stall, item_limit, .. } = self.client.0.settings;
        Answer { head, body, stream, time: self.client.0.time.clone(), stall, item_limit }
    }

    /// The request as the layers around the call see it.
    pub(crate) fn http_request(&self, body: Body) -> Result<http::Request<Body>, Error> {
        let attempt = self.request(body);
        let mut request = http::Request::new(attempt.body);
        *request.method_mut() = attempt.method;
        *request.uri_mut() = attempt
            .url
            .parse()
            .map_err(|_| Error::new(ErrorKind::Argument, "the request has no URL that HTTP knows"))?;
        *request.headers_mut() = attempt.headers;
        *request.extensions_mut() = self.extensions.clone();
        Ok(request)
    }

    /// The same call with what a layer around it made of the request.
    pub(crate) fn rewritten(
        &self,
        method: Method,
        url: String,
        headers: HeaderMap,
        payload: Payload,
    ) -> Self {
        let credential = self.credential.clone().filter(|_| self.client.0.base.owns(&url));
        Self { method, url, headers, payload, credential, ..self.clone() }
    }

    /// What the client's `classify` says of an answer.
    fn verdict(&self, head: &Head, body: &[u8]) -> Verdict {
        self.client.0.settings.classify.as_ref().map_or(Verdict::ByStatus, |classify| classify(head, body))
    }

    /// Says of a failed attempt what is true of the whole call.
    fn settle(&self, error: Error, progress: &mut Progress) -> Error {
        // An attempt that never left does not undo one that may have arrived.
        let before = progress.effect.unwrap_or(Effect::NotSent);
        let effect = match (before, error.effect()) {
            (Effect::NotSent, now) => now,
            (_, Effect::NotSent) => Effect::MaybeSent,
            (_, now) => now,
        };
        progress.effect = Some(effect);
        let wait = asked_wait(error.headers(), self.client.0.time.wall_clock());
        let error = error.with_effect(effect).with_attempts(progress.attempts);
        match wait {
            Some(wait) => error.with_retry_after(wait),
            None => error,
        }
    }

    /// How long to wait before the next attempt; `None` if there is none.
    fn wait_before_retry(&self, error: &Error, progress: &mut Progress) -> Option<Duration> {
        let settings = &self.client.0.settings;
        let facts = Facts {
            kind: error.kind(),
            effect: error.effect(),
            status: error.status(),
            idempotent: self.idempotent,
            should_retry: should_retry(error.headers()),
            classified: error.classified(),
        };
        let asked = error.retry_after();
        let retry = progress.attempts.saturating_sub(1);
        if progress.attempts >= self.attempts
            || !self.payload.is_replayable()
            || !is_repeatable(&facts)
            || asked.is_some_and(|wait| wait > settings.longest_wait)
        {
            return None;
        }
        let throttled = error.status() == Some(StatusCode::TOO_MANY_REQUESTS);
        progress.withdrawal = Some(self.client.0.budget.try_take(throttled)?);
        let backoff = settings.backoff.wait(retry, self.client.0.time.random());
        // Never less than asked; the jitter on top keeps those who were told the same apart.
        Some(asked.map_or(backoff, |asked| asked.max(backoff)))
    }

    /// What layers may know. Without layers nobody looks, so nothing is put there.
    fn extensions_for_layers(&self) -> http::Extensions {
        let mut extensions = self.extensions.clone();
        if self.client.0.transport.has_service() {
            extensions.insert(self.endpoint);
        }
        extensions
    }
}

/// The header `x-should-retry` of the vendors' SDKs.
fn should_retry(headers: &HeaderMap) -> Option<bool> {
    match headers.get("x-should-retry")?.as_bytes() {
        b"true" => Some(true),
        b"false" => Some(false),
        _ => None,
    }
}
