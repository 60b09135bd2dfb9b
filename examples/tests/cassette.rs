//! The life of an admin API key, recorded against the embedded server and replayed without it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::path::Path;

use declarest::testing::{Cassette, Mock, RecordMode};
use declarest::{Client, ClientBuilder};
use declarest_examples::server::Server;
use openai_admin::{Admin, Error, ListAdminApiKeys, NewAdminApiKey, prelude::*};
use serde_json::Value;

/// The code under test: returns what it saw, but the value of the new key.
async fn life(admin: &Admin) -> Result<(Vec<String>, String), Error> {
    let keys = admin.admin_api_keys();
    let key = keys.create(&NewAdminApiKey::new("ci")).await?;
    let mut seen = vec![key.id.clone()];
    let mut pages = keys.list(&ListAdminApiKeys::default().limit(3)).pages();
    while let Some(page) = pages.try_next().await? {
        seen.extend(page.data.into_iter().map(|key| key.redacted_value));
    }
    seen.push(keys.delete(&key.id).await?.deleted.to_string());
    let error = keys.get(&key.id).await.unwrap_err();
    seen.extend(error.status().map(|status| status.to_string()));
    Ok((seen, key.value.expose().to_owned()))
}

fn admin(client: ClientBuilder, path: &Path) -> Admin {
    Admin::new(client.layer(Cassette::open(path).mode(RecordMode::Once)).build().unwrap())
}

#[tokio::test]
async fn the_life_of_a_key_is_replayed_without_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.jsonl");
    let server = Server::start().await.unwrap();
    let client = Client::builder(server.base_url()).bearer(server.admin_key());
    let (recorded, value) = life(&admin(client, &path)).await.unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().count(), 1 + server.log_lines().len(), "a line for each request");
    assert!(!text.contains(server.admin_key()) && !text.contains(&value), "{text}");
    let created: Value = serde_json::from_str(text.lines().nth(1).unwrap()).unwrap();
    assert_eq!(created["request"]["content"]["json"]["name"], "ci");
    assert_eq!(created["response"]["content"]["json"]["value"], "***");
    drop(server);

    // A mock that expects nothing: a request that is sent fails the test.
    let network = Mock::new();
    let client = network.builder_at("https://api.openai.com/v1").bearer("not needed");
    let (replayed, value) = life(&admin(client, &path)).await.unwrap();
    assert_eq!((replayed, value.as_str()), (recorded, "***"));
}
