//! Where the next page of a list is.

use super::super::names::{raw, snake, words};
use super::super::paging::{Paging, Scheme};
use super::super::types::{Field, Kind, Struct, Ty};
use super::{Needs, Printer};

/// The implementation of `Page`; `None` if a member of it is not written.
pub(in super::super) fn page(
    printer: &Printer<'_, '_>,
    paging: &Paging,
    needs: &mut Needs,
) -> Option<String> {
    let def = printer.types.defs.get(paging.ty)?;
    let Kind::Struct(found) = &def.kind else { return None };
    let field = |wire: &str| found.fields.iter().find(|field| field.wire == wire);
    let items = field(&paging.items)?;
    let Ty::List(item) = items.ty.without_null().0 else { return None };
    let item = printer.owned(item, None, needs);
    let next = match &paging.scheme {
        Scheme::Token { query, outer, member, flag } => {
            let place = place(found, outer.as_deref(), member, printer, needs)?;
            token(query, &place, flag.as_deref().and_then(field), printer, needs)
        }
        Scheme::LastId { query, flag, id } => last_id(query, field(flag)?, items, id, printer, needs)?,
        Scheme::NextUrl { outer, member } => {
            next_url(&place(found, outer.as_deref(), member, printer, needs)?, printer, needs)
        }
        Scheme::Counter { query, by_items, start, flag } => {
            let flag = flag.as_deref().and_then(field);
            counter(query, (*by_items, *start), items, flag, printer, needs)
        }
    };
    let list = format!("self.{}", ident(items));
    let (list, is_empty) = match is_optional(items) {
        true => (format!("{list}.unwrap_or_default()"), format!("{list}.as_ref().is_none_or(Vec::is_empty)")),
        false => (list.clone(), format!("{list}.is_empty()")),
    };
    let name = printer.name(paging.ty, needs);
    let (generics, name) = if item == "T" {
        ("<T: serde::de::DeserializeOwned + Send + 'static>", format!("{name}<T>"))
    } else {
        ("", name)
    };
    let [page, sent, next_type, error] =
        ["Page", "Sent", "Next", "BoxError"].map(|name| printer.runtime(name, needs));
    let leaves = matches!(paging.scheme, Scheme::NextUrl { .. });
    let argument = if next.contains("sent.") { "sent" } else { "_" };
    let may_leave = if leaves { "\n    fn may_leave_path() -> bool {\n        true\n    }\n" } else { "" };
    Some(format!(
        "impl{generics} {page} for {name} {{\n    type Item = {item};\n\n    fn next(&self, {argument}: &{sent}<'_>) -> Result<{next_type}, {error}> {{\n{next}    }}\n\n    fn into_items(self) -> Vec<{item}> {{\n        {list}\n    }}\n\n    fn is_empty(&self) -> bool {{\n        {is_empty}\n    }}\n{may_leave}}}\n"
    ))
}

fn ident(field: &Field) -> String {
    match field.wire.as_str() {
        "type" => "kind".to_owned(),
        wire => raw(&snake(&words(wire))),
    }
}

fn is_optional(field: &Field) -> bool {
    !field.required || matches!(field.ty, Ty::Nullable(_))
}

/// The condition under which a page is the last.
fn no_more(flag: Option<&Field>) -> String {
    match flag {
        Some(flag) if is_optional(flag) => format!(" || self.{} == Some(false)", ident(flag)),
        Some(flag) => format!(" || !self.{}", ident(flag)),
        None => String::new(),
    }
}

/// Where the member is that leads to the next page.
struct Place<'f> {
    /// What comes first: the object that holds it is taken out.
    before: String,
    /// `self.next`, `meta.next`.
    path: String,
    member: &'f Field,
}

fn place<'f>(
    found: &'f Struct,
    outer: Option<&str>,
    member: &str,
    printer: &'f Printer<'_, '_>,
    needs: &mut Needs,
) -> Option<Place<'f>> {
    let find = |fields: &'f [Field], wire: &str| fields.iter().find(|field| field.wire == wire);
    let Some(outer) = outer else {
        let member = find(&found.fields, member)?;
        return Some(Place { before: String::new(), path: format!("self.{}", ident(member)), member });
    };
    let outer = find(&found.fields, outer)?;
    let id = printer.types.structure_of(&outer.ty)?;
    let Some(Kind::Struct(inner)) = printer.types.defs.get(id).map(|def| &def.kind) else { return None };
    let member = find(&inner.fields, member)?;
    let name = ident(outer);
    let before = if is_optional(outer) {
        let next = printer.runtime("Next", needs);
        format!(
            "        let Some({name}) = &self.{name} else {{\n            return Ok({next}::Done);\n        }};\n"
        )
    } else {
        format!("        let {name} = &self.{name};\n")
    };
    Some(Place { before, path: format!("{name}.{}", ident(member)), member })
}

fn token(
    query: &str,
    place: &Place<'_>,
    flag: Option<&Field>,
    printer: &Printer<'_, '_>,
    needs: &mut Needs,
) -> String {
    let end = no_more(flag);
    let next = printer.runtime("Next", needs);
    let Place { before, path, member } = place;
    let text = match is_optional(member) {
        true => format!("{path}.as_deref().unwrap_or_default()"),
        false => format!("&{path}"),
    };
    format!(
        "{before}        let next = {text};\n        if next.is_empty(){end} {{\n            return Ok({next}::Done);\n        }}\n        Ok({next}::query({query:?}, next))\n"
    )
}

fn last_id(
    query: &str,
    flag: &Field,
    items: &Field,
    id: &str,
    printer: &Printer<'_, '_>,
    needs: &mut Needs,
) -> Option<String> {
    let next = printer.runtime("Next", needs);
    let more = format!("self.{}", ident(flag));
    let more = if is_optional(flag) { format!("{more} == Some(true)") } else { more };
    let list = format!("self.{}", ident(items));
    let list = if is_optional(items) { format!("{list}.as_deref().unwrap_or_default()") } else { list };
    let Ty::List(item) = items.ty.without_null().0 else { return None };
    let Kind::Struct(item) = &printer.types.defs.get(printer.types.structure_of(item)?)?.kind else {
        return None;
    };
    let id = item.fields.iter().find(|field| field.wire == id)?;
    let name = ident(id);
    let (before, last, found, value) = match is_optional(id) {
        true => (
            format!("        let last = {list}.last();\n"),
            format!("last.and_then(|last| last.{name}.as_ref())"),
            "id",
            "id".to_owned(),
        ),
        false => (String::new(), format!("{list}.last()"), "last", format!("&last.{name}")),
    };
    Some(format!(
        "{before}        match {last} {{\n            Some({found}) if {more} => Ok({next}::query({query:?}, {value})),\n            _ => Ok({next}::Done),\n        }}\n"
    ))
}

fn next_url(place: &Place<'_>, printer: &Printer<'_, '_>, needs: &mut Needs) -> String {
    let next = printer.runtime("Next", needs);
    let Place { before, path, member } = place;
    let end = if is_optional(member) { ".unwrap_or_default()" } else { "" };
    format!(
        "{before}        let next = {path}.clone(){end};\n        if next.is_empty() {{\n            return Ok({next}::Done);\n        }}\n        Ok({next}::Url(next))\n"
    )
}

fn counter(
    query: &str,
    (by_items, start): (bool, u8),
    items: &Field,
    flag: Option<&Field>,
    printer: &Printer<'_, '_>,
    needs: &mut Needs,
) -> String {
    let next = printer.runtime("Next", needs);
    let list = format!("self.{}", ident(items));
    let count = if is_optional(items) {
        format!("{list}.as_ref().map_or(0, Vec::len)")
    } else {
        format!("{list}.len()")
    };
    let end = no_more(flag);
    let step = if by_items { "count" } else { "1" };
    format!(
        "        let count = {count};\n        if count == 0{end} {{\n            return Ok({next}::Done);\n        }}\n        let sent = sent.query({query:?}).unwrap_or_default();\n        let next = sent.parse::<usize>().unwrap_or({start}) + {step};\n        Ok({next}::query({query:?}, next))\n"
    )
}

/// The page that is a plain list.
pub(in super::super) fn listed() -> &'static str {
    "/// A page that is a plain list. The next one stands in the header `Link`.
#[derive(Debug, Clone, Deserialize)]
pub struct Listed<T>(pub Vec<T>);

impl<T: serde::de::DeserializeOwned + Send + 'static> declarest::Page for Listed<T> {
    type Item = T;

    fn next(&self, sent: &declarest::Sent<'_>) -> Result<declarest::Next, declarest::BoxError> {
        Ok(declarest::Next::link(&sent.head().headers))
    }

    fn into_items(self) -> Vec<T> {
        self.0
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn may_leave_path() -> bool {
        true
    }
}
"
}
