//! What looks like a mistake and is none; and many mistakes at once.

use super::{expanded, messages, method};

const ACCEPTED: &[&str] = &[
    r#"#[get("/{id}/{width}x{height}/foo")] fn a(&self, id: u8, width: u32, height: u32) -> Call<()>;"#,
    r#"#[get("/{a}{b}/{rest..}?x=1&x=2")] fn a(&self, a: &str, b: &str, rest: &[&str]) -> Call<()>;"#,
    r#"#[get("/root:/{path..}:/children/{id}")] fn a(&self, path: &str, id: u8) -> Call<()>;"#,
    r#"#[get("/a:batch/@me/%20/(x)/~")] fn a(&self) -> Call<()>;"#,
    r#"#[get("/...")] fn a(&self) -> Call<()>;"#,
    r#"#[get("/")] fn a(&self) -> Call<()>;"#,
    r#"#[get("")] fn a(&self) -> Call<()>; #[get("?x=1")] fn b(&self, #[query] y: u8) -> Call<()>;"#,
    r#"#[get("/{type}")] fn a(&self, r#type: &str) -> Call<()>;"#,
    r#"#[delete("/a")] fn a(&self, #[json] ids: &[u32]) -> Call<()>;"#,
    r#"#[post("/a", encoding = "json", field("stream" = true, "n" = -3, "x" = null))] fn a(&self) -> Call<()>;"#,
    r#"#[post("/a", attempts = 5, idempotency_key = "Idempotency-Key")] fn a(&self) -> Call<()>;"#,
    r#"#[post("/a", attempts = 1)] fn a(&self) -> Call<()>;"#,
    r#"#[cfg(a)] #[get("/a")] fn a(&self) -> Call<()>; #[cfg(not(a))] #[get("/a")] fn a(&self) -> Call<u8>;"#,
    r#"#[get("/a/{id}")] fn a(&self, #[cfg(a)] id: &str, #[cfg(not(a))] id: u8) -> Call<()>;"#,
    r#"#[get("/a")] fn a(&self, #[header("Authorization")] token: &Secret) -> Call<()>;"#,
    r#"#[get("/a", auth = none)] fn a(&self, #[header("Authorization")] token: &Secret) -> Call<()>;"#,
    r#"#[get("/a?x=1")] fn a(&self) -> Call<()>; #[get("/a?x=2")] fn b(&self) -> Call<()>;"#,
    r#"#[post("/a")] fn a(&self, #[json] r: &R) -> Call<()>; #[post("/a", field("stream" = true))] fn b(&self, #[json] r: &R) -> Call<()>;"#,
    r#"#[get("/a", allow_body)] fn a(&self, #[json] r: &R) -> Call<()>; #[get("/a")] fn b(&self) -> Call<()>;"#,
    r#"#[nest("/root:/{path..}:")] fn a(&self, #[segment(encoded, allow_empty)] path: &str) -> C;"#,
    r#"#[post("/a", field("n" = 1))] fn a(&self, #[part] b: u8, #[part(flatten)] c: C) -> Call<()>;"#,
    r#"#[get] fn a(&self, #[url] url: &Uri, #[query] page: u32) -> Call<()>;"#,
    r#"#[get("/a")] fn a(self: &Self) -> Call<()>;"#,
    r#"#[get("/a")] fn a(&self) -> impl Future<Output = Result<u8, Error>> + Send;"#,
    r#"#[get("/a")] fn a(&self) -> impl Future<Output = Result<u8, Error>> + Send + use<'_>;"#,
    r#"#[get("/a")] #[inline] #[must_use] #[allow(x)] #[cfg_attr(a, deprecated)] fn a(&self) -> Call<()>;"#,
    r#"#[post("/a")] fn a(&self, #[body] text: &str) -> Call<()>;"#,
    r#"#[post("/a")] fn a(&self, #[part] a: &[u8], #[part(json)] b: &T) -> Call<()>;"#,
    r#"#[get("/a")] fn a(&self) -> Call<()>; #[nest("/a/{id}/")] fn b(&self, id: &str) -> C;"#,
    r#"#[get("/{id}")] fn a<T: AsRef<str>>(&self, id: T) -> Call<()>;"#,
    r#"#[get("/{id}")] fn a<S>(&self, id: &S, #[query] q: Option<S>) -> Call<()> where S: Into<String> + Clone;"#,
    r#"#[get("/a")] fn a(&self, #[query] b: Option<impl AsRef<str>>, #[query] c: &[impl AsRef<str>]) -> Call<()>;"#,
    r#"#[get("/{id}")] fn a(&self, /** The id. */ id: u8) -> Call<()>;"#,
    r#"#[get("/a")] fn a(&self) -> Call<A>; #[get("/a")] fn b(&self) -> Call<B>; #[get("/a")] fn c(&self, #[query] d: u8) -> Call<A>;"#,
    r#"#[get("/a", events(end = "x"))] fn a(&self) -> Call<Deltas>;"#,
    r#"#[get("/a")] fn a(&self, #[query("ids[]")] ids: &[u8], #[query(lists = "brackets")] more: &[u8]) -> Call<()>;"#,
    r#"#[get("/a", lists = "brackets")] fn a(&self, #[query("id[]")] id: u8) -> Call<()>;"#,
    r#"#[post("/a", attempt_timeout = "2s", deadline = "2s")] fn a(&self) -> Call<()>;"#,
    r#"#[get("/a",)] fn a(&self) -> Call<Cow<'static, str>>;"#,
    "fn helper(&self, a: (u8, u8)) -> u8 { a.0 }",
];

#[test]
fn what_is_right_is_accepted() {
    for declaration in ACCEPTED {
        assert_eq!(method(declaration), [""; 0], "{declaration}");
    }
}

#[test]
fn an_api_may_say_what_it_likes() {
    let attr = r#""/v1/", base = "https://a.example/v1", client = "C", crate = "my::declarest", dyn, partial_fakes,
        header("A" = "b", "C" = "d"), header("E" = "f"), lists = "comma", objects = "dots", deadline = "10s",
        attempt_timeout = "500ms", attempts = 3, auth = basic, redirects = same_origin, idempotency_key = "Idempotency-Key",
        stall_timeout = "1m", body_limit = "16 MiB", item_limit = 65_536"#;
    let item = r#"trait Api: Send { const A: u8 = 1; #[get("/a")] fn a(&self) -> Call<()>; }"#;
    assert_eq!(messages(attr, item), [""; 0]);
    let printed = expanded(attr, item).to_string();
    assert!(printed.contains("use my :: declarest as __ApiDeclarest ;"), "the runtime is imported");
    assert_eq!(printed.matches(":: declarest").count(), 1, "another name of the runtime");
}

#[test]
fn all_mistakes_come_in_one_run() {
    let item = r#"trait Api {
        #[gett("/a")] fn a(&self) -> Call<()>;
        #[get("b")] fn b(&self) -> Call<()>;
        #[get("/c/{id}")] fn c(&self, ident: &str) -> Call<()>;
        #[post("/d")] fn d(&self, #[json] a: &A, #[form] b: &B) -> Call<()>;
        #[get("/e", deadline = "soon")] fn e(&self) -> Call<()>;
        #[get("/f")] fn f(&mut self) -> Call<()>;
        #[get("/g")] fn g(&self, #[header("a b")] h: &str) -> Call<()>;
        #[get("/h")] fn h(&self) -> Result<(), E>;
        #[put("/i", idempotent)] fn i(&self) -> Call<()>;
        type Item;
    }"#;
    assert_eq!(messages("bas = 1", item).len(), 11);
}

const MISTAKEN: &[(&str, &str)] = &[
    (r#"#[nest("/a/{x..}/{y..}")] fn a(&self, x: &str, y: &str) -> C;"#, "takes several segments already"),
    (
        r#"#[get("/a", allow_body)] fn a(&self, #[body] b: String, #[query(json, encoded)] c: &str) -> Call<()>;"#,
        "takes no `encoded`",
    ),
    (
        r#"#[post("/a", field("f" = 1))] fn a(&self, #[part] f: u8) -> Call<()>;"#,
        "is a constant of the endpoint already",
    ),
    (r#"#[get("/a", encoding = "form")] fn a(&self) -> Call<()>;"#, "has no body and no encoding"),
    (r#"#[nest("/a")] async fn a(&self) -> C;"#, "cannot be an `async fn`"),
    (r#"#[post("/a")] fn a(&self, #[part("a\nb")] a: &str) -> Call<()>;"#, "control character"),
    (r#"#[get(PATH)] fn a(&self, id: &str) -> Call<()>;"#, "is a string literal"),
    (r#"#[get] fn a(&self, id: &str) -> Call<()>;"#, "has no path"),
    (r#"#[get] fn a(&self, #[url] u: &Uri, id: &str) -> Call<()>;"#, "`id` has no role"),
    (r#"#[get("/{id}?x={id}")] fn a(&self, id: &str) -> Call<()>;"#, "placeholder in the query"),
    (r#"#[GET("/a")] fn a(&self) -> Call<()>;"#, "did you mean `#[get]`?"),
    (r#"#[cfg_attr(x, get("/a"))] fn a(&self) -> Call<()>;"#, "cannot stand in a `cfg_attr`"),
    (r#"#[post("/a" idempotent)] fn a(&self) -> Call<()>;"#, "write a `,`"),
    (r#"#[get("/a", "/b")] fn a(&self) -> Call<()>;"#, "takes one path"),
    (r#"#[get("/a", header("content-type" = "text"))] fn a(&self) -> Call<()>;"#, "is not a media type"),
    (r#"#[get("/a", header("A" = " b"))] fn a(&self) -> Call<()>;"#, "no spaces around it"),
    (r#"#[get("/a", header("A" = 1))] fn a(&self) -> Call<()>;"#, "is a string"),
    (r#"#[get("/a", events())] fn a(&self) -> Call<()>;"#, "is empty"),
    (r#"#[method("purge", "/a")] fn a(&self) -> Call<()>;"#, "write `\"PURGE\"`"),
    (r#"#[get("/a")] fn a(self: Arc<Self>) -> Call<()>;"#, "must take `&self`"),
    (r#"#[get("/a/{_}")] fn a(&self) -> Call<()>;"#, "an argument cannot be called `_`"),
    (
        r#"#[get("/{a}")] fn a(&self, a: &str, #[segment("a")] b: &str) -> Call<()>;"#,
        "another argument fills the placeholder `{a}` already: remove one of them",
    ),
    (r#"#[get("/a")] fn a(&self, #[query("")] b: &str) -> Call<()>;"#, "the name is empty"),
    (r#"#[get("/a")] fn a(&self, #[query(lists = "dots")] b: &[u8]) -> Call<()>;"#, "is not a list style"),
    (r#"#[get("/a")] fn a(&self, #[extension] b: &Trace) -> Call<()>;"#, "write `Trace`"),
    (r#"#[get("/a?x")] fn a(&self, #[query] x: u8) -> Call<()>;"#, "repeats the constant query name `x`"),
    (r#"#[get("/a"suffix)] fn a(&self) -> Call<()>;"#, "write `\"/a\"`"),
    (r#"#[get("/a", deadline = 10s)] fn a(&self) -> Call<()>;"#, "write `\"10s\"`"),
    (r#"#[get("/a", body_limit = 16MiB)] fn a(&self) -> Call<()>;"#, "write `\"16MiB\"`"),
    (r#"#[get("/a", body_limit = 16u64)] fn a(&self) -> Call<()>;"#, "write `16`"),
    (r#"#[get("/a", attempts = 3u8)] fn a(&self) -> Call<()>;"#, "write `3`"),
    (r#"#[post("/a", field("n" = 3u8), encoding = "json")] fn a(&self) -> Call<()>;"#, "write `3`"),
    (r#"#[get("/a")] fn a(&self, #[query("x"y)] b: u8) -> Call<()>;"#, "write `\"x\"`"),
    (r#"#[method("PURGE"x, "/a")] fn a(&self) -> Call<()>;"#, "write `\"PURGE\"`"),
    (r#"#[get("/a",, attempts = 3)] fn a(&self) -> Call<()>;"#, "nothing stands in front of this `,`"),
    (r#"#[get(, "/a")] fn a(&self) -> Call<()>;"#, "nothing stands in front of this `,`"),
    (r#"#[get("/a", deadline = )] fn a(&self) -> Call<()>;"#, "expected `deadline = \"10s\"`"),
    (r#"#[get("/a", deadline = "1s" attempts = 3)] fn a(&self) -> Call<()>;"#, "write a `,` in front"),
    (r#"#[get("/a", header("A" = "b" "C" = "d"))] fn a(&self) -> Call<()>;"#, "write a `,` in front"),
    (r#"#[get("/a", base = "https://x")] fn a(&self) -> Call<()>;"#, "it belongs to the trait"),
    (r#"#[nest("/a", deadline = "1s")] fn a(&self) -> C;"#, "write `#[api(deadline = \"10s\")]` there"),
    (r#"#[get("/a")] fn a(&self, #[query(deadline = "1s")] b: u8) -> Call<()>;"#, "it belongs to the verb"),
    (
        r#"#[get("/a")] #[deadline("5s")] fn a(&self) -> Call<()>;"#,
        "write `#[get(\"/…\", deadline = \"5s\")]`",
    ),
    (
        r#"#[deadline("5s")] #[post("/a")] fn a(&self) -> Call<()>;"#,
        "write `#[post(\"/…\", deadline = \"5s\")]`",
    ),
    (r#"#[get("/a")] fn a(&self, #[query(required)] b: u8) -> Call<()>;"#, "unless its type is an `Option`"),
    (r#"#[post("/a")] fn a(&self, #[field(flatten)] b: &T) -> Call<()>;"#, "`#[json]` or `#[form]`"),
    (r#"#[get("/a")] fn a(&self, #[query(explode)] b: &[u8]) -> Call<()>;"#, "lists = \"comma\""),
    (r#"#[get("/a")] fn a(&self, #[query_map] b: &T) -> Call<()>;"#, "write `#[query(flatten)]`"),
    (r#"#[get("/a")] fn a(&self, #[alias_as("x")] b: u8) -> Call<()>;"#, "`#[query(\"x\")]`"),
    (r#"#[method("/a", "PURGE")] fn a(&self) -> Call<()>;"#, "write `#[method(\"PURGE\", \"/a\")]`"),
    (r#"#[request(GET, "/a")] fn a(&self) -> Call<()>;"#, "write `#[get(\"/a\")]`"),
    (r#"#[request(method = "POST", path = "/a")] fn a(&self) -> Call<()>;"#, "write `#[post(\"/a\")]`"),
    (
        r#"#[get("/a", deadline = "1s", attempt_timeout = "2s")] fn a(&self) -> Call<()>;"#,
        "is longer than `deadline`",
    ),
    (r#"#[put("/a", idempotency_key = "K")] fn a(&self) -> Call<()>;"#, "so it needs no key"),
    (r#"#[get("/a", events(end = "x"))] fn a(&self) -> Call<Vec<u8>>;"#, "`Vec<u8>` is not one"),
    (
        r#"#[get("/a")] fn a(&self, #[query("ids[]", lists = "brackets")] b: &[u8]) -> Call<()>;"#,
        "write `\"ids\"`",
    ),
    (
        r#"#[get("/a", lists = "brackets")] fn a(&self, #[query("ids[]")] b: &[u8]) -> Call<()>;"#,
        "write `\"ids\"`",
    ),
    (r#"#[get("/a")] fn a(&self, #[query] b: &[Vec<u8>]) -> Call<()>;"#, "a list of lists"),
    (r#"#[get("/a")] fn a(&self) -> Call<str>;"#, "write `String`"),
    (r#"#[get("/a")] fn a(&self) -> Call<dyn Debug>;"#, "a size known at compile time"),
    (r#"#[get("/a")] fn a<'a>(&'a self) -> Call<R<'a>>;"#, "cannot borrow from the response"),
    (r#"#[get("/a")] fn a(&self) -> Call<Vec<&str>>;"#, "cannot borrow from the response"),
    (r#"#[get("/a")] fn a(&self) -> std::pin::Pin<Box<dyn Future<Output = ()>>>;"#, "`async fn` in front"),
    (r#"fn a(&self, #[json] b: u8) -> u8 { b }"#, "has no effect"),
];

#[test]
fn each_mistake_is_one_message() {
    let wrong: Vec<_> = MISTAKEN
        .iter()
        .map(|(declaration, part)| (declaration, part, method(declaration)))
        .filter(|(_, part, messages)| messages.len() != 1 || !messages.concat().contains(*part))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn derives_tell_their_mistakes() {
    let told = |derive, item: &str| {
        let tokens = crate::derive::expand(item.parse().unwrap(), derive).to_string();
        tokens.matches("compile_error").count()
    };
    let scalar: fn(&_, &_) -> _ = crate::derive::scalar::derive;
    let query: fn(&_, &_) -> _ = crate::derive::query::derive;
    assert_eq!(told(scalar, "struct A(u8);"), 0);
    assert_eq!(told(scalar, "struct A(u8, u8);"), 1);
    assert_eq!(told(scalar, "enum A { B, #[serde(untagged)] C(String) }"), 0);
    assert_eq!(told(scalar, "enum A { B(u8), C(u8, u8) }"), 2);
    assert_eq!(told(scalar, r#"#[scalar(rename_all = "snake-case")] enum A { B }"#), 1);
    assert_eq!(
        told(
            query,
            r#"struct A { #[query("a[]", lists = "comma")] a: B, #[serde(skip_serializing_if = "x")] b: C }"#
        ),
        0
    );
    assert_eq!(told(query, r#"struct A { #[query(list = "comma")] a: B }"#), 1);
    assert_eq!(told(query, "struct A(u8);"), 1);
    assert_eq!(told(query, r#"struct A { #[query("")] a: B }"#), 1);
    assert_eq!(told(query, r#"struct A { #[query("a", rename = "b")] a: B }"#), 1);
    assert_eq!(told(query, r#"struct A { #[query("a")] #[query("b")] a: B }"#), 1);
    assert_eq!(told(query, r#"struct A { #[query("a"x)] a: B }"#), 1);
    assert_eq!(told(query, r#"struct A { #[query("a[]", lists = "brackets")] a: Vec<B> }"#), 1);
    assert_eq!(told(query, "struct A { a: Vec<Vec<B>> }"), 1);
    assert_eq!(told(scalar, r#"enum A { B, #[scalar(rename = "B")] C }"#), 1);
    assert_eq!(told(scalar, r#"#[serde(rename_all = "lowercase")] enum A { AB, Ab }"#), 1);
    assert_eq!(told(scalar, r#"enum A { #[cfg(a)] B, #[cfg(not(a))] #[scalar(rename = "B")] C }"#), 0);
}

#[test]
fn what_no_client_could_use_is_no_base() {
    let item = r#"trait Api { #[get("/a")] fn a(&self) -> Call<()>; }"#;
    for base in [
        "https://api.example.com",
        "https://api.example.com/v1/",
        "http://localhost:8080",
        "https://[::1]:8443/v1",
        "https://127.0.0.1",
        "https://a_b.example.",
    ] {
        assert_eq!(messages(&format!("base = {base:?}"), item), [""; 0], "{base}");
    }
    for base in [
        "ftp://x",
        "example.com",
        "https://",
        "https://:443",
        "https://a:b",
        "https://a:99999",
        "https://a:",
        "https://a b",
        "https://a..b",
        "https://[::1",
        "https://[x]",
        "https://1.2.3.999",
        "https://a/../b",
        "https://a/%2e%2E",
        "https://a/%zz",
        "https://a?x=1",
        "https://a#b",
        "https://u:p@a",
        "https://{host}",
        "https://a\\b",
    ] {
        assert_eq!(messages(&format!("base = {base:?}"), item).len(), 1, "{base}");
    }
}

#[test]
fn one_credential_is_constant_or_declared() {
    let attr = r#"header("Authorization" = "Basic x")"#;
    let item = r#"trait Api { #[get("/a", auth = bearer)] fn a(&self) -> Call<()>; #[get("/b", auth = none)] fn b(&self) -> Call<()>; }"#;
    assert_eq!(messages(attr, item).len(), 1);
    assert_eq!(
        messages(
            "auth = bearer",
            r#"trait Api { #[get("/a", header("authorization" = "x"))] fn a(&self) -> Call<()>; }"#
        )
        .len(),
        1
    );
}
