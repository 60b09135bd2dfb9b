//! A user's own retry policy, and what it cannot do.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use declarest::{Auth, Backoff, BoxError, Budget, Call, Client, Encode, ErrorKind, Failed, RetryPolicy, api};
use declarest_tests::{ScriptedServer, Step};

#[api]
trait Keys {
    #[get("/keys")]
    fn list(&self) -> Call<()>;
    #[put("/keys")]
    fn upload(&self, #[body] body: Opened) -> Call<()>;
    #[post("/keys")]
    fn create(&self, #[field] name: &str) -> Call<()>;
    #[post("/keys?safe=1", idempotent)]
    fn create_safely(&self, #[field] name: &str) -> Call<()>;
    #[post("/keys?once=1", idempotency_key = "Idempotency-Key")]
    fn create_once(&self, #[field] name: &str) -> Call<()>;
}

/// A body that is opened when the call runs.
struct Opened(declarest::RequestBody);

impl Encode for Opened {
    fn content_type(&self) -> Option<http::HeaderValue> {
        None
    }

    fn encode(self) -> Result<declarest::RequestBody, BoxError> {
        Ok(self.0)
    }
}

/// Status, attempts, idempotent, whether it would be repeated anyway.
type Asked = (u16, u32, bool, bool);

/// Repeats whatever it is asked about, at once, and keeps what it was asked.
#[derive(Clone, Default)]
struct Always(Arc<Mutex<Vec<Asked>>>);

impl RetryPolicy for Always {
    fn wait(&self, failed: &Failed<'_>) -> Option<Duration> {
        let status = failed.error.status().map_or(0, |status| status.as_u16());
        let asked = (status, failed.attempts, failed.idempotent, failed.usual.is_some());
        self.0.lock().unwrap().push(asked);
        Some(Duration::ZERO)
    }
}

/// Repeats nothing.
struct Never;

impl RetryPolicy for Never {
    fn wait(&self, _: &Failed<'_>) -> Option<Duration> {
        None
    }
}

fn keys(server: &ScriptedServer, policy: impl RetryPolicy) -> KeysClient {
    let builder = Client::builder(server.base_url()).retry(policy).backoff(Backoff::none());
    KeysClient::new(builder.build().unwrap())
}

#[tokio::test]
async fn it_may_repeat_what_is_safe_and_sees_what_happened() {
    let server = ScriptedServer::start([Step::json(409, ""), Step::json(503, ""), Step::json(200, "")]).await;
    let server = server.unwrap();
    let policy = Always::default();
    assert_eq!(keys(&server, policy.clone()).list().with_reply().await.unwrap().attempts, 3);
    assert_eq!(*policy.0.lock().unwrap(), [(409, 1, true, false), (503, 2, true, true)]);
}

/// Row 21.
#[tokio::test]
async fn it_cannot_repeat_what_may_have_taken_effect() {
    for step in [Step::json(500, ""), Step::json(409, ""), Step::Reset, Step::SendAndClose(Vec::new())] {
        let server = ScriptedServer::start([step]).await.unwrap();
        keys(&server, Always::default()).create("x").await.unwrap_err();
        assert_eq!(server.requests().len(), 1);
    }
}

/// Row 19.
#[tokio::test]
async fn it_cannot_overrule_the_server_nor_the_number_of_attempts() {
    let forbidden = Step::with_headers(503, &["x-should-retry: false"], "");
    let server = ScriptedServer::start([forbidden]).await.unwrap();
    keys(&server, Always::default()).list().await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
    let server = ScriptedServer::start([Step::json(409, "")]).await.unwrap();
    keys(&server, Always::default()).list().attempts(5).await.unwrap_err();
    assert_eq!(server.requests().len(), 5);
}

/// Rows 16 and 32. What fails before anything is sent counts as well.
#[tokio::test]
async fn it_cannot_ask_for_credentials_and_bodies_without_end() {
    let asked = Arc::new(Mutex::new(0));
    let (fetches, opened) = (asked.clone(), asked.clone());
    let auth = Auth::provider(move || {
        *fetches.lock().unwrap() += 1;
        async { Err::<Auth, BoxError>("the token server is away".into()) }
    });
    let server = ScriptedServer::start([Step::json(200, "")]).await.unwrap();
    let builder = || {
        let builder = Client::builder(server.base_url()).retry(Always::default()).budget(Budget::unlimited());
        builder.backoff(Backoff::none())
    };
    let error = KeysClient::new(builder().auth(auth).build().unwrap()).list().await.unwrap_err();
    assert_eq!((error.kind(), *asked.lock().unwrap()), (ErrorKind::Credentials, 3));
    let payload = declarest::RequestBody::open(move || {
        *opened.lock().unwrap() += 1;
        async { Err::<declarest::Body, BoxError>("the disk is gone".into()) }
    });
    let error = KeysClient::new(builder().build().unwrap()).upload(Opened(payload)).await.unwrap_err();
    assert_eq!((error.kind(), *asked.lock().unwrap()), (ErrorKind::Body, 6));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn it_may_forbid_every_repetition() {
    let server = ScriptedServer::start([Step::json(503, "")]).await.unwrap();
    keys(&server, Never).list().await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_error_says_whether_another_call_is_safe() {
    let server = ScriptedServer::start([Step::json(500, "")]).await.unwrap();
    let keys = keys(&server, Never);
    assert!(keys.list().await.unwrap_err().is_repeatable());
    assert!(!keys.create("x").await.unwrap_err().is_repeatable());
    assert!(keys.create_safely("x").await.unwrap_err().is_repeatable());
    // The next call would have another key, so the server could not tell that it is the same.
    assert!(!keys.create_once("x").await.unwrap_err().is_repeatable());
    assert!(keys.create_once("x").idempotency_key("mine").await.unwrap_err().is_repeatable());
    assert!(keys.create("x").idempotency_key("mine").await.unwrap_err().is_repeatable());
    let refused = keys.create("").header("bad name", "x").await.unwrap_err();
    assert_eq!((refused.kind(), refused.is_repeatable()), (ErrorKind::Argument, true));
}

#[tokio::test]
async fn one_api_of_several_reads_its_answers_in_its_own_way() {
    let server = ScriptedServer::start([Step::json(200, r#"{"ok":false}"#)]).await.unwrap();
    let client = Client::builder(server.base_url()).build().unwrap();
    let chat = client.with_classify(|_, body| match body {
        br#"{"ok":false}"# => declarest::Verdict::Error,
        _ => declarest::Verdict::ByStatus,
    });
    assert_eq!(KeysClient::new(chat).list().await.unwrap_err().kind(), ErrorKind::Classified);
    KeysClient::new(client).list().await.unwrap();
}
