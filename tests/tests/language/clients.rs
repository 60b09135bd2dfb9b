//! An API as a type, and clients made from clients.

use std::time::Duration;

use declarest::{Api, Auth, Body, Call, ErrorKind, HttpService, api};
use declarest_tests::Recorder;
use tower::ServiceExt as _;
use tower::layer::{LayerFn, layer_fn};
use tower::util::BoxCloneSyncService;

use super::builder;

#[api]
pub(crate) trait Users {
    #[get("/users")]
    fn list(&self) -> Call<()>;
}

#[api]
#[allow(dead_code)]
pub(crate) trait Root {
    #[get("/status")]
    fn status(&self) -> Call<()>;
    #[nest("/v1")]
    fn users(&self) -> UsersClient;
}

fn names<A: Api>() -> Vec<String> {
    let own = A::ENDPOINTS.iter().map(|endpoint| endpoint.name.to_owned());
    let nested =
        A::NESTS.iter().flat_map(|nest| (nest.endpoints)().iter().map(|endpoint| endpoint.name.to_owned()));
    own.chain(nested).collect()
}

#[test]
fn an_api_is_a_type() {
    assert_eq!(names::<RootClient>(), ["status", "list"]);
}

#[tokio::test]
async fn a_client_comes_back_out_of_an_api() {
    let recorder = Recorder::answering("null");
    let root = RootClient::new(builder(&recorder).bearer("t").build().unwrap());
    root.status().await.unwrap();
    UsersClient::new(root.users().client().clone()).list().await.unwrap();
    assert_eq!(
        (recorder.seen()[1].target(), recorder.seen()[1].header("authorization")),
        ("/users", vec!["Bearer t".to_owned()])
    );
}

/// A layer that adds a header.
fn adds(name: &'static str) -> LayerFn<impl Fn(HttpService) -> HttpService + Clone> {
    layer_fn(move |inner: HttpService| {
        BoxCloneSyncService::new(inner.map_request(move |mut request: http::Request<Body>| {
            let seen = request.headers().len();
            request.headers_mut().insert(name, seen.into());
            request
        }))
    })
}

#[tokio::test]
async fn a_derived_client_shares_the_connections_and_differs_in_the_rest() {
    let recorder = Recorder::answering("null");
    let first =
        builder(&recorder).bearer("one").header("x-kept", "1").layer(adds("x-inner")).build().unwrap();
    let second = first
        .to_builder()
        .base_url("http://localhost/v2")
        .auth(Auth::bearer("two").unwrap())
        .header("x-team", "batch")
        .layer(adds("x-outer"))
        .deadline(Duration::from_secs(1))
        .build()
        .unwrap();
    UsersClient::new(second).list().await.unwrap();
    UsersClient::new(first).list().await.unwrap();
    let [new, old] = &recorder.seen()[..] else { panic!("two requests were sent") };
    assert_eq!((new.target(), old.target()), ("/v2/users", "/users"));
    assert_eq!(
        (new.header("authorization"), old.header("authorization")),
        (vec!["Bearer two".to_owned()], vec!["Bearer one".to_owned()])
    );
    assert_eq!(
        (new.header("x-kept"), new.header("x-team"), old.header("x-team")),
        (vec!["1".to_owned()], vec!["batch".to_owned()], vec![])
    );
    let count = |name| new.header(name)[0].parse::<usize>().unwrap();
    assert!(count("x-outer") < count("x-inner"), "the layers of the first client stay inside");
    assert!(old.header("x-outer").is_empty());
}

#[tokio::test]
async fn what_belongs_to_the_connections_is_not_changed_in_silence() {
    let recorder = Recorder::answering("null");
    let plain = builder(&recorder).build().unwrap();
    let error = plain.to_builder().connect_timeout(Duration::from_secs(1)).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    let other = Recorder::answering("null");
    UsersClient::new(plain.to_builder().transport(other.clone()).build().unwrap()).list().await.unwrap();
    assert_eq!((other.seen().len(), recorder.seen().len()), (1, 0));
    let layered = plain.to_builder().layer(adds("x")).build().unwrap();
    let error = layered.to_builder().transport(other).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
}
