//! Signs each request with AWS Signature Version 4, for services of AWS and those that took its scheme over.
//!
//! The content is signed too, so it must be bytes; only S3 takes a stream without a signature of its own. Credentials are fixed
//! here; a signer may as well fetch them, since `sign` is asynchronous.

use std::time::SystemTime;

use aws_lc_rs::{digest, hmac};
use declarest::{AttemptContext, Body, BoxError, ClientBuilder, Secret, Sign};
use http::{HeaderValue, Request, Uri, header};
use time::OffsetDateTime;
use time::macros::format_description;

use super::hmac::hex;

/// Signs requests for one service in one region.
pub struct SigV4<C> {
    /// The id of the access key.
    pub key_id: String,
    /// The secret access key.
    pub key: Secret,
    /// The token of temporary credentials.
    pub session_token: Option<Secret>,
    /// The region: `us-east-1`.
    pub region: String,
    /// The service: `execute-api`, `s3`.
    pub service: String,
    /// The time of a signature: `SystemTime::now`.
    pub clock: C,
}

/// Signs each request to the client's own origin.
pub fn with_sigv4<C>(client: ClientBuilder, signer: SigV4<C>) -> ClientBuilder
where
    C: Fn() -> SystemTime + Send + Sync + 'static,
{
    client.sign(signer)
}

impl<C: Fn() -> SystemTime + Send + Sync + 'static> Sign for SigV4<C> {
    async fn sign(&self, request: &mut Request<Body>, context: &AttemptContext) -> Result<(), BoxError> {
        if !context.is_own_origin {
            return Ok(());
        }
        let time = OffsetDateTime::from((self.clock)());
        let time = time.format(format_description!("[year][month][day]T[hour][minute][second]Z"))?;
        request.headers_mut().insert("x-amz-date", HeaderValue::try_from(&time)?);
        let content = match request.body().as_bytes() {
            Some(bytes) => sha256(bytes),
            // A file that is read while it is sent; https protects it.
            None if self.service == "s3" => "UNSIGNED-PAYLOAD".to_owned(),
            None => return Err("a streamed body cannot be signed".into()),
        };
        if self.service == "s3" {
            request.headers_mut().insert("x-amz-content-sha256", HeaderValue::try_from(&content)?);
        }
        if let Some(token) = &self.session_token {
            let mut token = HeaderValue::try_from(token.expose())?;
            token.set_sensitive(true);
            request.headers_mut().insert("x-amz-security-token", token);
        }
        let mut authorization = HeaderValue::try_from(self.authorization(request, &time, &content)?)?;
        authorization.set_sensitive(true);
        request.headers_mut().insert(header::AUTHORIZATION, authorization);
        Ok(())
    }
}

impl<C> SigV4<C> {
    fn authorization(&self, request: &Request<Body>, time: &str, content: &str) -> Result<String, BoxError> {
        let headers = signed_headers(request)?;
        let names = headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";");
        let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let canonical = [
            request.method().as_str(),
            &canonical_path(request.uri(), &self.service),
            &canonical_query(request.uri()),
            &lines,
            &names,
            content,
        ]
        .join("\n");
        let date = time.split('T').next().unwrap_or_default();
        let scope = format!("{date}/{}/{}/aws4_request", self.region, self.service);
        let text = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", sha256(canonical.as_bytes()));
        let mut key = format!("AWS4{}", self.key.expose()).into_bytes();
        for part in [date, &self.region, &self.service, "aws4_request", &text] {
            key = hmac(&key, part);
        }
        let (id, signature) = (&self.key_id, hex(&key));
        Ok(format!("AWS4-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={names}, Signature={signature}"))
    }
}

/// The headers that are signed, by name: those that no transport changes.
fn signed_headers(request: &Request<Body>) -> Result<Vec<(String, String)>, BoxError> {
    let host = request.uri().authority().ok_or("the URL has no host")?;
    let mut headers = vec![("host".to_owned(), host.to_string())];
    for (name, value) in request.headers() {
        if name.as_str().starts_with("x-amz-") || *name == header::CONTENT_TYPE {
            headers.push((name.to_string(), value.to_str()?.trim().to_owned()));
        }
    }
    headers.sort();
    Ok(headers)
}

/// The path, which every service but S3 encodes twice.
fn canonical_path(uri: &Uri, service: &str) -> String {
    let is_kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    match service {
        "s3" => uri.path().to_owned(),
        _ => uri
            .path()
            .bytes()
            .map(|byte| if is_kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect(),
    }
}

/// The pairs of the query, sorted.
fn canonical_query(uri: &Uri) -> String {
    let pairs = uri.query().into_iter().flat_map(|query| query.split('&')).filter(|pair| !pair.is_empty());
    let mut pairs: Vec<_> = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect();
    pairs.sort_unstable();
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

fn sha256(bytes: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, bytes).as_ref())
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec()
}
