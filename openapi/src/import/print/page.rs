//! Where the next page of a list is.

use super::super::names::{raw, snake, words};
use super::super::pages::{Paging, Scheme};
use super::super::types::{Field, Kind, Ty};
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
        Scheme::Token { query, member } => token(query, field(member)?, printer, needs),
        Scheme::LastId { query, flag, id } => last_id(query, field(flag)?, items, id, printer, needs),
        Scheme::NextUrl { outer, member } => next_url(
            outer.as_deref().and_then(field),
            member,
            found.fields.iter().find(|field| field.wire == *member),
            printer,
            needs,
        )?,
        Scheme::Counter { query, by_items } => counter(query, *by_items, items, printer, needs),
        Scheme::Link => return None,
    };
    let list = format!("self.{}", ident(items));
    let list = if is_optional(items) { format!("{list}.unwrap_or_default()") } else { list };
    let name = printer.name(paging.ty, needs);
    let [page, sent, next_type, error] =
        ["Page", "Sent", "Next", "BoxError"].map(|name| printer.runtime(name, needs));
    let leaves = matches!(paging.scheme, Scheme::NextUrl { .. });
    let argument = if next.contains("sent.") { "sent" } else { "_" };
    let may_leave = if leaves { "\n    fn may_leave_path() -> bool {\n        true\n    }\n" } else { "" };
    Some(format!(
        "impl {page} for {name} {{\n    type Item = {item};\n\n    fn next(&self, {argument}: &{sent}<'_>) -> Result<{next_type}, {error}> {{\n{next}    }}\n\n    fn into_items(self) -> Vec<{item}> {{\n        {list}\n    }}\n{may_leave}}}\n"
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

/// An `Option<&str>` of a text member, empty ones left out.
fn text(place: &str, field: &Field) -> String {
    if is_optional(field) {
        format!("{place}.{}.as_deref()", ident(field))
    } else {
        format!("Some(self.{}.as_str())", ident(field))
    }
}

fn token(query: &str, member: &Field, printer: &Printer<'_, '_>, needs: &mut Needs) -> String {
    let next = printer.runtime("Next", needs);
    let text = text("self", member);
    format!(
        "        let next = {text}.filter(|next| !next.is_empty());\n        Ok(next.map_or({next}::Done, |next| {next}::query({query:?}, next)))\n"
    )
}

fn last_id(
    query: &str,
    flag: &Field,
    items: &Field,
    id: &str,
    printer: &Printer<'_, '_>,
    needs: &mut Needs,
) -> String {
    let next = printer.runtime("Next", needs);
    let more = if is_optional(flag) {
        format!("self.{} == Some(true)", ident(flag))
    } else {
        format!("self.{}", ident(flag))
    };
    let last = if is_optional(items) {
        format!("self.{}.as_deref().and_then(|items| items.last())", ident(items))
    } else {
        format!("self.{}.last()", ident(items))
    };
    let id = raw(&snake(&words(id)));
    format!(
        "        let last = {last}.filter(|_| {more});\n        Ok(last.map_or({next}::Done, |last| {next}::query({query:?}, &last.{id})))\n"
    )
}

fn next_url(
    outer: Option<&Field>,
    member: &str,
    own: Option<&Field>,
    printer: &Printer<'_, '_>,
    needs: &mut Needs,
) -> Option<String> {
    let next = printer.runtime("Next", needs);
    let url = match (outer, own) {
        (Some(outer), _) => {
            let id = printer.types.structure_of(&outer.ty)?;
            let Some(Kind::Struct(inner)) = printer.types.defs.get(id).map(|def| &def.kind) else {
                return None;
            };
            let member = inner.fields.iter().find(|field| field.wire == member)?;
            let place = format!("self.{}", ident(outer));
            match (is_optional(outer), is_optional(member)) {
                (true, true) => format!("{place}.as_ref().and_then(|outer| outer.{}.clone())", ident(member)),
                (true, false) => format!("{place}.as_ref().map(|outer| outer.{}.clone())", ident(member)),
                (false, true) => format!("{place}.{}.clone()", ident(member)),
                (false, false) => format!("Some({place}.{}.clone())", ident(member)),
            }
        }
        (None, Some(own)) if is_optional(own) => format!("self.{}.clone()", ident(own)),
        (None, Some(own)) => format!("Some(self.{}.clone())", ident(own)),
        (None, None) => return None,
    };
    Some(format!(
        "        let next = {url};\n        Ok(next.filter(|url| !url.is_empty()).map_or({next}::Done, {next}::Url))\n"
    ))
}

fn counter(
    query: &str,
    by_items: bool,
    items: &Field,
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
    let (start, step) = if by_items { ("0", "count") } else { ("1", "1") };
    format!(
        "        let count = {count};\n        let sent = sent.query({query:?}).and_then(|sent| sent.parse::<usize>().ok());\n        let next = sent.unwrap_or({start}) + {step};\n        Ok(if count == 0 {{ {next}::Done }} else {{ {next}::query({query:?}, next) }})\n"
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

    fn may_leave_path() -> bool {
        true
    }
}
"
}
