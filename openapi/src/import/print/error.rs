//! How an error body is displayed.

use super::super::names::{raw, snake, words};
use super::super::types::{Field, Id, Kind, Ty};
use super::{Needs, Printer};

const MESSAGES: [&str; 9] = [
    "message",
    "error_description",
    "detail",
    "description",
    "title",
    "msg",
    "reason",
    "error",
    "error_message",
];

/// `Display` of the type of error bodies: the server's message.
pub(in super::super) fn display(printer: &Printer<'_, '_>, id: Id, needs: &mut Needs) -> Option<String> {
    let def = printer.types.defs.get(id)?;
    let name = printer.name(id, needs);
    let body = match &def.kind {
        Kind::Struct(found) => message(printer, &found.fields, "self", 0),
        _ => None,
    };
    let body = body.unwrap_or_else(|| "f.write_str(\"the server reported an error\")".to_owned());
    Some(format!(
        "impl std::fmt::Display for {name} {{\n    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{\n        {body}\n    }}\n}}\n"
    ))
}

fn message(printer: &Printer<'_, '_>, fields: &[Field], place: &str, depth: usize) -> Option<String> {
    let named = |name: &&str| fields.iter().find(|field| snake(&words(&field.wire)) == **name);
    let ident = |field: &Field| raw(&snake(&words(&field.wire)));
    if let Some(field) =
        MESSAGES.iter().filter_map(&named).find(|field| field.ty.without_null().0 == &Ty::Text)
    {
        let is_optional = !field.required || matches!(field.ty, Ty::Nullable(_));
        let member = format!("{place}.{}", ident(field));
        return Some(match is_optional {
            true => format!("f.write_str({member}.as_deref().unwrap_or(\"no message\"))"),
            false => format!("f.write_str(&{member})"),
        });
    }
    let outer =
        MESSAGES.iter().filter_map(named).find(|field| field.required && matches!(field.ty, Ty::Def(_)))?;
    let id = printer.types.structure_of(&outer.ty)?;
    let Some(Kind::Struct(inner)) = printer.types.defs.get(id).map(|def| &def.kind) else { return None };
    if depth > 1 || printer.circles.iter().any(|(_, to)| *to == id) {
        return None;
    }
    message(printer, &inner.fields, &format!("{place}.{}", ident(outer)), depth + 1)
}
