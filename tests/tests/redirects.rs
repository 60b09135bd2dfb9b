//! Redirects: an error, unless somebody opted in.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::sync::{Arc, Mutex};

use declarest::{Backoff, Body, BoxError, Call, Client, ErrorKind, Redirects, Secret, Text, api};
use declarest_tests::{ScriptedServer, Step};

#[api]
trait Files {
    #[get("/files/{id}")]
    fn get(&self, id: &str) -> Call<Text>;
    #[get("/files/{id}", redirects = same_origin, header("x-declared" = "1"))]
    fn moved(&self, id: &str) -> Call<Text>;
    #[get("/files/{id}/content", redirects = downloads)]
    fn content(&self, id: &str, #[header("x-share-key")] key: &Secret) -> Call<Text>;
    #[post("/files")]
    fn create(&self, #[field] name: &str) -> Call<()>;
}

fn client(server: &ScriptedServer) -> FilesClient {
    let builder = Client::builder(server.base_url()).bearer("sk-CANARY").backoff(Backoff::none());
    FilesClient::new(builder.build().unwrap())
}

async fn server(script: impl IntoIterator<Item = Step>) -> ScriptedServer {
    ScriptedServer::start(script).await.unwrap()
}

fn to(status: u16, location: &str) -> Step {
    Step::with_headers(status, &[&format!("location: {location}")], "")
}

fn text(text: &str) -> Step {
    Step::with_headers(200, &["content-type: text/plain"], text)
}

/// Row 15.
#[tokio::test]
async fn the_default_is_an_error_and_no_connection() {
    let other = server([text("other")]).await;
    for status in [301, 302, 303, 307, 308] {
        let server = server([to(status, &format!("{}/x", other.base_url()))]).await;
        let error = client(&server).get("a").await.unwrap_err();
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Redirect, status));
        assert_eq!((server.requests().len(), other.connections()), (1, 0));
    }
}

/// Row 15.
#[tokio::test]
async fn the_same_origin_is_followed_with_everything_that_was_sent() {
    for status in [301, 302, 303, 307, 308] {
        for location in ["/v1/files/b?x=1#part", "b?x=1", "../files/b?x=1"] {
            let server = server([to(status, location), text("found")]).await;
            let reply = client(&server).moved("a").with_reply().await.unwrap();
            assert_eq!((reply.value.as_str(), reply.attempts), ("found", 1), "{status} {location}");
            let requests = server.requests();
            assert!(requests[1].starts_with("GET /v1/files/b?x=1 HTTP/1.1\r\n"), "{}", requests[1]);
            for kept in ["authorization: Bearer sk-CANARY", "x-declared: 1"] {
                assert!(requests[1].contains(kept), "{}", requests[1]);
            }
            assert!(!requests[1].to_lowercase().contains("referer"));
            assert_eq!(server.connections(), 1, "the connection is used again");
        }
    }
}

/// Rows 15 and 28.
#[tokio::test]
async fn the_same_origin_means_no_other() {
    let other = server([text("other")]).await;
    let server = server([to(302, &format!("{}/x", other.base_url()))]).await;
    let error = client(&server).moved("a").await.unwrap_err();
    assert_eq!((error.kind(), other.connections(), server.requests().len()), (ErrorKind::Redirect, 0, 1));
}

/// Rows 15 and 30.
#[tokio::test]
async fn a_download_goes_elsewhere_without_anything_secret() {
    let other = server([text("the file")]).await;
    let server = server([to(302, &format!("{}/blob?sig=1", other.base_url()))]).await;
    let key = Secret::from("CANARY-share");
    let value = client(&server).content("a", &key).header("x-trace", "CANARY").await.unwrap();
    assert_eq!(value, "the file");
    assert!(server.requests()[0].contains("CANARY-share"));
    let seen = other.requests().concat();
    assert!(seen.starts_with("GET /v1/blob?sig=1 HTTP/1.1\r\n"), "{seen}");
    assert!(!seen.contains("CANARY") && !seen.to_lowercase().contains("referer"), "{seen}");
}

/// Row 15.
#[tokio::test]
async fn the_way_back_takes_no_credential_along() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = seen.clone();
    let transport = tower::service_fn(move |request: http::Request<Body>| {
        let secret = request.headers().values().any(|value| value.to_str().unwrap().contains("CANARY"));
        log.lock().unwrap().push((request.uri().to_string(), secret));
        let next = match request.uri().path() {
            "/files/a/content" => Some("https://cdn.test/blob"),
            "/blob" => Some("https://api.test/final"),
            _ => None,
        };
        let mut response = http::Response::new(Body::empty());
        if let Some(next) = next {
            *response.status_mut() = http::StatusCode::FOUND;
            response.headers_mut().insert("location", next.parse().unwrap());
        }
        async { Ok::<_, BoxError>(response) }
    });
    let client = Client::builder("https://api.test").bearer("sk-CANARY").transport(transport).build();
    FilesClient::new(client.unwrap()).content("a", &Secret::from("CANARY-share")).await.unwrap();
    let expected = [("/files/a/content", "api", true), ("/blob", "cdn", false), ("/final", "api", false)];
    let expected = expected.map(|(path, host, secret)| (format!("https://{host}.test{path}"), secret));
    assert_eq!(*seen.lock().unwrap(), expected);
}

/// Row 15.
#[tokio::test]
async fn a_circle_a_long_chain_and_no_place_to_go_are_errors() {
    let circle = server([to(302, "/v1/files/b"), to(302, "/v1/files/a")]).await;
    assert_eq!(client(&circle).moved("a").await.unwrap_err().kind(), ErrorKind::Redirect);
    assert_eq!(circle.requests().len(), 2);
    let chain = server((0..40).map(|n| to(302, &format!("/v1/files/{n}x")))).await;
    assert_eq!(client(&chain).moved("a").await.unwrap_err().kind(), ErrorKind::Redirect);
    assert_eq!(chain.requests().len(), 11, "ten are followed");
    for step in [
        Step::with_headers(302, &[], ""),
        to(302, "http://"),
        to(302, "http://u:p@127.0.0.1/"),
        to(302, "ftp://127.0.0.1/"),
        to(302, "http://example.com/"),
        to(302, "file:///etc/passwd"),
    ] {
        let server = server([step.clone()]).await;
        let error = client(&server).get("a").redirects(Redirects::Downloads).await.unwrap_err();
        assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Redirect, 1), "{step:?}");
    }
}

/// Rows 15 and 28. Forms of a location that browsers take for another host (RFC 3986, 4.2; the URL standard).
#[tokio::test]
async fn a_location_in_disguise_is_another_origin_too() {
    let other = server([text("other")]).await;
    let host = other.base_url().replace("http://", "").replace("/v1", "");
    for location in [
        format!("//{host}/v1/files/b"),
        format!("\\\\{host}/v1/files/b"),
        format!("/\\{host}/v1/files/b"),
        format!("http:\\\\{host}\\v1"),
        format!("HTTP://{host}/v1"),
        format!("http:///{host}/v1"),
        format!("http://localhost:{}/v1", host.rsplit(':').next().unwrap()),
    ] {
        let server = server([to(302, &location)]).await;
        let error = client(&server).moved("a").await.unwrap_err();
        assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Redirect, 1), "{location}");
    }
    assert_eq!(other.connections(), 0);
}

/// Row 15. Neither of these is a redirect that could be followed (RFC 9110, 15.4.1 and 15.4.5).
#[tokio::test]
async fn a_choice_and_the_news_that_nothing_changed_are_errors() {
    for status in [300, 304, 305, 306] {
        let server = server([to(status, "/v1/files/b")]).await;
        let error = client(&server).moved("a").await.unwrap_err();
        assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Redirect, 1), "{status}");
    }
}

/// Rows 15 and 18. What a redirect leads to counts as the answer of the attempt.
#[tokio::test]
async fn an_attempt_that_is_redirected_into_a_failure_is_repeated_from_the_start() {
    let script = [to(302, "/v1/files/b"), Step::json(503, ""), to(302, "/v1/files/b"), text("found")];
    let server = server(script).await;
    let reply = client(&server).moved("a").with_reply().await.unwrap();
    assert_eq!((reply.value.as_str(), reply.attempts, server.requests().len()), ("found", 2, 4));
}

/// Row 15.
#[tokio::test]
async fn a_post_is_never_sent_on() {
    for status in [301, 302, 303, 307, 308] {
        let server = server([to(status, "/v1/elsewhere")]).await;
        let error = client(&server).create("x").redirects(Redirects::Downloads).await.unwrap_err();
        assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Redirect, 1));
    }
}

/// Row 15.
#[tokio::test]
async fn a_client_may_opt_in_for_all_and_a_call_may_opt_out() {
    let server = server([to(302, "/v1/files/b"), text("found"), to(302, "/v1/files/b")]).await;
    let builder = Client::builder(server.base_url()).redirects(Redirects::SameOrigin);
    let files = FilesClient::new(builder.build().unwrap());
    assert_eq!(files.get("a").await.unwrap(), "found");
    let error = files.get("a").redirects(Redirects::Refuse).await.unwrap_err();
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Redirect, 3));
}

/// Row 30.
#[tokio::test]
async fn a_secret_of_the_location_is_not_shown() {
    let server = server([to(302, "/v1/files/b?token=CANARY")]).await;
    let error = client(&server).get("a").await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("CANARY"));
    assert!(error.headers()["location"].to_str().unwrap().contains("CANARY"), "for who asks");
}
