//! Lists: where the next page is, in every form that APIs have for it, and how a list ends.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use declarest::{Body, BodyCursor, BoxError, Client, Cursor, ErrorKind, Next, Page, Pages, Sent, api};
use http_body_util::BodyExt as _;
use serde::Deserialize;
use serde_json::{Value, json};

/// An array; how many items there are in all stands in a header.
#[derive(Debug, Deserialize)]
struct Numbered(Vec<u32>);

impl Page for Numbered {
    type Item = u32;

    fn next(&self, sent: &Sent<'_>) -> Result<Next, BoxError> {
        let page: u64 = sent.query("page").as_deref().unwrap_or("1").parse()?;
        let size: u64 = sent.query("per_page").as_deref().unwrap_or("2").parse()?;
        let total = sent.head().headers.get("x-total-count").ok_or("the header X-Total-Count is missing")?;
        let total: u64 = total.to_str()?.parse()?;
        Ok(if page * size < total { Next::query("page", page + 1) } else { Next::Done })
    }

    fn into_items(self) -> Vec<u32> {
        self.0
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// An array; the next page stands in the header `Link`.
#[derive(Debug, Deserialize)]
struct Linked(Vec<u32>);

impl Page for Linked {
    type Item = u32;

    fn next(&self, sent: &Sent<'_>) -> Result<Next, BoxError> {
        Ok(Next::link(&sent.head().headers))
    }

    fn into_items(self) -> Vec<u32> {
        self.0
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The cursor goes into the body of the next request, beside an offset that is counted up.
#[derive(Debug, Deserialize)]
struct Found {
    items: Vec<u32>,
    cursor: Option<String>,
}

impl Page for Found {
    type Item = u32;

    fn next(&self, sent: &Sent<'_>) -> Result<Next, BoxError> {
        let Some(cursor) = &self.cursor else { return Ok(Next::Done) };
        let offset = sent.member("offset").and_then(|offset| offset.as_u64()).unwrap_or(0);
        let offset = offset + self.items.len() as u64;
        Ok(Next::Body(vec![("cursor".into(), cursor.as_str().into()), ("offset".into(), offset.into())]))
    }

    fn into_items(self) -> Vec<u32> {
        self.items
    }

    fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl BodyCursor for Found {}

/// The next page stands in a member.
#[derive(Debug, Deserialize)]
struct Graph {
    value: Vec<u32>,
    #[serde(rename = "nextLink")]
    next: Option<String>,
}

impl Page for Graph {
    type Item = u32;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        Ok(self.next.clone().map_or(Next::Done, Next::Url))
    }

    fn into_items(self) -> Vec<u32> {
        self.value
    }
}

#[api]
trait Lists {
    #[get("/numbered?per_page=2")]
    fn numbered(&self, #[query] state: Option<&str>) -> Pages<Numbered>;
    #[get("/linked")]
    fn linked(&self, #[header("x-tenant")] tenant: &str) -> Pages<Linked>;
    #[get("/linked")]
    fn graph(&self) -> Pages<Graph>;
    #[post("/search?kind=a", idempotent)]
    fn search(&self, #[field] text: &str) -> Pages<Found>;
    #[post("/find", idempotent, field("limit" = 2))]
    fn find(&self, #[json] filter: &Value) -> Pages<Found>;
}

/// What the server saw: method, path and query, body.
type Log = Arc<Mutex<Vec<(String, String)>>>;

/// A server in the process: a request line to a header line and a body.
fn lists(
    answer: impl Fn(usize, &str) -> (String, Value) + Clone + Send + Sync + 'static,
) -> (ListsClient, Log) {
    let log = Log::default();
    let seen = log.clone();
    let transport = tower::service_fn(move |request: http::Request<Body>| {
        let (answer, seen) = (answer.clone(), seen.clone());
        async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await?.to_bytes();
            let target = head.uri.path_and_query().unwrap().to_string();
            let number = {
                let mut seen = seen.lock().unwrap();
                seen.push((target.clone(), String::from_utf8_lossy(&body).into_owned()));
                seen.len()
            };
            let (header, json) = answer(number, &target);
            let mut response = http::Response::new(Body::from(json.to_string()));
            let (name, value) = header.split_once(": ").unwrap();
            response.headers_mut().insert(http::HeaderName::try_from(name).unwrap(), value.parse().unwrap());
            Ok::<_, BoxError>(response)
        }
    });
    let client = Client::builder("https://api.test/v1").bearer("t").transport(transport).build().unwrap();
    (ListsClient::new(client), log)
}

/// The same, where nothing stands in a header.
fn found(answer: impl Fn(usize, &str) -> Value + Clone + Send + Sync + 'static) -> (ListsClient, Log) {
    lists(move |number, target| ("x-x: 1".to_owned(), answer(number, target)))
}

async fn all<P: Page>(list: Pages<P>) -> Result<Vec<P::Item>, declarest::Error> {
    let (mut items, mut found) = (list.items(), Vec::new());
    while let Some(item) = items.try_next().await? {
        found.push(item);
    }
    Ok(found)
}

#[tokio::test]
async fn page_numbers_with_a_count_in_a_header() {
    let (lists, log) = lists(|number, _| ("x-total-count: 5".into(), json!([number, number])));
    assert_eq!(all(lists.numbered(Some("open"))).await.unwrap(), [1, 1, 2, 2, 3, 3]);
    let targets: Vec<_> = log.lock().unwrap().iter().map(|(target, _)| target.clone()).collect();
    let numbered = |end: &str| format!("/v1/numbered?per_page=2&state=open{end}");
    assert_eq!(targets, [numbered(""), numbered("&page=2"), numbered("&page=3")]);
}

/// Row 27.
#[tokio::test]
async fn a_page_that_cannot_say_where_the_next_one_is_gives_its_items_and_then_the_error() {
    let (lists, _) = lists(|_, _| ("x-other: 1".into(), json!([1, 2])));
    let mut items = lists.numbered(None).items();
    assert_eq!((items.try_next().await.unwrap(), items.try_next().await.unwrap()), (Some(1), Some(2)));
    let error = items.try_next().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Paging);
    assert!(error.to_string().contains("X-Total-Count"), "{error}");
    assert!(items.try_next().await.unwrap().is_none(), "it ends after an error");
}

#[tokio::test]
async fn a_link_header_is_followed_and_keeps_what_was_sent() {
    let (lists, log) = lists(|number, _| match number {
        1 => ("link: <https://api.test/v1/linked?page=2>; rel=\"next\"".into(), json!([1])),
        2 => ("link: </v1/linked?page=3>; rel=next".into(), json!([2])),
        _ => ("link: <https://api.test/v1/linked?page=1>; rel=\"first\"".into(), json!([3])),
    });
    assert_eq!(all(lists.linked("acme")).await.unwrap(), [1, 2, 3]);
    let targets: Vec<_> = log.lock().unwrap().iter().map(|(target, _)| target.clone()).collect();
    assert_eq!(targets, ["/v1/linked", "/v1/linked?page=2", "/v1/linked?page=3"]);
}

/// Request rows 44 and 45. The references that servers give, against the URL of their request, and what is asked for then.
#[tokio::test]
async fn a_reference_is_resolved_against_the_url_of_its_request_and_encoded_once() {
    // RFC 3986, 5.4, and what vendors send.
    let table = [
        ("?page=2", "/v1/linked?page=2"),
        ("linked?page=2", "/v1/linked?page=2"),
        ("./linked?page=2", "/v1/linked?page=2"),
        ("../v1/linked?page=2", "/v1/linked?page=2"),
        ("/v1/linked?page=2#part", "/v1/linked?page=2"),
        ("HTTPS://API.test:443/v1/linked?page=2", "/v1/linked?page=2"),
        ("//api.test/v1/linked?page=2", "/v1/linked?page=2"),
        ("?after=a b&name='x'", "/v1/linked?after=a%20b&name=%27x%27"),
        ("?q={\"a\"}&r=é", "/v1/linked?q={%22a%22}&r=%C3%A9"),
        ("?q=%7B%22a%22%7D", "/v1/linked?q=%7B%22a%22%7D"),
    ];
    for (reference, expected) in table {
        let (lists, log) = found(move |number, _| match number {
            1 => json!({"value": [1], "nextLink": reference}),
            _ => json!({"value": [2]}),
        });
        assert_eq!(all(lists.graph()).await.unwrap(), [1, 2], "{reference}");
        assert_eq!(log.lock().unwrap()[1].0, expected, "{reference}");
    }
    for reference in ["?page=\r\n2", "?page=\t2", "?page=\u{0}", "ftp://api.test/v1/linked", "https://[", ""]
    {
        let (lists, log) = found(move |_, _| json!({"value": [1], "nextLink": reference}));
        let error = all(lists.graph()).await.unwrap_err();
        assert_eq!((error.kind(), log.lock().unwrap().len()), (ErrorKind::Paging, 1), "{reference:?}");
    }
}

/// Row 28.
#[tokio::test]
async fn a_link_to_another_origin_or_path_is_refused() {
    for elsewhere in [
        "https://evil.test/v1/linked?page=2",
        "http://api.test/v1/linked?page=2",
        "https://api.test.evil/v1/linked",
        "https://user@api.test/v1/linked",
        "https://api.test/v1/users?page=2",
        "//evil.test/v1/linked",
    ] {
        let (lists, log) = lists(move |_, _| (format!("link: <{elsewhere}>; rel=\"next\""), json!([1])));
        let error = all(lists.linked("acme")).await.unwrap_err();
        assert_eq!((error.kind(), log.lock().unwrap().len()), (ErrorKind::Paging, 1), "{elsewhere}");
    }
}

#[tokio::test]
async fn a_cursor_in_the_body_beside_fields_and_beside_json() {
    let answer = |number: usize, _: &str| {
        let cursor = ["c/1", "c/2"].get(number - 1);
        ("x-x: 1".to_owned(), json!({"items": [number, number], "cursor": cursor}))
    };
    let (by_field, log) = lists(answer);
    assert_eq!(all(by_field.search("x")).await.unwrap(), [1, 1, 2, 2, 3, 3]);
    let bodies: Vec<Value> =
        log.lock().unwrap().iter().map(|(_, body)| serde_json::from_str(body).unwrap()).collect();
    let expected = [
        json!({"text": "x"}),
        json!({"text": "x", "cursor": "c/1", "offset": 2}),
        json!({"text": "x", "cursor": "c/2", "offset": 4}),
    ];
    assert_eq!(bodies, expected);
    let (by_json, log) = lists(answer);
    all(by_json.find(&json!({"a": 1}))).await.unwrap();
    let last: Value = serde_json::from_str(&log.lock().unwrap()[2].1).unwrap();
    assert_eq!(last, json!({"a": 1, "cursor": "c/2", "offset": 4, "limit": 2}));
}

/// Row 27.
#[tokio::test]
async fn a_circle_ends_with_an_error_whatever_its_length() {
    for length in [1_usize, 2, 3, 100] {
        let (lists, log) = lists(move |number, _| {
            (format!("link: </v1/linked?page={}>; rel=next", number % length), json!([1]))
        });
        let error = all(lists.linked("acme")).await.unwrap_err();
        let requests = log.lock().unwrap().len();
        assert!(error.kind() == ErrorKind::Paging && requests <= 4 * length, "{length}: {requests}");
    }
}

/// Row 45.
#[tokio::test]
async fn a_cursor_that_the_first_page_gives_back_is_noticed_at_once() {
    let (lists, log) = lists(|_, _| ("link: </v1/linked>; rel=next".to_owned(), json!([1])));
    let mut pages = lists.linked("acme").pages();
    assert_eq!(pages.try_next().await.unwrap().unwrap().0, [1]);
    let error = pages.try_next().await.unwrap_err();
    assert_eq!((error.kind(), log.lock().unwrap().len()), (ErrorKind::Paging, 1));
}

/// Rows 27 and 46. A new cursor each time, and never an item; an empty page among others is fine.
#[tokio::test]
async fn a_list_of_empty_pages_without_end_is_an_error() {
    let link = |number: usize| format!("link: </v1/linked?page={number}>; rel=next");
    let (endless, log) = lists(move |number, _| (link(number), json!([])));
    let error = all(endless.linked("acme")).await.unwrap_err();
    assert_eq!((error.kind(), log.lock().unwrap().len()), (ErrorKind::Paging, 100));
    assert!(error.to_string().contains("have no items"), "{error}");
    let mut pages = endless.linked("acme").pages();
    for _ in 0..100 {
        assert!(pages.try_next().await.unwrap().unwrap().0.is_empty());
    }
    assert_eq!(pages.try_next().await.unwrap_err().kind(), ErrorKind::Paging);
    let (sparse, _) = lists(move |number, _| match number {
        300 => ("x-x: 1".to_owned(), json!([])),
        _ if number % 99 == 0 => (link(number), json!([1])),
        _ => (link(number), json!([])),
    });
    assert_eq!(all(sparse.linked("acme")).await.unwrap(), [1, 1, 1]);
}

#[tokio::test]
async fn a_stored_cursor_goes_on_where_it_was_left() {
    let answer = |_: usize, target: &str| {
        let page: u32 = target.split("page=").last().and_then(|page| page.parse().ok()).unwrap_or(1);
        ("x-total-count: 6".to_owned(), json!([page * 10]))
    };
    let (lists, log) = lists(answer);
    let mut pages = lists.numbered(None).pages();
    pages.try_next().await.unwrap();
    let stored = serde_json::to_string(pages.cursor().unwrap()).unwrap();
    drop(pages);
    let cursor: Cursor = serde_json::from_str(&stored).unwrap();
    assert_eq!(all(lists.numbered(None).resume(&cursor)).await.unwrap(), [20, 30]);
    assert_eq!(log.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn a_list_has_the_options_of_a_call_for_each_of_its_calls() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = seen.clone();
    let transport = tower::service_fn(move |request: http::Request<Body>| {
        let text = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        log.lock().unwrap().push((text("authorization"), text("x-trace"), request.uri().to_string()));
        let mut response = http::Response::new(Body::from("[1]"));
        response.headers_mut().insert("x-total-count", "4".parse().unwrap());
        async { Ok::<_, BoxError>(response) }
    });
    let client = Client::builder("https://api.test").bearer("client").transport(transport).build().unwrap();
    let list = ListsClient::new(client).numbered(None);
    assert!(list.to_curl().contains("Bearer ***"));
    all(list.bearer("call").header("x-trace", 7).query("q", "x")).await.unwrap();
    let expected = |end: &str| {
        (
            Some("Bearer call".into()),
            Some("7".into()),
            format!("https://api.test/numbered?per_page=2&q=x{end}"),
        )
    };
    assert_eq!(*seen.lock().unwrap(), [expected(""), expected("&page=2")]);
}

#[tokio::test]
async fn the_first_page_alone_and_with_its_head() {
    let (lists, log) = lists(|_, _| ("x-total-count: 5".into(), json!([1, 2])));
    assert_eq!(lists.numbered(None).await.unwrap().0, [1, 2]);
    let reply = lists.numbered(None).with_reply().await.unwrap();
    assert_eq!((reply.value.0, reply.headers["x-total-count"].as_bytes()), (vec![1, 2], b"5".as_slice()));
    assert_eq!(log.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_list_that_was_polled_says_so_instead_of_leaving_items_out() {
    let (lists, _) = lists(|_, _| ("x-total-count: 5".into(), json!([1, 2])));
    let mut list = lists.numbered(None);
    assert_eq!((&mut list).await.unwrap().0, [1, 2]);
    assert_eq!(all(list).await.unwrap_err().kind(), ErrorKind::Argument);
    let mut list = lists.numbered(None);
    (&mut list).await.unwrap();
    assert_eq!((&mut list).await.unwrap_err().kind(), ErrorKind::Argument, "not pending for ever");
}

#[tokio::test]
async fn fakes_of_items_of_pages_and_of_a_failure() {
    let items = || Pages::<Numbered>::from_items([1, 2]);
    assert_eq!(all(items()).await.unwrap(), [1, 2]);
    assert_eq!(items().await.unwrap_err().kind(), ErrorKind::NotFaked);
    assert_eq!(items().pages().try_next().await.unwrap_err().kind(), ErrorKind::NotFaked);
    let pages = || Pages::<Numbered>::from_pages([Numbered(vec![1]), Numbered(vec![2, 3])]);
    assert_eq!(all(pages()).await.unwrap(), [1, 2, 3]);
    assert_eq!(pages().with_reply().await.unwrap().value.0, [1]);
    let mut limited = pages().pages().limit(1);
    assert!(limited.try_next().await.unwrap().is_some() && limited.try_next().await.unwrap().is_none());
    let failed = || Pages::<Numbered>::failed(declarest::Error::response(503));
    assert_eq!(all(failed()).await.unwrap_err().status().unwrap(), 503);
    assert_eq!(failed().await.unwrap_err().status().unwrap(), 503);
}

/// A list of five pages of two items: 1, 1, 2, 2, and so on.
fn five_pages() -> (ListsClient, Log) {
    lists(|number, _| ("x-total-count: 10".into(), json!([number, number])))
}

#[tokio::test]
async fn all_items_at_once_as_a_list_or_as_another_collection() {
    let (lists, log) = five_pages();
    assert_eq!(lists.numbered(None).collect().await.unwrap(), [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    assert_eq!(log.lock().unwrap().len(), 5);
    let (lists, _) = five_pages();
    let items = lists.numbered(None).items().limit_pages(3);
    assert_eq!(items.try_collect::<BTreeSet<u32>>().await.unwrap(), BTreeSet::from([1, 2, 3]));
    assert_eq!(Pages::<Numbered>::from_items([1, 2]).collect().await.unwrap(), [1, 2]);
}

#[tokio::test]
async fn a_failure_on_a_later_page_fails_the_collection() {
    let (lists, log) = lists(|number, _| {
        let header = if number < 3 { "x-total-count: 10" } else { "x-other: 1" };
        (header.into(), json!([number, number]))
    });
    let error = lists.numbered(None).collect().await.unwrap_err();
    assert_eq!((error.kind(), log.lock().unwrap().len()), (ErrorKind::Paging, 3));
}

#[tokio::test]
async fn a_number_of_items_is_taken_and_no_further_page_is_requested() {
    for (items, requests) in [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (10, 5), (11, 5)] {
        let (lists, log) = five_pages();
        let taken: Vec<u32> = lists.numbered(None).items().take(items).try_collect().await.unwrap();
        assert_eq!((taken.len(), log.lock().unwrap().len()), (items.min(10), requests), "{items}");
    }
    let (lists, _) = five_pages();
    let items = lists.numbered(None).items().take(3).take(5);
    assert_eq!(items.try_collect::<Vec<u32>>().await.unwrap(), [1, 1, 2]);
}

/// A task may be moved between threads, and so all of it must be `Send`.
#[tokio::test]
async fn each_item_is_handed_to_a_function_that_waits() {
    let (lists, log) = five_pages();
    let (other, found) = (lists.clone(), Arc::new(Mutex::new(Vec::new())));
    let seen = found.clone();
    let task = tokio::spawn(async move {
        let (other, seen) = (&other, &seen);
        let each = |item: u32| async move {
            let first = other.numbered(Some("all")).await?;
            seen.lock().unwrap().push((item, first.0.len()));
            Ok(())
        };
        lists.numbered(None).items().take(2).try_for_each(each).await
    });
    task.await.unwrap().unwrap();
    assert_eq!(*found.lock().unwrap(), [(1, 2), (1, 2)]);
    assert_eq!(log.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn the_first_failure_of_a_function_ends_the_list() {
    let (lists, log) = five_pages();
    let mut count = 0;
    let each = |item: u32| {
        count += 1;
        let failed = || declarest::Call::failed(declarest::Error::response(500));
        if item < 2 { declarest::Call::<()>::ready(Ok(())) } else { failed() }
    };
    let error = lists.numbered(None).items().try_for_each(each).await.unwrap_err();
    assert_eq!((error.kind(), count, log.lock().unwrap().len()), (ErrorKind::Status, 3, 2));
}
