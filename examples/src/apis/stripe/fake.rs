//! A stand-in for Stripe.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path, Query, RawQuery, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use http::StatusCode;
use http::header::AUTHORIZATION;
use serde_json::{Value, json};

use crate::fake::Fake;

/// The key that the fake takes.
pub const KEY: &str = "sk_test_example";

/// The server.
#[derive(Debug)]
pub struct Vendor {
    /// It, below `/v1`.
    pub api: Fake,
    trouble: Arc<Trouble>,
}

/// Answers that stand in for the next ones: a status, and what `Stripe-Should-Retry` says.
type Trouble = Mutex<Vec<(StatusCode, &'static str)>>;
type Pairs = Query<BTreeMap<String, String>>;

impl Vendor {
    /// Starts it.
    ///
    /// # Errors
    /// When no port can be bound.
    pub async fn start() -> io::Result<Self> {
        let trouble = Arc::<Trouble>::default();
        let routes = Router::new()
            .route("/customers", get(customers).post(async || Json(customer(6))))
            .route("/customers/search", get(search))
            .route("/customers/{id}", get(one).post(one).delete(deleted))
            .route("/checkout/sessions", post(session))
            .route("/payment_intents", post(pay))
            .route("/payment_intents/{id}", get(payment))
            .layer(from_fn_with_state(Arc::clone(&trouble), let_in));
        Ok(Self { api: Fake::start(Router::new().nest("/v1", routes)).await?, trouble })
    }

    /// The base URL for a client.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}/v1", self.api.url())
    }

    /// Makes the next request fail with this status, and say whether to try again.
    pub fn fail_once(&self, status: StatusCode, should_retry: &'static str) {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).push((status, should_retry));
    }
}

fn error(status: StatusCode, error: Value) -> Response {
    (status, [("request-id", "req_1")], Json(json!({ "error": error }))).into_response()
}

async fn let_in(State(trouble): State<Arc<Trouble>>, request: Request, next: Next) -> Response {
    let bearer = format!("Bearer {KEY}");
    if request.headers().get(AUTHORIZATION).is_none_or(|value| *value != bearer) {
        return error(
            StatusCode::UNAUTHORIZED,
            json!({ "type": "invalid_request_error", "message": "no key" }),
        );
    }
    let failing = trouble.lock().unwrap_or_else(PoisonError::into_inner).pop();
    if let Some((status, should_retry)) = failing {
        let answer = error(status, json!({ "type": "api_error", "message": "try again" }));
        return ([("stripe-should-retry", should_retry)], answer).into_response();
    }
    next.run(request).await
}

fn customer(number: u64) -> Value {
    json!({ "id": format!("cus_{number}"), "object": "customer", "name": format!("Customer {number}"), "metadata": {} })
}

/// Five customers, newest first.
async fn customers(Query(query): Pairs) -> Json<Value> {
    let number = |text: &String| text.trim_start_matches("cus_").parse::<u64>().ok();
    let before = query.get("starting_after").and_then(number).unwrap_or(6);
    let limit = query.get("limit").and_then(number).unwrap_or(10);
    let last = before.saturating_sub(limit).max(1);
    let data: Vec<Value> = (last..before).rev().map(customer).collect();
    Json(json!({ "object": "list", "data": data, "has_more": last > 1 }))
}

/// Two pages.
async fn search(Query(query): Pairs) -> Json<Value> {
    let first = !query.contains_key("page");
    let (number, next) = if first { (2, json!("page/2")) } else { (1, Value::Null) };
    Json(
        json!({ "object": "search_result", "data": [customer(number)], "has_more": first, "next_page": next }),
    )
}

async fn one(Path(id): Path<String>) -> Response {
    match id.trim_start_matches("cus_").parse() {
        Ok(number) => Json(customer(number)).into_response(),
        Err(_) => {
            let details =
                json!({ "type": "invalid_request_error", "code": "resource_missing", "param": "id" });
            error(StatusCode::NOT_FOUND, details)
        }
    }
}

async fn deleted(Path(id): Path<String>) -> Json<Value> {
    Json(json!({ "id": id, "object": "customer", "deleted": true }))
}

async fn session() -> Json<Value> {
    Json(
        json!({ "id": "cs_test_1", "object": "checkout.session", "url": "https://checkout.stripe.com/c/pay/cs_test_1" }),
    )
}

async fn pay(body: String) -> Response {
    if body.contains("pm_card_visa_chargeDeclinedInsufficientFunds") {
        let details =
            json!({ "type": "card_error", "code": "card_declined", "decline_code": "insufficient_funds" });
        return error(StatusCode::PAYMENT_REQUIRED, details);
    }
    Json(
        json!({ "id": "pi_1", "status": "succeeded", "customer": "cus_6", "client_secret": "pi_1_secret_x" }),
    )
    .into_response()
}

async fn payment(Path(id): Path<String>, RawQuery(query): RawQuery) -> Json<Value> {
    let expanded = query.is_some_and(|query| query.contains("expand%5B%5D=customer"));
    let customer = if expanded { customer(6) } else { json!("cus_6") };
    Json(json!({ "id": id, "status": "requires_capture", "customer": customer }))
}
