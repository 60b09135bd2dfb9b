//! One attempt: send, look at the status, read the body.

use std::pin::{Pin, pin};
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http::HeaderMap;

use super::upload::{Limits, Upload};
use super::{CredentialSource, Exchange, Progress};
use crate::body::Body;
use crate::client::{AuthHeader, AuthKind, CachedCredential, Settings};
use crate::decode::{Response, ResponseBody, StreamedBody, content_coding, discard, read};
use crate::error::{Error, ErrorKind};
use crate::reply::Head;
use crate::retry::Verdict;
use crate::time::{Elapsed, Sleep, until};
use crate::transport::{Attempt, Delivery};

/// What is known of an attempt while it runs.
struct AttemptState<'a> {
    attempts: u32,
    credential: Option<&'a AuthHeader>,
    delivery: Delivery,
    /// The head of an answer that is no success, while its body is read.
    refused: OnceLock<Box<Head>>,
}

impl<'a> AttemptState<'a> {
    fn begin(attempts: u32, credential: Option<&'a AuthHeader>) -> Self {
        Self { attempts, credential, delivery: Delivery::default(), refused: OnceLock::new() }
    }
}

// What waits for an answer is one allocation of this module's futures. So whatever most calls have no use for (a body
// that is opened, a credential that is fetched, a limit of its own, a redirect) is boxed.
impl Exchange {
    /// One attempt: send, look at the status, read the body.
    pub(super) async fn attempt(
        &self,
        progress: &mut Progress,
        mut deadline: Pin<&mut Sleep>,
    ) -> Result<Response, Error> {
        progress.begun += 1;
        if self.presents == CredentialSource::Fetched {
            Box::pin(self.fetch_credential(progress)).await?;
        }
        let (body, upload) = match self.payload.is_ready() {
            true => (self.payload.ready(), None),
            false => Box::pin(self.streamed(progress)).await?,
        };
        progress.attempts += 1;
        let held = progress.held.clone();
        let underway = AttemptState::begin(progress.attempts, self.credential(held.as_deref()));
        let mut sending = pin!({
            let mut request = match self.common_headers() {
                Some(headers) => self.request_with(headers, body, None),
                None => self.request(body, underway.credential),
            };
            self.client().transport.send(&mut request, &underway.delivery)
        });
        let mut exchange = pin!(self.receive(sending.as_mut(), &underway));
        let done = match (&upload, self.attempt_timeout()) {
            (Some(upload), _) => Box::pin(upload.within(self.limits(progress), exchange.as_mut())).await,
            (None, None) => {
                until(deadline.as_mut(), exchange.as_mut()).await.map_err(|Elapsed| ErrorKind::Deadline)
            }
            (None, Some(timeout)) => {
                let mut limit = Box::pin(self.client().time.sleep(timeout));
                let limited = pin!(until(limit.as_mut(), exchange.as_mut()));
                let done = until(deadline.as_mut(), limited).await.map_err(|Elapsed| ErrorKind::Deadline);
                done.and_then(|done| done.map_err(|Elapsed| ErrorKind::Timeout))
            }
        };
        if let Some(upload) = upload {
            progress.uploading = progress.uploading.saturating_add(upload.took());
        }
        progress.sent_again |= underway.delivery.is_repeated();
        done.unwrap_or_else(|kind| Err(self.ended(kind, &underway)))
    }

    /// The error of an attempt whose time is up.
    fn ended(&self, kind: ErrorKind, underway: &AttemptState<'_>) -> Error {
        match underway.refused.get() {
            // The status is known, and it is what the caller has to know.
            Some(head) => self.refusal(Head::clone(head), Bytes::new()),
            None => Error::new(kind, "").with_effect(underway.delivery.effect()),
        }
    }

    /// A body that is opened or taken, watched on its way up.
    async fn streamed(&self, progress: &Progress) -> Result<(Body, Option<Arc<Upload>>), Error> {
        let body = self.in_time(progress, pin!(self.body())).await??;
        Ok(Upload::watch(body, &self.client().time))
    }

    /// What may end an attempt with a streamed body, whose time on the way up does not count.
    fn limits(&self, progress: &Progress) -> Limits {
        let begun = self.client().time.now().saturating_duration_since(progress.start);
        Limits {
            start: progress.start,
            deadline: self.deadline().saturating_add(progress.uploading),
            attempt: self.attempt_timeout().map(|timeout| begun.saturating_add(timeout)),
            stall: self.client().settings.stall,
        }
    }

    /// The body of one attempt.
    pub(crate) async fn body(&self) -> Result<Body, Error> {
        match self.payload.body().await {
            Ok(Some(body)) => Ok(body),
            Ok(None) => Err(Error::new(ErrorKind::Body, "it can be sent once only")),
            Err(error) => Err(Error::new(ErrorKind::Body, "").with_source(error)),
        }
    }

    /// Asks the provider for the credential, within the deadline.
    async fn fetch_credential(&self, progress: &mut Progress) -> Result<(), Error> {
        let provider = self.provider().ok_or_else(|| Error::new(ErrorKind::Credentials, ""))?;
        let held = self.in_time(progress, pin!(provider.get(&self.client().time))).await??;
        self.parts.endpoint.auth.takes(held.header.scheme)?;
        progress.held = Some(Arc::new(held));
        Ok(())
    }

    /// What the attempt presents.
    fn credential<'a>(&'a self, held: Option<&'a CachedCredential>) -> Option<&'a AuthHeader> {
        match (self.presents, &self.parts.auth().kind) {
            (CredentialSource::Header, AuthKind::Header(header)) => Some(header),
            (CredentialSource::Fetched, _) => held.map(|held| &held.header),
            _ => None,
        }
    }

    /// The request of one attempt, with the credential apart.
    pub(super) fn request<'a>(&'a self, body: Body, credential: Option<&'a AuthHeader>) -> Attempt<'a> {
        self.request_with(self.headers(), body, credential)
    }

    /// The same with other headers.
    fn request_with<'a>(
        &'a self,
        headers: HeaderMap,
        body: Body,
        credential: Option<&'a AuthHeader>,
    ) -> Attempt<'a> {
        Attempt {
            method: self.method.clone(),
            url: &self.parts.url,
            is_constant: self.parts.has_constant_url(),
            headers,
            body,
            credential,
            base: &self.client().base,
            extensions: self.extensions_for_layers(),
        }
    }

    /// Waits for the answer and reads its body within the limit. What is refused is known before its body is.
    async fn receive(
        &self,
        sending: Pin<&mut impl Future<Output = Result<http::Response<Body>, Error>>>,
        underway: &AttemptState<'_>,
    ) -> Result<Response, Error> {
        let mut response = sending.await?;
        if self.redirects(&response) {
            response = Box::pin(self.follow(response, underway.credential, &underway.delivery)).await?;
        }
        if self.compressed {
            content_coding::decode(&mut response);
        }
        if !self.accepts(&response) {
            underway.refused.get_or_init(|| Box::new(self.head(&response, underway.attempts)));
        }
        let body = match self.wants(&response) {
            Some(limit) => read(response.body_mut(), limit).await,
            None if self.reading.body == ResponseBody::Streamed => Ok(Bytes::new()),
            None => {
                discard(response.body_mut()).await;
                Ok(Bytes::new())
            }
        };
        self.judge(response, body, underway.attempts)
    }

    fn accepts(&self, response: &http::Response<Body>) -> bool {
        (self.reading.accepts)(response.status())
    }

    /// How much of the body is read, if it is read whole: for the declared type, for an error, or for `classify`.
    fn wants(&self, response: &http::Response<Body>) -> Option<usize> {
        let Settings { body_limit, error_limit, classify, .. } = &self.client().settings;
        match (self.accepts(response), self.reading.body) {
            (false, _) => Some(*error_limit),
            (true, ResponseBody::Buffered) => Some(*body_limit),
            (true, ResponseBody::Ignored) if classify.is_some() => Some(*error_limit),
            (true, ResponseBody::Ignored | ResponseBody::Streamed) => None,
        }
    }

    /// A copy of the head, for the time when the answer itself is lost.
    fn head(&self, response: &http::Response<Body>, attempts: u32) -> Head {
        let (status, headers) = (response.status(), response.headers().clone());
        Head { status, headers, attempts, endpoint: self.parts.endpoint, scope: self.parts.scope.clone() }
    }

    /// Judges the status, and what the client's `classify` makes of it.
    fn judge(
        &self,
        response: http::Response<Body>,
        body: Result<Bytes, Error>,
        attempts: u32,
    ) -> Result<Response, Error> {
        let accepted = self.accepts(&response);
        let (http::response::Parts { status, headers, .. }, rest) = response.into_parts();
        let (endpoint, scope) = (self.parts.endpoint, self.parts.scope.clone());
        let head = Head { status, headers, attempts, endpoint, scope };
        if !accepted {
            // An error's body is a courtesy: one that is too long or cut off does not hide the status.
            return Err(self.refusal(head, body.unwrap_or_default()));
        }
        let body = match (body, self.reading.body) {
            (Ok(_), ResponseBody::Streamed) => return Ok(self.answer(head, Bytes::new(), Some(rest))),
            (Ok(body), _) => body,
            (Err(_), ResponseBody::Ignored) => Bytes::new(),
            (Err(error), _) => return Err(error.with_response(head.status, head.headers)),
        };
        match self.verdict(&head, &body) {
            Verdict::ByStatus => {
                // `classify` has read what the type does not ask for.
                let body = if self.reading.body == ResponseBody::Ignored { Bytes::new() } else { body };
                Ok(self.answer(head, body, None))
            }
            verdict => {
                let error = Error::new(ErrorKind::Classified, "").with_response(head.status, head.headers);
                Err(error.with_body(body).with_classified(verdict == Verdict::Repeat))
            }
        }
    }

    /// The error of an answer whose status is no success.
    fn refusal(&self, head: Head, body: Bytes) -> Error {
        let kind = if head.status.is_redirection() { ErrorKind::Redirect } else { ErrorKind::Status };
        let verdict = self.verdict(&head, &body);
        let error = Error::new(kind, "").with_response(head.status, head.headers).with_body(body);
        match verdict {
            Verdict::ByStatus => error,
            verdict => error.with_classified(verdict == Verdict::Repeat),
        }
    }

    pub(crate) fn answer(&self, head: Head, body: Bytes, stream: Option<Body>) -> Response {
        let Settings { stall, item_limit, .. } = self.client().settings;
        let time = &self.client().time;
        let stream =
            stream.map(|body| Box::new(StreamedBody { body, time: time.clone(), stall, item_limit }));
        Response { head, body, stream }
    }

    /// What the client's `classify` says of an answer.
    fn verdict(&self, head: &Head, body: &[u8]) -> Verdict {
        self.parts
            .client
            .0
            .settings
            .classify
            .as_ref()
            .map_or(Verdict::ByStatus, |classify| classify(head, body))
    }

    /// What layers may know. Without layers nobody looks, so nothing is put there.
    fn extensions_for_layers(&self) -> http::Extensions {
        let mut extensions = self.parts.extensions.clone();
        if self.client().transport.has_service() {
            extensions.insert(self.parts.endpoint);
        }
        extensions
    }
}
