//! Cursors in a form, in a header and at another endpoint, and lists that do not end.

use std::sync::{Arc, Mutex};

use declarest::{
    Body, BodyCursor, BoxError, Client, Cursor, Endpoint, ErrorKind, Next, Page, Pages, Sent, api,
};
use http_body_util::BodyExt as _;
use serde::Deserialize;
use serde_json::{Value, json};

/// Items, and where the cursor of the next page belongs.
#[derive(Debug, Deserialize)]
struct Items<const PLACE: char> {
    items: Vec<u32>,
    cursor: Option<String>,
}

impl<const PLACE: char> Page for Items<PLACE> {
    type Item = u32;

    fn next(&self, sent: &Sent<'_>) -> Result<Next, BoxError> {
        let Some(cursor) = &self.cursor else { return Ok(Next::Done) };
        Ok(match PLACE {
            'q' => Next::query("cursor", cursor),
            'b' => Next::body("cursor", cursor.as_str()),
            'f' => {
                let page: u32 = sent.field("page").map_or(Ok(1), |page| page.parse())?;
                Next::Form(vec![
                    ("cursor".to_owned(), cursor.clone()),
                    ("page".to_owned(), (page + 1).to_string()),
                ])
            }
            'h' => Next::header("x-cursor", cursor),
            'e' => Next::endpoint("go_on", "cursor", cursor.as_str()),
            _ => Next::endpoint("missing", "cursor", cursor.as_str()),
        })
    }

    fn into_items(self) -> Vec<u32> {
        self.items
    }

    fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    fn endpoints() -> &'static [Endpoint] {
        ListsClient::ENDPOINTS
    }
}

impl<const PLACE: char> BodyCursor for Items<PLACE> {}

#[allow(dead_code)]
#[api]
trait Lists {
    #[get("/list")]
    fn by_query(&self, #[query] cursor: Option<&str>, #[query] limit: u32) -> Pages<Items<'q'>>;
    #[post("/json", idempotent)]
    fn by_body(&self, #[json] filter: &serde_json::value::RawValue) -> Pages<Items<'b'>>;
    #[post("/form", idempotent, encoding = "form", field("kind" = "k v"))]
    fn by_form(&self, #[field] cursor: Option<&str>, #[field("a b")] text: &str) -> Pages<Items<'f'>>;
    #[post("/header", idempotent)]
    fn by_header(
        &self,
        #[header("x-cursor")] cursor: Option<&str>,
        #[json] filter: &Value,
    ) -> Pages<Items<'h'>>;
    #[post("/search/{index}", idempotent)]
    fn begin(&self, index: &str, #[json] filter: &Value) -> Pages<Items<'e'>>;
    #[post("/search/{cursor}/next?keep=1m", idempotent, header("x-constant" = "1"))]
    fn go_on(&self, cursor: &str) -> Pages<Items<'e'>>;
    #[get("/missing")]
    fn missing_endpoint(&self) -> Pages<Items<'x'>>;
}

/// What the server saw: path and query, the header `x-cursor`, the body.
type Log = Arc<Mutex<Vec<(String, String, String)>>>;

/// A server that gives these cursors one after the other, with an item on each page that has one.
fn lists(
    cursors: impl Fn(usize) -> (Vec<u32>, Option<String>) + Clone + Send + Sync + 'static,
) -> (ListsClient, Log) {
    let log = Log::default();
    let seen = log.clone();
    let transport = tower::service_fn(move |request: http::Request<Body>| {
        let (cursors, seen) = (cursors.clone(), seen.clone());
        async move {
            let (head, body) = request.into_parts();
            let body = String::from_utf8_lossy(&body.collect().await?.to_bytes()).into_owned();
            let header = head.headers.get("x-cursor").map_or("", |value| value.to_str().unwrap()).to_owned();
            let number = {
                let mut seen = seen.lock().unwrap();
                seen.push((head.uri.path_and_query().unwrap().to_string(), header, body));
                seen.len()
            };
            let (items, cursor) = cursors(number);
            Ok::<_, BoxError>(http::Response::new(Body::from(
                json!({"items": items, "cursor": cursor}).to_string(),
            )))
        }
    });
    let client = Client::builder("https://api.test").transport(transport).build().unwrap();
    (ListsClient::new(client), log)
}

/// Two pages.
fn two(number: usize) -> (Vec<u32>, Option<String>) {
    (vec![1], (number < 2).then(|| "c 1".to_owned()))
}

async fn count<P: Page>(list: Pages<P>) -> Result<usize, declarest::Error> {
    let (mut items, mut count) = (list.items(), 0);
    while items.try_next().await?.is_some() {
        count += 1;
    }
    Ok(count)
}

/// Request row 46.
#[tokio::test]
async fn a_cursor_is_a_field_of_the_form() {
    let (lists, log) = lists(two);
    assert_eq!(count(lists.by_form(None, "x&y")).await.unwrap(), 2);
    let bodies: Vec<_> = log.lock().unwrap().iter().map(|(_, _, body)| body.clone()).collect();
    assert_eq!(bodies, ["a+b=x%26y&kind=k+v", "a+b=x%26y&cursor=c+1&page=2&kind=k+v"]);
}

/// Request row 47.
#[tokio::test]
async fn the_content_beside_the_cursor_keeps_all_of_its_digits() {
    let (lists, log) = lists(two);
    let number = format!("{{\"n\":{},\"f\":1.10}}", u128::MAX);
    let filter = serde_json::value::RawValue::from_string(number.clone()).unwrap();
    assert_eq!(count(lists.by_body(&filter)).await.unwrap(), 2);
    let expected = format!("{},\"cursor\":\"c 1\"}}", number.trim_end_matches('}'));
    assert_eq!(log.lock().unwrap()[1].2, expected);
}

#[tokio::test]
async fn a_cursor_is_a_header() {
    let (lists, log) = lists(two);
    assert_eq!(count(lists.by_header(None, &json!({}))).await.unwrap(), 2);
    let headers: Vec<_> = log.lock().unwrap().iter().map(|(_, header, _)| header.clone()).collect();
    assert_eq!(headers, ["", "c 1"]);
}

#[tokio::test]
async fn a_cursor_belongs_to_another_endpoint() {
    let (lists, log) = lists(|number| (vec![1], (number < 4).then(|| format!("c {number}"))));
    assert_eq!(count(lists.begin("logs", &json!({"a": 1})).header("x-cursor", "kept")).await.unwrap(), 4);
    let seen = log.lock().unwrap().clone();
    let expected = [
        ("/search/logs", r#"{"a":1}"#),
        ("/search/c%201/next?keep=1m", ""),
        ("/search/c%202/next?keep=1m", ""),
        ("/search/c%203/next?keep=1m", ""),
    ]
    .map(|(target, body)| (target.to_owned(), "kept".to_owned(), body.to_owned()));
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn an_endpoint_that_is_not_there_is_an_error_after_the_page() {
    let (lists, log) = lists(two);
    let error = count(lists.missing_endpoint()).await.unwrap_err();
    assert!(error.to_string().contains("`missing`"), "{error}");
    assert_eq!((error.kind(), log.lock().unwrap().len()), (ErrorKind::Paging, 1));
}

#[tokio::test]
async fn every_cursor_can_be_stored() {
    let (lists, log) = lists(two);
    assert_eq!(count(lists.go_on("c 0")).await.unwrap(), 2);
    log.lock().unwrap().clear();
    let mut pages = lists.begin("logs", &json!({})).pages();
    pages.try_next().await.unwrap();
    let stored = serde_json::to_string(pages.cursor().unwrap()).unwrap();
    let cursor: Cursor = serde_json::from_str(&stored).unwrap();
    lists.begin("logs", &json!({})).resume(&cursor).await.unwrap();
    let mut pages = lists.by_form(None, "x").pages();
    log.lock().unwrap().clear();
    pages.try_next().await.unwrap();
    let stored = serde_json::to_string(pages.cursor().unwrap()).unwrap();
    lists.by_form(None, "x").resume(&serde_json::from_str(&stored).unwrap()).await.unwrap();
    assert_eq!(log.lock().unwrap()[1].2, "a+b=x&cursor=c+1&page=2&kind=k+v");
}

/// Fault 45.
#[tokio::test]
async fn a_first_cursor_that_comes_again_is_a_loop_after_one_page() {
    let again = |_: usize| (vec![1], Some("c 1".to_owned()));
    let (by_query, log) = lists(again);
    let error = count(by_query.by_query(Some("c 1"), 2)).await.unwrap_err();
    assert_eq!((error.kind(), log.lock().unwrap().len()), (ErrorKind::Paging, 1), "{error}");
    let (by_header, log) = lists(again);
    let error = count(by_header.by_header(Some("c 1"), &json!({}))).await.unwrap_err();
    assert_eq!((error.kind(), log.lock().unwrap().len()), (ErrorKind::Paging, 1), "{error}");
    let (by_body, log) = lists(again);
    let filter = serde_json::value::RawValue::from_string("{\"cursor\":\"c 1\",\"a\":1}".to_owned()).unwrap();
    let error = count(by_body.by_body(&filter)).await.unwrap_err();
    assert_eq!((error.kind(), log.lock().unwrap().len()), (ErrorKind::Paging, 1), "{error}");
}

/// Fault 46.
#[tokio::test]
async fn empty_pages_are_followed_at_most_a_hundred_in_a_row() {
    let endless = |number: usize| (vec![], Some(number.to_string()));
    let (items, log) = lists(endless);
    let error = count(items.by_query(None, 1)).await.unwrap_err();
    assert_eq!((error.kind(), log.lock().unwrap().len()), (ErrorKind::Paging, 100));
    let (list, log) = lists(endless);
    let mut pages = list.by_query(None, 1).pages();
    let error = loop {
        match pages.try_next().await {
            Ok(page) => assert!(page.unwrap().items.is_empty()),
            Err(error) => break error,
        }
    };
    assert!(error.to_string().contains("have no items"), "{error}");
    assert_eq!((error.kind(), log.lock().unwrap().len()), (ErrorKind::Paging, 100));
    assert!(pages.try_next().await.unwrap().is_none(), "it ends after the error");
    let (sparse, _) =
        lists(|number| (vec![1; usize::from(number % 99 == 0)], (number < 297).then(|| number.to_string())));
    assert_eq!(count(sparse.by_query(None, 1)).await.unwrap(), 3);
}
