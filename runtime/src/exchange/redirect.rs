//! Redirects, for those who opted in: GET and HEAD only, so that nothing is done twice and no body travels.

use http::{HeaderMap, HeaderName, Method, Response, StatusCode, header};
use url::Url;

use super::Exchange;
use crate::body::Body;
use crate::client::{AuthHeader, BaseUrl, Redirects, same_url_origin};
use crate::decode::discard;
use crate::error::{Error, ErrorKind};
use crate::transport::Delivery;

/// How many redirects are followed; browsers and curl stop in the same region.
const MOST: usize = 10;

/// What a request to another origin keeps; any other header may hold what only the API should see.
const TRAVELLING: [HeaderName; 4] =
    [header::ACCEPT, header::ACCEPT_ENCODING, header::RANGE, header::USER_AGENT];

impl Exchange {
    /// Whether this answer is a redirect that the call may follow.
    pub(super) fn redirects(&self, response: &Response<Body>) -> bool {
        is_redirect(response.status())
            && self.followed() != Redirects::Refuse
            && !(self.reading.accepts)(response.status())
            && matches!(self.method, Method::GET | Method::HEAD)
            && self.payload.bytes().is_some_and(<[u8]>::is_empty)
    }

    /// Follows redirects until there is another answer.
    pub(super) async fn follow(
        &self,
        mut response: Response<Body>,
        credential: Option<&AuthHeader>,
        delivery: &Delivery,
    ) -> Result<Response<Body>, Error> {
        let mut visited = Vec::new();
        let mut here =
            Url::parse(&self.parts.url).map_err(|_| refused(&mut response, "the request has no URL"))?;
        // Once away, the credential stays away, also when the way leads back.
        let mut home = true;
        while is_redirect(response.status()) {
            let next = self.target(&here, &mut response)?;
            home &= same_url_origin(&here, &next);
            if !home && self.followed() == Redirects::SameOrigin {
                return Err(refused(&mut response, "it leads to another origin"));
            }
            visited.push(here);
            if visited.contains(&next) || visited.len() > MOST {
                return Err(refused(&mut response, "it leads in a circle"));
            }
            discard(response.body_mut()).await;
            let mut attempt = self.request(Body::empty(), credential.filter(|_| home));
            if !home {
                attempt.headers = travelling(&attempt.headers);
            }
            (attempt.url, attempt.is_constant) = (next.as_str(), false);
            response = self.client().transport.send(&mut attempt, delivery).await?;
            here = next;
        }
        Ok(response)
    }

    /// Where a redirect leads (RFC 9110, 10.2.2), if a request may go there.
    fn target(&self, here: &Url, response: &mut Response<Body>) -> Result<Url, Error> {
        let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
        let Some(mut next) = location.and_then(|location| here.join(location).ok()) else {
            return Err(refused(response, "it says no place to go to"));
        };
        next.set_fragment(None);
        if BaseUrl::target(next.as_str(), self.client().settings.allow_http).is_err()
            || (here.scheme() == "https" && next.scheme() == "http")
        {
            return Err(refused(response, "it leads to plain http, or to a URL that is not one of HTTP's"));
        }
        Ok(next)
    }
}

fn travelling(headers: &HeaderMap) -> HeaderMap {
    let kept = TRAVELLING.into_iter().filter_map(|name| Some((name.clone(), headers.get(name)?.clone())));
    kept.collect()
}

fn refused(response: &mut Response<Body>, why: &str) -> Error {
    let headers = std::mem::take(response.headers_mut());
    Error::new(ErrorKind::Redirect, why).with_response(response.status(), headers)
}

/// Those with a `Location` (RFC 9110, 15.4); 300 and 304 leave the choice to the caller or are none.
fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}
