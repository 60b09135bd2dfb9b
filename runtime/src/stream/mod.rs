//! Response bodies that are read while they arrive.

mod bytes;
mod event_parser;
mod event_source;
mod events;
mod json_lines;
mod reconnect;
mod splitter;

use http::header::CONTENT_TYPE;

pub use self::bytes::ByteStream;
pub use self::event_parser::Event;
pub use self::events::{Events, FromEvent};
pub use self::json_lines::JsonLines;
pub use self::reconnect::Reconnect;
use crate::error::Error;
use crate::head::Head;

/// Whether a response says that its content has this media type (RFC 9110, 8.3.1), whatever the parameters.
fn has_media_type(head: &Head, media: &str) -> bool {
    let value = head.headers.get(CONTENT_TYPE).map_or(&b""[..], |value| value.as_bytes());
    let essence = value.split(|byte| *byte == b';').next().unwrap_or_default();
    essence.trim_ascii().eq_ignore_ascii_case(media.as_bytes())
}

/// The error of an item with the text of the item, up to `limit` bytes, unless the error has a body already.
fn with_item(error: Error, text: &[u8], limit: usize) -> Error {
    if !error.body().is_empty() {
        return error;
    }
    error.with_body(text.get(..limit).unwrap_or(text).to_vec())
}
