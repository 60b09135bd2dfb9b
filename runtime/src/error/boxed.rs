//! Errors of other crates, with their type erased.

use std::error::Error as StdError;

/// Any error, as layers and transports return it.
pub type BoxError = Box<dyn StdError + Send + Sync + 'static>;

/// Finds an error of type `T` in a chain of sources.
pub(crate) fn find<'a, T: StdError + 'static>(mut error: &'a (dyn StdError + 'static)) -> Option<&'a T> {
    loop {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        error = error.source()?;
    }
}
