//! Who learns how a response was read: a cassette, which must keep no secret that a declared type found in it.
//!
//! Without the feature `testing` nobody asks, and none of this is compiled to anything.

#[cfg(feature = "testing")]
use std::sync::Arc;

use http::Extensions;

use crate::secret::Secret;

/// What became of the content of a response. Of an item of a stream and the stream, the later variant counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(not(feature = "testing"), allow(dead_code))]
pub(crate) enum Reading {
    /// The head was judged. Nothing is known of the content yet.
    Judged,
    /// The declared type does not need the content.
    Ignored,
    /// The content is that of an error.
    AsError,
    /// A declared type has read it, or one item of it.
    Decoded,
    /// A declared type could not read it, so it may not have met all secrets.
    Failed,
}

impl Reading {
    /// What became of one item of a stream.
    pub(crate) fn of_item<T, E>(item: &Result<T, E>) -> Self {
        if item.is_ok() { Self::Decoded } else { Self::Failed }
    }
}

/// Is told how a response was read, and which secrets were met.
#[cfg(feature = "testing")]
pub(crate) trait Watcher: Send + Sync {
    fn read(&self, reading: Reading, secrets: Vec<Secret>);
}

/// Goes with a response until it was read.
#[derive(Clone, Default)]
pub(crate) struct Witness(#[cfg(feature = "testing")] Option<Arc<dyn Watcher>>);

#[cfg(feature = "testing")]
mod watched {
    use std::cell::RefCell;

    use super::{Arc, Extensions, Reading, Secret, Watcher, Witness};

    thread_local! {
        /// The secrets that the thread has made while it reads a response; `None` outside of that.
        static MET: RefCell<Option<Vec<Secret>>> = const { RefCell::new(None) };
    }

    /// Notes that a secret was made.
    pub(crate) fn met(secret: &Secret) {
        // Within a destructor of the thread there is nothing to note.
        let _ = MET.try_with(|met| {
            if let Some(met) = met.borrow_mut().as_mut() {
                met.push(secret.clone());
            }
        });
    }

    impl Witness {
        /// Makes the witness of a response.
        pub(crate) fn new(watcher: Arc<dyn Watcher>) -> Self {
            Self(Some(watcher))
        }

        /// Takes the witness that a layer has sent along.
        pub(crate) fn take(extensions: &mut Extensions) -> Self {
            extensions.remove::<Self>().unwrap_or_default()
        }

        /// Sends the witness along with a response.
        pub(crate) fn join(&self, extensions: &mut Extensions) {
            if self.is_there() {
                extensions.insert(self.clone());
            }
        }

        pub(crate) fn is_there(&self) -> bool {
            self.0.is_some()
        }

        pub(crate) fn tell(&self, reading: Reading) {
            if let Some(watcher) = &self.0 {
                watcher.read(reading, Vec::new());
            }
        }

        /// Runs `read`, and tells how it went and which secrets it made.
        pub(crate) fn watch<R>(&self, read: impl FnOnce() -> R, how: impl FnOnce(&R) -> Reading) -> R {
            /// Puts back what was there, also after a panic.
            struct Restore(Option<Vec<Secret>>);
            impl Drop for Restore {
                fn drop(&mut self) {
                    MET.set(self.0.take());
                }
            }
            let Some(watcher) = &self.0 else { return read() };
            let restore = Restore(MET.replace(Some(Vec::new())));
            let result = read();
            let met = MET.take().unwrap_or_default();
            drop(restore);
            watcher.read(how(&result), met);
            result
        }
    }
}

#[cfg(feature = "testing")]
pub(crate) use self::watched::met;

#[cfg(not(feature = "testing"))]
pub(crate) fn met(_: &Secret) {}

#[cfg(not(feature = "testing"))]
#[allow(clippy::unused_self)]
impl Witness {
    pub(crate) fn take(_: &mut Extensions) -> Self {
        Self()
    }

    pub(crate) fn join(&self, _: &mut Extensions) {}

    pub(crate) fn is_there(&self) -> bool {
        false
    }

    pub(crate) fn tell(&self, _: Reading) {}

    pub(crate) fn watch<R>(&self, read: impl FnOnce() -> R, _: impl FnOnce(&R) -> Reading) -> R {
        read()
    }
}
