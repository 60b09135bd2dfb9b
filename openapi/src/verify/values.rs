//! Values of a schema: what the document says at a place of one, and how long one lives.

use serde_json::Value;

use crate::document::Document;
use crate::document::pointer::steps;
use crate::schema::{Additional, Node, Schema};

/// A value that lives as long as a type that borrows from it wants. A test decodes some thousands of small ones.
pub(super) fn leaked(value: &Value) -> &'static Value {
    Box::leak(Box::new(value.clone()))
}

/// What the document describes at a path of a value, and whether it is required there.
pub(super) fn at<'d>(document: &'d Document, node: &Node<'d>, path: &str) -> Option<(Node<'d>, bool)> {
    let (mut node, mut required) = (node.clone(), false);
    for step in steps(path) {
        let schema = node.read(document);
        (node, required) = step_into(document, &schema, &step)?;
    }
    Some((node, required))
}

/// The same for one step: the name of a member, or the number of an item.
pub(super) fn step_into<'d>(
    document: &'d Document,
    schema: &Schema<'d>,
    step: &str,
) -> Option<(Node<'d>, bool)> {
    if let Some((_, node)) = schema.properties.iter().find(|(name, _)| *name == step) {
        return Some((node.clone(), schema.required.contains(&step)));
    }
    if let (Some(items), true) = (&schema.items, step.parse::<usize>().is_ok()) {
        return Some((items.clone(), true));
    }
    if let Additional::Of(node) = &schema.additional {
        return Some((node.clone(), false));
    }
    let variants = schema.unions.iter().flat_map(|union| &union.variants);
    variants.into_iter().find_map(|variant| step_into(document, &variant.read(document), step))
}
