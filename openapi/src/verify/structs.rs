//! Members of structs that no operation documents.
//!
//! One struct serves many operations, and each may describe some of its members. So a member is undocumented only if no
//! operation that reads or sends the struct describes it.

use std::collections::BTreeSet;

use declarest::verify::{DecodeHook, Observed, ReadStruct};
use serde_json::Value;

use super::context::Context;
use super::report::{Finding, Kind};
use super::values::{at, leaked};
use crate::document::Document;
use crate::schema::sample::Direction;
use crate::schema::{Additional, Node};

/// What the structs of all operations read and send.
#[derive(Debug, Default)]
pub(super) struct Structs(Vec<Seen>);

#[derive(Debug)]
struct Seen {
    name: &'static str,
    fields: &'static [&'static str],
    direction: Direction,
    documented: BTreeSet<&'static str>,
    /// Where it was met first: operation, method, pointer.
    first: [String; 3],
}

impl Context<'_, '_> {
    /// Notes which members of the structs that were read the document describes.
    pub(super) fn observe(
        &mut self,
        node: &Node<'_>,
        direction: Direction,
        value: &Value,
        observed: &Observed,
        decode: DecodeHook,
    ) {
        for read in &observed.structs {
            let Some((object, _)) = at(self.document, node, &read.path) else { continue };
            let first = [self.operation.title(), self.code.name.clone(), object.place(self.document)];
            let seen = self.structs.entry(read, direction, first);
            let names = names(self.document, &object, 0);
            for field in read.fields {
                let is_documented = |names: &BTreeSet<String>| names.contains(*field);
                if seen.documented.contains(field) {
                    continue;
                }
                if names.as_ref().is_none_or(is_documented) || is_alias(value, read, field, decode) {
                    seen.documented.insert(field);
                }
            }
        }
    }
}

impl Structs {
    fn entry(&mut self, read: &ReadStruct, direction: Direction, first: [String; 3]) -> &mut Seen {
        let same =
            |seen: &Seen| (seen.name, seen.fields, seen.direction) == (read.name, read.fields, direction);
        let index = self.0.iter().position(same).unwrap_or_else(|| {
            let (name, fields) = (read.name, read.fields);
            self.0.push(Seen { name, fields, direction, documented: BTreeSet::new(), first });
            self.0.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "found or pushed above")]
        &mut self.0[index]
    }

    /// The members that no operation documents.
    pub(super) fn undocumented(&self) -> Vec<Finding> {
        let each = self.0.iter().flat_map(|seen| {
            let unknown = seen.fields.iter().filter(|field| !seen.documented.contains(*field));
            unknown.map(|field| seen.finding(field))
        });
        each.collect()
    }
}

impl Seen {
    fn finding(&self, field: &str) -> Finding {
        let [operation, method, pointer] = self.first.clone();
        let verb = if self.direction == Direction::Request { "sends" } else { "reads" };
        let exception = format!("{}.{field}", self.name);
        Finding {
            kind: Kind::Undocumented,
            fails: true,
            operation,
            method,
            pointer,
            document: format!("no member `{field}`, here or where else the type is used"),
            code: format!("`{}` {verb} `{field}`", self.name),
            write: format!(
                "the name of the document, or leave the field out, or `.expect_undocumented(\"{exception}\", \"why\")`"
            ),
            exception,
        }
    }
}

/// The members that a schema names; `None` if it takes any.
fn names(document: &Document, node: &Node<'_>, depth: usize) -> Option<BTreeSet<String>> {
    let schema = node.read(document);
    let mut all: BTreeSet<String> = schema.properties.iter().map(|(name, _)| (*name).to_owned()).collect();
    let variants: Vec<&Node<'_>> = schema.unions.iter().flat_map(|union| &union.variants).collect();
    let takes_any = matches!(schema.additional, Additional::Any | Additional::Of(_));
    if depth > 8 || takes_any || all.is_empty() && variants.is_empty() {
        return None;
    }
    for variant in variants {
        // A variant that is not an object names nothing.
        all.extend(names(document, variant, depth + 1).unwrap_or_default());
    }
    Some(all)
}

/// Whether a name is an alias: beside the field's own name, it stands there twice.
fn is_alias(value: &Value, read: &ReadStruct, field: &str, decode: DecodeHook) -> bool {
    let mut with = value.clone();
    let Some(Value::Object(members)) = with.pointer_mut(&read.path) else { return false };
    members.insert(field.to_owned(), Value::Null);
    let again = |misfit: declarest::verify::Misfit| misfit.duplicate.is_some() && misfit.path == read.path;
    decode(leaked(&with)).is_err_and(again)
}
