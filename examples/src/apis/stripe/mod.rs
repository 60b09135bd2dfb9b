//! Stripe's API, as far as a shop needs it. See [`Stripe`].

mod api;
mod error;
mod fake;
mod program;
mod retry;
mod types;

use declarest::{Client, ClientBuilder};

pub use self::api::{Stripe, StripeClient};
pub use self::error::Error;
pub use self::fake::{KEY, Vendor};
pub use self::program::run;
pub use self::retry::StripeRetries;
pub use self::types::{
    Address, Between, Customer, Deleted, Expandable, HasId, LineItem, List, ListCustomers, NewCustomer,
    NewSession, Payment, PaymentStatus, PriceData, ProductData, SearchResult, Session, SessionMode,
};

/// A call of this API.
pub type Call<T> = declarest::Call<T, Error>;
/// A list of this API.
pub type Pages<P> = declarest::Pages<P, Error>;

/// What makes a client for [`StripeClient::BASE_URL`], or for a server of one's own.
pub fn builder(base_url: &str, key: &str) -> ClientBuilder {
    Client::builder(base_url).bearer(key).retry(StripeRetries)
}
