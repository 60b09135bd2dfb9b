//! Row 30: what is secret appears nowhere but where it is meant to go.
//!
//! The calls run in a process of its own, under proxy variables of the environment and with everything that any crate
//! says at TRACE kept; what that process prints, panics included, is looked through as well.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use declarest::{
    ApiError, Auth, Backoff, Body, BoxError, Client, ClientBuilder, Decode, Error, Event, Events, Redirects,
    Secret, api,
};
use declarest::{Call, Next, Page, Pages, RequestParts, Returns, Sent};
use declarest_tests::{ScriptedServer, Step};
use serde::{Deserialize, Serialize};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

const CREDENTIAL: &str = "CANARY-credential";
const HEADER: &str = "CANARY-header";
const KEY: &str = "CANARY-idempotency";
const BODY: &str = "CANARY-body";
const PLAIN: &str = "CANARY-plain-body";
const ANSWER: &str = "CANARY-answer";
const PROXY_PASSWORD: &str = "CANARY-proxy-password";
const PATH: &str = "CANARY-path";
const QUERY: &str = "CANARY-query";

/// What must be shown nowhere.
const SECRET: [&str; 7] = [CREDENTIAL, HEADER, KEY, BODY, PLAIN, ANSWER, PROXY_PASSWORD];
/// What must not be shown by declarest; other crates may say where a request goes.
const PRIVATE: [&str; 2] = [PATH, QUERY];

#[derive(Serialize)]
struct New {
    secret: Secret,
    plain: &'static str,
}

#[derive(Debug, Clone, Deserialize)]
struct Given {
    value: Secret,
}

impl Page for Given {
    type Item = Secret;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        Ok(Next::query("after", ANSWER))
    }

    fn into_items(self) -> Vec<Secret> {
        vec![self.value]
    }
}

/// A type of the user's that panics while it reads.
struct Panics;

impl Decode for Panics {
    type Output = ();

    fn decode(answer: declarest::Response) -> Result<(), Error> {
        panic!("while reading {answer:?}")
    }
}

/// Shows a request before it is sent.
struct Shown(String);

impl Returns for Shown {
    fn returns(parts: RequestParts) -> Self {
        Self(format!("{parts:?} {parts:#?}"))
    }
}

#[api]
trait Secrets {
    #[post("/{kind}/{id}", idempotency_key = "Idempotency-Key")]
    fn send(
        &self,
        kind: &str,
        id: &str,
        #[query] search: &str,
        #[header("x-secret")] header: &Secret,
        #[json] body: &New,
    ) -> Call<Given>;
    #[post("/{kind}/{id}?panics=1", idempotent)]
    fn send_to_panic(&self, kind: &str, id: &str, #[query] search: &str, #[json] body: &New) -> Call<Panics>;
    #[put("/{kind}/{id}")]
    fn show(&self, kind: &str, id: &str, #[query] search: &str, #[json] body: &New) -> Shown;
    #[get("/{kind}/{id}")]
    fn fetch(
        &self,
        kind: &str,
        id: &str,
        #[query] search: &str,
        #[header("x-secret")] h: &Secret,
    ) -> Call<Given>;
    #[post("/{kind}/{id}?credentials=1")]
    fn credentials(
        &self,
        kind: &str,
        id: &str,
        #[query] search: &str,
        #[header("Authorization")] authorization: &str,
        #[cookie] session: &Secret,
        #[json] body: &New,
    ) -> Call<Given>;
    #[get("/{kind}/{id}?list=1")]
    fn list(&self, kind: &str, id: &str, #[query] search: &str) -> Pages<Given>;
    #[get("/{kind}/{id}?as=events")]
    fn raw_events(&self, kind: &str, id: &str, #[query] search: &str) -> Call<Events<Event>>;
    #[get("/{kind}/{id}?events=1")]
    fn events(&self, kind: &str, id: &str, #[query] search: &str) -> Call<Events<Given>>;
}

fn new() -> New {
    New { secret: BODY.into(), plain: PLAIN }
}

fn send(secrets: &SecretsClient, kind: &str) -> Call<Given> {
    secrets.send(kind, PATH, QUERY, &HEADER.into(), &new()).idempotency_key(KEY)
}

/// Everything that any crate says.
#[derive(Clone, Default)]
struct Trace(Arc<Mutex<Vec<(String, String)>>>);

impl Trace {
    fn keep(&self, metadata: &tracing::Metadata<'_>, write: impl FnOnce(&mut Text)) {
        let mut text = Text(metadata.name().to_owned());
        write(&mut text);
        self.0.lock().unwrap().push((metadata.target().to_owned(), text.0));
    }
}

struct Text(String);

impl tracing::field::Visit for Text {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl<S: tracing::Subscriber> Layer<S> for Trace {
    fn on_new_span(&self, span: &tracing::span::Attributes<'_>, _: &tracing::Id, _: Context<'_, S>) {
        self.keep(span.metadata(), |text| span.record(text));
    }

    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        self.keep(event.metadata(), |text| event.record(text));
    }
}

/// A vendor that repeats the request in its error, whose secrets are masked. What the vendor tells of its own is shown.
#[derive(serde::Deserialize)]
struct Echo {
    more: String,
}

impl std::fmt::Display for Echo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.more.replace(ANSWER, "").replace(PLAIN, ""))
    }
}

/// What was seen of calls: texts of ours, and requests at places where nothing secret may go.
#[derive(Default)]
struct Evidence(Vec<String>);

impl Evidence {
    fn debug(&mut self, value: &impl Debug) {
        self.0.push(format!("{value:?} {value:#?}"));
    }

    fn error(&mut self, error: Error) {
        let mut texts = format!("{error} {error:?} {error:#?}");
        let mut next = std::error::Error::source(&error);
        while let Some(cause) = next {
            write!(texts, " {cause} {cause:?}").unwrap();
            next = cause.source();
        }
        let report = error.report().to_string();
        let vendors: ApiError<Echo> = error.into();
        self.0.push(format!("{texts} {report} {vendors} {vendors:?} {}", vendors.report()));
    }

    fn failure<T>(&mut self, result: Result<T, Error>) {
        self.error(result.err().unwrap());
    }
}

/// An answer that holds what came in, so that whatever prints an answer prints everything.
fn answer(kind: &str, headers: &HeaderMap, elsewhere: &str) -> Response {
    let all = format!("{headers:?} {ANSWER} {BODY} {PLAIN}").replace('"', "'");
    let given = format!(r#"{{"value":"{ANSWER}","more":"{all}"}}"#);
    let json = [(header::CONTENT_TYPE, "application/json"), (header::SET_COOKIE, ANSWER)];
    match kind {
        "refused" => (StatusCode::UNAUTHORIZED, json, given).into_response(),
        "broken" => (json, format!(r#"{{"value":{{"{ANSWER}":"{all}"}}}}"#)).into_response(),
        "moved" => (StatusCode::FOUND, [(header::LOCATION, elsewhere.to_owned())], given).into_response(),
        "events" => {
            let body = format!("data: {given}\n\ndata: {ANSWER}\n\n");
            ([("content-type", "text/event-stream")], body).into_response()
        }
        _ => (json, given).into_response(),
    }
}

/// A server that speaks HTTP/1.1 and HTTP/2.
async fn server(elsewhere: String) -> String {
    let app = Router::new().fallback(any(move |uri: axum::http::Uri, headers: HeaderMap| async move {
        let kind = uri.path().split('/').nth(1).unwrap_or_default().to_owned();
        if kind == "silent" {
            std::future::pending::<()>().await;
        }
        answer(&kind, &headers, &elsewhere)
    }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    base_url
}

fn builder(base_url: &str) -> ClientBuilder {
    Client::builder(base_url).bearer(CREDENTIAL).backoff(Backoff::none())
}

/// Calls that succeed and calls that fail, in every way there is.
async fn calls(seen: &mut Evidence, client: ClientBuilder) {
    seen.debug(&client);
    let client = client.build().unwrap();
    let secrets = SecretsClient::new(client.clone());
    seen.debug(&client);
    seen.debug(&secrets);
    seen.debug(&Auth::bearer(CREDENTIAL).unwrap());
    seen.debug(&Auth::basic("user", CREDENTIAL).unwrap());
    seen.debug(&client.with_auth(Auth::key("x-api-key", CREDENTIAL).unwrap()));
    seen.0.push(secrets.show("given", PATH, QUERY, &new()).0);
    let by_hand = client.call::<Given>(http::Method::POST, "/given/{id}");
    let by_hand = by_hand.segment("id", PATH).query("search", QUERY).json(&new());
    seen.debug(&by_hand);

    let call = send(&secrets, "given");
    seen.debug(&call);
    let reply = call.with_reply().await.unwrap();
    assert_eq!(reply.value.value.expose(), ANSWER);
    seen.debug(&reply);
    for kind in ["refused", "broken", "moved"] {
        seen.failure(send(&secrets, kind).await);
    }
    let short = Duration::from_millis(40);
    seen.failure(send(&secrets, "silent").deadline(short).await);
    seen.failure(send(&secrets, "silent").attempt_timeout(short).attempts(2).await);
    seen.failure(send(&secrets, "given").header("bad name", HEADER).await);
    seen.failure(secrets.fetch("given", "..", QUERY, &HEADER.into()).await);
    seen.failure(send(&secrets, "given").bearer("CANARY-credential\n").await);
    for kind in ["given", "refused", "broken", "moved"] {
        let call = secrets.credentials(kind, PATH, QUERY, CREDENTIAL, &HEADER.into(), &new());
        seen.debug(&call);
        match call.with_reply().await {
            Ok(reply) => seen.debug(&reply),
            Err(error) => seen.failure::<()>(Err(error)),
        }
    }

    let canceled = tokio::spawn(send(&secrets, "silent"));
    tokio::task::yield_now().await;
    canceled.abort();
    seen.debug(&canceled.await.unwrap_err());
    let panicked = tokio::spawn(secrets.send_to_panic("given", PATH, QUERY, &new()).bearer(CREDENTIAL)).await;
    seen.debug(&panicked.unwrap_err());

    let list = secrets.list("given", PATH, QUERY);
    seen.debug(&list);
    let mut pages = list.pages();
    pages.try_next().await.unwrap().unwrap();
    seen.debug(&pages);
    seen.debug(pages.cursor().unwrap());
    pages.try_next().await.unwrap().unwrap();
    seen.failure(pages.try_next().await);
    let mut items = secrets.list("given", PATH, QUERY).items();
    items.try_next().await.unwrap().unwrap();
    seen.debug(&items);
    let mut events = secrets.events("events", PATH, QUERY).await.unwrap();
    events.try_next().await.unwrap().unwrap();
    seen.debug(&events);
    let mut raw = secrets.raw_events("events", PATH, QUERY).await.unwrap();
    seen.debug(&raw.try_next().await.unwrap().unwrap());
    seen.failure(events.try_next().await);
}

/// Panics with what it sees of the request.
async fn a_layer_that_panics(seen: &mut Evidence, base_url: &str) {
    let layer = tower::util::MapRequestLayer::new(|request: http::Request<Body>| {
        let shown = format!("{:?} {:?} {:?}", request.method(), request.headers(), request.body());
        if !shown.is_empty() {
            panic!("in a layer: {shown}");
        }
        request
    });
    for around_the_call in [false, true] {
        let client = builder(base_url);
        let client =
            if around_the_call { client.call_layer(layer.clone()) } else { client.layer(layer.clone()) };
        let secrets = SecretsClient::new(client.build().unwrap());
        let call = secrets.fetch("given", PATH, QUERY, &HEADER.into()).idempotency_key(KEY);
        seen.debug(&tokio::spawn(call).await.unwrap_err());
    }
}

/// Connections that are lost, refused and go elsewhere.
async fn lost(seen: &mut Evidence) {
    let cut_off = format!("HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{{\"value\":\"{ANSWER}");
    let garbage = format!("{ANSWER} {ANSWER}\r\n\r\n");
    for step in [
        Step::Reset,
        Step::SendAndClose(cut_off.clone().into_bytes()),
        Step::SendAndReset(cut_off.into_bytes()),
        Step::SendAndClose(garbage.into_bytes()),
        Step::json(503, ANSWER),
    ] {
        let server = ScriptedServer::start([step]).await.unwrap();
        let client = builder(&server.base_url()).build().unwrap();
        seen.failure(send(&SecretsClient::new(client), "given").await);
    }
    let away = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for scheme in ["http", "https"] {
        let secrets = SecretsClient::new(builder(&format!("{scheme}://{away}")).build().unwrap());
        seen.failure(send(&secrets, "given").await);
    }
    let base = format!("http://user:{CREDENTIAL}@localhost/{PATH}");
    seen.failure(builder(&base).build());
    seen.failure(Auth::key("x-key", format!("{CREDENTIAL}\n")));
}

/// A download goes to another host, and to a proxy that was asked for, without anything that is secret.
async fn elsewhere(seen: &mut Evidence) {
    let other = ScriptedServer::start([Step::json(200, r#"{"value":"x"}"#)]).await.unwrap();
    let base_url = server(format!("{}/blob", other.base_url())).await;
    let client = builder(&base_url).redirects(Redirects::Downloads).build().unwrap();
    let call = SecretsClient::new(client).fetch("moved", PATH, QUERY, &HEADER.into()).idempotency_key(KEY);
    assert_eq!(call.await.unwrap().value.expose(), "x");
    let request = other.requests().concat();
    assert!(request.starts_with("GET /v1/blob ") && !request.to_ascii_lowercase().contains("referer"));
    seen.0.push(request);

    // A proxy sees where a tunnel leads, and its own password.
    let proxy = ScriptedServer::start([Step::Reset]).await.unwrap();
    let url = proxy
        .base_url()
        .trim_end_matches("/v1")
        .replace("http://", &format!("http://user:{PROXY_PASSWORD}@"));
    let client = builder("https://localhost:9/v1").proxy(url);
    seen.debug(&client);
    let client = client.build().unwrap();
    seen.debug(&client);
    seen.failure(send(&SecretsClient::new(client), "given").await);
    let tunnel = proxy.requests().concat();
    assert!(tunnel.starts_with("CONNECT localhost:9 "), "{tunnel}");
    assert!(!tunnel.contains("CANARY"), "{tunnel}");
}

fn contains_any(text: &str, canaries: &[&str]) -> bool {
    canaries.iter().any(|canary| text.contains(canary))
}

/// The calls that [`what_is_secret_is_shown_nowhere`] makes in another process.
#[tokio::test]
#[ignore = "run by another test, in a process of its own"]
async fn all_calls() {
    assert!(std::env::var("HTTP_PROXY").is_ok(), "this is for another test to run");
    let trace = Trace::default();
    tracing_subscriber::registry().with(trace.clone()).init();
    let mut seen = Evidence::default();
    let base_url = server("/given/elsewhere".to_owned()).await;
    calls(&mut seen, builder(&base_url)).await;
    calls(&mut seen, builder(&base_url).http2_prior_knowledge()).await;
    calls(&mut seen, builder(&base_url).call_layer(tower::layer::util::Identity::new())).await;
    calls(&mut seen, builder(&base_url).layer(tower::layer::util::Identity::new())).await;
    calls(&mut seen, builder(&base_url).header("cookie", HEADER).header("x-tenant", HEADER)).await;
    calls(&mut seen, builder(&base_url).configure_reqwest(|reqwest| Ok(reqwest.tcp_nodelay(false)))).await;
    calls(&mut seen, builder(&base_url).hyper()).await;
    a_layer_that_panics(&mut seen, &base_url).await;
    lost(&mut seen).await;
    elsewhere(&mut seen).await;

    let leaks = |text: &&String| contains_any(text, &SECRET) || contains_any(text, &PRIVATE);
    assert_eq!(seen.0.iter().filter(leaks).collect::<Vec<_>>(), Vec::<&String>::new());
    let trace = trace.0.lock().unwrap();
    let leaks: Vec<_> = trace
        .iter()
        .filter(|(target, text)| {
            contains_any(text, &SECRET) || target.starts_with("declarest") && contains_any(text, &PRIVATE)
        })
        .collect();
    assert_eq!(leaks, Vec::<&(String, String)>::new());
    // They were listened to: ours, HTTP/2's frames, and a crate that speaks through `log`.
    for target in ["declarest", "h2", "hyper_util"] {
        assert!(trace.iter().any(|(name, _)| name.starts_with(target)), "{target} said nothing");
    }
    assert!(trace.iter().any(|(_, text)| text.contains("log.target=\"reqwest")), "reqwest said nothing");
}

/// Rows 29 and 30.
#[test]
fn what_is_secret_is_shown_nowhere() {
    let proxy = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    proxy.set_nonblocking(true).unwrap();
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "all_calls", "--ignored", "--nocapture"]);
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        child.env(name, format!("http://{}", proxy.local_addr().unwrap()));
    }
    child.env_remove("no_proxy").env_remove("NO_PROXY").env("RUST_BACKTRACE", "0");
    let output = child.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
    assert!(
        text.contains("in a layer: GET") && text.contains("while reading Response"),
        "panics are printed"
    );
    assert!(!text.contains("CANARY"), "{text}");
    assert!(proxy.accept().is_err(), "the environment's proxy was used");
}
