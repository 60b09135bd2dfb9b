//! A page on which one invalid item does not cost the others.

use std::fmt;
use std::marker::PhantomData;

use declarest::{BoxError, Next, Page, Sent};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer};
use serde_json::value::RawValue;

use crate::page::{Continues, ListPage};

/// A page whose items are `Result`s: an item that its type cannot read is an [`InvalidItem`] with its place, and the
/// others are there.
///
/// For long inventories, where one item of an unexpected shape must not end the list. The caller chooses it by the type
/// of the page:
///
/// ```
/// use declarest::api;
/// use openai_admin::{Checked, ConversationCursorPage, ListUsers, Pages, User};
///
/// #[api]
/// trait Inventory {
///     #[get("/organization/users")]
///     fn users(&self, #[query(flatten)] params: &ListUsers) -> Pages<Checked<ConversationCursorPage<User>>>;
/// }
///
/// # async fn run() -> Result<(), openai_admin::Error> {
/// let inventory = InventoryClient::new(openai_admin::Admin::builder("sk-admin-1234").build_client()?);
/// let mut users = inventory.users(&ListUsers::default().limit(100)).items();
/// while let Some(user) = users.try_next().await? {
///     match user {
///         Ok(user) => println!("{}", user.id),
///         Err(invalid) => eprintln!("skipped: {invalid}"),
///     }
/// }
/// # Ok(())
/// # }
/// ```
pub struct Checked<P: Page> {
    /// The items, in the order of the page.
    pub data: Vec<Result<P::Item, InvalidItem>>,
    /// Whether there are more, as in the page itself.
    pub has_more: Option<bool>,
    cursor: Option<String>,
    page: PhantomData<fn() -> P>,
}

/// An item that its type cannot read.
///
/// `Display` and `Debug` show its place, its id and the name of a missing field; other values of the item are in
/// [`json`](InvalidItem::json) and [`reason`](InvalidItem::reason).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidItem {
    /// Its place on its page, counted from 0.
    pub index: usize,
    /// Its `id`, if it has one.
    pub id: Option<String>,
    json: String,
    reason: String,
}

impl InvalidItem {
    /// The item as the server sent it.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }

    /// What does not fit, in serde's words. They may repeat values of the item.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for InvalidItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`data[{}]`", self.index)?;
        if let Some(id) = &self.id {
            write!(f, " (id {id:?})")?;
        }
        match self.reason.strip_prefix("missing field `").and_then(|rest| rest.split_once('`')) {
            Some((field, _)) => write!(f, " has no `{field}`"),
            None => f.write_str(" has a member that does not fit its type"),
        }
    }
}

impl fmt::Debug for InvalidItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InvalidItem({self})")
    }
}

impl std::error::Error for InvalidItem {}

/// What the four kinds of pages have in common, and their cursors.
#[derive(Deserialize)]
struct Parts {
    data: Vec<Box<RawValue>>,
    has_more: Option<bool>,
    last_id: Option<String>,
    next: Option<String>,
    next_page: Option<String>,
}

impl Parts {
    fn cursor(self, continues: Continues) -> Option<String> {
        match continues {
            Continues::AfterLastItem => self.data.last().and_then(|json| id(json)),
            Continues::AfterLastId => self.last_id,
            Continues::AfterNext => self.next,
            Continues::AtNextPage => self.next_page,
        }
    }
}

fn id(json: &RawValue) -> Option<String> {
    #[derive(Deserialize)]
    struct Id {
        id: String,
    }
    serde_json::from_str::<Id>(json.get()).ok().map(|item| item.id)
}

fn checked<T: DeserializeOwned>(index: usize, json: &RawValue) -> Result<T, InvalidItem> {
    serde_json::from_str(json.get()).map_err(|error| InvalidItem {
        index,
        id: id(json),
        json: json.get().to_owned(),
        reason: error.to_string(),
    })
}

impl<'de, P: ListPage> Deserialize<'de> for Checked<P>
where
    P::Item: DeserializeOwned,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let parts = Parts::deserialize(deserializer)?;
        let data = parts.data.iter().enumerate().map(|(index, json)| checked(index, json)).collect();
        Ok(Self { data, has_more: parts.has_more, cursor: parts.cursor(P::CONTINUES), page: PhantomData })
    }
}

impl<P: ListPage + 'static> Page for Checked<P>
where
    P::Item: DeserializeOwned,
{
    type Item = Result<P::Item, InvalidItem>;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        P::CONTINUES.next(self.has_more, self.data.len(), self.cursor.as_deref())
    }

    fn into_items(self) -> Vec<Self::Item> {
        self.data
    }

    fn is_empty(&self) -> bool {
        self.data.is_empty()
    }
}

impl<P: Page> fmt::Debug for Checked<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let invalid: Vec<_> = self.data.iter().filter_map(|item| item.as_ref().err()).collect();
        f.debug_struct("Checked")
            .field("items", &self.data.len())
            .field("invalid", &invalid)
            .finish_non_exhaustive()
    }
}
