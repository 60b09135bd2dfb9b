// The schemas of OpenAI's admin API keys, as users write them: owned strings, serde's derives.
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Deserialize)]
pub struct Owner {
    #[serde(rename = "type")]
    pub kind: String,
    pub object: String,
    pub id: String,
    pub name: String,
    pub created_at: i64,
    pub role: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct AdminApiKey {
    pub object: String,
    pub id: String,
    pub name: String,
    pub redacted_value: String,
    pub value: Option<String>,
    pub created_at: i64,
    pub last_used_at: Option<i64>,
    pub owner: Owner,
}

#[derive(Debug, Clone, Deserialize)]
pub struct AdminApiKeyList {
    pub object: String,
    pub data: Vec<AdminApiKey>,
    pub has_more: bool,
    pub first_id: Option<String>,
    pub last_id: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Deleted {
    pub id: String,
    pub object: String,
    pub deleted: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct NewAdminApiKey {
    pub name: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct ListParams<'a> {
    pub after: &'a str,
    pub order: &'a str,
    pub limit: u32,
}
