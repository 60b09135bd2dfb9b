//! The cassette as a layer.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{Request, Response};
use tower::{Service, ServiceExt as _};

use super::episode::{Asked, Episode};
use super::tape::{Fate, Tape};
use crate::body::Body;
use crate::error::{BoxError, ErrorKind};
use crate::transport::{HttpService, TransportFailure};

/// Replays a request, or sends and records it.
#[derive(Clone)]
pub(super) struct Player {
    /// The cassette, or why it cannot be used.
    pub(super) tape: Result<Arc<Tape>, String>,
    pub(super) inner: HttpService,
}

impl Service<Request<Body>> for Player {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        // Whether the service within is needed is not known yet.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let Self { tape, inner } = self.clone();
        Box::pin(async move {
            let tape = tape.map_err(|why| failure(ErrorKind::Configuration, why))?;
            let (asked, request) = Asked::read(request).await?;
            match tape.decide(&asked).map_err(|why| failure(ErrorKind::Configuration, why))? {
                Fate::Replayed(response) => Ok(response),
                Fate::Unknown(why) => Err(failure(ErrorKind::NotFaked, why)),
                Fate::Recorded(n) => {
                    let response = inner.oneshot(request).await?;
                    Ok(Episode::begin(tape, n, asked, response))
                }
            }
        })
    }
}

/// The failure of a request that is not sent.
fn failure(kind: ErrorKind, why: String) -> BoxError {
    TransportFailure { kind, unsent: true, source: Box::new(CassetteError(why)) }.into()
}

/// Why a cassette does not replay a request. `Debug` shows the text with its line breaks, as a failed `unwrap` prints it.
struct CassetteError(String);

impl fmt::Display for CassetteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for CassetteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CassetteError {}
