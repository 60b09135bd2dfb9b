//! One mistake is one message. The snapshots are the messages as a person reads them, by class.

use super::messages;

/// A name, what stands in `#[api(…)]`, and the item.
type Case = (&'static str, &'static str, &'static str);

/// Each case is one message; all of them in one text.
fn told(cases: &[Case]) -> String {
    let texts = cases.iter().map(|(name, attr, item)| {
        let messages = messages(attr, item);
        assert_eq!(messages.len(), 1, "{name}: {messages:#?}");
        format!("# {name}\n{}\n", messages.concat())
    });
    texts.collect::<Vec<_>>().join("\n")
}

const ATTR: &[Case] = &[
    ("not-a-trait", r###""###, r###"pub struct Users {     name: &'static str, }"###),
    ("type-parameter-unused", r###""###, r###"trait Api<T> { #[get("/a")] fn a(&self) -> Call<()>; }"###),
    ("associated-type", r###""###, r###"trait Api { type Item; #[get("/a")] fn a(&self) -> Call<()>; }"###),
    (
        "associated-constant-without-value",
        r###""###,
        r###"trait Api { const VERSION: u8; #[get("/a")] fn a(&self) -> Call<()>; }"###,
    ),
    ("no-receiver", r###""###, r###"trait Api { #[get("/a")] fn a() -> Call<()>; }"###),
    ("mutable-receiver", r###""###, r###"trait Api { #[get("/a")] fn a(&mut self) -> Call<()>; }"###),
    ("receiver-by-value", r###""###, r###"trait Api { #[get("/a")] fn a(self) -> Call<()>; }"###),
    ("verb-and-body", r###""###, r###"trait Api { #[get("/a")] fn a(&self) -> u8 { 1 } }"###),
    ("neither-verb-nor-body", r###""###, r###"trait Api { fn a(&self) -> Call<()>; }"###),
    ("two-verbs", r###""###, r###"trait Api { #[get("/a")] #[post("/a")] fn a(&self) -> Call<()>; }"###),
    ("verb-and-nest", r###""###, r###"trait Api { #[get("/a")] #[nest("/b")] fn a(&self) -> Call<()>; }"###),
    ("misspelt-verb", r###""###, r###"trait Api { #[gett("/a")] fn a(&self) -> Call<()>; }"###),
    ("unknown-verb", r###""###, r###"trait Api { #[purge("/a")] fn a(&self) -> Call<()>; }"###),
    (
        "method-name-twice",
        r###""###,
        r###"trait Api { #[get("/a")] fn a(&self) -> Call<()>; #[get("/b")] fn a(&self) -> Call<()>; }"###,
    ),
    ("method-hides-new", r###""###, r###"trait Api { #[post("/a")] fn new(&self) -> Call<()>; }"###),
    ("method-hides-clone", r###""###, r###"trait Api { #[post("/a")] fn clone(&self) -> Call<()>; }"###),
    ("unsafe-method", r###""###, r###"trait Api { #[get("/a")] unsafe fn a(&self) -> Call<()>; }"###),
    ("extern-method", r###""###, r###"trait Api { #[get("/a")] extern "C" fn a(&self) -> Call<()>; }"###),
    ("const-method", r###""###, r###"trait Api { #[get("/a")] const fn a(&self) -> Call<()>; }"###),
    (
        "unknown-key-of-api",
        r###"bas = "https://example.com""###,
        r###"trait Api { #[get("/a")] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "unknown-key-of-verb",
        r###""###,
        r###"trait Api { #[get("/a", deadlin = "10s")] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "unknown-key-of-query",
        r###""###,
        r###"trait Api { #[get("/a")] fn a(&self, #[query(flaten)] b: &str) -> Call<()>; }"###,
    ),
    (
        "key-of-the-wrong-shape",
        r###""###,
        r###"trait Api { #[get("/a", deadline = 10)] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "key-twice",
        r###""###,
        r###"trait Api { #[get("/a", deadline = "1s", deadline = "2s")] fn a(&self) -> Call<()>; }"###,
    ),
    ("verb-assigned", r###""###, r###"trait Api { #[get = "/a"] fn a(&self) -> Call<()>; }"###),
    ("method-without-verb", r###""###, r###"trait Api { #[method("/a")] fn a(&self) -> Call<()>; }"###),
    (
        "base-is-no-url",
        r###"base = "example.com""###,
        r###"trait Api { #[get("/a")] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "client-is-no-name",
        r###"client = "My Client""###,
        r###"trait Api { #[get("/a")] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "crate-is-no-path",
        r###"crate = "a b""###,
        r###"trait Api { #[get("/a")] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "dyn-with-async-fn",
        r###"dyn"###,
        r###"trait Api { #[get("/a")] async fn a(&self) -> Result<(), declarest::Error>; }"###,
    ),
    (
        "dyn-with-generic-method",
        r###"dyn"###,
        r###"trait Api { #[post("/a")] fn a<T: serde::Serialize>(&self, #[json] b: &T) -> Call<()>; }"###,
    ),
    ("role-on-method", r###""###, r###"trait Api { #[get("/a")] #[json] fn a(&self) -> Call<()>; }"###),
    ("macro-in-trait", r###""###, r###"trait Api { #[get("/a")] fn a(&self) -> Call<()>; endpoints!(); }"###),
];

#[test]
fn attr() {
    insta::assert_snapshot!(told(ATTR));
}

const TEMPLATE: &[Case] = &[
    ("no-path", r###""###, r###"trait Api { #[get] fn a(&self) -> Call<()>; }"###),
    ("path-is-a-constant", r###""###, r###"trait Api { #[get(PATH)] fn a(&self) -> Call<()>; }"###),
    (
        "path-is-a-macro",
        r###""###,
        r###"trait Api { #[get(concat!("/a", "/b"))] fn a(&self) -> Call<()>; }"###,
    ),
    ("path-is-a-number", r###""###, r###"trait Api { #[get(7)] fn a(&self) -> Call<()>; }"###),
    ("no-leading-slash", r###""###, r###"trait Api { #[get("users")] fn a(&self) -> Call<()>; }"###),
    ("empty-prefix", r###""""###, r###"trait Api { #[get("/a")] fn a(&self) -> Call<()>; }"###),
    ("empty-nest", r###""###, r###"trait Api { #[nest("")] fn a(&self) -> C; }"###),
    ("backslash", r###""###, r###"trait Api { #[get(r"/a\b")] fn a(&self) -> Call<()>; }"###),
    ("line-break", r###""###, r###"trait Api { #[get("/a\r\nb")] fn a(&self) -> Call<()>; }"###),
    ("space", r###""###, r###"trait Api { #[get("/a b")] fn a(&self) -> Call<()>; }"###),
    ("control-character", r###""###, r###"trait Api { #[get("/a\u{7}b")] fn a(&self) -> Call<()>; }"###),
    ("not-ascii", r###""###, r###"trait Api { #[get("/straße")] fn a(&self) -> Call<()>; }"###),
    ("unencoded-delimiter", r###""###, r###"trait Api { #[get("/a|b")] fn a(&self) -> Call<()>; }"###),
    ("bad-percent-encoding", r###""###, r###"trait Api { #[get("/100%")] fn a(&self) -> Call<()>; }"###),
    ("empty-segment", r###""###, r###"trait Api { #[get("/a//b")] fn a(&self) -> Call<()>; }"###),
    ("dot-segment", r###""###, r###"trait Api { #[get("/a/./b")] fn a(&self) -> Call<()>; }"###),
    ("dot-dot-segment", r###""###, r###"trait Api { #[get("/a/../b")] fn a(&self) -> Call<()>; }"###),
    (
        "encoded-dot-dot-segment",
        r###""###,
        r###"trait Api { #[get("/a/%2E%2e/b")] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "unclosed-brace",
        r###""###,
        r###"trait Api { #[get("/a/{id")] fn a(&self, #[query] id: &str) -> Call<()>; }"###,
    ),
    (
        "unclosed-brace-and-its-argument",
        r###""###,
        r###"trait Api { #[get("/a/{id/b")] fn a(&self, id: &str) -> Call<()>; }"###,
    ),
    (
        "no-leading-slash-with-placeholder",
        r###""###,
        r###"trait Api { #[get("users/{id}")] fn a(&self, id: &str) -> Call<()>; }"###,
    ),
    ("stray-brace", r###""###, r###"trait Api { #[get("/a/id}")] fn a(&self) -> Call<()>; }"###),
    ("empty-placeholder", r###""###, r###"trait Api { #[get("/a/{}")] fn a(&self) -> Call<()>; }"###),
    (
        "placeholder-is-no-identifier",
        r###""###,
        r###"trait Api { #[get("/a/{key-id}")] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "placeholder-with-type",
        r###""###,
        r###"trait Api { #[get("/a/{id:u32}")] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "placeholder-twice",
        r###""###,
        r###"trait Api { #[get("/a/{id}/{id}")] fn a(&self, id: &str) -> Call<()>; }"###,
    ),
    (
        "placeholder-without-argument",
        r###""###,
        r###"trait Api { #[get("/users/{user_id}/keys")] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "placeholder-with-a-near-argument",
        r###""###,
        r###"trait Api { #[get("/users/{user_id}/keys")] fn a(&self, usr_id: &str) -> Call<()>; }"###,
    ),
    (
        "placeholder-taken-by-another-role",
        r###""###,
        r###"trait Api { #[get("/users/{user_id}/keys")] fn a(&self, #[query] user_id: &str) -> Call<()>; }"###,
    ),
    (
        "segment-without-placeholder",
        r###""###,
        r###"trait Api { #[get("/users/{user_id}")] fn a(&self, user_id: &str, #[segment("key_id")] key: &str) -> Call<()>; }"###,
    ),
    (
        "segment-with-a-near-placeholder",
        r###""###,
        r###"trait Api { #[get("/users")] fn a(&self, #[segment("user_id")] user: &str) -> Call<()>; }"###,
    ),
    (
        "placeholder-in-query",
        r###""###,
        r###"trait Api { #[get("/users?limit={limit}")] fn a(&self, #[query] limit: u32) -> Call<()>; }"###,
    ),
    (
        "rest-twice",
        r###""###,
        r###"trait Api { #[get("/a/{rest..}/b/{more..}")] fn a(&self, rest: &str, more: &str) -> Call<()>; }"###,
    ),
    (
        "option-for-a-placeholder",
        r###""###,
        r###"trait Api { #[get("/a/{id}")] fn a(&self, id: Option<&str>) -> Call<()>; }"###,
    ),
    ("fragment", r###""###, r###"trait Api { #[get("/a#b")] fn a(&self) -> Call<()>; }"###),
    (
        "scheme-and-host",
        r###""###,
        r###"trait Api { #[get("https://example.com/a")] fn a(&self) -> Call<()>; }"###,
    ),
    ("host", r###""###, r###"trait Api { #[get("//example.com/a")] fn a(&self) -> Call<()>; }"###),
    (
        "placeholder-in-prefix",
        r###""/orgs/{org}""###,
        r###"trait Api { #[get("/a")] fn a(&self) -> Call<()>; }"###,
    ),
    ("query-in-prefix", r###""/orgs?x=1""###, r###"trait Api { #[get("/a")] fn a(&self) -> Call<()>; }"###),
];

#[test]
fn template() {
    insta::assert_snapshot!(told(TEMPLATE));
}

const PARAMS: &[Case] = &[
    ("no-role", r###""###, r###"trait Api { #[get("/a")] fn a(&self, limit: u32) -> Call<()>; }"###),
    (
        "misspelt-role",
        r###""###,
        r###"trait Api { #[get("/a")] fn a(&self, #[querry] limit: u32) -> Call<()>; }"###,
    ),
    (
        "unknown-role",
        r###""###,
        r###"trait Api { #[get("/a")] fn a(&self, #[matrix] limit: u32) -> Call<()>; }"###,
    ),
    (
        "path-as-role",
        r###""###,
        r###"trait Api { #[get("/a/{id}")] fn a(&self, #[path] id: u32) -> Call<()>; }"###,
    ),
    (
        "two-roles",
        r###""###,
        r###"trait Api { #[get("/a")] fn a(&self, #[query] #[header("X-Limit")] limit: u32) -> Call<()>; }"###,
    ),
    (
        "pattern-for-a-name",
        r###""###,
        r###"trait Api { #[post("/a")] fn a(&self, #[json] (a, b): (u8, u8)) -> Call<()>; }"###,
    ),
    (
        "mutable-argument",
        r###""###,
        r###"trait Api { #[post("/a")] fn a(&self, #[query] mut limit: u32) -> Call<()>; }"###,
    ),
    (
        "dyn-in-query",
        r###""###,
        r###"trait Api { #[get("/a")] fn a(&self, #[query] limit: &dyn std::fmt::Display) -> Call<()>; }"###,
    ),
    (
        "impl-display-in-path",
        r###""###,
        r###"trait Api { #[get("/a/{id}")] fn a(&self, id: impl std::fmt::Display) -> Call<()>; }"###,
    ),
    (
        "url-twice",
        r###""###,
        r###"trait Api { #[get] fn a(&self, #[url] a: &http::Uri, #[url] b: &http::Uri) -> Call<()>; }"###,
    ),
    (
        "url-and-path",
        r###""###,
        r###"trait Api { #[get("/a")] fn a(&self, #[url] url: &http::Uri) -> Call<()>; }"###,
    ),
    (
        "url-and-path-arguments",
        r###""###,
        r###"trait Api { #[get("/a/{id}")] fn a(&self, #[url] url: &http::Uri, id: &str) -> Call<()>; }"###,
    ),
    (
        "extension-of-one-type-twice",
        r###""###,
        r###"trait Api { #[get("/a")] fn a(&self, #[extension] a: u8, #[extension] b: u8) -> Call<()>; }"###,
    ),
    (
        "role-in-cfg-attr",
        r###""###,
        r###"trait Api { #[get("/a")] fn a(&self, #[cfg_attr(all(), query)] limit: u32) -> Call<()>; }"###,
    ),
    (
        "query-name-twice",
        r###""###,
        r###"trait Api { #[get("/a")] fn a(&self, #[query("limit")] a: u32, #[query] limit: u32) -> Call<()>; }"###,
    ),
    (
        "header-twice-whatever-the-case",
        r###""###,
        r###"trait Api { #[get("/a")] fn a(&self, #[header("X-Token")] a: &str, #[header("x-token")] b: &str) -> Call<()>; }"###,
    ),
    (
        "header-without-name",
        r###""###,
        r###"trait Api { #[get("/a")] fn a(&self, #[header] x_token: &str) -> Call<()>; }"###,
    ),
    (
        "invalid-header-name",
        r###""###,
        r###"trait Api { #[get("/a")] fn a(&self, #[header("X Token:")] token: &str) -> Call<()>; }"###,
    ),
    (
        "invalid-header-value",
        r###""###,
        r###"trait Api { #[get("/a", header("X-Token" = "a\nb"))] fn a(&self, #[query] b: &str) -> Call<()>; }"###,
    ),
    (
        "header-of-the-client",
        r###""###,
        r###"trait Api { #[get("/a")] fn a(&self, #[header("Host")] host: &str) -> Call<()>; }"###,
    ),
    (
        "content-length-of-the-client",
        r###""###,
        r###"trait Api { #[post("/a")] fn a(&self, #[header("Content-Length")] length: u64) -> Call<()>; }"###,
    ),
    (
        "authorization-with-auth",
        r###""###,
        r###"trait Api { #[get("/a", auth = bearer)] fn a(&self, #[header("Authorization")] token: &str) -> Call<()>; }"###,
    ),
    (
        "empty-header-list",
        r###""###,
        r###"trait Api { #[get("/a", header())] fn a(&self, #[query] b: &str) -> Call<()>; }"###,
    ),
    (
        "malformed-media-type",
        r###""###,
        r###"trait Api { #[get("/a", accept = "json")] fn a(&self, #[query] b: &str) -> Call<()>; }"###,
    ),
    (
        "unknown-list-style",
        r###""###,
        r###"trait Api { #[get("/a")] fn a(&self, #[query(lists = "coma")] ids: &[u32]) -> Call<()>; }"###,
    ),
    (
        "unknown-object-style",
        r###""###,
        r###"trait Api { #[get("/a")] fn a(&self, #[query(flatten, objects = "braces")] ids: &()) -> Call<()>; }"###,
    ),
    (
        "flag-with-name",
        r###""###,
        r###"trait Api { #[get("/a")] fn a(&self, #[query("a", flag)] b: &str) -> Call<()>; }"###,
    ),
    (
        "nest-argument-not-bound",
        r###""###,
        r###"trait Api { #[get("/b")] fn b(&self) -> Call<()>; #[nest("/x")] fn a(&self, id: &str) -> ApiClient; }"###,
    ),
    (
        "nest-argument-with-a-role",
        r###""###,
        r###"trait Api { #[get("/b")] fn b(&self) -> Call<()>; #[nest("/x")] fn a(&self, #[query] id: &str) -> ApiClient; }"###,
    ),
];

#[test]
fn params() {
    insta::assert_snapshot!(told(PARAMS));
}

const BODY: &[Case] = &[
    (
        "two-json-bodies",
        r###""###,
        r###"trait Api { #[post("/a")] fn a(&self, #[json] a: &str, #[json] b: &str) -> Call<()>; }"###,
    ),
    ("body-on-get", r###""###, r###"trait Api { #[get("/a")] fn a(&self, #[json] a: &str) -> Call<()>; }"###),
    (
        "body-on-head",
        r###""###,
        r###"trait Api { #[head("/a")] fn a(&self, #[field] a: &str) -> Call<()>; }"###,
    ),
    (
        "json-and-form",
        r###""###,
        r###"trait Api { #[post("/a")] fn a(&self, #[json] a: &str, #[form] b: &()) -> Call<()>; }"###,
    ),
    (
        "body-and-multipart",
        r###""###,
        r###"trait Api { #[post("/a")] fn a(&self, #[json] a: &str, #[part] b: &str) -> Call<()>; }"###,
    ),
    (
        "part-and-form",
        r###""###,
        r###"trait Api { #[post("/a")] fn a(&self, #[form] a: &(), #[part] b: &str) -> Call<()>; }"###,
    ),
    (
        "field-and-whole-body",
        r###""###,
        r###"trait Api { #[post("/a")] fn a(&self, #[json] a: &str, #[field] b: &str) -> Call<()>; }"###,
    ),
    (
        "multipart-without-part",
        r###""###,
        r###"trait Api { #[post("/a", encoding = "multipart")] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "form-without-field",
        r###""###,
        r###"trait Api { #[post("/a", encoding = "form")] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "two-encodings",
        r###""###,
        r###"trait Api { #[post("/a", encoding = "form")] fn a(&self, #[json] a: &str) -> Call<()>; }"###,
    ),
    (
        "part-in-a-form",
        r###""###,
        r###"trait Api { #[post("/a", encoding = "form")] fn a(&self, #[part] a: &str) -> Call<()>; }"###,
    ),
    (
        "borrowed-stream",
        r###""###,
        r###"trait Api { #[post("/a")] fn a(&self, #[body] a: &declarest::Body) -> Call<()>; }"###,
    ),
    (
        "mutable-borrow",
        r###""###,
        r###"trait Api { #[post("/a")] fn a(&self, #[body] a: &mut declarest::Body) -> Call<()>; }"###,
    ),
    (
        "constant-field-without-body",
        r###""###,
        r###"trait Api { #[post("/a", field("stream" = true))] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "constant-field-on-get",
        r###""###,
        r###"trait Api { #[get("/a", field("stream" = true))] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "constant-field-with-raw-body",
        r###""###,
        r###"trait Api { #[post("/a", field("stream" = true))] fn a(&self, #[body] a: Vec<u8>) -> Call<()>; }"###,
    ),
    (
        "constant-field-is-no-constant",
        r###""###,
        r###"trait Api { #[post("/a", field("stream" = STREAM))] fn a(&self, #[json] a: &()) -> Call<()>; }"###,
    ),
    (
        "field-name-twice",
        r###""###,
        r###"trait Api { #[post("/a")] fn a(&self, #[field] a: &str, #[field("a")] b: &str) -> Call<()>; }"###,
    ),
    (
        "constant-field-and-argument",
        r###""###,
        r###"trait Api { #[post("/a", field("a" = 1))] fn a(&self, #[field] a: &str) -> Call<()>; }"###,
    ),
    (
        "part-name-twice",
        r###""###,
        r###"trait Api { #[post("/a")] fn a(&self, #[part] a: &str, #[part("a")] b: &str) -> Call<()>; }"###,
    ),
    (
        "malformed-media-type-of-part",
        r###""###,
        r###"trait Api { #[post("/a")] fn a(&self, #[part(content_type = "text")] a: &str) -> Call<()>; }"###,
    ),
    (
        "content-type-twice",
        r###""###,
        r###"trait Api { #[post("/a", header("Content-Type" = "text/plain"))] fn a(&self, #[body(content_type = "text/csv")] a: Vec<u8>) -> Call<()>; }"###,
    ),
];

#[test]
fn body() {
    insta::assert_snapshot!(told(BODY));
}

const RETURNS: &[Case] = &[
    ("nothing", r###""###, r###"trait Api { #[get("/a")] fn a(&self); }"###),
    (
        "sync-result",
        r###""###,
        r###"trait Api { #[get("/a")] fn a(&self) -> Result<u8, declarest::Error>; }"###,
    ),
    ("sync-unit", r###""###, r###"trait Api { #[get("/a")] fn a(&self) -> (); }"###),
    ("sync-tuple", r###""###, r###"trait Api { #[get("/a")] fn a(&self) -> (u8, u8); }"###),
    ("async-nothing", r###""###, r###"trait Api { #[get("/a")] async fn a(&self); }"###),
    ("async-call", r###""###, r###"trait Api { #[get("/a")] async fn a(&self) -> Call<u8>; }"###),
    ("nest-returns-nothing", r###""###, r###"trait Api { #[nest] fn a(&self); }"###),
];

#[test]
fn returns() {
    insta::assert_snapshot!(told(RETURNS));
}

const POLICY: &[Case] = &[
    (
        "attempts-without-idempotent",
        r###""###,
        r###"trait Api { #[post("/a", attempts = 5)] fn a(&self) -> Call<()>; }"###,
    ),
    ("attempts-zero", r###""###, r###"trait Api { #[get("/a", attempts = 0)] fn a(&self) -> Call<()>; }"###),
    (
        "same-verb-and-template",
        r###""###,
        r###"trait Api { #[get("/a/{id}")] fn a(&self, id: &str) -> Call<()>; #[get("/a/{key}")] fn b(&self, key: &str) -> Call<()>; }"###,
    ),
    (
        "idempotent-on-an-idempotent-verb",
        r###""###,
        r###"trait Api { #[put("/a", idempotent)] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "constant-query-pair-repeated",
        r###""###,
        r###"trait Api { #[get("/a?notify=false")] fn a(&self, #[query] notify: bool) -> Call<()>; }"###,
    ),
    (
        "nest-shadows-an-endpoint",
        r###""###,
        r###"trait Api { #[get("/projects/{id}")] fn get(&self, id: &str) -> Call<()>; #[nest("/projects/{project_id}")] fn project(&self, project_id: &str) -> ApiClient; }"###,
    ),
    (
        "duration-does-not-parse",
        r###""###,
        r###"trait Api { #[get("/a", deadline = "ten seconds")] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "size-does-not-parse",
        r###""###,
        r###"trait Api { #[get("/a", body_limit = "16 MB")] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "size-without-a-unit",
        r###""###,
        r###"trait Api { #[get("/a", item_limit = "65536")] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "size-with-a-suffix",
        r###""###,
        r###"trait Api { #[get("/a", item_limit = 65536u64)] fn a(&self) -> Call<()>; }"###,
    ),
    ("size-zero", r###""###, r###"trait Api { #[get("/a", item_limit = 0)] fn a(&self) -> Call<()>; }"###),
    (
        "size-overflows",
        r###""###,
        r###"trait Api { #[get("/a", body_limit = "99999999999 GiB")] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "size-of-the-wrong-shape",
        r###""###,
        r###"trait Api { #[get("/a", body_limit = 1.5)] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "error-event-and-its-short-form",
        r###""###,
        r###"trait Api { #[get("/a", events(error_event = "x", error = "y"))] fn a(&self) -> Call<Events<u8>>; }"###,
    ),
    (
        "duration-zero",
        r###""###,
        r###"trait Api { #[get("/a", attempt_timeout = "0s")] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "unknown-auth-scheme",
        r###""###,
        r###"trait Api { #[get("/a", auth = baerer)] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "unknown-way-to-follow-redirects",
        r###""###,
        r###"trait Api { #[get("/a", redirects = same_orign)] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "redirects-of-a-post",
        r###""###,
        r###"trait Api { #[post("/a", redirects = downloads)] fn a(&self) -> Call<()>; }"###,
    ),
    (
        "auth-in-quotes",
        r###""###,
        r###"trait Api { #[get("/a", auth = "bearer")] fn a(&self) -> Call<()>; }"###,
    ),
];

#[test]
fn policy() {
    insta::assert_snapshot!(told(POLICY));
}
