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
//! # One request, followed down
//!
//! A method writes a [`RequestParts`] and makes a [`Call`] of it: a value, nothing has happened. Awaited, it runs
//! `exchange` (send ⟶ decide ⟶ wait ⟶ again) under one deadline; each attempt goes through the layers, gets its
//! credential and reaches the `transport`, which judges nothing. The status is judged, the body read within its limit,
//! and [`Decode`] reads it. All but the last step is compiled once, whatever the number of endpoints.
//!
//! # Runtime
//!
//! A call needs a [Tokio](https://docs.rs/tokio) runtime with its I/O and time drivers (`enable_all`) around whoever polls
//! it. Outside of one it fails with [`ErrorKind::Configuration`], *not sent*; it does not panic. A runtime that was built
//! without timers panics inside of Tokio. A client whose [`transport`](ClientBuilder::transport) and
//! [`timer`](ClientBuilder::timer) are your own runs on any executor. wasm32 is not supported.
//!
//! A connection belongs to the runtime that opened it. Where a client is used from several, and one of them ends, calls of
//! the others on its connections fail with [`ErrorKind::Transport`], and are repeated where that is safe.
//!
//! # Features
//!
//! | feature | default | what it brings |
//! |---|---|---|
//! | `reqwest` | yes | the transport that most want: without it, `hyper` is, or a client needs [`ClientBuilder::transport`] |
//! | `default-tls` | yes | https and HTTP/2 for it |
//! | `hyper` | no | a leaner transport, `ClientBuilder::hyper`, with https and HTTP/2 |
//! | `uuid`, `chrono`, `time`, `url` | no | their types as [`Scalar`]: a UUID, dates as RFC 3339 has them, a URL |
//! | `gzip`, `brotli`, `deflate`, `zstd` | no | compressed answers, from any transport (RFC 9110, 8.4.1) |
//!
//! With one of the last four a request says in `Accept-Encoding` what it takes, and the body is decoded while it is
//! read: limits count decoded bytes, streams come as they come, and a body that is cut off or corrupt is
//! [`ErrorKind::Truncated`]. An `Accept-Encoding` or `Range` header of your own (of the client, the endpoint or the
//! call) turns both off for what it is sent with: the body is then what the server sent.

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
mod limits;
mod media;
mod random;
mod retry;
mod secret;
mod style;
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
#[path = "generated.rs"]
pub mod __private;
mod call;
mod call_builder;
mod curl;
mod exchange;
mod pages;
mod request;

pub use declarest_macros::{Multipart, Query, Scalar, api};

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
pub use self::endpoint::{Endpoint, Nest, Parameter, Redirects, Role};
pub use self::error::{ApiError, BoxError, Effect, Error, ErrorBody, ErrorKind, Report};
pub use self::exchange::AttemptContext;
pub use self::head::Head;
pub use self::pages::{BodyCursor, Cursor, Items, Next, Page, PageStream, Pages, Sent};
pub use self::request::{Api, RequestParts, Returns};
pub use self::retry::{Backoff, Budget, Failed, RetryPolicy, Verdict};
pub use self::secret::Secret;
pub use self::stream::{ByteStream, Event, Events, FromEvent, JsonLines, Reconnect};
pub use self::style::ListStyle;
pub use self::transport::{ForOrigin, HttpService, NotSent};
