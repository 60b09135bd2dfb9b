//! `client.call`: what no trait declares goes the same way.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use declarest::{Client, Effect, ErrorKind, Raw, Text};
use declarest_tests::{Recorder, ScriptedServer, Step};
use http::Method;

fn client() -> (Client, Recorder) {
    let recorder = Recorder::answering(r#"{"id":"key_1"}"#);
    let client = Client::builder("https://api.test/v1").bearer("t").transport(recorder.clone());
    (client.build().unwrap(), recorder)
}

#[tokio::test]
async fn everything_has_its_place() {
    let (client, recorder) = client();
    let filter = BTreeMap::from([("state", "open")]);
    client
        .call::<serde_json::Value>(Method::POST, "/orgs/{org}/files/{path..}?notify=false")
        .query("tag", ["a", "b c"])
        .rest("path", "x/y z")
        .header("x-trace", 7)
        .segment("org", "../users")
        .query_flatten(&filter)
        .json(&serde_json::json!({"name": "n"}))
        .call()
        .query("late", 1)
        .await
        .unwrap();
    let seen = &recorder.seen()[0];
    assert_eq!(
        seen.uri,
        "https://api.test/v1/orgs/..%2Fusers/files/x/y%20z?notify=false&tag=a&tag=b%20c&state=open&late=1"
    );
    assert_eq!((seen.method.as_str(), &seen.body[..]), ("POST", br#"{"name":"n"}"#.as_slice()));
    assert_eq!(
        (seen.header("x-trace"), seen.header("authorization")),
        (vec!["7".into()], vec!["Bearer t".into()])
    );
}

#[tokio::test]
async fn a_path_without_placeholders_and_a_method_of_ones_own() {
    let (client, recorder) = client();
    let purge = Method::from_bytes(b"PURGE").unwrap();
    client.call::<()>(purge, "/cache").query("all", true).await.unwrap();
    client.call::<()>(Method::GET, "/status?verbose=1").await.unwrap();
    client.call::<Raw>(Method::PUT, "/form").form(&BTreeMap::from([("a", "b c")])).await.unwrap();
    client.call::<Text>(Method::PUT, "/text").body("text").await.unwrap();
    let targets: Vec<_> = recorder
        .seen()
        .iter()
        .map(|seen| format!("{} {}", seen.method, seen.uri.path_and_query().unwrap()))
        .collect();
    assert_eq!(
        targets,
        ["PURGE /v1/cache?all=true", "GET /v1/status?verbose=1", "PUT /v1/form", "PUT /v1/text"]
    );
    assert_eq!(&recorder.seen()[2].body[..], b"a=b+c");
}

#[tokio::test]
async fn what_does_not_fit_is_an_error_and_nothing_is_sent() {
    let (client, recorder) = client();
    let get = |template| client.call::<()>(Method::GET, template);
    for (call, why) in [
        (get("/keys/{id}"), "`id` has no value"),
        (get("/keys/{id}").segment("key", "x"), "`id` has no value"),
        (get("/keys").segment("id", "x"), "`id` is not a placeholder"),
        (
            get("/keys/{id}").segment("id", "x").segment("id", "y"),
            "`id` is not a placeholder of the template, or has a second",
        ),
        (get("/keys/{id}").segment("id", ".."), "`id` makes the path segment `.` or `..`"),
        (get("/keys/{id}").segment("id", ""), "`id` is empty"),
        (get("/keys/{id}").rest("id", "a/b"), "`id` takes one segment"),
        (get("/keys/{id..}").segment("id", "a"), "`id` takes one segment"),
        (get("/keys/{id..}").rest("id", "a/../b"), "`id` makes the path segment"),
        (get("keys"), "is not a path"),
        (get(""), "is not a path"),
        (get("//evil.test/keys"), "segment"),
        (get("/a/../b"), "segment"),
        (get("/keys/{id"), "without a `}`"),
        (get("/keys/id}"), "without a `{`"),
        (get("/keys/{}"), "without a name"),
        (get("/{id}/{id}"), "same one twice"),
        (get("/{a..}/{b..}"), "has two"),
        (get("/keys#top"), "is not a path"),
        (get("/keys?id={id}"), "is not a path"),
        (get("/a b"), "a URL cannot hold"),
        (get("/keys").form(&["a", "b"]), "`form` is a list of something other than pairs"),
        (get("/keys").query_flatten("x"), "`query` is not a struct, map or list of pairs"),
        (get("/keys").header("x y", 1), "header name"),
        (get("/keys").query("n", f64::NAN), "finite"),
    ] {
        let error = call.await.unwrap_err();
        assert_eq!((error.kind(), error.effect()), (ErrorKind::Argument, Effect::NotSent), "{why}");
        assert!(error.to_string().contains(why), "{why}: {error}");
    }
    assert_eq!(recorder.seen().len(), 0);
}

#[tokio::test]
async fn it_is_repeated_by_the_same_rules() {
    for (method, idempotent, requests) in
        [(Method::GET, false, 2), (Method::POST, false, 1), (Method::POST, true, 2)]
    {
        let server = ScriptedServer::start([Step::Reset, Step::json(200, "{}")]).await.unwrap();
        let client = Client::builder(server.base_url()).backoff(declarest::Backoff::none()).build().unwrap();
        let call = client.call::<()>(method, "/things/{id}").segment("id", 1);
        let result = if idempotent { call.idempotent().await } else { call.await };
        assert_eq!((result.is_ok(), server.requests().len()), (requests == 2, requests));
    }
}

#[tokio::test]
async fn an_error_names_the_template_and_not_the_value() {
    let server = ScriptedServer::start([Step::json(404, "{}")]).await.unwrap();
    let client = Client::builder(server.base_url()).build().unwrap();
    let error = client.call::<()>(Method::GET, "/keys/{id}").segment("id", "CANARY").await.unwrap_err();
    assert!(error.to_string().contains("/keys/{id}: 404 Not Found"), "{error}");
    assert!(!format!("{error:?}").contains("CANARY"));
}
