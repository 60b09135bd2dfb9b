//! Response bodies that are read while they arrive.

mod bytes;
mod event_parser;
mod events;
mod json_lines;
mod splitter;

pub use self::bytes::ByteStream;
pub use self::event_parser::Event;
pub use self::events::{Events, FromEvent};
pub use self::json_lines::JsonLines;
