//! A described request: URL, headers, body and options, each written once, in place.

use std::fmt;
use std::time::Duration;

use http::{Extensions, HeaderMap, HeaderName, HeaderValue, header};

use super::options::CallOptions;
use super::url::UrlWriter;
use crate::call_site::CallSite;
use crate::client::{Auth, Client};
use crate::encode::{
    self, BodyParts, HeaderArg, InvalidArgument, Pairs, QueryValue, Reason, Scalar, SegmentOptions, Segments,
};
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::style::NestedStyle;

/// A request as a method of an API describes it. Nothing has been sent.
///
/// `#[api]` generates the code that fills it. A type that implements [`Returns`](crate::Returns) receives one and makes a
/// [`Call`](crate::Call) of it.
// Boxed, because it is moved a few times before the call is polled, and stays in place while the call runs.
pub struct RequestParts(pub(crate) Box<RequestDraft>);

/// The parts of a request that a call describes.
pub(crate) struct RequestDraft {
    pub(crate) client: Client,
    pub(crate) site: CallSite,
    pub(crate) url: UrlWriter,
    pub(crate) headers: HeaderMap,
    pub(crate) body: BodyParts,
    /// What the body holds that no error may show, once it is closed.
    pub(crate) secrets: Vec<Secret>,
    pub(crate) extensions: Extensions,
    pub(crate) options: CallOptions,
    /// The first mistake; the call fails with it.
    failure: Option<Error>,
}

impl Clone for RequestDraft {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            site: self.site.clone(),
            url: self.url.clone(),
            headers: self.headers.clone(),
            body: self.body.clone(),
            secrets: self.secrets.clone(),
            extensions: self.extensions.clone(),
            options: self.options.clone(),
            failure: self.failure.as_ref().map(Error::copy),
        }
    }
}

impl RequestParts {
    pub(crate) fn begin(client: Client, site: CallSite) -> Self {
        let mut headers = HeaderMap::new();
        // From the farthest parent to the endpoint itself: the nearest wins.
        for parent in site.inherited().iter().rev() {
            set_constants(&mut headers, parent.accept.iter().map(|media| ("accept", *media)));
            set_constants(&mut headers, parent.headers.iter().copied());
        }
        if site.endpoint.accept.is_some() {
            headers.remove(header::ACCEPT);
        }
        set_constants(&mut headers, site.endpoint.headers.iter().copied());
        Self(Box::new(RequestDraft {
            url: UrlWriter::begin(client.base_url(), &site),
            client,
            site,
            headers,
            body: BodyParts::default(),
            secrets: Vec::new(),
            extensions: Extensions::new(),
            options: CallOptions::default(),
            failure: None,
        }))
    }

    /// Returns the client that the call goes through, for a type that makes other calls after this one.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.0.client
    }

    /// Returns the time limit of the whole call: its own, the endpoint's, or else the client's.
    #[must_use]
    pub fn deadline(&self) -> Duration {
        let site = &self.0.site;
        let declared = || site.option(site.endpoint.deadline, |parent| parent.deadline);
        let nearest = self.0.options.deadline.or_else(declared);
        nearest.unwrap_or(self.0.client.0.settings.deadline)
    }

    /// Returns the endpoint that is called.
    #[must_use]
    pub fn endpoint(&self) -> &'static Endpoint {
        self.0.site.endpoint
    }

    /// Copies the request, for the next page.
    pub(crate) fn copy(&self) -> Self {
        Self(self.0.clone())
    }

    /// Adds a pair to the query: an option of the call.
    pub(crate) fn add_query<T: QueryValue + ?Sized>(&mut self, name: &str, value: &T) {
        self.pairs(NestedStyle::default(), |pairs| pairs.pair(name, value));
    }

    /// Sets a header: an argument, or an option of the call. It replaces what a weaker source has set, and a credential of
    /// the call that has the same name.
    pub(crate) fn set_header<T: HeaderArg + ?Sized>(&mut self, name: &str, value: &T) {
        let set = encode::header::set(&mut self.0.headers, name, value);
        self.keep(set);
        let sent_as = |auth: &Auth| auth.credentials().any(|credential| credential.name == name);
        if self.0.options.auth.as_ref().is_some_and(sent_as) && self.0.headers.contains_key(name) {
            self.0.options.auth = self.0.options.auth.take().map(|auth| auth.without(name));
        }
    }

    /// Adds a cookie to the line that all cookies share; `None` adds nothing.
    pub(crate) fn add_cookie<T: HeaderArg + ?Sized>(&mut self, name: &str, value: &T) {
        let added = encode::header::add_cookie(&mut self.0.headers, name, value);
        self.keep(added);
    }

    /// Sends this bearer token: an option of the call. It replaces an `Authorization` header of the call.
    pub(crate) fn set_bearer(&mut self, token: Secret) {
        match Auth::bearer(token) {
            Ok(auth) => self.set_auth(auth),
            Err(error) => self.fail(error),
        }
    }

    /// Sends this credential: an option of the call. It replaces headers of the call of the same names.
    pub(crate) fn set_auth(&mut self, auth: Auth) {
        for credential in auth.credentials() {
            self.0.headers.remove(&credential.name);
        }
        self.0.options.auth = Some(auth);
    }

    /// Sends this idempotency key: an option of the call.
    pub(crate) fn set_idempotency_key(&mut self, key: &str) {
        match HeaderValue::from_str(key) {
            Ok(key) if !key.is_empty() => self.0.options.idempotency_key = Some(key),
            _ => self.fail(Error::new(
                ErrorKind::Argument,
                "the idempotency key is empty or has a character that a header value cannot hold",
            )),
        }
    }

    /// Writes the next path segment.
    pub(crate) fn write_segment<T: Scalar + ?Sized>(
        &mut self,
        options: SegmentOptions,
        argument: &'static str,
        value: &T,
    ) {
        let written = self.0.url.segment(&self.0.site, options, argument, value);
        self.keep(written);
    }

    /// Writes the segments of a `{rest..}` placeholder.
    pub(crate) fn write_rest<T: Segments + ?Sized>(
        &mut self,
        options: SegmentOptions,
        argument: &'static str,
        value: &T,
    ) {
        let written = self.0.url.rest(&self.0.site, options, argument, value);
        self.keep(written);
    }

    /// Writes pairs to the query.
    pub(crate) fn pairs<R>(&mut self, style: NestedStyle, write: impl FnOnce(&mut Pairs<'_>) -> R) -> R {
        let (result, invalid) = self.0.url.query(|text, has_query| {
            let mut pairs = Pairs::query(text, has_query, style);
            let result = write(&mut pairs);
            let has_query = pairs.any();
            ((result, pairs.finish()), has_query)
        });
        self.keep(invalid.map_or(Ok(()), Err));
        result
    }

    /// Makes the call fail with this error, unless it has one already.
    pub(crate) fn fail(&mut self, error: Error) {
        self.0.failure.get_or_insert(error);
    }

    /// Returns whether something does not fit.
    pub(crate) fn has_failed(&self) -> bool {
        self.0.failure.is_some()
    }

    /// Takes what did not fit, if anything.
    pub(crate) fn take_failure(&mut self) -> Option<Error> {
        self.0.failure.take()
    }

    /// Keeps the mistake of an argument.
    pub(crate) fn keep(&mut self, result: Result<(), InvalidArgument>) {
        if let Err(invalid) = result {
            self.fail(invalid.into());
        }
    }

    /// Keeps the mistake of the body.
    pub(crate) fn keep_body(&mut self, argument: &str, result: Result<(), Reason>) {
        self.keep(result.map_err(|reason| InvalidArgument::new(argument, reason)));
    }
}

/// Sets constant headers, which the macro has checked.
fn set_constants<'a>(headers: &mut HeaderMap, constants: impl Iterator<Item = (&'a str, &'a str)>) {
    for (name, value) in constants {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            headers.insert(name, value);
        }
    }
}

impl fmt::Debug for RequestParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL and the headers hold values, which are not shown.
        f.debug_struct("RequestParts")
            .field("method", &self.0.site.endpoint.method)
            .field("template", &self.0.site.template())
            .finish_non_exhaustive()
    }
}
