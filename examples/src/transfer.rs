//! Progress bars for an upload and a download: [`Progress`] shown with indicatif.

use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use declarest::{ByteStream, Call, Client, File, Progress, api};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A server that keeps files.
#[api]
pub trait Storage {
    /// Stores a file. It is sent again if an attempt fails, and its bar starts again.
    #[put("/files/{name}")]
    fn upload(&self, name: &str, #[body] file: File) -> Call<()>;

    /// Fetches a file while it arrives.
    #[get("/files/{name}")]
    fn download(&self, name: &str) -> Call<ByteStream>;
}

/// A bar that shows how far a body has come.
#[derive(Debug, Clone)]
pub struct Bar(ProgressBar);

impl Bar {
    /// Makes a bar; `what` is written in front of it.
    ///
    /// # Errors
    /// If the template of the bar is not valid.
    pub fn new(what: &'static str, target: ProgressDrawTarget) -> Result<Self, Box<dyn Error>> {
        let style = ProgressStyle::with_template("{msg:<9} [{bar:30}] {bytes:>10} of {total_bytes}")?;
        let bar = ProgressBar::with_draw_target(None, target).with_style(style.progress_chars("=> "));
        Ok(Self(bar.with_message(what)))
    }

    /// Returns what a body reports to.
    pub fn reporter(&self) -> impl Fn(Progress) + Send + Sync + 'static {
        let bar = self.0.clone();
        move |progress| {
            if let Some(total) = progress.total {
                bar.set_length(total);
            }
            bar.set_position(progress.done);
        }
    }

    /// Leaves the bar as it is, on a line of its own.
    pub fn finish(&self) {
        self.0.abandon();
    }
}

/// Uploads a file, and downloads it again to `copy`. `target` is the terminal.
///
/// # Errors
/// If a call fails, or a file cannot be written.
pub async fn run(
    storage: &impl Storage,
    file: &Path,
    copy: &Path,
    target: impl Fn() -> ProgressDrawTarget,
) -> Result<(), Box<dyn Error>> {
    let bar = Bar::new("upload", target())?;
    storage.upload("report", File::new(file).on_progress(bar.reporter())).await?;
    bar.finish();

    let bar = Bar::new("download", target())?;
    let mut body = storage.download("report").await?.on_progress(bar.reporter());
    let mut copy = fs::File::create(copy)?;
    while let Some(chunk) = body.try_next().await? {
        copy.write_all(&chunk)?;
    }
    bar.finish();
    Ok(())
}

/// Returns a client of a server within the process that keeps one file.
///
/// # Errors
/// If the client cannot be made.
pub fn embedded() -> Result<StorageClient, declarest::Error> {
    let kept = Arc::new(Mutex::new(Bytes::new()));
    let stored = kept.clone();
    let read = move || std::future::ready(lock(&stored).clone());
    let write = async move |file: Bytes| *lock(&kept) = file;
    let router = Router::new().route("/files/{name}", get(read).put(write));
    let router = router.layer(DefaultBodyLimit::disable());
    Client::builder("https://files.example.com").transport(router).build().map(StorageClient::new)
}

fn lock(kept: &Mutex<Bytes>) -> MutexGuard<'_, Bytes> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
