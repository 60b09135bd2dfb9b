//! What a document describes, whatever version it is written in.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::document::{Document, Problem};
use crate::schema::Node;

/// The operations of a document, and what could not be read.
#[derive(Debug, Default)]
pub(crate) struct Model<'d> {
    pub(crate) title: &'d str,
    pub(crate) servers: Vec<String>,
    pub(crate) tags: Vec<(&'d str, &'d str)>,
    pub(crate) operations: Vec<Operation<'d>>,
    pub(crate) problems: Vec<Problem>,
}

/// One method on one path.
#[derive(Debug, Clone)]
pub(crate) struct Operation<'d> {
    /// In capitals.
    pub(crate) method: String,
    pub(crate) path: &'d str,
    pub(crate) pointer: String,
    pub(crate) id: Option<&'d str>,
    pub(crate) tags: Vec<&'d str>,
    pub(crate) summary: &'d str,
    pub(crate) docs: &'d str,
    pub(crate) deprecated: bool,
    pub(crate) parameters: Vec<Parameter<'d>>,
    pub(crate) body: Option<Body<'d>>,
    pub(crate) responses: Vec<Response<'d>>,
    /// The alternatives; each names the schemes that are needed together. An empty list or an empty alternative means
    /// that no credential is needed; `None` that the document does not say.
    pub(crate) security: Option<Vec<Vec<Scheme<'d>>>>,
    /// Servers of its own.
    pub(crate) servers: Vec<String>,
    pub(crate) members: &'d Map<String, Value>,
}

/// How a credential is presented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scheme<'d> {
    /// A bearer token, also one of OAuth 2 or OpenID Connect.
    Bearer,
    Basic,
    Header(&'d str),
    Query(&'d str),
    Cookie(&'d str),
    /// One that the reader does not know, by its name in the document.
    Other(&'d str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// How a list or an object is written under a parameter's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Repeat,
    Comma,
    Space,
    Pipe,
    Tab,
    /// `name[member]=value`.
    DeepObject,
    /// JSON, or another media type.
    Content,
    /// `label`, `matrix`, and what the reader does not know.
    Other,
}

#[derive(Debug, Clone)]
pub(crate) struct Parameter<'d> {
    pub(crate) name: &'d str,
    pub(crate) place: Place,
    pub(crate) pointer: String,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) docs: &'d str,
    pub(crate) style: Style,
    pub(crate) schema: Node<'d>,
}

#[derive(Debug, Clone)]
pub(crate) struct Body<'d> {
    pub(crate) pointer: String,
    pub(crate) required: bool,
    pub(crate) contents: Vec<Content<'d>>,
}

/// A body in one media type.
#[derive(Debug, Clone)]
pub(crate) struct Content<'d> {
    pub(crate) media: &'d str,
    pub(crate) pointer: String,
    /// `None` where the document does not describe it.
    pub(crate) schema: Option<Node<'d>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Response<'d> {
    pub(crate) status: Status,
    pub(crate) pointer: String,
    pub(crate) contents: Vec<Content<'d>>,
    /// Names of the headers, as they are written.
    pub(crate) headers: Vec<&'d str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Code(u16),
    /// `2XX`: the hundreds.
    Range(u16),
    Default,
}

impl Status {
    /// Whether it says that the request has succeeded.
    pub(crate) fn is_success(self) -> bool {
        match self {
            Self::Code(code) => (200..300).contains(&code),
            Self::Range(hundreds) => hundreds == 2,
            Self::Default => false,
        }
    }

    pub(crate) fn is_error(self) -> bool {
        match self {
            Self::Code(code) => code >= 400,
            Self::Range(hundreds) => hundreds >= 4,
            Self::Default => true,
        }
    }
}

impl<'d> Operation<'d> {
    /// What is broken in its schemas, such as references that lead nowhere or in a circle.
    pub(crate) fn broken(&self, document: &'d Document, seen: &mut BTreeSet<String>) -> Vec<Problem> {
        let mut found = Vec::new();
        let parameters = self.parameters.iter().map(|parameter| &parameter.schema);
        let body = self.body.iter().flat_map(|body| &body.contents);
        let responses = self.responses.iter().flat_map(|response| &response.contents);
        let contents = body.chain(responses).filter_map(|content| content.schema.as_ref());
        for node in parameters.chain(contents) {
            node.broken(document, seen, &mut found);
        }
        found
    }
}

impl Operation<'_> {
    /// `GET /users/{id}`.
    pub(crate) fn title(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The responses that mean success. Where the document describes none, `default` is one.
    pub(crate) fn successes(&self) -> impl Iterator<Item = &Response<'_>> {
        let any = self.responses.iter().any(|response| response.status.is_success());
        let redirects = self
            .responses
            .iter()
            .any(|response| matches!(response.status, Status::Code(300..400) | Status::Range(3)));
        self.responses.iter().filter(move |response| {
            response.status.is_success() || (!any && !redirects && response.status == Status::Default)
        })
    }
}

impl Content<'_> {
    /// The media type without parameters, in small letters.
    pub(crate) fn essence(&self) -> String {
        essence(self.media)
    }
}

/// A media type without its parameters, in small letters.
pub(crate) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type is JSON.
pub(crate) fn is_json(media: &str) -> bool {
    let media = essence(media);
    media == "application/json" || media == "text/json" || media.ends_with("+json")
        // `application/json+sarif`, which is meant.
        || media.starts_with("application/json+")
        || media == "*/*" || media == "application/*"
}
