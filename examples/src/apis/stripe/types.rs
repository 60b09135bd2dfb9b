//! What is sent and received. Of Stripe's many members these are the ones that the program shows.

use std::collections::BTreeMap;

use declarest::{BoxError, Next, Page, Query, Secret, Sent};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What has an id, which is the cursor of a list.
pub trait HasId {
    /// The id.
    fn id(&self) -> &str;
}

/// A page of a list. The next one begins after the last item.
#[derive(Debug, Clone, Deserialize)]
pub struct List<T> {
    /// Those of this page.
    pub data: Vec<T>,
    /// Whether there is another.
    pub has_more: bool,
}

impl<T: HasId + DeserializeOwned + Send + 'static> Page for List<T> {
    type Item = T;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        match self.data.last() {
            _ if !self.has_more => Ok(Next::Done),
            Some(last) => Ok(Next::query("starting_after", last.id())),
            None => Err("an empty page says that there are more".into()),
        }
    }

    fn into_items(self) -> Vec<T> {
        self.data
    }

    fn is_empty(&self) -> bool {
        self.data.is_empty()
    }
}

/// A page of a search. The next one has a name.
#[derive(Debug, Clone, Deserialize)]
pub struct SearchResult<T> {
    /// Those of this page.
    pub data: Vec<T>,
    /// The name of the next page.
    pub next_page: Option<String>,
}

impl<T: DeserializeOwned + Send + 'static> Page for SearchResult<T> {
    type Item = T;

    fn next(&self, _: &Sent<'_>) -> Result<Next, BoxError> {
        Ok(self.next_page.as_ref().map_or(Next::Done, |page| Next::query("page", page)))
    }

    fn into_items(self) -> Vec<T> {
        self.data
    }

    fn is_empty(&self) -> bool {
        self.data.is_empty()
    }
}

/// An object, or its id where it was not asked for with `expand`.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Expandable<T> {
    /// The id.
    Id(String),
    /// The object.
    Object(Box<T>),
}

/// A customer.
#[derive(Debug, Clone, Deserialize)]
pub struct Customer {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// Whatever was stored with it.
    #[serde(default)]
    pub metadata: BTreeMap<String, String>,
}

impl HasId for Customer {
    fn id(&self) -> &str {
        &self.id
    }
}

/// A customer that is to be created, or what changes of one.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NewCustomer<'a> {
    /// What it is called.
    pub name: Option<&'a str>,
    /// Its address.
    pub address: Option<Address<'a>>,
    /// Whatever is to be stored with it.
    pub metadata: BTreeMap<&'a str, &'a str>,
    /// Languages in the order in which they are preferred.
    pub preferred_locales: &'a [&'a str],
}

/// An address.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Address<'a> {
    /// The town.
    pub city: &'a str,
    /// Two letters (ISO 3166-1).
    pub country: &'a str,
}

/// What was deleted.
#[derive(Debug, Clone, Deserialize)]
pub struct Deleted {
    /// Its id.
    pub id: String,
    /// That it was.
    pub deleted: bool,
}

/// Which customers are listed.
#[derive(Debug, Clone, Default, Query)]
pub struct ListCustomers<'a> {
    /// Those with this address, case and all.
    pub email: Option<&'a str>,
    /// Those created then: `created[gte]=…`.
    #[query(nest)]
    pub created: Option<Between>,
    /// How many on a page: 10 unless it is said, 100 at most.
    pub limit: Option<u8>,
}

/// A time from one second to another, since 1970.
#[derive(Debug, Clone, Default, Query)]
pub struct Between {
    /// The first one.
    pub gte: Option<u64>,
    /// The first one that is too late.
    pub lt: Option<u64>,
}

/// What a session does.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionMode {
    /// Takes money once.
    Payment,
    /// Begins a subscription.
    Subscription,
}

/// A session that is to be created.
#[derive(Debug, Clone, Serialize)]
pub struct NewSession<'a> {
    /// What it does.
    pub mode: SessionMode,
    /// Who pays.
    pub customer: &'a str,
    /// What is paid for.
    pub line_items: &'a [LineItem<'a>],
    /// Where the browser goes afterwards.
    pub success_url: &'a str,
}

/// So and so many of something.
#[derive(Debug, Clone, Serialize)]
pub struct LineItem<'a> {
    /// How many.
    pub quantity: u32,
    /// What each costs.
    pub price_data: PriceData<'a>,
}

/// What something costs.
#[derive(Debug, Clone, Serialize)]
pub struct PriceData<'a> {
    /// Three letters (ISO 4217), small.
    pub currency: &'a str,
    /// In the currency's smallest unit.
    pub unit_amount: u64,
    /// What it is.
    pub product_data: ProductData<'a>,
}

/// A product that exists for this sale.
#[derive(Debug, Clone, Serialize)]
pub struct ProductData<'a> {
    /// What it is called.
    pub name: &'a str,
}

/// A page where somebody pays.
#[derive(Debug, Clone, Deserialize)]
pub struct Session {
    /// Its id.
    pub id: String,
    /// Where it is.
    pub url: String,
}

/// A payment.
#[derive(Debug, Clone, Deserialize)]
pub struct Payment {
    /// Its id.
    pub id: String,
    /// How it stands.
    pub status: PaymentStatus,
    /// Who pays.
    pub customer: Option<Expandable<Customer>>,
    /// What a browser needs to finish it.
    pub client_secret: Option<Secret>,
}

/// How a payment stands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentStatus {
    /// Done.
    Succeeded,
    /// The customer has to do something.
    RequiresAction,
    /// Under way.
    Processing,
    /// Another, of those that Stripe has or will have.
    #[serde(untagged)]
    Other(String),
}
