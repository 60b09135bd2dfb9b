//! How a list goes on.

use super::types::Id;

/// Where the next page of a type is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Paging {
    pub(super) ty: Id,
    /// The field with the items.
    pub(super) items: String,
    pub(super) scheme: Scheme,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scheme {
    /// A member of the page, or of an object in it, goes into a query name, unless a flag says that this is the last page.
    Token { query: String, outer: Option<String>, member: String, flag: Option<String> },
    /// The id of the last item goes into a query name, while a flag says that there is more.
    LastId { query: String, flag: String, id: String },
    /// A member of the page, or of an object in it, is the URL of the next one.
    NextUrl { outer: Option<String>, member: String },
    /// A number counts pages or items up, by one or by the number of items. What is not sent is `start`.
    Counter { query: String, by_items: bool, start: u8, flag: Option<String> },
}

impl Scheme {
    pub(super) fn words(&self) -> String {
        match self {
            Self::Token { query, outer, member, .. } => {
                format!("`{}` of a page is `{query}` of the next one.", path(outer.as_deref(), member))
            }
            Self::LastId { query, flag, .. } => {
                format!("the id of the last item is `{query}` of the next page, while `{flag}`.")
            }
            Self::NextUrl { outer, member } => {
                format!("`{}` is the URL of the next page.", path(outer.as_deref(), member))
            }
            Self::Counter { query, by_items: false, .. } => format!("`{query}` counts pages up."),
            Self::Counter { query, by_items: true, .. } => format!("`{query}` counts items up."),
        }
    }
}

fn path(outer: Option<&str>, member: &str) -> String {
    outer.map_or_else(|| member.to_owned(), |outer| format!("{outer}.{member}"))
}

/// `meta.next` as the object and the member in it.
pub(super) fn split(path: &str) -> (Option<String>, String) {
    match path.split_once('.') {
        Some((outer, member)) => (Some(outer.to_owned()), member.to_owned()),
        None => (None, path.to_owned()),
    }
}
