//! Signatures, trace headers, limits and metrics, against transports in the process.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::num::{NonZeroU32, NonZeroUsize};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Once};
use std::time::{Duration, Instant, UNIX_EPOCH};

use declarest::{Backoff, Body, BoxError, Call, Client, ClientBuilder, Effect, ErrorKind, api};
use declarest_examples::layers::breaker::{Limits, with_breaker};
use declarest_examples::layers::etag::with_etags;
use declarest_examples::layers::hmac::Hmac;
use declarest_examples::layers::limits::{with_concurrency, with_rate};
use declarest_examples::layers::metrics::{Metrics, with_metrics};
use declarest_examples::layers::sigv4::{SigV4, with_sigv4};
use declarest_examples::layers::trace::with_trace;
use http::{HeaderMap, Request, Response, StatusCode};
use tokio::task::JoinSet;

#[api]
trait Orders: Send + Sync {
    #[get("/")]
    fn root(&self) -> Call<()>;
    #[get("/")]
    fn search(&self, #[query("Param2")] second: &str, #[query("Param1")] first: &str) -> Call<()>;
    #[get("/orders/{id}", attempts = 2)]
    fn get(&self, id: u32) -> Call<()>;
    #[put("/orders/{id}")]
    fn put(&self, id: u32, #[field] amount: u32) -> Call<()>;
}

/// A client whose transport answers with these statuses, then 200, and the headers that it got.
fn scripted(base_url: &str, statuses: &'static [u16]) -> (ClientBuilder, Arc<Mutex<Vec<HeaderMap>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = seen.clone();
    let transport = tower::service_fn(move |request: Request<Body>| {
        let mut log = log.lock().unwrap();
        let status = statuses.get(log.len()).copied().unwrap_or(200);
        log.push(request.headers().clone());
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        async { Ok::<_, BoxError>(response) }
    });
    (Client::builder(base_url).backoff(Backoff::none()).transport(transport), seen)
}

fn orders(client: ClientBuilder) -> OrdersClient {
    // For all tests at once: `tracing` remembers for the whole process whether anybody wants a span.
    static LISTENER: Once = Once::new();
    LISTENER.call_once(|| tracing::subscriber::set_global_default(tracing_subscriber::registry()).unwrap());
    OrdersClient::new(client.build().unwrap())
}

const BASE: &str = "https://api.example.com";

#[tokio::test]
async fn an_hmac_covers_method_path_time_and_content() {
    let (client, seen) = scripted(BASE, &[]);
    let signer = Hmac::new("key_1", &"secret".into(), || UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    orders(client.sign(signer)).put(7, 10).await.unwrap();
    let headers = &seen.lock().unwrap()[0];
    assert_eq!(headers["x-key-id"], "key_1");
    assert_eq!(headers["x-timestamp"], "1700000000");
    // printf 'PUT\n/orders/7\n1700000000\n{"amount":10}' | openssl dgst -sha256 -hmac secret
    assert_eq!(headers["x-signature"], "b5c1b2dfd727e92e025b2783905f3861f1705b8d239f6a9f87cd3755c824d08f");
}

/// Cases of AWS's own suite: `get-vanilla` and `get-vanilla-query-order-key-case`.
#[tokio::test]
async fn aws_signatures_are_those_of_its_suite() {
    let (client, seen) = scripted("https://example.amazonaws.com", &[]);
    let signer = SigV4 {
        key_id: "AKIDEXAMPLE".to_owned(),
        key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into(),
        session_token: None,
        region: "us-east-1".to_owned(),
        service: "service".to_owned(),
        clock: || UNIX_EPOCH + Duration::from_secs(1_440_938_160),
    };
    let orders = orders(with_sigv4(client, signer));
    orders.root().await.unwrap();
    orders.search("value2", "value1").await.unwrap();
    let signed = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
                  SignedHeaders=host;x-amz-date, Signature=";
    let signatures = [
        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    ];
    for (headers, signature) in seen.lock().unwrap().iter().zip(signatures) {
        assert_eq!(headers["x-amz-date"], "20150830T123600Z");
        assert_eq!(headers["authorization"], format!("{signed}{signature}"));
    }
}

#[tokio::test]
async fn a_trace_header_names_the_span_of_the_attempt() {
    let (client, seen) = scripted(BASE, &[503]);
    orders(with_trace(client, || Some(0xabc))).get(1).await.unwrap();
    let seen = seen.lock().unwrap();
    let spans: Vec<_> = seen.iter().map(|headers| headers["traceparent"].to_str().unwrap()).collect();
    assert!(
        spans.iter().all(|text| text.starts_with("00-00000000000000000000000000000abc-") && text.len() == 55)
    );
    assert_eq!(spans.len(), 2);
}

#[tokio::test]
async fn no_more_requests_than_the_limit_are_on_their_way() {
    let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let highest = most.clone();
    let transport = tower::service_fn(move |_: Request<Body>| {
        let (running, most) = (running.clone(), most.clone());
        async move {
            most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            tokio::task::yield_now().await;
            running.fetch_sub(1, Ordering::SeqCst);
            Ok::<_, BoxError>(Response::new(Body::empty()))
        }
    });
    let orders = orders(with_concurrency(Client::builder(BASE).transport(transport), 2));
    let calls: JoinSet<_> = (0..6).map(|id| orders.get(id)).collect();
    assert!(calls.join_all().await.iter().all(Result::is_ok));
    assert_eq!(highest.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn requests_beyond_the_rate_wait_for_the_next_period() {
    let start = tokio::time::Instant::now();
    let (client, seen) = scripted(BASE, &[]);
    let orders = orders(with_rate(client, NonZeroU32::new(2).unwrap(), Duration::from_secs(1)));
    for id in 0..5 {
        orders.get(id).await.unwrap();
    }
    assert_eq!((seen.lock().unwrap().len(), start.elapsed().as_secs()), (5, 2));
}

#[tokio::test]
async fn an_open_circuit_refuses_until_its_pause_is_over() {
    let (client, seen) = scripted(BASE, &[503, 503, 503]);
    let (start, elapsed) = (Instant::now(), Arc::new(Mutex::new(Duration::ZERO)));
    let time = elapsed.clone();
    let limits = Limits { failures: 2, pause: Duration::from_secs(10) };
    let orders = orders(with_breaker(client, limits, move || start + *time.lock().unwrap()));
    let sent = || seen.lock().unwrap().len();
    // Two attempts, which open it.
    assert_eq!(orders.get(1).await.unwrap_err().kind(), ErrorKind::Status);
    let refused = orders.get(1).await.unwrap_err();
    assert_eq!((refused.kind(), refused.effect(), sent()), (ErrorKind::Layer, Effect::NotSent, 2));
    // One request tries; it fails, so the circuit stays open, also for the attempt that would repeat it.
    *elapsed.lock().unwrap() = Duration::from_secs(10);
    assert_eq!((orders.get(1).await.unwrap_err().kind(), sent()), (ErrorKind::Layer, 3));
    *elapsed.lock().unwrap() = Duration::from_secs(20);
    orders.get(1).await.unwrap();
    orders.get(1).await.unwrap();
    assert_eq!(sent(), 5);
}

#[tokio::test]
async fn metrics_count_calls_by_endpoint_and_result() {
    let metrics = Metrics::default();
    let orders = orders(with_metrics(scripted(BASE, &[503, 200, 200, 404]).0, &metrics));
    orders.get(1).await.unwrap();
    orders.get(2).await.unwrap();
    orders.put(3, 1).await.unwrap_err();
    let text = metrics.to_string();
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().take(4).collect()).collect();
    assert_eq!(rows[1], ["Orders::get", "ok", "2", "3"], "{text}");
    assert_eq!(rows[2], ["Orders::put", "404", "1", "1"], "{text}");
}

/// A server whose response has a tag; a large one is longer than what is kept, and a secret one must not be.
fn tagged() -> (ClientBuilder, Arc<Mutex<Vec<Option<String>>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = asked.clone();
    let transport = tower::service_fn(move |request: Request<Body>| {
        let tag = request.headers().get("if-none-match").map(|tag| tag.to_str().unwrap().to_owned());
        log.lock().unwrap().push(tag.clone());
        let text = match request.uri().path() {
            "/orders/1" | "/orders/secret" => "1".to_owned(),
            _ => format!("\"{}\"", "x".repeat(1 << 20)),
        };
        let is_valid = tag.as_deref() == Some("\"v1\"");
        let control = if request.uri().path() == "/orders/secret" { "private, No-Store" } else { "private" };
        let response = Response::builder().header("etag", "\"v1\"").header("content-length", text.len());
        let response = response.header("cache-control", control);
        async move {
            Ok::<_, BoxError>(match is_valid {
                true => Response::builder().status(304).header("x-age", "1").body(Body::empty())?,
                false => response.body(Body::from(text))?,
            })
        }
    });
    (Client::builder(BASE).transport(transport), asked)
}

#[tokio::test]
async fn a_response_is_kept_until_the_server_says_that_it_has_changed() {
    let (client, asked) = tagged();
    let client = with_etags(client, NonZeroUsize::MIN).build().unwrap();
    let get =
        |path: &'static str| client.call::<serde_json::Value>(http::Method::GET, path).call().with_reply();
    assert_eq!(get("/orders/1").await.unwrap().value, 1);
    let confirmed = get("/orders/1").await.unwrap();
    assert_eq!((confirmed.value, confirmed.status.as_u16()), (1.into(), 200));
    assert_eq!(confirmed.headers["x-age"], "1");
    for path in ["/orders/large", "/orders/large", "/orders/secret", "/orders/secret"] {
        get(path).await.unwrap();
    }
    let tags = asked.lock().unwrap().clone();
    assert_eq!(
        tags,
        [None, Some("\"v1\"".to_owned()), None, None, None, None],
        "what is too large or secret is not kept"
    );
}
