//! Values that a schema allows, made without chance.

use serde_json::{Map, Value, json};

use super::{Additional, Node, Schema, Type, Union};
use crate::document::Document;

/// How deep a value nests before only required members are written.
const FULL_DEPTH: usize = 5;
/// How deep a value nests before it is given up.
const MAX_DEPTH: usize = 12;
/// How many values one schema gives.
const MAX_SAMPLES: usize = 64;
/// How many items a list has at most, whatever it asks for.
const MAX_ITEMS: usize = 16;

/// Which members a value has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// All, and no nulls.
    Full,
    /// The required ones only.
    Minimal,
    /// All; objects that may be null are.
    NullObjects,
    /// All; those that may be null and are not objects are.
    NullValues,
}

/// Whether a value is sent or received: `readOnly` members are not sent, `writeOnly` ones not received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Request,
    Response,
}

/// Values that together hold each member, each enum value and each variant at least once, and leave out what may be.
pub(crate) fn samples(document: &Document, node: &Node<'_>, direction: Direction) -> Vec<Value> {
    let mut all = Vec::new();
    for extent in [Extent::Full, Extent::Minimal, Extent::NullObjects, Extent::NullValues] {
        let mut choice = 0;
        loop {
            let mut maker = Maker { document, extent, direction, choice, choices: 0 };
            let value = maker.value(node, 0);
            if let Some(value) = value.filter(|value| !all.contains(value)) {
                all.push(value);
            }
            choice += 1;
            if choice >= maker.choices.min(MAX_SAMPLES) || extent != Extent::Full {
                break;
            }
        }
    }
    all
}

/// The smallest value: required members only, each the first that the schema allows. `None` if there is none.
pub(crate) fn minimal(document: &Document, node: &Node<'_>, direction: Direction) -> Option<Value> {
    let mut maker = Maker { document, extent: Extent::Minimal, direction, choice: 0, choices: 0 };
    maker.value(node, 0)
}

struct Maker<'d> {
    document: &'d Document,
    extent: Extent,
    direction: Direction,
    /// Which enum value and variant is taken, counted round.
    choice: usize,
    /// The largest number of choices that was met.
    choices: usize,
}

impl<'d> Maker<'d> {
    fn value(&mut self, node: &Node<'d>, depth: usize) -> Option<Value> {
        if depth > MAX_DEPTH {
            return None;
        }
        let schema = node.read(self.document);
        let object = schema.types.contains(&Type::Object) || !schema.properties.is_empty();
        let is_null = self.extent == if object { Extent::NullObjects } else { Extent::NullValues };
        if schema.nullable && (is_null || depth > FULL_DEPTH) && depth > 0 {
            return Some(Value::Null);
        }
        if let Some(values) = &schema.values {
            self.choices = self.choices.max(values.len());
            return values.get(self.choice % values.len()).map(|value| (*value).clone());
        }
        let base = if object { Some(self.object(&schema, depth)?) } else { None };
        let mut value = base;
        for union in &schema.unions {
            let variant = self.variant(union, depth)?;
            value = Some(match (value, variant) {
                (Some(Value::Object(mut members)), Value::Object(more)) => {
                    members.extend(more);
                    Value::Object(members)
                }
                (_, variant) => variant,
            });
        }
        match value {
            Some(value) => Some(value),
            None => self.plain(&schema, depth),
        }
    }

    fn variant(&mut self, union: &Union<'d>, depth: usize) -> Option<Value> {
        self.choices = self.choices.max(union.variants.len());
        let start = self.choice % union.variants.len().max(1);
        // The chosen one, or the next that does not nest for ever.
        let order = union.variants.iter().cycle().skip(start).take(union.variants.len());
        for variant in order {
            let Some(mut value) = self.value(variant, depth + 1) else { continue };
            if let (Some(discriminator), Value::Object(members)) = (&union.discriminator, &mut value) {
                let name = variant.named(self.document).unwrap_or_default();
                let mapped = discriminator.mapping.iter().find(|(_, to)| to.trim_start_matches('#') == name);
                let plain = crate::document::pointer::last(&name);
                let text = mapped.map_or(plain, |(value, _)| (*value).to_owned());
                if !text.is_empty()
                    && !members
                        .get(discriminator.property)
                        .is_some_and(|value| is_tag(value, &discriminator.mapping))
                {
                    members.insert(discriminator.property.to_owned(), Value::String(text));
                }
            }
            return Some(value);
        }
        None
    }

    fn object(&mut self, schema: &Schema<'d>, depth: usize) -> Option<Value> {
        let mut members = Map::new();
        for (name, node) in &schema.properties {
            let property = node.read(self.document);
            let hidden = match self.direction {
                Direction::Request => property.read_only,
                Direction::Response => property.write_only,
            };
            let required = schema.required.contains(name);
            let wanted = required || (self.extent != Extent::Minimal && depth < FULL_DEPTH);
            if hidden || !wanted {
                continue;
            }
            match self.value(node, depth + 1) {
                Some(value) => drop(members.insert((*name).to_owned(), value)),
                None if required => return None,
                None => {}
            }
        }
        if let (Additional::Of(node), true) = (&schema.additional, self.extent == Extent::Full)
            && let Some(value) = self.value(node, depth + 1)
            && schema.properties.is_empty()
        {
            members.insert("key".to_owned(), value);
        }
        Some(Value::Object(members))
    }

    fn plain(&mut self, schema: &Schema<'d>, depth: usize) -> Option<Value> {
        self.choices = self.choices.max(schema.types.len());
        let count = schema.types.len().max(1);
        let number = schema.minimum.unwrap_or_else(|| schema.maximum.unwrap_or(1.0).min(1.0));
        Some(match schema.types.get(self.choice % count) {
            None => json!({"any": true}),
            Some(Type::Null) => Value::Null,
            Some(Type::Boolean) => Value::Bool(true),
            // A schema's limits are far from where this cast could lose something.
            Some(Type::Integer) => json!(number.ceil() as i64),
            Some(Type::Number) if schema.maximum.is_some_and(|maximum| number + 0.5 > maximum) => {
                json!(number)
            }
            Some(Type::Number) => json!(number + 0.5),
            Some(Type::String) => Value::String(text(schema)),
            Some(Type::Object) => self.object(schema, depth)?,
            Some(Type::Array) => {
                let wanted =
                    if self.extent == Extent::Minimal { schema.min_items } else { schema.min_items.max(1) };
                let item = schema.items.clone().unwrap_or_else(Node::any);
                let items: Option<Vec<Value>> =
                    (0..wanted.min(MAX_ITEMS)).map(|_| self.value(&item, depth + 1)).collect();
                match items {
                    Some(items) => Value::Array(items),
                    None => Value::Array(Vec::new()),
                }
            }
        })
    }
}

/// Whether the member already holds one of the union's tags.
fn is_tag(value: &Value, mapping: &[(&str, &str)]) -> bool {
    mapping.is_empty() && value.is_string() || mapping.iter().any(|(tag, _)| value == tag)
}

fn text(schema: &Schema<'_>) -> String {
    let patterned = Some(schema.pattern).filter(|pattern| !pattern.is_empty()).and_then(|pattern| {
        // What a pattern says that is not understood, an example may show.
        super::pattern::text(pattern).or_else(|| schema.example?.as_str().map(str::to_owned))
    });
    let mut text = match (patterned, schema.format) {
        // A pattern that allows nothing, too, leaves the choice.
        (Some(text), _) if !text.is_empty() => text,
        (_, format) => formatted(format).to_owned(),
    };
    while text.chars().count() < schema.min_length {
        let last = text.chars().last().unwrap_or('x');
        text.push(last);
    }
    match schema.max_length {
        Some(length) => text.chars().take(length).collect(),
        None => text,
    }
}

fn formatted(format: &str) -> &'static str {
    match format {
        "date-time" => "2024-01-02T03:04:05Z",
        "date" => "2024-01-02",
        "time" => "03:04:05Z",
        "duration" => "P1D",
        "uuid" => "6f1c2f4e-0d5b-4c39-9f7a-1d2e3f405162",
        "uri" | "url" => "https://example.com/a",
        "hostname" => "example.com",
        "email" => "user@example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "dGV4dA==",
        _ => "text",
    }
}
