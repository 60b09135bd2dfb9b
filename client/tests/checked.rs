//! A list whose items are `Result`s, chosen by the caller.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use axum::Router;
use axum::extract::RawQuery;
use axum::routing::get;
use declarest::api;
use openai_admin::*;
use serde_json::{Value, json};

#[api]
trait Inventory: Send + Sync {
    #[get("/organization/users")]
    fn users(&self, #[query(flatten)] params: &ListUsers) -> Pages<Checked<ConversationCursorPage<User>>>;

    #[get("/organization/admin_api_keys")]
    fn keys(&self, #[query(flatten)] params: &ListAdminApiKeys) -> Pages<Checked<CursorPage<AdminApiKey>>>;

    #[get("/organization/groups")]
    fn groups(&self, #[query(flatten)] params: &ListGroups) -> Pages<Checked<NextCursorPage<Group>>>;

    #[get("/organization/costs")]
    fn costs(&self, #[query(flatten)] query: &CostsQuery) -> Pages<Checked<UsagePage<CostsResult>>>;
}

/// A client of a server that answers these queries so.
fn inventory(path: &'static str, pages: &[(&'static str, Value)]) -> InventoryClient {
    let pages: Vec<(&str, String)> = pages.iter().map(|(query, page)| (*query, page.to_string())).collect();
    let router = Router::new().route(
        path,
        get(async move |RawQuery(query): RawQuery| {
            let query = query.unwrap_or_default();
            pages
                .iter()
                .find(|(known, _)| *known == query)
                .map(|(_, page)| page.clone())
                .ok_or(axum::http::StatusCode::NOT_FOUND)
        }),
    );
    let client = Admin::builder("k")
        .base_url("http://localhost")
        .configure(|client| client.transport(router).attempts(1))
        .build_client();
    InventoryClient::new(client.unwrap())
}

fn user(id: &str) -> Value {
    json!({"id": id, "added_at": 1})
}

#[tokio::test]
async fn an_invalid_item_has_its_place_and_the_others_are_there() {
    let inventory = inventory(
        "/organization/users",
        &[
            (
                "",
                json!({"data": [user("a"), {"id": "b", "name": "SECRET"}, user("c")], "has_more": true, "last_id": "c"}),
            ),
            ("after=c", json!({"data": [7, user("d")], "has_more": false})),
        ],
    );
    let mut items = inventory.users(&ListUsers::default()).items();
    let (mut ids, mut invalid) = (Vec::new(), Vec::new());
    while let Some(item) = items.try_next().await.unwrap() {
        match item {
            Ok(user) => ids.push(user.id),
            Err(item) => invalid.push(item),
        }
    }
    assert_eq!(ids, ["a", "c", "d"]);
    assert_eq!(invalid.len(), 2);
    assert_eq!((invalid[0].index, invalid[0].id.as_deref()), (1, Some("b")));
    assert_eq!(invalid[0].to_string(), "`data[1]` (id \"b\") has no `added_at`");
    assert!(invalid[0].json().contains("SECRET") && invalid[0].reason().contains("added_at"));
    assert!(!format!("{:?}", invalid[0]).contains("SECRET"));
    assert_eq!(invalid[1].to_string(), "`data[0]` has a member that does not fit its type");
}

#[tokio::test]
async fn a_list_goes_on_after_an_invalid_last_item() {
    let key = |id: &str| json!({"id": id, "redacted_value": "r", "created_at": 1, "owner": {}});
    let inventory = inventory(
        "/organization/admin_api_keys",
        &[
            ("", json!({"data": [key("a"), {"id": "b"}], "has_more": true})),
            ("after=b", json!({"data": [key("c")], "has_more": false})),
        ],
    );
    let mut items = inventory.keys(&ListAdminApiKeys::default()).items();
    let mut found = Vec::new();
    while let Some(item) = items.try_next().await.unwrap() {
        found.push(item.map(|key| key.id).map_err(|item| item.id.unwrap()));
    }
    assert_eq!(found, [Ok("a".to_owned()), Err("b".to_owned()), Ok("c".to_owned())]);
}

#[tokio::test]
async fn each_kind_of_page_goes_on_at_its_own_cursor() {
    let group = json!({"id": "g", "name": "n", "created_at": 1, "is_scim_managed": false});
    let groups = inventory(
        "/organization/groups",
        &[
            ("", json!({"data": [group, {}], "has_more": true, "next": "n1"})),
            ("after=n1", json!({"data": [group], "has_more": false})),
        ],
    );
    let mut pages = groups.groups(&ListGroups::default()).pages();
    assert_eq!(pages.try_next().await.unwrap().unwrap().data.len(), 2);
    assert!(pages.try_next().await.unwrap().unwrap().data[0].is_ok());
    assert!(pages.try_next().await.unwrap().is_none());

    let bucket = json!({"start_time": 1, "end_time": 2, "results": []});
    let costs = inventory(
        "/organization/costs",
        &[
            ("start_time=1", json!({"data": [{"start_time": "x"}], "has_more": true, "next_page": "p"})),
            ("start_time=1&page=p", json!({"data": [bucket], "has_more": false})),
        ],
    );
    let mut items = costs.costs(&CostsQuery::new(Timestamp::from_unix(1))).items();
    assert!(items.try_next().await.unwrap().unwrap().is_err());
    assert!(items.try_next().await.unwrap().unwrap().is_ok());
    assert!(items.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_page_that_is_not_one_is_an_error_all_the_same() {
    let inventory = inventory("/organization/users", &[("", json!({"data": 7}))]);
    assert!(inventory.users(&ListUsers::default()).await.is_err());
}
