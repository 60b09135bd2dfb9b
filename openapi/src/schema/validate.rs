//! Whether a schema allows a value: types, enums, required members, items and unions. Limits and formats are not looked at.

use serde_json::Value;

use super::sample::Direction;
use super::{Node, Schema, Type};
use crate::document::Document;

/// How deep a value is looked into.
const MAX_DEPTH: usize = 12;

/// The first reason why a schema does not allow a value, and the pointer of what does not.
pub(crate) fn problem(
    document: &Document,
    node: &Node<'_>,
    value: &Value,
    direction: Direction,
) -> Option<(String, String)> {
    Validator { document, direction }.problem(node, value, 0)
}

struct Validator<'d> {
    document: &'d Document,
    direction: Direction,
}

impl<'d> Validator<'d> {
    fn problem(&self, node: &Node<'d>, value: &Value, depth: usize) -> Option<(String, String)> {
        let schema = node.read(self.document);
        let says_nothing = schema.types.is_empty() && schema.unions.is_empty() && schema.values.is_none();
        if depth > MAX_DEPTH || says_nothing && schema.properties.is_empty() {
            return None;
        }
        let here = |reason: &str| Some((node.pointer().to_owned(), format!("{reason}: {}", short(value))));
        if value.is_null() {
            return if schema.nullable || says_nothing { None } else { here("`null` is not allowed") };
        }
        if schema.values.as_ref().is_some_and(|values| !values.contains(&value)) {
            return here("it is not one of the listed values");
        }
        if !schema.types.is_empty() && !schema.types.iter().any(|ty| is(value, *ty)) {
            return here("it has another type");
        }
        for union in &schema.unions {
            let fits = |variant: &Node<'d>| self.problem(variant, value, depth + 1).is_none();
            if !union.variants.is_empty() && !union.variants.iter().any(fits) {
                return here("it fits no variant");
            }
        }
        self.within(&schema, value, depth)
    }

    /// Members and items.
    fn within(&self, schema: &Schema<'d>, value: &Value, depth: usize) -> Option<(String, String)> {
        if let (Value::Array(items), Some(node)) = (value, &schema.items) {
            return items.iter().find_map(|item| self.problem(node, item, depth + 1));
        }
        let Value::Object(members) = value else { return None };
        schema.properties.iter().find_map(|(name, node)| match members.get(*name) {
            Some(member) => self.problem(node, member, depth + 1),
            None if schema.required.contains(name) && !self.is_hidden(node) => {
                Some((node.pointer().to_owned(), format!("the member `{name}` is missing")))
            }
            None => None,
        })
    }

    fn is_hidden(&self, node: &Node<'d>) -> bool {
        let schema = node.read(self.document);
        match self.direction {
            Direction::Request => schema.read_only,
            Direction::Response => schema.write_only,
        }
    }
}

fn is(value: &Value, ty: Type) -> bool {
    match ty {
        Type::Null => value.is_null(),
        Type::Boolean => value.is_boolean(),
        // `1.0` is an integer (JSON Schema 2020-12, 6.1.1).
        Type::Integer => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        Type::Number => value.is_number(),
        Type::String => value.is_string(),
        Type::Array => value.is_array(),
        Type::Object => value.is_object(),
    }
}

fn short(value: &Value) -> String {
    value.to_string().chars().take(80).collect()
}
