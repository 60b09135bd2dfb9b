//! Compressed responses: the content codings of RFC 9110, 8.4.1, each a feature of the crate. The body is decoded while it is read,
//! so that every limit counts decoded bytes; it works over any transport.

use std::sync::LazyLock;

use http::{HeaderMap, HeaderValue, Response, header};

use crate::body::Body;

/// The codings that this build decodes, the best first; none without the features.
const ACCEPTED: &[&str] = &[
    #[cfg(feature = "zstd")]
    "zstd",
    #[cfg(feature = "brotli")]
    "br",
    #[cfg(feature = "gzip")]
    "gzip",
    #[cfg(feature = "deflate")]
    "deflate",
];

/// Returns whether declarest negotiates the coding of a request with these headers. A request that names the codings it
/// accepts gets what it asked for; a part of a compressed body (`Range`) cannot be decoded.
pub(crate) fn is_negotiated(headers: &HeaderMap) -> bool {
    !headers.contains_key(header::ACCEPT_ENCODING) && !headers.contains_key(header::RANGE)
}

/// Returns the value of `Accept-Encoding` (RFC 9110, 12.5.3); `None` if nothing is built in.
pub(crate) fn accepted() -> Option<&'static HeaderValue> {
    static VALUE: LazyLock<Option<HeaderValue>> = LazyLock::new(|| {
        let codings = (!ACCEPTED.is_empty()).then(|| ACCEPTED.join(", "))?;
        HeaderValue::try_from(codings).ok()
    });
    VALUE.as_ref()
}

/// Decodes the body while it is read, if its coding is built in, and removes the headers that describe the coded one. Returns
/// the codings that the body still has: one that is not built in, or a chain of several.
pub(crate) fn decode(response: &mut Response<Body>) -> Option<String> {
    let coding = coding_of(response.headers())?;
    let Some(coding) = built_in(&coding) else { return Some(coding) };
    response.headers_mut().remove(header::CONTENT_ENCODING);
    response.headers_mut().remove(header::CONTENT_LENGTH);
    let body = std::mem::take(response.body_mut());
    *response.body_mut() = decoder::decoded(coding, body);
    None
}

/// Returns the content codings of a body (RFC 9110, 8.4).
fn coding_of(headers: &HeaderMap) -> Option<String> {
    if !headers.contains_key(header::CONTENT_ENCODING) {
        return None;
    }
    let mut codings = String::new();
    for line in headers.get_all(header::CONTENT_ENCODING) {
        for name in line.as_bytes().split(|byte| *byte == b',').map(<[u8]>::trim_ascii) {
            if name.is_empty() || name.eq_ignore_ascii_case(b"identity") {
                continue;
            }
            if !codings.is_empty() {
                codings.push_str(", ");
            }
            codings.extend(String::from_utf8_lossy(name).chars().filter(char::is_ascii_graphic));
        }
    }
    (!codings.is_empty()).then_some(codings)
}

/// Returns the coding of this name, if it is built in. Names are case-insensitive, and `x-gzip` is `gzip` (RFC 9110, 8.4.1).
fn built_in(name: &str) -> Option<&'static str> {
    let name = if name.eq_ignore_ascii_case("x-gzip") { "gzip" } else { name };
    ACCEPTED.iter().copied().find(|accepted| accepted.eq_ignore_ascii_case(name))
}

/// The decoder of a build without codings.
#[cfg(not(feature = "__compression"))]
mod decoder {
    use crate::body::Body;

    pub(super) fn decoded(_: &str, body: Body) -> Body {
        body
    }
}

#[cfg(feature = "__compression")]
mod decoder {
    use std::io;
    use std::pin::Pin;
    use std::task::{Context, Poll, ready};

    use async_compression::tokio::bufread;
    use bytes::Bytes;
    use futures_core::Stream as _;
    use http_body::Frame;
    use http_body_util::BodyExt as _;
    use tokio::io::{AsyncRead, AsyncReadExt as _};
    use tokio_util::io::{ReaderStream, StreamReader};

    use crate::body::Body;
    use crate::error::BoxError;

    /// Bytes that are decoded at a time. Fewer are passed on as soon as they come.
    const CHUNK: usize = 16 << 10;

    /// A decoder over what the transport reads.
    type Reader = Pin<Box<dyn AsyncRead + Send>>;

    pub(super) fn decoded(coding: &'static str, body: Body) -> Body {
        Body::new(Decoded::Waiting(coding, body))
    }

    /// A compressed body that is read as it was before.
    enum Decoded {
        /// No byte has come. A compressed body is never empty, but a response without a body may name a coding: to HEAD, a 304, an
        /// empty list.
        Waiting(&'static str, Body),
        ResponseExpectations(ReaderStream<Reader>),
        Ended,
    }

    impl http_body::Body for Decoded {
        type Data = Bytes;
        type Error = BoxError;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
            loop {
                let next = match &mut *self {
                    Self::Waiting(coding, body) => match ready!(Pin::new(&mut *body).poll_frame(cx)) {
                        Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                        Some(Ok(frame)) => match frame.into_data() {
                            Ok(first) if !first.is_empty() => {
                                let rest = std::mem::take(body);
                                Self::ResponseExpectations(ReaderStream::with_capacity(
                                    reader(coding, first, rest),
                                    CHUNK,
                                ))
                            }
                            _ => continue,
                        },
                        None => Self::Ended,
                    },
                    Self::ResponseExpectations(reader) => match ready!(Pin::new(reader).poll_next(cx)) {
                        Some(chunk) => return Poll::Ready(Some(chunk.map(Frame::data).map_err(Into::into))),
                        None => Self::Ended,
                    },
                    Self::Ended => return Poll::Ready(None),
                };
                *self = next;
            }
        }
    }

    fn reader(coding: &str, first: Bytes, rest: Body) -> Reader {
        let rest = rest.map_err(io::Error::other).into_data_stream();
        let body = io::Cursor::new(first).chain(StreamReader::new(rest));
        match coding {
            #[cfg(feature = "gzip")]
            "gzip" => {
                let mut gzip = bufread::GzipDecoder::new(body);
                // RFC 1952, 2.2: a file is a series of members. It also reads the connection to the body's end.
                gzip.multiple_members(true);
                Box::pin(gzip)
            }
            #[cfg(feature = "deflate")]
            "deflate" => Box::pin(bufread::ZlibDecoder::new(body)),
            #[cfg(feature = "brotli")]
            "br" => Box::pin(bufread::BrotliDecoder::new(body)),
            #[cfg(feature = "zstd")]
            "zstd" => {
                // RFC 9659: HTTP's windows have at most 8 MiB, so that memory stays near the limits.
                let window = async_compression::zstd::DParameter::window_log_max(23);
                let mut zstd = bufread::ZstdDecoder::with_params(body, &[window]);
                zstd.multiple_members(true);
                Box::pin(zstd)
            }
            _ => Box::pin(body),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_codings_know_no_case() {
        let gzip = cfg!(feature = "gzip").then_some("gzip");
        for name in ["gzip", "GZIP", "x-gzip", "X-GZip"] {
            assert_eq!(built_in(name), gzip, "{name}");
        }
        for name in ["", "identity", "gzip, gzip", "gzipp"] {
            assert_eq!(built_in(name), None, "{name}");
        }
    }

    #[test]
    fn what_names_its_own_codings_or_a_range_is_left_alone() {
        let with = |name: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(http::HeaderName::try_from(name).unwrap(), HeaderValue::from_static("x"));
            headers
        };
        let (own, range) = (with("accept-encoding"), with("range"));
        assert!(is_negotiated(&with("accept")));
        assert!(!is_negotiated(&own));
        assert!(!is_negotiated(&range));
    }
}
