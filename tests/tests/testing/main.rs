//! The mock of `declarest::testing`: expected calls, what they get, and what a failing test prints.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod cassette;
mod compared;
mod faults;
mod lists;
mod reports;
mod responses;
mod used;

use declarest::{Call, Error, Part, PartSink, Secret, api};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Key {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct NewKey<'a> {
    name: &'a str,
    scopes: &'a [&'a str],
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<&'a Secret>,
}

#[api]
trait Keys {
    #[get("/keys/{key_id}")]
    fn get(&self, key_id: &str) -> Call<Key>;
    #[get("/keys")]
    fn list(&self, #[query] limit: Option<u32>, #[query] tag: &[&str]) -> Call<Vec<Key>>;
    #[post("/keys")]
    fn create(&self, #[json] key: &NewKey<'_>, #[header("x-tenant")] tenant: Option<&str>) -> Call<Key>;
    #[delete("/keys/{key_id}")]
    fn delete(&self, key_id: &str) -> Call<()>;
    #[get("/keys/{key_id}/name")]
    async fn name(&self, key_id: &str) -> Result<String, Error>;
}

fn key(id: &str) -> Key {
    Key { id: id.to_owned(), name: format!("name of {id}") }
}

/// A part with a file name.
struct InMemory(&'static str, &'static str);

impl Part for InMemory {
    fn add(self, parts: &mut PartSink<'_>) {
        parts.part(self.1, Some(self.0), Some("text/plain"));
    }
}

/// What a test that panics prints.
fn panic_of(test: impl FnOnce()) -> String {
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(test)).unwrap_err();
    *panic.downcast::<String>().unwrap()
}
