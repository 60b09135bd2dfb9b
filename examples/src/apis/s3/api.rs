//! The declaration.

use declarest::{
    BoxError, Call, Decode, Error, Exists, File, IfFound, Next, Page, Pages, Raw, RequestBody, Response,
    Sent, api,
};
use http::HeaderMap;
use serde::Deserialize;

use crate::own_types::xml::Xml;

/// The objects of a bucket, with the bucket in the path. A key is a path of its own, in which a segment may be empty: `logs/`,
/// `a//b`. Several operations share a path, and differ in their headers or in a word of the query.
#[api]
pub trait Objects: Send + Sync {
    /// Objects whose key begins with `prefix`, in the order of their keys.
    #[get("/{bucket}?list-type=2")]
    fn list(
        &self,
        bucket: &str,
        #[query] prefix: Option<&str>,
        #[query] delimiter: Option<char>,
        #[query("max-keys")] limit: Option<u16>,
    ) -> Pages<ListedPage>;

    /// Stores bytes.
    #[put("/{bucket}/{key..}")]
    fn put(
        &self,
        bucket: &str,
        #[segment(allow_empty)] key: &str,
        #[header("Content-Type")] media_type: &str,
        #[header(flatten)] metadata: &HeaderMap,
        #[body] object: RequestBody,
    ) -> Call<()>;

    /// Stores a file, which is read while it is sent.
    #[put("/{bucket}/{key..}")]
    fn upload(&self, bucket: &str, #[segment(allow_empty)] key: &str, #[body] file: File) -> Call<()>;

    /// Copies an object that is there: `source` is `bucket/key`, encoded.
    #[put("/{bucket}/{key..}")]
    fn copy(
        &self,
        bucket: &str,
        #[segment(allow_empty)] key: &str,
        #[header("x-amz-copy-source")] source: &str,
    ) -> Call<Xml<Copied>>;

    /// An object, or a part of it (`bytes=0-9`); `None` if it is not there.
    #[get("/{bucket}/{key..}")]
    fn get(
        &self,
        bucket: &str,
        #[segment(allow_empty)] key: &str,
        #[header("Range")] range: Option<&str>,
    ) -> Call<IfFound<Raw>>;

    /// Whether an object is there.
    #[head("/{bucket}/{key..}")]
    fn exists(&self, bucket: &str, #[segment(allow_empty)] key: &str) -> Call<Exists>;

    /// Deletes an object. Deleting one that is not there succeeds, too.
    #[delete("/{bucket}/{key..}")]
    fn delete(&self, bucket: &str, #[segment(allow_empty)] key: &str) -> Call<()>;

    /// Removes the tags of an object.
    #[delete("/{bucket}/{key..}?tagging")]
    fn remove_tags(&self, bucket: &str, #[segment(allow_empty)] key: &str) -> Call<()>;
}

/// One page of a bucket: objects, and where the next ones are.
#[derive(Debug)]
pub struct ListedPage(Listed);

impl Decode for ListedPage {
    type Output = Self;

    fn decode(response: Response) -> Result<Self, Error> {
        Xml::<Listed>::decode(response).map(Self)
    }
}

impl Page for ListedPage {
    type Item = Entry;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        Ok(self.0.next.as_ref().map_or(Next::Done, |token| Next::query("continuation-token", token)))
    }

    fn into_items(self) -> Vec<Entry> {
        self.0.contents
    }

    fn is_empty(&self) -> bool {
        self.0.contents.is_empty()
    }
}

#[derive(Debug, Deserialize)]
struct Listed {
    #[serde(rename = "Contents", default)]
    contents: Vec<Entry>,
    #[serde(rename = "NextContinuationToken")]
    next: Option<String>,
}

/// An object of a list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Entry {
    /// Its key.
    pub key: String,
    /// Its size, in bytes.
    pub size: u64,
}

/// What became of a copy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Copied {
    /// The hash of the new object, in quotes.
    #[serde(rename = "ETag")]
    pub etag: String,
}
