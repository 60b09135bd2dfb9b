//! The four calls, declared, with every default on: deadline, retries, limits.
use declarest::{Call, Client, ClientBuilder, api};
use harness::{Contestant, types::*};

#[api("/organization")]
pub trait Keys {
    #[get("/admin_api_keys/{key_id}")]
    fn get(&self, key_id: &str) -> Call<AdminApiKey>;
    #[get("/admin_api_keys")]
    fn list(&self, #[query] after: &str, #[query] order: &str, #[query] limit: u32) -> Call<AdminApiKeyList>;
    #[post("/admin_api_keys")]
    fn create(&self, #[json] key: &CreateAdminApiKey) -> Call<AdminApiKey>;
    #[delete("/admin_api_keys/{key_id}")]
    fn delete(&self, key_id: &str) -> Call<AdminApiKeyDeleted>;
}

pub struct Declared(KeysClient);

impl Declared {
    pub fn by(builder: ClientBuilder) -> Self {
        match builder.build() {
            Ok(client) => Self(KeysClient::new(client)),
            Err(error) => {
                eprintln!("{error}");
                std::process::exit(1)
            }
        }
    }
}

// A call that fails is 0, which the harness takes for no answer.
impl Contestant for Declared {
    async fn get(&self, key_id: &str) -> usize {
        self.0.get(key_id).await.map_or(0, |key| key.id.len())
    }

    async fn list(&self, after: &str, limit: u32) -> usize {
        self.0.list(after, "asc", limit).await.map_or(0, |keys| keys.data.len())
    }

    async fn create(&self, name: &str) -> usize {
        self.0.create(&CreateAdminApiKey { name: name.into() }).await.map_or(0, |key| key.id.len())
    }

    async fn delete(&self, key_id: &str) -> usize {
        self.0.delete(key_id).await.map_or(0, |key| key.id.len())
    }
}

fn main() {
    harness::run(|base, token| async move { Declared::by(Client::builder(base).bearer(token)) })
}
