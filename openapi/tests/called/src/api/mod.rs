// Imported by cargo-declarest; the rest of the file had the checksum 248d7ae8.
//! The Keys API.

// Arguments and variants are as many and as large as the document has them.
#![allow(clippy::too_many_arguments, clippy::large_enum_variant)]

pub mod api_keys;
pub mod health;
mod root;
pub mod types;

pub use self::root::{Keys, KeysClient};

/// Why a call failed, and what the server says.
pub type Error = declarest::ApiError<types::Problem>;
/// A call of this API.
pub type Call<T> = declarest::Call<T, Error>;
/// A list of this API.
pub type Pages<P> = declarest::Pages<P, Error>;
