//! What an endpoint inherits: the path so far, and what its API says of every answer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use declarest::{Call, Client, api};
use declarest_tests::Recorder;

/// A resource, which is what the path so far leads to.
#[api]
trait Project {
    #[get("")]
    fn itself(&self) -> Call<()>;
    #[get("?page=1")]
    fn filtered(&self, #[query] state: &str) -> Call<()>;
    #[get("/")]
    fn with_a_slash(&self) -> Call<()>;
    #[nest("/users")]
    fn users(&self) -> UsersClient;
}

#[api("/active")]
trait Users {
    #[get("")]
    fn list(&self) -> Call<()>;
}

#[api]
trait Root {
    #[post("")]
    fn itself(&self) -> Call<()>;
    #[nest("/projects/{project_id}")]
    fn project(&self, project_id: &str) -> ProjectClient;
}

#[tokio::test]
async fn an_empty_path_is_the_path_so_far() {
    for (base, at, root) in [("http://localhost/v1/", "/v1", "/v1"), ("http://localhost", "", "/")] {
        let recorder = Recorder::default();
        let client = Client::builder(base).transport(recorder.clone()).build().unwrap();
        let (project, itself) = {
            let client = RootClient::new(client);
            (client.project("p"), client.itself())
        };
        itself.await.unwrap();
        project.itself().await.unwrap();
        project.filtered("a b").await.unwrap();
        project.with_a_slash().await.unwrap();
        project.users().list().await.unwrap();
        let seen: Vec<_> = recorder.seen().iter().map(|seen| seen.target().to_owned()).collect();
        let expected = ["", "?page=1&state=a%20b", "/", "/users/active"];
        assert_eq!(seen[0], root);
        assert_eq!(seen[1..], expected.map(|end| format!("{at}/projects/p{end}")));
    }
}

/// A prefix with nests behind it.
#[api("/v2/")]
trait Prefixed {
    #[get("/status")]
    fn status(&self) -> Call<()>;
    #[nest]
    fn same(&self) -> UsersClient;
    #[nest("/projects/{project_id}/")]
    fn project(&self, project_id: &str) -> ProjectClient;
}

#[tokio::test]
async fn a_nest_stands_behind_the_prefix_of_its_api() {
    let recorder = Recorder::default();
    let client = Client::builder("http://localhost").transport(recorder.clone()).build().unwrap();
    let prefixed = PrefixedClient::new(client);
    prefixed.status().await.unwrap();
    prefixed.same().list().await.unwrap();
    prefixed.project("p").itself().await.unwrap();
    prefixed.project("p").users().list().await.unwrap();
    let seen: Vec<_> = recorder.seen().iter().map(|seen| seen.target().to_owned()).collect();
    assert_eq!(seen, ["/v2/status", "/v2/active", "/v2/projects/p", "/v2/projects/p/users/active"]);
    let error = prefixed.project("..").users().list().await.unwrap_err();
    assert_eq!(error.template().unwrap(), "/v2/projects/{project_id}/users/active");
    let nests: Vec<_> = PrefixedClient::NESTS.iter().map(|nest| nest.template).collect();
    assert_eq!(nests, ["/v2", "/v2/projects/{project_id}"]);
}

/// What an answer may be, said in every place.
#[api(accept = "text/api")]
trait Accepting {
    #[get("/api")]
    fn api(&self) -> Call<()>;
    #[get("/key", accept = "text/key")]
    fn key(&self) -> Call<()>;
    #[get("/header", header("Accept" = "text/header"))]
    fn header(&self) -> Call<()>;
    #[get("/argument", accept = "text/key")]
    fn argument(&self, #[header("Accept")] media: Option<&str>) -> Call<()>;
}

/// The same, where the API says it as a header.
#[api(header("Accept" = "text/api"))]
trait AcceptingByHeader {
    #[get("/api")]
    fn api(&self) -> Call<()>;
    #[get("/key", accept = "text/key")]
    fn key(&self) -> Call<()>;
}

#[tokio::test]
async fn the_innermost_accept_is_sent_and_once() {
    let recorder = Recorder::default();
    let client = Client::builder("http://localhost").transport(recorder.clone()).build().unwrap();
    let (by_key, by_header) =
        (AcceptingClient::new(client.clone()), AcceptingByHeaderClient::new(client.clone()));
    for (call, expected) in [
        (by_key.api(), "text/api"),
        (by_key.key(), "text/key"),
        (by_key.header(), "text/header"),
        (by_key.argument(None), "text/key"),
        (by_key.argument(Some("text/argument")), "text/argument"),
        (by_header.api(), "text/api"),
        (by_header.key(), "text/key"),
    ] {
        call.await.unwrap();
        assert_eq!(recorder.seen().pop().unwrap().header("accept"), [expected]);
    }
}

#[derive(declarest::Query)]
struct Filter {
    limit: Option<u8>,
    ids: Vec<u8>,
    #[query(nest)]
    size: Size,
}

#[derive(declarest::Query)]
struct Size {
    gte: f64,
}

#[api(lists = "indices")]
trait Indexed {
    #[get("/items")]
    fn items(
        &self,
        #[query] page: u8,
        #[query] ratio: Option<f64>,
        #[query] one: &[u8],
        #[query(flatten)] filter: &Filter,
    ) -> Call<()>;
    #[post("/items", encoding = "form", lists = "brackets")]
    fn add(&self, #[field] name: &str, #[field] tags: &[&str]) -> Call<()>;
}

#[tokio::test]
async fn a_list_style_says_nothing_of_what_is_no_list() {
    let recorder = Recorder::default();
    let client = Client::builder("http://localhost").transport(recorder.clone()).build().unwrap();
    let indexed = IndexedClient::new(client);
    let filter = Filter { limit: Some(2), ids: vec![7, 8], size: Size { gte: 0.5 } };
    indexed.items(1, Some(0.25), &[3], &filter).await.unwrap();
    assert_eq!(
        recorder.seen()[0].target(),
        "/items?page=1&ratio=0.25&one%5B0%5D=3&limit=2&ids%5B0%5D=7&ids%5B1%5D=8&size%5Bgte%5D=0.5"
    );
    indexed.add("n", &["a"]).await.unwrap();
    assert_eq!(&recorder.seen()[1].body[..], b"name=n&tags%5B%5D=a");
}
