//! The body of an answer, as the transports of ours read it.

use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::error::BoxError;

/// A body that a transport of ours reads.
pub(crate) enum TransportBody {
    #[cfg(feature = "reqwest")]
    Reqwest(reqwest::Response),
    #[cfg(feature = "hyper")]
    Hyper(hyper::body::Incoming),
}

impl TransportBody {
    pub(crate) fn poll_frame(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match self {
            #[cfg(feature = "reqwest")]
            Self::Reqwest(answer) => super::reqwest::poll_frame(answer, cx),
            #[cfg(feature = "hyper")]
            Self::Hyper(body) => {
                let frame = http_body::Body::poll_frame(std::pin::Pin::new(body), cx);
                frame.map(|frame| frame.map(|frame| frame.map_err(Into::into)))
            }
        }
    }

    pub(crate) fn size_hint(&self) -> SizeHint {
        match self {
            #[cfg(feature = "reqwest")]
            Self::Reqwest(answer) => {
                answer.content_length().map_or_else(SizeHint::default, SizeHint::with_exact)
            }
            #[cfg(feature = "hyper")]
            Self::Hyper(body) => http_body::Body::size_hint(body),
        }
    }
}
