//! Signatures, which are made behind all layers.

use std::future::Future;
use std::pin::Pin;

use http::Request;

use super::AttemptContext;
use crate::body::Body;
use crate::error::BoxError;

/// Signs each request when all layers have seen it: HMAC, AWS SigV4. [`ClientBuilder::sign`](crate::ClientBuilder::sign) takes one.
///
/// ```
/// use declarest::{AttemptContext, Body, BoxError, Client, Secret, Sign};
/// # fn checksum(key: &str, bytes: &[u8]) -> u64 { bytes.iter().chain(key.as_bytes()).map(|byte| u64::from(*byte)).sum() }
///
/// struct Checksum(Secret);
///
/// impl Sign for Checksum {
///     async fn sign(&self, request: &mut http::Request<Body>, _: &AttemptContext) -> Result<(), BoxError> {
///         let bytes = request.body().as_bytes().ok_or("a streamed body cannot be signed")?;
///         let signature = checksum(self.0.expose(), bytes).into();
///         request.headers_mut().insert("x-signature", signature);
///         Ok(())
///     }
/// }
///
/// let client = Client::builder("https://api.example.com").sign(Checksum("key".into())).build()?;
/// # Ok::<(), declarest::Error>(())
/// ```
pub trait Sign: Send + Sync + 'static {
    /// Signs a request. It is called for each attempt, and for each redirect that is followed.
    ///
    /// # Errors
    /// Any error. The call then fails with [`ErrorKind::Layer`](crate::ErrorKind::Layer), *not sent*, and is not repeated by default.
    fn sign(
        &self,
        request: &mut Request<Body>,
        context: &AttemptContext,
    ) -> impl Future<Output = Result<(), BoxError>> + Send;
}

/// [`Sign`] without its type.
pub(crate) trait Signer: Send + Sync {
    fn sign_boxed<'a>(
        &'a self,
        request: &'a mut Request<Body>,
        context: &'a AttemptContext,
    ) -> Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send + 'a>>;
}

impl<S: Sign> Signer for S {
    fn sign_boxed<'a>(
        &'a self,
        request: &'a mut Request<Body>,
        context: &'a AttemptContext,
    ) -> Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send + 'a>> {
        Box::pin(self.sign(request, context))
    }
}
