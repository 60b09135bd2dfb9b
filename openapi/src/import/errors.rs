//! What a server says of a failed call: one type for the whole API, of all bodies that the document describes.

use std::collections::BTreeMap;

use super::convert::Types;
use super::names::words;
use super::types::{Field, Id, Kind, Origin, Ty, Union, Variant};
use crate::model::{Content, Operation, Response, Status, essence, is_json};
use crate::schema::{Node, Schema};

/// Bodies that differ more often than this are read as any value: nobody would match them.
const MAX_VARIANTS: usize = 6;

/// The type of error bodies: the only one that is described, or a union of them, the most frequent first.
pub(super) fn error_type<'d>(types: &mut Types<'d>, chosen: &[&Operation<'d>]) -> Option<Ty> {
    let mut found: Vec<(Ty, usize)> = Vec::new();
    for node in nodes(types, chosen) {
        let origin = Origin::Operation { operation: usize::MAX, words: words("error response") };
        let ty = types.ty(&node.0, origin).without_null().0.clone();
        match found.iter_mut().find(|(other, _)| *other == ty) {
            Some((_, count)) => *count += node.1,
            None => found.push((ty, node.1)),
        }
    }
    found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    // What is described as anything, or as a text, needs no variant.
    found.retain(|(ty, _)| !matches!(ty, Ty::Any | Ty::Text | Ty::Map(_)));
    found.first()?;
    call_by_members(types, &found);
    let mut kept: Vec<Ty> = Vec::new();
    for (ty, _) in found {
        if kept.len() < MAX_VARIANTS && !kept.iter().any(|kept| types.holds(kept, &ty)) {
            kept.push(ty);
        }
    }
    if let [only] = kept.as_slice()
        && let Some(id) = types.structure_of(only)
    {
        return Some(Ty::Def(id));
    }
    let schema = Schema { docs: "What the server says of a failed call.", ..Schema::default() };
    let id = types.start(&schema, Origin::Named(words("error body")), "");
    let variants =
        kept.into_iter().map(|ty| Variant { words: types.called(&ty, &[]), values: Vec::new(), ty });
    let variants = variants.collect();
    Some(types.finish(id, Kind::Union(Union { tag: None, variants })))
}

impl Types<'_> {
    /// Whether a struct reads each value of another one, and all that it says.
    fn holds(&self, one: &Ty, other: &Ty) -> bool {
        let fields = |ty: &Ty| match self.kind_of(self.structure_of(ty)?)? {
            Kind::Struct(found) => Some(found.fields.clone()),
            _ => None,
        };
        let (Some(one), Some(other)) = (fields(one), fields(other)) else { return false };
        let is_known = |field: &Field| one.iter().any(|known| known.wire == field.wire);
        let reads = |field: &Field| match other.iter().find(|found| found.wire == field.wire) {
            Some(found) => {
                let same = field.ty.without_null().0 == found.ty.without_null().0 || field.ty == Ty::Any;
                let may_be_null = found.ty.without_null().1 && !field.ty.without_null().1;
                same && (!field.required || found.required && !may_be_null)
            }
            None => !field.required,
        };
        other.iter().all(is_known) && one.iter().all(reads)
    }
}

/// Names bodies without a name of their own, all but the most frequent one, by their first member.
fn call_by_members(types: &mut Types<'_>, found: &[(Ty, usize)]) {
    let ids: Vec<Id> = found.iter().filter_map(|(ty, _)| ty.inline_id()).collect();
    for id in ids.into_iter().skip(1) {
        let Some(def) = types.defs.get_mut(id) else { continue };
        if let (Origin::Operation { words: own, .. }, Kind::Struct(found)) = (&mut def.origin, &def.kind)
            && let Some(first) = found.fields.first().map(|field| words(&field.wire))
            && first != ["error"]
        {
            *own = [first, words("error")].concat();
        }
    }
}

/// The schemas of error bodies, and how many responses have them, in the order of the document.
fn nodes<'d>(types: &Types<'d>, chosen: &[&Operation<'d>]) -> Vec<(Node<'d>, usize)> {
    let mut indices: BTreeMap<String, usize> = BTreeMap::new();
    let mut nodes: Vec<(Node<'d>, usize)> = Vec::new();
    for content in chosen.iter().flat_map(|operation| contents(operation)) {
        let Some(node) = &content.schema else { continue };
        let index = *indices.entry(node.place(types.document)).or_insert(nodes.len());
        match nodes.get_mut(index) {
            Some((_, count)) => *count += 1,
            None => nodes.push((node.clone(), 1)),
        }
    }
    nodes
}

/// The JSON of the responses that tell of a failure.
fn contents<'o, 'd>(operation: &'o Operation<'d>) -> impl Iterator<Item = &'o Content<'d>> {
    let successes: Vec<&str> = operation.successes().map(|response| response.pointer.as_str()).collect();
    let is_failure = move |response: &&Response<'d>| {
        // `default` is the success where nothing else is described.
        let is_success = response.status == Status::Default && successes.contains(&response.pointer.as_str());
        response.status.is_error() && !is_success
    };
    let is_read = |content: &&Content<'d>| is_json(content.media) || essence(content.media).is_empty();
    operation.responses.iter().filter(is_failure).flat_map(|response| &response.contents).filter(is_read)
}
