//! S3 as it is declared: the bytes that are sent, the signature, and what comes out.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use declarest::{Client, File, RequestBody};
use declarest_examples::apis::s3::{Objects as _, ObjectsClient};
use declarest_examples::fake::Fake;
use declarest_examples::layers::sigv4::{SigV4, with_sigv4};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

async fn vendor(request: Request) -> Response {
    let (method, query) = (request.method().clone(), request.uri().query().unwrap_or_default().to_owned());
    if request.uri().path().ends_with("/gone") {
        return (StatusCode::NOT_FOUND, "<Error><Code>NoSuchKey</Code></Error>").into_response();
    }
    let entry = |key: &str| format!("<Contents><Key>{key}</Key><Size>3</Size></Contents>");
    let text = match (method, query.as_str()) {
        (Method::GET, query) if query.contains("continuation-token") => entry("logs/b"),
        (Method::GET, query) if query.starts_with("list-type") => {
            format!("{}<NextContinuationToken>t/1=</NextContinuationToken>", entry("logs/a&amp;"))
        }
        (Method::GET, _) => return "0123456789".into_response(),
        (Method::PUT, _) if request.headers().contains_key("x-amz-copy-source") => {
            "<CopyObjectResult><ETag>\"e\"</ETag></CopyObjectResult>".to_owned()
        }
        (Method::DELETE, _) => return StatusCode::NO_CONTENT.into_response(),
        _ => return StatusCode::OK.into_response(),
    };
    let text =
        if text.starts_with("<Copy") { text } else { format!("<ListBucketResult>{text}</ListBucketResult>") };
    ([("content-type", "application/xml")], text).into_response()
}

/// Friday, 24 May 2013, 00:00:00.
fn then() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_369_353_600)
}

fn signer(region: &str) -> SigV4<fn() -> SystemTime> {
    SigV4 {
        key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
        session_token: None,
        region: region.to_owned(),
        service: "s3".to_owned(),
        clock: then,
    }
}

async fn start() -> (Fake, ObjectsClient) {
    let fake = Fake::start(Router::new().fallback(vendor)).await.unwrap();
    let client = with_sigv4(Client::builder(fake.url()), signer("eu-central-1")).build().unwrap();
    (fake, ObjectsClient::new(client))
}

#[tokio::test]
async fn a_bucket_is_listed_in_pages_of_xml() {
    let (fake, objects) = start().await;
    let mut items = objects.list("b", Some("logs/"), Some('/'), None).items();
    let mut keys = Vec::new();
    while let Some(entry) = items.try_next().await.unwrap() {
        keys.push((entry.key, entry.size));
    }
    assert_eq!(keys, [("logs/a&".to_owned(), 3), ("logs/b".to_owned(), 3)]);
    let line = "GET /b?list-type=2&prefix=logs%2F&delimiter=%2F";
    assert_eq!(fake.lines(), [line.to_owned(), format!("{line}&continuation-token=t%2F1%3D")]);
}

#[tokio::test]
async fn an_object_is_stored_copied_read_and_deleted() {
    let (fake, objects) = start().await;
    let metadata =
        HeaderMap::from_iter([("x-amz-meta-by".parse().unwrap(), HeaderValue::from_static("ada"))]);
    let body = || RequestBody::from("abc");
    objects.put("b", "logs//a b/", "text/plain", &metadata, body()).await.unwrap();
    assert_eq!(objects.copy("b", "copy", "/b/logs//a%20b/").await.unwrap().etag, "\"e\"");
    assert_eq!(&objects.get("b", "copy", Some("bytes=0-9")).await.unwrap().unwrap()[..], b"0123456789");
    assert!(objects.get("b", "gone", None).await.unwrap().is_none());
    assert!(!objects.exists("b", "gone").await.unwrap());
    objects.remove_tags("b", "copy").await.unwrap();
    objects.delete("b", "copy").await.unwrap();
    let lines = [
        "PUT /b/logs//a%20b/",
        "PUT /b/copy",
        "GET /b/copy",
        "GET /b/gone",
        "HEAD /b/gone",
        "DELETE /b/copy?tagging",
        "DELETE /b/copy",
    ];
    assert_eq!(fake.lines(), lines);
    let put = &fake.requests()[0];
    assert_eq!((put.text().as_str(), put.header("content-type")), ("abc", "text/plain"));
    assert_eq!(put.header("x-amz-meta-by"), "ada");
}

#[tokio::test]
async fn a_key_that_would_be_the_bucket_is_refused() {
    let (fake, objects) = start().await;
    for key in ["", ".", "a/../b"] {
        assert!(objects.delete("b", key).await.is_err(), "{key:?}");
    }
    assert!(fake.lines().is_empty());
}

#[tokio::test]
async fn a_file_is_streamed_without_a_signature_of_its_content() {
    let (fake, objects) = start().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    std::fs::write(&path, "content").unwrap();
    objects.upload("b", "a.txt", File::new(&path)).await.unwrap();
    let request = &fake.requests()[0];
    assert_eq!(request.text(), "content");
    assert_eq!(request.header("x-amz-content-sha256"), "UNSIGNED-PAYLOAD");
    let scope = "AKIAIOSFODNN7EXAMPLE/20130524/eu-central-1/s3/aws4_request";
    let names = "content-type;host;x-amz-content-sha256;x-amz-date";
    let start = format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders={names}, Signature=");
    assert!(request.header("authorization").starts_with(&start), "{}", request.header("authorization"));
}

/// The examples that AWS documents for S3: "GET Bucket Lifecycle" and "GET Bucket (List Objects)".
#[tokio::test]
async fn the_documented_requests_have_the_documented_signatures() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = seen.clone();
    let transport = tower::service_fn(move |request: http::Request<declarest::Body>| {
        log.lock().unwrap().push(request.headers()["authorization"].to_str().unwrap().to_owned());
        async { Ok::<_, declarest::BoxError>(http::Response::new(declarest::Body::empty())) }
    });
    let client = Client::builder("https://examplebucket.s3.amazonaws.com").transport(transport);
    let client = with_sigv4(client, signer("us-east-1")).build().unwrap();
    client.call::<()>(Method::GET, "/").query("lifecycle", "").call().await.unwrap();
    client.call::<()>(Method::GET, "/").query("max-keys", 2).query("prefix", "J").call().await.unwrap();
    let signatures = [
        "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    ];
    let seen = seen.lock().unwrap();
    for (authorization, signature) in seen.iter().zip(signatures) {
        assert!(authorization.ends_with(signature), "{authorization}");
    }
    assert_eq!(seen.len(), 2);
}
