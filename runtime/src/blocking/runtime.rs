//! The runtime that blocking calls run on: one for the process.

use std::future::Future;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::thread;

use tokio::runtime::{Builder, Handle};

use crate::error::{Error, ErrorKind};

/// Set by the first call that needs it. The runtime itself belongs to its thread and is never dropped, so that the
/// connections of a client outlive the thread that opened them.
static RUNTIME: Mutex<Option<Handle>> = Mutex::new(None);

/// Runs `future` to its end on this thread. `instead` is what the caller can write inside of a runtime.
pub(super) fn block_on<F: Future>(future: F, instead: &str) -> Result<F::Output, Error> {
    check_thread(instead)?;
    Ok(handle()?.block_on(future))
}

/// Refuses a thread that belongs to a runtime: waiting on it would panic, or hold up the tasks that the call waits for.
fn check_thread(instead: &str) -> Result<(), Error> {
    let detail = match Handle::try_current() {
        Ok(_) => format!(
            "`blocking()` cannot wait inside of a Tokio runtime: write `{instead}` there, or \
             `Handle::current().block_on(…)` on a thread of `spawn_blocking`"
        ),
        // In the destructor of a thread-local value, after Tokio's own was destroyed.
        Err(error) if error.is_thread_local_destroyed() => {
            "`blocking()` cannot wait on a thread that is ending: call it before".to_owned()
        }
        Err(_) => return Ok(()),
    };
    Err(Error::new(ErrorKind::Configuration, detail))
}

/// Returns the runtime. A start that failed is tried again by the next call.
fn handle() -> Result<Handle, Error> {
    let mut runtime = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = &*runtime {
        return Ok(handle.clone());
    }
    let started = start().map_err(|error| {
        let detail = format!("the runtime of blocking calls could not be started: {error}");
        Error::new(ErrorKind::Configuration, detail).with_source(error)
    })?;
    Ok(runtime.insert(started).clone())
}

/// Starts the runtime. Its one thread drives connections and timers; a call itself is polled by the thread that waits.
fn start() -> io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    thread::Builder::new()
        .name("declarest-blocking".to_owned())
        .spawn(move || runtime.block_on(std::future::pending::<()>()))?;
    Ok(handle)
}
