//! From a document to the model: tolerant, with a problem for each part that is left out.

mod body;
mod parameter;
mod security;

use serde_json::{Map, Value};

use crate::document::pointer::{child, item};
use crate::document::{Document, Problem, Version};
use crate::model::{Model, Operation};

/// The methods of a path, as a document writes them.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Reads all operations.
pub(crate) fn read(document: &Document) -> Model<'_> {
    let root = document.root();
    let mut reader = Reader { document, problems: document.problems().to_vec() };
    let operations = reader.operations();
    let info = root.get("info");
    let tags = root.get("tags").and_then(Value::as_array).into_iter().flatten();
    Model {
        title: info.map_or("", |info| text(info, "title")),
        servers: reader.servers(root),
        tags: tags.map(|tag| (text(tag, "name"), text(tag, "description"))).collect(),
        operations,
        problems: reader.problems,
    }
}

pub(crate) struct Reader<'d> {
    document: &'d Document,
    problems: Vec<Problem>,
}

impl<'d> Reader<'d> {
    fn problem(&mut self, pointer: impl Into<String>, message: impl Into<String>) {
        self.problems.push(Problem { pointer: pointer.into(), message: message.into() });
    }

    fn operations(&mut self) -> Vec<Operation<'d>> {
        let mut operations = Vec::new();
        let Some(paths) = self.document.root().get("paths") else { return operations };
        for (path, value, pointer) in self.members(paths, "/paths", "the paths") {
            if path.starts_with("x-") {
                continue;
            }
            let Some((item, at)) = self.follow(value, &pointer) else { continue };
            let Some(members) = item.as_object() else {
                self.problem(pointer, "the path is not an object: left out");
                continue;
            };
            if !path.starts_with('/') {
                self.problem(pointer.clone(), "the path does not begin with `/`: left out");
                continue;
            }
            for method in METHODS {
                if let Some(operation) = members.get(method) {
                    let pointer = child(&at, method);
                    operations.extend(self.operation(path, item, method, operation, pointer, &at));
                }
            }
        }
        operations
    }

    fn operation(
        &mut self,
        path: &'d str,
        item: &'d Value,
        method: &str,
        value: &'d Value,
        pointer: String,
        item_pointer: &str,
    ) -> Option<Operation<'d>> {
        let Some(members) = value.as_object() else {
            self.problem(pointer, "the operation is not an object: left out");
            return None;
        };
        let mut parameters = Vec::new();
        self.parameters(item, item_pointer, &mut parameters);
        self.parameters(value, &pointer, &mut parameters);
        let (body, parameters) = self.body(value, &pointer, parameters);
        let tags = value.get("tags").and_then(Value::as_array).into_iter().flatten();
        let own_servers =
            if value.get("servers").is_some() { self.servers(value) } else { self.servers(item) };
        Some(Operation {
            method: method.to_ascii_uppercase(),
            path,
            id: value.get("operationId").and_then(Value::as_str).filter(|id| !id.trim().is_empty()),
            tags: tags.filter_map(Value::as_str).collect(),
            summary: text(value, "summary"),
            docs: text(value, "description"),
            deprecated: flag(value, "deprecated"),
            parameters,
            body,
            responses: self.responses(value, &pointer),
            security: self.security(value),
            servers: if self.document.version() == Version::V20 { Vec::new() } else { own_servers },
            members,
            pointer,
        })
    }

    /// The members of an object, with their pointers.
    fn members(&mut self, value: &'d Value, pointer: &str, what: &str) -> Vec<(&'d str, &'d Value, String)> {
        match value {
            Value::Object(members) => {
                members.iter().map(|(name, value)| (name.as_str(), value, child(pointer, name))).collect()
            }
            Value::Null => Vec::new(),
            _ => {
                self.problem(pointer, format!("{what} are not an object: left out"));
                Vec::new()
            }
        }
    }

    /// The items of a list, with their pointers.
    fn items(&mut self, value: Option<&'d Value>, pointer: &str, what: &str) -> Vec<(&'d Value, String)> {
        match value {
            Some(Value::Array(items)) => {
                items.iter().enumerate().map(|(index, value)| (value, item(pointer, index))).collect()
            }
            None | Some(Value::Null) => Vec::new(),
            Some(_) => {
                self.problem(pointer, format!("{what} are not a list: left out"));
                Vec::new()
            }
        }
    }

    /// The value that a reference leads to, and where it stands; the value itself if it is not a reference.
    fn follow(&mut self, value: &'d Value, pointer: &str) -> Option<(&'d Value, String)> {
        let (found, at) = follow(self.document, value, pointer);
        if found.is_none() {
            let reference = text(value, "$ref");
            self.problem(pointer, format!("the reference `{reference}` leads nowhere: left out"));
        }
        found.map(|found| (found, at))
    }

    fn servers(&self, value: &Value) -> Vec<String> {
        if self.document.version() == Version::V20 {
            return swagger_server(value).into_iter().collect();
        }
        let servers = value.get("servers").and_then(Value::as_array).into_iter().flatten();
        servers.filter_map(server).collect()
    }
}

/// Follows references until something else stands there; `None` if they lead nowhere or in a circle.
pub(crate) fn follow<'d>(
    document: &'d Document,
    value: &'d Value,
    pointer: &str,
) -> (Option<&'d Value>, String) {
    let (mut value, mut at) = (value, pointer.to_owned());
    for _ in 0..32 {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return (Some(value), at) };
        let Some(next) = crate::document::pointer::of_reference(reference) else { return (None, at) };
        let Some(found) = document.get(&next) else { return (None, at) };
        (value, at) = (found, next);
    }
    (None, at)
}

/// A server's URL, its variables replaced by their defaults, without a slash at the end.
fn server(server: &Value) -> Option<String> {
    let mut url = server.get("url")?.as_str()?.to_owned();
    let variables = server.get("variables").and_then(Value::as_object);
    for (name, variable) in variables.into_iter().flatten() {
        let default = variable
            .get("default")
            .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        url = url.replace(&format!("{{{name}}}"), &default.unwrap_or_default());
    }
    Some(url.trim_end_matches('/').to_owned()).filter(|url| !url.is_empty())
}

fn swagger_server(root: &Value) -> Option<String> {
    let base = text(root, "basePath").trim_end_matches('/');
    let host = text(root, "host");
    if host.is_empty() {
        return Some(base.to_owned()).filter(|base| !base.is_empty());
    }
    let schemes = root.get("schemes").and_then(Value::as_array);
    let schemes: Vec<&str> = schemes.into_iter().flatten().filter_map(Value::as_str).collect();
    let scheme = if schemes.is_empty() || schemes.contains(&"https") { "https" } else { "http" };
    Some(format!("{scheme}://{host}{base}"))
}

/// The text of a member, empty if there is none.
pub(crate) fn text<'d>(value: &'d Value, name: &str) -> &'d str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Whether a member is `true`. Some documents write `"true"`.
pub(crate) fn flag(value: &Value, name: &str) -> bool {
    match value.get(name) {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(text)) => text == "true",
        _ => false,
    }
}

/// The members of an object, if it is one.
pub(crate) fn object(value: Option<&Value>) -> Option<&Map<String, Value>> {
    value.and_then(Value::as_object)
}
