//! How an error body is displayed.

use super::super::names::{raw, snake, words};
use super::super::types::{Field, Id, Kind, Ty};
use super::items::union_variants;
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

const LISTS: [&str; 3] = ["errors", "messages", "details"];

/// `Display` of the type of error bodies: the server's message.
pub(in super::super) fn display(printer: &Printer<'_, '_>, id: Id, needs: &mut Needs) -> Option<String> {
    let name = printer.name(id, needs);
    let body = match printer.types.kind_of(id)? {
        Kind::Struct(found) => {
            let lines = says(find(printer, &found.fields, "self", 0));
            lines.iter().map(|line| format!("        {line}\n")).collect()
        }
        Kind::Union(union) => {
            let variants = union_variants(printer, union);
            let arms: String =
                variants.iter().map(|(variant, name)| arm(printer, &variant.ty, name)).collect();
            let other = "            Self::Other(body) => write!(f, \"{body}\"),\n";
            format!("        match self {{\n{arms}{other}        }}\n")
        }
        _ => return None,
    };
    Some(format!(
        "impl std::fmt::Display for {name} {{\n    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{\n{body}    }}\n}}\n"
    ))
}

/// How one variant is displayed.
fn arm(printer: &Printer<'_, '_>, ty: &Ty, name: &str) -> String {
    let found = match ty {
        Ty::List(item) => of_struct(printer, item, "error", 0).map(|found| through("body.first()", &found)),
        ty => of_struct(printer, ty, "body", 0),
    };
    let binding = if found.is_some() { "body" } else { "_" };
    let lines = says(found);
    match lines.as_slice() {
        [line] => format!("            Self::{name}({binding}) => {line},\n"),
        lines => {
            let lines: String = lines.iter().map(|line| format!("                {line}\n")).collect();
            format!("            Self::{name}({binding}) => {{\n{lines}            }}\n")
        }
    }
}

/// An expression for a message.
enum Found {
    /// A `String` that is always there.
    Text(String),
    /// An `Option<&str>`, and what it calls `first`.
    Maybe { first: Option<String>, message: String },
}

/// The statements that write a message.
fn says(found: Option<Found>) -> Vec<String> {
    let or = |message: &str| format!("f.write_str({message}.unwrap_or(\"no message\"))");
    match found {
        None => vec!["f.write_str(\"the server reported an error\")".to_owned()],
        Some(Found::Text(text)) => vec![format!("f.write_str(&{text})")],
        Some(Found::Maybe { first: None, message }) => vec![or(&message)],
        Some(Found::Maybe { first: Some(first), message }) => {
            vec![format!("let first = {first};"), format!("let message = {message};"), or("message")]
        }
    }
}

/// What is found in `error`, reached through an `Option` of a reference to it.
fn through(first: &str, found: &Found) -> Found {
    let message = match found {
        Found::Text(text) => format!("first.map(|error| {text}.as_str())"),
        Found::Maybe { first: None, message } => format!("first.and_then(|error| {message})"),
        Found::Maybe { first: Some(inner), message } => {
            format!("first.and_then(|error| {})", message.replacen("first", inner, 1))
        }
    };
    Found::Maybe { first: Some(first.to_owned()), message }
}

/// The message in a struct.
fn of_struct(printer: &Printer<'_, '_>, ty: &Ty, place: &str, depth: usize) -> Option<Found> {
    match printer.types.kind_of(printer.types.structure_of(ty)?)? {
        Kind::Struct(found) => find(printer, &found.fields, place, depth),
        _ => None,
    }
}

/// The message among members: one of them, or in what one of them holds.
fn find(printer: &Printer<'_, '_>, fields: &[Field], place: &str, depth: usize) -> Option<Found> {
    let named = |name: &&str| fields.iter().find(|field| snake(&words(&field.wire)) == **name);
    let known = MESSAGES.iter().filter_map(named);
    if let Some(field) = known.clone().find(|field| field.ty.without_null().0 == &Ty::Text) {
        let member = member(field, place);
        return Some(if is_optional(field) {
            Found::Maybe { first: None, message: format!("{member}.as_deref()") }
        } else {
            Found::Text(member)
        });
    }
    // Types that hold each other have no end.
    if depth > 1 {
        return None;
    }
    LISTS.iter().filter_map(named).chain(known).find_map(|field| inside(printer, field, place, depth))
}

/// The message of what a member holds: of a struct, or of the first one of a list.
fn inside(printer: &Printer<'_, '_>, field: &Field, place: &str, depth: usize) -> Option<Found> {
    let member = member(field, place);
    match (field.ty.without_null().0, is_optional(field)) {
        (Ty::List(item), optional) => {
            let first = format!("{member}{}", if optional { ".iter().flatten().next()" } else { ".first()" });
            if **item == Ty::Text {
                return Some(Found::Maybe {
                    first: Some(first),
                    message: "first.map(String::as_str)".to_owned(),
                });
            }
            Some(through(&first, &of_struct(printer, item, "error", depth + 1)?))
        }
        (ty @ Ty::Def(_), true) => {
            Some(through(&format!("{member}.as_ref()"), &of_struct(printer, ty, "error", depth + 1)?))
        }
        (ty @ Ty::Def(_), false) => of_struct(printer, ty, &member, depth + 1),
        _ => None,
    }
}

fn member(field: &Field, place: &str) -> String {
    format!("{place}.{}", raw(&snake(&words(&field.wire))))
}

fn is_optional(field: &Field) -> bool {
    !field.required || matches!(field.ty, Ty::Nullable(_))
}
