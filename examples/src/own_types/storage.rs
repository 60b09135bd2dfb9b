//! [`Segments`] and [`TargetUrl`]: a key of several segments, a URL that is signed.

use std::fmt;

use declarest::{Call, RestSink, Segments, TargetUrl, api};
use serde::Deserialize;

/// A store of files.
#[api]
pub trait Storage: Send + Sync {
    /// Where a file may be put, for some minutes, by whoever has the URL.
    #[post("/buckets/{bucket}/{key..}")]
    fn place(&self, bucket: &str, key: &Key<'_>) -> Call<Place>;

    /// Puts a file there. The URL is of another host, which gets nothing but the bytes.
    #[put]
    fn put(&self, #[url] url: &SignedUrl, #[body] bytes: Vec<u8>) -> Call<()>;
}

/// Whose file it is, and what it is called: two segments, whatever is in them.
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    /// The number of the owner.
    pub owner: u64,
    /// The name of the file. A `/` in it does not make another segment.
    pub name: &'a str,
}

impl Segments for Key<'_> {
    fn write_segments(&self, rest: &mut RestSink<'_>) {
        rest.segment(&format_args!("user-{}", self.owner).to_string());
        rest.segment(self.name);
    }
}

/// Where a file may be put.
#[derive(Debug, Deserialize)]
pub struct Place {
    /// It.
    pub url: SignedUrl,
}

/// A URL with a signature, which is as good as a password: `Debug` does not show it.
#[derive(Clone, Deserialize)]
pub struct SignedUrl(String);

impl TargetUrl for SignedUrl {
    fn text(&self) -> String {
        self.0.clone()
    }
}

impl fmt::Debug for SignedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignedUrl")
    }
}
