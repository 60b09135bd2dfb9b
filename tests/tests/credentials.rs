//! Credentials that are fetched, and clients derived for another credential.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::any;
use declarest::{Auth, Backoff, BoxError, Budget, Call, Client, CredentialProvider, Effect, ErrorKind, api};

#[api]
trait Things {
    #[get("/things")]
    fn list(&self) -> Call<()>;
    #[post("/things")]
    fn create(&self, #[field] name: &str) -> Call<()>;
    #[post("/things?stream=1")]
    fn upload(&self, #[body] body: declarest::Body) -> Call<()>;
    #[get("/basic", auth = basic)]
    fn basic(&self) -> Call<()>;
}

/// A server that takes one token, on a socket; it counts all requests and those it refused.
struct Server {
    base_url: String,
    requests: Arc<AtomicUsize>,
    refused: Arc<AtomicUsize>,
}

async fn server(accepts: impl Fn(&str) -> bool + Clone + Send + Sync + 'static) -> Server {
    let (requests, refused) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let counts = (requests.clone(), refused.clone());
    let app = Router::new().fallback(any(move |headers: HeaderMap| async move {
        counts.0.fetch_add(1, Ordering::SeqCst);
        let token = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or("");
        if accepts(token) {
            return StatusCode::NO_CONTENT;
        }
        counts.1.fetch_add(1, Ordering::SeqCst);
        StatusCode::UNAUTHORIZED
    }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    Server { base_url, requests, refused }
}

/// Gives `token-1`, `token-2` and so on.
struct Numbered(Arc<AtomicUsize>);

impl CredentialProvider for Numbered {
    async fn fetch(&self) -> Result<Auth, BoxError> {
        // Lets all who need it come to the door before it opens.
        tokio::task::yield_now().await;
        let number = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        Ok(Auth::bearer(format!("token-{number}"))?)
    }
}

fn client(base_url: &str) -> (ThingsClient, Arc<AtomicUsize>) {
    let fetches = Arc::new(AtomicUsize::new(0));
    let auth = Auth::provider(Numbered(fetches.clone()));
    let client = Client::builder(base_url).auth(auth).backoff(Backoff::none()).build().unwrap();
    (ThingsClient::new(client), fetches)
}

async fn all(things: &ThingsClient, calls: usize) -> Vec<Result<u32, declarest::Error>> {
    let running: Vec<_> = (0..calls).map(|_| tokio::spawn(things.list().with_reply())).collect();
    let mut results = Vec::new();
    for call in running {
        results.push(call.await.unwrap().map(|reply| reply.attempts));
    }
    results
}

/// Row 16.
#[tokio::test]
async fn a_hundred_calls_fetch_one_credential() {
    let server = server(|token| token == "Bearer token-1").await;
    let (things, fetches) = client(&server.base_url);
    assert!(all(&things, 100).await.iter().all(|result| *result.as_ref().unwrap() == 1));
    assert_eq!((fetches.load(Ordering::SeqCst), server.requests.load(Ordering::SeqCst)), (1, 100));
}

/// Row 16.
#[tokio::test]
async fn a_storm_of_401_causes_one_refresh_and_each_call_is_sent_once_more() {
    let server = server(|token| token == "Bearer token-2").await;
    let (things, fetches) = client(&server.base_url);
    assert!(all(&things, 100).await.iter().all(Result::is_ok));
    assert_eq!(fetches.load(Ordering::SeqCst), 2, "the first, and one refresh");
    let refused = server.refused.load(Ordering::SeqCst);
    assert_eq!(server.requests.load(Ordering::SeqCst), 100 + refused);
}

/// A server that holds the requests with the first token back until a hundred of them are there, and refuses them: one
/// half at once, the other when the next token has come.
async fn rotating_server() -> Server {
    let (requests, refused) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let counts = (requests.clone(), refused.clone());
    let (all_there, rotated) =
        (Arc::new(tokio::sync::Barrier::new(100)), Arc::new(tokio::sync::Semaphore::new(0)));
    let app = Router::new().fallback(any(move |headers: HeaderMap| async move {
        counts.0.fetch_add(1, Ordering::SeqCst);
        if headers["authorization"] == "Bearer token-2" {
            rotated.add_permits(100);
            return StatusCode::NO_CONTENT;
        }
        let number = counts.1.fetch_add(1, Ordering::SeqCst);
        all_there.wait().await;
        if number % 2 == 0 {
            let _rotated = rotated.acquire().await;
        }
        StatusCode::UNAUTHORIZED
    }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    Server { base_url, requests, refused }
}

/// Row 16. All hundred are on their way with the old token; half of the refusals come when the new one is there.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_refusal_that_comes_late_causes_no_second_refresh() {
    let server = rotating_server().await;
    let (things, fetches) = client(&server.base_url);
    assert!(all(&things, 100).await.iter().all(|result| *result.as_ref().unwrap() == 2));
    let counts = [&fetches, &server.requests, &server.refused].map(|count| count.load(Ordering::SeqCst));
    assert_eq!(counts, [2, 200, 100]);
}

/// Row 16. The refresh fails once for all who wait for it; nothing was carried out.
#[tokio::test]
async fn a_refresh_that_fails_ends_the_calls_that_waited_for_it() {
    let fetches = Arc::new(AtomicUsize::new(0));
    let count = fetches.clone();
    let auth = Auth::provider(move || {
        let number = count.fetch_add(1, Ordering::SeqCst) + 1;
        async move {
            for _ in 0..10 {
                tokio::task::yield_now().await;
            }
            if number > 1 { Err("the token server is away".into()) } else { Ok(Auth::bearer("token-1")?) }
        }
    });
    let all_there = Arc::new(tokio::sync::Barrier::new(100));
    let transport = tower::service_fn(move |_: http::Request<declarest::Body>| {
        let all_there = all_there.clone();
        async move {
            all_there.wait().await;
            let mut response = http::Response::new(declarest::Body::empty());
            *response.status_mut() = StatusCode::UNAUTHORIZED;
            Ok::<_, BoxError>(response)
        }
    });
    let client = Client::builder("https://api.test").auth(auth).transport(transport).build().unwrap();
    for error in all(&ThingsClient::new(client), 100).await.into_iter().map(Result::unwrap_err) {
        let known = (error.kind(), error.effect(), error.attempts());
        assert_eq!(known, (ErrorKind::Credentials, Effect::NotSent, 1));
    }
    assert_eq!(fetches.load(Ordering::SeqCst), 2, "the first, and one refresh for all");
}

/// Row 16.
#[tokio::test]
async fn a_provider_without_a_credential_is_asked_once_for_all_who_wait() {
    let fetches = Arc::new(AtomicUsize::new(0));
    let count = fetches.clone();
    let auth = Auth::provider(move || {
        count.fetch_add(1, Ordering::SeqCst);
        async {
            tokio::task::yield_now().await;
            Ok(Auth::none())
        }
    });
    let server = server(|_| true).await;
    let client = Client::builder(&server.base_url).auth(auth).build().unwrap();
    for error in all(&ThingsClient::new(client), 20).await.into_iter().map(Result::unwrap_err) {
        assert_eq!((error.kind(), error.effect()), (ErrorKind::Credentials, Effect::NotSent));
    }
    assert_eq!((fetches.load(Ordering::SeqCst), server.requests.load(Ordering::SeqCst)), (1, 0));
}

/// Row 44.
#[tokio::test]
async fn a_credential_that_has_expired_on_its_way_is_fetched_once_for_all_who_waited() {
    let fetches = Arc::new(AtomicUsize::new(0));
    let count = fetches.clone();
    let auth = Auth::provider(move || {
        count.fetch_add(1, Ordering::SeqCst);
        async {
            tokio::task::yield_now().await;
            Ok(Auth::bearer("token")?.expires_in(std::time::Duration::ZERO))
        }
    });
    let server = server(|_| true).await;
    let things = ThingsClient::new(Client::builder(&server.base_url).auth(auth).build().unwrap());
    assert!(all(&things, 200).await.iter().all(Result::is_ok));
    assert_eq!((fetches.load(Ordering::SeqCst), server.requests.load(Ordering::SeqCst)), (1, 200));
    things.list().await.unwrap();
    assert_eq!(fetches.load(Ordering::SeqCst), 2, "a call that comes later fetches again");
}

/// Row 16.
#[tokio::test]
async fn a_provider_that_panics_takes_no_other_call_with_it() {
    let fetches = Arc::new(AtomicUsize::new(0));
    let count = fetches.clone();
    let auth = Auth::provider(move || {
        let number = count.fetch_add(1, Ordering::SeqCst);
        async move {
            tokio::task::yield_now().await;
            assert!(number > 0, "the first time it panics");
            Ok(Auth::bearer("token")?)
        }
    });
    let server = server(|_| true).await;
    let client = Client::builder(&server.base_url).auth(auth).build().unwrap();
    let things = ThingsClient::new(client);
    let calls: Vec<_> = (0..20).map(|_| tokio::spawn(things.list())).collect();
    let mut panicked = 0;
    for call in calls {
        match call.await {
            Ok(result) => result.unwrap(),
            Err(_) => panicked += 1,
        }
    }
    assert_eq!((panicked, fetches.load(Ordering::SeqCst)), (1, 2));
}

/// Row 16.
#[tokio::test]
async fn a_second_401_is_final() {
    let server = server(|_| false).await;
    let (things, fetches) = client(&server.base_url);
    for error in all(&things, 50).await.into_iter().map(Result::unwrap_err) {
        assert_eq!((error.status().unwrap(), error.attempts()), (StatusCode::UNAUTHORIZED, 2));
    }
    assert_eq!((fetches.load(Ordering::SeqCst), server.requests.load(Ordering::SeqCst)), (2, 100));
}

/// Row 16.
#[tokio::test]
async fn a_create_that_was_refused_is_sent_once_more_because_it_did_nothing() {
    let server = server(|token| token == "Bearer token-2").await;
    let (things, _) = client(&server.base_url);
    assert_eq!(things.create("x").with_reply().await.unwrap().attempts, 2);
}

/// Rows 16 and 32.
#[tokio::test]
async fn one_attempt_is_one_request_and_the_next_call_has_a_new_credential() {
    let server = server(|token| token == "Bearer token-2").await;
    let (things, fetches) = client(&server.base_url);
    assert_eq!(things.list().attempts(1).await.unwrap_err().attempts(), 1);
    let stream = declarest::Body::new(http_body_util::Empty::<bytes::Bytes>::new());
    things.list().attempts(1).await.unwrap();
    things.upload(stream).await.unwrap();
    assert_eq!((fetches.load(Ordering::SeqCst), server.requests.load(Ordering::SeqCst)), (2, 3));
}

/// Row 16.
#[tokio::test(start_paused = true)]
async fn a_credential_is_fetched_anew_before_it_expires() {
    let fetches = Arc::new(AtomicUsize::new(0));
    let count = fetches.clone();
    let auth = Auth::provider(move || {
        let number = count.fetch_add(1, Ordering::SeqCst);
        async move { Ok(Auth::bearer(format!("token-{number}"))?.expires_in(Duration::from_secs(100))) }
    });
    let transport = tower::service_fn(|_: http::Request<declarest::Body>| async {
        Ok::<_, BoxError>(http::Response::new(declarest::Body::empty()))
    });
    let client = Client::builder("https://api.test").auth(auth).transport(transport).build().unwrap();
    let things = ThingsClient::new(client);
    for (wait, fetched) in [(0, 1), (89, 1), (2, 2), (89, 2), (2, 3)] {
        tokio::time::advance(Duration::from_secs(wait)).await;
        things.list().await.unwrap();
        assert_eq!(fetches.load(Ordering::SeqCst), fetched, "after {wait} s more");
    }
}

/// Row 16.
#[tokio::test]
async fn a_provider_that_fails_is_asked_once_for_all_who_wait_and_nothing_is_sent() {
    let server = server(|_| true).await;
    let fetches = Arc::new(AtomicUsize::new(0));
    let count = fetches.clone();
    let auth = Auth::provider(move || {
        count.fetch_add(1, Ordering::SeqCst);
        async {
            tokio::task::yield_now().await;
            Err::<Auth, BoxError>("the token server is away".into())
        }
    });
    let client = Client::builder(&server.base_url).auth(auth).build().unwrap();
    for error in all(&ThingsClient::new(client), 20).await.into_iter().map(Result::unwrap_err) {
        let known = (error.kind(), error.effect(), error.attempts());
        assert_eq!(known, (ErrorKind::Credentials, Effect::NotSent, 0));
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the token server is away");
    }
    assert_eq!((fetches.load(Ordering::SeqCst), server.requests.load(Ordering::SeqCst)), (1, 0));
}

/// Rows 6 and 16.
#[tokio::test(start_paused = true)]
async fn the_deadline_ends_a_provider_that_hangs_and_the_next_call_asks_again() {
    let fetches = Arc::new(AtomicUsize::new(0));
    let count = fetches.clone();
    let auth = Auth::provider(move || {
        let first = count.fetch_add(1, Ordering::SeqCst) == 0;
        async move {
            if first {
                std::future::pending::<()>().await;
            }
            Ok(Auth::bearer("token")?)
        }
    });
    let transport = tower::service_fn(|_: http::Request<declarest::Body>| async {
        Ok::<_, BoxError>(http::Response::new(declarest::Body::empty()))
    });
    let client = Client::builder("https://api.test").auth(auth).transport(transport).build().unwrap();
    let things = ThingsClient::new(client);
    let error = things.list().deadline(Duration::from_secs(5)).await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Deadline, Effect::NotSent));
    things.list().await.unwrap();
}

#[tokio::test]
async fn an_endpoint_that_asks_for_another_scheme_is_told_so() {
    let server = server(|_| true).await;
    let (things, _) = client(&server.base_url);
    let error = things.basic().await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Configuration, Effect::NotSent));
    assert_eq!(server.requests.load(Ordering::SeqCst), 0);
}

/// Row 28.
#[tokio::test]
async fn a_fetched_credential_stays_at_its_origin() {
    let own = server(|_| true).await;
    let other = server(|token| token.is_empty()).await;
    #[api]
    trait Files {
        #[get]
        fn at(&self, #[url] url: &http::Uri) -> Call<()>;
    }
    let (_, fetches) = client(&own.base_url);
    let auth = Auth::provider(Numbered(fetches));
    let files = FilesClient::new(Client::builder(&own.base_url).auth(auth).build().unwrap());
    files.at(&format!("{}/x", other.base_url).parse().unwrap()).await.unwrap();
    assert_eq!(other.refused.load(Ordering::SeqCst), 0);
}

/// Row 22.
#[tokio::test]
async fn the_budget_belongs_to_a_server_and_a_credential() {
    let requests = Arc::new(AtomicUsize::new(0));
    let count = requests.clone();
    let transport = tower::service_fn(move |_: http::Request<declarest::Body>| {
        count.fetch_add(1, Ordering::SeqCst);
        async {
            let mut response = http::Response::new(declarest::Body::empty());
            *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
            Ok::<_, BoxError>(response)
        }
    });
    let budget = Budget::new().with_capacity(14);
    let client = Client::builder("https://api.test")
        .transport(transport)
        .budget(budget)
        .backoff(Backoff::none())
        .build()
        .unwrap();
    let sent = |client: Client| {
        let requests = requests.clone();
        async move {
            requests.store(0, Ordering::SeqCst);
            ThingsClient::new(client).list().await.unwrap_err();
            requests.load(Ordering::SeqCst)
        }
    };
    let tenant = |name: &str| client.with_auth(Auth::bearer(name).unwrap());
    assert_eq!(sent(tenant("a")).await, 2, "one retry, and the tenant's budget is spent");
    assert_eq!(sent(tenant("a")).await, 1, "derived anew, it is the same tenant");
    assert_eq!(sent(tenant("b")).await, 2, "another tenant has its own");
    let elsewhere = client.with_base_url("https://other.test").unwrap();
    assert_eq!(sent(elsewhere.with_auth(Auth::bearer("a").unwrap())).await, 2, "and so has another server");
    let one_call = ThingsClient::new(client.clone());
    requests.store(0, Ordering::SeqCst);
    one_call.list().bearer("a").await.unwrap_err();
    assert_eq!(requests.load(Ordering::SeqCst), 1, "the credential of one call counts as well");
}
