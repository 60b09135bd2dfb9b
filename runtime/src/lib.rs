//! declarest: a declarative HTTP client. An API is written down once, as a trait; [`api`] turns it into a client.
//!
//! ```
//! use declarest::{Call, api};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize)]
//! struct NewKey<'a> { name: &'a str }
//!
//! #[derive(Deserialize)]
//! struct Key { id: String }
//!
//! #[api]
//! trait Keys {
//!     #[post("/keys")]
//!     fn create(&self, #[json] key: &NewKey<'_>) -> Call<Key>;
//!
//!     #[delete("/keys/{key_id}")]
//!     fn delete(&self, key_id: &str) -> Call<()>;
//! }
//!
//! # async fn f() -> Result<(), declarest::Error> {
//! let client = declarest::Client::builder("https://api.example.com/v1").bearer("token").build()?;
//! let keys = KeysClient::new(client);
//! let key = keys.create(&NewKey { name: "ci" }).await?;
//! keys.delete(&key.id).await?;
//! # Ok(()) }
//! ```
//!
//! # Where to go next
//!
//! - [`api`] documents the language: what a trait, a method and an argument can say.
//! - [`behaviour`] says what a call does in each situation: precedence, retries, redirects, limits, streams, cancellation.
//! - [`Call`] lists the options of one call, [`Client`] and [`ClientBuilder`] those of all.
//! - [`Pages`], [`Events`] and [`JsonLines`] are lists and streams; [`Decode`] lets a type of yours be a response.
//! - [`Progress`] of uploads and downloads, for a progress bar.
//! - [`observability`] lists spans, events and callbacks for metrics.
//! - [`Error`] says what was called, whether it was sent, what came back and whether a repetition is safe.
//!
//! # How it works
//!
//! A method writes a [`RequestParts`] and makes a [`Call`] of it. A call is a value; it does nothing until it is polled. Polled, it
//! sends, waits and sends again under one deadline. Each attempt passes the layers, gets its credential behind them, and
//! reaches the transport. The status is judged, the body is read within its limit, and [`Decode`] makes the value of it. All but
//! the last step is compiled once, whatever the number of endpoints.
//!
//! # Requirements
//!
//! A call is polled within a [Tokio](https://tokio.rs) runtime with its time and I/O enabled; with the feature `blocking`, a thread
//! without a runtime writes `.blocking()` in place of `.await`. Rust 1.88 or newer compiles it. wasm32 is not supported.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `reqwest` | yes | the transport on reqwest. Without it, `hyper` is the default, or a client needs [`ClientBuilder::transport`] |
//! | `default-tls` | yes | https and HTTP/2 for it |
//! | `hyper` | no | a leaner transport, `ClientBuilder::hyper`, with https and HTTP/2 |
//! | `blocking` | no | `blocking()` on [`Call`], [`CallBuilder`], [`Pages`] and all streams, for threads without a runtime |
//! | `uuid`, `chrono`, `time`, `url` | no | their types as [`Scalar`]: a UUID, dates as in RFC 3339, a URL |
//! | `testing` | no | `declarest::testing`: a mock and cassettes for tests of code that calls an API. For `[dev-dependencies]` |
//! | `verify` | no | `declarest::verify`: what the declared types read and write, for tests that compare an API with its OpenAPI document. For `[dev-dependencies]` |
//! | `gzip`, `brotli`, `deflate`, `zstd` | no | compressed responses, from any transport (RFC 9110, 8.4.1) |
//!
//! With one of the last four features, a request lists the codings in `Accept-Encoding`, and the body is decoded while it is read: limits count
//! decoded bytes, streams arrive without delay, and a body that is cut off or corrupt is [`ErrorKind::Truncated`]. An
//! `Accept-Encoding` or `Range` header of the client, the endpoint or the call turns both off for its request: the body is then what
//! the server sent.

// The derives and the examples name `::declarest`, inside of this crate too.
#[allow(unused_extern_crates)]
extern crate self as declarest;

// Ground: knows nothing of calls.
mod base_url;
mod body;
mod call_site;
mod clock;
mod credential;
mod endpoint;
mod error;
mod head;
mod hook;
mod limits;
mod media;
mod observe;
mod progress;
mod random;
mod retry;
mod secret;
mod style;
mod witness;
// Writing a request.
mod encode;
// Reading a response.
mod decode;
mod stream;
// Moving bytes.
mod client;
mod transport;
// One call.
#[doc(hidden)]
#[path = "generated/mod.rs"]
pub mod __private;
#[cfg(feature = "blocking")]
mod blocking;
mod call;
mod call_builder;
mod curl;
mod exchange;
mod pages;
mod request;
// Standing in for a server.
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(feature = "verify")]
pub mod verify;

#[doc = include_str!("../BEHAVIOUR.md")]
pub mod behaviour {}

#[doc = include_str!("../OBSERVABILITY.md")]
pub mod observability {}

// The example of the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// For [`ClientBuilder::configure_reqwest`].
#[cfg(feature = "reqwest")]
pub use ::reqwest;
pub use declarest_macros::{Decode, Multipart, Query, Scalar, api};

#[cfg(feature = "blocking")]
pub use self::blocking::Blocking;
pub use self::body::{Body, RequestBody};
pub use self::call::Call;
pub use self::call_builder::CallBuilder;
pub use self::client::{Auth, Client, ClientBuilder, CredentialProvider};
pub use self::clock::Timer;
pub use self::decode::{
    Decode, Exists, IfFound, IfModified, NoBody, Raw, Reply, Response, ResponseBody, Text,
};
pub use self::encode::{
    Encode, FieldUpdate, File, FormValue, HeaderArg, HeaderArgs, HeaderLines, Multipart, NdJson, Pairs, Part,
    PartSink, Parts, Query, QueryValue, RestSink, Scalar, Segments, Sink, TargetUrl, Values,
};
pub use self::endpoint::{AuthRule, Endpoint, Inherited, Nest, Parameter, Redirects, Role};
pub use self::error::{ApiError, BoxError, Effect, Error, ErrorBody, ErrorKind, Report};
pub use self::head::Head;
pub use self::observe::{AttemptSummary, CallSummary, Outcome};
pub use self::pages::{BodyCursor, Cursor, Items, Next, Page, PageStream, Pages, Sent};
pub use self::progress::Progress;
pub use self::request::{Api, RequestParts, Returns};
pub use self::retry::{Backoff, Budget, Failed, RetryPolicy, Verdict};
pub use self::secret::Secret;
pub use self::stream::{ByteStream, Event, Events, FromEvent, JsonLines, Reconnect};
pub use self::style::ListStyle;
pub use self::transport::{AttemptContext, ForOrigin, HttpService, NotSent, Sign};
