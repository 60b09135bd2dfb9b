//! What a Rust user writes as the type of an argument, and what is sent for it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::too_many_arguments,
    clippy::ptr_arg
)]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU8;
use std::sync::Arc;

use declarest::{Call, Client, Encode, File, HeaderArg, Query, QueryValue, Scalar, Secret, Segments, api};
use declarest_tests::{Recorder, Seen};
use serde::Serialize;

#[derive(Debug, Clone, Serialize, Scalar)]
struct Id(String);

#[derive(Debug, Clone, Copy, Scalar)]
struct Wrap<T>(T);

#[derive(Debug, Clone, Copy, Serialize, Scalar)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Kind {
    OnlyOne,
    Two,
}

#[derive(Debug, Scalar)]
#[scalar(rename_all = "lowercase")]
enum Open {
    Known,
    #[serde(untagged)]
    Other(String),
}

#[derive(Serialize)]
struct Borrowed<'a> {
    a: &'a str,
}

#[derive(Query)]
struct Listing {
    limit: u8,
}

#[api]
trait Arguments<T: Serialize, const N: usize>
where
    T: Send,
{
    const LIMIT: u8 = 3;

    #[get("/1/{a}/{b}/{c}/{d}/{e}")]
    fn strings(&self, a: Cow<'_, str>, b: Arc<str>, c: &&str, d: Box<str>, e: &String) -> Call<()>;
    #[get("/2/{a}/{b}/{c}/{d}")]
    fn opaque(&self, a: impl AsRef<str>, b: impl Into<String>, c: impl Scalar, d: &impl Scalar) -> Call<()>;
    #[get("/3/{a}/{b}/{c}")]
    fn generic<S: Scalar + ?Sized, V>(&self, a: &S, b: V, c: Wrap<V>) -> Call<()>
    where
        V: Scalar + Copy;
    #[get("/4/{a}/{b}/{c}")]
    fn own(&self, a: &Id, b: Kind, c: Open) -> Call<()>;
    #[get("/5/{a}/{b}/{c}/{d}")]
    fn primitives(&self, a: i128, b: NonZeroU8, c: char, d: bool) -> Call<()>;
    #[get("/6/{rest..}")]
    fn rest(&self, rest: impl AsRef<str>) -> Call<()>;
    #[get("/7/{rest..}")]
    fn rest_of<R: Segments>(&self, rest: R) -> Call<()>;

    #[get("/q1")]
    fn options(
        &self,
        #[query] a: Option<&Id>,
        #[query] b: &Option<Id>,
        #[query] c: Option<Cow<'_, str>>,
        #[query] d: impl Into<Option<u8>>,
        #[query] e: Option<f64>,
        #[query] f: Option<Option<u8>>,
    ) -> Call<()>;
    #[get("/q2", lists = "comma")]
    fn lists(
        &self,
        #[query] a: &[Kind],
        #[query] b: Option<&[Kind]>,
        #[query] c: Vec<Option<&str>>,
        #[query] d: [u8; N],
        #[query] e: &BTreeSet<Id2>,
        #[query] f: Cow<'_, [f32]>,
        #[query] g: impl QueryValue,
    ) -> Call<()>;
    #[get("/q3")]
    fn flattened(
        &self,
        #[query(flatten)] a: &T,
        #[query(flatten)] b: Option<Listing>,
        #[query(flatten)] c: impl Serialize,
        #[query(flatten)] d: &[(&str, u8)],
        #[query(flatten)] e: &BTreeMap<String, Kind>,
    ) -> Call<()>;
    #[get("/h")]
    fn headers(
        &self,
        #[header("A")] a: Option<Id>,
        #[header("B")] b: &[Kind],
        #[header("C")] c: Option<&Secret>,
        #[header("D")] d: Cow<'_, str>,
        #[header("E")] e: impl HeaderArg,
        #[header(flatten)] more: &[(&str, Option<u8>)],
    ) -> Call<()>;

    #[post("/b1")]
    fn json(&self, #[json] a: Borrowed<'_>) -> Call<()>;
    #[post("/b2")]
    fn json_of(&self, #[json] a: &impl Serialize) -> Call<()>;
    #[post("/b3")]
    fn fields(
        &self,
        #[field] r#type: Kind,
        #[field("of")] value: &T,
        #[field] none: Option<&[u8]>,
        #[field] some: Option<&[u8]>,
        #[field] any: serde_json::Value,
        #[field] id: &Id,
    ) -> Call<()>;
    #[post("/b4")]
    fn encoded(&self, #[body] a: impl Encode) -> Call<()>;
    #[post("/b5")]
    fn converted(&self, #[body] a: impl Into<bytes::Bytes>) -> Call<()>;
    #[post("/b6")]
    fn optional(&self, #[body(content_type = "text/csv")] a: Option<&str>) -> Call<()>;
    #[post("/b7", encoding = "form")]
    fn form_fields(
        &self,
        #[field] a: &[Kind],
        #[field] b: Option<Wrap<u8>>,
        #[field] c: impl AsRef<str>,
    ) -> Call<()>;
    #[post("/b8")]
    fn parts(
        &self,
        #[part] a: &[&str],
        #[part("b")] b: Vec<File>,
        #[part] c: Option<u8>,
        #[part] d: Kind,
    ) -> Call<()>;

    #[get("/cfg")]
    fn chosen(
        &self,
        #[cfg(any())]
        #[query]
        a: Missing,
        #[cfg(not(any()))]
        #[query]
        a: u8,
    ) -> Call<()>;

    /// A method with a body sees the others.
    fn first(&self) -> Call<()> {
        self.chosen(Self::LIMIT)
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Scalar)]
struct Id2(u8);

type Api = ArgumentsClient<u8, 2>;

fn sent(call: impl FnOnce(&Api) -> Call<()>) -> Seen {
    sent_by::<u8>(call)
}

fn sent_by<T: Serialize + Send>(call: impl FnOnce(&ArgumentsClient<T, 2>) -> Call<()>) -> Seen {
    let recorder = Recorder::default();
    let client = Client::builder("http://localhost").transport(recorder.clone()).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(call(&ArgumentsClient::new(client))).unwrap();
    recorder.seen().pop().unwrap()
}

fn body(seen: &Seen) -> &str {
    std::str::from_utf8(&seen.body).unwrap()
}

#[test]
fn in_a_path() {
    let owned = "e".to_owned();
    assert_eq!(
        sent(|api| api.strings("a b".into(), "b".into(), &"c", "d".into(), &owned)).target(),
        "/1/a%20b/b/c/d/e"
    );
    assert_eq!(sent(|api| api.opaque("a", "b", 1_u8, &Wrap(2))).target(), "/2/a/b/1/2");
    assert_eq!(sent(|api| api.opaque(owned.clone(), 'b', "c", &"d")).target(), "/2/e/b/c/d");
    assert_eq!(sent(|api| api.generic("s", 1, Wrap(2))).target(), "/3/s/1/2");
    assert_eq!(
        sent(|api| api.own(&Id("i/d".into()), Kind::OnlyOne, Open::Known)).target(),
        "/4/i%2Fd/ONLY_ONE/known"
    );
    let other = Open::Other("neu".into());
    assert_eq!(sent(|api| api.own(&Id("i".into()), Kind::Two, other)).target(), "/4/i/TWO/neu");
    assert_eq!(
        sent(|api| api.primitives(i128::MIN, NonZeroU8::MIN, '/', true)).target(),
        format!("/5/{}/1/%2F/true", i128::MIN)
    );
    assert_eq!(sent(|api| api.rest(owned.clone() + "/f g")).target(), "/6/e/f%20g");
    assert_eq!(sent(|api| api.rest_of([1, 2])).target(), "/7/1/2");
    assert_eq!(sent(|api| api.rest_of(&[Kind::Two, Kind::OnlyOne][..])).target(), "/7/TWO/ONLY_ONE");
    assert_eq!(sent(|api| api.rest_of(vec![Cow::Borrowed("a/b"), "c".into()])).target(), "/7/a%2Fb/c");
}

#[test]
fn in_a_query() {
    let id = Id("i".into());
    let all =
        sent(|api| api.options(Some(&id), &Some(id.clone()), Some("c".into()), 4, Some(1.0), Some(Some(6))));
    assert_eq!(all.target(), "/q1?a=i&b=i&c=c&d=4&e=1.0&f=6");
    assert_eq!(sent(|api| api.options(None, &None, None, None, None, Some(None))).target(), "/q1");
    let kinds = [Kind::OnlyOne, Kind::Two];
    let set = BTreeSet::from([Id2(2), Id2(1)]);
    let strings = vec![Some("x"), None, Some("y")];
    let seen = sent(|api| {
        api.lists(&kinds, Some(&kinds), strings, [1, 2], &set, Cow::Borrowed(&[0.5, 0.1]), Some(vec![true]))
    });
    assert_eq!(
        seen.target().replace("%2C", ","),
        "/q2?a=ONLY_ONE,TWO&b=ONLY_ONE,TWO&c=x,y&d=1,2&e=1,2&f=0.5,0.1&g=true"
    );
    let map = BTreeMap::from([("k".to_owned(), Kind::Two)]);
    let listing = || Some(Listing { limit: 2 });
    let seen = sent_by::<Borrowed<'_>>(|api| {
        api.flattened(&Borrowed { a: "1" }, listing(), [("c", 3)], &[("d", 4), ("d", 5)], &map)
    });
    assert_eq!(seen.target(), "/q3?a=1&limit=2&c=3&d=4&d=5&k=TWO");
}

#[test]
fn in_headers() {
    let secret = Secret::from("s");
    let call = |api: &Api| {
        api.headers(
            Some(Id("i".into())),
            &[Kind::Two, Kind::OnlyOne],
            Some(&secret),
            "d".into(),
            [1, 2],
            &[("F", Some(1)), ("G", None)],
        )
    };
    let seen = sent(call);
    let lines = ["a", "b", "c", "d", "e", "f", "g"].map(|name| seen.header(name).join("|"));
    assert_eq!(lines, ["i", "TWO|ONLY_ONE", "s", "d", "1|2", "1", ""]);
}

#[test]
fn in_a_body() {
    assert_eq!(body(&sent(|api| api.json(Borrowed { a: "x" }))), r#"{"a":"x"}"#);
    assert_eq!(body(&sent(|api| api.json_of(&[Some(1), None]))), "[1,null]");
    let seen = sent(|api| {
        api.fields(Kind::Two, &7, None, Some(&[1, 2]), serde_json::json!({"x": null}), &Id("i".into()))
    });
    assert_eq!(body(&seen), r#"{"type":"TWO","of":7,"some":[1,2],"any":{"x":null},"id":"i"}"#);
    assert_eq!(body(&sent(|api| api.encoded("text"))), "text");
    assert_eq!(body(&sent(|api| api.encoded(vec![b'x']))), "x");
    assert_eq!(body(&sent(|api| api.converted("static"))), "static");
    let seen = sent(|api| api.optional(Some("1,2")));
    assert_eq!((body(&seen), seen.header("content-type")), ("1,2", vec!["text/csv".to_owned()]));
    assert_eq!(body(&sent(|api| api.optional(None))), "");
    let seen = sent(|api| api.form_fields(&[Kind::Two, Kind::OnlyOne], Some(Wrap(1)), "c d"));
    assert_eq!(body(&seen), "a=TWO&a=ONLY_ONE&b=1&c=c+d");
}

#[test]
fn in_parts() {
    let seen = sent(|api| api.parts(&["x", "y"], Vec::new(), None, Kind::Two));
    let names: Vec<&str> =
        body(&seen).lines().filter(|line| line.starts_with("Content-Disposition")).collect();
    let disposition = |name| format!("Content-Disposition: form-data; name=\"{name}\"");
    assert_eq!(names, [disposition("a"), disposition("a"), disposition("d")]);
}

#[test]
fn chosen_by_cfg() {
    assert_eq!(sent(|api| api.first()).target(), "/cfg?a=3");
    let parameters = Api::ENDPOINTS.iter().find(|endpoint| endpoint.name == "chosen").unwrap().parameters;
    assert_eq!(parameters.len(), 1);
}

macro_rules! crud {
    ($(#[$meta:meta])* $vis:vis $name:ident at $prefix:literal of $id:ty => $item:ty, { $($verb:ident $path:literal $method:ident($($argument:ident: $ty:ty),*);)* }) => {
        $(#[$meta])*
        #[api($prefix, header("X-Version" = $prefix))]
        $vis trait $name {
            #[get("/{id}")]
            fn get(&self, id: $id, #[query("expand[]")] expand: Option<&[$item]>) -> Call<$item>;
            #[post("/", field("kind" = $prefix))]
            fn create(&self, #[json] item: &BTreeMap<$id, $item>) -> Call<$item>;
            $(
                #[$verb($path)]
                fn $method(&self, $($argument: $ty),*) -> Call<Option<$item>>;
            )*
        }
    };
}
crud! {
    /// Declared by a macro, types and literals in invisible groups.
    Generated at "/things" of &str => u8, { delete "/{id}/{part}" remove(part: &str, id: u32); put "/all" replace(); }
}

#[test]
fn written_by_a_macro() {
    let recorder = Recorder::answering("1");
    let client = Client::builder("http://localhost").transport(recorder.clone()).build().unwrap();
    let api = GeneratedClient::new(client);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        api.get("x", Some(&[1, 2])).await.unwrap();
        api.create(&BTreeMap::from([("a", 1)])).await.unwrap();
        api.remove("p", 7).await.unwrap();
        api.replace().await.unwrap();
    });
    let seen = recorder.seen();
    let targets: Vec<&str> = seen.iter().map(Seen::target).collect();
    assert_eq!(
        targets,
        ["/things/x?expand%5B%5D=1&expand%5B%5D=2", "/things/", "/things/7/p", "/things/all"]
    );
    assert_eq!(body(&seen[1]), r#"{"a":1,"kind":"/things"}"#);
    assert_eq!(seen[0].header("x-version"), ["/things"]);
}
