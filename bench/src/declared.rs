//! The four calls, declared.

use declarest::{BoxError, Call, Client, ClientBuilder, api};

use crate::types::{AdminApiKey, AdminApiKeyList, Deleted, NewAdminApiKey};
use crate::workload::{self, Caller, Operation};

/// Admin API keys of an organization.
#[api("/organization")]
pub trait AdminApiKeys {
    /// Retrieves a single key.
    #[get("/admin_api_keys/{key_id}")]
    fn get(&self, key_id: &str) -> Call<AdminApiKey>;

    /// Lists the organization's keys.
    #[get("/admin_api_keys")]
    fn list(&self, #[query] after: &str, #[query] order: &str, #[query] limit: u32) -> Call<AdminApiKeyList>;

    /// Creates a key.
    #[post("/admin_api_keys")]
    fn create(&self, #[json] key: &NewAdminApiKey) -> Call<AdminApiKey>;

    /// Deletes a key.
    #[delete("/admin_api_keys/{key_id}")]
    fn delete(&self, key_id: &str) -> Call<Deleted>;
}

/// The API at this base URL, with the defaults of the library: deadline, attempts, limits.
///
/// # Errors
/// When the transport cannot be built.
pub fn client(
    base_url: &str,
    configure: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> Result<AdminApiKeysClient, declarest::Error> {
    let builder = Client::builder(base_url).bearer(workload::TOKEN);
    Ok(AdminApiKeysClient::new(configure(builder).build()?))
}

impl Caller for AdminApiKeysClient {
    async fn call(&self, operation: Operation) -> Result<usize, BoxError> {
        Ok(match operation {
            Operation::Get => self.get(workload::KEY_ID).await?.id.len(),
            Operation::List => {
                self.list(workload::KEY_ID, workload::ORDER, workload::LIMIT).await?.data.len()
            }
            Operation::Create => self.create(&workload::new_key()).await?.id.len(),
            Operation::Delete => self.delete(workload::KEY_ID).await?.id.len(),
        })
    }
}
