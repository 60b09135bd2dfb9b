//! A described call as the request that a mock expects.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, Method, Uri, header};

use super::content::Content;
use crate::call::Call;
use crate::call_builder::CallBuilder;
use crate::client::Client;
use crate::decode::Decode;
use crate::endpoint::{Endpoint, Role};
use crate::error::Error;
use crate::exchange::{Plan, ResponseExpectations};
use crate::pages::{Page, Pages};
use crate::request::RequestParts;
use crate::secret::Secret;

/// A description of a request: a [`Call`], a [`CallBuilder`] or [`Pages`], by value or by reference. Only this crate implements it.
pub trait Expect: Describe {
    /// What a response is read as.
    type Response;
}

/// How [`Expect`] gives its request.
pub trait Describe {
    /// Returns the request; `None` for a fake, or a call that has begun.
    fn describe(self) -> Option<Description>;
}

/// A described request, and what it expects of its response.
pub struct Description {
    pub(super) parts: RequestParts,
    expects: ResponseExpectations,
}

impl std::fmt::Debug for Description {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Description").field(&self.parts).finish()
    }
}

impl<T: Decode, E> Expect for Call<T, E> {
    type Response = T;
}

impl<T: Decode, E> Describe for Call<T, E> {
    fn describe(self) -> Option<Description> {
        (&self).describe()
    }
}

impl<T: Decode, E> Expect for &Call<T, E> {
    type Response = T;
}

impl<T: Decode, E> Describe for &Call<T, E> {
    fn describe(self) -> Option<Description> {
        let parts = self.described()?.copy();
        Some(Description { parts, expects: Call::<T, E>::expectations() })
    }
}

impl<T: Decode> Expect for CallBuilder<'_, T> {
    type Response = T;
}

impl<T: Decode> Describe for CallBuilder<'_, T> {
    fn describe(self) -> Option<Description> {
        self.call().describe()
    }
}

impl<P: Page, E: From<Error> + Send + 'static> Expect for Pages<P, E> {
    type Response = P;
}

impl<P: Page, E: From<Error> + Send + 'static> Describe for Pages<P, E> {
    fn describe(self) -> Option<Description> {
        (&self).describe()
    }
}

impl<P: Page, E: From<Error> + Send + 'static> Expect for &Pages<P, E> {
    type Response = P;
}

impl<P: Page, E: From<Error> + Send + 'static> Describe for &Pages<P, E> {
    fn describe(self) -> Option<Description> {
        self.first_call()?.describe()
    }
}

impl Description {
    /// Makes the description of another request of the same call: its next page.
    pub(super) fn with_parts(&self, parts: RequestParts) -> Self {
        Self { parts, expects: self.expects }
    }

    pub(super) fn client(&self) -> &Client {
        self.parts.client()
    }

    /// Returns the request that would be sent.
    ///
    /// # Errors
    /// What prevents it from being sent.
    pub(super) fn request(&self) -> Result<Request, String> {
        let draft = &self.parts.0;
        let endpoint = draft.site.endpoint;
        let multipart = draft.body.form_data(endpoint).map(|form| Content::of_parts(form.into_parts()));
        let is_key_given = draft.options.idempotency_key.is_some()
            || endpoint.idempotency_key.is_some_and(|name| draft.headers.contains_key(name));
        let plan = Plan::new(self.parts.copy(), self.expects)
            .map_err(|error| error.called(&draft.site).to_string())?;
        let mut headers = plan.draft.headers.clone();
        if let Some(name) = endpoint.idempotency_key.filter(|_| !is_key_given) {
            headers.remove(name);
        }
        if multipart.is_some() {
            headers.remove(header::CONTENT_TYPE);
        }
        let uri: Uri = plan.url().parse().map_err(|_| "its URL is not valid".to_owned())?;
        let content = multipart.unwrap_or_else(|| match plan.body.bytes() {
            Some(body) => Content::read(&plan.headers(), &Bytes::copy_from_slice(body)),
            None => Content::Stream,
        });
        let template = template(self.client(), endpoint, &draft.site.template(), &uri);
        let secrets = plan.secrets(&[]);
        Ok(Request { endpoint, method: plan.method, uri, template, headers, content, secrets })
    }
}

/// Returns the path with its placeholders, that of the base URL included.
fn template(client: &Client, endpoint: &Endpoint, template: &str, uri: &Uri) -> String {
    if endpoint.parameters.iter().any(|parameter| parameter.role == Role::Url) {
        return uri.path().to_owned();
    }
    let base = client.base_url().split_once("://").map_or("", |(_, base)| base);
    let path = base.find('/').and_then(|at| base.get(at..)).unwrap_or_default();
    [path, template].concat()
}

/// A request as it is expected.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) endpoint: &'static Endpoint,
    pub(super) method: Method,
    pub(super) uri: Uri,
    /// The path with its placeholders: `/v1/keys/{key_id}`.
    pub(super) template: String,
    /// Those that the call was described with: arguments, constants and options.
    pub(super) headers: HeaderMap,
    pub(super) content: Content,
    pub(super) secrets: Vec<Secret>,
}

/// What an expectation says of a request.
#[derive(Debug, Clone)]
pub(super) struct Expected {
    pub(super) endpoint: &'static Endpoint,
    /// `None` for any request of the endpoint.
    pub(super) request: Option<Request>,
    /// The names of pairs in the query that are not compared.
    pub(super) any_query: Vec<String>,
    /// Whether only the endpoint is compared.
    pub(super) any_arguments: bool,
}

impl Expected {
    pub(super) fn new(request: Request) -> Self {
        Self {
            endpoint: request.endpoint,
            request: Some(request),
            any_query: Vec::new(),
            any_arguments: false,
        }
    }

    pub(super) fn of_endpoint(endpoint: &'static Endpoint) -> Self {
        Self { endpoint, request: None, any_query: Vec::new(), any_arguments: true }
    }

    /// Returns the values of the path's placeholders in a path of the same shape.
    pub(super) fn path_arguments(request: &Request, path: &str) -> Option<Vec<(String, String)>> {
        let mut values = Vec::new();
        let (literal, mut template) = split_at_brace(&request.template);
        let mut rest = path.strip_prefix(literal)?;
        while let Some((name, behind)) = template.strip_prefix('{').and_then(|text| text.split_once('}')) {
            let (literal, next) = split_at_brace(behind);
            let end =
                if next.is_empty() { rest.len().checked_sub(literal.len())? } else { rest.find(literal)? };
            let (value, behind) = rest.split_at_checked(end)?;
            rest = behind.strip_prefix(literal)?;
            let (name, is_rest) = name.strip_suffix("..").map_or((name, false), |name| (name, true));
            if value.is_empty() || (value.contains('/') && !is_rest) {
                return None;
            }
            let decoded = percent_encoding::percent_decode_str(value).decode_utf8_lossy().into_owned();
            values.push((name.to_owned(), decoded));
            template = next;
        }
        rest.is_empty().then_some(values)
    }
}

/// Splits a template in front of its first placeholder.
fn split_at_brace(template: &str) -> (&str, &str) {
    template.split_at_checked(template.find('{').unwrap_or(template.len())).unwrap_or((template, ""))
}

/// Returns whether two endpoints are the same. Not by address: a constant may have several.
pub(super) fn is_same_endpoint(one: &Endpoint, other: &Endpoint) -> bool {
    let identity = |endpoint: &Endpoint| (endpoint.api, endpoint.name, endpoint.method, endpoint.template);
    identity(one) == identity(other)
}

/// Returns the name of the header in which an endpoint's idempotency key is sent.
pub(super) fn is_key_header(endpoint: &Endpoint, name: &HeaderName) -> bool {
    name.as_str() == endpoint.idempotency_key.unwrap_or("idempotency-key").to_ascii_lowercase()
}
