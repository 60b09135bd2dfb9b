//! A response of a cassette.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode};
use http_body::Frame;

use super::line::{ContentLine, ResponseLine};
use crate::body::Body;
use crate::error::BoxError;

/// Makes a response of a line; `place` is its file and number.
///
/// # Errors
/// If the line is not valid.
pub(super) fn replayed(line: &ResponseLine, place: &str) -> Result<Response<Body>, String> {
    let wrong = |why: String| format!("{place}: {why}");
    let body = match &line.content {
        None if line.cut => Body::new(Cut { rest: None, why: Some(ended(place)) }),
        None => Body::empty(),
        Some(ContentLine::Withheld(why)) => {
            Body::new(Cut { rest: None, why: Some(wrong(format!("the content was not recorded: {why}"))) })
        }
        Some(content) => match content.bytes().map_err(wrong)? {
            bytes if line.cut => Body::new(Cut { rest: Some(bytes), why: Some(ended(place)) }),
            bytes => Body::from(bytes),
        },
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(line.status).map_err(|error| wrong(error.to_string()))?;
    for (name, value) in &line.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().append(name, value);
        }
    }
    Ok(response)
}

fn ended(place: &str) -> String {
    format!("{place}: the recording ends here, because nobody has read more of the stream")
}

/// A content that ends before its end.
struct Cut {
    rest: Option<Bytes>,
    why: Option<String>,
}

impl http_body::Body for Cut {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Some(bytes) = self.rest.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        Poll::Ready(self.why.take().map(|why| Err(why.into())))
    }
}
