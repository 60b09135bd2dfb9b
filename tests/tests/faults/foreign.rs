//! Responses that did not come from the wire, and requests that go to another origin.

use std::future::ready;
use std::time::Duration;

use declarest::{
    Body, BoxError, Call, Effect, ErrorKind, Events, Exists, ForOrigin, IfModified, JsonLines, Raw, Secret,
    Text, Verdict, api,
};
use declarest_tests::Step;
use http::{HeaderValue, Request, Response};
use tower::util::MapRequestLayer;
use tower::{Layer, Service};

use super::{KEY, Keys as _, KeysClient, anonymous, answered, builder, server, watched};

#[api]
trait Everything {
    #[get("/x")]
    fn unit(&self) -> Call<()>;
    #[get("/x", header("x-exists" = "1"))]
    fn exists(&self) -> Call<Exists>;
    #[get("/x", header("x-text" = "1"))]
    fn text(&self) -> Call<Text>;
    #[get("/x", header("x-raw" = "1"))]
    fn raw(&self) -> Call<Raw>;
    #[get("/x", header("x-modified" = "1"))]
    fn modified(&self) -> Call<IfModified<Text>>;
    #[get("/x", header("x-events" = "1"))]
    fn events(&self) -> Call<Events<u32>>;
    #[get("/x", header("x-lines" = "1"))]
    fn lines(&self) -> Call<JsonLines<u32>>;
}

/// A layer that makes a response of its own and never calls what is behind it.
#[derive(Clone)]
struct Responds<F>(F);

impl<S, F: Clone> Layer<S> for Responds<F> {
    type Service = Self;

    fn layer(&self, _: S) -> Self {
        self.clone()
    }
}

impl<F: Fn() -> Response<Body>> Service<Request<Body>> for Responds<F> {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = std::future::Ready<Result<Response<Body>, BoxError>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), BoxError>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<Body>) -> Self::Future {
        ready(Ok((self.0)()))
    }
}

/// A client behind a layer around the call, or around each attempt, that responds by itself.
fn responding(
    around_the_call: bool,
    response: impl Fn() -> Response<Body> + Clone + Send + Sync + 'static,
) -> EverythingClient {
    let builder = anonymous("https://api.test".to_owned()).attempts(1);
    let layer = Responds(response);
    let builder = if around_the_call { builder.call_layer(layer) } else { builder.layer(layer) };
    EverythingClient::new(builder.build().unwrap())
}

/// Row 35.
#[tokio::test]
async fn a_layers_own_error_status_fails_every_kind_of_call() {
    for around_the_call in [true, false] {
        for status in [503, 404, 302] {
            let api = responding(around_the_call, move || answered(status, ""));
            let errors = [
                api.unit().await.err(),
                api.text().await.err(),
                api.raw().await.err(),
                api.modified().await.err(),
                api.events().await.err(),
                api.lines().await.err(),
                if status == 404 { api.unit().await.err() } else { api.exists().await.err() },
            ];
            for error in errors {
                let error = error.expect("an error");
                assert_eq!(error.status().unwrap().as_u16(), status);
                assert_eq!(error.effect(), Effect::Responded);
                assert_eq!(error.template().as_deref(), Some("/x"));
            }
        }
    }
}

/// Row 35.
#[tokio::test]
async fn a_layers_own_response_is_limited_classified_and_decoded() {
    for around_the_call in [true, false] {
        let layer = Responds(|| answered(200, "0123456789"));
        let build = |classify: bool| {
            let builder = anonymous("https://api.test".to_owned()).body_limit(9);
            let builder = if around_the_call {
                builder.call_layer(layer.clone())
            } else {
                builder.layer(layer.clone())
            };
            let builder =
                if classify { builder.body_limit(10).classify(|_, _| Verdict::Error) } else { builder };
            EverythingClient::new(builder.build().unwrap())
        };
        assert_eq!(build(false).text().await.unwrap_err().kind(), ErrorKind::TooLarge);
        assert_eq!(build(true).text().await.unwrap_err().kind(), ErrorKind::Classified);
        assert_eq!(build(true).unit().await.unwrap_err().kind(), ErrorKind::Classified);
    }
}

/// Row 35. A cache: a new response without the extensions of the one from the wire.
#[tokio::test]
async fn a_stream_in_a_response_that_a_layer_built_anew_gives_all_its_items() {
    for around_the_call in [true, false] {
        let events = responding(around_the_call, || {
            let mut response = answered(200, "data: 1\n\ndata: 2\n\n");
            response.headers_mut().insert("content-type", HeaderValue::from_static("text/event-stream"));
            response
        });
        let mut items = events.events().await.unwrap();
        assert_eq!((items.try_next().await.unwrap(), items.try_next().await.unwrap()), (Some(1), Some(2)));
        assert_eq!(items.try_next().await.unwrap(), None);
        let lines = responding(around_the_call, || answered(200, "1\n2\n"));
        let mut items = lines.lines().await.unwrap();
        assert_eq!((items.try_next().await.unwrap(), items.try_next().await.unwrap()), (Some(1), Some(2)));
        assert_eq!(items.try_next().await.unwrap(), None);
    }
}

/// What a signing layer adds.
fn signs(own: bool) -> MapRequestLayer<impl Fn(Request<Body>) -> Request<Body> + Clone> {
    MapRequestLayer::new(move |mut request: Request<Body>| {
        request.headers_mut().insert("authorization", HeaderValue::from_static("Signature CANARY"));
        request.headers_mut().insert("x-signature", HeaderValue::from_static("CANARY"));
        request.headers_mut().insert("accept", HeaderValue::from_static("text/CANARY"));
        if own {
            let uri = request.uri().clone();
            request.extensions_mut().insert(ForOrigin(uri));
        }
        request
    })
}

#[api]
trait Elsewhere {
    #[get(header("x-constant" = "1"))]
    fn at(&self, #[url] url: &http::Uri, #[header("x-argument")] argument: &Secret) -> Call<Text>;
    #[get("/moved", redirects = downloads, header("x-constant" = "1"))]
    fn moved(&self) -> Call<Text>;
}

fn text(text: &str) -> Step {
    Step::with_headers(200, &["content-type: text/plain"], text)
}

/// Row 36.
#[tokio::test]
async fn what_a_layer_adds_stays_behind_when_a_request_goes_elsewhere() {
    for around_the_call in [false, true] {
        for own in [false, true] {
            let other = server([text("there")]).await;
            let moved = format!("location: {}/there", other.base_url());
            let here = server([Step::with_headers(307, &[&moved], "")]).await;
            let builder = builder(here.base_url()).header("x-default", "CANARY");
            let layer = signs(own);
            let builder = if around_the_call { builder.call_layer(layer) } else { builder.layer(layer) };
            let api = ElsewhereClient::new(builder.build().unwrap());
            let url: http::Uri = format!("{}/direct", other.base_url()).parse().unwrap();
            api.at(&url, &Secret::from("argument")).header("x-option", "option").await.unwrap();
            api.moved().await.unwrap();
            assert!(here.requests()[0].contains("x-signature: CANARY"), "{}", here.requests()[0]);
            let [direct, redirected] = &other.requests()[..] else { panic!("two requests") };
            for described in ["x-argument: argument", "x-constant: 1", "x-option: option"] {
                assert!(direct.contains(described), "{direct}");
                assert!(!redirected.contains(described), "{redirected}");
            }
            // A layer around the call does not see where redirects lead, so it cannot sign for them.
            for (request, signed) in [(direct, own), (redirected, own && !around_the_call)] {
                for of_layer in
                    ["authorization: Signature CANARY", "x-signature: CANARY", "accept: text/CANARY"]
                {
                    assert_eq!(request.contains(of_layer), signed, "{request}");
                }
            }
            assert!(!direct.contains("sk-admin-CANARY") && !direct.contains("x-default"), "{direct}");
            assert!(
                !redirected.contains("sk-admin-CANARY") && !redirected.contains("x-default"),
                "{redirected}"
            );
        }
    }
}

/// Row 36. Without layers, too: the client's default headers are for its own origin.
#[tokio::test]
async fn a_url_elsewhere_gets_what_the_call_describes_and_its_own_credential() {
    let other = server([text("there")]).await;
    let here = server([text("here")]).await;
    let client = builder(here.base_url()).header("x-default", "CANARY").build().unwrap();
    let api = ElsewhereClient::new(client);
    let url: http::Uri = format!("{}/direct", other.base_url()).parse().unwrap();
    let call = api.at(&url, &Secret::from("argument")).bearer("of-the-call");
    assert!(call.to_curl().contains("authorization: Bearer ***"), "{}", call.to_curl());
    call.await.unwrap();
    let request = other.requests().concat();
    assert!(
        request.contains("authorization: Bearer of-the-call") && request.contains("x-argument: argument")
    );
    assert!(request.contains("user-agent: declarest/") && !request.contains("CANARY"), "{request}");
}

/// Row 42.
#[tokio::test]
async fn a_425_is_repeated_like_a_503_and_a_403_is_not() {
    let early = server([Step::json(425, "{}"), Step::json(200, KEY)]).await;
    let keys = KeysClient::new(builder(early.base_url()).build().unwrap());
    assert_eq!(keys.get("a").with_reply().await.unwrap().attempts, 2);
    let early = server([Step::json(425, "{}")]).await;
    let keys = KeysClient::new(builder(early.base_url()).build().unwrap());
    assert_eq!(keys.create("a").await.unwrap_err().attempts(), 1);
    let forbidden = server([Step::with_headers(403, &["retry-after: 0"], "{}")]).await;
    let keys = KeysClient::new(builder(forbidden.base_url()).build().unwrap());
    assert_eq!(keys.get("a").await.unwrap_err().attempts(), 1);
    let limited = server([Step::with_headers(403, &["retry-after: 0"], "{}"), Step::json(200, KEY)]).await;
    let client = builder(limited.base_url()).classify(|head, _| match head.headers.get("retry-after") {
        Some(_) if head.status == 403 => Verdict::Repeat,
        _ => Verdict::ByStatus,
    });
    assert_eq!(KeysClient::new(client.build().unwrap()).get("a").with_reply().await.unwrap().attempts, 2);
}

/// Row 51.
#[tokio::test]
async fn a_content_coding_that_is_not_built_in_is_named() {
    for (coding, named) in
        [("br", "`br`"), ("FOO", "`FOO`"), ("gzip, gzip", "`gzip, gzip`"), ("x, identity", "`x`")]
    {
        let line = format!("content-encoding: {coding}");
        let headers = [line.as_str(), "content-type: application/json"];
        let server = server([Step::with_headers(200, &headers, KEY)]).await;
        let keys = KeysClient::new(builder(server.base_url()).build().unwrap());
        let error = keys.get("a").await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1));
        assert!(error.to_string().contains(named), "{error}");
        assert_eq!(error.status().unwrap(), 200);
        keys.delete("a").await.expect("nothing of the body is read");
        let raw = keys.get("a").header("accept-encoding", coding).await;
        assert_eq!(raw.unwrap().id, "key_1", "who asks for a coding gets the bytes as they are");
    }
    let identity = server([Step::with_headers(200, &["content-encoding: identity"], KEY)]).await;
    KeysClient::new(builder(identity.base_url()).build().unwrap()).get("a").await.unwrap();
}

/// Row 52.
#[tokio::test]
async fn a_deadline_inside_of_the_body_knows_the_head() {
    let head = b"HTTP/1.1 200 X\r\nx-request-id: req_1\r\ncontent-length: 9\r\n\r\n{".to_vec();
    for by_attempt in [false, true] {
        let server = server([Step::Send(head.clone())]).await;
        let (keys, clock, head_came) = watched(&server);
        let (call, limit) = (keys.get("a").attempts(1), Duration::from_secs(9));
        let call = if by_attempt { call.attempt_timeout(limit) } else { call.deadline(limit) };
        let error = clock.advance_when(head_came.notified(), limit, call).await.unwrap_err();
        assert!(error.is_timeout());
        assert_eq!((error.effect(), error.status().unwrap().as_u16()), (Effect::Responded, 200));
        assert_eq!(error.request_id(), Some("req_1"));
    }
}
