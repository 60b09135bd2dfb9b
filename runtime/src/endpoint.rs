//! Metadata of endpoints, which `#[api]` writes as constants.

use std::num::NonZeroU32;
use std::time::Duration;

/// One endpoint of an API, as declared.
///
/// `XClient::ENDPOINTS` lists the endpoints of the trait `X` in the order of the declaration. A layer finds the endpoint of a
/// request in its extensions, as `&'static Endpoint`.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint {
    /// The trait: `AdminApiKeys`.
    pub api: &'static str,
    /// The method of the trait: `create`.
    pub name: &'static str,
    /// The HTTP method: `POST`.
    pub method: &'static str,
    /// The path with its placeholders, the API's prefix included: `/organization/admin_api_keys/{key_id}`.
    pub template: &'static str,
    /// The arguments in the order of the signature.
    pub parameters: &'static [Parameter],
    /// The declared return type.
    pub returns: &'static str,
    /// The doc comment, lines joined by `\n`.
    pub docs: &'static str,
    /// Whether the request may be repeated after it may have taken effect: its HTTP method is idempotent (RFC 9110, 9.2.2), it is
    /// declared `idempotent`, or it is sent with an idempotency key.
    pub idempotent: bool,
    #[doc(hidden)]
    pub pieces: &'static [&'static str],
    #[doc(hidden)]
    pub query: &'static str,
    #[doc(hidden)]
    pub headers: &'static [(&'static str, &'static str)],
    #[doc(hidden)]
    pub fields: &'static [(&'static str, &'static str)],
    #[doc(hidden)]
    pub encoding: Encoding,
    #[doc(hidden)]
    pub deadline: Option<Duration>,
    #[doc(hidden)]
    pub attempt_timeout: Option<Duration>,
    #[doc(hidden)]
    pub attempts: Option<NonZeroU32>,
    #[doc(hidden)]
    pub stall_timeout: Option<Duration>,
    #[doc(hidden)]
    pub body_limit: Option<usize>,
    #[doc(hidden)]
    pub item_limit: Option<usize>,
    #[doc(hidden)]
    pub idempotency_key: Option<&'static str>,
    #[doc(hidden)]
    pub auth: AuthRule,
    #[doc(hidden)]
    pub redirects: Option<Redirects>,
    #[doc(hidden)]
    pub accept: Option<&'static str>,
    #[doc(hidden)]
    pub events: Option<EventRules>,
}

impl Endpoint {
    /// An endpoint without settings, which a declaration starts from.
    #[doc(hidden)]
    pub const NEW: Self = Self {
        api: "",
        name: "",
        method: "GET",
        template: "",
        parameters: &[],
        returns: "",
        docs: "",
        idempotent: false,
        pieces: &[],
        query: "",
        headers: &[],
        fields: &[],
        encoding: Encoding::Json,
        deadline: None,
        attempt_timeout: None,
        attempts: None,
        stall_timeout: None,
        body_limit: None,
        item_limit: None,
        idempotency_key: None,
        auth: AuthRule::Client,
        redirects: None,
        accept: None,
        events: None,
    };

    /// Returns whether making the same call again is safe. A key that is generated for one call does not protect the next.
    pub(crate) const fn is_repeatable(&self) -> bool {
        self.idempotent && self.idempotency_key.is_none()
    }
}

/// One argument of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// The argument's name in the signature.
    pub name: &'static str,
    /// Its name on the wire; empty where it has none (a body, a flattened struct).
    pub wire: &'static str,
    /// What the value becomes.
    pub role: Role,
    /// Its declared type.
    pub ty: &'static str,
    /// Whether the declared type is an `Option`.
    pub optional: bool,
}

/// What the value of an argument becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Role {
    /// A path segment.
    Segment,
    /// Several path segments.
    Rest,
    /// The pairs of one name in the query.
    Query,
    /// A name without `=` in the query.
    QueryFlag,
    /// One name in the query, its value as JSON.
    QueryJson,
    /// A struct or map spread into the query.
    QueryFlatten,
    /// A header.
    Header,
    /// A map of headers.
    HeaderFlatten,
    /// A cookie.
    Cookie,
    /// The whole body, as JSON.
    Json,
    /// The whole body, as a form.
    Form,
    /// The whole body, as its type encodes it.
    Body,
    /// One member of a JSON body or of a form.
    Field,
    /// One part of a multipart body.
    Part,
    /// A struct spread into parts of a multipart body.
    PartFlatten,
    /// The whole URL.
    Url,
    /// A value for the layers; not sent.
    Extension,
}

/// A nested API: a method marked `#[nest]`.
#[derive(Debug, Clone, Copy)]
pub struct Nest {
    /// The trait that declares it.
    pub api: &'static str,
    /// The method of the trait.
    pub name: &'static str,
    /// The path that it adds, with placeholders and the prefix of its API; may be empty.
    pub template: &'static str,
    /// The arguments that the template binds.
    pub parameters: &'static [Parameter],
    /// The doc comment.
    pub docs: &'static str,
    #[doc(hidden)]
    pub pieces: &'static [&'static str],
    /// Returns the endpoints of the nested API. A function, so that APIs may nest in a cycle.
    pub endpoints: fn() -> &'static [Endpoint],
    /// Returns the nests of the nested API.
    pub nests: fn() -> &'static [Nest],
}

/// The encoding of a body that is made of single members and constants.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Json,
    Form,
    Multipart,
}

/// Which redirects of GET and HEAD are followed: at most ten, within one attempt. `Referer` is never sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Redirects {
    /// None: a redirect is an error of the kind [`Redirect`](crate::ErrorKind::Redirect). The default.
    #[default]
    Refuse,
    /// Those that stay at the same scheme, host and port.
    SameOrigin,
    /// Those to other origins, too, for downloads. Another origin gets `Accept`, `Accept-Encoding`, `Range` and `User-Agent`, and
    /// no other header or credential. A redirect from https to http is refused.
    Downloads,
}

/// Which credential an endpoint takes.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthRule {
    /// Any credential of the client.
    Client,
    /// None is sent.
    None,
    /// A bearer token is required.
    Bearer,
    /// A user name and password are required.
    Basic,
}

/// Rules of a vendor's stream of events beyond the standard.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventRules {
    /// The data of the event that ends the stream.
    pub end: Option<&'static str>,
    /// The type of the event that carries an error.
    pub error_event: Option<&'static str>,
    /// The member of the data, a JSON object, whose presence makes the event an error.
    pub error_member: Option<&'static str>,
    /// The response may have another media type than `text/event-stream`.
    pub any_media_type: bool,
}

impl EventRules {
    /// The rules of the standard alone.
    #[doc(hidden)]
    pub const NEW: Self = Self { end: None, error_event: None, error_member: None, any_media_type: false };
}
