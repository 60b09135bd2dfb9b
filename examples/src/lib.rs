//! Programs to start from, and servers to try them against.
//!
//! [`apis`] has other people's APIs as declarations, [`own_types`] a type of one's own for each public trait, and
//! [`layers`] signatures, trace headers, limits and metrics, and [`connections`] what only reqwest can be told: a Unix socket, cookies, a resolver. The rest is for people who run an OpenAI organization: [`programs`] has one module a program, [`Context`] is what they share.
//! Without `OPENAI_ADMIN_KEY` they run against [`server`], inside of themselves; with the key they do the same against
//! the real API.

pub mod apis;
pub mod cli;
pub mod connections;
mod context;
mod documented;
mod failure;
pub mod fake;
mod files;
mod interrupt;
pub mod jobs;
pub mod layers;
pub mod own_types;
pub mod programs;
pub mod server;
mod session;
mod table;
pub mod transfer;

pub use context::{Answers, Context, start};
#[doc(hidden)]
pub use documented::documented;
pub use failure::Failure;
pub use interrupt::{Interrupt, Trigger};
pub use session::Session;
