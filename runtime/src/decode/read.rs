//! Reads a body within a limit, or discards it.

use std::pin::Pin;
use std::task::{Poll, ready};

use bytes::{Bytes, BytesMut};
use http_body::{Body as _, Frame};

use crate::body::Body;
use crate::error::{Effect, Error, ErrorKind};

/// Reads a whole body of at most `limit` bytes. Not an `async fn`, whose future would hold the body twice.
pub(crate) fn read(body: &mut Body, limit: usize) -> impl Future<Output = Result<Bytes, Error>> {
    let mut read = Collected::Chunk(Bytes::new());
    std::future::poll_fn(move |cx| {
        // Not the header: it may count compressed bytes, or describe a body that is not sent, as for HEAD (RFC 9110, 8.6).
        if body.size_hint().lower() > limit as u64 {
            return Poll::Ready(Err(too_large(limit)));
        }
        while let Some(frame) = ready!(Pin::new(&mut *body).poll_frame(cx)) {
            match frame.map(Frame::into_data) {
                Ok(Ok(data)) if data.len() > limit.saturating_sub(read.len()) => {
                    return Poll::Ready(Err(too_large(limit)));
                }
                Ok(Ok(data)) => read.push(data, limit),
                Ok(Err(_)) => {}
                Err(error) => {
                    let error = Error::new(ErrorKind::Truncated, "").with_source(error);
                    return Poll::Ready(Err(error.with_effect(Effect::Responded)));
                }
            }
        }
        Poll::Ready(Ok(read.take()))
    })
}

/// Returns whether only the end of the connection ends the body (RFC 9112, 6.3), so that a cut looks like an end.
pub(crate) fn ends_with_connection(response: &http::Response<Body>) -> bool {
    let headers = response.headers();
    response.version() <= http::Version::HTTP_11
        && response.body().size_hint().exact().is_none()
        && !headers.contains_key(http::header::TRANSFER_ENCODING)
        && !headers.contains_key(http::header::CONTENT_LENGTH)
}

/// Reads the start of a body, for an error: at most `limit` bytes. A body that is longer or breaks off is cut there.
pub(crate) fn read_start(body: &mut Body, limit: usize) -> impl Future<Output = Bytes> {
    let mut read = Collected::Chunk(Bytes::new());
    std::future::poll_fn(move |cx| {
        while read.len() < limit {
            match ready!(Pin::new(&mut *body).poll_frame(cx)) {
                Some(Ok(frame)) => {
                    if let Ok(mut data) = frame.into_data() {
                        data.truncate(limit - read.len());
                        read.push(data, limit);
                    }
                }
                Some(Err(_)) | None => break,
            }
        }
        Poll::Ready(read.take())
    })
}

fn too_large(limit: usize) -> Error {
    let detail = format!("more than the limit of {limit} bytes");
    Error::new(ErrorKind::TooLarge, detail).with_effect(Effect::Responded)
}

/// The bytes read so far. Most bodies are one chunk, which needs no copy.
enum Collected {
    Chunk(Bytes),
    Chunks(BytesMut),
}

impl Collected {
    fn len(&self) -> usize {
        match self {
            Self::Chunk(chunk) => chunk.len(),
            Self::Chunks(all) => all.len(),
        }
    }

    fn push(&mut self, data: Bytes, limit: usize) {
        match self {
            Self::Chunk(chunk) if chunk.is_empty() => *chunk = data,
            Self::Chunk(chunk) => {
                let mut all = BytesMut::with_capacity(chunk.len() + data.len().max(8 << 10));
                all.extend_from_slice(chunk);
                all.extend_from_slice(&data);
                *self = Self::Chunks(all);
            }
            Self::Chunks(all) => {
                make_room(all, data.len(), limit);
                all.extend_from_slice(&data);
            }
        }
    }

    fn take(&mut self) -> Bytes {
        match std::mem::replace(self, Self::Chunk(Bytes::new())) {
            Self::Chunk(chunk) => chunk,
            Self::Chunks(all) => all.freeze(),
        }
    }
}

/// Doubles the room for a body, so that the last doubling ends at the limit. A body that is too large then takes one and a half
/// times the limit while it grows, instead of three times.
fn make_room(all: &mut BytesMut, more: usize, limit: usize) {
    let needed = all.len().saturating_add(more);
    if needed > all.capacity() {
        let mut room = limit.max(needed);
        while room / 2 >= needed {
            room /= 2;
        }
        let mut larger = BytesMut::with_capacity(room);
        larger.extend_from_slice(all);
        *all = larger;
    }
}

/// Reads what has already come of a body that is not needed, so that the connection can be used again. It waits for nothing: the
/// response is known, and the rest of its body must not make the call fail.
pub(crate) async fn discard(body: &mut Body) {
    let mut left = 64 << 10;
    std::future::poll_fn(|cx| {
        while let Poll::Ready(Some(Ok(frame))) = Pin::new(&mut *body).poll_frame(cx) {
            left -= frame.data_ref().map_or(0, Bytes::len).min(left);
            if left == 0 {
                break;
            }
        }
        Poll::Ready(())
    })
    .await;
}
