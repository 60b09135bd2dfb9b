//! [`CredentialProvider`]: a token that is fetched and expires, by the client credentials of OAuth (RFC 6749, 4.4).

use std::time::Duration;

use declarest::{Auth, BoxError, Call, Client, CredentialProvider, Error, Secret, api};
use serde::Deserialize;

/// The server that gives tokens.
#[api]
trait Tokens {
    /// A token for this program. Asking twice gives two, which does no harm.
    #[post("/oauth/token", idempotent, auth = basic, encoding = "form", field("grant_type" = "client_credentials"))]
    fn token(&self, #[field] scope: &str) -> Call<Token>;
}

#[derive(Deserialize)]
struct Token {
    access_token: Secret,
    expires_in: u64,
}

/// Fetches tokens. The client of the API asks it for one when it has none, before it expires, and after a 401.
#[derive(Debug)]
pub struct ClientCredentials {
    tokens: TokensClient,
    scope: String,
}

impl ClientCredentials {
    /// Tokens of the server at `base_url`, for the program `id`.
    ///
    /// # Errors
    /// When the URL is no base URL, or `id` or `secret` is empty.
    pub fn new(base_url: &str, id: &str, secret: impl Into<Secret>, scope: &str) -> Result<Self, Error> {
        let client = Client::builder(base_url).basic(id, secret).build()?;
        Ok(Self { tokens: TokensClient::new(client), scope: scope.to_owned() })
    }
}

impl CredentialProvider for ClientCredentials {
    async fn fetch(&self) -> Result<Auth, BoxError> {
        let token = self.tokens.token(&self.scope).await?;
        Ok(Auth::bearer(token.access_token)?.expires_in(Duration::from_secs(token.expires_in)))
    }
}

/// What is behind the token.
#[api]
pub trait Reports: Send + Sync {
    /// Names of reports.
    #[get("/reports")]
    fn list(&self) -> Call<Vec<String>>;
}
