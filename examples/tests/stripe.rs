//! Stripe's API as it is declared, against a stand-in: what is sent, and what comes out.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::time::Duration;

use declarest::{Effect, Page};
use declarest_examples::apis::stripe::{
    Address, Between, Error, Expandable, KEY, LineItem, ListCustomers, NewCustomer, NewSession, Pages,
    PaymentStatus, PriceData, ProductData, SessionMode, Stripe as _, StripeClient, Vendor, builder, run,
};
use declarest_examples::fake::Received;
use declarest_examples::own_types::clock::SkippingClock;
use http::StatusCode;

async fn start() -> (Vendor, StripeClient, SkippingClock) {
    let (vendor, clock) = (Vendor::start().await.unwrap(), SkippingClock::new());
    let client = builder(&vendor.url(), KEY).timer(clock.clone()).build().unwrap();
    (vendor, StripeClient::new(client), clock)
}

fn last(vendor: &Vendor) -> Received {
    let got = vendor.api.requests().pop().unwrap();
    assert_eq!(got.header("authorization"), format!("Bearer {KEY}"));
    assert_eq!(got.header("stripe-version"), "2025-09-30.clover");
    got
}

/// Line, body (its pairs one a line, decoded), and whether there is an idempotency key.
fn seen(vendor: &Vendor) -> (String, Vec<String>, bool) {
    let got = last(vendor);
    let key = got.header("idempotency-key").len() == 32;
    let text = got.text();
    let pairs = text
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.replace("%5B", "[").replace("%5D", "]"));
    if !text.is_empty() {
        assert_eq!(got.header("content-type"), "application/x-www-form-urlencoded");
    }
    (format!("{got:?}"), pairs.collect(), key)
}

async fn ids<P: Page>(list: Pages<P>, id: impl Fn(P::Item) -> String) -> Vec<String> {
    let (mut items, mut ids) = (list.items(), Vec::new());
    while let Some(item) = items.try_next().await.unwrap() {
        ids.push(id(item));
    }
    ids
}

#[tokio::test]
async fn nested_structs_maps_and_lists_are_forms() {
    let (vendor, stripe, _) = start().await;
    let new = NewCustomer {
        name: Some("Ada & Co"),
        address: Some(Address { city: "London", country: "GB" }),
        metadata: BTreeMap::from([("order no", "1"), ("plan", "pro")]),
        preferred_locales: &["en-GB", "fr"],
    };
    assert_eq!(stripe.create_customer(&new).await.unwrap().id, "cus_6");
    let body = [
        "name=Ada+%26+Co",
        "address[city]=London",
        "address[country]=GB",
        "metadata[order+no]=1",
        "metadata[plan]=pro",
        "preferred_locales[0]=en-GB",
        "preferred_locales[1]=fr",
    ];
    assert_eq!(seen(&vendor), ("POST /v1/customers".into(), body.map(String::from).to_vec(), true));

    let change = NewCustomer { name: Some("Ada"), ..NewCustomer::default() };
    stripe.update_customer("cus_6", &change).await.unwrap();
    assert_eq!(seen(&vendor), ("POST /v1/customers/cus_6".into(), vec!["name=Ada".into()], true));

    let product_data = ProductData { name: "Tea" };
    let session = NewSession {
        mode: SessionMode::Payment,
        customer: "cus_6",
        line_items: &[LineItem {
            quantity: 2,
            price_data: PriceData { currency: "eur", unit_amount: 450, product_data },
        }],
        success_url: "https://shop.example/",
    };
    assert!(stripe.create_session(&session).await.unwrap().url.starts_with("https://checkout.stripe.com/"));
    let body = [
        "mode=payment",
        "customer=cus_6",
        "line_items[0][quantity]=2",
        "line_items[0][price_data][currency]=eur",
        "line_items[0][price_data][unit_amount]=450",
        "line_items[0][price_data][product_data][name]=Tea",
        "success_url=https%3A%2F%2Fshop.example%2F",
    ];
    assert_eq!(seen(&vendor), ("POST /v1/checkout/sessions".into(), body.map(String::from).to_vec(), true));
}

#[tokio::test]
async fn what_reads_or_deletes_has_no_key() {
    let (vendor, stripe, _) = start().await;
    assert_eq!(stripe.customer("cus_2").await.unwrap().name.as_deref(), Some("Customer 2"));
    assert_eq!(seen(&vendor), ("GET /v1/customers/cus_2".into(), vec![], false));
    assert!(stripe.delete_customer("cus_2").await.unwrap().deleted);
    assert_eq!(seen(&vendor), ("DELETE /v1/customers/cus_2".into(), vec![], false));
}

#[tokio::test]
async fn lists_begin_after_the_last_item_and_searches_name_the_next_page() {
    let (vendor, stripe, _) = start().await;
    let params = ListCustomers {
        created: Some(Between { gte: Some(1), lt: Some(9) }),
        limit: Some(2),
        ..ListCustomers::default()
    };
    let found = ids(stripe.customers(&params), |customer| customer.id).await;
    assert_eq!(found, ["cus_5", "cus_4", "cus_3", "cus_2", "cus_1"]);
    let found = ids(stripe.search_customers("metadata['plan']:'pro'", None), |customer| customer.id).await;
    assert_eq!(found, ["cus_2", "cus_1"]);
    let path = "GET /v1/customers?created%5Bgte%5D=1&created%5Blt%5D=9&limit=2";
    let search = "GET /v1/customers/search?query=metadata%5B%27plan%27%5D%3A%27pro%27";
    let expected = [
        path.to_owned(),
        format!("{path}&starting_after=cus_4"),
        format!("{path}&starting_after=cus_2"),
        search.to_owned(),
        format!("{search}&page=page%2F2"),
    ];
    assert_eq!(vendor.api.lines(), expected);
}

#[tokio::test]
async fn members_are_expanded_on_demand() {
    let (vendor, stripe, _) = start().await;
    let payment = stripe.payment("pi_1", &[]).await.unwrap();
    assert!(matches!(payment.customer, Some(Expandable::Id(id)) if id == "cus_6"));
    assert_eq!(payment.status, PaymentStatus::Other("requires_capture".into()));
    assert_eq!(seen(&vendor).0, "GET /v1/payment_intents/pi_1");
    let payment = stripe.payment("pi_1", &["customer", "latest_charge"]).await.unwrap();
    assert!(matches!(payment.customer, Some(Expandable::Object(customer)) if customer.id == "cus_6"));
    let line = "GET /v1/payment_intents/pi_1?expand%5B%5D=customer&expand%5B%5D=latest_charge";
    assert_eq!(seen(&vendor).0, line);
}

#[tokio::test]
async fn failures_are_told_apart_by_type() {
    let (vendor, stripe, _) = start().await;
    let error =
        stripe.pay("cus_6", 1500, "eur", "pm_card_visa_chargeDeclinedInsufficientFunds").await.unwrap_err();
    let body = ["customer=cus_6", "amount=1500", "currency=eur"].map(String::from);
    let (line, pairs, key) = seen(&vendor);
    assert_eq!(
        (line.as_str(), &pairs[..3], pairs[4].as_str(), key),
        ("POST /v1/payment_intents", &body[..], "confirm=true", true)
    );
    let text = error.to_string();
    assert!(text.starts_with("the card was declined: Stripe::pay: POST "), "{text}");
    assert!(text.contains("/payment_intents: 402 Payment Required (responded, 1 attempt in "), "{text}");
    assert!(text.ends_with(", request id req_1)"), "{text}");
    assert!(matches!(error, Error::Declined { code: Some(code), .. } if code == "insufficient_funds"));
    let error = stripe.customer("nobody").await.unwrap_err();
    assert!(
        matches!(&error, Error::Invalid { param: Some(param), call } if param == "id" && call.is_not_found())
    );
    let error = stripe.customer("").await.unwrap_err();
    assert!(matches!(&error, Error::Other(call) if call.effect() == Effect::NotSent));
}

#[tokio::test]
async fn a_secret_of_a_payment_is_not_shown() {
    let (_vendor, stripe, _) = start().await;
    let payment = stripe.pay("cus_6", 1500, "eur", "pm_card_visa").await.unwrap();
    assert_eq!(payment.client_secret.as_ref().unwrap().expose(), "pi_1_secret_x");
    assert!(!format!("{payment:?}").contains("pi_1_secret_x"));
}

#[tokio::test]
async fn stripe_says_what_is_repeated_and_the_key_stays_the_same() {
    let (vendor, stripe, clock) = start().await;
    vendor.fail_once(StatusCode::CONFLICT, "true");
    let reply = stripe.pay("cus_6", 1500, "eur", "pm_card_visa").with_reply().await.unwrap();
    assert_eq!((reply.attempts, clock.waits()), (2, vec![Duration::from_millis(500)]));
    stripe.pay("cus_6", 1500, "eur", "pm_card_visa").await.unwrap();
    let keys: Vec<_> =
        vendor.api.requests().iter().map(|got| got.header("idempotency-key").to_owned()).collect();
    assert!(keys[0] == keys[1] && keys[1] != keys[2], "one key for a call");
    vendor.fail_once(StatusCode::INTERNAL_SERVER_ERROR, "false");
    let error = stripe.customer("cus_1").await.unwrap_err();
    assert_eq!((error.call().status().unwrap().as_u16(), error.call().attempts()), (500, 1));
}

#[tokio::test]
async fn a_key_of_the_shops_own_and_another_account() {
    let (vendor, stripe, _) = start().await;
    let pay = stripe
        .pay("cus_6", 1500, "eur", "pm_card_visa")
        .idempotency_key("order-17")
        .header("Stripe-Account", "acct_1");
    pay.await.unwrap();
    let got = last(&vendor);
    assert_eq!((got.header("idempotency-key"), got.header("stripe-account")), ("order-17", "acct_1"));
}

#[tokio::test]
async fn the_program_makes_a_sale() {
    let (vendor, mut out) = (Vendor::start().await.unwrap(), Vec::new());
    run(builder(&vendor.url(), KEY).build().unwrap(), &mut out).await.unwrap();
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "\
customer  cus_6
checkout  https://checkout.stripe.com/c/pay/cs_test_1
declined  insufficient_funds
payment   pi_1 Succeeded
paid by   Customer 6
list      cus_5 cus_4 cus_3 cus_2 cus_1
found     cus_2
found     cus_1
"
    );
}
