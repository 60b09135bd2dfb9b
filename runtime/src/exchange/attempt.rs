//! One attempt: send, look at the status, read the body.

use std::pin::{Pin, pin};
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http::header;

use super::upload::{Limits, Upload};
use super::{CallCredential, Exchange, Progress};
use crate::body::Body;
use crate::client::Settings;
use crate::decode::{Answer, AnswerBody, discard, read};
use crate::error::{Error, ErrorKind};
use crate::reply::Head;
use crate::retry::Verdict;
use crate::time::{Elapsed, until};
use crate::transport::{Attempt, Credential, Delivery};

impl Exchange {
    /// One attempt: send, look at the status, read the body.
    pub(super) async fn attempt(
        &self,
        progress: &mut Progress,
        mut deadline: Pin<&mut impl Future<Output = ()>>,
    ) -> Result<Answer, Error> {
        progress.begun += 1;
        let (body, upload) = match self.payload.ready() {
            Some(body) => (body, None),
            // Boxed: most calls have no use for its room.
            None => Box::pin(self.streamed(progress)).await?,
        };
        let provided = match &self.credential {
            CallCredential::Provided(_) => Some(self.provided(progress).await?),
            _ => None,
        };
        let credential = match &self.credential {
            CallCredential::Fixed(credential) => Some(credential),
            _ => provided.as_ref(),
        };
        progress.attempts += 1;
        let (delivery, refused) = (Delivery::default(), OnceLock::new());
        let mut exchange = pin!(self.exchange(body, credential, progress.attempts, &delivery, &refused));
        let done = match (&upload, self.attempt_timeout) {
            (Some(upload), _) => Box::pin(self.upload(upload, progress, exchange.as_mut())).await,
            (None, None) => {
                until(deadline.as_mut(), exchange.as_mut()).await.map_err(|Elapsed| ErrorKind::Deadline)
            }
            (None, Some(timeout)) => {
                let limit = pin!(self.client.0.time.sleep(timeout));
                let limited = pin!(until(limit, exchange.as_mut()));
                let done = until(deadline.as_mut(), limited).await.map_err(|Elapsed| ErrorKind::Deadline);
                done.and_then(|done| done.map_err(|Elapsed| ErrorKind::Timeout))
            }
        };
        progress.sent_again |= delivery.is_repeated();
        done.unwrap_or_else(|kind| {
            Err(match refused.get() {
                // The status is known, and it is what the caller has to know.
                Some(head) => self.refusal(Head::clone(head), Bytes::new()),
                None => Error::new(kind, "").with_effect(delivery.effect()),
            })
        })
    }

    /// A body that is opened or taken, watched on its way up.
    async fn streamed(&self, progress: &Progress) -> Result<(Body, Option<Arc<Upload>>), Error> {
        let body = self.in_time(progress, pin!(self.body())).await??;
        Ok(Upload::watch(body, &self.client.0.time))
    }

    /// An attempt with a streamed body, whose time on the way up does not count.
    async fn upload<F: Future>(
        &self,
        upload: &Upload,
        progress: &mut Progress,
        exchange: Pin<&mut F>,
    ) -> Result<F::Output, ErrorKind> {
        let begun = self.client.0.time.now().saturating_duration_since(progress.start);
        let limits = Limits {
            start: progress.start,
            deadline: self.deadline.saturating_add(progress.uploading),
            attempt: self.attempt_timeout.map(|timeout| begun.saturating_add(timeout)),
            stall: self.client.0.settings.stall,
        };
        let done = upload.within(&limits, exchange).await;
        progress.uploading = progress.uploading.saturating_add(upload.took());
        done
    }

    /// The body of one attempt.
    pub(crate) async fn body(&self) -> Result<Body, Error> {
        match self.payload.body().await {
            Ok(Some(body)) => Ok(body),
            Ok(None) => Err(Error::new(ErrorKind::Body, "it can be sent once only")),
            Err(error) => Err(Error::new(ErrorKind::Body, "").with_source(error)),
        }
    }

    /// The credential that a provider gives, within the deadline.
    async fn provided(&self, progress: &mut Progress) -> Result<Credential, Error> {
        let provider = self.provider().ok_or_else(|| Error::new(ErrorKind::Credentials, ""))?;
        // Boxed: most calls have no use for its room.
        let mut get = Box::pin(provider.get(&self.client.0.time));
        let held = Box::pin(self.in_time(progress, get.as_mut())).await??;
        self.endpoint.auth.takes(held.header.scheme)?;
        let credential = Credential::new(&held.header, &self.client.0.base);
        progress.held = Some(held);
        Ok(credential)
    }

    /// Sends once and reads the answer.
    async fn exchange(
        &self,
        body: Body,
        credential: Option<&Credential>,
        attempts: u32,
        delivery: &Delivery,
        refused: &OnceLock<Head>,
    ) -> Result<Answer, Error> {
        let mut response = self.client.0.transport.send(self.request(body, credential), delivery).await?;
        if self.redirects(&response) {
            // Boxed: most calls have no use for its room.
            response = Box::pin(self.follow(response, credential, delivery)).await?;
        }
        self.receive(response, attempts, refused).await
    }

    /// The request of one attempt. What is the same for all calls joins here, so that most calls carry no headers.
    pub(super) fn request<'a>(&'a self, body: Body, credential: Option<&'a Credential>) -> Attempt<'a> {
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
            credential,
            extensions: self.extensions_for_layers(),
        }
    }

    /// Judges the status and reads the body within its limit. What is `refused` is known before its body is.
    async fn receive(
        &self,
        response: http::Response<Body>,
        attempts: u32,
        refused: &OnceLock<Head>,
    ) -> Result<Answer, Error> {
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
            let head = refused.get_or_init(|| head);
            // An error's body is a courtesy: one that is too long or cut off does not hide the status.
            let body = read(&head.headers, body, settings.error_limit).await.unwrap_or_default();
            return Err(self.refusal(head.clone(), body));
        }
        let (body, stream) = match self.reading.body {
            AnswerBody::Ignored if settings.classify.is_some() => {
                (read(&head.headers, body, settings.error_limit).await.unwrap_or_default(), None)
            }
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
        // `classify` has read what the type does not ask for.
        let body = if self.reading.body == AnswerBody::Ignored { Bytes::new() } else { body };
        Ok(self.answer(head, body, stream))
    }

    /// The error of an answer whose status is no success.
    fn refusal(&self, head: Head, body: Bytes) -> Error {
        let kind = if head.status.is_redirection() { ErrorKind::Redirect } else { ErrorKind::Status };
        let verdict = self.verdict(&head, &body);
        let error = Error::new(kind, "").with_answer(head.status, head.headers).with_body(body);
        match verdict {
            Verdict::ByStatus => error,
            verdict => error.with_classified(verdict == Verdict::Repeat),
        }
    }

    pub(crate) fn answer(&self, head: Head, body: Bytes, stream: Option<Body>) -> Answer {
        let Settings { stall, item_limit, .. } = self.client.0.settings;
        Answer { head, body, stream, time: self.client.0.time.clone(), stall, item_limit }
    }

    /// What the client's `classify` says of an answer.
    fn verdict(&self, head: &Head, body: &[u8]) -> Verdict {
        self.client.0.settings.classify.as_ref().map_or(Verdict::ByStatus, |classify| classify(head, body))
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
