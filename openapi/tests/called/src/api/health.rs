// Imported by cargo-declarest; the rest of the file had the checksum 05160579.
//! Health.

use declarest::api;

use super::Call;

#[api]
pub trait Health: Send + Sync {
    /// Whether the service is up.
    #[get("/health", auth = none)]
    fn get(&self) -> Call<()>;
}
