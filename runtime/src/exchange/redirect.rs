//! Follows redirects if a call opted in: of GET and HEAD only, which have no effect and no body.

use http::{Method, Response, StatusCode, header};
use tracing::{Instrument as _, Span};
use url::Url;

use super::plan::Plan;
use super::sender::Sender;
use crate::body::Body;
use crate::decode::discard;
use crate::endpoint::Redirects;
use crate::error::{Error, ErrorKind};
use crate::request::url::{check_target, resolve, same_origin};

/// How many redirects are followed.
const MAX_REDIRECTS: u32 = 10;

/// Returns whether a response is a redirect that the call follows.
pub(super) fn is_followed(plan: &Plan, response: &Response<Body>) -> bool {
    is_redirect(response.status())
        && plan.redirects != Redirects::Refuse
        && !(plan.expects.accepts)(response.status())
        && matches!(plan.method, Method::GET | Method::HEAD)
        && plan.body.bytes().is_some_and(<[u8]>::is_empty)
}

/// Follows redirects until another response comes. `is_at_home` becomes false when the chain leaves the client's origin. From then
/// on no credential is sent, even if the chain returns.
pub(super) async fn follow(
    sender: &Sender<'_>,
    mut response: Response<Body>,
    is_at_home: &mut bool,
) -> Result<Response<Body>, Error> {
    let plan = sender.plan;
    let Ok(mut here) = Url::parse(plan.url()) else {
        return Err(refused(&mut response, "the URL of the request is not valid"));
    };
    let (mut visited, mut redirects) = (Vec::new(), 0);
    while is_redirect(response.status()) {
        let next = target(plan, &here, &mut response)?;
        *is_at_home &= same_origin(&here, &next);
        if !*is_at_home && plan.redirects == Redirects::SameOrigin {
            return Err(refused(&mut response, "it leads to another origin"));
        }
        visited.push(here);
        redirects += 1;
        if visited.contains(&next) || redirects > MAX_REDIRECTS {
            return Err(refused(&mut response, "it leads in a circle"));
        }
        discard(response.body_mut()).await;
        let watch = sender.watch.as_ref();
        let span = watch.map_or_else(Span::none, |watch| watch.redirected(response.status(), next.as_str()));
        let sending = sender.send_redirected(next.as_str(), *is_at_home, redirects);
        response = sending.instrument(span).await?;
        here = next;
    }
    Ok(response)
}

/// Returns the target of a redirect (RFC 9110, 10.2.2) if a request may go there.
fn target(plan: &Plan, here: &Url, response: &mut Response<Body>) -> Result<Url, Error> {
    let Some(location) = response.headers().get(header::LOCATION) else {
        return Err(refused(response, "it has no `Location` header"));
    };
    let location = std::str::from_utf8(location.as_bytes()).ok();
    let Some(next) = location.and_then(|location| resolve(here.as_str(), location)) else {
        return Err(refused(response, "its `Location` is not a URL of http or https"));
    };
    if check_target(next.as_str(), plan.client().settings.allow_http).is_err()
        || (here.scheme() == "https" && next.scheme() == "http")
    {
        return Err(refused(response, "it leads to plain http"));
    }
    Ok(next)
}

fn refused(response: &mut Response<Body>, why: &str) -> Error {
    let headers = std::mem::take(response.headers_mut());
    Error::new(ErrorKind::Redirect, why).with_response(response.status(), headers)
}

/// Returns whether a status is a redirect with a `Location` (RFC 9110, 15.4). 300 leaves the choice to the caller, and 304 is not a
/// redirect.
fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}
