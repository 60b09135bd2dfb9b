//! The roles of arguments, in `#[api]`, in nests and in `client.call`.

use declarest::{Call, Error, File, Multipart, Query, Secret, api};
use http::Method;
use serde::Serialize;
use serde_json::json;

use super::sent;

#[derive(Serialize)]
struct Filter {
    state: &'static str,
}

#[derive(Multipart)]
struct Picture {
    title: String,
    tags: Vec<u32>,
}

#[derive(Query)]
struct Search<'a> {
    #[query(json)]
    filter: &'a Filter,
    #[query("q", encoded)]
    raw: Option<&'a str>,
    #[query(encoded, lists = "comma")]
    sort: &'a [&'a str],
}

#[api]
trait Roles {
    #[put("/{bucket}/{key..}")]
    fn object(&self, bucket: &str, #[segment(allow_empty)] key: &str) -> Call<()>;
    #[delete("/{bucket}/{key..}")]
    fn raw_object(&self, bucket: &str, #[segment("key", encoded, allow_empty)] raw: &str) -> Call<()>;
    #[get("/projects/{id}/x")]
    fn encoded(&self, #[segment(encoded)] id: &str) -> Call<()>;
    #[get("/root:/{path..}:/children")]
    fn children(&self, path: &str) -> Call<()>;
    #[get("/q")]
    fn queries(
        &self,
        #[query(encoded)] page: Option<&str>,
        #[query("filter", json)] filter: Option<&Filter>,
        #[query(flag, encoded)] flag: Option<&str>,
    ) -> Call<()>;
    #[get("/search")]
    fn search(&self, #[query(flatten)] search: &Search<'_>) -> Call<()>;
    #[get("/cookies")]
    fn cookies(&self, #[cookie("session")] session: &Secret, #[cookie] theme: Option<&str>) -> Call<()>;
    #[post("/pictures", field("kind" = "photo"))]
    fn pictures(&self, #[part(flatten)] picture: Picture, #[part] file: File) -> Call<()>;
    #[post("/constant-parts", encoding = "multipart", field("a" = "b", "n" = 1))]
    fn constant_parts(&self) -> Call<()>;
    #[get("/_search", allow_body)]
    fn get_with_content(&self, #[json] filter: &Filter) -> Call<()>;
    #[nest("/drives/{drive}/root:/{path..}:")]
    fn item(&self, #[segment(encoded)] drive: &str, #[segment(allow_empty)] path: &str) -> ItemClient;
}

#[api]
trait Item {
    #[get("/children")]
    fn children(&self) -> Call<()>;
}

async fn target(call: impl FnOnce(&RolesClient) -> Call<()>) -> Result<String, Error> {
    let (output, seen) = sent(|client| call(&RolesClient::new(client))).await;
    output.map(|()| seen[0].target().to_owned())
}

/// Request rows 42 and 63.
#[tokio::test]
async fn a_catch_all_may_hold_empty_segments_where_it_is_declared() {
    for (key, expected) in [("dir/", "/b/dir/"), ("a//b", "/b/a//b"), ("a b", "/b/a%20b")] {
        assert_eq!(target(|api| api.object("b", key)).await.unwrap(), expected);
    }
    for key in ["", "..", "a/../b"] {
        assert!(target(|api| api.object("b", key)).await.unwrap_err().is_argument(), "{key}");
    }
    assert_eq!(target(|api| api.raw_object("b", "a%2Fb//")).await.unwrap(), "/b/a%2Fb//");
}

#[tokio::test]
async fn what_is_encoded_already_is_sent_as_it_is() {
    assert_eq!(target(|api| api.encoded("group%2Fproject")).await.unwrap(), "/projects/group%2Fproject/x");
    for value in ["a/b", "a b", "%", "a?b", "%2e%2e", ""] {
        assert!(target(|api| api.encoded(value)).await.unwrap_err().is_argument(), "{value}");
    }
    assert_eq!(target(|api| api.queries(Some("a%26b"), None, None)).await.unwrap(), "/q?page=a%26b");
    for value in ["a&b", "a#b", "a b", "%x"] {
        assert!(target(|api| api.queries(Some(value), None, None)).await.unwrap_err().is_argument());
    }
    assert_eq!(target(|api| api.queries(None, None, Some("a%20b"))).await.unwrap(), "/q?a%20b");
    assert!(target(|api| api.queries(None, None, Some("a=b"))).await.unwrap_err().is_argument());
}

/// Request row 43.
#[tokio::test]
async fn a_catch_all_stands_anywhere() {
    assert_eq!(target(|api| api.children("a b/c")).await.unwrap(), "/root:/a%20b/c:/children");
    let (output, seen) = sent(|client| RolesClient::new(client).item("a%2Fb", "x//y").children()).await;
    output.unwrap();
    assert_eq!(seen[0].target(), "/drives/a%2Fb/root:/x//y:/children");
}

#[tokio::test]
async fn a_query_name_holds_json() {
    let filter = Filter { state: "a b" };
    let expected = "filter=%7B%22state%22%3A%22a%20b%22%7D";
    assert_eq!(target(|api| api.queries(None, Some(&filter), None)).await.unwrap(), format!("/q?{expected}"));
    assert_eq!(target(|api| api.queries(None, None, None)).await.unwrap(), "/q");
    let search = Search { filter: &filter, raw: Some("%27"), sort: &["a%2Cb", "c"] };
    let expected = format!("/search?{expected}&q=%27&sort=a%2Cb,c");
    assert_eq!(target(|api| api.search(&search)).await.unwrap(), expected);
}

#[tokio::test]
async fn cookies_share_a_line_and_are_masked() {
    let (output, seen) =
        sent(|client| RolesClient::new(client).cookies(&Secret::from("s1"), Some("dark"))).await;
    output.unwrap();
    assert_eq!(seen[0].header("cookie"), ["session=s1; theme=dark"]);
    let (curl, _) = sent(|client| {
        std::future::ready(RolesClient::new(client).cookies(&Secret::from("s1"), None).to_curl())
    })
    .await;
    assert!(curl.contains("cookie: ***") && !curl.contains("s1"), "{curl}");
}

#[tokio::test]
async fn parts_spread_and_constants_join_them() {
    let path = std::env::temp_dir().join(format!("declarest-language-{}.txt", std::process::id()));
    std::fs::write(&path, "text").unwrap();
    let picture = Picture { title: "t".to_owned(), tags: vec![1, 2] };
    let (output, seen) = sent(|client| RolesClient::new(client).pictures(picture, File::new(&path))).await;
    std::fs::remove_file(&path).unwrap();
    output.unwrap();
    assert_eq!(part_names(&seen[0].body), ["title", "tags", "tags", "file", "kind"]);
    let (output, seen) = sent(|client| RolesClient::new(client).constant_parts()).await;
    output.unwrap();
    assert_eq!(part_names(&seen[0].body), ["a", "n"]);
}

fn part_names(body: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(body);
    let names = text.split("form-data; name=\"").skip(1).filter_map(|part| part.split('"').next());
    names.map(str::to_owned).collect()
}

/// Request row 54.
#[tokio::test]
async fn a_get_has_content_where_it_is_declared() {
    let (output, seen) =
        sent(|client| RolesClient::new(client).get_with_content(&Filter { state: "x" })).await;
    output.unwrap();
    assert_eq!((&seen[0].method, &seen[0].body[..]), (&Method::GET, &br#"{"state":"x"}"#[..]));
    assert_eq!(seen[0].header("content-type"), ["application/json"]);
}

#[tokio::test]
async fn a_call_by_hand_has_the_same_roles() {
    let (output, seen) = sent(|client| {
        client
            .call::<()>(Method::GET, "/{id}/root:/{path..}:/x")
            .segment_encoded("id", "a%2Fb")
            .rest_allow_empty("path", "x//y")
            .query_encoded("page", "%27")
            .query_json("filter", &json!({"a": 1}))
            .query_flag("new")
            .cookie("session", Secret::from("s1"))
            .call()
    })
    .await;
    output.unwrap();
    assert_eq!(seen[0].target(), "/a%2Fb/root:/x//y:/x?page=%27&filter=%7B%22a%22%3A1%7D&new");
    assert_eq!(seen[0].header("cookie"), ["session=s1"]);
    let (output, seen) = sent(|client| {
        let picture = Picture { title: "t".to_owned(), tags: Vec::new() };
        client.call::<()>(Method::POST, "/x").part_flatten(picture).part("n", 1).call()
    })
    .await;
    output.unwrap();
    assert_eq!(part_names(&seen[0].body), ["title", "n"]);
    let (output, seen) =
        sent(|client| client.call::<()>(Method::POST, "/x").field("a", &1).field("b", &None::<u8>).call())
            .await;
    output.unwrap();
    assert_eq!(&seen[0].body[..], br#"{"a":1}"#);
}
