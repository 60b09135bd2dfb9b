//! A caller with all that it needs around it.

use declarest::BoxError;
use tokio::runtime::{Builder, Runtime};

use crate::by_hand::ByHand;
use crate::declared::{self, AdminApiKeysClient};
use crate::in_process::InProcess;
use crate::loopback::Server;
use crate::workload::{Caller, Operation};

/// A caller, the server that it calls, and a runtime of one thread: all that the caller does is done by the thread
/// that runs it.
pub struct Setup<C> {
    caller: C,
    runtime: Runtime,
    _server: Option<Server>,
}

impl Setup<AdminApiKeysClient> {
    /// Declared, without I/O.
    ///
    /// # Errors
    /// When the client or the runtime cannot be built.
    pub fn in_process() -> Result<Self, BoxError> {
        let runtime = runtime()?;
        let caller = declared::client("https://api.openai.com/v1", |builder| builder.transport(InProcess))?;
        Ok(Self { caller, runtime, _server: None })
    }

    /// Declared, over loopback with reqwest.
    ///
    /// # Errors
    /// When the server, the client or the runtime cannot be built.
    pub fn over_reqwest() -> Result<Self, BoxError> {
        Self::over_loopback(|url| Ok(declared::client(url, |builder| builder)?))
    }

    /// Declared, over loopback with the lean transport.
    ///
    /// # Errors
    /// When the server, the client or the runtime cannot be built.
    pub fn over_hyper() -> Result<Self, BoxError> {
        Self::over_loopback(|url| Ok(declared::client(url, declarest::ClientBuilder::hyper)?))
    }
}

impl Setup<ByHand> {
    /// By hand on reqwest, over loopback.
    ///
    /// # Errors
    /// When the server, the client or the runtime cannot be built.
    pub fn by_hand() -> Result<Self, BoxError> {
        Self::over_loopback(|url| Ok(ByHand::new(url)?))
    }
}

impl<C: Caller> Setup<C> {
    fn over_loopback(make: impl FnOnce(&str) -> Result<C, BoxError>) -> Result<Self, BoxError> {
        let (runtime, server) = (runtime()?, Server::start()?);
        let caller = make(&server.base_url())?;
        Ok(Self { caller, runtime, _server: Some(server) })
    }

    /// Who calls.
    pub const fn caller(&self) -> &C {
        &self.caller
    }

    /// Makes the same call several times.
    ///
    /// # Errors
    /// When a call fails or its answer was not the expected one.
    pub fn run(&self, operation: Operation, times: usize) -> Result<(), BoxError> {
        self.runtime.block_on(async {
            for _ in 0..times {
                if self.caller.call(operation).await? != operation.expected() {
                    return Err("another answer than the expected one".into());
                }
            }
            Ok(())
        })
    }
}

fn runtime() -> std::io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}
