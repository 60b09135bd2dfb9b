//! Lists that come in pages: by the document's extension, a rule of the configuration, or one of five common schemes.

use super::convert::Types;
use super::paging::{Paging, Scheme};
use super::returns::Returns;
use super::types::{Field, Kind, Struct, Ty};
use crate::model::{Operation, Parameter, Place};

/// Members and the query names that their values go into.
const TOKENS: [(&str, &[&str]); 9] = [
    ("next_page_token", &["page_token"]),
    ("next_cursor", &["cursor", "next_cursor"]),
    ("next_token", &["next_token", "token"]),
    ("next_page", &["page_token", "page", "cursor"]),
    ("next_page_id", &["page_id"]),
    ("next", &["after", "cursor", "next", "page_token"]),
    ("iterator", &["iterator"]),
    ("last_id", &["after", "starting_after"]),
    ("cursor", &["cursor"]),
];
const URLS: [&str; 7] =
    ["next_page_url", "next_url", "next_href", "next_link", "next_page_uri", "odata_next_link", "next"];
const TOTALS: [&str; 9] = [
    "total",
    "total_count",
    "total_items",
    "total_results",
    "total_elements",
    "items_total",
    "total_pages",
    "pages_total",
    "last_page",
];
const FLAGS: [&str; 3] = ["has_more", "has_next", "has_next_page"];

/// The result as pages, if the list is one.
pub(super) fn paged(
    types: &mut Types<'_>,
    operation: &Operation<'_>,
    returns: Returns,
    guesses: &mut Vec<String>,
) -> Returns {
    let Returns::Json(ty) = &returns else { return returns };
    if operation.method != "GET" {
        return returns;
    }
    if let Ty::List(item) = ty {
        if is_linked(operation) || types.has_links && asks_for_page(operation) {
            guesses.push("Guess: the header `Link` leads to the next page.".to_owned());
            return Returns::Listed((**item).clone());
        }
        return returns;
    }
    let Some(id) = types.structure_of(ty) else { return returns };
    let Some(Kind::Struct(found)) = types.defs.get(id).map(|def| def.kind.clone()) else { return returns };
    let said = super::extensions::pages(operation.members).filter(|said| fits(types, &found, &said.scheme));
    let named = said.as_ref().and_then(|said| said.items.as_ref());
    let named = named.and_then(|name| found.fields.iter().find(|field| field.wire == *name));
    let Some(items) = named.filter(|field| is_list(field)).or_else(|| items(&found)) else { return returns };
    let rule = types.config.rule(operation, &found);
    // Dropshot's says only that there are pages.
    let is_said = said.is_some() || operation.members.contains_key("x-dropshot-pagination");
    let guessed =
        || if types.config.no_guessed_pages { None } else { scheme(types, operation, &found, items) };
    let otherwise = || said.map(|said| said.scheme).or_else(guessed);
    let Some(scheme) = rule.clone().unwrap_or_else(otherwise) else { return returns };
    let paging = Paging { ty: id, items: items.wire.clone(), scheme };
    match types.pagings.iter().find(|other| other.ty == id) {
        // A type has one way to its next page.
        Some(other) if *other != paging => return returns,
        _ => {}
    }
    if rule.is_none() && !is_said {
        guesses.push(format!("Guess: {}", paging.scheme.words()));
    }
    if !types.pagings.contains(&paging) {
        types.pagings.push(paging);
    }
    Returns::Pages(Ty::Def(id))
}

/// Whether a success has the header `Link`.
fn is_linked(operation: &Operation<'_>) -> bool {
    super::returns::successes(operation)
        .iter()
        .any(|response| response.headers.iter().any(|name| name.eq_ignore_ascii_case("link")))
}

/// Whether several operations have the header `Link`, so that others that are asked for a page have it as well.
pub(super) fn has_links(operations: &[&Operation<'_>]) -> bool {
    operations.iter().filter(|operation| is_linked(operation)).count() > 2
}

fn asks_for_page(operation: &Operation<'_>) -> bool {
    let is_page = |name: &str| ["page", "per_page", "cursor"].contains(&snake(name).as_str());
    operation.parameters.iter().any(|parameter| parameter.place == Place::Query && is_page(parameter.name))
}

/// Whether a page has the member that an extension names.
fn fits(types: &Types<'_>, found: &Struct, scheme: &Scheme) -> bool {
    let (outer, member) = match scheme {
        Scheme::Token { outer, member, .. } | Scheme::NextUrl { outer, member } => (outer, member),
        _ => return true,
    };
    let is_text = |fields: &[Field], name: &str| {
        fields.iter().any(|field| field.wire == name && field.ty.without_null().0 == &Ty::Text)
    };
    match outer {
        None => is_text(&found.fields, member),
        Some(outer) => {
            let outer = found.fields.iter().find(|field| field.wire == *outer);
            outer.and_then(|outer| inner(types, outer)).is_some_and(|inner| is_text(&inner.fields, member))
        }
    }
}

/// The members of an object in a page.
fn inner<'t>(types: &'t Types<'_>, outer: &Field) -> Option<&'t Struct> {
    match types.defs.get(types.structure_of(&outer.ty)?).map(|def| &def.kind) {
        Some(Kind::Struct(inner)) => Some(inner),
        _ => None,
    }
}

fn is_list(field: &Field) -> bool {
    matches!(field.ty.without_null().0, Ty::List(_))
}

/// The only list of objects, or the only list, of a page.
fn items(found: &Struct) -> Option<&Field> {
    let lists: Vec<&Field> = found.fields.iter().filter(|field| is_list(field)).collect();
    const USUAL: [&str; 6] = ["data", "items", "results", "values", "entries", "records"];
    match lists.as_slice() {
        [only] => Some(only),
        several => several.iter().find(|field| USUAL.contains(&field.wire.as_str())).copied(),
    }
}

fn snake(name: &str) -> String {
    super::names::words(name).join("_")
}

fn scheme(types: &Types<'_>, operation: &Operation<'_>, found: &Struct, items: &Field) -> Option<Scheme> {
    let names: Vec<(String, &str)> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == Place::Query)
        .map(|parameter| (snake(parameter.name), parameter.name))
        .collect();
    let query = |wanted: &[&str]| {
        wanted.iter().find_map(|wanted| {
            names.iter().find(|(name, _)| name == wanted).map(|(_, wire)| (*wire).to_owned())
        })
    };
    // What has an id is a thing with a list, not a page of things.
    if member(found, "id").is_some() {
        return None;
    }
    let field = |wanted: &str| member(found, wanted);
    let is_text = |field: &&Field| field.ty.without_null().0 == &Ty::Text;
    let flag =
        FLAGS.iter().find_map(|name| field(name)).filter(|field| field.ty.without_null().0 == &Ty::Bool);
    let has_flag = flag.map(|flag| flag.wire.clone());
    for (name, queries) in TOKENS {
        if let (Some(member), Some(query)) = (field(name).filter(is_text), query(queries))
            && !is_url(member)
        {
            return Some(Scheme::Token { query, outer: None, member: member.wire.clone(), flag: has_flag });
        }
    }
    if let (Some(flag), Some(query), Some(id)) =
        (flag, query(&["after", "starting_after"]), item_id(types, items))
    {
        return Some(Scheme::LastId { query, flag: flag.wire.clone(), id });
    }
    if let Some(member) = URLS.iter().find_map(|name| field(name)).filter(is_text) {
        return Some(Scheme::NextUrl { outer: None, member: member.wire.clone() });
    }
    if let Some(scheme) = in_outer(types, found, &query) {
        return Some(scheme);
    }
    let outer = found.fields.iter().filter(|field| is_outer(field)).find_map(|outer| inner(types, outer));
    let counts = |found: &Struct| TOTALS.iter().any(|name| member(found, name).is_some());
    if !counts(found) && !outer.is_some_and(counts) && flag.is_none() {
        return None;
    }
    if let Some(query) = query(&["offset", "skip"]) {
        return Some(Scheme::Counter { query, by_items: true, start: 0, flag: has_flag });
    }
    let query = query(&["page", "page_number"])?;
    let parameter = operation.parameters.iter().find(|parameter| parameter.name == query)?;
    let is_number = parameter.schema.read(types.document).types == [crate::schema::Type::Integer];
    let start = u8::from(!is_zero_based(types, parameter));
    is_number.then_some(Scheme::Counter { query, by_items: false, start, flag: has_flag })
}

fn member<'f>(found: &'f Struct, name: &str) -> Option<&'f Field> {
    found.fields.iter().find(|field| snake(&field.wire) == name)
}

/// Whether the first page has the number 0.
fn is_zero_based(types: &Types<'_>, parameter: &Parameter<'_>) -> bool {
    let docs = parameter.docs.to_ascii_lowercase();
    let default = ["/schema/default", "/default"]
        .iter()
        .find_map(|place| types.document.get(&format!("{}{place}", parameter.pointer)));
    let said = ["zero-based", "zero based", "0-based", "0 based", "0-indexed", "zero-indexed", "starts at 0"];
    said.iter().any(|words| docs.contains(words))
        || default.is_some_and(|default| default.as_u64() == Some(0))
}

fn is_url(field: &Field) -> bool {
    let docs = field.docs.to_ascii_lowercase();
    docs.contains("url") || docs.contains("link") || field.wire.to_ascii_lowercase().contains("url")
}

/// Objects of a page that say where the next one is.
fn is_outer(field: &Field) -> bool {
    const OUTER: [&str; 10] = [
        "meta",
        "metadata",
        "links",
        "paging",
        "pagination",
        "page",
        "page_info",
        "paging_info",
        "cursor",
        "response_metadata",
    ];
    OUTER.contains(&snake(&field.wire).as_str())
}

/// `meta.next_cursor`, `links.next`.
fn in_outer(types: &Types<'_>, found: &Struct, query: &impl Fn(&[&str]) -> Option<String>) -> Option<Scheme> {
    let is_text = |field: &&Field| field.ty.without_null().0 == &Ty::Text;
    for outer in found.fields.iter().filter(|field| is_outer(field)) {
        let Some(inner) = inner(types, outer) else { continue };
        let place = Some(outer.wire.clone());
        // Beside a link to itself, `next` is a link.
        let are_links = member(inner, "self").is_some();
        for (name, queries) in TOKENS {
            if let (Some(member), Some(query)) = (member(inner, name).filter(is_text), query(queries))
                && !is_url(member)
                && !are_links
            {
                let member = member.wire.clone();
                return Some(Scheme::Token { query, outer: place, member, flag: None });
            }
        }
        let member = URLS.iter().find_map(|name| member(inner, name)).filter(is_text);
        if let Some(member) = member {
            return Some(Scheme::NextUrl { outer: place, member: member.wire.clone() });
        }
    }
    None
}

/// The member of an item that names it, a text.
fn item_id(types: &Types<'_>, items: &Field) -> Option<String> {
    let Ty::List(item) = items.ty.without_null().0 else { return None };
    let id = types.structure_of(item)?;
    let Some(Kind::Struct(item)) = types.defs.get(id).map(|def| &def.kind) else { return None };
    item.fields
        .iter()
        .find(|field| field.wire == "id" && field.ty.without_null().0 == &Ty::Text)
        .map(|field| field.wire.clone())
}
