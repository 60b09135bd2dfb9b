//! Completes the documentation of a method: its arguments, and what it sends.

use syn::ext::IdentExt;

use crate::model::{Argument, Auth, Endpoint, Method};
use crate::roles::{Body, Encoding};

/// The lines behind those that the author wrote, for the method at that place in the trait. A method without docs gets none,
/// so that `missing_docs` still speaks.
pub(super) fn of(method: &Method<'_>, index: usize) -> Option<Vec<String>> {
    let signature = method.signature();
    if signature.index != index || signature.docs.is_empty() {
        return None;
    }
    let arguments = match method {
        Method::Endpoint(endpoint) => &endpoint.arguments,
        Method::Nest(nest) => &nest.arguments,
    };
    let mut lines: Vec<String> = arguments.iter().filter_map(argument).collect();
    if !lines.is_empty() {
        lines.insert(0, String::new());
    }
    if let Method::Endpoint(endpoint) = method {
        lines.extend([String::new(), request(endpoint)]);
    }
    Some(lines)
}

/// One argument as an item of a list.
fn argument(argument: &Argument<'_>) -> Option<String> {
    let docs = argument.docs.replace('\n', "\n   ");
    (!docs.is_empty()).then(|| format!(" - `{}`: {docs}", argument.ident.unraw()))
}

/// `POST /keys` · JSON body · needs the client's credential
fn request(endpoint: &Endpoint<'_>) -> String {
    let path = &endpoint.template.path;
    let path = if path.is_empty() { String::new() } else { format!(" {path}") };
    let mut line = format!(" `{}{path}`", endpoint.verb);
    let credential = match &endpoint.settings.auth {
        Some(Auth::None) => Some("sends no credential"),
        Some(Auth::Bearer | Auth::Basic | Auth::ApiKey(_)) => Some("needs the client's credential"),
        Some(Auth::Client) | None => None,
    };
    for part in body(endpoint).into_iter().chain(credential) {
        line.push_str(" · ");
        line.push_str(part);
    }
    line
}

/// What is sent as content.
fn body(endpoint: &Endpoint<'_>) -> Option<&'static str> {
    let bodies = || endpoint.arguments.iter().filter_map(Argument::body);
    let is_there = bodies().next().is_some() || !endpoint.settings.fields.is_empty();
    let encoding = bodies().find_map(Body::encoding).or(endpoint.settings.encoding);
    let is_raw = bodies().any(|body| body.encoding().is_none());
    is_there.then_some(match encoding {
        _ if is_raw => "body",
        Some(Encoding::Form) => "form body",
        Some(Encoding::Multipart) => "multipart body",
        Some(Encoding::Json) | None => "JSON body",
    })
}
