//! The credentials that an operation needs.

use serde_json::Value;

use super::{Reader, text};
use crate::document::Version;
use crate::model::Scheme;

impl<'d> Reader<'d> {
    /// The operation's own requirements, or those of the document.
    pub(super) fn security(&self, operation: &'d Value) -> Option<Vec<Vec<Scheme<'d>>>> {
        let root = self.document.root();
        let alternatives = operation.get("security").or_else(|| root.get("security"))?.as_array()?;
        let schemes = |alternative: &'d Value| {
            let names = alternative.as_object().into_iter().flatten();
            names.map(|(name, _)| self.scheme(name)).collect()
        };
        Some(alternatives.iter().map(schemes).collect())
    }

    fn scheme(&self, name: &'d str) -> Scheme<'d> {
        let root = self.document.root();
        let schemes = match self.document.version() {
            Version::V20 => root.get("securityDefinitions"),
            _ => root.get("components").and_then(|components| components.get("securitySchemes")),
        };
        let Some(found) = schemes.and_then(|schemes| schemes.get(name)) else { return Scheme::Other(name) };
        let (Some(scheme), _) = super::follow(self.document, found, "") else { return Scheme::Other(name) };
        match (text(scheme, "type"), text(scheme, "in")) {
            ("oauth2" | "openIdConnect", _) => Scheme::Bearer,
            ("basic", _) => Scheme::Basic,
            ("http", _) if text(scheme, "scheme").eq_ignore_ascii_case("bearer") => Scheme::Bearer,
            ("http", _) if text(scheme, "scheme").eq_ignore_ascii_case("basic") => Scheme::Basic,
            ("apiKey", "header") => Scheme::Header(text(scheme, "name")),
            ("apiKey", "query") => Scheme::Query(text(scheme, "name")),
            ("apiKey", "cookie") => Scheme::Cookie(text(scheme, "name")),
            _ => Scheme::Other(name),
        }
    }
}
