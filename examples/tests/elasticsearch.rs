//! Elasticsearch as it is declared: the bytes that are sent, and what comes out.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use declarest::Client;
use declarest_examples::apis::elasticsearch::{
    Bulk, Change, Count, Elasticsearch as _, ElasticsearchClient, Search,
};
use declarest_examples::fake::Fake;
use http::StatusCode;
use serde_json::{Value, json};

/// Three documents, two hits a page.
async fn vendor(request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let body = axum::body::to_bytes(request.into_body(), 1 << 16).await.unwrap();
    let sent: Value = serde_json::from_slice(&body).unwrap_or_default();
    let hit = |n: u8| json!({"_id": n.to_string(), "_source": {"n": n}, "sort": [10 - n, n]});
    let answer = match path.rsplit('/').next().unwrap() {
        "_search" => {
            let hits = if sent.get("search_after").is_none() { vec![hit(1), hit(2)] } else { Vec::new() };
            json!({"hits": {"hits": hits}})
        }
        "_count" => json!({"count": 3}),
        "_bulk" => json!({"errors": false}),
        "gone" => return (StatusCode::NOT_FOUND, r#"{"found":false}"#).into_response(),
        _ => json!({"result": "updated", "_source": {"n": 1}, "_seq_no": 7, "_primary_term": 2}),
    };
    axum::Json(answer).into_response()
}

async fn start() -> (Fake, ElasticsearchClient) {
    let fake = Fake::start(Router::new().fallback(vendor)).await.unwrap();
    let client = Client::builder(fake.url()).basic("elastic", "secret").build().unwrap();
    (fake, ElasticsearchClient::new(client))
}

#[tokio::test]
async fn a_search_goes_on_behind_its_last_hit() {
    let (fake, elastic) = start().await;
    let (query, sort) = (json!({"match": {"title": "tea"}}), json!([{"at": "desc"}, {"id": "asc"}]));
    let search = Search { query: &query, sort: &sort, size: 2 };
    let mut hits = elastic.search("notes", &search, &["title", "a,b"], None).items();
    let mut ids = Vec::new();
    while let Some(hit) = hits.try_next().await.unwrap() {
        ids.push(hit.id);
    }
    assert_eq!(ids, ["1", "2"]);
    let line = "GET /notes/_search?track_total_hits=false&_source_includes=title,a%2Cb";
    assert_eq!(fake.lines(), [line, line]);
    let first = r#"{"query":{"match":{"title":"tea"}},"sort":[{"at":"desc"},{"id":"asc"}],"size":2}"#;
    let requests = fake.requests();
    assert_eq!(requests[0].text(), first);
    let next: Value = serde_json::from_str(&requests[1].text()).unwrap();
    assert_eq!(next["search_after"], json!([8, 2]));
    assert_eq!(requests[0].header("authorization"), "Basic ZWxhc3RpYzpzZWNyZXQ=");
}

#[tokio::test]
async fn a_get_has_content_or_none() {
    let (fake, elastic) = start().await;
    assert_eq!(elastic.count("notes", None).await.unwrap().count, 3);
    let query = json!({"match_all": {}});
    elastic.count("notes", Some(&Count { query: &query })).await.unwrap();
    let requests = fake.requests();
    assert_eq!((requests[0].text().as_str(), requests[0].header("content-type")), ("", ""));
    assert_eq!(requests[1].text(), r#"{"query":{"match_all":{}}}"#);
}

#[tokio::test]
async fn a_document_is_read_written_and_may_be_missing() {
    let (fake, elastic) = start().await;
    let found = elastic.document("notes", "a/1").await.unwrap().unwrap();
    assert!(elastic.document("notes", "gone").await.unwrap().is_none());
    assert!(!elastic.exists("notes", "gone").await.unwrap());
    let written = elastic.replace("notes", "1", &found.source, found.seq_no, found.primary_term).await;
    assert_eq!(written.unwrap().result, "updated");
    elastic.put("notes", "1", &json!({"n": 2})).await.unwrap();
    let lines = [
        "GET /notes/_doc/a%2F1",
        "GET /notes/_doc/gone",
        "HEAD /notes/_doc/gone",
        "PUT /notes/_doc/1?if_seq_no=7&if_primary_term=2",
        "PUT /notes/_doc/1",
    ];
    assert_eq!(fake.lines(), lines);
}

#[tokio::test]
async fn changes_are_lines_of_json() {
    let (fake, elastic) = start().await;
    let document = json!({"n": 1});
    let changes = [Change::Index("1", &document), Change::Delete("\"2\"")];
    assert!(!elastic.bulk("notes", Bulk(&changes), Some(true)).await.unwrap().errors);
    let request = &fake.requests()[0];
    assert_eq!(format!("{request:?}"), "POST /notes/_bulk?refresh=true");
    assert_eq!(request.header("content-type"), "application/x-ndjson");
    assert_eq!(
        request.text(),
        "{\"index\":{\"_id\":\"1\"}}\n{\"n\":1}\n{\"delete\":{\"_id\":\"\\\"2\\\"\"}}\n"
    );
}
