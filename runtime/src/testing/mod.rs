#![doc = include_str!("../../TESTING.md")]

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
