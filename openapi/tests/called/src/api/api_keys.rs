// Imported by cargo-declarest; the rest of the file had the checksum 96701924.
//! Api keys.

use declarest::{BoxError, Next, Page, Query, Scalar, Secret, Sent, api};
use serde::{Deserialize, Serialize};

use super::{Call, Pages};

/// Creates and lists keys.
#[api(auth = bearer)]
pub trait ApiKeys: Send + Sync {
    /// Lists the keys.
    // Guess: `next_page_token` of a page is `page_token` of the next one.
    #[get("/keys")]
    fn list(&self, #[query(flatten)] params: &ListApiKeysParams) -> Pages<KeyPage>;

    /// Creates a key.
    // Guess: the server keeps idempotency keys, so a failed call may be repeated.
    #[post("/keys", idempotency_key = "Idempotency-Key")]
    fn create(
        &self,
        #[json] body: &NewKey,
        #[header("X-Trace-Id")] trace_id: Option<&str>,
    ) -> Call<CreatedKey>;

    #[get("/keys/{key_id}")]
    fn get(&self, key_id: &str) -> Call<Key>;

    /// Deprecated by the document.
    #[delete("/keys/{key_id}")]
    fn delete(&self, key_id: &str, #[query] reason: &str, #[query] force: Option<bool>)
    -> Call<()>;
}

/// The query of `list`.
#[derive(Debug, Clone, Default, Query)]
pub struct ListApiKeysParams {
    /// Where the list goes on.
    pub page_token: Option<String>,
    pub state: Option<State>,
    #[query(lists = "comma")]
    pub ids: Vec<String>,
    #[query("scopes[]")]
    pub scopes: Vec<String>,
    #[query(nest)]
    pub created: Option<ListApiKeysCreated>,
}

setters!(ListApiKeysParams:
    page_token [text], state [State], ids [texts], scopes [texts], created [ListApiKeysCreated],
);

#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Scalar)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    Active,
    InProgress,
    Expired,
    /// A value that the document does not list.
    #[serde(untagged)]
    Other(String),
}

#[derive(Debug, Clone, Default, Query)]
pub struct ListApiKeysCreated {
    pub gte: Option<i64>,
    pub lt: Option<i64>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct KeyPage {
    pub items: Vec<Key>,
    pub next_page_token: Option<String>,
}

impl Page for KeyPage {
    type Item = Key;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        let next = self.next_page_token.as_deref().unwrap_or_default();
        if next.is_empty() {
            return Ok(Next::Done);
        }
        Ok(Next::query("page_token", next))
    }

    fn into_items(self) -> Vec<Key> {
        self.items
    }

    fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

#[derive(Debug, Clone, Deserialize)]
pub struct Key {
    pub id: String,
    pub name: Option<String>,
    pub state: State,
    /// Always `key`.
    pub object: Option<String>,
    pub owner: KeyOwner,
}

#[derive(Debug, Clone, Deserialize)]
pub struct KeyOwner {
    pub id: String,
    pub teams: Option<Vec<KeyOwnerTeam>>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct KeyOwnerTeam {
    pub name: Option<String>,
    pub size: Option<i64>,
    pub lead: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct NewKey {
    /// What it is called.
    pub name: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<NewKeyType>,
    #[serde(rename = "expiresIn", skip_serializing_if = "Option::is_none")]
    pub expires_in: Option<u64>,
}

setters!(NewKey(name [text]): kind [NewKeyType], expires_in [u64]);

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NewKeyType {
    User,
    Service,
    /// A value that the document does not list.
    #[serde(untagged)]
    Other(String),
}

#[derive(Debug, Clone, Deserialize)]
pub struct CreatedKey {
    pub id: String,
    pub name: Option<String>,
    pub state: State,
    /// Always `key`.
    pub object: Option<String>,
    pub owner: KeyOwner,
    // Guess: a secret by its name.
    pub api_key: Secret,
}
