//! Changes to each request: headers from a function, and signatures.

use std::sync::Arc;

use http::Request;

use super::ClientBuilder;
use crate::body::Body;
use crate::error::BoxError;
use crate::transport::{AttemptContext, MapRequestLayer, Sign};

impl ClientBuilder {
    /// Changes each request before it is sent, for headers that are not known beforehand: the id of a trace, a time. It is a
    /// [`layer`](ClientBuilder::layer) that needs no types: called for each attempt and redirect, in the order of layers, without
    /// the credential.
    ///
    /// On its way to another origin, a request loses the headers that were added, unless [`ForOrigin`](crate::ForOrigin) says that
    /// they are meant for it. An error fails the call with [`ErrorKind::Layer`](crate::ErrorKind::Layer): nothing is sent, and the
    /// call is not repeated by default.
    ///
    /// ```
    /// # use declarest::Client;
    /// # fn trace_id() -> String { "00-1-1-01".to_owned() }
    /// Client::builder("https://api.example.com").map_request(|request, context| {
    ///     if context.is_own_origin {
    ///         request.headers_mut().insert("traceparent", trace_id().parse()?);
    ///     }
    ///     Ok(())
    /// });
    /// ```
    #[must_use]
    pub fn map_request<F>(self, map: F) -> Self
    where
        F: Fn(&mut Request<Body>, &AttemptContext) -> Result<(), BoxError> + Send + Sync + 'static,
    {
        self.layer(MapRequestLayer(Arc::new(map)))
    }

    /// Signs each request, behind all layers: nothing but the client's credential joins it afterwards. A second signer replaces the
    /// first, that of a derived client, too.
    ///
    /// A signature is a credential. A request to another origin keeps what it had before [`Sign::sign`], URL and headers, unless the
    /// signer inserts [`ForOrigin`](crate::ForOrigin) into its extensions; [`AttemptContext::is_own_origin`] tells where it
    /// goes. [`Call::to_curl`](crate::Call::to_curl) does not show signatures.
    ///
    /// A signer does not see the client's credential. An [`Auth::api_key_query`](crate::Auth::api_key_query) joins the query
    /// after it, so that a signature of the query does not cover the key. An `Authorization` that it sets replaces the
    /// client's.
    #[must_use]
    pub fn sign(mut self, signer: impl Sign) -> Self {
        self.settings.signer = Some(Arc::new(signer));
        self
    }
}
