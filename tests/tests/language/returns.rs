//! What a call gives beside what its type reads: 404 as a value, heads alone, types by status.

use declarest::{
    Call, Client, Decode, Error, ErrorKind, Exists, IfFound, NoBody, Reply, Response, ResponseBody, Text, api,
};
use declarest_tests::{ScriptedServer, Step};
use http::StatusCode;

/// The length of a file, from the head of a response.
struct Length;

impl Decode for Length {
    type Output = u64;

    fn reads(_: &declarest::Head) -> ResponseBody {
        ResponseBody::Ignored
    }

    fn decode(response: Response) -> Result<u64, Error> {
        let length = response.head().headers.get("x-length");
        length
            .and_then(|length| length.to_str().ok()?.parse().ok())
            .ok_or_else(|| response.unreadable("no length"))
    }
}

impl NoBody for Length {}

#[api]
trait Users {
    #[get("/users/{id}")]
    fn find(&self, id: &str) -> Call<IfFound<String>>;
    #[get("/users/{id}/reply")]
    fn find_with_head(&self, id: &str) -> Call<Reply<IfFound<Text>>>;
    #[get("/users/{id}/plain")]
    fn get(&self, id: &str) -> Call<String>;
    #[head("/users/{id}")]
    fn length(&self, id: &str) -> Call<Length>;
    #[head("/users/{id}/maybe")]
    fn length_if_found(&self, id: &str) -> Call<IfFound<Length>>;
    #[head("/users/{id}/exists")]
    fn exists(&self, id: &str) -> Call<Exists>;
}

async fn users(steps: impl IntoIterator<Item = Step>) -> (UsersClient, ScriptedServer) {
    let server = ScriptedServer::start(steps).await.unwrap();
    (UsersClient::new(Client::builder(server.base_url()).attempts(1).build().unwrap()), server)
}

#[tokio::test]
async fn a_404_is_none() {
    let found = || Step::json(200, "\"ann\"");
    let missing = || Step::json(404, "{\"error\": 1}");
    let (users, _server) =
        users([found(), missing(), found(), missing(), found(), missing(), Step::json(403, "{}")]).await;
    assert_eq!(users.find("a").await.unwrap().as_deref(), Some("ann"));
    assert_eq!(users.find("a").await.unwrap(), None);
    assert_eq!(users.get("a").optional().await.unwrap().as_deref(), Some("ann"));
    assert_eq!(users.get("a").optional().await.unwrap(), None);
    assert_eq!(users.find_with_head("a").await.unwrap().value.as_deref(), Some("\"ann\""));
    assert_eq!(users.find_with_head("a").await.unwrap().status, StatusCode::NOT_FOUND);
    assert_eq!(users.find("a").await.unwrap_err().kind(), ErrorKind::Status);
}

#[tokio::test]
async fn a_fake_is_found() {
    let call = Call::<String, Error>::ready(Ok("ann".to_owned())).optional();
    assert_eq!(call.await.unwrap().as_deref(), Some("ann"));
}

#[tokio::test]
async fn a_head_gives_a_type_of_the_users() {
    let head = |status| Step::with_headers(status, &["x-length: 7"], "");
    let (users, server) = users([head(200), head(200), head(404), head(404)]).await;
    assert_eq!(users.length("a").await.unwrap(), 7);
    assert_eq!(users.length_if_found("a").await.unwrap(), Some(7));
    assert_eq!(users.length_if_found("a").await.unwrap(), None);
    assert!(!users.exists("a").await.unwrap());
    assert!(server.requests().iter().all(|request| request.starts_with("HEAD ")));
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Job {
    id: u32,
}

/// Another type for each status.
#[derive(Debug, PartialEq, declarest::Decode)]
enum Created<T> {
    #[status(200, 201)]
    Done(Job),
    #[status(202)]
    Queued { ticket: T },
    #[status(409)]
    #[status(420..430)]
    Refused,
    #[status(300..=399)]
    #[cfg(any())]
    Moved,
    #[status(300..=399)]
    #[cfg(not(any()))]
    Elsewhere,
}

#[api]
trait Jobs {
    #[post("/jobs")]
    fn create(&self) -> Call<Created<Vec<u8>>>;
    #[post("/jobs/maybe")]
    fn create_if_found(&self) -> Call<IfFound<Created<Job>>>;
}

#[tokio::test]
async fn a_status_chooses_the_type() {
    let statuses =
        [(200, "{\"id\": 1}"), (201, "{\"id\": 2}"), (202, "[3]"), (409, "not JSON"), (429, ""), (304, "")];
    let steps = statuses.iter().map(|(status, body)| Step::json(*status, body));
    let server = ScriptedServer::start(steps.chain([
        Step::json(430, "{}"),
        Step::json(204, ""),
        Step::json(404, "x"),
        Step::json(200, "true"),
    ]))
    .await
    .unwrap();
    let jobs = JobsClient::new(Client::builder(server.base_url()).attempts(1).build().unwrap());
    for expected in [
        Created::Done(Job { id: 1 }),
        Created::Done(Job { id: 2 }),
        Created::Queued { ticket: vec![3] },
        Created::Refused,
        Created::Refused,
        Created::Elsewhere,
    ] {
        assert_eq!(jobs.create().await.unwrap(), expected);
    }
    for status in [430, 204] {
        let error = jobs.create().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.status().map(|status| status.as_u16())),
            (ErrorKind::Status, Some(status))
        );
    }
    assert_eq!(jobs.create_if_found().await.unwrap(), None);
    assert_eq!(jobs.create().await.unwrap_err().kind(), ErrorKind::Decode);
}

#[test]
fn what_is_wrong_with_statuses_is_told() {
    let mistakes = |item: &str| {
        declarest_codegen::derive_decode(item.parse().unwrap()).to_string().matches("compile_error").count()
    };
    assert_eq!(mistakes("enum A { #[status(200)] B, #[status(201..=299)] C(u8) }"), 0);
    for (item, count) in [
        ("enum A { #[status(200)] B, #[status(200..=299)] C(u8) }", 1),
        ("enum A { #[status(200)] B, C(u8) }", 1),
        (
            "enum A { #[status()] B, #[status(\"200\")] C, #[status(99)] D, #[status(300..200)] E, #[status(600)] F }",
            5,
        ),
        ("enum A { #[status(200)] B(u8, u8) }", 1),
        ("struct A;", 1),
        ("enum A { #[cfg(a)] #[status(200)] B, #[cfg(not(a))] #[status(200)] C }", 0),
    ] {
        assert_eq!(mistakes(item), count, "{item}");
    }
}
