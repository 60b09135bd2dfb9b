//! Code that uses this crate, tested with a mock (feature `testing`).
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use declarest::testing::{Fault, Mock};
use openai_admin::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn admin(mock: &Mock) -> Admin {
    Admin::builder("sk-admin-test").mock(mock).build().unwrap()
}

/// The function under test: replaces a key, and tolerates that the old one is gone.
async fn rotate(admin: &Admin, old: &str, name: &str) -> Result<CreatedAdminApiKey, Error> {
    let keys = admin.admin_api_keys();
    let created = keys.create(&NewAdminApiKey::new(name)).await?;
    keys.delete(old).optional().await?;
    Ok(created)
}

fn created() -> CreatedAdminApiKey {
    let owner = json!({"type": "user", "id": "u"});
    read(
        json!({"id": "key_2", "value": "sk-admin-2", "redacted_value": "sk-…2", "created_at": 1, "owner": owner}),
    )
}

#[tokio::test]
async fn a_response_with_a_secret_is_built_and_sent() {
    let mock = Mock::new();
    let keys = admin(&mock).admin_api_keys();
    mock.expect(keys.create(&NewAdminApiKey::new("ci"))).respond(&created());
    mock.expect(keys.delete("key_1")).respond_status(404);
    let key = rotate(&admin(&mock), "key_1", "ci").await.unwrap();
    assert_eq!((key.id.as_str(), key.value.expose()), ("key_2", "sk-admin-2"));
    mock.verify();
}

#[tokio::test]
async fn a_failure_is_classified_as_the_client_does_it() {
    let mock = Mock::new();
    let keys = admin(&mock).admin_api_keys();
    let quota = json!({"error": {"message": "out of credit", "code": "insufficient_quota"}});
    mock.expect(keys.get("key_1")).respond_json(429, quota);
    mock.expect(keys.get("key_2")).fail(Fault::ResetAfterRequest).then().respond_status(404);
    assert!(keys.get("key_1").await.unwrap_err().is_insufficient_quota(), "and not repeated");
    assert!(keys.get("key_2").optional().await.unwrap().is_none());
    mock.verify();
}

#[tokio::test]
async fn a_list_is_mocked_by_its_pages() {
    let mock = Mock::new();
    let users = admin(&mock).users();
    let page = |ids: &[&str], more: bool| -> ConversationCursorPage<User> {
        let data: Vec<_> = ids.iter().map(|id| json!({"id": id, "added_at": 1})).collect();
        read(json!({"data": data, "has_more": more, "last_id": ids.last()}))
    };
    mock.expect(users.list(&ListUsers::default())).pages([page(&["a", "b"], true), page(&["c"], false)]);
    let found = users.list(&ListUsers::default()).collect().await.unwrap();
    assert_eq!(found.iter().map(|user| user.id.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    mock.verify();
}

/// Reads what is written, and writes the same again.
fn round<T: Serialize + DeserializeOwned>(sent: &T) -> T {
    let value = serde_json::to_value(sent).unwrap();
    let again: T = read(value.clone());
    assert_eq!(serde_json::to_value(&again).unwrap(), value);
    again
}

#[test]
fn a_request_is_read_back_with_all_three_states_of_a_change() {
    let change = UpdateRole::default().role_name("reader").description(FieldUpdate::Clear);
    assert_eq!(round(&change), change);
    assert!(round(&change).permissions.is_keep());
    let tools = UpdateHostedTools::default().web_search(false).mcp(FieldUpdate::Clear);
    assert_eq!(round(&tools), tools);
    let key = NewExternalKey::aws("k", AwsKey::new("arn", "role", "id"));
    assert_eq!(round(&key), key);
    let invite = NewInvite::new("ada@example.com", OrganizationRole::Reader).projects([]);
    assert_eq!(round(&invite), invite);
}
