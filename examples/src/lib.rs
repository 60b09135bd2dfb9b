//! Programs for people who run an OpenAI organization, and a server to try them against.
//!
//! Without `OPENAI_ADMIN_KEY` every program runs against [`server`], inside of itself; with the key it does the same
//! against the real API. [`programs`] has one module a program, [`Context`] is what they share.

pub mod apis;
mod context;
mod failure;
pub mod fake;
mod files;
mod interrupt;
pub mod own_types;
pub mod programs;
pub mod server;
mod session;
mod table;

pub use context::{Answers, Context, start};
pub use failure::Failure;
pub use interrupt::{Interrupt, Trigger};
pub use session::Session;
