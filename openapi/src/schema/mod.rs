//! Schemas: where one stands ([`Node`]), and what it says when its references and `allOf` are followed ([`Schema`]).

mod merge;
mod pattern;
pub(crate) mod sample;
pub(crate) mod validate;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::pointer;
use crate::document::{Document, Problem};

/// A place in a document where a schema stands, or several that hold at once.
#[derive(Debug, Clone)]
pub(crate) struct Node<'d> {
    /// What must hold at once; empty means that anything does.
    pub(crate) parts: Vec<Part<'d>>,
}

#[derive(Debug, Clone)]
pub(crate) enum Part<'d> {
    Schema {
        value: &'d Value,
        pointer: String,
    },
    /// The fields of a form of Swagger 2.0: name, required, schema.
    Form {
        pointer: String,
        fields: Vec<(&'d str, bool, Node<'d>)>,
    },
}

/// A type of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Type {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// What a schema says, references followed and `allOf` merged.
#[derive(Debug, Clone, Default)]
pub(crate) struct Schema<'d> {
    pub(crate) pointer: String,
    pub(crate) title: &'d str,
    pub(crate) docs: &'d str,
    pub(crate) format: &'d str,
    /// Without `Null`; empty means any.
    pub(crate) types: Vec<Type>,
    pub(crate) nullable: bool,
    pub(crate) deprecated: bool,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    pub(crate) properties: Vec<(&'d str, Node<'d>)>,
    pub(crate) required: Vec<&'d str>,
    pub(crate) additional: Additional<'d>,
    pub(crate) items: Option<Node<'d>>,
    /// `enum` and `const`, without `null`.
    pub(crate) values: Option<Vec<&'d Value>>,
    pub(crate) unions: Vec<Union<'d>>,
    pub(crate) minimum: Option<f64>,
    pub(crate) maximum: Option<f64>,
    pub(crate) min_length: usize,
    pub(crate) max_length: Option<usize>,
    pub(crate) min_items: usize,
    pub(crate) pattern: &'d str,
    pub(crate) example: Option<&'d Value>,
    /// References that lead nowhere or in a circle.
    pub(crate) broken: Vec<Problem>,
}

/// What members an object has beside its properties.
#[derive(Debug, Clone, Default)]
pub(crate) enum Additional<'d> {
    /// The schema does not say.
    #[default]
    Unsaid,
    Any,
    None,
    Of(Node<'d>),
}

/// `oneOf` or `anyOf`.
#[derive(Debug, Clone)]
pub(crate) struct Union<'d> {
    /// Without `null`.
    pub(crate) variants: Vec<Node<'d>>,
    pub(crate) discriminator: Option<Discriminator<'d>>,
}

/// The member that tells the variants of a union apart.
#[derive(Debug, Clone)]
pub(crate) struct Discriminator<'d> {
    pub(crate) property: &'d str,
    /// Value and reference.
    pub(crate) mapping: Vec<(&'d str, &'d str)>,
}

impl Schema<'_> {
    /// Whether any value fulfils it.
    pub(crate) fn says_nothing(&self) -> bool {
        self.types.is_empty() && self.properties.is_empty() && self.unions.is_empty() && self.values.is_none()
    }
}

impl<'d> Node<'d> {
    pub(crate) fn new(value: &'d Value, pointer: String) -> Self {
        Self { parts: vec![Part::Schema { value, pointer }] }
    }

    pub(crate) fn any() -> Self {
        Self { parts: Vec::new() }
    }

    pub(crate) fn form(pointer: String, fields: Vec<(&'d str, bool, Self)>) -> Self {
        Self { parts: vec![Part::Form { pointer, fields }] }
    }

    /// Where it stands in the document; empty for one that stands nowhere.
    pub(crate) fn pointer(&self) -> &str {
        match self.parts.first() {
            Some(Part::Schema { pointer, .. } | Part::Form { pointer, .. }) => pointer,
            None => "",
        }
    }

    /// The pointer of the named schema that this node is, and nothing but: through a reference, through several, or
    /// through an `allOf` or a union with a single entry and nothing beside it that changes the type.
    pub(crate) fn named(&self, document: &Document) -> Option<String> {
        let [Part::Schema { value, pointer }] = self.parts.as_slice() else { return None };
        let (mut value, mut at) = (*value, pointer.clone());
        for _ in 0..32 {
            let next = value.get("$ref").and_then(Value::as_str).or_else(|| single_reference(value));
            let Some(reference) = next else { break };
            let next = pointer::of_reference(reference)?;
            value = document.get(&next)?;
            at = next;
        }
        is_component(&at).then_some(at)
    }

    /// Where the document describes it: the named schema that it is, or its own place.
    pub(crate) fn place(&self, document: &Document) -> String {
        self.named(document).unwrap_or_else(|| self.pointer().to_owned())
    }

    pub(crate) fn read(&self, document: &'d Document) -> Schema<'d> {
        merge::read(self, document)
    }

    /// Adds what is broken in it and in all that it is made of. `seen` holds the pointers that were looked at.
    pub(crate) fn broken(
        &self,
        document: &'d Document,
        seen: &mut BTreeSet<String>,
        found: &mut Vec<Problem>,
    ) {
        // Recursion goes through what stands somewhere.
        if !self.pointer().is_empty() && !seen.insert(self.place(document)) {
            return;
        }
        let schema = self.read(document);
        found.extend(schema.broken.iter().cloned());
        let additional = match &schema.additional {
            Additional::Of(node) => Some(node),
            _ => None,
        };
        let members = schema.properties.iter().map(|(_, node)| node);
        let variants = schema.unions.iter().flat_map(|union| &union.variants);
        for node in members.chain(&schema.items).chain(additional).chain(variants) {
            node.broken(document, seen, found);
        }
    }
}

/// The reference in `{"allOf": [{"$ref": …}], "description": …}`, which documents write because 3.0 ignores what stands
/// beside a reference, and in `{"anyOf": [{"$ref": …}, {"type": "null"}]}`.
fn single_reference(value: &Value) -> Option<&str> {
    const SAYS_NO_TYPE: [&str; 13] = [
        "allOf",
        "anyOf",
        "oneOf",
        "description",
        "title",
        "example",
        "examples",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
        "nullable",
        "discriminator",
    ];
    let members = value.as_object()?;
    let plain = |name: &String| SAYS_NO_TYPE.contains(&name.as_str()) || name.starts_with("x-");
    if !members.keys().all(plain) {
        return None;
    }
    let lists: Vec<&Vec<Value>> =
        ["allOf", "anyOf", "oneOf"].iter().filter_map(|name| members.get(*name)?.as_array()).collect();
    let [list] = lists.as_slice() else { return None };
    let is_null = |value: &&Value| value.get("type").and_then(Value::as_str) == Some("null");
    let others: Vec<&Value> = list.iter().filter(|value| !is_null(value)).collect();
    let [only] = others.as_slice() else { return None };
    only.get("$ref")?.as_str()
}

/// Whether a pointer names a schema that the document gave a name.
fn is_component(pointer: &str) -> bool {
    let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    // A whole file is a schema by its name, and so is what stands in its `definitions`.
    parent == "/components/schemas"
        || parent.ends_with("/definitions")
        || parent.ends_with("/$defs")
        || parent.ends_with("/components/schemas")
        || parent == "/x-declarest-files"
}
