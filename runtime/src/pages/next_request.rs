//! Makes the request of the next page from the one before.

use serde_json::Value;

use super::{Next, Page};
use crate::call_site::CallSite;
use crate::encode::{SegmentOptions, percent_into};
use crate::endpoint::{Encoding, Endpoint, Parameter, Role};
use crate::error::{Error, ErrorKind};
use crate::request::RequestParts;
use crate::request::url::{resolve, same_pairs, same_path};
use crate::style::{ListStyle, NestedStyle};

/// What a page says of its next requests, whatever they are.
pub(super) struct Rules {
    pub(super) may_leave_path: bool,
    pub(super) endpoints: fn() -> &'static [Endpoint],
}

impl Rules {
    pub(super) fn of<P: Page>() -> Self {
        Self { may_leave_path: P::may_leave_path(), endpoints: P::endpoints }
    }
}

/// Makes the described request one for the next page.
pub(super) fn apply(parts: &mut RequestParts, next: &Next, rules: &Rules) {
    match next {
        Next::Done => {}
        Next::Query(pairs) => pairs.iter().for_each(|(name, value)| set_query(parts, name, value)),
        Next::Body(members) => {
            let set = parts.0.body.set_members(members);
            parts.keep_body("body", set);
        }
        Next::Form(pairs) => {
            let set = parts.0.body.set_form(pairs);
            parts.keep(set);
        }
        Next::Header(pairs) => pairs.iter().for_each(|(name, value)| parts.set_header(name, value)),
        Next::Endpoint(method, arguments) => move_to(parts, method, arguments, rules),
        Next::Url(url) => match next_url(parts, url, rules.may_leave_path) {
            Some(url) => parts.0.url.set(url),
            None => parts.fail(Error::new(
                ErrorKind::Paging,
                "the URL of the next page is invalid, or leaves the origin or the path of the list",
            )),
        },
    }
}

/// Returns the request of the page after `page`, which came for `parts` with this head; `None` after the last.
#[cfg(feature = "testing")]
pub(crate) fn following<P: Page>(
    parts: &RequestParts,
    page: &P,
    head: &crate::head::Head,
) -> Result<Option<RequestParts>, crate::error::BoxError> {
    let draft = &parts.0;
    let sent = super::Sent { url: draft.url.as_str(), headers: &draft.headers, body: &draft.body, head };
    let next = page.next(&sent)?;
    if next == Next::Done {
        return Ok(None);
    }
    let mut following = parts.copy();
    apply(&mut following, &next, &Rules::of::<P>());
    Ok(Some(following))
}

/// Returns whether a request asks for the same page as another, whatever the order of its pairs.
pub(super) fn is_same_request(one: &RequestParts, other: &RequestParts) -> bool {
    std::ptr::eq(one.endpoint(), other.endpoint())
        && same_pairs(one.0.url.as_str(), other.0.url.as_str())
        && one.0.headers == other.0.headers
        && one.0.body.has_same_text(&other.0.body)
}

/// Replaces the pairs of one name by one.
fn set_query(parts: &mut RequestParts, name: &str, value: &str) {
    let mut encoded = String::new();
    percent_into(&mut encoded, name);
    parts.0.url.remove_query(&encoded);
    parts.pairs(NestedStyle::default(), |pairs| pairs.pair(name, value));
}

/// Makes it a request of another endpoint of the same scope.
fn move_to(parts: &mut RequestParts, method: &str, arguments: &[(String, Value)], rules: &Rules) {
    let Some(endpoint) = (rules.endpoints)().iter().find(|endpoint| endpoint.name == method) else {
        let detail =
            format!("the page names `{method}` as the next endpoint, which `Page::endpoints` does not list");
        return parts.fail(Error::new(ErrorKind::Paging, detail));
    };
    let site = CallSite { endpoint, ..parts.0.site.clone() };
    let mut next = RequestParts::begin(parts.client().clone(), site);
    parts.0.headers.remove(http::header::CONTENT_TYPE);
    for (name, value) in &parts.0.headers {
        next.0.headers.entry(name).or_insert_with(|| value.clone());
    }
    next.0.options = parts.0.options.clone();
    next.0.extensions = parts.0.extensions.clone();
    // The path is written from left to right.
    let mut parameters: Vec<&Parameter> = endpoint.parameters.iter().collect();
    parameters.sort_by_key(|parameter| place(endpoint, parameter));
    for parameter in parameters {
        let value = arguments.iter().find(|(name, _)| name == parameter.name).map(|(_, value)| value);
        write(&mut next, endpoint, parameter, value);
    }
    let unknown = |name: &str| !endpoint.parameters.iter().any(|parameter| parameter.name == name);
    if let Some((name, _)) = arguments.iter().find(|(name, _)| unknown(name)) {
        next.fail(Error::new(ErrorKind::Paging, format!("the next endpoint has no argument `{name}`")));
    }
    *parts = next;
}

/// Where the placeholder of a parameter stands in the path; parameters of other roles have none.
fn place(endpoint: &Endpoint, parameter: &Parameter) -> Option<usize> {
    let is_in_path = matches!(parameter.role, Role::Segment | Role::Rest);
    is_in_path.then(|| endpoint.template.find(&format!("{{{}", parameter.wire))).flatten()
}

/// Writes an argument of the next endpoint, as its role says; one that is not given is left out.
fn write(parts: &mut RequestParts, endpoint: &Endpoint, parameter: &Parameter, value: Option<&Value>) {
    let Parameter { name, wire, role, .. } = *parameter;
    let text = value.filter(|value| !value.is_null()).map(|value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    match role {
        Role::Segment => {
            parts.write_segment(SegmentOptions::default(), name, text.as_deref().unwrap_or_default());
        }
        Role::Rest => parts.write_rest(SegmentOptions::default(), name, text.as_deref().unwrap_or_default()),
        _ if text.is_none() => {}
        Role::Query => parts.query(wire, ListStyle::Repeat, &text),
        Role::Header => parts.header(wire, &text),
        Role::Field if endpoint.encoding == Encoding::Form => {
            parts.form_field(wire, ListStyle::Repeat, &text);
        }
        Role::Field => parts.field(wire, &value),
        Role::Json => parts.json(&value),
        _ => parts.fail(Error::new(
            ErrorKind::Paging,
            format!("the argument `{name}` of the next endpoint is not a segment, a query name, a header, a field or JSON"),
        )),
    }
}

/// Returns the URL of the next page, resolved against that of this one, if it stays where the list is.
fn next_url(parts: &RequestParts, reference: &str, may_leave_path: bool) -> Option<String> {
    let here = parts.0.url.as_str();
    let next = String::from(resolve(here, reference)?);
    let stays = parts.client().0.base.owns(&next) && (may_leave_path || same_path(&next, here));
    stays.then_some(next)
}
