//! What a nest hands down to the APIs behind it.

use std::time::Duration;

use declarest::{Backoff, Call, Client, ErrorKind, Redirects, Text, api};
use declarest_tests::{Recorder, ScriptedServer, Seen, Step};

use super::builder;

#[api(
    header("X-Version" = "1", "X-Root" = "r"), accept = "application/vnd.root+json", deadline = "7s", attempt_timeout = "3s",
    attempts = 2, redirects = same_origin, auth = bearer, idempotency_key = "Idempotency-Key", lists = "comma"
)]
trait Root {
    #[nest("/plain")]
    fn plain(&self) -> PlainClient;
    #[nest]
    fn same(&self) -> PlainClient;
    #[nest("/own")]
    fn own(&self) -> OwnClient;
    #[nest("/middle")]
    fn middle(&self) -> MiddleClient;
}

/// Says nothing itself.
#[api]
trait Plain {
    #[get("/x")]
    fn get(&self, #[query] ids: &[u8]) -> Call<()>;
    #[post("/x")]
    fn post(&self, #[json] value: &str) -> Call<()>;
    #[get("/accept", accept = "text/plain", header("x-version" = "endpoint"))]
    fn accept(&self) -> Call<()>;
    #[get("/argument")]
    fn argument(&self, #[header("X-Version")] version: Option<&str>) -> Call<()>;
}

/// Says everything itself.
#[api(header("x-version" = "2", "accept" = "text/csv"), deadline = "1s", attempts = 1, redirects = none, auth = client)]
trait Own {
    #[get("/x")]
    fn get(&self) -> Call<()>;
}

#[api(header("x-middle" = "m", "x-root" = "middle"), auth = none)]
trait Middle {
    #[nest("/plain")]
    fn plain(&self) -> PlainClient;
}

async fn sent(call: impl FnOnce(RootClient) -> Call<()>) -> Seen {
    let recorder = Recorder::answering("null");
    let client = builder(&recorder).bearer("t").header("x-root", "client").build().unwrap();
    call(RootClient::new(client)).await.unwrap();
    recorder.seen().remove(0)
}

fn one(text: &str) -> Vec<String> {
    vec![text.to_owned()]
}

/// Request row 39.
#[tokio::test]
async fn constants_are_handed_down_and_the_childs_own_win() {
    let seen = sent(|root| root.plain().get(&[1, 2])).await;
    assert_eq!(seen.target(), "/plain/x?ids=1&ids=2", "`lists` is not handed down");
    assert_eq!((seen.header("x-version"), seen.header("x-root")), (one("1"), one("r")));
    assert_eq!(seen.header("accept"), ["application/vnd.root+json"]);
    let seen = sent(|root| root.plain().post("x")).await;
    assert!(seen.header("idempotency-key").is_empty());
    assert_eq!(seen.header("content-type"), ["application/json"]);
    let seen = sent(|root| root.same().get(&[])).await;
    assert_eq!((seen.target(), seen.header("x-version")), ("/x", one("1")));
    let seen = sent(|root| root.own().get()).await;
    assert_eq!(
        (seen.header("x-version"), seen.header("x-root"), seen.header("accept")),
        (one("2"), one("r"), one("text/csv"))
    );
    let seen = sent(|root| root.plain().accept()).await;
    assert_eq!((seen.header("accept"), seen.header("x-version")), (one("text/plain"), one("endpoint")));
    let seen = sent(|root| root.plain().argument(Some("3"))).await;
    assert_eq!(seen.header("x-version"), ["3"]);
    assert_eq!(sent(|root| root.plain().argument(None)).await.header("x-version"), ["1"]);
}

#[tokio::test]
async fn the_nearest_parent_wins() {
    let seen = sent(|root| root.middle().plain().get(&[])).await;
    assert_eq!(seen.target(), "/middle/plain/x");
    assert_eq!(
        (seen.header("x-root"), seen.header("x-middle"), seen.header("x-version")),
        (one("middle"), one("m"), one("1"))
    );
    assert!(seen.header("authorization").is_empty(), "`auth = none` is nearer than `auth = bearer`");
}

#[tokio::test]
async fn requirements_and_options_are_handed_down() {
    let recorder = Recorder::answering("null");
    let basic = RootClient::new(builder(&recorder).basic("u", "p").build().unwrap());
    assert_eq!(basic.plain().get(&[]).await.unwrap_err().kind(), ErrorKind::Configuration);
    basic.own().get().await.unwrap();
    assert_eq!(recorder.seen().len(), 1);

    let failing = || Step::json(503, "{}");
    let server = ScriptedServer::start([failing(), failing(), failing()]).await.unwrap();
    let root = RootClient::new(
        Client::builder(server.base_url()).bearer("t").backoff(Backoff::none()).build().unwrap(),
    );
    assert_eq!(root.plain().get(&[]).await.unwrap_err().attempts(), 2);
    assert_eq!(root.own().get().await.unwrap_err().attempts(), 1);
    assert_eq!(server.requests().len(), 3);

    let moved = || Step::with_headers(307, &["location: /v1/there"], "");
    let server = ScriptedServer::start([moved(), Step::json(200, "null"), moved(), moved()]).await.unwrap();
    let root = RootClient::new(Client::builder(server.base_url()).bearer("t").build().unwrap());
    root.plain().get(&[]).await.unwrap();
    assert_eq!(root.own().get().await.unwrap_err().kind(), ErrorKind::Redirect);
    let refused = root.plain().get(&[]).redirects(Redirects::Refuse).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Redirect);
}

#[api(body_limit = "2 KiB")]
trait Small {
    #[nest("/texts")]
    fn texts(&self) -> TextsClient;
    #[nest("/large")]
    fn large(&self) -> LargeClient;
}

#[api]
trait Texts {
    #[get("/x")]
    fn get(&self) -> Call<Text>;
}

#[api(body_limit = "8 KiB")]
trait Large {
    #[get("/x")]
    fn get(&self) -> Call<Text>;
}

#[tokio::test]
async fn limits_are_handed_down() {
    let recorder = Recorder::answering("0".repeat(4096).leak());
    let small = SmallClient::new(builder(&recorder).build().unwrap());
    assert_eq!(small.texts().get().await.unwrap_err().kind(), ErrorKind::TooLarge);
    assert_eq!(small.texts().get().body_limit(8192).await.unwrap().len(), 4096);
    assert_eq!(small.large().get().await.unwrap().len(), 4096);
}

#[test]
fn a_nest_shows_what_it_hands_down() {
    let nests = RootClient::NESTS;
    let inherited = nests[0].hands_down.unwrap();
    assert_eq!(inherited.headers, [("x-version", "1"), ("x-root", "r")]);
    assert_eq!(
        (inherited.accept, inherited.deadline),
        (Some("application/vnd.root+json"), Some(Duration::from_secs(7)))
    );
    assert_eq!(inherited.attempts.map(std::num::NonZeroU32::get), Some(2));
    let middle = (nests[3].nests)();
    assert_eq!(middle[0].hands_down.unwrap().headers, [("x-middle", "m"), ("x-root", "middle")]);
    assert!(
        super::clients::RootClient::NESTS[0].hands_down.is_none(),
        "a parent that says nothing hands nothing down"
    );
}
