//! Values of a schema, decoded by a declared type.

use serde_json::Value;

use super::context::Context;
use super::report::Kind;
use crate::document::Document;
use crate::schema::sample::Direction;
use crate::schema::{Node, Schema};

/// Whether a type takes any value.
pub(super) fn is_any(ty: &str) -> bool {
    ["Value", "serde_json::Value", "RawValue"].contains(&ty) || ty.len() == 1
}

/// What the samples of a type have shown.
pub(super) fn sampled_findings(context: &mut Context<'_, '_>, sampled: &[Sampled], ty: &str) {
    for found in sampled {
        match found {
            Sampled::Refused { pointer, value, reason } => {
                let texts = [
                    format!("this value is valid: {value}"),
                    format!("`{ty}`: {reason}"),
                    format!("a type that reads it in place of `{ty}`"),
                ];
                context.found(Kind::Mismatch, pointer, texts);
            }
            Sampled::Unread { pointer, member, required } => {
                let texts = [
                    format!("the member `{member}`"),
                    format!("no member of `{ty}` reads it"),
                    format!("a field for `{member}`"),
                ];
                // A response may grow; a request that leaves a required member out is wrong.
                if *required {
                    context.found(Kind::NotDeclared, pointer, texts);
                } else {
                    context.news(Kind::NotDeclared, pointer, texts);
                }
            }
        }
    }
}

/// What a sample has shown.
pub(super) enum Sampled {
    /// The type does not decode a valid value.
    Refused { pointer: String, value: String, reason: String },
    /// A member that nobody reads.
    Unread { pointer: String, member: String, required: bool },
}

/// Decodes values of a schema by a declared type.
pub(super) fn sampled(
    document: &Document,
    node: &Node<'_>,
    read: super::hooks::Read,
    values: &[Value],
    direction: Direction,
) -> Vec<Sampled> {
    let mut found = Vec::new();
    let mut seen = Vec::new();
    for value in values {
        match read(value.to_string().as_bytes()) {
            Ok(unread) => {
                for path in unread {
                    let Some((pointer, required)) = member_pointer(document, node, &path) else { continue };
                    if !seen.contains(&pointer) {
                        seen.push(pointer.clone());
                        let required = required && direction == Direction::Request;
                        found.push(Sampled::Unread { pointer, member: path, required });
                    }
                }
            }
            Err(reason) => {
                let pointer = blamed(document, node, &reason);
                let same = format!("{pointer} {}", reason.split(" at line").next().unwrap_or_default());
                if !seen.contains(&same) {
                    seen.push(same);
                    found.push(Sampled::Refused { pointer, value: short(value), reason });
                }
            }
        }
    }
    found
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(200) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}

/// Where the document describes the member of a path such as `data.0.owner`, and whether it is required there.
fn member_pointer(document: &Document, node: &Node<'_>, path: &str) -> Option<(String, bool)> {
    let (mut node, mut required) = (node.clone(), false);
    for step in path.split('.') {
        let schema = node.read(document);
        (node, required) = step_into(document, &schema, step)?;
    }
    Some((node.pointer().to_owned(), required))
}

fn step_into<'d>(document: &'d Document, schema: &Schema<'d>, step: &str) -> Option<(Node<'d>, bool)> {
    if let Some((_, node)) = schema.properties.iter().find(|(name, _)| *name == step) {
        return Some((node.clone(), schema.required.contains(&step)));
    }
    if let (Some(items), true) = (&schema.items, step.parse::<usize>().is_ok()) {
        return Some((items.clone(), true));
    }
    let variants = schema.unions.iter().flat_map(|union| &union.variants);
    variants.into_iter().find_map(|variant| step_into(document, &variant.read(document), step))
}

/// Where the document describes what a reason such as `data[0].owner: missing field `name`` is about.
fn blamed(document: &Document, node: &Node<'_>, reason: &str) -> String {
    let path = reason.split(": ").next().unwrap_or_default();
    let mut node = node.clone();
    for step in path.split(['.', '[', ']']).filter(|step| !step.is_empty() && *step != "?") {
        match step_into(document, &node.read(document), step) {
            Some((found, _)) => node = found,
            None => return node.place(document),
        }
    }
    // What is missing is a member of the object that was read.
    let missing = reason.split("missing field `").nth(1).and_then(|rest| rest.split('`').next());
    let member = missing.and_then(|name| step_into(document, &node.read(document), name));
    member.map_or_else(|| node.place(document), |(member, _)| member.pointer().to_owned())
}
