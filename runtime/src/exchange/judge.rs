//! Judges responses. Every response comes here, whether from the wire, a layer or a cache.

use std::future::Future;
use std::pin::pin;

use bytes::Bytes;
use http::Response as HttpResponse;

use super::plan::Plan;
use super::time_limits::TimeLimits;
use crate::body::Body;
use crate::decode::{
    Response, ResponseBody, StreamedBody, content_coding, discard, ends_with_connection, is_cut, read,
    read_start,
};
use crate::error::{Effect, Error, ErrorKind};
use crate::head::Head;
use crate::media::JSON;
use crate::retry::Verdict;

/// Reads the body as far as it is needed, and judges the response.
///
/// Not an `async fn`, whose future would hold the response in addition to its head and body.
pub(super) fn receive<'a, 'b>(
    plan: &'a Plan,
    mut response: HttpResponse<Body>,
    attempts: u32,
    limits: &'a mut TimeLimits<'b>,
) -> impl Future<Output = Result<Response, Error>> + Send + use<'a, 'b> {
    let is_unframed = ends_with_connection(&response);
    let coding = if plan.negotiates_coding { content_coding::decode(&mut response) } else { None };
    let (parts, mut body) = response.into_parts();
    let head = Head::new(parts, attempts, plan.site().clone());
    let accepted = (plan.expects.accepts)(head.status);
    async move {
        if !accepted {
            // The status matters most. A body that is too long, cut off or late must not hide it.
            let body = limits.within(pin!(read_start(&mut body, plan.limits.error_body))).await;
            return Err(refusal(plan, head, body.unwrap_or_default()));
        }
        let needed = (plan.expects.reads)(&head);
        let read = match needed {
            ResponseBody::Streamed => return streamed(plan, head, body, coding),
            ResponseBody::Buffered => {
                let read = limits.within(pin!(read(&mut body, plan.limits.body))).await;
                read.map(|body| {
                    body.and_then(|body| if is_unframed { check_end(plan, body) } else { Ok(body) })
                })
            }
            ResponseBody::Rejected => {
                limits.within(pin!(read_start(&mut body, plan.limits.error_body))).await.map(Ok)
            }
            // For `classify`.
            ResponseBody::Ignored if plan.client().settings.classify.is_some() => {
                limits.within(pin!(read_start(&mut body, plan.limits.error_body))).await.map(Ok)
            }
            ResponseBody::Ignored => {
                discard(&mut body).await;
                Ok(Ok(Bytes::new()))
            }
        };
        accept(plan, head, needed, coding, read.unwrap_or_else(|kind| Err(Error::new(kind, ""))))
    }
}

/// Makes a response with an accepted status, whose body is read as it arrives.
fn streamed(plan: &Plan, head: Head, body: Body, coding: Option<String>) -> Result<Response, Error> {
    check_coding(coding, &head)?;
    let clock = plan.client().clock.clone();
    Ok(Response::streamed(head, StreamedBody { body, clock, limits: plan.limits, call: None }))
}

/// Makes a response with an accepted status, whose body was read.
fn accept(
    plan: &Plan,
    head: Head,
    needed: ResponseBody,
    coding: Option<String>,
    body: Result<Bytes, Error>,
) -> Result<Response, Error> {
    let ignored = needed == ResponseBody::Ignored;
    let body = match body {
        Ok(body) => body,
        Err(_) if ignored => Bytes::new(),
        Err(error) => return Err(error.with_response(head.status, head.headers)),
    };
    if !ignored && !body.is_empty() {
        check_coding(coding, &head)?;
    }
    match classify(plan, &head, &body) {
        // The body was read for `classify` only.
        Verdict::ByStatus => Ok(Response::buffered(head, if ignored { Bytes::new() } else { body })),
        verdict => {
            let error = Error::new(ErrorKind::Classified, "").with_head(head);
            Err(error.with_body(body).with_classified(verdict == Verdict::Repeat))
        }
    }
}

/// Refuses JSON that breaks off, in a body whose end does not tell. A cut that leaves valid JSON cannot be seen.
fn check_end(plan: &Plan, body: Bytes) -> Result<Bytes, Error> {
    let is_json = plan.expects.media_type.is_some_and(|media| media.as_bytes() == JSON.as_bytes());
    if is_json && !body.is_empty() && is_cut(&body) {
        let error = Error::new(ErrorKind::Truncated, "the connection ended within the JSON");
        return Err(error.with_effect(Effect::Responded));
    }
    Ok(body)
}

/// The error of a response whose status is not accepted.
fn refusal(plan: &Plan, head: Head, body: Bytes) -> Error {
    let kind = if head.status.is_redirection() { ErrorKind::Redirect } else { ErrorKind::Status };
    let verdict = classify(plan, &head, &body);
    let error = Error::new(kind, "").with_head(head).with_body(body);
    match verdict {
        Verdict::ByStatus => error,
        verdict => error.with_classified(verdict == Verdict::Repeat),
    }
}

/// Refuses a body in a content coding that is not built in, whose bytes the declared type cannot read.
fn check_coding(coding: Option<String>, head: &Head) -> Result<(), Error> {
    match coding {
        None => Ok(()),
        Some(coding) => Err(Error::new(
            ErrorKind::Decode,
            format!("the content coding `{coding}` is not built in and was not requested"),
        )
        .with_response(head.status, head.headers.clone())),
    }
}

/// Returns the verdict of the client's `classify`.
fn classify(plan: &Plan, head: &Head, body: &[u8]) -> Verdict {
    let classify = plan.client().settings.classify.as_ref();
    classify.map_or(Verdict::ByStatus, |classify| classify(head, body))
}
