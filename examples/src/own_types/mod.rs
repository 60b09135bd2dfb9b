//! A type of one's own for each public trait: what a user of declarest can add to the language.
//!
//! | trait | example |
//! |---|---|
//! | [`Returns`](declarest::Returns) | [`job`]: a job that is polled until it is done |
//! | [`Encode`](declarest::Encode), [`Decode`](declarest::Decode) | [`xml`]: another format, as a body and as an answer |
//! | [`Decode`](declarest::Decode), `classify` | [`slack`]: an error that comes as a 200 |
//! | [`Page`](declarest::Page), [`BodyCursor`](declarest::BodyCursor) | [`pages`]: a cursor that belongs into the next body |
//! | [`FromEvent`](declarest::FromEvent) | [`events`]: events that are told apart by their type |
//! | [`Scalar`](declarest::Scalar), [`QueryValue`](declarest::QueryValue) | [`values`]: a day in a path, a box of coordinates in a query |
//! | [`Query`](declarest::Query) | [`query`]: a struct that spreads into pairs by rules of its own |
//! | [`HeaderArg`](declarest::HeaderArg), [`HeaderArgs`](declarest::HeaderArgs) | [`headers`]: a range of bytes, the headers of a trace |
//! | [`Part`](declarest::Part) | [`parts`]: a table as a file of a multipart body |
//! | [`Segments`](declarest::Segments), [`TargetUrl`](declarest::TargetUrl) | [`storage`]: a key of several segments, a URL that is signed |
//! | [`CredentialProvider`](declarest::CredentialProvider) | [`credentials`]: a token that is fetched and expires |
//! | [`RetryPolicy`](declarest::RetryPolicy) | [`StripeRetries`](crate::apis::stripe::StripeRetries): what Stripe says itself |
//! | [`Timer`](declarest::Timer) | [`clock`]: a clock that skips waits |
//!
//! [`run`] uses each against a stand-in.

pub mod clock;
pub mod credentials;
pub mod events;
mod fake;
pub mod headers;
pub mod job;
pub mod pages;
pub mod parts;
mod program;
pub mod query;
pub mod slack;
pub mod storage;
pub mod values;
pub mod xml;

pub use self::fake::{Stand, TOKEN};
pub use self::program::run;
