//! The four ways of paging, over a server in the process.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use axum::Router;
use axum::extract::RawQuery;
use axum::routing::get;
use openai_admin::prelude::*;
use openai_admin::*;
use serde_json::{Value, json};

/// A client of a server that answers each of these queries so, and anything else with 500.
fn admin(path: &str, answers: &[(&str, Value)]) -> Admin {
    let answers: Vec<(String, String)> =
        answers.iter().map(|(q, a)| ((*q).to_owned(), a.to_string())).collect();
    let handler = move |RawQuery(query): RawQuery| {
        let query = query.unwrap_or_default();
        let answer = answers.iter().find(|(known, _)| *known == query).map(|(_, answer)| answer.clone());
        async move { answer.ok_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR) }
    };
    let router = Router::new().route(path, get(handler));
    Admin::builder("k")
        .base_url("http://localhost")
        .configure(|c| c.transport(router).attempts(1))
        .build()
        .unwrap()
}

fn key(id: &str) -> Value {
    json!({"id": id, "redacted_value": "r", "created_at": 1, "owner": {}})
}

fn invite(id: &str) -> Value {
    json!({"id": id, "email": "e", "role": "owner", "status": "pending", "created_at": 1})
}

#[tokio::test]
async fn a_cursor_page_goes_on_after_the_id_of_its_last_item() {
    let admin = admin(
        "/organization/admin_api_keys",
        &[
            ("limit=2", json!({"data": [key("a"), key("b")], "has_more": true, "last_id": "not this"})),
            ("limit=2&after=b", json!({"data": [key("c")], "has_more": false, "last_id": "c"})),
        ],
    );
    let mut items = admin.admin_api_keys().list(&ListAdminApiKeys::default().limit(2)).items();
    let mut ids = Vec::new();
    while let Some(key) = items.try_next().await.unwrap() {
        ids.push(key.id);
    }
    assert_eq!(ids, ["a", "b", "c"]);
}

#[tokio::test]
async fn a_conversation_cursor_page_goes_on_after_its_last_id() {
    let admin = admin(
        "/organization/invites",
        &[
            ("", json!({"data": [invite("a")], "has_more": true, "last_id": "x/1"})),
            ("after=x%2F1", json!({"data": [invite("b")], "has_more": false})),
        ],
    );
    let mut items = admin.invites().list(&ListInvites::default()).items();
    let mut ids = Vec::new();
    while let Some(invite) = items.try_next().await.unwrap() {
        ids.push(invite.id);
    }
    assert_eq!(ids, ["a", "b"]);
}

#[tokio::test]
async fn a_next_cursor_page_goes_on_after_its_next() {
    let group = |id: &str| json!({"id": id, "name": "n", "created_at": 1, "is_scim_managed": false});
    let admin = admin(
        "/organization/groups",
        &[
            ("", json!({"data": [group("a")], "has_more": true, "next": "n1"})),
            ("after=n1", json!({"data": [group("b")], "has_more": false, "next": null})),
        ],
    );
    let mut pages = admin.groups().list(&ListGroups::default()).pages();
    let mut ids = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        ids.extend(page.data.into_iter().map(|group| group.id));
    }
    assert_eq!(ids, ["a", "b"]);
}

#[tokio::test]
async fn usage_goes_on_at_its_next_page() {
    let bucket = |start: i64| json!({"start_time": start, "end_time": start + 1, "results": [{"input_tokens": start}]});
    let admin = admin(
        "/organization/usage/completions",
        &[
            ("start_time=1&limit=1", json!({"data": [bucket(1)], "has_more": true, "next_page": "p2"})),
            (
                "start_time=1&limit=1&page=p2",
                json!({"data": [bucket(2)], "has_more": false, "next_page": null}),
            ),
        ],
    );
    let query = CompletionsQuery::new(Timestamp::from_unix(1)).limit(1);
    let mut items = admin.usage().completions(&query).items();
    let mut tokens = Vec::new();
    while let Some(bucket) = items.try_next().await.unwrap() {
        tokens.push(bucket.results[0].input_tokens);
    }
    assert_eq!(tokens, [1, 2]);
}

#[tokio::test]
async fn an_empty_list_ends() {
    let admin =
        admin("/organization/invites", &[("", json!({"data": [], "has_more": false, "last_id": null}))]);
    let mut items = admin.invites().list(&ListInvites::default()).items();
    assert!(items.try_next().await.unwrap().is_none());
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
        let cut = [("", page(vec![invite("a")], Some("a"))), ("after=a", page(vec![invite("b")], None))];
        let empty =
            [("", page(vec![invite("a"), invite("b")], Some("b"))), ("after=b", page(vec![], Some("b")))];
        for pages in [cut, empty] {
            let mut items =
                admin("/organization/invites", &pages).invites().list(&ListInvites::default()).items();
            let mut ids = Vec::new();
            while let Some(invite) = items.try_next().await.unwrap() {
                ids.push(invite.id);
            }
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
        let admin = admin("/organization/invites", &[("", first)]);
        let mut items = admin.invites().list(&ListInvites::default()).items();
        let error = loop {
            match items.try_next().await {
                Ok(Some(_)) => {}
                Ok(None) => panic!("ended as if all was there: {said}"),
                Err(error) => break error,
            }
        };
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
    let admin = admin("/organization/invites", &[("", page.clone()), ("after=a", page)]);
    let mut items = admin.invites().list(&ListInvites::default()).items();
    let error = loop {
        if let Err(error) = items.try_next().await {
            break error;
        }
    };
    assert_eq!(error.kind(), declarest::ErrorKind::Paging);
}
