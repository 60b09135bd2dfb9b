//! The part of Kubernetes that watches and changes pods. See [`Kubernetes`] and [`Pods`].

use declarest::{BoxError, Call, IfFound, JsonLines, Next, Page, Pages, Query, Raw, Sent, api};
use serde::Deserialize;
use serde_json::Value;

/// The API server.
#[api("/api/v1")]
pub trait Kubernetes: Send + Sync {
    /// What is in a namespace.
    #[nest("/namespaces/{namespace}")]
    fn pods(&self, namespace: &str) -> PodsClient;
}

/// The pods of a namespace. A watch is a stream that lasts; a patch comes in three formats, told apart by the media type.
#[api]
pub trait Pods: Send + Sync {
    /// Pods, in pages.
    #[get("/pods")]
    fn list(&self, #[query(flatten)] options: &ListOptions<'_>) -> Pages<PodList>;

    /// Every change behind a version, as it happens. The server ends the stream after some minutes: watch on from the version of
    /// the last event.
    #[get("/pods?watch=true&allowWatchBookmarks=true", stall_timeout = "10m")]
    fn watch(
        &self,
        #[query("resourceVersion")] version: &str,
        #[query("labelSelector")] labels: Option<&str>,
    ) -> Call<JsonLines<Event>>;

    /// A pod, if it is there.
    #[get("/pods/{name}")]
    fn get(&self, name: &str) -> Call<IfFound<Pod>>;

    /// Creates a pod.
    #[post("/pods")]
    fn create(&self, #[json] pod: &Value) -> Call<Pod>;

    /// Changes the members that are given, and removes those that are null (RFC 7396).
    #[patch("/pods/{name}", header("Content-Type" = "application/merge-patch+json"))]
    fn merge(&self, name: &str, #[json] patch: &Value) -> Call<Pod>;

    /// Carries out operations in order (RFC 6902).
    #[patch("/pods/{name}", header("Content-Type" = "application/json-patch+json"))]
    fn patch(&self, name: &str, #[json] operations: &[Operation<'_>]) -> Call<Pod>;

    /// Declares what `manager` wants of a pod, which is created if it is not there. Repeating it changes nothing.
    #[patch("/pods/{name}", idempotent, header("Content-Type" = "application/apply-patch+yaml"))]
    fn apply(
        &self,
        name: &str,
        #[query("fieldManager")] manager: &str,
        #[query] force: Option<bool>,
        #[json] pod: &Value,
    ) -> Call<Pod>;

    /// Deletes a pod, which has some seconds to end.
    #[delete("/pods/{name}")]
    fn delete(&self, name: &str, #[query("gracePeriodSeconds")] grace: Option<u32>) -> Call<Value>;

    /// The last lines that a container has written.
    #[get("/pods/{name}/log")]
    fn log(
        &self,
        name: &str,
        #[query] container: Option<&str>,
        #[query("tailLines")] lines: u32,
    ) -> Call<Raw>;
}

/// Which pods, and how many a page.
#[derive(Debug, Clone, Copy, Default, Query)]
#[serde(rename_all = "camelCase")]
pub struct ListOptions<'a> {
    /// `app=web,tier!=cache`
    pub label_selector: Option<&'a str>,
    /// `status.phase=Running`
    pub field_selector: Option<&'a str>,
    /// Pods a page.
    pub limit: Option<u32>,
}

/// A pod, as far as this module looks at it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Pod {
    /// What all objects have.
    pub metadata: Metadata,
}

/// What all objects have.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    /// The name; empty in a bookmark.
    #[serde(default)]
    pub name: String,
    /// The version, to watch from.
    pub resource_version: String,
}

/// One page of pods.
#[derive(Debug, Clone, Deserialize)]
pub struct PodList {
    /// What lists have.
    pub metadata: ListMetadata,
    /// The pods.
    pub items: Vec<Pod>,
}

/// What lists have.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListMetadata {
    /// The version of the list, to watch from.
    pub resource_version: String,
    /// Where the next page is; empty at the end.
    #[serde(rename = "continue", default)]
    pub next: String,
}

impl Page for PodList {
    type Item = Pod;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        Ok(match self.metadata.next.as_str() {
            "" => Next::Done,
            next => Next::query("continue", next),
        })
    }

    fn into_items(self) -> Vec<Pod> {
        self.items
    }

    fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

/// A line of a watch.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", content = "object", rename_all = "UPPERCASE")]
pub enum Event {
    /// A pod is new.
    Added(Pod),
    /// A pod is another than before.
    Modified(Pod),
    /// A pod is gone.
    Deleted(Pod),
    /// Nothing happened up to this version.
    Bookmark(Pod),
    /// The watch failed. With code 410 the version is too old: list again.
    Error(Status),
}

/// Why something failed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Status {
    /// An HTTP status.
    pub code: u16,
    /// In words.
    pub message: String,
}

/// One operation of a JSON patch.
#[derive(Debug, Clone, serde::Serialize)]
#[serde(tag = "op", rename_all = "lowercase")]
pub enum Operation<'a> {
    /// Fails the patch if the value is another.
    Test {
        /// A JSON pointer.
        path: &'a str,
        /// The value.
        value: Value,
    },
    /// Replaces a value.
    Replace {
        /// A JSON pointer.
        path: &'a str,
        /// The value.
        value: Value,
    },
    /// Removes a value.
    Remove {
        /// A JSON pointer.
        path: &'a str,
    },
}
