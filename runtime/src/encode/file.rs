//! A file that is opened when the call runs and streamed.

use std::io::{self, Read as _};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::SystemTime;
use std::{fmt, fs};

use bytes::Bytes;
use http::HeaderValue;
use http_body::{Frame, SizeHint};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use super::body::Encode;
use super::multipart::{Part, PartSink};
use crate::body::{Body, RequestBody};
use crate::error::BoxError;
use crate::media;
use crate::progress::{OnProgress, Progress};

/// How much is read at once.
const CHUNK: usize = 64 << 10;

/// A file as a `#[body]` or a `#[part]`: opened when the call runs, streamed with its length, opened again for another
/// attempt. A file that changed in between fails the call, because the server may have seen parts of both.
///
/// ```
/// let file = declarest::File::new("report.csv").content_type("text/csv");
/// ```
#[derive(Clone)]
pub struct File {
    path: PathBuf,
    content_type: String,
    on_progress: Option<OnProgress>,
}

impl File {
    /// The file at this path. Nothing is opened yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), content_type: "application/octet-stream".to_owned(), on_progress: None }
    }

    /// Sets the media type. Default: `application/octet-stream`. One that is not valid fails the call before anything is
    /// sent.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = media_type.into();
        self
    }

    /// Calls `report` with 0 bytes when the file is first read, and then after each chunk of at most 64 KiB; again from 0 for another
    /// attempt. As a part, it reports the file and not the other parts.
    ///
    /// `report` runs where the body is read, so it should be quick.
    ///
    /// ```
    /// let file = declarest::File::new("report.csv").on_progress(|progress| {
    ///     println!("{} of {:?} bytes", progress.done, progress.total);
    /// });
    /// ```
    #[must_use]
    pub fn on_progress(mut self, report: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.on_progress = Some(Arc::new(report));
        self
    }

    fn body(self) -> RequestBody {
        let seen = Arc::new(OnceLock::new());
        let body = RequestBody::open(move || open(self.path.clone(), seen.clone()));
        match self.on_progress {
            Some(report) => body.on_progress(move |progress| report(progress)),
            None => body,
        }
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File").field("content_type", &self.content_type).finish_non_exhaustive()
    }
}

impl Encode for File {
    fn content_type(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.content_type).ok()
    }

    fn encode(self) -> Result<RequestBody, BoxError> {
        if media::is_valid(&self.content_type) {
            Ok(self.body())
        } else {
            Err("has a media type that is not valid".into())
        }
    }
}

#[diagnostic::do_not_recommend]
impl Part for &File {
    fn add(self, parts: &mut PartSink<'_>) {
        self.clone().add(parts);
    }
}

impl Part for File {
    fn add(self, parts: &mut PartSink<'_>) {
        let name = self.path.file_name().map(|name| name.to_string_lossy().into_owned());
        let content_type = self.content_type.clone();
        parts.part(self.body(), name.as_deref(), Some(&content_type));
    }
}

/// Length and time of the last change, as the first attempt saw them.
type Version = (u64, Option<SystemTime>);

async fn open(path: PathBuf, seen: Arc<OnceLock<Version>>) -> Result<Body, BoxError> {
    let threads = Handle::try_current()
        .map_err(|_| "a file is read by Tokio's threads: await the call inside of a Tokio runtime")?;
    let (file, _) = blocking(&threads, move || Ok((fs::File::open(path)?, Vec::new()))).await??;
    let metadata = file.metadata()?;
    let version = (metadata.len(), metadata.modified().ok());
    if *seen.get_or_init(|| version) != version {
        return Err("the file changed between two attempts".into());
    }
    Ok(Body::new(FileBody { threads, place: Place::Waiting(file), left: metadata.len() }))
}

/// A file, and what was read of it.
type Read = io::Result<(fs::File, Vec<u8>)>;

/// One type of task for all that blocks: tokio's part of it is compiled for each.
fn blocking(threads: &Handle, work: impl FnOnce() -> Read + Send + 'static) -> JoinHandle<Read> {
    let work: Box<dyn FnOnce() -> Read + Send> = Box::new(work);
    threads.spawn_blocking(work)
}

/// Read on tokio's threads for what blocks, a chunk at a time. Not by tokio's own files: they cost every build a second.
struct FileBody {
    /// Whoever polls the body need not be inside of the runtime.
    threads: Handle,
    place: Place,
    left: u64,
}

/// Where the file is.
enum Place {
    Waiting(fs::File),
    Read(JoinHandle<Read>),
    /// It went down with an error.
    Lost,
}

impl http_body::Body for FileBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let Self { threads, place, left } = &mut *self;
        let size = usize::try_from(*left).unwrap_or(CHUNK).min(CHUNK);
        if size == 0 {
            return Poll::Ready(None);
        }
        let mut task = match std::mem::replace(place, Place::Lost) {
            Place::Waiting(file) => blocking(threads, move || read(file, size)),
            Place::Read(task) => task,
            Place::Lost => return Poll::Ready(None),
        };
        let Poll::Ready(done) = Pin::new(&mut task).poll(cx) else {
            *place = Place::Read(task);
            return Poll::Pending;
        };
        let (file, chunk) = done??;
        if chunk.is_empty() {
            return Poll::Ready(Some(Err("the file became shorter while it was sent".into())));
        }
        *place = Place::Waiting(file);
        *left -= chunk.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(Bytes::from(chunk)))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

fn read(file: fs::File, size: usize) -> Read {
    let mut chunk = Vec::with_capacity(size);
    (&file).take(size as u64).read_to_end(&mut chunk)?;
    Ok((file, chunk))
}
