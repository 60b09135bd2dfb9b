//! The scope of a generated client: the base URL, and the path of the nests so far.

use std::fmt;
use std::sync::Arc;

use super::RequestParts;
use crate::call_site::{CallSite, NestPath};
use crate::client::Client;
use crate::encode::{InvalidArgument, PathTemplate, PathWriter, Scalar, SegmentOptions, Segments};
use crate::endpoint::{Endpoint, Nest};
use crate::hook::Hooks;

/// A client and the path of its nests. A generated client holds one, and a nest passes one on.
#[derive(Clone)]
pub struct Scope {
    client: Client,
    path: Option<Arc<NestPath>>,
    /// The first invalid argument of a nest. Every call in the scope fails with it.
    invalid: Option<Arc<InvalidArgument>>,
}

impl Scope {
    /// Makes the scope of the client itself.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client, path: None, invalid: None }
    }

    /// Returns the client behind the scope.
    #[must_use]
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// Begins a request of `endpoint`.
    #[must_use]
    pub fn parts(&self, endpoint: &'static Endpoint) -> RequestParts {
        let site = CallSite { endpoint, nest: self.path.clone(), client: Some(self.client.0.site.clone()) };
        let mut parts = RequestParts::begin(self.client.clone(), site);
        if let Some(invalid) = &self.invalid {
            parts.fail(InvalidArgument::clone(invalid).into());
        }
        parts
    }

    /// Begins a nested scope.
    #[must_use]
    pub fn nest(&self, nest: &'static Nest) -> NestParts {
        let mut path = String::new();
        let goes_on = !nest.template.is_empty() || nest.hands_down.is_some();
        if let Some(outer) = self.path.as_ref().filter(|_| goes_on) {
            path.push_str(&outer.path);
        }
        let writer = PathWriter::begin(&mut path, template(nest));
        NestParts { scope: self.clone(), nest, path, writer }
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The filled-in path holds values; the template does not.
        f.write_str(self.path.as_ref().map_or("/", |path| &path.template))
    }
}

/// A nested scope while its arguments are written.
pub struct NestParts {
    scope: Scope,
    nest: &'static Nest,
    path: String,
    writer: PathWriter,
}

// `Debug` output ends up in logs, so it shows no value.
impl fmt::Debug for NestParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NestParts").field("template", &self.nest.template).finish_non_exhaustive()
    }
}

impl NestParts {
    /// Writes the next path segment.
    pub fn segment<T: Scalar + ?Sized>(&mut self, argument: &'static str, value: &T) {
        self.write(SegmentOptions::default(), argument, value);
    }

    /// Writes the next path segment, which is already encoded.
    pub fn segment_encoded<T: Scalar + ?Sized>(&mut self, argument: &'static str, value: &T) {
        self.write(SegmentOptions { encoded: true, ..SegmentOptions::default() }, argument, value);
    }

    /// Writes the segments of a `{rest..}` placeholder.
    pub fn rest<T: Segments + ?Sized>(&mut self, argument: &'static str, value: &T) {
        self.write_rest(SegmentOptions::default(), argument, value);
    }

    /// Writes the segments of a `{rest..}` placeholder; those within may be empty.
    pub fn rest_allow_empty<T: Segments + ?Sized>(&mut self, argument: &'static str, value: &T) {
        self.write_rest(SegmentOptions { encoded: false, allow_empty: true }, argument, value);
    }

    /// Writes the segments of a `{rest..}` placeholder, which are encoded already.
    pub fn rest_encoded<T: Segments + ?Sized>(&mut self, argument: &'static str, value: &T) {
        self.write_rest(SegmentOptions { encoded: true, allow_empty: false }, argument, value);
    }

    /// Writes the segments of a `{rest..}` placeholder, which are encoded already; those within may be empty.
    pub fn rest_encoded_allow_empty<T: Segments + ?Sized>(&mut self, argument: &'static str, value: &T) {
        self.write_rest(SegmentOptions { encoded: true, allow_empty: true }, argument, value);
    }

    fn write<T: Scalar + ?Sized>(&mut self, options: SegmentOptions, argument: &'static str, value: &T) {
        let written = self.writer.segment(&mut self.path, template(self.nest), options, argument, value);
        self.keep(written);
    }

    fn write_rest<T: Segments + ?Sized>(
        &mut self,
        options: SegmentOptions,
        argument: &'static str,
        value: &T,
    ) {
        let written = self.writer.rest(&mut self.path, template(self.nest), options, argument, value);
        self.keep(written);
    }

    fn keep(&mut self, written: Result<(), InvalidArgument>) {
        if let (Err(invalid), None) = (written, &self.scope.invalid) {
            self.scope.invalid = Some(Arc::new(invalid));
        }
    }

    /// Makes the nested API in this scope.
    #[must_use]
    pub fn finish<A: FromScope>(self) -> A {
        let Self { mut scope, nest, path, .. } = self;
        if !nest.template.is_empty() || nest.hands_down.is_some() {
            let outer = scope.path.as_deref();
            let template = [outer.map_or("", |outer| &outer.template), nest.template].concat();
            let farther = outer.into_iter().flat_map(|outer| outer.inherited.iter().copied());
            let inherited = nest.hands_down.into_iter().chain(farther).collect();
            scope.path = Some(Arc::new(NestPath { template, path, inherited }));
        }
        A::from_scope(scope)
    }
}

fn template(nest: &'static Nest) -> PathTemplate<'static> {
    PathTemplate { pieces: nest.pieces, query: "" }
}

/// An API as a type: what was declared, for code that works with any API. Each generated client implements it.
///
/// ```
/// use declarest::{Api, Call, api};
///
/// #[api]
/// trait Users {
///     #[get("/users/{id}")]
///     fn get(&self, id: &str) -> Call<String>;
/// }
///
/// fn templates<A: Api>() -> Vec<&'static str> {
///     A::ENDPOINTS.iter().map(|endpoint| endpoint.template).collect()
/// }
///
/// assert_eq!(templates::<UsersClient>(), ["/users/{id}"]);
/// ```
pub trait Api {
    /// The endpoints, in the order of the declaration.
    const ENDPOINTS: &'static [Endpoint];
    /// The nested APIs, in the order of the declaration.
    const NESTS: &'static [Nest];

    /// Returns what the types of the endpoints can do, in their order; empty without the feature `verify`.
    #[doc(hidden)]
    #[must_use]
    fn hooks() -> Vec<Hooks> {
        Vec::new()
    }
}

/// What a `#[nest]` method may return: a generated client, or `Box<dyn X>` and `Arc<dyn X>` of an `#[api(dyn)]` trait.
#[diagnostic::on_unimplemented(
    message = "a nest cannot return `{Self}`",
    label = "expected a generated client (`XClient`), or `Box<dyn X>` or `Arc<dyn X>` of a trait with `#[api(dyn)]`"
)]
pub trait FromScope: Api + Sized {
    /// The client in this scope.
    fn from_scope(scope: Scope) -> Self;
}

/// A trait that can be nested as `dyn`: `#[api(dyn)]` implements it for `dyn X`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be nested",
    label = "add `dyn` to the nested trait's attribute: `#[api(dyn)]`"
)]
pub trait DynApi {
    /// The endpoints of the API.
    const ENDPOINTS: &'static [Endpoint];
    /// The APIs nested in it.
    const NESTS: &'static [Nest];

    /// What the types of the endpoints can do.
    #[must_use]
    fn hooks() -> Vec<Hooks>;

    /// Makes the client in this scope, boxed.
    fn boxed(scope: Scope) -> Box<Self>;
    /// Makes the client in this scope, shared.
    fn shared(scope: Scope) -> Arc<Self>;
}

impl<A: DynApi + ?Sized> Api for Box<A> {
    const ENDPOINTS: &'static [Endpoint] = A::ENDPOINTS;
    const NESTS: &'static [Nest] = A::NESTS;

    fn hooks() -> Vec<Hooks> {
        A::hooks()
    }
}

impl<A: DynApi + ?Sized> FromScope for Box<A> {
    fn from_scope(scope: Scope) -> Self {
        A::boxed(scope)
    }
}

impl<A: DynApi + ?Sized> Api for Arc<A> {
    const ENDPOINTS: &'static [Endpoint] = A::ENDPOINTS;
    const NESTS: &'static [Nest] = A::NESTS;

    fn hooks() -> Vec<Hooks> {
        A::hooks()
    }
}

impl<A: DynApi + ?Sized> FromScope for Arc<A> {
    fn from_scope(scope: Scope) -> Self {
        A::shared(scope)
    }
}
