//! The request for the next page, made of the one before.

use super::Next;
use crate::encode::percent_into;
use crate::error::{Error, ErrorKind};
use crate::request::RequestParts;
use crate::request::url::{resolve, same_path};
use crate::style::NestedStyle;

/// Makes the described request one for the next page.
pub(super) fn apply(parts: &mut RequestParts, next: &Next, may_leave_path: bool) {
    match next {
        Next::Done => {}
        Next::Query(pairs) => pairs.iter().for_each(|(name, value)| set_query(parts, name, value)),
        Next::Body(members) => {
            let set = parts.0.body.set_members(members);
            parts.keep_body("body", set);
        }
        Next::Url(url) => match next_url(parts, url, may_leave_path) {
            Some(url) => parts.0.url.set(url),
            None => parts.fail(Error::new(
                ErrorKind::Paging,
                "the next page's URL is not valid, or leaves the origin or the path of the list",
            )),
        },
    }
}

/// Replaces the pairs of one name by one.
fn set_query(parts: &mut RequestParts, name: &str, value: &str) {
    let mut encoded = String::new();
    percent_into(&mut encoded, name);
    parts.0.url.remove_query(&encoded);
    parts.pairs(NestedStyle::default(), |pairs| pairs.pair(name, value));
}

/// Returns the URL of the next page, resolved against that of this one, if it stays where the list is.
fn next_url(parts: &RequestParts, reference: &str, may_leave_path: bool) -> Option<String> {
    let here = parts.0.url.as_str();
    let next = String::from(resolve(here, reference)?);
    let stays = parts.client().0.base.owns(&next) && (may_leave_path || same_path(&next, here));
    stays.then_some(next)
}
