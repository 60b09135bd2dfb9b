// Imported by cargo-declarest; the rest of the file had the checksum 5f3570f4.
//! The way to all endpoints.

use declarest::api;

use super::api_keys::ApiKeysClient;
use super::health::HealthClient;

/// The Keys API.
#[api(base = "https://eu.example.com/v1")]
pub trait Keys: Send + Sync {
    #[nest]
    fn health(&self) -> HealthClient;

    /// Creates and lists keys.
    #[nest]
    fn api_keys(&self) -> ApiKeysClient;
}
