//! Metadata of endpoints, which `#[api]` writes as constants.

use std::num::NonZeroU32;
use std::time::Duration;

use crate::hook::Hooks;
use crate::style::ListStyle;

/// Defines a type that describes a declaration, and the plain struct that generated code makes it of: the type can grow without
/// breaking anyone, and a declaration says only what differs from the defaults.
macro_rules! described {
    (
        $(#[$meta:meta])*
        pub struct $name:ident from $declaration:ident {
            $($(#[$field_meta:meta])* pub $field:ident: $ty:ty = $default:expr,)*
        }
    ) => {
        $(#[$meta])*
        #[non_exhaustive]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $ty,)*
        }

        #[doc(hidden)]
        #[derive(Debug, Clone, Copy)]
        #[allow(missing_docs)]
        pub struct $declaration {
            $(pub $field: $ty,)*
        }

        impl $declaration {
            /// What a declaration that says nothing else means.
            pub const NEW: Self = Self { $($field: $default,)* };
        }

        impl $name {
            /// What was declared.
            #[doc(hidden)]
            #[must_use]
            pub const fn declared(declaration: $declaration) -> Self {
                Self { $($field: declaration.$field,)* }
            }
        }
    };
}

described! {
    /// One endpoint of an API, as it was declared.
    ///
    /// `XClient::ENDPOINTS` lists those of the trait `X`, in the order of the declaration; layers find the endpoint of a
    /// request in its extensions as `&'static Endpoint`.
    #[derive(Debug, Clone, Copy)]
    pub struct Endpoint from EndpointDeclaration {
        /// The trait: `AdminApiKeys`.
        pub api: &'static str = "",
        /// The method of the trait: `create`.
        pub name: &'static str = "",
        /// The HTTP method: `POST`.
        pub method: &'static str = "GET",
        /// The path with its placeholders, the API's prefix included: `/organization/admin_api_keys/{key_id}`.
        pub template: &'static str = "",
        /// The arguments in the order of the signature.
        pub parameters: &'static [Parameter] = &[],
        /// The declared return type.
        pub returns: &'static str = "",
        /// The doc comment, lines joined by `\n`.
        pub docs: &'static str = "",
        /// Whether the request may be repeated after it may have taken effect: by its HTTP method (RFC 9110, 9.2.2),
        /// declared `idempotent`, or sent with an idempotency key.
        pub idempotent: bool = false,
        #[doc(hidden)]
        pub pieces: &'static [&'static str] = &[],
        #[doc(hidden)]
        pub query: &'static str = "",
        #[doc(hidden)]
        pub headers: &'static [(&'static str, &'static str)] = &[],
        #[doc(hidden)]
        pub fields: &'static [(&'static str, &'static str)] = &[],
        #[doc(hidden)]
        pub encoding: Encoding = Encoding::Json,
        #[doc(hidden)]
        pub deadline: Option<Duration> = None,
        #[doc(hidden)]
        pub attempt_timeout: Option<Duration> = None,
        #[doc(hidden)]
        pub attempts: Option<NonZeroU32> = None,
        #[doc(hidden)]
        pub stall_timeout: Option<Duration> = None,
        #[doc(hidden)]
        pub body_limit: Option<usize> = None,
        #[doc(hidden)]
        pub item_limit: Option<usize> = None,
        #[doc(hidden)]
        pub idempotency_key: Option<&'static str> = None,
        /// Which credential it takes.
        pub auth: AuthRule = AuthRule::Inherited,
        #[doc(hidden)]
        pub redirects: Option<Redirects> = None,
        #[doc(hidden)]
        pub accept: Option<&'static str> = None,
        #[doc(hidden)]
        pub events: Option<EventRules> = None,
    }
}

impl Endpoint {
    /// An endpoint of which nothing is said.
    pub(crate) const NEW: Self = Self::declared(EndpointDeclaration::NEW);

    /// Returns whether making the same call again is safe. A key that is generated for one call does not protect the next.
    pub(crate) const fn is_repeatable(&self) -> bool {
        self.idempotent && self.idempotency_key.is_none()
    }
}

described! {
    /// One argument of an endpoint.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Parameter from ParameterDeclaration {
        /// The argument's name in the signature.
        pub name: &'static str = "",
        /// Its name on the wire; empty where it has none (a body, a flattened struct).
        pub wire: &'static str = "",
        /// What the value becomes.
        pub role: Role = Role::Extension,
        /// Its declared type.
        pub ty: &'static str = "",
        /// Whether the declared type is an `Option`.
        pub optional: bool = false,
        /// How a list is written, in a query or a form.
        pub lists: ListStyle = ListStyle::Repeat,
        /// The doc comment, lines joined by `\n`.
        pub docs: &'static str = "",
    }
}

/// How generated code makes it: one argument is as cheap for the compiler as it can be, since an API has thousands.
impl Parameter {
    #[doc(hidden)]
    #[must_use]
    pub const fn plain(name: &'static str, wire: &'static str, role: Role, ty: &'static str) -> Self {
        Self::declared(ParameterDeclaration { name, wire, role, ty, ..ParameterDeclaration::NEW })
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn or_none(mut self) -> Self {
        self.optional = true;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_docs(mut self, docs: &'static str) -> Self {
        self.docs = docs;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_lists(mut self, lists: ListStyle) -> Self {
        self.lists = lists;
        self
    }
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

described! {
    /// A nested API: a method marked `#[nest]`.
    #[derive(Debug, Clone, Copy)]
    pub struct Nest from NestDeclaration {
        /// The trait that declares it.
        pub api: &'static str = "",
        /// The method of the trait.
        pub name: &'static str = "",
        /// What it adds to the path, with placeholders, the prefix of its API included; may be empty.
        pub template: &'static str = "",
        /// The arguments that the template binds.
        pub parameters: &'static [Parameter] = &[],
        /// The doc comment.
        pub docs: &'static str = "",
        #[doc(hidden)]
        pub pieces: &'static [&'static str] = &[],
        /// The endpoints of the nested API; a function, so that APIs may nest in a cycle.
        pub endpoints: fn() -> &'static [Endpoint] = || &[],
        /// The nests of the nested API.
        pub nests: fn() -> &'static [Nest] = || &[],
        /// What the types of its endpoints can do, in their order; empty without the feature `verify`.
        #[doc(hidden)]
        pub hooks: fn() -> Vec<Hooks> = Vec::new,
        /// What the parent hands down to the endpoints of the nested API.
        pub hands_down: Option<&'static Inherited> = None,
    }
}

described! {
    /// What an API hands down to the APIs that it nests: the settings of its `#[api(…)]` that say how requests are sent. What a
    /// nested API or its endpoint says itself wins, and so does what a nearer parent says.
    ///
    /// `lists`, `objects` and `idempotency_key` are not handed down: they would change what the nested API declares.
    #[derive(Debug, Clone, Copy)]
    pub struct Inherited from InheritedDeclaration {
        /// Constant headers.
        pub headers: &'static [(&'static str, &'static str)] = &[],
        /// The `Accept` header.
        pub accept: Option<&'static str> = None,
        /// The time limit of a call.
        pub deadline: Option<Duration> = None,
        /// The time limit of an attempt.
        pub attempt_timeout: Option<Duration> = None,
        /// How often a call is tried in all.
        pub attempts: Option<NonZeroU32> = None,
        /// How long a streamed body may stay silent.
        pub stall_timeout: Option<Duration> = None,
        /// The largest body of a response, in bytes.
        pub body_limit: Option<usize> = None,
        /// The largest event or line of a stream, in bytes.
        pub item_limit: Option<usize> = None,
        /// Which redirects are followed.
        pub redirects: Option<Redirects> = None,
        /// Which credential the endpoints take.
        pub auth: AuthRule = AuthRule::Inherited,
    }
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

/// Which credential an endpoint takes: `auth = …` of its declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthRule {
    /// Not said: that of a nest's parent, or else the client's.
    Inherited,
    /// The client's, whatever it is.
    Client,
    /// None is sent.
    None,
    /// A bearer token is required.
    Bearer,
    /// A user name and password are required.
    Basic,
    /// One that is sent under this name, in a header or in the query.
    ApiKey(&'static str),
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
