//! A sale.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::io::Write;

use declarest::Client;

use super::{
    Address, Error, Expandable, LineItem, ListCustomers, NewCustomer, NewSession, PriceData, ProductData,
    SessionMode, Stripe as _, StripeClient,
};

/// Creates a customer, opens a checkout, charges a card that has no money and one that has, and looks at customers.
///
/// # Errors
/// When a call fails.
pub async fn run(client: Client, out: &mut (dyn Write + Send)) -> Result<(), Box<dyn StdError>> {
    let stripe = StripeClient::new(client);
    let new = NewCustomer {
        name: Some("Ada Lovelace"),
        address: Some(Address { city: "London", country: "GB" }),
        metadata: BTreeMap::from([("plan", "pro")]),
        preferred_locales: &["en-GB", "fr"],
    };
    let customer = stripe.create_customer(&new).await?;
    writeln!(out, "customer  {}", customer.id)?;
    checkout(&stripe, &customer.id, out).await?;
    charge(&stripe, &customer.id, out).await?;

    let mut all = stripe.customers(&ListCustomers { limit: Some(2), ..ListCustomers::default() }).items();
    let mut ids = Vec::new();
    while let Some(customer) = all.try_next().await? {
        ids.push(customer.id);
    }
    writeln!(out, "list      {}", ids.join(" "))?;
    let mut found = stripe.search_customers("metadata['plan']:'pro'", Some(1)).items();
    while let Some(customer) = found.try_next().await? {
        writeln!(out, "found     {}", customer.id)?;
    }
    Ok(())
}

async fn checkout(
    stripe: &StripeClient,
    customer: &str,
    out: &mut (dyn Write + Send),
) -> Result<(), Box<dyn StdError>> {
    let item = |name, unit_amount, quantity| LineItem {
        quantity,
        price_data: PriceData { currency: "eur", unit_amount, product_data: ProductData { name } },
    };
    let session = NewSession {
        mode: SessionMode::Payment,
        customer,
        line_items: &[item("Tea", 450, 2), item("Cake", 600, 1)],
        success_url: "https://shop.example/thanks?session={CHECKOUT_SESSION_ID}",
    };
    writeln!(out, "checkout  {}", stripe.create_session(&session).await?.url)?;
    Ok(())
}

async fn charge(
    stripe: &StripeClient,
    customer: &str,
    out: &mut (dyn Write + Send),
) -> Result<(), Box<dyn StdError>> {
    for method in ["pm_card_visa_chargeDeclinedInsufficientFunds", "pm_card_visa"] {
        match stripe.pay(customer, 1500, "eur", method).await {
            Ok(payment) => writeln!(out, "payment   {} {:?}", payment.id, payment.status)?,
            Err(Error::Declined { code, .. }) => writeln!(out, "declined  {}", code.unwrap_or_default())?,
            Err(error) => return Err(error.into()),
        }
    }
    let payment = stripe.payment("pi_1", &["customer"]).await?;
    if let Some(Expandable::Object(customer)) = payment.customer {
        writeln!(out, "paid by   {}", customer.name.unwrap_or_default())?;
    }
    Ok(())
}
