//! The four ways of paging, over a mock that expects each page.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use declarest::testing::Mock;
use openai_admin::prelude::*;
use openai_admin::*;
use serde_json::{Value, json};

/// The API at a mock.
fn admin(mock: &Mock) -> Admin {
    let mock = mock.clone();
    Admin::builder("k").configure(move |client| mock.attach(client).attempts(1)).build().unwrap()
}

/// The invitations at a mock that expects these pages, each after a cursor; none of the first.
fn invites(mock: &Mock, pages: &[(&str, Value)]) -> Pages<ConversationCursorPage<Invite>> {
    let invites = admin(mock).invites();
    for (after, page) in pages {
        let all = ListInvites::default();
        let params = if after.is_empty() { all } else { all.after(*after) };
        mock.expect(invites.list(&params)).respond_json(200, page);
    }
    invites.list(&ListInvites::default())
}

fn key(id: &str) -> Value {
    json!({"id": id, "redacted_value": "r", "created_at": 1, "owner": {}})
}

fn invite(id: &str) -> Value {
    json!({"id": id, "email": "e", "role": "owner", "status": "pending", "created_at": 1})
}

#[tokio::test]
async fn a_cursor_page_goes_on_after_the_id_of_its_last_item() {
    let mock = Mock::new();
    let keys = admin(&mock).admin_api_keys();
    let params = ListAdminApiKeys::default().limit(2);
    let first = json!({"data": [key("a"), key("b")], "has_more": true, "last_id": "not this"});
    mock.expect(keys.list(&params)).respond_json(200, first);
    let second = json!({"data": [key("c")], "has_more": false, "last_id": "c"});
    mock.expect(keys.list(&params.clone().after("b"))).respond_json(200, second);
    let ids: Vec<_> = keys.list(&params).collect().await.unwrap().into_iter().map(|key| key.id).collect();
    assert_eq!(ids, ["a", "b", "c"]);
}

#[tokio::test]
async fn a_conversation_cursor_page_goes_on_after_its_last_id() {
    let mock = Mock::new();
    let pages = [
        ("", json!({"data": [invite("a")], "has_more": true, "last_id": "x/1"})),
        ("x/1", json!({"data": [invite("b")], "has_more": false})),
    ];
    let invites = invites(&mock, &pages).collect().await.unwrap();
    assert_eq!(invites.iter().map(|invite| &invite.id).collect::<Vec<_>>(), ["a", "b"]);
    assert!(mock.requests()[1].url().ends_with("?after=x%2F1"));
}

#[tokio::test]
async fn a_next_cursor_page_goes_on_after_its_next() {
    let mock = Mock::new();
    let groups = admin(&mock).groups();
    let group = |id: &str| json!({"id": id, "name": "n", "created_at": 1, "is_scim_managed": false});
    let first = json!({"data": [group("a")], "has_more": true, "next": "n1"});
    mock.expect(groups.list(&ListGroups::default())).respond_json(200, first);
    let second = json!({"data": [group("b")], "has_more": false, "next": null});
    mock.expect(groups.list(&ListGroups::default().after("n1"))).respond_json(200, second);
    let groups = groups.list(&ListGroups::default()).collect().await.unwrap();
    assert_eq!(groups.iter().map(|group| &group.id).collect::<Vec<_>>(), ["a", "b"]);
}

#[tokio::test]
async fn usage_goes_on_at_its_next_page() {
    let mock = Mock::new();
    let usage = admin(&mock).usage();
    let query = CompletionsQuery::new(Timestamp::from_unix(1)).limit(1);
    let bucket = |start: i64| json!({"start_time": start, "end_time": start + 1, "results": [{"input_tokens": start}]});
    let first = json!({"data": [bucket(1)], "has_more": true, "next_page": "p2"});
    mock.expect(usage.completions(&query)).respond_json(200, first);
    let second = json!({"data": [bucket(2)], "has_more": false, "next_page": null});
    mock.expect(usage.completions(&query.clone().page("p2"))).respond_json(200, second);
    let buckets = usage.completions(&query).collect().await.unwrap();
    assert_eq!(buckets.iter().map(|bucket| bucket.results[0].input_tokens).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn an_empty_list_ends() {
    let mock = Mock::new();
    let pages = [("", json!({"data": [], "has_more": false, "last_id": null}))];
    assert!(invites(&mock, &pages).collect().await.unwrap().is_empty());
}

/// As the official SDKs do it: the list goes on while a page has items and a cursor.
#[tokio::test]
async fn a_list_without_has_more_ends_at_an_empty_page_or_a_missing_cursor() {
    for has_more in [json!({}), json!({"has_more": null})] {
        let page = |data: Vec<Value>, last_id: Option<&str>| {
            let mut page = has_more.clone();
            page["data"] = data.into();
            page["last_id"] = json!(last_id);
            page
        };
        let cut = [("", page(vec![invite("a")], Some("a"))), ("a", page(vec![invite("b")], None))];
        let empty = [("", page(vec![invite("a"), invite("b")], Some("b"))), ("b", page(vec![], Some("b")))];
        for pages in [cut, empty] {
            let mock = Mock::new();
            let invites = invites(&mock, &pages).collect().await.unwrap();
            let ids: Vec<_> = invites.iter().map(|invite| &invite.id).collect();
            assert_eq!(ids, ["a", "b"]);
        }
    }
}

/// Row 27.
#[tokio::test]
async fn more_without_data_or_cursor_is_an_error_that_says_so() {
    for (first, said) in [
        (json!({"data": [], "has_more": true, "last_id": "x"}), "no data"),
        (json!({"data": [invite("a")], "has_more": true, "last_id": null}), "no cursor"),
        (json!({"data": [invite("a")], "has_more": true, "last_id": ""}), "no cursor"),
    ] {
        let mock = Mock::new();
        let error = invites(&mock, &[("", first)]).collect().await.unwrap_err();
        assert_eq!(error.kind(), declarest::ErrorKind::Paging);
        let mut text = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(error) = source {
            text.push_str(&error.to_string());
            source = error.source();
        }
        assert!(text.contains(said), "{text}");
    }
}

/// Row 27.
#[tokio::test]
async fn a_repeated_cursor_ends_with_an_error() {
    let page = json!({"data": [invite("a")], "has_more": true, "last_id": "a"});
    let mock = Mock::new();
    let error = invites(&mock, &[("", page.clone()), ("a", page)]).collect().await.unwrap_err();
    assert_eq!(error.kind(), declarest::ErrorKind::Paging);
}
