//! A request's body on its way out: its failures are marked, so that they are told from those of the connection.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::body::Body;
use crate::error::BoxError;

/// The body of a request, as hyper reads it.
pub(super) struct SentBody(pub(super) Body);

/// The body of a request could not be read.
#[derive(Debug)]
pub(super) struct SentBodyError(BoxError);

impl http_body::Body for SentBody {
    type Data = Bytes;
    type Error = SentBodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, SentBodyError>>> {
        Pin::new(&mut self.0).poll_frame(cx).map_err(SentBodyError)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

impl fmt::Display for SentBodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request's body could not be read")
    }
}

impl StdError for SentBodyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0)
    }
}
