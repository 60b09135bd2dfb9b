//! A described request: path, query, headers and body, written once and in place.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{Extensions, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use crate::client::{Auth, BaseUrl, CallOptions, Client};
use crate::encode::{
    BodyParts, Encode, Flags, HeaderArg, HeaderArgs, InvalidArgument, ListStyle, NestedStyle, Pairs, Part,
    PartOptions, Query, QueryValue, Reason, Scalar, Segments, TargetUrl, Values, header,
};
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};
use crate::path::PathWriter;
use crate::scope::ScopePath;
use crate::secret::Secret;

/// A request as a method of an API describes it; nothing has been sent.
///
/// `#[api]` writes the code that fills it. Who implements [`Returns`](crate::Returns) gets one and makes a
/// [`Call`](crate::Call) of it.
pub struct RequestParts(pub(crate) Box<RequestDraft>);

/// In a box, since it is handed on a few times before the call is made, and stays where it is while the call runs.
pub(crate) struct RequestDraft {
    pub(crate) client: Client,
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) scope: Option<Arc<ScopePath>>,
    /// The whole URL: base, path, query.
    pub(crate) url: String,
    path: PathWriter,
    has_query: bool,
    pub(crate) headers: HeaderMap,
    pub(crate) body: BodyParts,
    pub(crate) extensions: Extensions,
    pub(crate) options: CallOptions,
    /// The first thing that does not fit; the call fails with it.
    failure: Option<Error>,
}

impl RequestDraft {
    /// Who calls, whether or not this call says it.
    pub(crate) fn auth(&self) -> &Auth {
        self.options.auth.as_ref().unwrap_or(&self.client.0.auth)
    }

    /// Whether all calls of the endpoint have this URL: no argument was written into it.
    pub(crate) fn has_constant_url(&self) -> bool {
        let Endpoint { pieces, query, .. } = self.endpoint;
        let query = if query.is_empty() { 0 } else { query.len() + 1 };
        match pieces {
            [path] => self.scope.is_none() && self.url.len() == self.client.base().len() + path.len() + query,
            _ => false,
        }
    }
}

impl Clone for RequestDraft {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            scope: self.scope.clone(),
            url: self.url.clone(),
            path: self.path.clone(),
            headers: self.headers.clone(),
            body: self.body.clone(),
            extensions: self.extensions.clone(),
            options: self.options.clone(),
            failure: self.failure.as_ref().map(Error::copy),
            ..*self
        }
    }
}

impl RequestParts {
    pub(crate) fn begin(client: Client, endpoint: &'static Endpoint, scope: &str) -> Self {
        let base = client.base();
        // One allocation for most URLs: the template's length stands for the values', the rest is for a query.
        let mut url = String::with_capacity(base.len() + scope.len() + endpoint.template.len() + 96);
        url.push_str(base);
        url.push_str(scope);
        let path = PathWriter::begin(&mut url, endpoint.pieces, endpoint.query);
        let mut parts = Box::new(RequestDraft {
            client,
            endpoint,
            scope: None,
            url,
            path,
            has_query: !endpoint.query.is_empty(),
            headers: HeaderMap::new(),
            body: BodyParts::default(),
            extensions: Extensions::new(),
            options: CallOptions::default(),
            failure: None,
        });
        for (name, value) in endpoint.headers {
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(*name), HeaderValue::try_from(*value)) {
                parts.headers.insert(name, value);
            }
        }
        Self(parts)
    }

    pub(crate) fn in_scope(&mut self, scope: Option<Arc<ScopePath>>, failure: Option<&InvalidArgument>) {
        self.0.scope = scope;
        self.keep(failure.map_or(Ok(()), |unfit| Err(unfit.clone())));
    }

    /// A call of a fake's that fails with [`ErrorKind::NotFaked`]; `name` is the trait's and the method's.
    #[doc(hidden)]
    #[must_use]
    pub fn not_faked(name: &'static str) -> Self {
        const NONE: &Endpoint = &Endpoint::NEW;
        let mut parts = Self::begin(Client::none(), NONE, "");
        parts.fail(Error::new(ErrorKind::NotFaked, format!("`{name}` has no body in this fake")));
        parts
    }

    /// Writes the next path segment.
    pub fn segment<T: Scalar + ?Sized>(parts: &mut Self, argument: &'static str, value: &T) {
        let Endpoint { pieces, query, .. } = parts.0.endpoint;
        let written = parts.0.path.segment(&mut parts.0.url, pieces, query, argument, value);
        parts.keep(written);
    }

    /// Writes the segments of a `{rest..}` placeholder.
    pub fn rest<T: Segments + ?Sized>(parts: &mut Self, argument: &'static str, value: &T) {
        let Endpoint { pieces, query, .. } = parts.0.endpoint;
        let written = parts.0.path.rest(&mut parts.0.url, pieces, query, argument, value);
        parts.keep(written);
    }

    /// Writes the pairs of one name.
    pub fn query<T: QueryValue + ?Sized>(parts: &mut Self, name: &'static str, lists: ListStyle, value: &T) {
        parts.pairs(NestedStyle::default(), |pairs| pairs.pair_as(name, lists, value));
    }

    /// Writes names without `=`.
    pub fn query_flag<T: QueryValue + ?Sized>(parts: &mut Self, value: &T) {
        parts.pairs(NestedStyle::default(), |pairs| value.write_values(&mut Values::new(&mut Flags(pairs))));
    }

    /// Writes the pairs of a struct that derives [`Query`].
    pub fn query_struct<T: Query + ?Sized>(parts: &mut Self, style: NestedStyle, value: &T) {
        parts.pairs(style, |pairs| value.write(pairs));
    }

    /// Writes the pairs of what serde makes of a struct or map.
    pub fn query_serialize<T: Serialize + ?Sized>(parts: &mut Self, style: NestedStyle, value: &T) {
        let written = parts.pairs(style, |pairs| pairs.serialize(value));
        parts.keep(written.map_err(|error| error.unfit("query")));
    }

    /// Sets a header; `None` leaves it as it was.
    pub fn header<T: HeaderArg + ?Sized>(parts: &mut Self, name: &'static str, value: &T) {
        let set = header::set(&mut parts.0.headers, name, value);
        parts.keep(set);
    }

    /// Sets several headers.
    pub fn headers<T: HeaderArgs + ?Sized>(parts: &mut Self, values: &T) {
        let mut all = Ok(());
        values.each(&mut |name, value| {
            let set = header::set(&mut parts.0.headers, name, value);
            all = std::mem::replace(&mut all, Ok(())).and(set);
        });
        parts.keep(all);
    }

    /// Makes a value the whole body, as JSON.
    pub fn json<T: Serialize + ?Sized>(parts: &mut Self, value: &T) {
        let written = parts.0.body.json(value);
        parts.keep_body("body", written);
    }

    /// Makes a value the whole body, as a form.
    pub fn form<T: Serialize + ?Sized>(parts: &mut Self, style: NestedStyle, value: &T) {
        let (written, unfit) = parts.0.body.form(style, |pairs| pairs.serialize(value));
        parts.keep(unfit.map_or(Ok(()), Err));
        parts.keep(written.map_err(|error| error.unfit("form")));
    }

    /// Makes a value the whole body, as its type encodes it.
    pub fn body<T: Encode>(parts: &mut Self, value: T) {
        if let Some(media) = value.content_type()
            && !parts.0.headers.contains_key(http::header::CONTENT_TYPE)
        {
            parts.0.headers.insert(http::header::CONTENT_TYPE, media);
        }
        match value.encode() {
            Ok(payload) => parts.0.body.payload(payload),
            Err(error) => parts.keep_body("body", Err(Reason::Shape(error.to_string()))),
        }
    }

    /// Adds a member to the JSON body; `None` adds nothing.
    pub fn field<T: Serialize + ?Sized>(parts: &mut Self, name: &'static str, value: &T) {
        let written = parts.0.body.field(name, value);
        parts.keep_body(name, written);
    }

    /// Adds the pairs of one name to the form.
    pub fn form_field<T: QueryValue + ?Sized>(
        parts: &mut Self,
        name: &'static str,
        lists: ListStyle,
        value: &T,
    ) {
        let ((), unfit) =
            parts.0.body.form(NestedStyle::default(), |pairs| pairs.pair_as(name, lists, value));
        parts.keep(unfit.map_or(Ok(()), Err));
    }

    /// Adds a part to the multipart body.
    pub fn part<T: Part>(parts: &mut Self, name: &'static str, options: PartOptions, value: T) {
        parts.0.body.part(name, options, value);
    }

    /// Adds a part of JSON to the multipart body.
    pub fn part_json<T: Serialize + ?Sized>(
        parts: &mut Self,
        name: &'static str,
        options: PartOptions,
        value: &T,
    ) {
        let written = parts.0.body.part_json(name, options, value);
        parts.keep_body(name, written);
    }

    /// Goes to this URL instead of the client's base.
    pub fn url<T: TargetUrl + ?Sized>(parts: &mut Self, value: &T) {
        let url = value.text();
        match BaseUrl::target(&url, parts.0.client.0.settings.allow_http) {
            Ok(()) => {
                // Query arguments may stand before the URL in the signature.
                let query = parts.0.url.find('?').map_or_else(String::new, |at| parts.0.url.split_off(at));
                parts.set_url(url);
                parts.append_query(&query);
            }
            Err(error) => parts.fail(error),
        }
    }

    /// Hands a value to the layers; it is not sent.
    pub fn extension<T: Clone + Send + Sync + 'static>(parts: &mut Self, value: T) {
        parts.0.extensions.insert(value);
    }

    /// The client that the call goes through; for a type that makes other calls after this one.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.0.client
    }

    /// The time limit of the whole call: the endpoint's, or else the client's.
    #[must_use]
    pub fn deadline(&self) -> Duration {
        let of_endpoint = self.0.options.deadline.or(self.0.endpoint.deadline);
        of_endpoint.unwrap_or(self.0.client.0.settings.deadline)
    }

    /// The endpoint that is called.
    #[must_use]
    pub fn endpoint(&self) -> &'static Endpoint {
        self.0.endpoint
    }

    /// The same request once more; for the next page.
    #[inline]
    pub(crate) fn copy(&self) -> Self {
        Self(self.0.clone())
    }

    /// Goes to another URL, which the caller has checked.
    #[inline]
    pub(crate) fn set_url(&mut self, url: String) {
        self.0.has_query = url.contains('?');
        self.0.url = url;
    }

    /// Begins the URL anew, for a path that is written last.
    #[inline]
    pub(crate) fn begin_path(&mut self) {
        let Endpoint { pieces, query, .. } = self.0.endpoint;
        self.0.url = self.0.client.base().to_owned();
        self.0.path = PathWriter::begin(&mut self.0.url, pieces, query);
        self.0.has_query = !query.is_empty();
    }

    /// Adds pairs that are written already, `?` in front.
    #[inline]
    pub(crate) fn append_query(&mut self, query: &str) {
        if let Some(pairs) = query.strip_prefix('?') {
            self.0.url.push(if self.0.has_query { '&' } else { '?' });
            self.0.url.push_str(pairs);
            self.0.has_query = true;
        }
    }

    /// Adds a pair; an option of one call.
    pub(crate) fn add_query<T: QueryValue + ?Sized>(&mut self, name: &str, value: &T) {
        self.pairs(NestedStyle::default(), |pairs| pairs.pair(name, value));
    }

    /// Sets a header; an option of one call.
    pub(crate) fn set_header<T: HeaderArg + ?Sized>(&mut self, name: &str, value: &T) {
        let set = header::set(&mut self.0.headers, name, value);
        self.keep(set);
    }

    /// Takes another bearer token; an option of one call.
    #[inline]
    pub(crate) fn set_bearer(&mut self, token: Secret) {
        match Auth::bearer(token) {
            Ok(auth) => self.0.options.auth = Some(auth),
            Err(error) => self.fail(error),
        }
    }

    /// Takes a key of the caller's; an option of one call.
    #[inline]
    pub(crate) fn set_idempotency_key(&mut self, key: &str) {
        match HeaderValue::from_str(key) {
            Ok(key) if !key.is_empty() => self.0.options.idempotency_key = Some(key),
            _ => {
                self.fail(Error::new(ErrorKind::Argument, "the idempotency key is empty or no header value"));
            }
        }
    }

    /// Makes the call fail with this, unless something failed before.
    pub(crate) fn fail(&mut self, error: Error) {
        self.0.failure.get_or_insert(error);
    }

    /// What did not fit, if anything.
    pub(crate) fn failure(&mut self) -> Option<Error> {
        self.0.failure.take()
    }

    pub(crate) fn pairs<R>(&mut self, style: NestedStyle, write: impl FnOnce(&mut Pairs<'_>) -> R) -> R {
        let mut pairs = Pairs::query(&mut self.0.url, self.0.has_query, style);
        let result = write(&mut pairs);
        self.0.has_query = pairs.any();
        let unfit = pairs.finish();
        self.keep(unfit.map_or(Ok(()), Err));
        result
    }

    fn keep(&mut self, result: Result<(), InvalidArgument>) {
        if let Err(unfit) = result {
            self.fail(Error::unfit(&unfit));
        }
    }

    pub(crate) fn keep_body(&mut self, argument: &str, result: Result<(), Reason>) {
        self.keep(result.map_err(|reason| InvalidArgument { argument: argument.to_owned(), reason }));
    }
}

impl fmt::Debug for RequestParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL and the headers hold values; what was declared does not.
        f.debug_struct("RequestParts")
            .field("method", &self.0.endpoint.method)
            .field("template", &self.0.endpoint.template)
            .field("scope", &self.0.scope.as_ref().map_or("", |scope| scope.template()))
            .finish_non_exhaustive()
    }
}
