//! Parameters: in the path, the query, headers and cookies.

use serde_json::Value;

use super::{Reader, flag, text};
use crate::document::Version;
use crate::document::pointer::child;
use crate::model::{Parameter, Place, Style};
use crate::schema::Node;

/// A parameter, or a part of the body as Swagger 2.0 writes it.
pub(super) enum Input<'d> {
    Parameter(Parameter<'d>),
    /// `in: body`.
    Body {
        value: &'d Value,
        pointer: String,
    },
    /// `in: formData`.
    Form {
        value: &'d Value,
        pointer: String,
    },
}

impl<'d> Reader<'d> {
    /// Adds the parameters of an operation or a path. One with the name and place of an earlier one replaces it.
    pub(super) fn parameters(&mut self, value: &'d Value, pointer: &str, all: &mut Vec<Input<'d>>) {
        let pointer = child(pointer, "parameters");
        for (value, pointer) in self.items(value.get("parameters"), &pointer, "the parameters") {
            let Some((value, pointer)) = self.follow(value, &pointer) else { continue };
            let Some(input) = self.input(value, pointer) else { continue };
            if let Input::Parameter(new) = &input {
                all.retain(|old| !matches!(old, Input::Parameter(old) if (old.name, old.place) == (new.name, new.place)));
            }
            all.push(input);
        }
    }

    fn input(&mut self, value: &'d Value, pointer: String) -> Option<Input<'d>> {
        let name = text(value, "name");
        let place = match text(value, "in") {
            "path" => Place::Path,
            "query" => Place::Query,
            "header" => Place::Header,
            "cookie" => Place::Cookie,
            "body" => return Some(Input::Body { value, pointer }),
            "formData" => return Some(Input::Form { value, pointer }),
            other => {
                self.problem(pointer, format!("a parameter `{name}` in `{other}` is unknown: left out"));
                return None;
            }
        };
        if name.is_empty() {
            self.problem(pointer, "the parameter has no name: left out");
            return None;
        }
        // OpenAPI 3, Parameter Object: these three are described elsewhere and ignored as parameters.
        let ignored = ["accept", "content-type", "authorization"];
        if place == Place::Header && ignored.contains(&name.to_ascii_lowercase().as_str()) {
            return None;
        }
        Some(Input::Parameter(self.parameter(name, place, value, pointer)))
    }

    fn parameter(&self, name: &'d str, place: Place, value: &'d Value, pointer: String) -> Parameter<'d> {
        let content =
            value.get("content").and_then(Value::as_object).and_then(|contents| contents.iter().next());
        let (style, schema) = match (self.document.version(), content) {
            (Version::V20, _) => (collection_format(value, place), Some((value, pointer.clone()))),
            (_, Some((media, content))) => {
                let at = child(&child(&pointer, "content"), media);
                (Style::Content, content.get("schema").map(|schema| (schema, child(&at, "schema"))))
            }
            _ => (style(value, place), value.get("schema").map(|schema| (schema, child(&pointer, "schema")))),
        };
        Parameter {
            name,
            place,
            required: flag(value, "required") || place == Place::Path,
            deprecated: flag(value, "deprecated"),
            docs: text(value, "description"),
            style,
            schema: schema.map_or_else(Node::any, |(schema, at)| Node::new(schema, at)),
            pointer,
        }
    }
}

/// OpenAPI 3, Parameter Object, `style` and `explode`.
fn style(value: &Value, place: Place) -> Style {
    let default = if matches!(place, Place::Query | Place::Cookie) { "form" } else { "simple" };
    let style = value.get("style").and_then(Value::as_str).unwrap_or(default);
    let explode = value.get("explode").and_then(Value::as_bool).unwrap_or(style == "form");
    match (style, explode) {
        ("form", true) => Style::Repeat,
        ("form", false) | ("simple", _) => Style::Comma,
        ("spaceDelimited", false) => Style::Space,
        ("pipeDelimited", false) => Style::Pipe,
        // Their exploded forms are the same as `form`.
        ("spaceDelimited" | "pipeDelimited", true) => Style::Repeat,
        ("deepObject", _) => Style::DeepObject,
        _ => Style::Other,
    }
}

/// Swagger 2.0, `collectionFormat`.
fn collection_format(value: &Value, place: Place) -> Style {
    match text(value, "collectionFormat") {
        "multi" if place == Place::Query => Style::Repeat,
        "ssv" => Style::Space,
        "tsv" => Style::Tab,
        "pipes" => Style::Pipe,
        _ => Style::Comma,
    }
}
