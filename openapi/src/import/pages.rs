//! Lists that come in pages: by the document's extension, a rule of the configuration, or one of five common schemes.

use super::convert::Types;
use super::paging::{Paging, Scheme};
use super::returns::Returns;
use super::types::{Field, Kind, Struct, Ty};
use crate::model::{Operation, Place};

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
        let linked = super::returns::successes(operation)
            .iter()
            .any(|response| response.headers.iter().any(|name| name.eq_ignore_ascii_case("link")));
        if linked {
            guesses.push("Guess: the header `Link` leads to the next page.".to_owned());
            return Returns::Listed((**item).clone());
        }
        return returns;
    }
    let Some(id) = types.structure_of(ty) else { return returns };
    let Some(Kind::Struct(found)) = types.defs.get(id).map(|def| def.kind.clone()) else { return returns };
    let Some(items) = items(&found) else { return returns };
    let rule = types.config.rule(operation, &found);
    let extension = operation.members.keys().any(|name| {
        let name = name.to_ascii_lowercase();
        name.contains("pagina") || name.contains("pageable")
    });
    let guessed =
        || if types.config.no_guessed_pages { None } else { scheme(types, operation, &found, items) };
    let Some(scheme) = rule.clone().unwrap_or_else(guessed) else { return returns };
    let paging = Paging { ty: id, items: items.wire.clone(), scheme };
    match types.pagings.iter().find(|other| other.ty == id) {
        // A type has one way to its next page.
        Some(other) if *other != paging => return returns,
        _ => {}
    }
    if rule.is_none() && !extension {
        guesses.push(format!("Guess: {}", paging.scheme.words()));
    }
    if !types.pagings.contains(&paging) {
        types.pagings.push(paging);
    }
    Returns::Pages(Ty::Def(id))
}

/// The only list of objects, or the only list, of a page.
fn items(found: &Struct) -> Option<&Field> {
    let lists: Vec<&Field> =
        found.fields.iter().filter(|field| matches!(field.ty.without_null().0, Ty::List(_))).collect();
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
    let field = |wanted: &str| found.fields.iter().find(|field| snake(&field.wire) == wanted);
    let is_text = |field: &&Field| field.ty.without_null().0 == &Ty::Text;
    let flag =
        FLAGS.iter().find_map(|name| field(name)).filter(|field| field.ty.without_null().0 == &Ty::Bool);
    for (member, queries) in TOKENS {
        if let (Some(member), Some(query)) = (field(member).filter(is_text), query(queries))
            && !is_url(member)
        {
            return Some(Scheme::Token {
                query,
                member: member.wire.clone(),
                flag: flag.map(|flag| flag.wire.clone()),
            });
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
    if let Some(scheme) = meta_url(types, found) {
        return Some(scheme);
    }
    let total =
        ["total", "total_count", "total_items", "total_results", "items_total", "total_pages", "pages_total"]
            .iter()
            .any(|name| field(name).is_some());
    if !total && flag.is_none() {
        return None;
    }
    if let Some(query) = query(&["offset", "skip"]) {
        return Some(Scheme::Counter { query, by_items: true, flag: flag.map(|flag| flag.wire.clone()) });
    }
    let is_number = |wire: &String| {
        operation.parameters.iter().any(|parameter| {
            parameter.name == *wire
                && parameter.schema.read(types.document).types == [crate::schema::Type::Integer]
        })
    };
    query(&["page", "page_number"]).filter(is_number).map(|query| Scheme::Counter {
        query,
        by_items: false,
        flag: flag.map(|flag| flag.wire.clone()),
    })
}

fn is_url(field: &Field) -> bool {
    let docs = field.docs.to_ascii_lowercase();
    docs.contains("url") || docs.contains("link") || field.wire.to_ascii_lowercase().contains("url")
}

/// `meta.next_page_url`.
fn meta_url(types: &Types<'_>, found: &Struct) -> Option<Scheme> {
    for outer in found
        .fields
        .iter()
        .filter(|field| ["meta", "links", "paging", "pagination", "_links"].contains(&field.wire.as_str()))
    {
        let id = types.structure_of(&outer.ty)?;
        let Some(Kind::Struct(inner)) = types.defs.get(id).map(|def| &def.kind) else { continue };
        let member = inner.fields.iter().find(|field| {
            URLS.contains(&snake(&field.wire).as_str()) && field.ty.without_null().0 == &Ty::Text
        });
        if let Some(member) = member {
            return Some(Scheme::NextUrl { outer: Some(outer.wire.clone()), member: member.wire.clone() });
        }
    }
    None
}

/// The member of an item that names it, a required text.
fn item_id(types: &Types<'_>, items: &Field) -> Option<String> {
    let Ty::List(item) = items.ty.without_null().0 else { return None };
    let id = types.structure_of(item)?;
    let Some(Kind::Struct(item)) = types.defs.get(id).map(|def| &def.kind) else { return None };
    item.fields
        .iter()
        .find(|field| field.wire == "id" && field.ty == Ty::Text && field.required)
        .map(|field| field.wire.clone())
}
