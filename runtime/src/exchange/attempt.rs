//! One attempt: send, look at the status, read the body.

use std::pin::{Pin, pin};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, header};

use super::{Exchange, Presents, Progress};
use crate::body::Body;
use crate::client::{AuthHeader, AuthKind, Settings};
use crate::decode::{Answer, AnswerBody, StreamedBody, content_coding, discard, read};
use crate::error::{Error, ErrorKind};
use crate::reply::Head;
use crate::retry::Verdict;
use crate::time::{Elapsed, Sleep, until};
use crate::transport::{Attempt, Delivery};

// What waits for an answer is one allocation of this module's futures. So whatever most calls have no use for (a body
// that is opened, a credential that is fetched, a limit of its own, a redirect) is boxed.
impl Exchange {
    /// One attempt: send, look at the status, read the body.
    pub(super) async fn attempt(
        &self,
        progress: &mut Progress,
        mut deadline: Pin<&mut Sleep>,
    ) -> Result<Answer, Error> {
        if self.presents == Presents::Fetched {
            Box::pin(self.fetch_credential(progress, deadline.as_mut())).await?;
        }
        let opened = match self.payload.is_ready() {
            true => None,
            false => Some(Box::new(Box::pin(self.body()).await?)),
        };
        progress.attempts += 1;
        let delivery = Delivery::default();
        let credential = self.credential(progress);
        let body = opened.map_or_else(|| self.payload.ready(), |body| *body);
        let mut sending = pin!(self.parts.client.0.transport.send(self.request(body, credential), &delivery));
        let mut exchange = pin!(self.receive(sending.as_mut(), credential, progress.attempts, &delivery));
        let (kind, done) = match self.attempt_timeout() {
            None => (ErrorKind::Deadline, until(deadline.as_mut(), exchange.as_mut()).await),
            Some(timeout) => {
                let mut limit = Box::pin(self.parts.client.0.time.sleep(timeout));
                let limited = pin!(until(limit.as_mut(), exchange.as_mut()));
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

    /// Asks the provider for the credential, within the deadline.
    async fn fetch_credential(
        &self,
        progress: &mut Progress,
        deadline: Pin<&mut Sleep>,
    ) -> Result<(), Error> {
        let provider = self.provider().ok_or_else(|| Error::new(ErrorKind::Credentials, ""))?;
        let held = until(deadline, pin!(provider.get(&self.parts.client.0.time))).await;
        let held = held.unwrap_or_else(|Elapsed| Err(Error::new(ErrorKind::Deadline, "")))?;
        self.parts.endpoint.auth.takes(held.header.scheme)?;
        progress.held = Some(Box::new(held));
        Ok(())
    }

    /// What the attempt presents.
    fn credential<'a>(&'a self, progress: &'a Progress) -> Option<&'a AuthHeader> {
        match (self.presents, &self.parts.auth().kind) {
            (Presents::Header, AuthKind::Header(header)) => Some(header),
            (Presents::Fetched, _) => progress.held.as_ref().map(|held| &held.header),
            _ => None,
        }
    }

    /// The request of one attempt. What is the same for all calls joins here, so that most calls carry no headers.
    pub(super) fn request<'a>(&'a self, body: Body, credential: Option<&'a AuthHeader>) -> Attempt<'a> {
        let mut headers = self.parts.headers.clone();
        let said = !headers.is_empty();
        let mut add = |name: &HeaderName, value: &HeaderValue| {
            if !said || !headers.contains_key(name) {
                headers.insert(name, value.clone());
            }
        };
        if let Some(media) = self.content_type {
            add(&header::CONTENT_TYPE, media);
        }
        if let Some(media) = self.parts.endpoint.accept.or(self.reading.media_type).and_then(accept) {
            add(&header::ACCEPT, &media);
        }
        if let Some(codings) = content_coding::accepted().filter(|_| self.compressed) {
            add(&header::ACCEPT_ENCODING, codings);
        }
        for (name, value) in &self.parts.client.0.headers {
            add(name, value);
        }
        Attempt {
            method: self.method.clone(),
            url: &self.parts.url,
            headers,
            body,
            credential,
            base: &self.parts.client.0.base,
            extensions: self.extensions_for_layers(),
        }
    }

    /// Waits for the answer and reads its body within the limit.
    async fn receive(
        &self,
        sending: Pin<&mut impl Future<Output = Result<Response<Body>, Error>>>,
        credential: Option<&AuthHeader>,
        attempts: u32,
        delivery: &Delivery,
    ) -> Result<Answer, Error> {
        let mut response = sending.await?;
        if self.redirects(&response) {
            response = Box::pin(self.follow(response, credential, delivery)).await?;
        }
        if self.compressed {
            content_coding::decode(&mut response);
        }
        let Settings { body_limit, error_limit, .. } = self.parts.client.0.settings;
        let body = match (self.accepts(&response), self.reading.body) {
            (false, _) => read(response.body_mut(), error_limit).await,
            (true, AnswerBody::Buffered) => read(response.body_mut(), body_limit).await,
            (true, AnswerBody::Ignored) => {
                discard(response.body_mut()).await;
                Ok(Bytes::new())
            }
            (true, AnswerBody::Streamed) => Ok(Bytes::new()),
        };
        self.judge(response, body, attempts)
    }

    fn accepts(&self, response: &Response<Body>) -> bool {
        (self.reading.accepts)(response.status())
    }

    /// Judges the status, and what the client's `classify` makes of it.
    fn judge(
        &self,
        response: Response<Body>,
        body: Result<Bytes, Error>,
        attempts: u32,
    ) -> Result<Answer, Error> {
        let accepted = self.accepts(&response);
        let (http::response::Parts { status, headers, .. }, rest) = response.into_parts();
        let (endpoint, scope) = (self.parts.endpoint, self.parts.scope.clone());
        let head = Head { status, headers, attempts, endpoint, scope };
        let body = match body {
            Ok(body) => body,
            // An error's body is a courtesy: one that is too long or cut off does not hide the status.
            Err(_) if !accepted => Bytes::new(),
            Err(error) => return Err(error.with_answer(head.status, head.headers)),
        };
        if accepted && self.reading.body == AnswerBody::Streamed {
            return Ok(self.answer(head, body, Some(rest)));
        }
        let verdict = self.verdict(&head, &body);
        let kind = match verdict {
            Verdict::ByStatus if accepted => return Ok(self.answer(head, body, None)),
            _ if head.status.is_redirection() && !accepted => ErrorKind::Redirect,
            _ if !accepted => ErrorKind::Status,
            _ => ErrorKind::Classified,
        };
        let error = Error::new(kind, "").with_answer(head.status, head.headers).with_body(body);
        Err(match verdict {
            Verdict::ByStatus => error,
            verdict => error.with_classified(verdict == Verdict::Repeat),
        })
    }

    pub(crate) fn answer(&self, head: Head, body: Bytes, stream: Option<Body>) -> Answer {
        let Settings { stall, item_limit, .. } = self.parts.client.0.settings;
        let time = &self.parts.client.0.time;
        let stream =
            stream.map(|body| Box::new(StreamedBody { body, time: time.clone(), stall, item_limit }));
        Answer { head, body, stream }
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
        if self.parts.client.0.transport.has_service() {
            extensions.insert(self.parts.endpoint);
        }
        extensions
    }
}

/// The value of `Accept`, for most calls without a look at its bytes.
fn accept(media: &'static str) -> Option<HeaderValue> {
    static JSON: HeaderValue = HeaderValue::from_static("application/json");
    if media == "application/json" {
        return Some(JSON.clone());
    }
    HeaderValue::from_maybe_shared(Bytes::from_static(media.as_bytes())).ok()
}
