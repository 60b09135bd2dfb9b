//! Several credentials, keys in the query, and what an endpoint requires.

use declarest::{Auth, Call, Client, ErrorKind, api};
use declarest_tests::{Recorder, ScriptedServer, Step};
use tower::ServiceExt as _;
use tower::layer::layer_fn;
use tower::util::BoxCloneSyncService;

use super::builder;

#[api]
trait Things {
    #[get("/things")]
    fn list(&self) -> Call<()>;
    #[get("/things/keyed", auth = api_key("DD-API-KEY"))]
    fn keyed(&self, #[query] api_key: Option<&str>) -> Call<()>;
    #[get("/things/query", auth = api_key("api_key"))]
    fn in_query(&self, #[query("api_key")] key: Option<&str>) -> Call<()>;
    #[get("/things/open", auth = none)]
    fn open(&self) -> Call<()>;
    #[get]
    fn anywhere(&self, #[url] url: &http::Uri) -> Call<()>;
}

fn one(text: &str) -> Vec<String> {
    vec![text.to_owned()]
}

#[tokio::test]
async fn several_credentials_are_all_sent() {
    let recorder = Recorder::answering("null");
    let all = Auth::all([
        Auth::bearer("t").unwrap(),
        Auth::api_key_header("DD-API-KEY", "k1").unwrap(),
        Auth::api_key_query("api key", "k&2").unwrap(),
    ]);
    assert_eq!(
        format!("{all:?}"),
        "Bearer(authorization: ***), ApiKey(dd-api-key: ***), QueryKey(api%20key: ***)"
    );
    let things = ThingsClient::new(builder(&recorder).auth(all).build().unwrap());
    things.list().await.unwrap();
    let seen = &recorder.seen()[0];
    assert_eq!((seen.header("authorization"), seen.header("dd-api-key")), (one("Bearer t"), one("k1")));
    assert_eq!(seen.target(), "/things?api%20key=k%262");
    let curl = things.list().to_curl();
    assert!(curl.contains("?api%20key=***") && !curl.contains("k%262") && !curl.contains("k1"), "{curl}");
    things.open().await.unwrap();
    assert_eq!(
        (recorder.seen()[1].target(), recorder.seen()[1].header("dd-api-key")),
        ("/things/open", vec![])
    );
}

#[tokio::test]
async fn two_credentials_under_one_name_are_refused() {
    let recorder = Recorder::answering("null");
    let header = || Auth::all([Auth::key("x-key", "1").unwrap(), Auth::key("X-Key", "2").unwrap()]);
    assert_eq!(builder(&recorder).auth(header()).build().unwrap_err().kind(), ErrorKind::Configuration);
    let client = builder(&recorder).build().unwrap();
    let things = ThingsClient::new(client.clone());
    assert_eq!(things.list().auth(header()).await.unwrap_err().kind(), ErrorKind::Configuration);
    let query = Auth::all([Auth::api_key_query("k", "1").unwrap(), Auth::api_key_query("k", "2").unwrap()]);
    let things = ThingsClient::new(client.with_auth(query));
    assert_eq!(things.list().await.unwrap_err().kind(), ErrorKind::Configuration);
    assert!(Auth::api_key_query("", "1").is_err() && Auth::api_key_query("k", "").is_err());
    assert_eq!(recorder.seen().len(), 0);
}

/// Request row 59, and what a call says beside the client.
#[tokio::test]
async fn a_call_has_credentials_of_its_own() {
    let recorder = Recorder::answering("null");
    let things = ThingsClient::new(builder(&recorder).api_key("DD-API-KEY", "client").build().unwrap());
    things.list().auth(Auth::bearer("call").unwrap()).await.unwrap();
    things.list().auth(Auth::key("dd-api-key", "call").unwrap()).await.unwrap();
    let both = Auth::all([Auth::key("dd-api-key", "call").unwrap(), Auth::key("x-other", "o").unwrap()]);
    things.list().auth(both).header("dd-api-key", "option").await.unwrap();
    things.list().auth(Auth::api_key_query("k", "call").unwrap()).await.unwrap();
    let seen = recorder.seen();
    assert_eq!(
        (seen[0].header("authorization"), seen[0].header("dd-api-key")),
        (one("Bearer call"), one("client"))
    );
    assert_eq!(seen[1].header("dd-api-key"), ["call"]);
    assert_eq!((seen[2].header("dd-api-key"), seen[2].header("x-other")), (one("option"), one("o")));
    assert_eq!((seen[3].target(), seen[3].header("dd-api-key")), ("/things?k=call", one("client")));
}

#[tokio::test]
async fn a_required_key_is_checked_against_what_is_sent() {
    let recorder = Recorder::answering("null");
    let client = |auth: Auth| ThingsClient::new(builder(&recorder).auth(auth).build().unwrap());
    let error = client(Auth::bearer("t").unwrap()).keyed(None).await.unwrap_err();
    assert!(
        error.kind() == ErrorKind::Configuration && error.to_string().contains("`DD-API-KEY`"),
        "{error}"
    );
    assert_eq!(recorder.seen().len(), 0);
    client(Auth::key("dd-api-key", "k").unwrap()).keyed(None).await.unwrap();
    client(Auth::none()).keyed(None).auth(Auth::key("dd-api-key", "k").unwrap()).await.unwrap();
    client(Auth::none()).keyed(None).header("DD-Api-Key", "k").await.unwrap();
    client(Auth::api_key_query("api_key", "k").unwrap()).in_query(None).await.unwrap();
    assert!(client(Auth::key("x", "k").unwrap()).in_query(None).await.is_err());
    assert_eq!(recorder.seen().len(), 4);
}

#[tokio::test]
async fn a_key_in_the_query_goes_to_the_own_origin_alone_and_behind_the_layers() {
    let (here, other) = (
        ScriptedServer::start([Step::json(200, "null"), Step::json(200, "null"), Step::json(403, "{}")])
            .await
            .unwrap(),
        ScriptedServer::start([Step::json(200, "null")]).await.unwrap(),
    );
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let log = seen.clone();
    let layer = layer_fn(move |inner: declarest::HttpService| {
        let log = log.clone();
        BoxCloneSyncService::new(inner.map_request(move |request: http::Request<declarest::Body>| {
            log.lock().unwrap().push(request.uri().to_string());
            request
        }))
    });
    let auth = Auth::api_key_query("key", "CANARY").unwrap();
    let things = ThingsClient::new(Client::builder(here.base_url()).auth(auth).layer(layer).build().unwrap());
    things.list().query("a", 1).await.unwrap();
    things.list().query("key", "own").await.unwrap();
    things.anywhere(&format!("{}/x", other.base_url()).parse().unwrap()).await.unwrap();
    let requests = here.requests();
    assert!(requests[0].starts_with("GET /v1/things?a=1&key=CANARY "), "{requests:?}");
    assert!(requests[1].starts_with("GET /v1/things?key=own "), "an option of the call wins: {requests:?}");
    assert!(!other.requests().concat().contains("CANARY"));
    assert!(!seen.lock().unwrap().concat().contains("CANARY"));
    let error = things.list().await.unwrap_err();
    assert!(!format!("{error:?} {error}").contains("CANARY"), "{error:?}");
}
