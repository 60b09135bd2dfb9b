//! A server that behaves like OpenAI's organization Administration API, kept in memory.
//!
//! It checks the bearer token, validates what it is sent, paginates, and remembers what was created and deleted. It is
//! filled with an invented organization, the same one every time, and its clock stands still until something is
//! written, so that a program that runs against it prints the same text every time.

mod admin_keys;
mod audit;
mod body;
mod completions;
mod costs;
mod error;
mod fault;
mod handlers;
mod log;
mod page;
mod params;
mod projects;
pub mod records;
mod resources;
mod routes;
mod seed;
mod service_accounts;
mod store;
mod users;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use fault::Fault;
pub use log::LogEntry;
pub use records::AuditEvent;
pub use store::Store;

/// Where the clock of a server stands when [`Server::start`] starts it: 2026-11-20T09:00:00Z, in Unix seconds.
pub const START: u64 = 1_795_165_200;

/// What the handlers of one server share.
#[derive(Debug)]
struct Shared {
    /// The organization.
    store: Mutex<Store>,
    /// What was asked, and how it was answered.
    log: Mutex<Vec<LogEntry>>,
    /// Answers that stand in for the real ones.
    faults: Mutex<Vec<Fault>>,
}

impl Shared {
    fn store(&self) -> MutexGuard<'_, Store> {
        lock(&self.store)
    }
}

/// Locks a mutex. One that was poisoned by a failed test is still readable.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A running server. Dropping it ends it.
#[derive(Debug)]
pub struct Server {
    shared: Arc<Shared>,
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Server {
    /// Starts a server on a free port of the loopback interface, with its clock at [`START`].
    ///
    /// # Errors
    /// When no port can be bound.
    pub async fn start() -> io::Result<Self> {
        Self::start_at(START).await
    }

    /// Starts a server whose clock stands at `now` (Unix seconds). The organization's history lies before that.
    ///
    /// # Errors
    /// When no port can be bound.
    pub async fn start_at(now: u64) -> io::Result<Self> {
        let shared = Arc::new(Shared {
            store: Mutex::new(Store::seeded(now)),
            log: Mutex::default(),
            faults: Mutex::default(),
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let router = routes::router(Arc::clone(&shared));
        let task = tokio::spawn(async move {
            // Ends with the task: `axum::serve` itself returns only when it is told to.
            let _ended = axum::serve(listener, router).await;
        });
        Ok(Self { shared, address, task })
    }

    /// The base URL for a client: `http://127.0.0.1:PORT/v1`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// An admin key that this server accepts.
    #[must_use]
    pub fn admin_key(&self) -> &'static str {
        seed::ADMIN_KEY
    }

    /// The same server as an [`axum::Router`], for a client that needs no socket. It shares state and log.
    pub fn router(&self) -> Router {
        routes::router(Arc::clone(&self.shared))
    }

    /// Every request so far, oldest first. It holds no header and no body, so no secret.
    #[must_use]
    pub fn log(&self) -> Vec<LogEntry> {
        lock(&self.shared.log).clone()
    }

    /// The log as `METHOD path status` lines, which is easy to compare in a test.
    #[must_use]
    pub fn log_lines(&self) -> Vec<String> {
        self.log().iter().map(ToString::to_string).collect()
    }

    /// Adds an answer that the next requests that fit it will get instead of the real one.
    pub fn inject(&self, fault: Fault) {
        lock(&self.shared.faults).push(fault);
    }

    /// The server's time, in Unix seconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.shared.store().now()
    }

    /// Looks at the organization, or changes it behind the API's back.
    pub fn with_store<T>(&self, look: impl FnOnce(&mut Store) -> T) -> T {
        look(&mut self.shared.store())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}
