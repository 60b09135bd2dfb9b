//! A checked declaration: only what is valid can be written down here.

use proc_macro2::TokenStream;
use syn::{Attribute, Generics, Ident, ItemTrait, Token, TraitItemFn, Type};

use crate::conditions::Condition;
use crate::roles::{Body, Encoding, Kind, Row};
use crate::template::Template;

/// What is known of an API even if one of its methods is wrong.
pub(crate) struct Frame<'a> {
    /// The trait, without our attributes.
    pub(crate) item: &'a ItemTrait,
    /// The generics of the client.
    pub(crate) generics: Generics,
    /// The name of the client.
    pub(crate) client: Ident,
    /// The path to the runtime, or its name in `import`.
    pub(crate) runtime: TokenStream,
    /// `crate = "…"`: brings the runtime in under a name of its own, so that a wrong path is one mistake.
    pub(crate) import: Option<TokenStream>,
    /// `base = "…"`
    pub(crate) base: Option<String>,
    /// `dyn`
    pub(crate) dynamic: bool,
    /// `partial_fakes`
    pub(crate) partial_fakes: bool,
}

/// A method that the macro implements.
pub(crate) enum Method<'a> {
    /// It describes a call.
    Endpoint(Box<Endpoint<'a>>),
    /// It leads to another API.
    Nest(Box<Nest<'a>>),
}

impl<'a> Method<'a> {
    /// What endpoints and nests have in common.
    pub(crate) fn signature(&self) -> &Signature<'a> {
        match self {
            Self::Endpoint(endpoint) => &endpoint.signature,
            Self::Nest(nest) => &nest.signature,
        }
    }
}

/// What endpoints and nests have in common.
pub(crate) struct Signature<'a> {
    /// The method.
    pub(crate) function: &'a TraitItemFn,
    /// The receiver, as it was written: `self` is hygienic.
    pub(crate) receiver: Token![self],
    /// Its place in the trait.
    pub(crate) index: usize,
    /// The `#[cfg]`s of the method.
    pub(crate) cfgs: Vec<&'a Attribute>,
    /// The doc comment.
    pub(crate) docs: String,
}

/// One endpoint.
pub(crate) struct Endpoint<'a> {
    /// The method.
    pub(crate) signature: Signature<'a>,
    /// The HTTP method.
    pub(crate) verb: String,
    /// The path, the API's prefix included; empty when an argument is the URL.
    pub(crate) template: Template,
    /// The arguments in the order of the signature.
    pub(crate) arguments: Vec<Argument<'a>>,
    /// What the method returns.
    pub(crate) returns: Returns<'a>,
    /// What the declaration says apart from the arguments.
    pub(crate) settings: Settings,
    /// `#[body(content_type = "…")]`, under the `#[cfg]`s of its argument.
    pub(crate) content_types: Vec<ContentType<'a>>,
}

/// The media type of a body.
pub(crate) struct ContentType<'a> {
    /// The `#[cfg]`s of the argument.
    pub(crate) cfgs: Vec<&'a Attribute>,
    /// The media type.
    pub(crate) value: String,
}

/// One nested API.
pub(crate) struct Nest<'a> {
    /// The method.
    pub(crate) signature: Signature<'a>,
    /// What it adds to the path.
    pub(crate) template: Template,
    /// The arguments in the order of the signature.
    pub(crate) arguments: Vec<Argument<'a>>,
    /// The nested client.
    pub(crate) returns: &'a Type,
    /// What its API hands down.
    pub(crate) hands_down: Settings,
}

/// What a method returns.
#[derive(Clone, Copy)]
pub(crate) enum Returns<'a> {
    /// A type that is made from a described call.
    Described(&'a Type),
    /// The output of an `async fn`.
    Async(&'a Type),
    /// The output of an `impl Future`.
    Future(&'a Type),
}

impl<'a> Returns<'a> {
    /// The type that is written in the signature, or that comes out of the future.
    pub(crate) fn ty(self) -> &'a Type {
        match self {
            Self::Described(ty) | Self::Async(ty) | Self::Future(ty) => ty,
        }
    }
}

/// One argument.
pub(crate) struct Argument<'a> {
    /// Its name.
    pub(crate) ident: &'a Ident,
    /// Its declared type.
    pub(crate) ty: &'a Type,
    /// Its `#[cfg]`s.
    pub(crate) cfgs: Vec<&'a Attribute>,
    /// What it becomes.
    pub(crate) role: Role,
    /// Its doc comment.
    pub(crate) docs: &'a str,
}

impl Argument<'_> {
    /// When it is there.
    pub(crate) fn condition(&self) -> Condition {
        Condition::of(self.cfgs.iter().copied())
    }

    /// How it takes part in the body, if it does.
    pub(crate) fn body(&self) -> Option<Body> {
        self.role.row().body
    }
}

/// What the value of an argument becomes.
#[derive(Debug, Clone)]
pub(crate) struct Role {
    /// Which row of the table of roles.
    pub(crate) kind: Kind,
    /// The name of a placeholder, or the name on the wire; headers in lower case. Empty if the value brings its own.
    pub(crate) wire: String,
    /// Which placeholder of the path it fills; `None` also if the path has none of that name, which is reported.
    pub(crate) place: Option<usize>,
    /// How lists and objects are written.
    pub(crate) style: Nested,
    /// The media type of a part.
    pub(crate) content_type: Option<String>,
    /// The file name of a part.
    pub(crate) file_name: Option<String>,
    /// The keys without a value that change how it is written, in the order of its row.
    pub(crate) variants: Vec<&'static str>,
}

impl Role {
    /// A role of which nothing more is said.
    pub(crate) fn new(kind: Kind, wire: impl Into<String>) -> Self {
        Self {
            kind,
            wire: wire.into(),
            place: None,
            style: Nested::default(),
            content_type: None,
            file_name: None,
            variants: Vec::new(),
        }
    }

    /// Its row in the table of roles.
    pub(crate) fn row(&self) -> &'static Row {
        self.kind.row()
    }

    /// The function of the runtime that writes it.
    pub(crate) fn writer(&self) -> String {
        let variants = self.variants.iter().flat_map(|variant| ["_", variant]);
        std::iter::once(self.row().writer).chain(variants).collect()
    }

    /// The name of the placeholder that it fills.
    pub(crate) fn placeholder(&self) -> Option<&str> {
        matches!(self.kind, Kind::Segment | Kind::Rest).then_some(&self.wire)
    }
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Lists {
    #[default]
    Repeat,
    Comma,
    Space,
    Pipe,
    Brackets,
    Indices,
}

/// How a member of an object is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Objects {
    #[default]
    Brackets,
    Dots,
}

/// Both at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Nested {
    pub(crate) lists: Lists,
    pub(crate) objects: Objects,
}

/// Which credential is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Auth {
    Client,
    None,
    Bearer,
    Basic,
    /// The name of the header or of the query in which it is sent.
    ApiKey(String),
}

impl Auth {
    /// Whether the client's credential is the header `Authorization`.
    pub(crate) fn owns_authorization(&self) -> bool {
        match self {
            Self::Client | Self::Bearer | Self::Basic => true,
            Self::None => false,
            Self::ApiKey(name) => name.eq_ignore_ascii_case("authorization"),
        }
    }
}

/// Which redirects are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Redirects {
    None,
    SameOrigin,
    Downloads,
}

/// `events(…)`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Events {
    /// The data of the event that ends the stream.
    pub(crate) end: Option<String>,
    /// The type of the event that carries an error.
    pub(crate) error_event: Option<String>,
    /// The member of the data that makes an event an error.
    pub(crate) error_member: Option<String>,
    pub(crate) any_media_type: bool,
}

/// What an endpoint says apart from its arguments; what an API says for all of its endpoints.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Settings {
    pub(crate) idempotent: bool,
    pub(crate) idempotency_key: Option<String>,
    /// In milliseconds.
    pub(crate) deadline: Option<u64>,
    /// In milliseconds.
    pub(crate) attempt_timeout: Option<u64>,
    pub(crate) attempts: Option<u32>,
    /// In milliseconds.
    pub(crate) stall_timeout: Option<u64>,
    /// In bytes.
    pub(crate) body_limit: Option<u64>,
    /// In bytes.
    pub(crate) item_limit: Option<u64>,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    /// The value is JSON text.
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) encoding: Option<Encoding>,
    pub(crate) lists: Option<Lists>,
    pub(crate) objects: Option<Objects>,
    pub(crate) auth: Option<Auth>,
    pub(crate) redirects: Option<Redirects>,
    pub(crate) accept: Option<String>,
    pub(crate) events: Option<Events>,
    /// A GET or HEAD takes content.
    pub(crate) allow_body: bool,
}

impl Settings {
    /// Takes from the API what the endpoint does not say: the nearest wins.
    pub(crate) fn under(self, api: &Self) -> Self {
        let mut headers = self.headers;
        let says_accept = headers.iter().any(|(name, _)| name == "accept");
        // `accept = "…"` is a header too.
        let said = |name: &str| {
            headers.iter().any(|(own, _)| own == name) || name == "accept" && self.accept.is_some()
        };
        let inherited = api.headers.iter().filter(|(name, _)| !said(name));
        let inherited: Vec<_> = inherited.cloned().collect();
        headers.extend(inherited);
        Self {
            headers,
            deadline: self.deadline.or(api.deadline),
            attempt_timeout: self.attempt_timeout.or(api.attempt_timeout),
            attempts: self.attempts.or(api.attempts),
            stall_timeout: self.stall_timeout.or(api.stall_timeout),
            body_limit: self.body_limit.or(api.body_limit),
            item_limit: self.item_limit.or(api.item_limit),
            lists: self.lists.or(api.lists),
            objects: self.objects.or(api.objects),
            auth: self.auth.or_else(|| api.auth.clone()),
            redirects: self.redirects.or(api.redirects),
            accept: self.accept.or(api.accept.clone().filter(|_| !says_accept)),
            ..self
        }
    }
}

/// Whether HTTP calls the method idempotent (RFC 9110, 9.2.2).
pub(crate) fn is_idempotent(verb: &str) -> bool {
    matches!(verb, "GET" | "HEAD" | "OPTIONS" | "PUT" | "DELETE" | "TRACE")
}
