//! Kubernetes as it is declared: the bytes that are sent, and what comes out.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use declarest::Client;
use declarest_examples::apis::kubernetes::{
    Event, Kubernetes as _, KubernetesClient, ListOptions, Operation, Pods as _, PodsClient,
};
use declarest_examples::fake::Fake;
use http::StatusCode;
use serde_json::json;

const WATCH: &str = r#"{"type":"ADDED","object":{"metadata":{"name":"a","resourceVersion":"11"}}}
{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"12"}}}
{"type":"ERROR","object":{"kind":"Status","code":410,"message":"too old resource version"}}
"#;

async fn vendor(request: Request) -> Response {
    let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
    let pod = |name: &str| json!({"metadata": {"name": name, "resourceVersion": "1"}, "spec": {}});
    let answer = match path.rsplit('/').next().unwrap() {
        "pods" if query.contains("watch=true") => return WATCH.into_response(),
        "pods" if query.contains("continue") => {
            json!({"metadata": {"resourceVersion": "10", "continue": ""}, "items": [pod("c")]})
        }
        "pods" if query.contains("limit") => {
            json!({"metadata": {"resourceVersion": "10", "continue": "c/1"}, "items": [pod("a"), pod("b")]})
        }
        "gone" => return (StatusCode::NOT_FOUND, r#"{"kind":"Status","code":404}"#).into_response(),
        "log" => return "started\n".into_response(),
        name => pod(name),
    };
    axum::Json(answer).into_response()
}

async fn start() -> (Fake, PodsClient) {
    let fake = Fake::start(Router::new().fallback(vendor)).await.unwrap();
    let client = Client::builder(fake.url()).bearer("token").build().unwrap();
    (fake, KubernetesClient::new(client).pods("team a"))
}

#[tokio::test]
async fn a_list_is_read_and_watched_from_its_version() {
    let (fake, pods) = start().await;
    let options =
        ListOptions { label_selector: Some("app=web,tier!=cache"), limit: Some(2), ..Default::default() };
    let mut pages = pods.list(&options).pages();
    let (mut names, mut version) = (Vec::new(), String::new());
    while let Some(page) = pages.try_next().await.unwrap() {
        version = page.metadata.resource_version;
        names.extend(page.items.into_iter().map(|pod| pod.metadata.name));
    }
    assert_eq!((names, version.as_str()), (["a", "b", "c"].map(String::from).to_vec(), "10"));

    let mut events = pods.watch(&version, None).await.unwrap();
    let first = events.try_next().await.unwrap().unwrap();
    assert!(matches!(&first, Event::Added(pod) if pod.metadata.name == "a"), "{first:?}");
    let second = events.try_next().await.unwrap().unwrap();
    assert!(matches!(&second, Event::Bookmark(at) if at.metadata.resource_version == "12"), "{second:?}");
    let third = events.try_next().await.unwrap().unwrap();
    assert!(matches!(&third, Event::Error(status) if status.code == 410), "{third:?}");
    assert!(events.try_next().await.unwrap().is_none());

    let path = "GET /api/v1/namespaces/team%20a/pods";
    let selected = format!("{path}?labelSelector=app%3Dweb%2Ctier%21%3Dcache&limit=2");
    let lines = [
        selected.clone(),
        format!("{selected}&continue=c%2F1"),
        format!("{path}?watch=true&allowWatchBookmarks=true&resourceVersion=10"),
    ];
    assert_eq!(fake.lines(), lines);
}

#[tokio::test]
async fn a_patch_has_one_of_three_formats() {
    let (fake, pods) = start().await;
    let labels = json!({"metadata": {"labels": {"old": null, "new": "1"}}});
    pods.merge("a", &labels).await.unwrap();
    let path = "/metadata/labels/new";
    let operations = [
        Operation::Test { path, value: json!("1") },
        Operation::Replace { path, value: json!("2") },
        Operation::Remove { path },
    ];
    pods.patch("a", &operations).await.unwrap();
    pods.apply("a", "team", Some(true), &json!({"kind": "Pod"})).await.unwrap();
    let seen: Vec<_> = fake
        .requests()
        .iter()
        .map(|request| (format!("{request:?}"), request.header("content-type").to_owned(), request.text()))
        .collect();
    let line = "PATCH /api/v1/namespaces/team%20a/pods/a";
    let expected = [
        (line.to_owned(), "application/merge-patch+json", labels.to_string()),
        (
            line.to_owned(),
            "application/json-patch+json",
            r#"[{"op":"test","path":"/metadata/labels/new","value":"1"},{"op":"replace","path":"/metadata/labels/new","value":"2"},{"op":"remove","path":"/metadata/labels/new"}]"#.to_owned(),
        ),
        (
            format!("{line}?fieldManager=team&force=true"),
            "application/apply-patch+yaml",
            r#"{"kind":"Pod"}"#.to_owned(),
        ),
    ];
    assert_eq!(seen, expected.map(|(line, media, body)| (line, media.to_owned(), body)));
}

#[tokio::test]
async fn a_pod_is_created_found_read_and_deleted() {
    let (fake, pods) = start().await;
    assert_eq!(pods.get("a").await.unwrap().unwrap().metadata.name, "a");
    assert!(pods.get("gone").await.unwrap().is_none());
    pods.create(&json!({"metadata": {"name": "a"}})).await.unwrap();
    assert_eq!(&pods.log("a", Some("main"), 10).await.unwrap()[..], b"started\n");
    pods.delete("a", Some(30)).await.unwrap();
    let path = "/api/v1/namespaces/team%20a/pods";
    let lines = [
        format!("GET {path}/a"),
        format!("GET {path}/gone"),
        format!("POST {path}"),
        format!("GET {path}/a/log?container=main&tailLines=10"),
        format!("DELETE {path}/a?gracePeriodSeconds=30"),
    ];
    assert_eq!(fake.lines(), lines);
}
