//! What extensions of a document say about the pages of a list.

use serde_json::{Map, Value};

use super::paging::{Scheme, split};

/// A list that comes in pages, by the document.
pub(super) struct Said {
    pub(super) scheme: Scheme,
    /// The member with the items, if it is named.
    pub(super) items: Option<String>,
}

/// What the extensions of an operation say, if they say enough.
pub(super) fn pages(members: &Map<String, Value>) -> Option<Said> {
    microsoft(members).or_else(|| datadog(members)).or_else(|| speakeasy(members)).or_else(|| fern(members))
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A path of JSONPath or of Fern as `member` or `outer.member`.
fn path(text: &str) -> String {
    let text = text.trim_start_matches("$response").trim_start_matches("$request");
    text.trim_start_matches('$').trim_start_matches('.').to_owned()
}

fn token(query: String, member: &str) -> Scheme {
    let (outer, member) = split(&path(member));
    Scheme::Token { query, outer, member, flag: None }
}

fn next_url(member: &str) -> Scheme {
    let (outer, member) = split(&path(member));
    Scheme::NextUrl { outer, member }
}

fn counter(query: String, by_items: bool) -> Scheme {
    Scheme::Counter { query, by_items, start: u8::from(!by_items), flag: None }
}

/// `x-ms-pageable: {nextLinkName: nextLink, itemName: value}`
fn microsoft(members: &Map<String, Value>) -> Option<Said> {
    let said = members.get("x-ms-pageable")?;
    Some(Said { scheme: next_url(&text(said, "nextLinkName")?), items: text(said, "itemName") })
}

/// `x-pagination: {pageOffsetParam: start, resultsPath: data}`, or with `pageParam`, or `cursorParam` and `cursorPath`.
fn datadog(members: &Map<String, Value>) -> Option<Said> {
    let said = members.get("x-pagination")?;
    let cursor = || Some(token(text(said, "cursorParam")?, &text(said, "cursorPath")?));
    let offset = || Some(counter(text(said, "pageOffsetParam")?, true));
    let page = || Some(counter(text(said, "pageParam")?, false));
    let scheme = cursor().or_else(offset).or_else(page)?;
    Some(Said { scheme, items: text(said, "resultsPath") })
}

/// `x-speakeasy-pagination: {inputs: [{name: cursor, type: cursor}], outputs: {results: $.data, nextCursor: $.next}}`
fn speakeasy(members: &Map<String, Value>) -> Option<Said> {
    let said = members.get("x-speakeasy-pagination")?;
    let output = |name: &str| said.get("outputs").and_then(|outputs| text(outputs, name));
    let input = |kind: &str| {
        let inputs = said.get("inputs").and_then(Value::as_array).into_iter().flatten();
        let is_kind = |input: &&Value| text(input, "type").as_deref() == Some(kind);
        inputs.filter(is_kind).find_map(|input| text(input, "name"))
    };
    let cursor = || Some(token(input("cursor")?, &output("nextCursor")?));
    let url = || Some(next_url(&output("nextUrl")?));
    let counted = || input("page").map(|query| counter(query, false));
    let offset = || input("offset").map(|query| counter(query, true));
    let scheme = cursor().or_else(url).or_else(counted).or_else(offset)?;
    Some(Said { scheme, items: output("results").map(|results| path(&results)) })
}

/// `x-fern-pagination: {cursor: $request.cursor, next_cursor: $response.next, results: $response.data}`
fn fern(members: &Map<String, Value>) -> Option<Said> {
    let said = members.get("x-fern-pagination")?;
    let cursor = || Some(token(path(&text(said, "cursor")?), &text(said, "next_cursor")?));
    let offset = || {
        let query = path(&text(said, "offset")?);
        let by_items = !query.contains("page");
        Some(counter(query, by_items))
    };
    let scheme = cursor().or_else(offset)?;
    Some(Said { scheme, items: text(said, "results").map(|results| path(&results)) })
}
