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
    let renamed = printed.matches("my :: declarest").count();
    assert_eq!(printed.matches(":: declarest").count(), renamed, "another name of the runtime");
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
    (r#"#[get("/a", encoding = "form")] fn a(&self) -> Call<()>;"#, "so it has no encoding"),
    (r#"#[nest("/a/{x..}/{y..}")] fn a(&self, x: &str, y: &str) -> C;"#, "takes several segments already"),
    (
        r#"#[get("/a", allow_body)] fn a(&self, #[body] b: String, #[query(json, encoded)] c: &str) -> Call<()>;"#,
        "takes no `encoded`",
    ),
    (
        r#"#[post("/a", field("f" = 1))] fn a(&self, #[part] f: u8) -> Call<()>;"#,
        "is a constant of the endpoint already",
    ),
    (r#"#[nest("/a")] async fn a(&self) -> C;"#, "no `async fn`"),
    (r#"#[post("/a")] fn a(&self, #[part("a\nb")] a: &str) -> Call<()>;"#, "control character"),
    (r#"#[get(PATH)] fn a(&self, id: &str) -> Call<()>;"#, "is a string literal"),
    (r#"#[get] fn a(&self, id: &str) -> Call<()>;"#, "has no path"),
    (r#"#[get] fn a(&self, #[url] u: &Uri, id: &str) -> Call<()>;"#, "`id` has no role"),
    (r#"#[get("/{id}?x={id}")] fn a(&self, id: &str) -> Call<()>;"#, "placeholder in the query"),
    (r#"#[GET("/a")] fn a(&self) -> Call<()>;"#, "did you mean `#[get]`?"),
    (r#"#[cfg_attr(x, get("/a"))] fn a(&self) -> Call<()>;"#, "cannot stand in a `cfg_attr`"),
    (r#"#[get("/a" idempotent)] fn a(&self) -> Call<()>;"#, "write a `,`"),
    (r#"#[get("/a", "/b")] fn a(&self) -> Call<()>;"#, "takes one path"),
    (r#"#[get("/a", header("content-type" = "text"))] fn a(&self) -> Call<()>;"#, "no media type"),
    (r#"#[get("/a", header("A" = " b"))] fn a(&self) -> Call<()>;"#, "no blanks around it"),
    (r#"#[get("/a", header("A" = 1))] fn a(&self) -> Call<()>;"#, "is a text"),
    (r#"#[get("/a", events())] fn a(&self) -> Call<()>;"#, "is empty"),
    (r#"#[method("purge", "/a")] fn a(&self) -> Call<()>;"#, "write `\"PURGE\"`"),
    (r#"#[get("/a")] fn a(self: Arc<Self>) -> Call<()>;"#, "needs `&self`"),
    (r#"#[get("/a/{_}")] fn a(&self) -> Call<()>;"#, "an argument cannot be called `_`"),
    (
        r#"#[get("/{a}")] fn a(&self, a: &str, #[segment("a")] b: &str) -> Call<()>;"#,
        "another argument fills the placeholder `{a}` already: leave one of them out",
    ),
    (r#"#[get("/a")] fn a(&self, #[query("")] b: &str) -> Call<()>;"#, "the name is empty"),
    (r#"#[get("/a")] fn a(&self, #[query(lists = "dots")] b: &[u8]) -> Call<()>;"#, "no list style"),
    (r#"#[get("/a")] fn a(&self, #[extension] b: &Trace) -> Call<()>;"#, "write `Trace`"),
    (r#"#[get("/a?x")] fn a(&self, #[query] x: u8) -> Call<()>;"#, "repeats the constant query name `x`"),
    (r#"fn a(&self, #[json] b: u8) -> u8 { b }"#, "has no meaning"),
];

#[test]
fn each_mistake_is_one_message() {
    for (declaration, part) in MISTAKEN {
        let messages = method(declaration);
        assert!(messages.len() == 1 && messages.concat().contains(part), "{declaration}: {messages:#?}");
    }
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
}
