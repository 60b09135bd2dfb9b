//! What becomes of values in a query and a form, in every style, read back by parsers that are not ours.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;

use declarest::{Call, Client, Query, Scalar, api};
use declarest_tests::{Recorder, Seen};
use serde::{Deserialize, Serialize};

#[api]
trait Spread {
    #[get("/q1")]
    fn brackets<T: Serialize>(&self, #[query(flatten)] value: &T) -> Call<()>;
    #[get("/q2", lists = "indices")]
    fn indices<T: Serialize>(&self, #[query(flatten)] value: &T) -> Call<()>;
    #[get("/q3")]
    fn rails<T: Serialize>(&self, #[query(flatten, lists = "brackets")] value: &T) -> Call<()>;
    #[get("/q4", objects = "dots", lists = "indices")]
    fn dots<T: Serialize>(&self, #[query(flatten)] value: &T) -> Call<()>;
    #[get("/q5", lists = "comma")]
    fn comma<T: Serialize>(&self, #[query(flatten)] value: &T) -> Call<()>;
    #[get("/q5s", lists = "space")]
    fn space<T: Serialize>(&self, #[query(flatten)] value: &T) -> Call<()>;
    #[get("/q5p", lists = "pipe")]
    fn pipe<T: Serialize>(&self, #[query(flatten)] value: &T) -> Call<()>;
    #[get("/q6")]
    fn derived<T: Query>(&self, #[query(flatten)] value: &T) -> Call<()>;
    #[post("/f7")]
    fn form<T: Serialize>(&self, #[form(lists = "indices")] value: &T) -> Call<()>;
    #[post("/f8")]
    fn flat_form<T: Serialize>(&self, #[form] value: &T) -> Call<()>;
    #[post("/f8c")]
    fn comma_form<T: Serialize>(&self, #[form(lists = "comma")] value: &T) -> Call<()>;
    #[post("/f8s")]
    fn space_form<T: Serialize>(&self, #[form(lists = "space")] value: &T) -> Call<()>;
    #[post("/f8p")]
    fn pipe_form<T: Serialize>(&self, #[form(lists = "pipe")] value: &T) -> Call<()>;
    #[post("/f9", encoding = "form", field("fixed" = "a b", "count" = -1, "rate" = 1.5, "on" = true))]
    fn constants(&self, #[field(lists = "comma")] kinds: &[Kind], #[field] id: Option<Id<u32>>) -> Call<()>;
    #[post("/j", field("text" = "\"ß\n", "count" = -1, "hex" = 0xff, "rate" = -0.5, "on" = false, "none" = null))]
    fn json_constants(&self, #[json] value: &BTreeMap<&str, u8>) -> Call<()>;
    #[get("/c?a=1&b=x%20y&c", header("X-Text" = "a, b"))]
    fn query_constants(&self, #[query] d: f32) -> Call<()>;
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Scalar)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    VeryNew,
    #[serde(rename = "o/l&d")]
    Old,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Scalar)]
#[serde(transparent)]
struct Id<T>(T);

fn sent(call: impl FnOnce(&SpreadClient) -> Call<()>) -> Result<Seen, declarest::Error> {
    let recorder = Recorder::default();
    let client = Client::builder("http://localhost").transport(recorder.clone()).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(call(&SpreadClient::new(client)))?;
    Ok(recorder.seen().pop().unwrap())
}

/// The query, percent-decoded for a person to read.
fn query(call: impl FnOnce(&SpreadClient) -> Call<()>) -> String {
    let seen = sent(call).unwrap();
    let query = seen.uri.query().unwrap_or_default();
    percent_encoding::percent_decode_str(query).decode_utf8().unwrap().into_owned()
}

fn refused(call: impl FnOnce(&SpreadClient) -> Call<()>) -> String {
    let error = sent(call).unwrap_err();
    assert!(error.is_argument(), "{error}");
    error.to_string()
}

fn body(seen: &Seen) -> &str {
    std::str::from_utf8(&seen.body).unwrap()
}

#[derive(Serialize)]
enum Choice {
    Unit,
    New(u8),
    Pair(u8, u8),
    Struct { a: u8 },
}

#[test]
fn enums_have_the_shape_that_serde_gives_them() {
    #[derive(Serialize)]
    #[serde(tag = "type", rename_all = "snake_case")]
    enum Tagged {
        CardPayment { last4: &'static str },
    }
    #[derive(Serialize)]
    #[serde(tag = "t", content = "c")]
    enum Adjacent {
        A(u8),
    }
    #[derive(Serialize)]
    #[serde(untagged)]
    enum Untagged {
        Number(u8),
        Range { gte: u8 },
    }
    let one = |value| BTreeMap::from([("x", value)]);
    assert_eq!(query(|api| api.brackets(&one(Choice::Unit))), "x=Unit");
    assert_eq!(query(|api| api.brackets(&one(Choice::New(1)))), "x[New]=1");
    assert_eq!(query(|api| api.brackets(&one(Choice::Pair(1, 2)))), "x[Pair]=1&x[Pair]=2");
    assert_eq!(query(|api| api.comma(&one(Choice::Pair(1, 2)))), "x[Pair]=1,2");
    assert_eq!(query(|api| api.dots(&one(Choice::Struct { a: 1 }))), "x.Struct.a=1");
    assert_eq!(query(|api| api.brackets(&Choice::New(1))), "New=1");
    assert_eq!(query(|api| api.brackets(&Choice::Struct { a: 1 })), "Struct[a]=1");
    assert_eq!(query(|api| api.brackets(&Tagged::CardPayment { last4: "42" })), "type=card_payment&last4=42");
    assert_eq!(query(|api| api.brackets(&Adjacent::A(1))), "t=A&c=1");
    let untagged = BTreeMap::from([("a", Untagged::Number(1)), ("b", Untagged::Range { gte: 2 })]);
    assert_eq!(query(|api| api.brackets(&untagged)), "a=1&b[gte]=2");
    assert!(refused(|api| api.brackets(&Choice::Unit)).contains("not a struct, map or list of pairs"));
}

#[test]
fn lists_nest_where_the_style_tells_their_items_apart() {
    let lists = BTreeMap::from([("x", vec![vec![1, 2], vec![3]])]);
    assert_eq!(query(|api| api.indices(&lists)), "x[0][0]=1&x[0][1]=2&x[1][0]=3");
    assert!(refused(|api| api.rails(&lists)).contains("`x[]`"), "[[1, 2], [3]] could be [[1], [2, 3]]");
    assert!(refused(|api| api.brackets(&lists)).contains("`x`"));
    assert!(refused(|api| api.comma(&lists)).contains("`x`"));
    let maps = BTreeMap::from([("x", vec![BTreeMap::from([("y", vec![1, 2])])])]);
    assert_eq!(query(|api| api.indices(&maps)), "x[0][y][0]=1&x[0][y][1]=2");
    assert_eq!(query(|api| api.dots(&maps)), "x[0].y[0]=1&x[0].y[1]=2");
    assert!(refused(|api| api.brackets(&maps)).contains("`x`"));
    assert_eq!(query(|api| api.comma(&BTreeMap::from([("x", BTreeMap::from([("y", [1, 2])]))]))), "x[y]=1,2");
    assert_eq!(query(|api| api.comma(&BTreeMap::from([("x", (1, "a", true))]))), "x=1,a,true");
    assert!(refused(|api| api.comma(&BTreeMap::from([("x", [Choice::New(1)])]))).contains("`x`"));
}

#[test]
fn what_serde_leaves_out_renames_or_flattens_is_left_out_renamed_or_flattened() {
    #[derive(Serialize, Default)]
    #[serde(rename_all = "camelCase")]
    struct All {
        first_name: Option<u8>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        many: Vec<u8>,
        #[serde(skip)]
        #[allow(dead_code)]
        hidden: u8,
        #[serde(flatten)]
        inner: Inner,
        #[serde(flatten)]
        more: BTreeMap<String, f64>,
        unit: (),
        #[serde(serialize_with = "as_text")]
        custom: u8,
        id: Option<Option<u8>>,
    }
    #[derive(Serialize, Default)]
    struct Inner {
        #[serde(rename = "in[ner]")]
        inner: bool,
    }
    fn as_text<S: serde::Serializer>(value: &u8, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("<{value}>"))
    }
    let more = BTreeMap::from([("half".to_owned(), 0.5), ("one".to_owned(), 1.0)]);
    let all = All { first_name: Some(1), more, id: Some(Some(2)), hidden: 3, ..All::default() };
    assert_eq!(query(|api| api.brackets(&all)), "firstName=1&in[ner]=false&half=0.5&one=1.0&custom=<0>&id=2");
    assert_eq!(query(|api| api.brackets(&All::default())), "in[ner]=false&custom=<0>");
}

#[test]
fn a_derived_query_follows_serde() {
    fn is_zero(value: &u8) -> bool {
        *value == 0
    }
    #[derive(Query, Serialize, Default)]
    #[serde(rename_all = "camelCase")]
    struct Derived<'a, T: Scalar> {
        page_size: Option<u8>,
        #[serde(skip_serializing_if = "is_zero")]
        offset: u8,
        #[serde(skip)]
        #[allow(dead_code)]
        hidden: u8,
        #[serde(rename = "serde")]
        #[query("own")]
        both: &'a str,
        #[query("second")]
        #[serde(rename = "serde2")]
        either: bool,
        #[query(lists = "pipe")]
        list: Option<&'a [T]>,
        #[query("kinds[]")]
        kinds: Vec<&'a Kind>,
        #[query(nest)]
        range: Option<Range>,
        #[query(flatten)]
        beside: Range,
        rate: f32,
    }
    #[derive(Query, Serialize, Default)]
    struct Range {
        gte: Option<u8>,
        lt: Option<&'static f64>,
    }
    let derived = Derived {
        both: "b",
        list: Some(&[1, 2]),
        kinds: vec![&Kind::VeryNew, &Kind::Old],
        range: Some(Range { gte: Some(1), lt: Some(&0.25) }),
        beside: Range { gte: None, lt: Some(&2.0) },
        rate: 0.1,
        ..Derived::default()
    };
    assert_eq!(
        query(|api| api.derived(&derived)),
        "own=b&second=false&list=1|2&kinds[]=very-new&kinds[]=o/l&d&range[gte]=1&range[lt]=0.25&lt=2.0&rate=0.1"
    );
    let empty = Derived::<'_, u8> { offset: 1, page_size: Some(2), ..Derived::default() };
    assert_eq!(query(|api| api.derived(&empty)), "pageSize=2&offset=1&own=&second=false&rate=0.0");
}

#[test]
fn constants_of_every_kind() {
    let seen = sent(|api| api.constants(&[Kind::VeryNew, Kind::Old], Some(Id(7)))).unwrap();
    assert_eq!(body(&seen), "kinds=very-new%2Co%2Fl%26d&id=7&fixed=a+b&count=-1&rate=1.5&on=true");
    let seen = sent(|api| api.constants(&[], None)).unwrap();
    assert_eq!(body(&seen), "fixed=a+b&count=-1&rate=1.5&on=true");
    let seen = sent(|api| api.json_constants(&BTreeMap::from([("a", 1)]))).unwrap();
    let constants = r#""text":"\"ß\u000a","count":-1,"hex":255,"rate":-0.5,"on":false,"none":null}"#;
    assert_eq!(body(&seen), format!(r#"{{"a":1,{constants}"#));
    let seen = sent(|api| api.json_constants(&BTreeMap::new())).unwrap();
    assert_eq!(body(&seen), format!("{{{constants}"));
    assert!(refused(|api| api.json_constants(&BTreeMap::from([("on", 1)]))).contains("`on`"));
    let seen = sent(|api| api.query_constants(0.1)).unwrap();
    assert_eq!((seen.target(), seen.header("x-text")), ("/c?a=1&b=x%20y&c&d=0.1", vec!["a, b".to_owned()]));
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Node {
    name: String,
    count: i64,
    kind: Kind,
    tags: Vec<String>,
    children: Vec<Node>,
    map: BTreeMap<u16, String>,
}

fn nodes() -> impl proptest::strategy::Strategy<Value = Node> {
    use proptest::prelude::*;
    let kind = prop_oneof![Just(Kind::VeryNew), Just(Kind::Old)];
    let tags = proptest::collection::vec(".*", 1..4);
    let map = proptest::collection::btree_map(any::<u16>(), ".+", 1..3);
    let leaf = (".*", any::<i64>(), kind, tags, map).prop_map(|(name, count, kind, tags, map)| Node {
        name,
        count,
        kind,
        tags,
        map,
        children: Vec::new(),
    });
    leaf.prop_recursive(3, 8, 3, |inner| {
        (inner.clone(), proptest::collection::vec(inner, 0..3))
            .prop_map(|(node, children)| Node { children, ..node })
    })
}

/// serde_qs has no way to write an empty list, and neither have we: it is read as absent.
#[derive(Debug, PartialEq, Deserialize)]
struct Read {
    name: String,
    count: i64,
    kind: Kind,
    tags: Vec<String>,
    #[serde(default)]
    children: Vec<Read>,
    map: BTreeMap<u16, String>,
}

impl From<Node> for Read {
    fn from(node: Node) -> Self {
        let Node { name, count, kind, tags, children, map } = node;
        Self { name, count, kind, tags, map, children: children.into_iter().map(Self::from).collect() }
    }
}

proptest::proptest! {
    /// A tree, written as a query and as a form, is read back by a parser of nested queries.
    #[test]
    fn nested_values_round_trip(node in nodes()) {
        let query = sent(|api| api.indices(&node)).unwrap();
        let form = sent(|api| api.form(&node)).unwrap();
        let expected = Read::from(node);
        // The brackets are encoded, as everything is that a URI does not let stand (RFC 3986, 3.4).
        let config = serde_qs::Config::new().max_depth(20).use_form_encoding(true);
        for text in [query.uri.query().unwrap().as_bytes(), &form.body] {
            proptest::prop_assert_eq!(&config.deserialize_bytes::<Read>(text).unwrap(), &expected);
        }
    }

    /// Pairs with any name and any value are read back by the parsers that servers use.
    #[test]
    fn pairs_round_trip(pairs in proptest::collection::btree_map(".+", ".*", 0..6)) {
        let query = sent(|api| api.brackets(&pairs)).unwrap();
        let query = query.uri.query().unwrap_or_default();
        let read: BTreeMap<String, String> = serde_urlencoded::from_str(query).unwrap();
        proptest::prop_assert_eq!(&read, &pairs);
        let read: BTreeMap<_, _> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        proptest::prop_assert_eq!(&read, &pairs);
        let form = sent(|api| api.flat_form(&pairs)).unwrap();
        let read: BTreeMap<String, String> = serde_urlencoded::from_bytes(&form.body).unwrap();
        proptest::prop_assert_eq!(&read, &pairs);
    }

    /// A list is read back in every style, or refused: no style writes the text of another list.
    #[test]
    fn lists_round_trip_in_every_style(items in proptest::collection::vec(item(), 1..5)) {
        let value = BTreeMap::from([("x", &items)]);
        for (style, call) in STYLES {
            let seen = sent(|api| call(api, &value));
            let may_be_refused = items.iter().any(|item| item.contains(style.ambiguous));
            match seen {
                Ok(seen) => proptest::prop_assert_eq!((style.read)(&seen), items.clone(), "{}", style.name),
                Err(error) => proptest::prop_assert!(may_be_refused && error.is_argument(), "{}: {error}", style.name),
            }
        }
    }
}

/// Any text, and often one that is made of separators and what they are encoded as.
fn item() -> impl proptest::strategy::Strategy<Value = String> {
    proptest::prop_oneof!["[,| +%2C07a]{0,4}", ".*"]
}

/// A list style, as a server reads it.
struct Style {
    name: &'static str,
    /// What an item cannot hold.
    ambiguous: &'static [char],
    read: fn(&Seen) -> Vec<String>,
}

type Send = fn(&SpreadClient, &BTreeMap<&'static str, &Vec<String>>) -> Call<()>;

/// The text behind `x=`, before it is decoded.
fn raw(seen: &Seen) -> String {
    let text = if seen.body.is_empty() { seen.uri.query().unwrap() } else { body(seen) };
    let [value] = &text.split('&').map(|pair| pair.strip_prefix("x=").unwrap()).collect::<Vec<_>>()[..]
    else {
        panic!("{text}");
    };
    (*value).to_owned()
}

fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_encoding::percent_decode_str(&text).decode_utf8().unwrap().into_owned()
}

/// Separated first, then decoded: what is raw separates.
fn split_raw(seen: &Seen, separator: char) -> Vec<String> {
    raw(seen).split(separator).map(decoded).collect()
}

/// Decoded first, then separated: a separator is encoded as the items are.
fn split_decoded(seen: &Seen, separator: char) -> Vec<String> {
    decoded(&raw(seen)).split(separator).map(str::to_owned).collect()
}

/// The values of all pairs, in a body as in a query.
fn values(seen: &Seen) -> Vec<String> {
    let text = if seen.body.is_empty() { seen.uri.query().unwrap().as_bytes() } else { &seen.body[..] };
    form_urlencoded::parse(text).map(|(_, value)| value.into_owned()).collect()
}

const STYLES: &[(Style, Send)] = &[
    (Style { name: "repeat", ambiguous: &[], read: values }, |api, value| api.brackets(value)),
    (Style { name: "brackets", ambiguous: &[], read: values }, |api, value| api.rails(value)),
    (Style { name: "indices", ambiguous: &[], read: values }, |api, value| api.indices(value)),
    (Style { name: "comma", ambiguous: &[], read: |seen| split_raw(seen, ',') }, |api, value| {
        api.comma(value)
    }),
    (Style { name: "space", ambiguous: &[' '], read: |seen| split_decoded(seen, ' ') }, |api, value| {
        api.space(value)
    }),
    (Style { name: "pipe", ambiguous: &['|'], read: |seen| split_decoded(seen, '|') }, |api, value| {
        api.pipe(value)
    }),
    (
        Style { name: "form, comma", ambiguous: &[','], read: |seen| split_decoded(seen, ',') },
        |api, value| api.comma_form(value),
    ),
    (
        Style { name: "form, space", ambiguous: &[' '], read: |seen| split_decoded(seen, ' ') },
        |api, value| api.space_form(value),
    ),
    (Style { name: "form, pipe", ambiguous: &['|'], read: |seen| split_decoded(seen, '|') }, |api, value| {
        api.pipe_form(value)
    }),
];

/// What a list may hold: texts, nothing, lists, objects.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
enum Tree {
    Text(String),
    Nothing(Option<u8>),
    List(Vec<Tree>),
    Object(BTreeMap<&'static str, Tree>),
}

fn trees() -> impl proptest::strategy::Strategy<Value = Tree> {
    use proptest::prelude::*;
    let leaf = prop_oneof![4 => "[a,]{0,1}".prop_map(Tree::Text), 1 => Just(Tree::Nothing(None))];
    leaf.prop_recursive(3, 10, 3, |inner| {
        let keys = prop_oneof![Just("a"), Just("b")];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Tree::List),
            proptest::collection::btree_map(keys, inner, 0..3).prop_map(Tree::Object),
        ]
    })
}

/// The tree without what is left out: `None`, and lists and objects without anything in them. Where the name does not
/// mark a list, one of a single text is that text.
fn kept(tree: &Tree, marks_lists: bool) -> Option<Tree> {
    match tree {
        Tree::Text(_) => Some(tree.clone()),
        Tree::Nothing(_) => None,
        Tree::List(items) => {
            let items: Vec<_> = items.iter().filter_map(|item| kept(item, marks_lists)).collect();
            match &items[..] {
                [] => None,
                [Tree::Text(_)] if !marks_lists => Some(items[0].clone()),
                _ => Some(Tree::List(items)),
            }
        }
        Tree::Object(members) => {
            let kept = |(name, tree): (&&'static str, &Tree)| Some((*name, kept(tree, marks_lists)?));
            let members: BTreeMap<_, _> = members.iter().filter_map(kept).collect();
            Some(members).filter(|members| !members.is_empty()).map(Tree::Object)
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(16))]

    /// Two values have two texts, in every style: lists of lists and of objects are refused where they could be others.
    #[test]
    fn no_two_lists_have_the_same_text(trees in proptest::collection::vec(trees(), 100)) {
        type Send = fn(&SpreadClient, &BTreeMap<&'static str, Tree>) -> Call<()>;
        let calls: [(Send, bool); 4] = [
            (SpreadClient::brackets, false),
            (SpreadClient::comma, false),
            (SpreadClient::rails, true),
            (SpreadClient::indices, true),
        ];
        for (call, marks_lists) in calls {
            let mut read = BTreeMap::new();
            for tree in &trees {
                if let Ok(seen) = sent(|api| call(api, &BTreeMap::from([("x", tree.clone())]))) {
                    let kept = kept(tree, marks_lists);
                    let known = read.entry(seen.target().to_owned()).or_insert_with(|| kept.clone());
                    proptest::prop_assert_eq!(&*known, &kept, "{}", seen.target());
                }
            }
        }
    }
}
