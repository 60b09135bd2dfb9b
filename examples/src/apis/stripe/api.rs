//! The declaration.

use declarest::api;

use super::types::{
    Customer, Deleted, List, ListCustomers, NewCustomer, NewSession, Payment, SearchResult, Session,
};
use super::{Call, Pages};

/// Stripe's API. Bodies are forms: `address[city]=Oslo&line_items[0][quantity]=2`. Each POST has an idempotency key, so
/// that it can be repeated, and nothing is charged twice.
#[api(
    base = "https://api.stripe.com/v1",
    idempotency_key = "Idempotency-Key",
    lists = "indices",
    objects = "brackets",
    header("Stripe-Version" = "2025-09-30.clover")
)]
pub trait Stripe: Send + Sync {
    /// Creates a customer.
    #[post("/customers")]
    fn create_customer(&self, #[form] customer: &NewCustomer<'_>) -> Call<Customer>;

    /// A customer.
    #[get("/customers/{id}")]
    fn customer(&self, id: &str) -> Call<Customer>;

    /// Changes a customer; what is `None` stays as it is.
    #[post("/customers/{id}")]
    fn update_customer(&self, id: &str, #[form] change: &NewCustomer<'_>) -> Call<Customer>;

    /// Deletes a customer and ends what it is subscribed to.
    #[delete("/customers/{id}")]
    fn delete_customer(&self, id: &str) -> Call<Deleted>;

    /// Customers, newest first.
    #[get("/customers")]
    fn customers(&self, #[query(flatten)] params: &ListCustomers<'_>) -> Pages<List<Customer>>;

    /// Customers that match a query such as `metadata['plan']:'pro'`. New ones are found after a minute.
    #[get("/customers/search")]
    fn search_customers(
        &self,
        #[query] query: &str,
        #[query] limit: Option<u8>,
    ) -> Pages<SearchResult<Customer>>;

    /// A page at Stripe's where somebody pays.
    #[post("/checkout/sessions")]
    fn create_session(&self, #[form] session: &NewSession<'_>) -> Call<Session>;

    /// Charges a customer. `amount` is in the currency's smallest unit: 1000 is ten euros.
    #[post("/payment_intents", encoding = "form", field("confirm" = true))]
    fn pay(
        &self,
        #[field] customer: &str,
        #[field] amount: u64,
        #[field] currency: &str,
        #[field] payment_method: &str,
    ) -> Call<Payment>;

    /// A payment. `expand` names members that are to be whole objects instead of ids: `["customer"]`.
    #[get("/payment_intents/{id}")]
    fn payment(&self, id: &str, #[query(lists = "brackets")] expand: &[&str]) -> Call<Payment>;
}
