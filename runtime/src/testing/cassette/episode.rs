//! A request and its response while they are recorded.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode, Uri, header};
use http_body::{Body as _, Frame, SizeHint};
use http_body_util::BodyExt as _;

use super::line::{ContentLine, Line, RequestLine, ResponseLine, fields};
use super::scrub::Scrub;
use super::tape::Tape;
use crate::base_url::same_origin;
use crate::body::Body;
use crate::credential::QueryKey;
use crate::endpoint::Endpoint;
use crate::error::{BoxError, ErrorKind};
use crate::secret::Secret;
use crate::transport::{Departure, TransportFailure};
use crate::witness::{Reading, Watcher, Witness};

/// A request as a cassette gets it: without the client's credential.
pub(super) struct Asked {
    endpoint: &'static Endpoint,
    method: Method,
    /// Path and query at the client's own origin; elsewhere the whole URL.
    url: String,
    headers: HeaderMap,
    body: Bytes,
    /// What the request holds, and the credentials that will join it.
    pub(super) secrets: Vec<Secret>,
}

impl Asked {
    /// Reads a request, and returns it to be sent. A body that is a stream is read whole.
    pub(super) async fn read(request: Request<Body>) -> Result<(Self, Request<Body>), TransportFailure> {
        let (mut head, body) = request.into_parts();
        let lost = |kind, source| TransportFailure { kind, unsent: true, source };
        let body = match body.into_bytes() {
            Ok(bytes) => bytes,
            Err(stream) => stream.collect().await.map_err(|error| lost(ErrorKind::Body, error))?.to_bytes(),
        };
        // A compressed content could not be scrubbed.
        head.headers.remove(header::ACCEPT_ENCODING);
        let departure = head.extensions.get::<Departure>();
        let departure = departure
            .ok_or_else(|| lost(ErrorKind::Layer, "a layer lost the request's extensions".into()))?;
        let asked = Self {
            endpoint: departure.context.endpoint,
            method: head.method.clone(),
            url: url(departure, &head.uri),
            headers: head.headers.clone(),
            body: body.clone(),
            secrets: secrets(departure),
        };
        Ok((asked, Request::from_parts(head, Body::from(body))))
    }

    /// Returns the request as a line holds it.
    pub(super) fn line(&self, tape: &Tape, scrub: &Scrub<'_>) -> RequestLine {
        RequestLine {
            method: self.method.to_string(),
            url: scrub.url(&self.url),
            headers: fields(&self.headers, &tape.settings.headers, scrub),
            content: ContentLine::of_request(&self.headers, &self.body, scrub),
        }
    }

    /// Returns the name of the endpoint: `Keys::get`.
    pub(super) fn endpoint(&self) -> String {
        format!("{}::{}", self.endpoint.api, self.endpoint.name)
    }
}

fn url(departure: &Departure, uri: &Uri) -> String {
    match same_origin(&departure.origin, uri) {
        true => uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
        false => uri.to_string(),
    }
}

fn secrets(departure: &Departure) -> Vec<Secret> {
    let credentials = departure.credentials.iter().filter_map(|credential| credential.value.to_str().ok());
    let keys = departure.query_keys.iter().flat_map(QueryKey::secrets);
    departure.secrets.iter().cloned().chain(credentials.map(Secret::from)).chain(keys).collect()
}

/// A request and its response while they are recorded. The line is written when the last handle is dropped: the response was then
/// read, or nobody will read it.
pub(super) struct Episode {
    tape: Arc<Tape>,
    n: u64,
    asked: Asked,
    status: StatusCode,
    headers: HeaderMap,
    progress: Mutex<Progress>,
}

/// What is known of the content so far.
#[derive(Default)]
struct Progress {
    content: Vec<u8>,
    is_complete: bool,
    /// `None` while no call has taken the response.
    reading: Option<Reading>,
    /// The secrets that a declared type has read from it.
    met: Vec<Secret>,
}

impl Episode {
    /// Begins to record a response, which is then given to the call.
    pub(super) fn begin(tape: Arc<Tape>, n: u64, asked: Asked, response: Response<Body>) -> Response<Body> {
        let (mut head, body) = response.into_parts();
        let (status, headers) = (head.status, head.headers.clone());
        let progress = Mutex::new(Progress { is_complete: body.is_end_stream(), ..Progress::default() });
        let episode = Arc::new(Self { tape, n, asked, status, headers, progress });
        Witness::new(episode.clone()).join(&mut head.extensions);
        Response::from_parts(head, Body::new(Recorded { body, episode }))
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the content as a line holds it.
    fn content(&self, progress: &Progress, scrub: &Scrub<'_>) -> Option<ContentLine> {
        let withheld = |why: &str| Some(ContentLine::Withheld(why.to_owned()));
        match progress.reading {
            Some(Reading::Ignored) => None,
            _ if progress.content.is_empty() => None,
            _ if self.headers.contains_key(header::CONTENT_ENCODING) => withheld("it is compressed"),
            None => {
                withheld("no call has read this response; it is that of a redirect, or a layer replaced it")
            }
            Some(Reading::Failed) => withheld("the declared type could not read all of it"),
            Some(_) => ContentLine::of_response(&self.headers, &progress.content, scrub),
        }
    }

    fn line(&self, progress: &Progress, scrub: &Scrub<'_>) -> Line {
        let content = self.content(progress, scrub);
        let headers = fields(&self.headers, &self.tape.settings.headers, scrub);
        let cut = !progress.is_complete && progress.reading == Some(Reading::Decoded);
        Line {
            n: self.n,
            endpoint: self.asked.endpoint(),
            request: self.asked.line(&self.tape, scrub),
            response: ResponseLine { status: self.status.as_u16(), headers, content, cut },
        }
    }
}

impl Watcher for Episode {
    fn read(&self, reading: Reading, secrets: Vec<Secret>) {
        let mut progress = self.progress();
        progress.reading = progress.reading.max(Some(reading));
        progress.met.extend(secrets);
    }
}

impl Drop for Episode {
    fn drop(&mut self) {
        let progress = std::mem::take(&mut *self.progress());
        // A call that was dropped, or whose content was cut off, has no response to record.
        if progress.reading != Some(Reading::Judged) {
            let known = self.tape.known(&self.asked.secrets, &progress.met);
            let scrub = Scrub::new(&self.tape.settings.pointers, &progress.met, known.iter());
            self.tape.write(self.line(&progress, &scrub), &scrub);
        }
    }
}

/// The content of a response, which is recorded while it is read.
struct Recorded {
    body: Body,
    episode: Arc<Episode>,
}

impl http_body::Body for Recorded {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        let mut progress = self.episode.progress();
        match &frame {
            Some(Ok(frame)) => progress.content.extend_from_slice(frame.data_ref().map_or(&[], |data| data)),
            Some(Err(_)) => {}
            None => progress.is_complete = true,
        }
        drop(progress);
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
