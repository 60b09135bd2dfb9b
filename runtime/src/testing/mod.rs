//! Testing code that calls an API (feature `testing`).
//!
//! The code under test takes the API as a trait, so a test can stand in for the server at three places:
//!
//! | what stands in | what runs | when to take it |
//! |---|---|---|
//! | an `impl` of the trait | nothing of declarest | the test is about your code, and a few methods return fixed values |
//! | a [`Mock`] | everything but the network: encoding, retries, deadlines, limits, decoding | the test is about which calls are made, and how your code takes errors, retries and pages |
//! | a service, such as an `axum::Router` | as with a mock, and a server of yours | the server has behaviour of its own, such as a state that calls change |
//!
//! One function, tested in all three ways:
//!
//! ```
//! use declarest::testing::{Fault, Mock};
//! use declarest::{Call, Error, api};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Clone, Serialize, Deserialize)]
//! struct Key { id: String, name: String }
//!
//! #[api]
//! trait Keys {
//!     #[get("/keys/{key_id}")]
//!     fn get(&self, key_id: &str) -> Call<Key>;
//!     #[post("/keys/{key_id}")]
//!     fn rename(&self, key_id: &str, #[field] name: &str) -> Call<()>;
//! }
//!
//! /// The function under test.
//! async fn mark_as_old(keys: &impl Keys, key_id: &str) -> Result<(), Error> {
//!     let key = keys.get(key_id).await?;
//!     keys.rename(key_id, &format!("{} (old)", key.name)).await
//! }
//!
//! # async fn tests() -> Result<(), Error> {
//! let key = Key { id: "key_1".to_owned(), name: "CI".to_owned() };
//!
//! // A fake.
//! struct OneKey(Key);
//! impl Keys for OneKey {
//!     fn get(&self, _: &str) -> Call<Key> {
//!         Call::ready(Ok(self.0.clone()))
//!     }
//!     fn rename(&self, _: &str, name: &str) -> Call<()> {
//!         assert_eq!(name, "CI (old)");
//!         Call::ready(Ok(()))
//!     }
//! }
//! mark_as_old(&OneKey(key.clone()), "key_1").await?;
//!
//! // A mock. The connection breaks once, and the client repeats the GET.
//! let mock = Mock::new();
//! let keys = KeysClient::new(mock.client());
//! mock.expect(keys.get("key_1")).fail(Fault::ResetAfterRequest).then().respond(&key);
//! mock.expect(keys.rename("key_1", "CI (old)"));
//! mark_as_old(&keys, "key_1").await?;
//! mock.verify();
//!
//! // A service; an `axum::Router` is one, too.
//! let service = tower::service_fn(|request: http::Request<declarest::Body>| async move {
//!     let json = if request.method() == "GET" { r#"{"id": "key_1", "name": "CI"}"# } else { "" };
//!     Ok::<_, std::convert::Infallible>(http::Response::new(declarest::Body::from(json)))
//! });
//! let client = declarest::Client::builder("https://api.test").transport(service).build()?;
//! mark_as_old(&KeysClient::new(client), "key_1").await?;
//! # Ok(()) }
//! # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(tests()).unwrap();
//! ```
//!
//! # The call is the expectation
//!
//! A [`Call`](crate::Call) describes a request and sends nothing, so it is also what a test expects: [`Mock::expect`] takes what the
//! method returns. An expectation is met by one call ([`times`](Expectation::times) otherwise), a [`stub`](Mock::stub) responds any
//! number of times and need not be used. A request goes to the first expectation that it matches and that is not used up, then to the
//! first stub. One that matches nothing fails its call with [`ErrorKind::NotFaked`](crate::ErrorKind::NotFaked), *not sent*, and fails
//! the test in [`Mock::verify`].
//!
//! # What is compared
//!
//! | of the request | how |
//! |---|---|
//! | method, server and path | equal; a difference names the argument |
//! | query | the pairs of both, in any order |
//! | headers that are declared, or set on the call | the values of each, in order |
//! | JSON | as a value; a difference is named by its JSON pointer |
//! | form | the pairs of both, in any order |
//! | multipart | part by part: name, file name, media type, content |
//! | any other body | the bytes |
//!
//! Not compared: credentials, default headers of the client, idempotency keys that were generated, boundaries, and content that is
//! a stream or a file. What layers add is not compared either.
//!
//! # Time
//!
//! The clock of a mock advances by itself. A backoff takes no time, and neither does a deadline that
//! [`Fault::Stalled`] reaches; [`Mock::elapsed`] tells how long it would have been. Time that other code takes, such as a layer that
//! waits for something else, does not count.

mod cassette;
mod compare;
mod content;
mod described;
mod difference;
mod expectation;
mod fail;
mod fault;
mod mock;
mod request;
mod respond;
mod response;
mod state;
mod transport;

pub use self::cassette::{Cassette, RecordMode};
pub use self::described::Expect;
pub use self::expectation::{AnyResponse, Expectation};
pub use self::fault::Fault;
pub use self::mock::Mock;
pub use self::request::ReceivedRequest;
pub use self::respond::{Respond, ToEvent};
