//! What the suites share: a server that follows a script, and a transport that writes requests down.

mod clock;
mod recorder;
mod server;

pub use self::clock::ManualClock;
pub use self::recorder::{Recorder, Seen};
pub use self::server::{ScriptedServer, Step};
