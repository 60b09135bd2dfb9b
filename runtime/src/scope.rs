//! Where a client stands: the base URL and the path so far.

use std::fmt;
use std::sync::Arc;

use crate::client::Client;
use crate::encode::{InvalidArgument, Scalar};
use crate::endpoint::{Endpoint, Nest};
use crate::parts::RequestParts;
use crate::path::PathWriter;

/// A client and the path so far: what a generated client is made of, and what a nest hands on.
#[derive(Clone)]
pub struct Scope {
    client: Client,
    path: Option<Arc<ScopePath>>,
}

/// The path that nests have added.
pub(crate) struct ScopePath {
    /// Encoded: `/projects/proj_1`.
    path: String,
    /// With placeholders: `/projects/{project_id}`.
    template: String,
    /// The first argument that does not fit; it comes out of every call made in the scope.
    unfit: Option<InvalidArgument>,
}

impl ScopePath {
    pub(crate) fn template(&self) -> &str {
        &self.template
    }
}

impl Scope {
    /// The scope of the client itself.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client, path: None }
    }

    /// Begins a request of `endpoint`.
    #[must_use]
    pub fn parts(&self, endpoint: &'static Endpoint) -> RequestParts {
        let (path, unfit) = match &self.path {
            Some(scope) => (scope.path.as_str(), scope.unfit.as_ref()),
            None => ("", None),
        };
        let mut parts = RequestParts::begin(self.client.clone(), endpoint, path);
        parts.in_scope(self.path.clone(), unfit);
        parts
    }

    /// Begins a nested scope.
    #[must_use]
    pub fn nest(&self, nest: &'static Nest) -> NestParts {
        let mut path = String::new();
        if let Some(scope) = self.path.as_ref().filter(|_| !nest.template.is_empty()) {
            path.push_str(&scope.path);
        }
        let writer = PathWriter::begin(&mut path, nest.pieces, "");
        NestParts { scope: self.clone(), nest, path, writer, unfit: None }
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The filled-in path holds values; the template does not.
        write!(f, "{}", self.path.as_ref().map_or("/", |path| path.template()))
    }
}

/// A nested scope while its arguments are written.
pub struct NestParts {
    scope: Scope,
    nest: &'static Nest,
    path: String,
    writer: PathWriter,
    unfit: Option<InvalidArgument>,
}

// Nothing of a request or an answer is shown: a `Debug` ends up in logs.
impl std::fmt::Debug for NestParts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NestParts").field("template", &self.nest.template).finish_non_exhaustive()
    }
}

impl NestParts {
    /// Writes the next path segment.
    pub fn segment<T: Scalar + ?Sized>(nest: &mut Self, argument: &'static str, value: &T) {
        if let Err(unfit) = nest.writer.segment(&mut nest.path, nest.nest.pieces, "", argument, value) {
            nest.unfit.get_or_insert(unfit);
        }
    }

    /// The nested API in this scope.
    #[must_use]
    pub fn finish<A: FromScope>(nest: Self) -> A {
        let Scope { client, path: outer } = nest.scope;
        if nest.nest.template.is_empty() {
            return A::from_scope(Scope { client, path: outer });
        }
        let template = [outer.as_ref().map_or("", |outer| outer.template()), nest.nest.template].concat();
        let unfit = outer.as_ref().and_then(|outer| outer.unfit.clone()).or(nest.unfit);
        A::from_scope(Scope { client, path: Some(Arc::new(ScopePath { path: nest.path, template, unfit })) })
    }
}

/// What a `#[nest]` method may return: a generated client, or `Box<dyn X>` and `Arc<dyn X>` of an `#[api(dyn)]` trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no client that a nest could return",
    label = "expected a generated client (`XClient`), or `Box<dyn X>` or `Arc<dyn X>` of a trait with `#[api(dyn)]`"
)]
pub trait FromScope: Sized {
    /// The endpoints of the API.
    const ENDPOINTS: &'static [Endpoint];
    /// The APIs nested in it.
    const NESTS: &'static [Nest];

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

    /// The client in this scope, boxed.
    fn boxed(scope: Scope) -> Box<Self>;
    /// The client in this scope, shared.
    fn shared(scope: Scope) -> Arc<Self>;
}

impl<A: DynApi + ?Sized> FromScope for Box<A> {
    const ENDPOINTS: &'static [Endpoint] = A::ENDPOINTS;
    const NESTS: &'static [Nest] = A::NESTS;

    fn from_scope(scope: Scope) -> Self {
        A::boxed(scope)
    }
}

impl<A: DynApi + ?Sized> FromScope for Arc<A> {
    const ENDPOINTS: &'static [Endpoint] = A::ENDPOINTS;
    const NESTS: &'static [Nest] = A::NESTS;

    fn from_scope(scope: Scope) -> Self {
        A::shared(scope)
    }
}
