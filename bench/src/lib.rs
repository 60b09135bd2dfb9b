//! What declarest costs, next to the same calls by hand on reqwest. The [README](../README.md) says what is measured,
//! by which command, and how to read it.

pub mod by_hand;
pub mod declared;
pub mod generate;
pub mod in_process;
pub mod loopback;
#[allow(missing_docs)] // Generated: the names say all there is.
pub mod scale;
mod setup;
pub mod streams;
#[allow(missing_docs)] // The names are the vendor's.
pub mod types;
pub mod workload;

pub use declarest::BoxError;

pub use self::setup::Setup;
