//! The API that a program talks to: the real one, or a server inside of the program.

use openai_admin::{Admin, DEFAULT_BASE_URL, Timestamp};

use crate::Failure;
use crate::server::Server;

/// The variable that decides.
const KEY: &str = "OPENAI_ADMIN_KEY";

/// A client, and what it is connected to.
#[derive(Debug)]
pub struct Session {
    admin: Admin,
    base_url: String,
    server: Option<Server>,
    /// The last characters of the key in use, as a redacted key shows them.
    key_tail: String,
}

impl Session {
    /// The real API when `OPENAI_ADMIN_KEY` is set, else an embedded server.
    ///
    /// # Errors
    /// When a setting of the environment does not fit, or no server can be started.
    pub async fn open() -> Result<Self, Failure> {
        match std::env::var_os(KEY) {
            None => Self::embedded(Server::start().await?),
            Some(key) => {
                let admin = Admin::from_env().map_err(Failure::Config)?;
                let base_url = std::env::var("OPENAI_BASE_URL").ok().filter(|url| !url.trim().is_empty());
                let base_url = base_url.unwrap_or_else(|| DEFAULT_BASE_URL.to_owned());
                Ok(Self { admin, base_url, server: None, key_tail: tail(&key.to_string_lossy()) })
            }
        }
    }

    /// A session with this server.
    ///
    /// # Errors
    /// When the server's address is refused by the client.
    pub fn embedded(server: Server) -> Result<Self, Failure> {
        let base_url = server.base_url();
        let admin =
            Admin::builder(server.admin_key()).base_url(&base_url).build().map_err(Failure::Config)?;
        let key_tail = tail(server.admin_key());
        Ok(Self { admin, base_url, server: Some(server), key_tail })
    }

    /// The client.
    #[must_use]
    pub fn admin(&self) -> &Admin {
        &self.admin
    }

    /// Whether what the program does lasts.
    #[must_use]
    pub fn is_real(&self) -> bool {
        self.server.is_none()
    }

    /// The embedded server, if there is one.
    #[must_use]
    pub fn server(&self) -> Option<&Server> {
        self.server.as_ref()
    }

    /// Where the API is. It belongs into files that are of use with the same organization only.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Where the API is, for a file that any embedded server may go on with.
    #[must_use]
    pub fn place(&self) -> &str {
        if self.is_real() { &self.base_url } else { "embedded" }
    }

    /// The time: of the clock on the wall, or of the embedded server.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match &self.server {
            None => Timestamp::now(),
            Some(server) => Timestamp::from_unix(i64::try_from(server.now()).unwrap_or(i64::MAX)),
        }
    }

    /// Whether a key, as a list shows it (`sk-admin...xyz`), may be the one this session uses.
    #[must_use]
    pub fn uses(&self, redacted: &str) -> bool {
        let shown = redacted.trim_start_matches(|c| c != '.' && c != '*').trim_start_matches(['.', '*']);
        !shown.is_empty() && (self.key_tail.ends_with(shown) || shown.ends_with(&self.key_tail))
    }
}

/// The last four characters.
fn tail(key: &str) -> String {
    let count = key.trim().chars().count();
    key.trim().chars().skip(count.saturating_sub(4)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_session_knows_its_own_key_by_its_end() {
        let session = Session::embedded(Server::start().await.unwrap()).unwrap();
        let keys = session.server().unwrap().with_store(|store| store.admin_keys().to_vec());
        let own: Vec<&str> = keys
            .iter()
            .filter(|key| session.uses(&key.redacted_value))
            .filter_map(|key| key.name.as_deref())
            .collect();
        assert_eq!(own, ["Platform automation"]);
        assert!(!session.uses("sk-admin...") && !session.uses(""));
    }
}
