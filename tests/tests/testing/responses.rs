//! What a call gets.

use bytes::Bytes;
use declarest::testing::Mock;
use declarest::{
    ApiError, Call, Event, Events, Exists, IfFound, IfModified, JsonLines, Raw, Reply, Secret, Text, api,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Key, key, panic_of};

#[derive(Debug, Deserialize)]
struct Problem {
    code: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.code)
    }
}

#[derive(Serialize, Deserialize)]
struct Token {
    value: Secret,
}

#[api]
trait Things {
    #[get("/text")]
    fn text(&self) -> Call<Text>;
    #[get("/raw")]
    fn raw(&self) -> Call<Raw>;
    #[head("/exists/{id}")]
    fn exists(&self, id: &str) -> Call<Exists>;
    #[get("/found/{id}")]
    fn found(&self, id: &str) -> Call<IfFound<Key>>;
    #[get("/modified/{id}")]
    fn modified(&self, id: &str) -> Call<IfModified<Key>>;
    #[get("/reply")]
    fn reply(&self) -> Call<Reply<Key>>;
    #[get("/unit")]
    fn unit(&self) -> Call<()>;
    #[get("/token")]
    fn token(&self) -> Call<Token>;
    #[get("/problem")]
    fn problem(&self) -> Call<Key, ApiError<Problem>>;
    #[get("/events")]
    fn events(&self) -> Call<Events<Event>>;
    #[get("/lines")]
    fn lines(&self) -> Call<JsonLines<Key>>;
}

#[tokio::test]
async fn a_value_is_written_as_its_type_is_read() {
    let mock = Mock::new();
    let things = ThingsClient::new(mock.client());
    mock.expect(things.text()).respond(&"text".to_owned());
    assert_eq!(things.text().await.unwrap(), "text");
    mock.expect(things.raw()).respond(&Bytes::from_static(b"\0"));
    assert_eq!(things.raw().await.unwrap(), "\0");
    for exists in [true, false] {
        mock.expect(things.exists("1")).respond(&exists);
        assert_eq!(things.exists("1").await.unwrap(), exists);
    }
    for found in [Some(key("1")), None] {
        mock.expect(things.found("1")).respond(&found);
        assert_eq!(things.found("1").await.unwrap(), found);
    }
    for modified in
        [IfModified::NotModified, IfModified::Modified { value: key("1"), etag: Some("\"e\"".to_owned()) }]
    {
        mock.expect(things.modified("1")).respond(&modified);
        assert_eq!(things.modified("1").await.unwrap(), modified);
    }
    mock.expect(things.unit()).respond(&());
    things.unit().await.unwrap();
    mock.expect(things.token()).respond(&Token { value: Secret::from("sk-1234") });
    assert_eq!(things.token().await.unwrap().value.expose(), "sk-1234");
    mock.expect(things.reply()).respond(&Reply::new(key("1"))).header("x-request-id", "req_1");
    let reply = things.reply().await.unwrap();
    assert_eq!((reply.request_id(), &reply.value), (Some("req_1"), &key("1")));
}

#[tokio::test]
async fn any_response_can_be_given() {
    let mock = Mock::new();
    let things = ThingsClient::new(mock.client());
    mock.expect(things.problem()).respond_json(409, json!({"code": "taken"}));
    assert_eq!(things.problem().await.unwrap_err().body().unwrap().code, "taken");
    mock.expect(things.text()).respond_bytes(200, "text/html", "<p>");
    let reply = things.text().with_reply().await.unwrap();
    assert_eq!((reply.value.as_str(), reply.headers["content-type"].to_str().unwrap()), ("<p>", "text/html"));
    mock.expect(things.text()).respond_status(404);
    assert!(things.text().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn events_and_lines_are_streams() {
    let mock = Mock::new();
    let things = ThingsClient::new(mock.client());
    let sent =
        Event { event: "news".to_owned(), data: "a\nb".to_owned(), id: Some("7".to_owned()), retry: None };
    mock.expect(things.events()).events([sent.clone()]);
    assert_eq!(things.events().await.unwrap().try_next().await.unwrap(), Some(sent));
    mock.expect(things.lines()).json_lines([key("1"), key("2")]);
    let mut lines = things.lines().await.unwrap();
    assert_eq!(lines.try_next().await.unwrap(), Some(key("1")));
    assert_eq!(lines.try_next().await.unwrap(), Some(key("2")));
    assert_eq!(lines.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn what_cannot_be_a_response_is_refused_at_once() {
    let mock = Mock::new();
    let things = ThingsClient::new(mock.client());
    let refused = panic_of(|| drop(mock.stub(things.unit()).respond(&()).respond_status(500)));
    assert_eq!(refused, "this response was given already; `then` begins the next one");
    let refused = panic_of(|| drop(mock.stub(things.unit()).respond_status(99)));
    assert_eq!(refused, "99 is not a status of HTTP");
    let refused = panic_of(|| drop(mock.stub(things.unit()).header("x y", "")));
    assert_eq!(refused, "`x y` is not a header name");
}
