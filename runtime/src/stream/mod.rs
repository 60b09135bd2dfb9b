//! Answers that are read while they come.

mod event_parser;
mod events;
mod incoming;
mod json_lines;
mod line_splitter;
mod window;

pub use self::event_parser::Event;
pub use self::events::{Events, FromEvent};
pub use self::incoming::ByteStream;
pub use self::json_lines::JsonLines;
