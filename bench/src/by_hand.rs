//! The same four calls as people write them on reqwest: `format!`, `bearer_auth`, `query`, `json`, `error_for_status`.
//! No deadline, no second attempt, no limit of the body, and no care for what an id does to the path.

use declarest::BoxError;
use reqwest::{Client, RequestBuilder};

use crate::types::{AdminApiKey, AdminApiKeyList, Deleted, ListParams, NewAdminApiKey};
use crate::workload::{self, Caller, Operation};

/// A client written by hand.
pub struct ByHand {
    http: Client,
    base_url: String,
    token: String,
}

impl ByHand {
    /// The API at this base URL.
    ///
    /// # Errors
    /// When the transport cannot be built.
    pub fn new(base_url: &str) -> reqwest::Result<Self> {
        let http = Client::builder().no_proxy().build()?;
        Ok(Self { http, base_url: base_url.to_owned(), token: workload::TOKEN.to_owned() })
    }

    /// Describes the retrieval of a key.
    pub fn get(&self, key_id: &str) -> RequestBuilder {
        let url = format!("{}/organization/admin_api_keys/{key_id}", self.base_url);
        self.http.get(url).bearer_auth(&self.token)
    }

    /// Describes a list of keys.
    pub fn list(&self, params: &ListParams<'_>) -> RequestBuilder {
        let url = format!("{}/organization/admin_api_keys", self.base_url);
        self.http.get(url).bearer_auth(&self.token).query(params)
    }

    /// Describes the creation of a key.
    pub fn create(&self, key: &NewAdminApiKey) -> RequestBuilder {
        let url = format!("{}/organization/admin_api_keys", self.base_url);
        self.http.post(url).bearer_auth(&self.token).json(key)
    }

    /// Describes the deletion of a key.
    pub fn delete(&self, key_id: &str) -> RequestBuilder {
        let url = format!("{}/organization/admin_api_keys/{key_id}", self.base_url);
        self.http.delete(url).bearer_auth(&self.token)
    }
}

/// Sends a described request and reads the answer.
async fn send<T: serde::de::DeserializeOwned>(request: RequestBuilder) -> reqwest::Result<T> {
    request.send().await?.error_for_status()?.json().await
}

impl Caller for ByHand {
    async fn call(&self, operation: Operation) -> Result<usize, BoxError> {
        Ok(match operation {
            Operation::Get => send::<AdminApiKey>(self.get(workload::KEY_ID)).await?.id.len(),
            Operation::List => send::<AdminApiKeyList>(self.list(&workload::list_params())).await?.data.len(),
            Operation::Create => send::<AdminApiKey>(self.create(&workload::new_key())).await?.id.len(),
            Operation::Delete => send::<Deleted>(self.delete(workload::KEY_ID)).await?.id.len(),
        })
    }
}
