//! The request for the next page, made of the one before.

use super::Next;
use crate::encode::NestedStyle;
use crate::error::{Error, ErrorKind};
use crate::parts::RequestParts;

/// Makes the described request one for the next page.
#[inline]
pub(super) fn apply(parts: &mut RequestParts, next: &Next, may_leave_path: bool) {
    match next {
        Next::Done => {}
        Next::Query(pairs) => pairs.iter().for_each(|(name, value)| parts.set_query(name, value)),
        Next::Body(members) => parts.set_members(members),
        Next::Url(url) => match parts.next_url(url, may_leave_path) {
            Some(url) => parts.set_url(url),
            None => parts.fail(refused()),
        },
    }
}

fn refused() -> Error {
    Error::new(ErrorKind::Paging, "the next page's URL leaves the origin or the path of the list")
}

impl RequestParts {
    /// Replaces the pairs of one name by one.
    #[inline]
    fn set_query(&mut self, name: &str, value: &str) {
        let (path, query) = self.0.url.split_once('?').unwrap_or((&self.0.url, ""));
        let mut encoded = String::new();
        crate::encode::percent_into(&mut encoded, name);
        let kept =
            query.split('&').filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(&encoded));
        let (mut url, mut mark) = (path.to_owned(), "?");
        for pair in kept {
            url.extend([std::mem::replace(&mut mark, "&"), pair]);
        }
        self.set_url(url);
        self.pairs(NestedStyle::default(), |pairs| pairs.pair(name, value));
    }

    /// Replaces members of the JSON body.
    #[inline]
    fn set_members(&mut self, members: &[(String, serde_json::Value)]) {
        let set = self.0.body.set_members(members);
        self.keep_body("body", set);
    }

    /// The URL of the next page, if it stays where the list is.
    #[inline]
    fn next_url(&self, url: &str, may_leave_path: bool) -> Option<String> {
        let base = &self.0.client.0.base;
        let url = if url.starts_with('/') { format!("{}{url}", base.origin()) } else { url.to_owned() };
        let path = |url: &str| url.split('?').next().map(str::to_owned);
        (base.owns(&url) && (may_leave_path || path(&url) == path(&self.0.url))).then_some(url)
    }
}
