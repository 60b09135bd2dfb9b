//! What is called: the endpoint, and where the client and its nests put it.

use std::sync::Arc;

use crate::endpoint::Endpoint;

/// The path that nests have added in front of an endpoint's.
#[derive(Debug)]
pub(crate) struct NestPath {
    /// Encoded: `/projects/proj_1`.
    pub(crate) path: String,
    /// With placeholders: `/projects/{project_id}`.
    pub(crate) template: String,
}

/// What a call, its response and its error say of where they belong.
#[derive(Debug, Clone)]
pub(crate) struct CallSite {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) nest: Option<Arc<NestPath>>,
}

impl CallSite {
    /// The site of what was never called: a fake's.
    pub(crate) const NONE: Self = Self { endpoint: &Endpoint::NEW, nest: None };

    /// Returns the path with its placeholders, such as `/projects/{project_id}/users`.
    pub(crate) fn template(&self) -> String {
        match &self.nest {
            Some(nest) => [&nest.template, self.endpoint.template].concat(),
            None => self.endpoint.template.to_owned(),
        }
    }
}
