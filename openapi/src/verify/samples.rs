//! Values of a schema, decoded by a declared type, and encoded again where it can.

use declarest::verify::{Hook, Misfit, Observed};
use serde_json::Value;

use super::context::Context;
use super::report::Kind;
use super::values::{at, leaked, step_into};
use crate::document::Document;
use crate::document::pointer::steps;
use crate::schema::sample::{Direction, samples};
use crate::schema::validate::problem;
use crate::schema::{Node, Schema};

/// Whether a type takes any value.
pub(super) fn is_any(ty: &str) -> bool {
    ["Value", "serde_json::Value", "RawValue"].contains(&ty)
}

/// Compares a type with a schema: by values that the schema allows.
pub(super) fn compare(
    context: &mut Context<'_, '_>,
    node: &Node<'_>,
    hook: Hook,
    ty: &str,
    direction: Direction,
) {
    let Some(decode) = hook.decode else { return };
    let mut shown = Vec::new();
    for value in samples(context.document, node, direction) {
        let value = leaked(&value);
        let shows = match decode(value) {
            Ok(observed) => {
                context.observe(node, direction, value, &observed, decode);
                let mut shows = accepted(context.document, node, value, &observed);
                if direction == Direction::Request {
                    shows.extend(encoded(context.document, node, value, &observed, hook));
                }
                shows
            }
            Err(misfit) => {
                context.observe(node, direction, value, &misfit.observed, decode);
                vec![refused(context.document, node, value, &misfit)]
            }
        };
        for show in shows {
            if !shown.iter().any(|other| show.is_same(other)) {
                show.add(context, ty, direction);
                shown.push(show);
            }
        }
    }
}

/// Compares the body of an error with a schema. A body that does not decode is kept as bytes, and documents rarely say which
/// members an error always has: so one value has to decode, and what is not read is not told.
pub(super) fn compare_error(context: &mut Context<'_, '_>, node: &Node<'_>, hook: Hook) {
    let Some(decode) = hook.decode else { return };
    let mut refusal = None;
    let mut decoded = false;
    for value in samples(context.document, node, Direction::Response) {
        let value = leaked(&value);
        match decode(value) {
            Ok(observed) => {
                context.observe(node, Direction::Response, value, &observed, decode);
                decoded = true;
            }
            Err(misfit) => {
                refusal = refusal.or_else(|| Some(refused(context.document, node, value, &misfit)));
            }
        }
    }
    if let Some(refusal) = refusal.filter(|_| !decoded) {
        refusal.add(context, "the body of the error", Direction::Response);
    }
}

/// What a value has shown, at a pointer of the document.
#[derive(Debug, PartialEq)]
enum Shows {
    /// The type does not decode a valid value.
    Refused { pointer: String, value: String, reason: String },
    /// A member that nothing reads.
    Unread { pointer: String, member: String, required: bool },
    /// An open enum has no name for this value.
    Unknown { pointer: String, value: String },
    /// A value that the type encodes is not valid.
    Invalid { pointer: String, reason: String },
    /// The type may leave out what is required.
    MayOmit { pointer: String, member: String },
}

impl Shows {
    /// One value is enough to show that it does not fit.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Refused { pointer, reason, .. }, Self::Refused { pointer: at, reason: why, .. }) => {
                (pointer, reason) == (at, why)
            }
            _ => self == other,
        }
    }

    fn add(&self, context: &mut Context<'_, '_>, ty: &str, direction: Direction) {
        match self {
            Self::Refused { pointer, value, reason } => {
                let document = format!("this value is valid: {value}");
                let write = format!("a type that reads it in place of `{ty}`");
                context.found(Kind::Mismatch, pointer, [document, format!("`{ty}`: {reason}"), write]);
            }
            Self::Unread { pointer, member, required } => {
                let document =
                    format!("the {} member `{member}`", if *required { "required" } else { "optional" });
                let code = format!("nothing in `{ty}` reads it");
                let texts = [document, code, format!("a field for `{member}`")];
                // A response may grow; a request without a required member is wrong.
                if *required && direction == Direction::Request {
                    context.found(Kind::Mismatch, pointer, texts);
                } else {
                    context.news(Kind::NotDeclared, pointer, texts);
                }
            }
            Self::Unknown { pointer, value } => {
                let code = format!("`{ty}` takes it as an unknown value");
                let texts =
                    [format!("the value {value}"), code, format!("a variant for {value}, or nothing")];
                context.news(Kind::NotDeclared, pointer, texts);
            }
            Self::Invalid { pointer, reason } => {
                let write = format!("a type that does not send it in place of `{ty}`");
                let document = format!("a value that is not valid: {reason}");
                context.found(Kind::Mismatch, pointer, [document, format!("`{ty}` sends it"), write]);
            }
            Self::MayOmit { pointer, member } => {
                let write = format!("a type without `Option` for `{member}`");
                let document = format!("the member `{member}` is required");
                context.found(Kind::Mismatch, pointer, [document, format!("`{ty}` may leave it out"), write]);
            }
        }
    }
}

fn accepted(document: &Document, node: &Node<'_>, value: &Value, observed: &Observed) -> Vec<Shows> {
    let mut shows = Vec::new();
    for path in &observed.unread {
        if let Some((node, required)) =
            at(document, node, path).filter(|_| !is_of_another(document, node, path, observed))
        {
            let member = path.rsplit('/').next().unwrap_or_default().to_owned();
            shows.push(Shows::Unread { pointer: node.pointer().to_owned(), member, required });
        }
    }
    for path in &observed.unknown {
        let (Some((node, _)), Some(value)) = (at(document, node, path), value.pointer(path)) else {
            continue;
        };
        // A union of texts has a variant for any.
        if node.read(document).values.is_some() {
            shows.push(Shows::Unknown { pointer: node.place(document), value: value.to_string() });
        }
    }
    shows
}

/// Whether an unread member belongs to another variant of a union than the one that the type reads: the variant of which it
/// reads most members.
fn is_of_another(document: &Document, root: &Node<'_>, path: &str, observed: &Observed) -> bool {
    let Some((parent, _)) = path.rsplit_once('/') else { return false };
    let (Some((node, _)), Some(member)) = (at(document, root, parent), steps(path).last()) else {
        return false;
    };
    let schema = node.read(document);
    let Some(read) = observed.structs.iter().find(|read| read.path == parent) else { return false };
    if schema.properties.iter().any(|(name, _)| *name == member) {
        return false;
    }
    let variants =
        schema.unions.iter().flat_map(|union| &union.variants).map(|variant| variant.read(document));
    let known =
        |schema: &Schema<'_>| schema.properties.iter().filter(|(name, _)| read.fields.contains(name)).count();
    let best = variants.max_by_key(|schema| (known(schema), std::cmp::Reverse(schema.properties.len())));
    best.is_some_and(|schema| !schema.properties.iter().any(|(name, _)| *name == member))
}

fn refused(document: &Document, root: &Node<'_>, value: &Value, misfit: &Misfit) -> Shows {
    let node = at(document, root, &misfit.path).map_or_else(|| root.clone(), |(node, _)| node);
    // What is missing is a member of the object that was read.
    let missing = misfit.missing.and_then(|name| step_into(document, &node.read(document), name));
    let pointer = missing.map_or_else(|| node.place(document), |(member, _)| member.pointer().to_owned());
    let path = misfit.path.trim_start_matches('/').replace('/', ".");
    let reason =
        if path.is_empty() { misfit.message.clone() } else { format!("`{path}`: {}", misfit.message) };
    let shown = value.pointer(&misfit.path).unwrap_or(value);
    Shows::Refused { pointer, value: short(shown), reason }
}

/// What the type makes of a value that it has decoded: it is still valid, and has all that is required.
fn encoded(
    document: &Document,
    node: &Node<'_>,
    value: &'static Value,
    observed: &Observed,
    hook: Hook,
) -> Vec<Shows> {
    let Some(rewrite) = hook.rewrite else { return Vec::new() };
    let mut shows = Vec::new();
    match rewrite(value) {
        // A sample that is not quite valid itself shows nothing.
        Ok(_) if problem(document, node, value, Direction::Request).is_some() => {}
        Ok(sent) => shows.extend(
            problem(document, node, &sent, Direction::Request)
                .map(|(pointer, reason)| Shows::Invalid { pointer, reason }),
        ),
        Err(reason) => shows.push(Shows::Invalid { pointer: node.place(document), reason }),
    }
    for read in &observed.structs {
        let Some((object, _)) = at(document, node, &read.path) else { continue };
        let schema = object.read(document);
        for (name, member) in schema.properties.iter().filter(|(name, _)| schema.required.contains(name)) {
            if may_omit(value, &read.path, name, rewrite) {
                let pointer = member.pointer().to_owned();
                shows.push(Shows::MayOmit { pointer, member: (*name).to_owned() });
            }
        }
    }
    shows
}

/// Whether the type decodes a value without this member, and then does not send it.
fn may_omit(
    value: &Value,
    path: &str,
    name: &str,
    rewrite: fn(&'static Value) -> Result<Value, String>,
) -> bool {
    let mut without = value.clone();
    let Some(Value::Object(members)) = without.pointer_mut(path) else { return false };
    if members.shift_remove(name).is_none() {
        return false;
    }
    let sent = rewrite(leaked(&without));
    sent.is_ok_and(|sent| sent.pointer(path).is_some_and(|object| object.get(name).is_none()))
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(200) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}
