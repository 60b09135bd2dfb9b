//! A request as it is described, before anything is decided about sending it.

mod options;
mod parts;
mod returns;
mod scope;
pub(crate) mod url;

pub(crate) use self::parts::RequestDraft;
pub use self::parts::RequestParts;
pub use self::returns::Returns;
pub use self::scope::{Api, DynApi, FromScope, NestParts, Scope};
