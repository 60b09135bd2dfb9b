//! Connections of your own: what has no setting of declarest's is set on reqwest's builder.
//!
//! [`ClientBuilder::configure_reqwest`] hands it over. A feature of reqwest that is needed is turned on in your
//! `Cargo.toml` (`reqwest = { version = "0.13", features = ["cookies"] }`), and has an effect on declarest's too, which is
//! the same crate.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use declarest::reqwest::dns::{Addrs, Name, Resolve, Resolving};
use declarest::reqwest::{Identity, cookie::Jar};
use declarest::{BoxError, ClientBuilder};

/// Shows a client certificate to the server (mutual TLS), from a PEM text with the certificate and its private key.
///
/// [`ClientBuilder::client_certificate`] does this for both transports; this is the place for what it does not read, such as
/// a key in a store of the system.
pub fn with_client_certificate(client: ClientBuilder, pem: String) -> ClientBuilder {
    client.configure_reqwest(move |reqwest| Ok(reqwest.identity(Identity::from_pem(pem.as_bytes())?)))
}

/// Talks to a server on this machine through a Unix socket. The base URL still says `Host`: `http://localhost`.
#[cfg(unix)]
pub fn through_unix_socket(client: ClientBuilder, path: PathBuf) -> ClientBuilder {
    client.configure_reqwest(move |reqwest| Ok(reqwest.unix_socket(path)))
}

/// Keeps the cookies that servers set, and sends them back: for an API that logs in with a session.
pub fn with_cookies(client: ClientBuilder, jar: Arc<Jar>) -> ClientBuilder {
    client.configure_reqwest(move |reqwest| Ok(reqwest.cookie_provider(jar)))
}

/// Finds hosts by a function instead of DNS: a service registry, say.
pub fn with_resolver<F>(client: ClientBuilder, find: F) -> ClientBuilder
where
    F: Fn(&str) -> Result<Vec<SocketAddr>, BoxError> + Send + Sync + 'static,
{
    client.configure_reqwest(move |reqwest| Ok(reqwest.dns_resolver(Registry(find))))
}

/// A resolver made of a function.
struct Registry<F>(F);

impl<F> Resolve for Registry<F>
where
    F: Fn(&str) -> Result<Vec<SocketAddr>, BoxError> + Send + Sync + 'static,
{
    fn resolve(&self, name: Name) -> Resolving {
        let found = (self.0)(name.as_str()).map(|addresses| Box::new(addresses.into_iter()) as Addrs);
        Box::pin(std::future::ready(found))
    }
}
