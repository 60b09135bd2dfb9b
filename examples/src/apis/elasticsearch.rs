//! Elasticsearch, as far as a search page needs it. See [`Elasticsearch`].

use declarest::{
    BodyCursor, BoxError, Call, Encode, Exists, IfFound, Next, Page, Pages, RequestBody, Sent, api,
};
use http::HeaderValue;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Documents and searches. A GET may have content here, and several operations share a path.
#[api(lists = "comma")]
pub trait Elasticsearch: Send + Sync {
    /// The hits of a query, page by page: each is asked for behind the sort values of the last hit.
    #[get("/{index}/_search?track_total_hits=false", allow_body)]
    fn search(
        &self,
        index: &str,
        #[json] search: &Search<'_>,
        #[query("_source_includes")] fields: &[&str],
        #[query] routing: Option<&str>,
    ) -> Pages<Hits>;

    /// How many documents match.
    #[get("/{index}/_count", allow_body)]
    fn count(&self, index: &str, #[json] query: Option<&Count<'_>>) -> Call<Counted>;

    /// A document, if it is there.
    #[get("/{index}/_doc/{id}")]
    fn document(&self, index: &str, id: &str) -> Call<IfFound<Document>>;

    /// Whether a document is there.
    #[head("/{index}/_doc/{id}")]
    fn exists(&self, index: &str, id: &str) -> Call<Exists>;

    /// Stores a document, whether it is new or not.
    #[put("/{index}/_doc/{id}")]
    fn put(&self, index: &str, id: &str, #[json] document: &Value) -> Call<Written>;

    /// Stores a document only if it is still the one that was read.
    #[put("/{index}/_doc/{id}")]
    fn replace(
        &self,
        index: &str,
        id: &str,
        #[json] document: &Value,
        #[query] if_seq_no: u64,
        #[query] if_primary_term: u64,
    ) -> Call<Written>;

    /// Many changes in one request, a line each; the response tells of each whether it failed.
    #[post("/{index}/_bulk")]
    fn bulk(
        &self,
        index: &str,
        #[body] changes: Bulk<'_>,
        #[query] refresh: Option<bool>,
    ) -> Call<BulkResult>;
}

/// A search. Its sort must end in a member that is different in each document.
#[derive(Debug, Clone, Serialize)]
pub struct Search<'a> {
    /// What to look for.
    pub query: &'a Value,
    /// Members to sort by: `[{"at": "desc"}, {"id": "asc"}]`.
    pub sort: &'a Value,
    /// Hits a page.
    pub size: u16,
}

/// What to count.
#[derive(Debug, Clone, Serialize)]
pub struct Count<'a> {
    /// What to look for.
    pub query: &'a Value,
}

/// A number of documents.
#[derive(Debug, Clone, Deserialize)]
pub struct Counted {
    /// It.
    pub count: u64,
}

/// One page of a search.
#[derive(Debug, Clone, Deserialize)]
pub struct Hits {
    hits: Inner,
}

#[derive(Debug, Clone, Deserialize)]
struct Inner {
    hits: Vec<Hit>,
}

/// A document that matches.
#[derive(Debug, Clone, Deserialize)]
pub struct Hit {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: String,
    /// Its members.
    #[serde(rename = "_source")]
    pub source: Value,
    /// Where it stands in the order.
    #[serde(default)]
    pub sort: Vec<Value>,
}

impl Page for Hits {
    type Item = Hit;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        let last = self.hits.hits.last().filter(|hit| !hit.sort.is_empty());
        Ok(last.map_or(Next::Done, |hit| Next::body("search_after", hit.sort.clone())))
    }

    fn into_items(self) -> Vec<Hit> {
        self.hits.hits
    }

    fn is_empty(&self) -> bool {
        self.hits.hits.is_empty()
    }
}

impl BodyCursor for Hits {}

/// A stored document.
#[derive(Debug, Clone, Deserialize)]
pub struct Document {
    /// Its members.
    #[serde(rename = "_source")]
    pub source: Value,
    /// The number of its last change; for [`Elasticsearch::replace`].
    #[serde(rename = "_seq_no")]
    pub seq_no: u64,
    /// The primary shard's term of that change; for [`Elasticsearch::replace`].
    #[serde(rename = "_primary_term")]
    pub primary_term: u64,
}

/// What became of a write.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Written {
    /// `created` or `updated`.
    pub result: String,
}

/// Changes, as lines of JSON: what to do, and for an index the document.
#[derive(Debug, Clone, Copy)]
pub struct Bulk<'a>(pub &'a [Change<'a>]);

/// One change.
#[derive(Debug, Clone, Copy)]
pub enum Change<'a> {
    /// Stores a document.
    Index(&'a str, &'a Value),
    /// Deletes one.
    Delete(&'a str),
}

impl Encode for Bulk<'_> {
    fn content_type(&self) -> Option<HeaderValue> {
        Some(HeaderValue::from_static("application/x-ndjson"))
    }

    fn encode(self) -> Result<RequestBody, BoxError> {
        let lines = self.0.iter().map(|change| match change {
            Change::Index(id, document) => {
                format!("{}\n{document}\n", serde_json::json!({"index": {"_id": id}}))
            }
            Change::Delete(id) => format!("{}\n", serde_json::json!({"delete": {"_id": id}})),
        });
        Ok(RequestBody::from(lines.collect::<String>()))
    }
}

/// What became of many changes.
#[derive(Debug, Clone, Deserialize)]
pub struct BulkResult {
    /// Whether one of them failed.
    pub errors: bool,
}
