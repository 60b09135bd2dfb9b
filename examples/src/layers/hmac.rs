//! Signs each request with HMAC-SHA256, as exchanges and webhooks ask for.

use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::hmac;
use declarest::{AttemptContext, Body, BoxError, ClientBuilder, Secret, Sign};
use http::{HeaderValue, Request};

/// Signs requests with a key.
pub struct Hmac<C> {
    key_id: String,
    key: hmac::Key,
    /// The time of a signature; tests have their own.
    clock: C,
}

/// Signs each request to the client's own origin.
pub fn with_hmac(client: ClientBuilder, key_id: &str, key: &Secret) -> ClientBuilder {
    client.sign(Hmac::new(key_id, key, SystemTime::now))
}

impl<C: Fn() -> SystemTime> Hmac<C> {
    /// Makes a signer with a clock.
    pub fn new(key_id: &str, key: &Secret, clock: C) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, key.expose().as_bytes());
        Self { key_id: key_id.to_owned(), key, clock }
    }
}

impl<C: Fn() -> SystemTime + Send + Sync + 'static> Sign for Hmac<C> {
    async fn sign(&self, request: &mut Request<Body>, context: &AttemptContext) -> Result<(), BoxError> {
        if !context.is_own_origin {
            return Ok(());
        }
        // A retry is signed anew, so that its time is not too old.
        let time = (self.clock)().duration_since(UNIX_EPOCH)?.as_secs().to_string();
        let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
        let body = request.body().as_bytes().ok_or("a streamed body cannot be signed")?;
        let mut signature = hmac::Context::with_key(&self.key);
        for line in [request.method().as_str(), target, &time] {
            signature.update(line.as_bytes());
            signature.update(b"\n");
        }
        signature.update(body);
        let signature = hex(signature.sign().as_ref());
        let headers = request.headers_mut();
        headers.insert("x-key-id", HeaderValue::try_from(&self.key_id)?);
        headers.insert("x-timestamp", HeaderValue::try_from(time)?);
        headers.insert("x-signature", HeaderValue::try_from(signature)?);
        Ok(())
    }
}

/// Returns bytes as lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
