//! Credentials of the kinds that a document asks for.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::document::Document;
use crate::model::{Operation, Scheme};
use crate::read::{flag, follow, text};

/// An expression for the credential of each operation that needs one.
#[derive(Debug)]
pub(super) struct Credentials<'d> {
    document: &'d Document,
    /// What most operations need.
    pub(super) client: Option<String>,
}

impl<'d> Credentials<'d> {
    pub(super) fn of<'o>(
        document: &'d Document,
        operations: impl Iterator<Item = &'o Operation<'o>>,
    ) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for needed in operations.filter_map(|operation| needed(document, operation).ok().flatten()) {
            *counts.entry(needed).or_default() += 1;
        }
        // Of two that are needed as often, the first by its text.
        let most = counts.into_iter().min_by_key(|(_, count)| std::cmp::Reverse(*count));
        Self { document, client: most.map(|(needed, _)| needed) }
    }

    /// The option of a call that needs another credential than the client has.
    pub(super) fn option(&self, operation: &Operation<'_>) -> Result<Option<String>, String> {
        let needed = needed(self.document, operation)?.filter(|needed| self.client.as_ref() != Some(needed));
        Ok(needed.map(|needed| format!(".auth({needed})")))
    }
}

/// The first alternative that can be given; `None` if the operation needs none.
fn needed(document: &Document, operation: &Operation<'_>) -> Result<Option<String>, String> {
    let alternatives = operation.security.as_deref().unwrap_or_default();
    if alternatives.iter().all(Vec::is_empty) {
        return Ok(has_authorization(document, operation).then(|| expression(&Scheme::Bearer)).flatten());
    }
    if alternatives.iter().any(Vec::is_empty) {
        return Ok(None);
    }
    let texts = alternatives.iter().map(|schemes| schemes.iter().map(expression).collect::<Option<Vec<_>>>());
    match texts.flatten().next().as_deref() {
        None => Err("the document asks for a credential that is not known here".to_owned()),
        Some([only]) => Ok(Some(only.clone())),
        Some(several) => Ok(Some(format!("declarest::Auth::all([{}])", several.join(", ")))),
    }
}

/// Whether the credential is described as a header, against OpenAPI 3, Parameter Object, `name`.
fn has_authorization(document: &Document, operation: &Operation<'_>) -> bool {
    let path = operation.pointer.rsplit_once('/').and_then(|(path, _)| document.get(path)?.get("parameters"));
    let all = [operation.members.get("parameters"), path].into_iter().flatten().filter_map(Value::as_array);
    let mut all = all.flatten().filter_map(|value| follow(document, value, "").0);
    all.any(|value| {
        text(value, "in") == "header"
            && text(value, "name").eq_ignore_ascii_case("authorization")
            && flag(value, "required")
    })
}

fn expression(scheme: &Scheme<'_>) -> Option<String> {
    Some(match scheme {
        Scheme::Bearer => "declarest::Auth::bearer(\"token\").unwrap()".to_owned(),
        Scheme::Basic => "declarest::Auth::basic(\"user\", \"password\").unwrap()".to_owned(),
        Scheme::Header(name) => format!("declarest::Auth::api_key_header({name:?}, \"key\").unwrap()"),
        Scheme::Query(name) => format!("declarest::Auth::api_key_query({name:?}, \"key\").unwrap()"),
        Scheme::Cookie(name) => {
            format!("declarest::Auth::api_key_header(\"Cookie\", {:?}).unwrap()", format!("{name}=key"))
        }
        Scheme::Other(_) => return None,
    })
}
