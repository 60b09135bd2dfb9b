//! What becomes of the values of arguments, where a simpler rule would send something else: the second round of the
//! catalogue of requests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;

use declarest::__private::ListStyle;
use declarest::{
    BodyCursor, BoxError, Call, Client, Effect, File, Multipart, Next, Page, Pages, Part, Query, QueryValue,
    RequestParts, Returns, Scalar, Secret, Sent, Values, api,
};
use declarest_tests::{Recorder, ScriptedServer, Seen, Step};
use http::{HeaderMap, HeaderValue};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, Serialize, Scalar)]
#[serde(rename_all = "snake_case")]
enum Kind {
    VeryNew,
    Old,
}

#[derive(Serialize)]
struct Search {
    id: u128,
    size: f64,
    cursor: Option<&'static str>,
}

#[derive(Deserialize)]
struct Found {
    hits: Vec<u8>,
    next: Option<String>,
}

impl Page for Found {
    type Item = u8;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        Ok(self.next.as_deref().map_or(Next::Done, |cursor| Next::body("cursor", cursor)))
    }

    fn into_items(self) -> Vec<u8> {
        self.hits
    }
}

impl BodyCursor for Found {}

/// A list-like type, as a user writes one.
struct Tags(&'static [&'static str]);

impl QueryValue for Tags {
    fn write_values(&self, values: &mut Values<'_>) {
        self.0.iter().for_each(|tag| values.push(tag));
    }
}

#[derive(Query)]
struct Filter {
    #[query(lists = "comma")]
    names: Vec<&'static str>,
    #[query(nest)]
    meta: BTreeMap<String, Option<u32>>,
    #[query(flatten)]
    more: BTreeMap<Kind2, Tags>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Scalar)]
struct Kind2(u8);

/// A parameter that an API takes once or as a list.
#[derive(Serialize, Query)]
#[serde(untagged)]
enum OneOrMany<'a, T: QueryValue> {
    One(&'a str),
    Many(Vec<T>),
    Some { of: Option<bool> },
    Borrowed(&'a [T]),
}

#[derive(Query)]
struct Filters<'a> {
    #[query(lists = "brackets")]
    status: OneOrMany<'a, u8>,
    #[query(lists = "comma")]
    more: Vec<OneOrMany<'a, u8>>,
}

#[derive(Clone, Multipart)]
#[serde(rename_all = "camelCase")]
struct Upload<'a, T: Part> {
    user_id: u32,
    title: Option<&'a str>,
    #[part("tag", content_type = "text/csv")]
    tags: &'a [&'a str],
    #[part(json, file_name = "meta.json")]
    meta: BTreeMap<&'static str, u8>,
    #[part(json)]
    none: Option<Kind>,
    #[serde(skip_serializing_if = "is_zero")]
    offset: u8,
    #[part(skip)]
    #[allow(dead_code)]
    hidden: &'a str,
    file: T,
    #[part(flatten)]
    more: Option<More>,
}

#[derive(Clone, Multipart)]
struct More {
    r#type: Kind,
    token: Secret,
}

fn is_zero(value: &u8) -> bool {
    *value == 0
}

#[api]
trait Listed {
    #[get("/q")]
    fn query(
        &self,
        #[query(lists = "comma")] c: &[&str],
        #[query(lists = "space")] s: &[&str],
        #[query(lists = "pipe")] p: &[&str],
    ) -> Call<()>;
    #[post("/f", encoding = "form")]
    fn form(
        &self,
        #[field(lists = "comma")] c: &[&str],
        #[field(lists = "space")] s: &[&str],
        #[field(lists = "pipe")] p: &[&str],
    ) -> Call<()>;
    #[get("/nested")]
    fn nested(
        &self,
        #[query(lists = "indices")] i: &[&[u8]],
        #[query] t: &[Tags],
        #[query(lists = "comma")] c: &[Tags],
    ) -> Call<()>;
    #[get("/rails")]
    fn rails<T: Serialize>(&self, #[query(flatten, lists = "brackets")] value: &T) -> Call<()>;
    #[get("/indices")]
    fn indices<T: Serialize>(&self, #[query(flatten, lists = "indices")] value: &T) -> Call<()>;
    #[get("/one")]
    fn one_or_many(&self, #[query(flatten)] filters: &Filters<'_>) -> Call<()>;
    #[get("/filtered")]
    fn filtered(&self, #[query(flatten)] filter: &Filter) -> Call<()>;
    #[get("/odata")]
    fn odata(&self, #[query("$filter")] filter: &str, #[query(flag)] flags: &[&str]) -> Call<()>;
    #[get("/Messages/{sid}.json")]
    fn suffixed(&self, sid: &str) -> Call<()>;
    #[get("/{a}.{b}")]
    fn dotted(&self, a: &str, b: &str) -> Call<()>;
}

#[allow(clippy::too_many_arguments, reason = "one of each kind of value")]
#[api]
trait Content {
    #[post("/json", header("Content-Type" = "application/merge-patch+json"))]
    fn json(&self, #[json] value: Option<&BTreeMap<&str, u8>>) -> Call<()>;
    #[post("/null")]
    fn null(&self, #[json] value: &Option<Option<u8>>) -> Call<()>;
    #[post("/form")]
    fn form(&self, #[form] value: Option<&BTreeMap<&str, u8>>) -> Call<()>;
    #[post("/body")]
    fn body(&self, #[body(content_type = "text/csv")] value: Option<&str>) -> Call<()>;
    #[post("/secret", encoding = "form")]
    fn secret(&self, #[field] s: &Secret, #[field] t: Option<Secret>) -> Call<()>;
    #[post("/search")]
    fn search(&self, #[json] search: &Search) -> Pages<Found>;
    #[post("/parts")]
    fn parts(
        &self,
        #[part] kinds: Vec<Kind>,
        #[part] numbers: &[u32],
        #[part] files: Vec<File>,
        #[part] bytes: &[u8],
        #[part] rate: Option<f32>,
        #[part(json)] meta: Option<&Kind>,
        #[part] token: Option<&Secret>,
    ) -> Call<()>;
    #[get("/headers")]
    fn headers(
        &self,
        #[header("X-Raw")] raw: &HeaderValue,
        #[header("X-List")] list: Vec<HeaderValue>,
        #[header(flatten)] more: &HeaderMap,
        #[header("Content-Type")] media: Option<&str>,
    ) -> Call<()>;
}

fn recorded<T>(call: impl AsyncFnOnce(Client) -> T) -> (T, Vec<Seen>) {
    let recorder = Recorder::default();
    let client = Client::builder("http://localhost").transport(recorder.clone()).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let result = runtime.block_on(call(client));
    (result, recorder.seen())
}

fn sent(call: impl FnOnce(&ListedClient) -> Call<()>) -> Result<Seen, declarest::Error> {
    let (result, mut seen) = recorded(async |client| call(&ListedClient::new(client)).await);
    assert_eq!(seen.len(), usize::from(result.is_ok()));
    result.map(|()| seen.pop().unwrap())
}

fn target(call: impl FnOnce(&ListedClient) -> Call<()>) -> String {
    sent(call).unwrap().target().to_owned()
}

fn refused(call: impl FnOnce(&ListedClient) -> Call<()>) -> String {
    let error = sent(call).unwrap_err();
    assert!(error.is_argument() && error.effect() == Effect::NotSent, "{error}");
    error.to_string()
}

fn content(call: impl FnOnce(&ContentClient) -> Call<()>) -> Result<Seen, declarest::Error> {
    let (result, mut seen) = recorded(async |client| call(&ContentClient::new(client)).await);
    assert_eq!(seen.len(), usize::from(result.is_ok()));
    result.map(|()| seen.pop().unwrap())
}

fn text(seen: &Seen) -> &str {
    std::str::from_utf8(&seen.body).unwrap()
}

#[test]
fn a_comma_between_items_is_raw_and_one_in_an_item_is_encoded() {
    assert_eq!(target(|api| api.query(&["a,b", "c"], &["d", "e,f"], &["g"])), "/q?c=a%2Cb,c&s=d%20e%2Cf&p=g"); // 36
    assert_eq!(target(|api| api.query(&["", ""], &[], &["a", "", "b"])), "/q?c=,&p=a%7C%7Cb");
}

/// Request row 37.
#[test]
fn an_item_with_the_separator_is_refused_where_the_separator_is_encoded() {
    for (item, name) in [(["a b"], "`s`"), (["a|b"], "`p`")] {
        let [s, p] = if name == "`s`" { [&item[..], &[]] } else { [&[][..], &item[..]] };
        assert!(refused(|api| api.query(&[], s, p)).contains(name), "37: {name}");
        assert!(refused_form(&[], s, p).contains(name), "37: {name}");
    }
    assert!(refused_form(&["a,b"], &[], &[]).contains("`c`"), "37");
    let seen = sent(|api| api.form(&["a", "b"], &["c,", "d+"], &["e f"])).unwrap();
    assert_eq!(text(&seen), "c=a%2Cb&s=c%2C+d%2B&p=e+f");
}

fn refused_form(c: &[&str], s: &[&str], p: &[&str]) -> String {
    refused(|api| api.form(c, s, p))
}

#[test]
fn a_list_in_a_list_is_told_apart_by_indices_only() {
    let (none, some): (&[&[u8]], &[&[u8]]) = (&[], &[&[1, 2], &[3]]);
    assert!(refused(|api| api.nested(none, &[Tags(&["a"])], &[])).contains("`t`"));
    assert!(refused(|api| api.nested(none, &[], &[Tags(&["a"])])).contains("`c`"));
    let expected = "/nested?i%5B0%5D%5B0%5D=1&i%5B0%5D%5B1%5D=2&i%5B1%5D%5B0%5D=3";
    assert_eq!(target(|api| api.nested(some, &[], &[])), expected);
    // An item without a text would leave its place to the next.
    assert!(refused(|api| api.nested(&[&[], &[3]], &[], &[])).contains("empty"));
}

#[test]
fn objects_in_brackets_show_where_each_begins() {
    let list = |objects: &[&[(&'static str, u8)]]| {
        let objects: Vec<BTreeMap<_, _>> =
            objects.iter().map(|members| members.iter().copied().collect()).collect();
        BTreeMap::from([("x", objects)])
    };
    let decoded =
        |text: String| percent_encoding::percent_decode_str(&text).decode_utf8().unwrap().into_owned();
    let told = list(&[&[("a", 1), ("b", 2)], &[("a", 3)], &[("a", 4), ("b", 5)]]);
    assert_eq!(
        decoded(target(|api| api.rails(&told))),
        "/rails?x[][a]=1&x[][b]=2&x[][a]=3&x[][a]=4&x[][b]=5"
    );
    for blurred in
        [&[&[("a", 1)][..], &[("b", 2)]][..], &[&[("a", 1)], &[("a", 2), ("b", 3)], &[("b", 4), ("c", 5)]]]
    {
        let refusal = sent(|api| api.rails(&list(blurred)));
        let told = blurred.len() == 3;
        assert_eq!(refusal.is_ok(), told, "{blurred:?}");
        assert_eq!(target(|api| api.indices(&list(blurred))).matches('&').count(), if told { 4 } else { 1 });
    }
    let lists_within = BTreeMap::from([("x", [BTreeMap::from([("tags", [1, 2])])])]);
    assert!(refused(|api| api.rails(&lists_within)).contains("`x[][tags]`"));
    assert!(refused(|api| api.indices(&list(&[&[], &[("a", 1)]]))).contains("empty"));
}

#[test]
fn a_query_struct_takes_maps() {
    let filter = Filter {
        names: vec!["a,", "b"],
        meta: BTreeMap::from([("x".to_owned(), Some(1)), ("y".to_owned(), None)]),
        more: BTreeMap::from([(Kind2(7), Tags(&["c", "d"]))]),
    };
    assert_eq!(target(|api| api.filtered(&filter)), "/filtered?names=a%2C,b&meta%5Bx%5D=1&7=c&7=d");
}

#[test]
fn a_query_struct_takes_a_scalar_or_a_list() {
    let one = |status| Filters { status, more: vec![] };
    assert_eq!(target(|api| api.one_or_many(&one(OneOrMany::One("a")))), "/one?status=a");
    assert_eq!(
        target(|api| api.one_or_many(&one(OneOrMany::Many(vec![1, 2])))),
        "/one?status%5B%5D=1&status%5B%5D=2"
    );
    assert_eq!(target(|api| api.one_or_many(&one(OneOrMany::Borrowed(&[3])))), "/one?status%5B%5D=3");
    assert_eq!(target(|api| api.one_or_many(&one(OneOrMany::Some { of: None }))), "/one");
    let more = |more| Filters { status: OneOrMany::Some { of: None }, more };
    assert_eq!(
        target(|api| api.one_or_many(&more(vec![OneOrMany::One("a"), OneOrMany::One("b")]))),
        "/one?more=a,b"
    );
    assert!(refused(|api| api.one_or_many(&more(vec![OneOrMany::Many(vec![1])]))).contains("`more`"));
}

#[test]
fn an_apostrophe_in_a_query_is_encoded() {
    assert_eq!(
        target(|api| api.odata("name eq 'x'", &["a'", "b"])),
        "/odata?%24filter=name%20eq%20%27x%27&a%27&b"
    ); // 62
    assert!(refused(|api| api.odata("", &["a", ""])).contains("`flag`"));
}

/// Request row 41.
#[test]
fn a_placeholder_within_a_segment_needs_a_value() {
    assert!(refused(|api| api.suffixed("")).contains("`sid`"), "41");
    assert!(refused(|api| api.dotted("", "x")).contains("`a`"), "41");
    assert!(refused(|api| api.dotted("x", "")).contains("`b`"), "41");
    assert_eq!(target(|api| api.suffixed("SM1")), "/Messages/SM1.json");
}

#[test]
fn content_that_is_none_is_no_content() {
    for seen in [
        content(|api| api.json(None)).unwrap(), // 40
        content(|api| api.null(&None)).unwrap(),
        content(|api| api.form(None)).unwrap(),
        content(|api| api.body(None)).unwrap(),
    ] {
        assert_eq!((text(&seen), seen.header("content-type")), ("", vec![]), "{}", seen.target());
    }
    let map = BTreeMap::from([("a", 1)]);
    let seen = content(|api| api.json(Some(&map))).unwrap();
    let media = || vec!["application/merge-patch+json".to_owned()];
    assert_eq!((text(&seen), seen.header("content-type")), (r#"{"a":1}"#, media()));
    assert_eq!(text(&content(|api| api.null(&Some(None))).unwrap()), "null");
    assert_eq!(text(&content(|api| api.form(Some(&map))).unwrap()), "a=1");
}

#[test]
fn a_secret_is_a_field_of_a_form_and_shown_nowhere() {
    let seen = content(|api| api.secret(&"s 1".into(), Some("t".into()))).unwrap();
    assert_eq!(text(&seen), "s=s+1&t=t");
    let (curl, _) =
        recorded(async |client| ContentClient::new(client).secret(&"CANARY".into(), None).to_curl());
    assert!(!curl.contains("CANARY"), "{curl}");
}

#[tokio::test]
async fn a_cursor_leaves_the_other_members_as_they_are() {
    let steps =
        [Step::json(200, r#"{"hits":[1],"next":"c2"}"#), Step::json(200, r#"{"hits":[2],"next":null}"#)];
    let server = ScriptedServer::start(steps).await.unwrap();
    let api = ContentClient::new(Client::builder(server.base_url()).build().unwrap());
    let search = Search { id: u128::MAX, size: 0.1, cursor: None };
    let mut items = api.search(&search).items();
    assert_eq!((items.try_next().await.unwrap(), items.try_next().await.unwrap()), (Some(1), Some(2)));
    let bodies: Vec<String> =
        server.requests().iter().map(|raw| raw.split("\r\n\r\n").nth(1).unwrap().to_owned()).collect();
    let body = |cursor| format!(r#"{{"id":{},"size":0.1,"cursor":{cursor}}}"#, u128::MAX);
    assert_eq!(bodies, [body("null"), body("\"c2\"")]); // 47
}

#[test]
fn a_list_of_parts_is_several_parts_of_one_name() {
    let path = std::env::temp_dir().join(format!("declarest-values-{}.csv", std::process::id()));
    std::fs::write(&path, "x").unwrap();
    let file = || File::new(&path).content_type("text/csv");
    let secret = Secret::from("t");
    let seen = content(|api| {
        let kinds = vec![Kind::VeryNew, Kind::Old];
        api.parts(kinds, &[1, 2], vec![file(), file()], b"raw", Some(0.5), Some(&Kind::Old), Some(&secret))
    });
    std::fs::remove_file(&path).unwrap();
    let parts = parts_of(&seen.unwrap());
    let parts: Vec<_> = parts.iter().map(|[name, .., value]| (name.as_str(), value.as_str())).collect();
    let expected = [
        ("kinds", "very_new"), // 48
        ("kinds", "old"),
        ("numbers", "1"),
        ("numbers", "2"),
        ("files", "x"),
        ("files", "x"),
        ("bytes", "raw"),
        ("rate", "0.5"),
        ("meta", "\"old\""),
        ("token", "t"),
    ];
    assert_eq!(parts, expected);
    let error = content(|api| {
        api.parts(vec![], &[], vec![File::new("x").content_type("no media")], b"", None, None, None)
    });
    assert!(error.unwrap_err().to_string().contains("`files`"));
}

/// Name, file name, media type and value of each part.
fn parts_of(seen: &Seen) -> Vec<[String; 4]> {
    let within = |text: &str, start: &str, end: &str| {
        text.split_once(start).map_or("", |(_, rest)| rest.split(end).next().unwrap()).to_owned()
    };
    let parts = text(seen).split("Content-Disposition: form-data; ").skip(1);
    parts
        .map(|part| {
            let (head, value) = part.split_once("\r\n\r\n").unwrap();
            [
                within(head, "name=\"", "\""),
                within(head, "filename=\"", "\""),
                within(head, "Content-Type: ", "\r\n"),
                value.split("\r\n--").next().unwrap().to_owned(),
            ]
        })
        .collect()
}

#[test]
fn a_struct_spreads_into_parts() {
    let more = Some(More { r#type: Kind::Old, token: "CANARY".into() });
    let upload = Upload {
        user_id: 7,
        title: None,
        tags: &["a", "b"],
        meta: BTreeMap::from([("k", 1)]),
        none: None,
        offset: 0,
        hidden: "",
        file: b"raw".to_vec(),
        more,
    };
    let (seen, curl) = written(|parts| {
        RequestParts::part_flatten(parts, &upload);
        RequestParts::part_flatten(parts, Some(upload.clone()));
        RequestParts::part_flatten(parts, None::<More>);
    });
    assert!(!curl.contains("CANARY"), "{curl}");
    let expected = [
        ["userId", "", "", "7"],
        ["tag", "", "text/csv", "a"],
        ["tag", "", "text/csv", "b"],
        ["meta", "meta.json", "application/json", "{\"k\":1}"],
        ["file", "", "application/octet-stream", "raw"],
        ["type", "", "", "old"],
        ["token", "", "", "CANARY"],
    ];
    let expected: Vec<_> = expected.iter().map(|part| part.map(str::to_owned)).collect();
    assert_eq!(parts_of(&seen), [expected.clone(), expected].concat());
}

#[test]
fn one_name_of_a_query_takes_json_or_what_is_encoded_already() {
    let target = |write: fn(&mut RequestParts)| written(write).0.target().to_owned();
    assert_eq!(
        target(|parts| {
            RequestParts::query_json(parts, "filter", &BTreeMap::from([("a", [1, 2])]));
            RequestParts::query_json(parts, "none", &None::<u8>);
        }),
        "/written?filter=%7B%22a%22%3A%5B1%2C2%5D%7D"
    );
    assert_eq!(
        target(|parts| {
            RequestParts::query_encoded(parts, "q[]", ListStyle::Comma, &["a%2Cb", "c'='/?"]);
            RequestParts::query_encoded(parts, "none", ListStyle::Repeat, &None::<&str>);
            RequestParts::query_flag_encoded(parts, "a%20b");
        }),
        "/written?q%5B%5D=a%2Cb,c%27=%27/?&a%20b"
    );
    type Write = fn(&mut RequestParts);
    let refusals: [(Write, &str); 7] = [
        (|parts| RequestParts::query_json(parts, "j", &f64::NAN), "`j` is not a finite number"),
        (|parts| RequestParts::query_json(parts, "j", &Secret::from("s")), "`j` is a `Secret`"),
        (|parts| RequestParts::query_encoded(parts, "q", ListStyle::Repeat, "a&b"), "`q` is not validly"),
        (|parts| RequestParts::query_encoded(parts, "q", ListStyle::Repeat, "a#b"), "`q` is not validly"),
        (|parts| RequestParts::query_encoded(parts, "q", ListStyle::Repeat, "%2"), "`q` is not validly"),
        (|parts| RequestParts::query_encoded(parts, "q", ListStyle::Comma, &["a,b"]), "`q` has an item"),
        (|parts| RequestParts::query_flag_encoded(parts, "a=b"), "`flag` is not validly"),
    ];
    for (write, expected) in refusals {
        let error = recorded(async |client| described(client, write).await).0.unwrap_err();
        assert!(error.is_argument() && error.to_string().contains(expected), "{expected}: {error}");
    }
}

#[test]
fn cookies_are_one_header_that_is_shown_nowhere() {
    let (seen, curl) = written(|parts| {
        RequestParts::cookie(parts, "session", &Secret::from("CANARY1"));
        RequestParts::cookie(parts, "none", &None::<&str>);
        RequestParts::cookie(parts, "theme", "CANARY2");
    });
    assert_eq!(seen.header("cookie"), ["session=CANARY1; theme=CANARY2"]);
    assert!(!curl.contains("CANARY"), "{curl}");
}

/// A request that the test goes on describing, as a method does whose declaration says more.
struct Described(RequestParts);

impl Returns for Described {
    fn returns(parts: RequestParts) -> Self {
        Self(parts)
    }
}

#[api]
trait Written {
    #[post("/written")]
    fn described(&self) -> Described;
}

fn described(client: Client, write: impl FnOnce(&mut RequestParts)) -> Call<()> {
    let Described(mut parts) = WrittenClient::new(client).described();
    write(&mut parts);
    Call::returns(parts)
}

/// What was sent, and the command that shows it.
fn written(write: impl Fn(&mut RequestParts)) -> (Seen, String) {
    let (curl, mut seen) = recorded(async |client| {
        let curl = described(client.clone(), &write).to_curl();
        described(client, &write).await.unwrap();
        curl
    });
    (seen.pop().unwrap(), curl)
}

#[api]
trait Optional {
    #[post("/parts")]
    fn parts(&self, #[part] a: Option<&str>, #[part] b: &[u32], #[part(json)] c: Option<&Kind>) -> Call<()>;
}

#[tokio::test]
async fn parts_of_known_sizes_have_a_content_length_and_none_at_all_are_refused() {
    let server = ScriptedServer::start([Step::json(200, "null")]).await.unwrap();
    let api = OptionalClient::new(Client::builder(server.base_url()).build().unwrap());
    let error = api.parts(None, &[], None).await.unwrap_err(); // 49
    assert!(error.is_argument() && error.to_string().contains("no parts"), "{error}");
    assert_eq!(server.requests().len(), 0);
    api.parts(Some("x"), &[1], None).await.unwrap();
    let requests = server.requests();
    let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
    assert!(head.contains(&format!("content-length: {}", body.len())), "{head}");
}

#[test]
fn headers_keep_their_bytes_and_marks() {
    let mut secret = HeaderValue::from_bytes(b"\xffCANARY").unwrap();
    secret.set_sensitive(true);
    let more = HeaderMap::from_iter([(http::header::COOKIE, secret.clone())]);
    let call = |api: &ContentClient| {
        api.headers(&secret, vec![secret.clone(), HeaderValue::from_static("b")], &more, None)
    };
    let seen = content(call).unwrap();
    let lines = |name| {
        seen.headers.get_all(name).iter().map(|v| (v.as_bytes(), v.is_sensitive())).collect::<Vec<_>>()
    };
    assert_eq!(lines("x-raw"), [(&b"\xffCANARY"[..], true)]);
    assert_eq!(lines("x-list"), [(&b"\xffCANARY"[..], true), (b"b", false)]);
    assert_eq!(lines("cookie"), [(&b"\xffCANARY"[..], true)]); // 51
    let (curl, _) = recorded(async |client| call(&ContentClient::new(client)).to_curl());
    assert!(!curl.contains("CANARY"), "{curl}");
    let error = content(|api| api.headers(&secret, vec![], &HeaderMap::new(), Some("nonsense"))).unwrap_err(); // 50
    assert!(error.is_argument() && error.to_string().contains("`content-type`"), "{error}");
}
