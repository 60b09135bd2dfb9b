//! What is compared, and what is not.

use declarest::testing::{Mock, ReceivedRequest};
use declarest::{Auth, Body, Call, File, api};
use serde::Serialize;

use super::InMemory;

#[derive(Serialize)]
struct Filter<'a> {
    name: &'a str,
}

#[api(header("x-version" = "2"))]
trait Things {
    #[get("/things")]
    fn list(&self, #[query] tag: &[&str], #[query] page: Option<u32>) -> Call<()>;
    #[get("/a/{id}/{path..}")]
    fn path(&self, id: &str, path: &[&str]) -> Call<()>;
    #[get("/h")]
    fn headers(&self, #[header("x-a")] a: Option<&str>) -> Call<()>;
    #[post("/json")]
    fn json(&self, #[json] json: &serde_json::Value) -> Call<()>;
    #[post("/form")]
    fn form(&self, #[form] form: &[(&str, &str)]) -> Call<()>;
    #[post("/parts")]
    fn parts(&self, #[part] purpose: &str, #[part] file: Option<InMemory>) -> Call<()>;
    #[post("/file")]
    fn file(&self, #[part] purpose: &str, #[part] file: File) -> Call<()>;
    #[post("/body")]
    fn body(&self, #[body] body: &[u8]) -> Call<()>;
    #[post("/stream")]
    fn stream(&self, #[body] body: Body) -> Call<()>;
    #[post("/key", idempotency_key = "idempotency-key")]
    fn key(&self, #[json] filter: &Filter<'_>) -> Call<()>;
    #[get]
    fn anywhere(&self, #[url] url: &http::Uri) -> Call<()>;
    #[get("/redirected", redirects = same_origin)]
    fn redirected(&self) -> Call<()>;
}

fn things(mock: &Mock) -> ThingsClient {
    ThingsClient::new(mock.client())
}

/// The request of a call.
async fn sent(call: impl FnOnce(&ThingsClient) -> Call<()>) -> ReceivedRequest {
    let mock = Mock::new();
    let call = call(&things(&mock));
    mock.expect(&call);
    call.await.unwrap();
    mock.requests().remove(0)
}

/// Whether the second call sends what the first has sent.
async fn is_same<A, B>(one: A, other: B) -> bool
where
    A: FnOnce(&ThingsClient) -> Call<()>,
    B: FnOnce(&ThingsClient) -> Call<()>,
{
    let mock = Mock::new();
    sent(one).await.matches(other(&things(&mock)))
}

#[tokio::test]
async fn the_path_and_the_query() {
    assert!(is_same(|t| t.list(&["a", "b"], Some(1)), |t| t.list(&["b", "a"], Some(1))).await);
    assert!(!is_same(|t| t.list(&["a", "b"], None), |t| t.list(&["a"], None)).await);
    assert!(!is_same(|t| t.list(&["a", "a"], None), |t| t.list(&["a"], None)).await);
    assert!(!is_same(|t| t.list(&[], Some(1)), |t| t.list(&[], Some(2))).await);
    assert!(!is_same(|t| t.list(&[], None).query("x", 1), |t| t.list(&[], None)).await);
    assert!(is_same(|t| t.path("1", &["a", "b"]), |t| t.path("1", &["a", "b"])).await);
    assert!(!is_same(|t| t.path("1", &["a", "b"]), |t| t.path("1", &["a", "c"])).await);
    assert!(!is_same(|t| t.path("1", &["a/b"]), |t| t.path("1", &["a", "b"])).await);
}

#[tokio::test]
async fn headers_that_are_declared_or_set_on_the_call() {
    assert!(is_same(|t| t.headers(Some("1")), |t| t.headers(Some("1"))).await);
    assert!(!is_same(|t| t.headers(Some("1")), |t| t.headers(Some("2"))).await);
    assert!(!is_same(|t| t.headers(Some("1")), |t| t.headers(None)).await);
    assert!(!is_same(|t| t.headers(None), |t| t.headers(Some("1"))).await);
    assert!(!is_same(|t| t.headers(None).header("x-b", "1"), |t| t.headers(None)).await);
}

#[tokio::test]
async fn content_by_its_kind() {
    use serde_json::json;
    assert!(is_same(|t| t.json(&json!({"a": 1, "b": [2]})), |t| t.json(&json!({"b": [2], "a": 1}))).await);
    assert!(!is_same(|t| t.json(&json!({"a": 1})), |t| t.json(&json!({"a": 1, "b": null}))).await);
    assert!(is_same(|t| t.form(&[("a", "1 +"), ("b", "2")]), |t| t.form(&[("b", "2"), ("a", "1 +")])).await);
    assert!(!is_same(|t| t.form(&[("a", "1")]), |t| t.form(&[("a", "2")])).await);
    assert!(is_same(|t| t.body(b"\0a"), |t| t.body(b"\0a")).await);
    assert!(!is_same(|t| t.body(b"\0a"), |t| t.body(b"\0b")).await);
    let file = |name, text| Some(InMemory(name, text));
    let same = |t: &ThingsClient| t.parts("x", Some(InMemory("f\".txt", "1\r\n2")));
    assert!(is_same(same, same).await);
    assert!(!is_same(same, |t| t.parts("y", file("f\".txt", "1\r\n2"))).await);
    assert!(!is_same(same, |t| t.parts("x", file("g.txt", "1\r\n2"))).await);
    assert!(!is_same(same, |t| t.parts("x", file("f\".txt", "1\r\n3"))).await);
    assert!(!is_same(same, |t| t.parts("x", None)).await);
}

#[tokio::test]
async fn a_stream_and_a_generated_key_are_not_compared() {
    let stream = |text: &'static str| Body::new(http_body_util::Full::new(bytes::Bytes::from(text)));
    assert!(is_same(|t| t.stream(stream("a")), |t| t.stream(stream("b"))).await);
    let file = tempfile::NamedTempFile::new().unwrap();
    let upload = |purpose: &'static str| {
        move |t: &ThingsClient, file: &std::path::Path| t.file(purpose, File::new(file))
    };
    assert!(is_same(|t| upload("a")(t, file.path()), |t| upload("a")(t, file.path())).await);
    assert!(!is_same(|t| upload("a")(t, file.path()), |t| upload("b")(t, file.path())).await);
    let filter = Filter { name: "a" };
    assert!(is_same(|t| t.key(&filter), |t| t.key(&filter)).await);
    assert!(is_same(|t| t.key(&filter).idempotency_key("k"), |t| t.key(&filter)).await);
    assert!(is_same(|t| t.key(&filter).idempotency_key("k"), |t| t.key(&filter).idempotency_key("k")).await);
    assert!(!is_same(|t| t.key(&filter), |t| t.key(&filter).idempotency_key("k")).await);
}

/// A credential, a default header, and what a layer adds.
#[tokio::test]
async fn what_the_client_adds_is_not_compared() {
    let mock = Mock::new();
    let plain = things(&mock);
    let layer = tower::layer::layer_fn(|inner: declarest::HttpService| {
        tower::util::MapRequest::new(inner, |mut request: http::Request<Body>| {
            request.headers_mut().insert("x-layer", http::HeaderValue::from_static("1"));
            request
        })
    });
    let auth =
        Auth::all([Auth::api_key_header("x-key", "k").unwrap(), Auth::api_key_query("key", "k").unwrap()]);
    let builder = mock.builder().auth(auth).header("x-default", "1").layer(layer);
    let things = ThingsClient::new(builder.build().unwrap());
    mock.expect(plain.list(&[], None));
    mock.expect(plain.list(&[], None));
    things.list(&[], None).await.unwrap();
    things.list(&[], None).bearer("token").await.unwrap();
    mock.verify();
    let requests = mock.requests();
    assert_eq!((requests[0].header("x-key"), requests[0].header("x-layer")), (Some("k"), Some("1")));
    assert_eq!(requests[1].header("authorization"), Some("Bearer token"));
}

#[tokio::test]
async fn a_url_of_another_server() {
    let (one, two) =
        ("https://cdn.test/a/1?b=2".parse().unwrap(), "https://cdn.test/a/2?b=2".parse().unwrap());
    assert!(is_same(|t| t.anywhere(&one), |t| t.anywhere(&one)).await);
    assert!(!is_same(|t| t.anywhere(&one), |t| t.anywhere(&two)).await);
    assert!(!is_same(|t| t.anywhere(&one), |t| t.list(&[], None)).await);
}

#[tokio::test]
async fn a_redirect_is_another_expected_request() {
    let mock = Mock::new();
    let things = things(&mock);
    mock.expect(things.redirected()).respond_status(302).header("location", "/things");
    mock.expect(things.list(&[], None));
    things.redirected().await.unwrap();
    assert_eq!(mock.requests().len(), 2);
}
