//! What a declaration's types can do, for tests and tools that compare it with a document. Needs the feature `verify`.
//!
//! [`hooks`] gives functions of the declared types of each endpoint: they decode a JSON value and tell which members the type has
//! read, encode it again, and list the names that a query struct spreads into. The crate `declarest-openapi` verifies an API
//! against its OpenAPI document with them.
//!
//! ```
//! use declarest::{Call, api};
//!
//! #[derive(serde::Deserialize)]
//! struct Key { id: String }
//!
//! #[api]
//! trait Keys {
//!     #[get("/keys/{key_id}")]
//!     fn get(&self, key_id: &str) -> Call<Key>;
//! }
//!
//! let hooks = declarest::verify::hooks::<KeysClient>();
//! let decode = hooks[0].response.decode.unwrap();
//! // Values are leaked: a type may borrow from them.
//! let value = Box::leak(Box::new(serde_json::json!({"id": "key_1", "name": "ci"})));
//! assert_eq!(decode(value).unwrap().unread, ["/name"]);
//! ```

mod probe;
mod recorder;

#[doc(hidden)]
pub use self::probe::{Fallback, Probe, Unknown};
use crate::endpoint::Nest;
pub use crate::hook::{
    ArgumentHooks, DecodeHook, Hook, Hooks, Member, Misfit, Observed, ReadStruct, Reading, Respond,
    RewriteHook,
};
use crate::request::Api;

/// Returns what the declared types can do, of each endpoint in the order of [`Api::ENDPOINTS`]. Those of a nested API are in
/// [`Nest`]: see [`nested_hooks`].
#[must_use]
pub fn hooks<A: Api>() -> Vec<Hooks> {
    A::hooks()
}

/// Returns what the declared types of a nested API can do, in the order of its endpoints.
#[must_use]
pub fn nested_hooks(nest: &Nest) -> Vec<Hooks> {
    (nest.hooks)()
}
