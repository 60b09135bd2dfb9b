//! A list whose items are `Result`s, chosen by the caller.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use declarest::api;
use declarest::testing::Mock;
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

/// The API at a mock.
fn inventory(mock: &Mock) -> InventoryClient {
    let mock = mock.clone();
    let client = Admin::builder("k").configure(move |client| mock.attach(client).attempts(1)).build_client();
    InventoryClient::new(client.unwrap())
}

fn user(id: &str) -> Value {
    json!({"id": id, "added_at": 1})
}

#[tokio::test]
async fn an_invalid_item_has_its_place_and_the_others_are_there() {
    let mock = Mock::new();
    let inventory = inventory(&mock);
    let params = ListUsers::default();
    let first = json!({"data": [user("a"), {"id": "b", "name": "SECRET"}, user("c")], "has_more": true, "last_id": "c"});
    mock.expect(inventory.users(&params)).respond_json(200, first);
    let second = json!({"data": [7, user("d")], "has_more": false});
    mock.expect(inventory.users(&params.clone().after("c"))).respond_json(200, second);
    let (mut ids, mut invalid) = (Vec::new(), Vec::new());
    for item in inventory.users(&params).collect().await.unwrap() {
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
    let mock = Mock::new();
    let inventory = inventory(&mock);
    let params = ListAdminApiKeys::default();
    let first = json!({"data": [key("a"), {"id": "b"}], "has_more": true});
    mock.expect(inventory.keys(&params)).respond_json(200, first);
    let second = json!({"data": [key("c")], "has_more": false});
    mock.expect(inventory.keys(&params.clone().after("b"))).respond_json(200, second);
    let found = inventory.keys(&params).collect().await.unwrap().into_iter();
    let found: Vec<_> = found.map(|item| item.map(|key| key.id).map_err(|item| item.id.unwrap())).collect();
    assert_eq!(found, [Ok("a".to_owned()), Err("b".to_owned()), Ok("c".to_owned())]);
}

#[tokio::test]
async fn each_kind_of_page_goes_on_at_its_own_cursor() {
    let group = json!({"id": "g", "name": "n", "created_at": 1, "is_scim_managed": false});
    let mock = Mock::new();
    let inventory = inventory(&mock);
    let params = ListGroups::default();
    let first = json!({"data": [group, {}], "has_more": true, "next": "n1"});
    mock.expect(inventory.groups(&params)).respond_json(200, first);
    let second = json!({"data": [group], "has_more": false});
    mock.expect(inventory.groups(&params.clone().after("n1"))).respond_json(200, second);
    let mut pages = inventory.groups(&params).pages();
    assert_eq!(pages.try_next().await.unwrap().unwrap().data.len(), 2);
    assert!(pages.try_next().await.unwrap().unwrap().data[0].is_ok());
    assert!(pages.try_next().await.unwrap().is_none());

    let bucket = json!({"start_time": 1, "end_time": 2, "results": []});
    let query = CostsQuery::new(Timestamp::from_unix(1));
    let first = json!({"data": [{"start_time": "x"}], "has_more": true, "next_page": "p"});
    mock.expect(inventory.costs(&query)).respond_json(200, first);
    let second = json!({"data": [bucket], "has_more": false});
    mock.expect(inventory.costs(&query.clone().page("p"))).respond_json(200, second);
    let mut items = inventory.costs(&query).items();
    assert!(items.try_next().await.unwrap().unwrap().is_err());
    assert!(items.try_next().await.unwrap().unwrap().is_ok());
    assert!(items.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_page_that_is_not_one_is_an_error_all_the_same() {
    let mock = Mock::new();
    let inventory = inventory(&mock);
    mock.expect(inventory.users(&ListUsers::default())).respond_json(200, json!({"data": 7}));
    assert!(inventory.users(&ListUsers::default()).await.is_err());
}
