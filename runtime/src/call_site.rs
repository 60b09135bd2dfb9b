//! The place of a call: its endpoint, and the path of the nests in front of it.

use std::sync::Arc;

use http::{HeaderMap, HeaderName};

use crate::endpoint::{AuthRule, Endpoint, Inherited};
use crate::secret::Secret;

/// The path that nests have added in front of an endpoint's.
#[derive(Debug)]
pub(crate) struct NestPath {
    /// Encoded: `/projects/proj_1`.
    pub(crate) path: String,
    /// With placeholders: `/projects/{project_id}`.
    pub(crate) template: String,
    /// What parents hand down, the nearest first.
    pub(crate) inherited: Vec<&'static Inherited>,
}

/// What an error says of a client.
#[derive(Clone)]
pub(crate) struct ClientSite {
    /// Host and path of the base URL: `api.openai.com/v1`.
    pub(crate) address: String,
    /// The vendor's own header for the id of a request.
    pub(crate) request_id_header: Option<HeaderName>,
    /// The credentials, which no text of a server may show.
    pub(crate) secrets: Vec<Secret>,
}

/// What a call, its response and its error say of where they belong.
#[derive(Clone)]
pub(crate) struct CallSite {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) nest: Option<Arc<NestPath>>,
    /// `None` for what was never called: a fake's.
    pub(crate) client: Option<Arc<ClientSite>>,
}

impl CallSite {
    /// The site of what was never called: a fake's.
    pub(crate) const NONE: Self = Self { endpoint: &Endpoint::NEW, nest: None, client: None };

    /// Returns what the parents of the API hand down, the nearest first.
    pub(crate) fn inherited(&self) -> &[&'static Inherited] {
        self.nest.as_ref().map_or(&[], |nest| &nest.inherited)
    }

    /// Returns an option of the endpoint, or that of the nearest parent that says it.
    pub(crate) fn option<T>(&self, own: Option<T>, of: fn(&Inherited) -> Option<T>) -> Option<T> {
        own.or_else(|| self.inherited().iter().find_map(|inherited| of(inherited)))
    }

    /// Returns which credential the endpoint takes, by itself or by the nearest parent that says it.
    pub(crate) fn auth(&self) -> AuthRule {
        let mut rule = self.endpoint.auth;
        for inherited in self.inherited() {
            if rule == AuthRule::Inherited {
                rule = inherited.auth;
            }
        }
        if rule == AuthRule::Inherited { AuthRule::Client } else { rule }
    }

    /// Returns the path with its placeholders, such as `/projects/{project_id}/users`.
    pub(crate) fn template(&self) -> String {
        match &self.nest {
            Some(nest) => [&nest.template, self.endpoint.template].concat(),
            None => self.endpoint.template.to_owned(),
        }
    }

    /// Returns the id that the server gave a request: in the vendor's header, `x-request-id` or `request-id`.
    pub(crate) fn request_id<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        let vendors = self.client.as_ref().and_then(|client| client.request_id_header.as_ref());
        let value = vendors.and_then(|name| headers.get(name));
        let value = value.or_else(|| headers.get("x-request-id")).or_else(|| headers.get("request-id"));
        value?.to_str().ok()
    }
}
