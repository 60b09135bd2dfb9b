//! What an API says as a whole: nests in nests, objects, fakes, its own host, the nearest setting, its table.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::sync::Arc;

use declarest::{Call, Client, Error, RequestParts, Returns, Role, Scalar, api};
use declarest_tests::{Recorder, Seen};

#[api("/v1")]
trait Root {
    #[nest]
    fn plain(&self) -> LeafClient;
    #[nest("/orgs/{org_id}/")]
    fn org(&self, org_id: impl AsRef<str>) -> OrgClient;
    #[nest("/boxed/{id}")]
    fn boxed(&self, id: u32) -> Box<dyn Leaf>;
    #[nest("/{kind}-{id}")]
    fn things(&self, #[segment("kind")] of: Kind, id: &str) -> ThingsClient<u8>;
}

#[derive(Debug, Clone, Copy, Scalar)]
#[scalar(rename_all = "kebab-case")]
enum Kind {
    VeryNew,
}

#[api("/org")]
trait Org {
    #[nest("/projects/{project_id}")]
    fn project(&self, project_id: &str) -> Arc<dyn Leaf>;
    #[get("/{user}")]
    fn user(&self, user: &str) -> Call<u8>;
}

#[api(dyn, "/leaf")]
trait Leaf: Send + Sync {
    #[get("/{id}?fixed=1")]
    fn get(&self, id: &str, #[query] more: Option<u8>) -> Call<u8>;
    #[nest("/in/{depth}")]
    fn inner(&self, depth: u8) -> Arc<dyn Leaf>;
}

#[api]
trait Things<T: Scalar> {
    #[get("/thing/{id}")]
    fn get(&self, id: T) -> Call<u8>;
}

fn recorded() -> (RootClient, Recorder) {
    let recorder = Recorder::answering("1");
    let client = Client::builder("http://localhost/base").transport(recorder.clone()).build().unwrap();
    (RootClient::new(client), recorder)
}

#[tokio::test]
async fn scopes_add_up() {
    let (root, recorder) = recorded();
    root.plain().get("a", None).await.unwrap();
    root.org("o/1").user("u").await.unwrap();
    root.org(String::from("o")).project("p 1").get("a", Some(2)).await.unwrap();
    root.boxed(3).inner(1).inner(2).get("a", None).await.unwrap();
    root.things(Kind::VeryNew, "x").get(4).await.unwrap();
    let seen = recorder.seen();
    let targets: Vec<&str> = seen.iter().map(Seen::target).collect();
    assert_eq!(
        targets,
        [
            "/base/v1/leaf/a?fixed=1",
            "/base/v1/orgs/o%2F1/org/u",
            "/base/v1/orgs/o/org/projects/p%201/leaf/a?fixed=1&more=2",
            "/base/v1/boxed/3/leaf/in/1/leaf/in/2/leaf/a?fixed=1",
            "/base/v1/very-new-x/thing/4",
        ]
    );
}

#[tokio::test]
async fn the_first_unfit_argument_comes_out_of_every_call_in_the_scope() {
    let (root, recorder) = recorded();
    let project = root.org("..").project("");
    for call in [project.get("a", None), project.inner(1).get("", None)] {
        let error = call.await.unwrap_err();
        assert!(error.is_argument() && error.to_string().contains("`org_id`"), "{error}");
    }
    let error = root.org("o").project(".").get("a", None).await.unwrap_err();
    assert_eq!(error.template().unwrap(), "/v1/orgs/{org_id}/org/projects/{project_id}/leaf/{id}");
    assert!(error.to_string().contains("`project_id`"), "{error}");
    assert!(recorder.seen().is_empty());
}

/// A parent whose nests are objects can be faked, and so can they.
struct FakeLeaf;

impl Leaf for FakeLeaf {
    fn get(&self, _: &str, more: Option<u8>) -> Call<u8> {
        Call::ready(Ok(more.unwrap_or(7)))
    }

    fn inner(&self, _: u8) -> Arc<dyn Leaf> {
        Arc::new(Self)
    }
}

#[tokio::test]
async fn an_object_is_faked() {
    let leaf: Box<dyn Leaf> = Box::new(FakeLeaf);
    assert_eq!(leaf.inner(1).get("a", None).await.unwrap(), 7);
}

/// An API with a host of its own.
#[api(
    base = "https://api.example.com/v1",
    partial_fakes,
    header("X-Api" = "api", "X-Both" = "api"),
    deadline = "10s",
    auth = bearer,
    lists = "comma"
)]
trait Own {
    const LIMIT: u8 = 2;

    /// The nearest
    /// wins.
    #[get("/near", header("x-both" = "endpoint"), lists = "pipe", deadline = "5s", auth = none)]
    fn near(&self, #[query] a: &[u8], #[query(lists = "space")] b: &[u8]) -> Call<()>;
    #[get("/far")]
    fn far(&self, #[query] a: &[u8], #[header("X-Both")] both: Option<&str>) -> Call<()>;
    #[get("/async/{id}")]
    async fn plain(&self, id: &str) -> Result<u8, Error>;
    #[get("/job")]
    fn job(&self) -> Job;
    #[cfg(any())]
    #[get("/absent")]
    fn absent(&self) -> Call<Missing>;
    /// Has a body.
    fn both(&self) -> [Call<()>; 2] {
        [self.near(&[], &[]), self.far(&[Self::LIMIT], None)]
    }
}

/// A return type of the user's own.
struct Job(Call<u8>);

impl Returns for Job {
    fn returns(parts: RequestParts) -> Self {
        Self(Call::returns(parts))
    }
}

#[tokio::test]
async fn the_nearest_setting_wins() {
    assert_eq!(OwnClient::BASE_URL, "https://api.example.com/v1");
    let recorder = Recorder::answering("1");
    let own =
        OwnClient::new(OwnClient::builder().bearer("TOKEN").transport(recorder.clone()).build().unwrap());
    own.near(&[1, 2], &[3, 4]).await.unwrap();
    own.far(&[1, 2], None).await.unwrap();
    own.far(&[1, 2], Some("argument")).await.unwrap();
    assert_eq!(own.plain("x").await.unwrap(), 1);
    assert_eq!(own.job().0.await.unwrap(), 1);
    for call in own.both() {
        call.await.unwrap();
    }
    let seen = recorder.seen();
    let targets: Vec<&str> = seen.iter().map(Seen::target).collect();
    let (near, far) = ("/v1/near?a=1%7C2&b=3%204", "/v1/far?a=1,2");
    assert_eq!(targets, [near, far, far, "/v1/async/x", "/v1/job", "/v1/near", "/v1/far?a=2"]);
    let both: Vec<String> = seen.iter().take(3).flat_map(|seen| seen.header("x-both")).collect();
    assert_eq!(both, ["endpoint", "api", "argument"]);
    let authorized: Vec<bool> = seen.iter().map(|seen| seen.headers.contains_key("authorization")).collect();
    assert_eq!(authorized, [false, true, true, true, true, false, true]);
    assert!(seen.iter().all(|seen| seen.header("x-api") == ["api"]));
}

#[tokio::test]
async fn a_partial_fake_implements_what_it_needs() {
    struct Fake;
    impl Own for Fake {
        async fn plain(&self, id: &str) -> Result<u8, Error> {
            Ok(id.len().try_into().unwrap_or(u8::MAX))
        }
    }
    assert_eq!(Fake.plain("abc").await.unwrap(), 3);
    for error in [Fake.far(&[], None).await.unwrap_err(), Fake.job().0.await.unwrap_err()] {
        assert_eq!(error.kind(), declarest::ErrorKind::NotFaked);
        assert!(error.to_string().contains("`Own::"), "{error}");
    }
}

#[test]
fn the_table_says_what_was_declared() {
    let names: Vec<&str> = OwnClient::ENDPOINTS.iter().map(|endpoint| endpoint.name).collect();
    assert_eq!(names, ["near", "far", "plain", "job"]);
    let near = &OwnClient::ENDPOINTS[0];
    assert_eq!((near.api, near.method, near.template, near.idempotent), ("Own", "GET", "/near", true));
    assert_eq!((near.docs, near.returns), ("The nearest\nwins.", "Call<()>"));
    let far = &OwnClient::ENDPOINTS[1];
    let parameters: Vec<_> =
        far.parameters.iter().map(|p| (p.name, p.wire, p.role, p.ty, p.optional)).collect();
    assert_eq!(
        parameters,
        [("a", "a", Role::Query, "&[u8]", false), ("both", "x-both", Role::Header, "Option<&str>", true)]
    );
    let nests: Vec<_> = RootClient::NESTS.iter().map(|nest| (nest.name, nest.template)).collect();
    assert_eq!(
        nests,
        [
            ("plain", "/v1"),
            ("org", "/v1/orgs/{org_id}"),
            ("boxed", "/v1/boxed/{id}"),
            ("things", "/v1/{kind}-{id}")
        ]
    );
    let of_org = RootClient::NESTS[1];
    assert_eq!((of_org.endpoints)().len(), 1);
    assert_eq!((of_org.nests)()[0].template, "/org/projects/{project_id}");
}

/// The same verb and path twice: told apart by a constant.
#[api]
trait Graph {
    #[post("/graphql", field("operationName" = "users"))]
    fn users(&self, #[field] query: &str) -> Call<u8>;
    #[post("/graphql", field("operationName" = "keys"))]
    fn keys(&self, #[field] query: &str, #[field] variables: Option<&serde_json::Value>) -> Call<u8>;
    #[get("/files/{id}")]
    fn file(&self, id: &str) -> Call<u8>;
    #[get("/files/{path..}")]
    fn files(&self, path: &str) -> Call<u8>;
}

#[tokio::test]
async fn twins_differ_by_what_they_fix() {
    let recorder = Recorder::answering("1");
    let client = Client::builder("http://localhost").transport(recorder.clone()).build().unwrap();
    let graph = GraphClient::new(client);
    graph.users("{ users }").await.unwrap();
    graph.keys("{ keys }", Some(&serde_json::json!({ "a": [1] }))).await.unwrap();
    graph.file("a/b").await.unwrap();
    graph.files("a/b").await.unwrap();
    let seen = recorder.seen();
    assert_eq!(seen[0].body, r#"{"query":"{ users }","operationName":"users"}"#);
    assert_eq!(seen[1].body, r#"{"query":"{ keys }","variables":{"a":[1]},"operationName":"keys"}"#);
    assert_eq!((seen[2].target(), seen[3].target()), ("/files/a%2Fb", "/files/a/b"));
}

#[test]
fn a_described_call_crosses_tasks_and_a_client_is_cheap() {
    fn is_send<T: Send + 'static>(_: &T) {}
    fn is_shared<T: Send + Sync + Clone + std::fmt::Debug>(_: &T) {}
    let (root, _) = recorded();
    is_send(&root.plain().get("a", None));
    is_send(&root.org("o").user("u"));
    is_shared(&root);
    is_shared(&root.things(Kind::VeryNew, "secret"));
    let shown = format!("{:?}", root.things(Kind::VeryNew, "secret"));
    assert!(shown.contains("{kind}-{id}") && !shown.contains("secret"), "{shown}");
}
