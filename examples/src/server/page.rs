//! Cursor pagination: `after` is the id of the last item of the page before.

use serde::Serialize;

use super::error::{ApiError, ApiResult};
use super::params::Params;

/// A thing with an id that can stand in a list.
pub(super) trait Record: Clone + Serialize {
    /// The id, which is also the cursor.
    fn id(&self) -> &str;
}

/// Which part of a list is wanted.
#[derive(Clone, Debug)]
pub(super) struct Window {
    after: Option<String>,
    limit: usize,
    descending: bool,
}

impl Window {
    /// Reads `after`, `limit` (1 to 100, by default 20) and `order` (`asc`, the default, or `desc`).
    pub(super) fn from_params(params: &Params) -> ApiResult<Self> {
        Self::up_to(params, 100)
    }

    /// The same with another largest `limit`.
    pub(super) fn up_to(params: &Params, most: u64) -> ApiResult<Self> {
        let descending = match params.get("order") {
            None | Some("asc") => false,
            Some("desc") => true,
            Some(other) => {
                let message = format!("Invalid value: '{other}'. Supported values are: 'asc' and 'desc'.");
                return Err(ApiError::invalid("order", "invalid_value", message));
            }
        };
        let limit = params.integer("limit", 1..=most)?.unwrap_or(20);
        let after = params.get("after").map(str::to_owned);
        Ok(Self { after, limit: usize::try_from(limit).unwrap_or(usize::MAX), descending })
    }
}

/// One page of a list.
#[derive(Debug, Serialize)]
pub(super) struct ListPage<T> {
    object: &'static str,
    data: Vec<T>,
    first_id: Option<String>,
    last_id: Option<String>,
    has_more: bool,
}

impl<T: Record> ListPage<T> {
    /// Cuts a page out of `items`, which are in ascending order.
    pub(super) fn cut(items: impl Iterator<Item = T>, window: &Window) -> ApiResult<Self> {
        let mut items: Vec<T> = items.collect();
        if window.descending {
            items.reverse();
        }
        let start = match &window.after {
            None => 0,
            Some(after) => position(&items, after)?,
        };
        let rest = items.len().saturating_sub(start);
        let data: Vec<T> = items.into_iter().skip(start).take(window.limit).collect();
        Ok(Self {
            object: "list",
            first_id: data.first().map(|item| item.id().to_owned()),
            last_id: data.last().map(|item| item.id().to_owned()),
            has_more: rest > data.len(),
            data,
        })
    }
}

/// Where the page after the item `after` begins.
fn position<T: Record>(items: &[T], after: &str) -> ApiResult<usize> {
    let found = items.iter().position(|item| item.id() == after);
    let missing = || ApiError::invalid("after", "invalid_cursor", format!("No item has the id '{after}'."));
    found.map(|index| index + 1).ok_or_else(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Serialize, Debug)]
    struct Item(String);

    impl Record for Item {
        fn id(&self) -> &str {
            &self.0
        }
    }

    fn cut(query: &str) -> ApiResult<(Vec<String>, bool)> {
        let window = Window::from_params(&Params::parse(Some(query))?)?;
        let page = ListPage::cut("abcde".chars().map(|c| Item(c.to_string())), &window)?;
        Ok((page.data.into_iter().map(|item| item.0).collect(), page.has_more))
    }

    #[test]
    fn pages_follow_each_other_and_the_last_says_so() {
        assert_eq!(cut("limit=2").unwrap(), (vec!["a".into(), "b".into()], true));
        assert_eq!(cut("limit=2&after=b").unwrap(), (vec!["c".into(), "d".into()], true));
        assert_eq!(cut("limit=2&after=d").unwrap(), (vec!["e".into()], false));
        assert_eq!(cut("after=e").unwrap(), (vec![], false));
        assert!(!cut("limit=5").unwrap().1);
    }

    #[test]
    fn descending_order_turns_the_list_and_its_cursor() {
        assert_eq!(cut("limit=2&order=desc&after=d").unwrap(), (vec!["c".into(), "b".into()], true));
    }

    #[test]
    fn unfit_parameters_name_themselves() {
        for (query, param) in [
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=x", "limit"),
            ("limit=", "limit"),
            ("order=up", "order"),
            ("after=z", "after"),
        ] {
            assert_eq!(cut(query).unwrap_err().param.as_deref(), Some(param), "{query}");
        }
    }
}
