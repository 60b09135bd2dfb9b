//! Declaration → call → bytes on the wire, row by row, in the process and over a socket.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;

use declarest::{Call, Client, Error, Scalar, api};
use declarest_tests::{Recorder, ScriptedServer, Seen, Step};
use serde::Serialize;

/// An enum with the names of serde.
#[derive(Debug, Clone, Copy, Serialize, Scalar)]
#[serde(rename_all = "snake_case")]
enum Choice {
    FirstOne,
    #[serde(rename = "b")]
    Second,
}

/// A newtype is its inner value.
#[derive(Debug, Clone, Copy, Scalar)]
struct Id(u32);

#[derive(Serialize)]
struct Range {
    gte: u32,
    lt: u32,
}

#[derive(Serialize)]
struct Filter {
    effective_at: Range,
}

#[derive(Serialize)]
struct Price {
    price: &'static str,
    quantity: u32,
}

#[derive(Serialize)]
struct Order {
    items: Vec<Price>,
}

#[derive(Serialize)]
struct Prompt {
    model: &'static str,
}

#[derive(Serialize)]
struct Optional {
    kept: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<u32>,
}

#[derive(declarest::Query)]
struct Listing<'a> {
    after: Option<&'a str>,
    #[query("ids[]")]
    ids: &'a [u32],
}

#[api(header("x-where" = "api", "x-api" = "1"))]
trait Wire {
    #[get("/foo/bar/{ping}/")]
    fn segment(&self, ping: &str) -> Call<()>;
    #[get("/foo/{rest..}")]
    fn rest(&self, rest: &str) -> Call<()>;
    #[get("/list/{rest..}")]
    #[cfg(not(any()))]
    fn rest_of_list(&self, rest: &[&str], #[query] other: Option<u8>) -> Call<()>;
    #[get("/foo/bar/{ping}/?kind=kit")]
    fn segment_and_query(&self, ping: &str, #[query] kit: &str) -> Call<()>;
    #[get("/foo/bar/?hi=mom")]
    fn constant(&self, #[query] ping: &str) -> Call<()>;
    #[get("/three")]
    fn three(&self, #[query] foo: &str, #[query] ping: Option<&str>, #[query] kit: String) -> Call<()>;
    #[get("/list")]
    fn list(&self, #[query] key: &[Option<&str>]) -> Call<()>;
    #[get("/flag")]
    fn flag(&self, #[query(flag)] flag: Option<&str>) -> Call<()>;
    #[get("/map")]
    fn map(&self, #[query(flatten)] map: &BTreeMap<&str, Option<u32>>) -> Call<()>;
    #[get("/{id}/{width}x{height}/foo")]
    fn many(&self, id: u32, width: u32, height: u32) -> Call<()>;
    #[get("/{a}{b}")]
    fn together(&self, a: &str, b: &str) -> Call<()>;
    #[get("/styles")]
    fn styles(
        &self,
        #[query("c", lists = "comma")] comma: &[u8],
        #[query("s", lists = "space")] space: &[u8],
        #[query("p", lists = "pipe")] pipe: &[u8],
        #[query("b", lists = "brackets")] brackets: &[u8],
        #[query("i", lists = "indices")] indices: &[u8],
    ) -> Call<()>;
    #[get("/range")]
    fn range(&self, #[query(flatten, objects = "brackets")] filter: &Filter) -> Call<()>;
    #[get("/derived")]
    fn derived(&self, #[query(flatten)] listing: &Listing<'_>) -> Call<()>;
    #[get("/choice/{choice}/{id}")]
    fn choice(
        &self,
        choice: Choice,
        id: Id,
        #[query] also: Choice,
        #[header("x-choice")] header: Choice,
    ) -> Call<()>;
    #[get("/headers", header("x-where" = "endpoint"))]
    fn headers(
        &self,
        #[header("X-Where")] place: Option<&str>,
        #[header("x-list")] list: &[Option<&str>],
    ) -> Call<()>;
    #[post("/empty")]
    fn empty(&self) -> Call<()>;
    #[post("/body/{a}/{b}")]
    fn body_between(&self, a: &str, #[json] body: &Optional, b: &str) -> Call<()>;
    #[post("/form")]
    fn form(&self, #[form(lists = "indices", objects = "brackets")] order: &Order) -> Call<()>;
    #[post("/form-fields", encoding = "form")]
    fn form_fields(&self, #[field] foo: &str, #[field] ping: Option<&str>, #[field] kit: &str) -> Call<()>;
    #[post("/fields")]
    fn fields(&self, #[field] name: &str, #[field] expires: Option<u32>) -> Call<()>;
    #[post("/stream", field("stream" = true))]
    fn stream(&self, #[json] prompt: &Prompt) -> Call<()>;
    #[post("/upload")]
    fn upload(
        &self,
        #[part] ping: &str,
        #[part("meta", json)] meta: &Prompt,
        #[part(file_name = "f.csv")] file: declarest::File,
    ) -> Call<()>;
    #[put("/file")]
    fn file(&self, #[body] file: declarest::File) -> Call<()>;
    #[get]
    fn anywhere(&self, #[url] url: &http::Uri) -> Call<()>;
    #[nest("/projects/{project_id}")]
    fn project(&self, project_id: &str) -> PrefixedClient;
    #[get("/float")]
    fn float(&self, #[query] value: f64) -> Call<()>;
    #[post("/float")]
    fn float_body(&self, #[json] value: &[f64]) -> Call<()>;
}

#[api("/api/v2/")]
trait Prefixed {
    #[get("/users")]
    fn users(&self) -> Call<()>;
}

/// Both ways of sending the same call.
async fn sent(make: impl Fn(&WireClient) -> Call<()>) -> Seen {
    let recorder = Recorder::default();
    let client = Client::builder("http://localhost/v1").transport(recorder.clone()).build().unwrap();
    make(&WireClient::new(client)).await.unwrap();
    let seen = recorder.seen().pop().unwrap();

    let server = ScriptedServer::start([Step::json(200, "null")]).await.unwrap();
    let client = Client::builder(server.base_url()).build().unwrap();
    make(&WireClient::new(client)).await.unwrap();
    let raw = server.requests().pop().unwrap();
    assert_eq!(raw.split("\r\n").next().unwrap(), format!("{} {} HTTP/1.1", seen.method, seen.target()));
    assert_eq!(raw.split("\r\n\r\n").nth(1).unwrap().as_bytes(), seen.body);
    seen
}

async fn target(make: impl Fn(&WireClient) -> Call<()>) -> String {
    sent(make).await.target().strip_prefix("/v1").unwrap().to_owned()
}

async fn refused(make: impl Fn(&WireClient) -> Call<()>) -> Error {
    let recorder = Recorder::default();
    let client = Client::builder("http://localhost/v1").transport(recorder.clone()).build().unwrap();
    let error = make(&WireClient::new(client)).await.unwrap_err();
    assert_eq!((recorder.seen().len(), error.effect()), (0, declarest::Effect::NotSent));
    error
}

#[tokio::test]
async fn paths() {
    for (ping, expected) in [
        ("po ng", "po%20ng"),                                     // 1
        ("baz/\r\nheader: blue", "baz%2F%0D%0Aheader%3A%20blue"), // 2
        ("../a", "..%2Fa"),                                       // 5
        ("a/..", "a%2F.."),
        ("...", "..."),
        ("a..b", "a..b"),
        ("%2E", "%252E"), // 6
        ("ß-._~", "%C3%9F-._~"),
    ] {
        assert_eq!(target(|wire| wire.segment(ping)).await, format!("/foo/bar/{expected}/"));
    }
    assert_eq!(target(|wire| wire.rest("baz/pong/more")).await, "/foo/baz/pong/more"); // 3
    assert_eq!(target(|wire| wire.rest_of_list(&["aa a", "bb/b"], None)).await, "/list/aa%20a/bb%2Fb"); // 23
    assert_eq!(target(|wire| wire.many(6, 1024, 768)).await, "/6/1024x768/foo"); // 21
}

#[tokio::test]
async fn paths_that_would_reach_another_endpoint() {
    for ping in [".", "..", ""] {
        assert!(refused(|wire| wire.segment(ping)).await.to_string().contains("`ping`"), "4: {ping}");
    }
    for rest in ["a/../b", "a//b", "", "a/", "."] {
        assert!(refused(|wire| wire.rest(rest)).await.to_string().contains("`rest`"), "3: {rest}");
    }
    assert!(refused(|wire| wire.rest_of_list(&[], None)).await.is_argument());
    assert!(refused(|wire| wire.together(".", ".")).await.is_argument(), "22");
    for (a, b, empty) in [("", "x", "`a`"), ("x", "", "`b`"), ("", "", "`a`")] {
        assert!(refused(|wire| wire.together(a, b)).await.to_string().contains(empty), "41: {a}, {b}");
    }
}

#[tokio::test]
async fn queries() {
    let query = target(|wire| wire.segment_and_query("pong?", "kat&")).await;
    assert_eq!(query, "/foo/bar/pong%3F/?kind=kit&kit=kat%26"); // 7, 8, 20
    assert_eq!(target(|wire| wire.constant("pong")).await, "/foo/bar/?hi=mom&ping=pong"); // 9
    assert_eq!(target(|wire| wire.three("bar", None, "kat".to_owned())).await, "/three?foo=bar&kit=kat"); // 10
    let list = [Some("1"), Some("2"), None, Some("three"), Some("1")];
    assert_eq!(target(|wire| wire.list(&list)).await, "/list?key=1&key=2&key=three&key=1"); // 11
    assert_eq!(target(|wire| wire.list(&[])).await, "/list"); // 12
    assert_eq!(target(|wire| wire.list(&[None])).await, "/list");
    assert_eq!(target(|wire| wire.map(&BTreeMap::new())).await, "/map");
    assert_eq!(target(|wire| wire.map(&BTreeMap::from([("a", Some(1)), ("b", None)]))).await, "/map?a=1");
    assert_eq!(target(|wire| wire.flag(Some("pong"))).await, "/flag?pong"); // 13
    assert_eq!(target(|wire| wire.flag(None)).await, "/flag");
    let (c, s, p) = ("c=1,2,3", "s=1%202%203", "p=1%7C2%7C3"); // 24, 36
    let (b, i) = ("b%5B%5D=1&b%5B%5D=2&b%5B%5D=3", "i%5B0%5D=1&i%5B1%5D=2&i%5B2%5D=3");
    let n = &[1, 2, 3];
    assert_eq!(target(|wire| wire.styles(n, n, n, n, n)).await, format!("/styles?{c}&{s}&{p}&{b}&{i}"));
    let filter = Filter { effective_at: Range { gte: 1, lt: 5 } }; // 25
    assert_eq!(
        target(|wire| wire.range(&filter)).await,
        "/range?effective_at%5Bgte%5D=1&effective_at%5Blt%5D=5"
    );
    let listing = Listing { after: None, ids: &[1, 2] };
    assert_eq!(target(|wire| wire.derived(&listing)).await, "/derived?ids%5B%5D=1&ids%5B%5D=2");
    assert_eq!(target(|wire| wire.float(0.5)).await, "/float?value=0.5");
}

#[tokio::test]
async fn an_enum_has_the_names_of_serde_everywhere() {
    let seen = sent(|wire| wire.choice(Choice::Second, Id(7), Choice::FirstOne, Choice::Second)).await; // 26
    assert_eq!(seen.target(), "/v1/choice/b/7?also=first_one");
    assert_eq!(seen.header("x-choice"), ["b"]);
}

#[tokio::test]
async fn headers() {
    let seen = sent(|wire| wire.headers(Some("argument"), &[Some("bar"), None, Some("baz")])).await;
    assert_eq!(seen.header("x-where"), ["argument"]); // 27
    assert_eq!(seen.header("x-list"), ["bar", "baz"]); // 19
    assert_eq!(seen.header("x-api"), ["1"]);
    assert_eq!(sent(|wire| wire.headers(None, &[])).await.header("x-where"), ["endpoint"]);
    assert_eq!(sent(WireClient::empty).await.header("x-where"), ["api"]);
    assert!(refused(|wire| wire.headers(Some("a\r\nb: c"), &[])).await.to_string().contains("`x-where`"));
}

#[tokio::test]
async fn bodies() {
    let body = |seen: Seen| (seen.header("content-type"), String::from_utf8(seen.body.to_vec()).unwrap());
    let json = |text: &str| (vec!["application/json".to_owned()], text.to_owned());
    let form = |text: &str| (vec!["application/x-www-form-urlencoded".to_owned()], text.to_owned());

    assert_eq!(body(sent(WireClient::empty).await), (vec![], String::new()));
    let optional = Optional { kept: None, left_out: None };
    let between = sent(|wire| wire.body_between("1", &optional, "2")).await; // 16, 29
    assert_eq!(between.target(), "/v1/body/1/2");
    assert_eq!(body(between), json(r#"{"kept":null}"#));
    let order =
        || Order { items: vec![Price { price: "p1", quantity: 2 }, Price { price: "p 2", quantity: 1 }] };
    let items = "items%5B0%5D%5Bprice%5D=p1&items%5B0%5D%5Bquantity%5D=2&items%5B1%5D%5Bprice%5D=p+2&items%5B1%5D%5Bquantity%5D=1";
    assert_eq!(body(sent(|wire| wire.form(&order())).await), form(items)); // 31
    assert_eq!(body(sent(|wire| wire.form_fields("bar", None, "kat")).await), form("foo=bar&kit=kat")); // 17
    assert_eq!(body(sent(|wire| wire.fields("x", None)).await), json(r#"{"name":"x"}"#)); // 30
    assert_eq!(body(sent(|wire| wire.fields("x", Some(1))).await), json(r#"{"name":"x","expires":1}"#));
    assert_eq!(
        body(sent(|wire| wire.stream(&Prompt { model: "m" })).await),
        json(r#"{"model":"m","stream":true}"#)
    ); // 32
}

#[tokio::test]
async fn parts_stand_in_the_order_of_the_declaration() {
    let path = std::env::temp_dir().join(format!("declarest-wire-{}.csv", std::process::id()));
    std::fs::write(&path, "a,b\n").unwrap();
    let file = || declarest::File::new(&path).content_type("text/csv");
    let recorder = Recorder::default();
    let client =
        WireClient::new(Client::builder("http://localhost").transport(recorder.clone()).build().unwrap());
    client.upload("pong", &Prompt { model: "m" }, file()).await.unwrap();
    client.file(file()).await.unwrap();
    std::fs::remove_file(&path).unwrap();
    let error = client.file(file()).await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (declarest::ErrorKind::Body, declarest::Effect::NotSent));

    let [upload, whole] = &recorder.seen()[..] else { panic!("two requests were sent") };
    let media = &upload.header("content-type")[0];
    let boundary = media.strip_prefix("multipart/form-data; boundary=").unwrap();
    let expected = [
        ("name=\"ping\"", "", "pong"),
        ("name=\"meta\"", "\r\nContent-Type: application/json", r#"{"model":"m"}"#),
        ("name=\"file\"; filename=\"f.csv\"", "\r\nContent-Type: text/csv", "a,b\n"),
    ]
    .map(|(name, media, body)| {
        format!("--{boundary}\r\nContent-Disposition: form-data; {name}{media}\r\n\r\n{body}\r\n")
    });
    assert_eq!(upload.body, format!("{}--{boundary}--\r\n", expected.concat())); // 18
    assert_eq!((&whole.body[..], whole.header("content-type")), (&b"a,b\n"[..], vec!["text/csv".to_owned()]));
}

#[tokio::test]
async fn a_url_takes_the_credential_only_to_the_clients_own_origin() {
    let here = ScriptedServer::start([Step::json(200, "null")]).await.unwrap();
    let other = ScriptedServer::start([Step::json(200, "null")]).await.unwrap();
    let client = WireClient::new(Client::builder(here.base_url()).bearer("CANARY").build().unwrap());
    for server in [&here, &other] {
        client.anywhere(&format!("{}/x?y=%20", server.base_url()).parse().unwrap()).await.unwrap();
    }
    assert!(here.requests()[0].starts_with("GET /v1/x?y=%20 ") && here.requests()[0].contains("CANARY")); // 14
    assert!(other.requests()[0].starts_with("GET /v1/x?y=%20 ") && !other.requests()[0].contains("CANARY"));
    let dots = ["https://a.example/b/a/../c", "https://a.example/./c", "https://a.example/a/%2E%2e/c"]; // 57
    for url in ["/relative", "http://api.example.com/x"].into_iter().chain(dots) {
        assert!(refused(|wire| wire.anywhere(&url.parse().unwrap())).await.is_argument());
    }
}

#[tokio::test]
async fn a_scope_is_part_of_every_call_made_in_it() {
    let recorder = Recorder::default();
    let client =
        WireClient::new(Client::builder("http://localhost/v1").transport(recorder.clone()).build().unwrap());
    client.project("proj 1").users().await.unwrap();
    assert_eq!(recorder.seen()[0].target(), "/v1/projects/proj%201/api/v2/users");
    let error = client.project("..").users().await.unwrap_err(); // 35
    assert!(error.is_argument() && error.to_string().contains("`project_id`"), "{error}");
    assert_eq!(error.template().unwrap(), "/projects/{project_id}/api/v2/users");
    assert_eq!(recorder.seen().len(), 1);
}

#[tokio::test]
async fn a_post_without_a_body_says_so() {
    let server = ScriptedServer::start([Step::json(200, "null")]).await.unwrap();
    WireClient::new(Client::builder(server.base_url()).build().unwrap()).empty().await.unwrap();
    assert!(server.requests()[0].contains("content-length: 0\r\n"), "15"); // 15
}

#[tokio::test]
async fn numbers_that_are_none_are_refused() {
    for value in [f64::NAN, f64::INFINITY] {
        assert!(refused(|wire| wire.float(value)).await.to_string().contains("`value`"), "34");
        assert!(refused(|wire| wire.float_body(&[value])).await.is_argument());
    }
}

#[tokio::test]
async fn base_and_prefix_join_without_doubled_slashes() {
    for base in ["http://localhost/v1", "http://localhost/v1/"] {
        let recorder = Recorder::default();
        let client = Client::builder(base).transport(recorder.clone()).build().unwrap();
        PrefixedClient::new(client).users().await.unwrap();
        assert_eq!(recorder.seen()[0].target(), "/v1/api/v2/users"); // 28
    }
}

proptest::proptest! {
    /// Over any text, a path argument changes neither host, nor number of segments, nor query, nor fragment, and
    /// decodes to what was given.
    #[test]
    fn a_path_argument_stays_one_segment(text in ".*") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let recorder = Recorder::default();
        let client = Client::builder("http://localhost/v1").transport(recorder.clone()).build().unwrap();
        let result = runtime.block_on(WireClient::new(client).segment_and_query(&text, &text));
        if matches!(text.as_str(), "" | "." | "..") {
            assert!(result.unwrap_err().is_argument());
            return Ok(());
        }
        result.unwrap();
        let seen = recorder.seen().pop().unwrap();
        assert_eq!(seen.uri.authority().unwrap().as_str(), "localhost");
        let segments: Vec<&str> = seen.uri.path().split('/').collect();
        assert_eq!(segments.len(), 6);
        let decoded: Vec<u8> = percent_encoding::percent_decode_str(segments[4]).collect();
        assert_eq!(decoded, text.as_bytes());
        let pairs: Vec<(String, String)> =
            form_urlencoded::parse(seen.uri.query().unwrap().as_bytes()).into_owned().collect();
        assert_eq!(pairs, [("kind".to_owned(), "kit".to_owned()), ("kit".to_owned(), text)]);
    }
}
