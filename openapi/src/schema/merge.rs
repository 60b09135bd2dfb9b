//! Follows references and merges `allOf`.

use serde_json::{Map, Value};

use super::{Additional, Discriminator, Node, Part, Schema, Type, Union};
use crate::document::pointer::{child, item, of_reference};
use crate::document::{Document, Problem};
use crate::read::{flag, text};

/// Reads the parts of a node as one schema.
pub(super) fn read<'d>(node: &Node<'d>, document: &'d Document) -> Schema<'d> {
    let mut merge = Merge {
        document,
        schema: Schema { pointer: node.pointer().to_owned(), ..Schema::default() },
        seen: Vec::new(),
    };
    for part in &node.parts {
        match part {
            Part::Schema { value, pointer } => merge.add(value, pointer),
            Part::Form { fields, .. } => merge.form(fields),
        }
    }
    let mut schema = merge.schema;
    let properties = !schema.properties.is_empty() || matches!(schema.additional, Additional::Of(_));
    if schema.types.is_empty() && properties {
        schema.types.push(Type::Object);
    }
    if schema.types.is_empty() && schema.items.is_some() {
        schema.types.push(Type::Array);
    }
    schema
}

struct Merge<'d> {
    document: &'d Document,
    schema: Schema<'d>,
    /// Pointers that were followed, so that a circle ends.
    seen: Vec<String>,
}

impl<'d> Merge<'d> {
    fn form(&mut self, fields: &[(&'d str, bool, Node<'d>)]) {
        self.schema.types = vec![Type::Object];
        for (name, required, node) in fields {
            self.property(name, node.clone());
            if *required {
                self.schema.required.push(name);
            }
        }
    }

    fn add(&mut self, value: &'d Value, pointer: &str) {
        let Some(members) = value.as_object() else {
            if !value.is_boolean() {
                self.schema.broken.push(problem(pointer, "the schema is not an object"));
            }
            return;
        };
        if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
            self.reference(reference, pointer);
        }
        if let Some(Value::Array(all)) = members.get("allOf") {
            let pointer = child(pointer, "allOf");
            all.iter().enumerate().for_each(|(index, value)| self.add(value, &item(&pointer, index)));
        }
        self.texts(value);
        self.types(members, pointer);
        self.values(members);
        self.object(members, pointer);
        self.limits(members);
        if let Some(items) = members.get("items") {
            // A list of schemas is a tuple of older drafts, a boolean says nothing.
            let at = child(pointer, "items");
            self.schema.items = Some(if items.is_object() { Node::new(items, at) } else { Node::any() });
        }
        for name in ["oneOf", "anyOf"] {
            self.union(members, name, &child(pointer, name));
        }
    }

    fn reference(&mut self, reference: &str, pointer: &str) {
        let target = of_reference(reference);
        let found = target.as_deref().and_then(|target| self.document.get(target));
        let (Some(target), Some(value)) = (target, found) else {
            self.schema.broken.push(problem(pointer, format!("the reference `{reference}` leads nowhere")));
            return;
        };
        if self.seen.contains(&target) {
            self.schema
                .broken
                .push(problem(pointer, format!("the reference `{reference}` leads in a circle")));
            return;
        }
        self.seen.push(target.clone());
        self.add(value, &target);
        self.seen.pop();
    }

    fn texts(&mut self, value: &'d Value) {
        let schema = &mut self.schema;
        // The nearer one is read later and wins.
        for (name, target) in [
            ("title", &mut schema.title),
            ("description", &mut schema.docs),
            ("format", &mut schema.format),
            ("pattern", &mut schema.pattern),
        ] {
            let found = text(value, name);
            if !found.is_empty() {
                *target = found;
            }
        }
        if schema.format.is_empty() && !text(value, "contentMediaType").is_empty() {
            schema.format = "binary";
        }
        schema.deprecated |= flag(value, "deprecated");
        schema.read_only |= flag(value, "readOnly");
        schema.write_only |= flag(value, "writeOnly");
        schema.nullable |= flag(value, "nullable") || flag(value, "x-nullable");
        schema.example = value.get("example").or(schema.example);
    }

    fn types(&mut self, members: &'d Map<String, Value>, pointer: &str) {
        let names: Vec<&str> = match members.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => return,
        };
        let mut types = Vec::new();
        for name in names {
            match parse_type(name) {
                Some(Type::Null) => self.schema.nullable = true,
                Some(found) => types.push(found),
                None if name == "file" => {
                    types.push(Type::String);
                    self.schema.format = "binary";
                }
                None => {
                    self.schema.broken.push(problem(pointer, format!("`{name}` is not a type: read as any")));
                }
            }
        }
        // What both sides of an `allOf` allow; the nearer one if they contradict each other.
        let both: Vec<Type> =
            types.iter().copied().filter(|found| self.schema.types.contains(found)).collect();
        self.schema.types = if both.is_empty() { types } else { both };
    }

    fn values(&mut self, members: &'d Map<String, Value>) {
        let values = match (members.get("enum"), members.get("const")) {
            (_, Some(value)) => vec![value],
            (Some(Value::Array(values)), _) => values.iter().collect(),
            _ => return,
        };
        self.schema.nullable |= values.iter().any(|value| value.is_null());
        let mut values: Vec<&Value> = values.into_iter().filter(|value| !value.is_null()).collect();
        if values.is_empty() {
            return;
        }
        let mut seen = Vec::new();
        values.retain(|value| {
            !seen.contains(value) && {
                seen.push(*value);
                true
            }
        });
        // The branches of an `allOf` hold together.
        let both = self.schema.values.iter().flatten().copied().filter(|value| values.contains(value));
        let both: Vec<&Value> = both.collect();
        self.schema.values = Some(if both.is_empty() { values } else { both });
    }

    fn object(&mut self, members: &'d Map<String, Value>, pointer: &str) {
        if let Some(Value::Object(properties)) = members.get("properties") {
            let at = child(pointer, "properties");
            for (name, value) in properties {
                self.property(name, Node::new(value, child(&at, name)));
            }
        }
        for name in members.get("required").and_then(Value::as_array).into_iter().flatten() {
            let Some(name) = name.as_str() else { continue };
            if !self.schema.required.contains(&name) {
                self.schema.required.push(name);
            }
        }
        match members.get("additionalProperties") {
            Some(Value::Bool(true)) => self.schema.additional = Additional::Any,
            Some(Value::Bool(false)) => self.schema.additional = Additional::None,
            Some(Value::Object(empty)) if empty.is_empty() => self.schema.additional = Additional::Any,
            Some(value @ Value::Object(_)) => {
                self.schema.additional =
                    Additional::Of(Node::new(value, child(pointer, "additionalProperties")));
            }
            _ => {}
        }
    }

    /// A property that stands in several branches has to fulfil all of them.
    fn property(&mut self, name: &'d str, node: Node<'d>) {
        match self.schema.properties.iter_mut().find(|(other, _)| *other == name) {
            Some((_, other)) => other.parts.extend(node.parts),
            None => self.schema.properties.push((name, node)),
        }
    }

    fn limits(&mut self, members: &'d Map<String, Value>) {
        let number = |name: &str| members.get(name).and_then(Value::as_f64);
        let size = |name: &str| {
            members.get(name).and_then(Value::as_u64).and_then(|size| usize::try_from(size).ok())
        };
        let schema = &mut self.schema;
        schema.minimum =
            number("minimum").or(number("exclusiveMinimum").map(|limit| limit + 1.0)).or(schema.minimum);
        schema.maximum =
            number("maximum").or(number("exclusiveMaximum").map(|limit| limit - 1.0)).or(schema.maximum);
        schema.min_length = size("minLength").unwrap_or(schema.min_length);
        schema.max_length = size("maxLength").or(schema.max_length);
        schema.min_items = size("minItems").unwrap_or(schema.min_items);
    }

    fn union(&mut self, members: &'d Map<String, Value>, name: &str, pointer: &str) {
        let Some(Value::Array(variants)) = members.get(name) else { return };
        let mut nodes = Vec::new();
        for (index, value) in variants.iter().enumerate() {
            if text(value, "type") == "null"
                || value.get("enum").is_some_and(|values| *values == Value::Array(vec![Value::Null]))
            {
                self.schema.nullable = true;
            } else if says_something(value) {
                nodes.push(Node::new(value, item(pointer, index)));
            }
        }
        let discriminator = members.get("discriminator").and_then(|found| {
            let mapping = found.get("mapping").and_then(Value::as_object).into_iter().flatten();
            Some(Discriminator {
                property: found.get("propertyName")?.as_str()?,
                mapping: mapping.filter_map(|(value, to)| Some((value.as_str(), to.as_str()?))).collect(),
            })
        });
        match nodes.as_slice() {
            [] => {}
            // One variant, or one beside `null`: what it says holds.
            [only] if self.schema.properties.is_empty() => {
                for part in only.parts.clone() {
                    if let Part::Schema { value, pointer } = part {
                        self.add(value, &pointer);
                    }
                }
            }
            _ => self.schema.unions.push(Union { variants: nodes, discriminator }),
        }
    }
}

/// Whether a variant says more than which members are required, which a type cannot say.
fn says_something(variant: &Value) -> bool {
    let Some(members) = variant.as_object() else { return variant.as_bool() == Some(true) };
    members.is_empty()
        || members.keys().any(|name| !matches!(name.as_str(), "required" | "not" | "title" | "description"))
}

fn parse_type(name: &str) -> Option<Type> {
    Some(match name {
        "null" => Type::Null,
        "boolean" => Type::Boolean,
        "integer" => Type::Integer,
        "number" => Type::Number,
        "string" => Type::String,
        "array" => Type::Array,
        "object" => Type::Object,
        _ => return None,
    })
}

fn problem(pointer: &str, message: impl Into<String>) -> Problem {
    Problem { pointer: pointer.to_owned(), message: message.into() }
}
