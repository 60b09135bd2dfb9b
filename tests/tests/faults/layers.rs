//! Layers of the user's between loop and transport, and around the call.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use declarest::{Body, BoxError, Effect, ErrorKind, HttpService};
use declarest_tests::{ScriptedServer, Step};
use tower::util::MapRequestLayer;
use tower::{Service, ServiceExt as _};

use super::{KEY, Keys as _, KeysClient, builder, server};

const SHORT: Duration = Duration::from_millis(250);

/// Row 31.
#[tokio::test]
async fn a_layer_sees_the_endpoint_and_no_credential() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = seen.clone();
    let layer = MapRequestLayer::new(move |request: http::Request<Body>| {
        let endpoint =
            request.extensions().get::<&'static declarest::Endpoint>().map(|endpoint| endpoint.template);
        let shown = format!("{request:?}").contains("CANARY");
        log.lock().unwrap().push((endpoint, request.headers().contains_key("authorization"), shown));
        request
    });
    let server = server([Step::json(200, KEY)]).await;
    let client = builder(server.base_url()).layer(layer).build().unwrap();
    KeysClient::new(client).get("key_1").await.unwrap();
    assert_eq!(*seen.lock().unwrap(), [(Some("/keys/{id}"), false, false)]);
    assert!(server.requests()[0].contains("authorization: Bearer"));
}

/// Row 31. Another host, another port, another scheme, and a host that only looks the same.
#[tokio::test]
async fn a_layer_that_goes_elsewhere_takes_no_credential_along() {
    for around_the_call in [false, true] {
        let (here, other) = (server([Step::json(200, KEY)]).await, server([Step::json(200, KEY)]).await);
        let target: http::Uri = format!("{}/keys/key_1", other.base_url()).parse().unwrap();
        let layer = MapRequestLayer::new(move |mut request: http::Request<Body>| {
            *request.uri_mut() = target.clone();
            request
        });
        let client = builder(here.base_url());
        let client = if around_the_call { client.call_layer(layer) } else { client.layer(layer) };
        KeysClient::new(client.build().unwrap()).get("key_1").await.unwrap();
        let request = other.requests().concat();
        assert!(!request.contains("CANARY") && !request.contains("authorization"), "{request}");
        assert!(here.requests().is_empty());
    }
    for elsewhere in [
        "http://api.test/keys/a",
        "https://api.test:444/keys/a",
        "https://api.test.evil.test/keys/a",
        "https://evil.test/api.test",
        "https://evil.test/?https://api.test/keys",
    ] {
        for (target, own) in [(elsewhere, false), ("https://API.test:443/other", true)] {
            let seen = Arc::new(Mutex::new(None));
            let log = seen.clone();
            let transport = tower::service_fn(move |request: http::Request<Body>| {
                *log.lock().unwrap() = Some(request.headers().contains_key("authorization"));
                async { Ok::<_, BoxError>(http::Response::new(Body::from(KEY))) }
            });
            let target: http::Uri = target.parse().unwrap();
            let layer = MapRequestLayer::new(move |mut request: http::Request<Body>| {
                *request.uri_mut() = target.clone();
                request
            });
            let client = builder("https://api.test".to_owned()).transport(transport).layer(layer);
            KeysClient::new(client.build().unwrap()).get("a").await.unwrap();
            assert_eq!(*seen.lock().unwrap(), Some(own), "{elsewhere}");
        }
    }
}

/// Gives a request up as soon as the server has seen it: a timeout that needs no clock.
#[derive(Clone)]
struct GivesUp {
    inner: HttpService,
    server: Arc<ScriptedServer>,
    /// How many requests it gives up.
    left: Arc<AtomicU32>,
}

fn gives_up(
    server: &Arc<ScriptedServer>,
    requests: u32,
) -> impl tower::Layer<HttpService, Service = GivesUp> + Send + use<> {
    let (server, left) = (server.clone(), Arc::new(AtomicU32::new(requests)));
    tower::layer::layer_fn(move |inner| GivesUp { inner, server: server.clone(), left: left.clone() })
}

impl Service<http::Request<Body>> for GivesUp {
    type Response = http::Response<Body>;
    type Error = BoxError;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), BoxError>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let (answer, server) = (self.inner.call(request), self.server.clone());
        let once_less = |left: u32| left.checked_sub(1);
        let gives_up = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, once_less).is_ok();
        let requests = server.requests().len() + 1;
        Box::pin(async move {
            tokio::select! {
                answer = answer => answer,
                () = server.has_seen(requests), if gives_up => Err("it took too long".into()),
            }
        })
    }
}

/// Row 31.
#[tokio::test]
async fn a_layers_timeout_does_not_hide_that_the_request_may_have_arrived() {
    let server = Arc::new(server([Step::Silence]).await);
    let client = builder(server.base_url()).layer(gives_up(&server, 1)).build().unwrap();
    let error = KeysClient::new(client).create("x").await.unwrap_err();
    assert_eq!((error.effect(), error.attempts(), server.requests().len()), (Effect::MaybeSent, 1, 1));
    assert!(!error.is_repeatable());
}

/// Row 31. One that is idempotent is repeated, as after any lost connection.
#[tokio::test]
async fn a_layers_timeout_is_repeated_where_that_is_safe() {
    let server = Arc::new(server([Step::Silence, Step::json(200, KEY)]).await);
    let client = builder(server.base_url()).layer(gives_up(&server, 1)).build().unwrap();
    let reply = KeysClient::new(client).get("x").with_reply().await.unwrap();
    assert_eq!((reply.attempts, server.requests().len()), (2, 2));
}

/// Row 31.
#[tokio::test]
async fn a_layer_around_the_call_sees_it_once_whatever_the_attempts() {
    let count = Arc::new(AtomicU32::new(0));
    let counted = count.clone();
    let layer = MapRequestLayer::new(move |mut request: http::Request<Body>| {
        counted.fetch_add(1, Ordering::Relaxed);
        assert!(!request.headers().contains_key("authorization"));
        request.headers_mut().insert("x-layer", http::HeaderValue::from_static("1"));
        request
    });
    let server = server([Step::json(503, ""), Step::json(200, KEY)]).await;
    let client = builder(server.base_url()).call_layer(layer).build().unwrap();
    let reply = KeysClient::new(client).get("key_1").with_reply().await.unwrap();
    assert_eq!((reply.attempts, count.load(Ordering::Relaxed)), (2, 1));
    for request in server.requests() {
        assert!(request.contains("x-layer: 1") && request.contains("authorization: Bearer"), "{request}");
    }
}

/// Row 31.
#[tokio::test]
async fn a_timeout_around_the_call_does_not_hide_that_the_request_may_have_arrived() {
    let server = Arc::new(server([Step::Silence]).await);
    let client = builder(server.base_url()).call_layer(gives_up(&server, 2)).build().unwrap();
    let keys = KeysClient::new(client);
    let error = keys.create("x").await.unwrap_err();
    let known = (error.kind(), error.effect(), error.attempts(), server.requests().len());
    assert_eq!(known, (ErrorKind::Layer, Effect::MaybeSent, 1, 1));
    assert_eq!((error.template().as_deref(), error.is_repeatable()), (Some("/keys"), false));
    assert!(keys.get("x").await.unwrap_err().is_repeatable());
}

/// Row 31. The deadline stands outside of all layers.
#[tokio::test]
async fn a_layer_that_hangs_is_ended_by_the_deadline_and_nothing_was_sent() {
    let server = server([Step::json(200, KEY)]).await;
    for around_the_call in [false, true] {
        let layer = tower::layer::layer_fn(|_: HttpService| {
            tower::service_fn(|_: http::Request<Body>| {
                std::future::pending::<Result<http::Response<Body>, BoxError>>()
            })
        });
        let client = builder(server.base_url());
        let client = if around_the_call { client.call_layer(layer) } else { client.layer(layer) };
        let error = KeysClient::new(client.build().unwrap()).create("x").deadline(SHORT).await.unwrap_err();
        assert_eq!((error.kind(), error.effect()), (ErrorKind::Deadline, Effect::NotSent));
        assert_eq!(server.connections(), 0);
    }
}

/// Sends a copy of each request first, and gives it up when it has arrived and has no answer: what a hedging or a
/// retrying layer does.
#[derive(Clone)]
struct Hedge(HttpService, Arc<ScriptedServer>);

impl Service<http::Request<Body>> for Hedge {
    type Response = http::Response<Body>;
    type Error = BoxError;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), BoxError>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let mut first = http::Request::new(Body::from("{}"));
        *first.method_mut() = request.method().clone();
        *first.uri_mut() = request.uri().clone();
        *first.headers_mut() = request.headers().clone();
        *first.extensions_mut() = request.extensions().clone();
        let (inner, server) = (self.0.clone(), self.1.clone());
        Box::pin(async move {
            tokio::select! {
                biased;
                _ = inner.clone().oneshot(first) => {}
                () = server.has_seen(1) => {}
            }
            inner.oneshot(request).await
        })
    }
}

fn hedge(server: &Arc<ScriptedServer>) -> impl tower::Layer<HttpService, Service = Hedge> + Send + use<> {
    let server = server.clone();
    tower::layer::layer_fn(move |inner| Hedge(inner, server.clone()))
}

/// Rows 18 and 31. What the last answer says of itself says nothing of what was sent before it.
#[tokio::test]
async fn a_429_does_not_excuse_what_a_layer_has_sent_before_it() {
    for first in [Step::Reset, Step::Silence, Step::json(500, "")] {
        let server = Arc::new(server([first.clone(), Step::json(429, ""), Step::json(200, KEY)]).await);
        let client = builder(server.base_url()).layer(hedge(&server)).build().unwrap();
        let error = KeysClient::new(client).create("x").await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (429, 1), "{first:?}");
        assert_eq!(server.requests().len(), 2, "the layer sent two");
    }
}

/// Row 31. The first run may have arrived; the second never left.
#[tokio::test]
async fn a_refused_connection_does_not_excuse_what_a_layer_has_sent_before_it() {
    for around_the_call in [false, true] {
        let server = Arc::new(server([Step::Silence]).await);
        let away = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let away: http::Uri = format!("http://{away}/keys").parse().unwrap();
        let second = Arc::new(AtomicU32::new(0));
        let astray = MapRequestLayer::new(move |mut request: http::Request<Body>| {
            if second.fetch_add(1, Ordering::SeqCst) > 0 {
                *request.uri_mut() = away.clone();
            }
            request
        });
        let hedge = hedge(&server);
        let client = builder(server.base_url()).layer(astray);
        let client = if around_the_call { client.call_layer(hedge) } else { client.layer(hedge) };
        let error = KeysClient::new(client.build().unwrap()).create("x").await.unwrap_err();
        assert_eq!((error.effect(), server.requests().len()), (Effect::MaybeSent, 1), "{around_the_call}");
        assert!(!error.is_repeatable());
    }
}

/// Row 31. What the client knows of a request travels in its extensions: without them nothing would tell that it was
/// sent, so it is not.
#[tokio::test]
async fn a_layer_that_loses_the_extensions_sends_nothing() {
    for around_the_call in [false, true] {
        let server = server([Step::json(200, KEY)]).await;
        let layer = MapRequestLayer::new(|mut request: http::Request<Body>| {
            request.extensions_mut().clear();
            request
        });
        let client = builder(server.base_url());
        let client = if around_the_call { client.call_layer(layer) } else { client.layer(layer) };
        let error = KeysClient::new(client.build().unwrap()).create("x").await.unwrap_err();
        assert_eq!((error.kind(), error.effect()), (ErrorKind::Layer, Effect::NotSent));
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!((cause.as_str(), server.connections()), ("the layer lost the request's extensions", 0));
    }
}
