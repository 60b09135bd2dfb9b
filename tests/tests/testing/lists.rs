//! Lists: each page is the request that the page before asks for.

use declarest::testing::Mock;
use declarest::{BoxError, Next, Page, Pages, Sent, api};
use serde::{Deserialize, Serialize};

use super::panic_of;

#[derive(Clone, Serialize, Deserialize)]
struct Numbers {
    data: Vec<u32>,
    next: Option<String>,
}

impl Page for Numbers {
    type Item = u32;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        Ok(self.next.as_ref().map_or(Next::Done, |cursor| Next::query("after", cursor)))
    }

    fn into_items(self) -> Vec<u32> {
        self.data
    }
}

#[api]
trait Lists {
    #[get("/numbers")]
    fn numbers(&self, #[query] limit: Option<u32>) -> Pages<Numbers>;
    #[get("/linked")]
    fn linked(&self, #[query] page: Option<u32>) -> Pages<Linked>;
}

/// A page whose successor is in the header `Link`.
#[derive(Serialize, Deserialize)]
struct Linked(Vec<u32>);

impl Page for Linked {
    type Item = u32;

    fn next(&self, sent: &Sent<'_>) -> Result<Next, BoxError> {
        Ok(Next::link(&sent.head().headers))
    }

    fn into_items(self) -> Vec<u32> {
        self.0
    }
}

fn page(data: &[u32], next: Option<&str>) -> Numbers {
    Numbers { data: data.to_vec(), next: next.map(str::to_owned) }
}

async fn all(list: Pages<Numbers>) -> Vec<u32> {
    let (mut items, mut all) = (list.items(), Vec::new());
    while let Some(item) = items.try_next().await.unwrap() {
        all.push(item);
    }
    all
}

#[tokio::test]
async fn the_pages_of_a_list_are_matched_by_their_cursors() {
    let mock = Mock::new();
    let lists = ListsClient::new(mock.client());
    let pages = [page(&[1, 2], Some("b")), page(&[3], Some("c")), page(&[], None)];
    mock.expect(lists.numbers(Some(2))).pages(pages);
    assert_eq!(all(lists.numbers(Some(2))).await, [1, 2, 3]);
    let urls: Vec<String> = mock.requests().iter().map(declarest::testing::ReceivedRequest::url).collect();
    assert_eq!(
        urls[1..],
        ["https://api.test/numbers?limit=2&after=b", "https://api.test/numbers?limit=2&after=c"]
    );
    mock.verify();
}

#[tokio::test]
async fn options_apply_to_all_pages() {
    let mock = Mock::new();
    let lists = ListsClient::new(mock.client());
    let pages = || [page(&[1], Some("b")), page(&[2], None)];
    mock.expect(lists.numbers(None)).any_query("limit").pages(pages()).times(2);
    assert_eq!(all(lists.numbers(Some(1))).await, [1, 2]);
    assert_eq!(all(lists.numbers(Some(2))).await, [1, 2]);
    mock.expect(lists.numbers(None)).pages(pages()).any_query("limit");
    assert_eq!(all(lists.numbers(Some(3))).await, [1, 2]);
}

#[tokio::test]
async fn a_page_that_is_not_asked_for_is_missing() {
    let mock = Mock::new();
    let lists = ListsClient::new(mock.client());
    mock.expect(lists.numbers(None)).pages([page(&[1], Some("b")), page(&[2], None)]);
    assert_eq!(lists.numbers(None).await.unwrap().data, [1]);
    let report = panic_of(|| mock.verify());
    assert!(report.contains("1. not met: GET https://api.test/numbers?after=b (Lists::numbers)"), "{report}");
    let refused =
        panic_of(|| drop(mock.stub(lists.numbers(None)).pages([page(&[1], None), page(&[2], None)])));
    assert_eq!(
        refused,
        "a page after the last can never be requested: the page before says that it is the last"
    );
}

#[tokio::test]
async fn pages_that_are_linked_by_headers_are_expected_one_by_one() {
    let mock = Mock::new();
    let lists = ListsClient::new(mock.client());
    mock.expect(lists.linked(None)).respond(&Linked(vec![1])).header("link", "</linked?page=2>; rel=next");
    mock.expect(lists.linked(Some(2))).respond(&Linked(vec![2]));
    let mut items = lists.linked(None).items();
    assert_eq!(items.try_next().await.unwrap(), Some(1));
    assert_eq!(items.try_next().await.unwrap(), Some(2));
    assert_eq!(items.try_next().await.unwrap(), None);
}
