//! Callbacks for metrics.

use std::sync::{Arc, Mutex};

use declarest::{AttemptSummary, CallSummary, ErrorKind, Failed, Outcome, Reconnect, RetryPolicy};
use tower::ServiceExt as _;

use super::*;

/// What the callbacks got.
#[derive(Clone, Default)]
struct Log {
    attempts: Arc<Mutex<Vec<AttemptSummary>>>,
    calls: Arc<Mutex<Vec<CallSummary>>>,
}

impl Log {
    fn listen(&self, builder: ClientBuilder) -> KeysClient {
        let (attempts, calls) = (self.attempts.clone(), self.calls.clone());
        keys(
            builder
                .on_attempt_end(move |attempt| attempts.lock().unwrap().push(attempt.clone()))
                .on_call_end(move |call| calls.lock().unwrap().push(call.clone())),
        )
    }

    fn attempts(&self) -> Vec<AttemptSummary> {
        self.attempts.lock().unwrap().clone()
    }

    fn outcomes(&self) -> Vec<Outcome> {
        self.attempts().iter().map(AttemptSummary::outcome).collect()
    }

    /// The outcomes of the calls, and how often each was tried.
    fn calls(&self) -> Vec<(Outcome, u32)> {
        self.calls.lock().unwrap().iter().map(|call| (call.outcome(), call.attempts())).collect()
    }
}

#[tokio::test]
async fn a_call_and_its_attempts_end_with_their_facts() {
    let log = Log::default();
    let keys = log.listen(scripted([Answer::Status(503, ""), Answer::Lost, Answer::Status(200, KEY)]));
    keys.get("key_1").await.unwrap();
    let (lost, first) = (Outcome::Failed(ErrorKind::Transport), Outcome::Failed(ErrorKind::Status));
    assert_eq!(log.outcomes(), [first, lost, Outcome::Succeeded]);
    let attempts = log.attempts();
    assert_eq!(attempts.iter().map(AttemptSummary::attempt).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(attempts.iter().all(|attempt| attempt.elapsed() == ANSWER));
    assert_eq!(attempts[0].status().unwrap(), 503);
    assert_eq!(attempts[0].error_type(), Some("503"));
    assert_eq!((attempts[1].status(), attempts[1].error_kind()), (None, Some(ErrorKind::Transport)));

    let call = log.calls.lock().unwrap()[0].clone();
    assert_eq!((call.outcome(), call.attempts(), call.elapsed()), (Outcome::Succeeded, 3, 3 * ANSWER));
    assert_eq!((call.endpoint().api, call.endpoint().name, call.endpoint().method), ("Keys", "get", "GET"));
    assert_eq!((call.template(), call.server_address()), ("/keys/{id}", "api.example.com"));
    assert_eq!((call.server_port(), call.status().map(|status| status.as_u16())), (Some(443), Some(200)));
    assert_eq!((call.error_type(), call.outcome().code()), (None, "succeeded"));
    assert_eq!(log.calls().len(), 1);
}

#[tokio::test]
async fn a_call_that_is_not_sent_ends_too() {
    let log = Log::default();
    log.listen(scripted([])).get("..").await.unwrap_err();
    assert_eq!(log.calls(), [(Outcome::Failed(ErrorKind::Argument), 0)]);
    assert!(log.outcomes().is_empty());
    drop(log.listen(scripted([])).get("a"));
    assert_eq!(log.calls().len(), 1, "a call that nobody awaits is none");
}

#[tokio::test]
async fn a_response_that_does_not_fit_fails_the_call_and_not_the_attempt() {
    let log = Log::default();
    log.listen(scripted([Answer::Status(200, "{}")])).get("a").await.unwrap_err();
    assert_eq!(log.outcomes(), [Outcome::Succeeded]);
    assert_eq!(log.calls(), [(Outcome::Failed(ErrorKind::Decode), 1)]);
}

#[tokio::test]
async fn a_dropped_call_ends_as_cancelled() {
    let log = Log::default();
    drop_after_a_poll(log.listen(scripted([Answer::Silence])).get("a"));
    assert_eq!(log.outcomes(), [Outcome::Cancelled]);
    assert_eq!(log.calls(), [(Outcome::Cancelled, 1)]);
}

#[tokio::test]
async fn a_call_that_is_dropped_in_a_wait_keeps_its_failed_attempt() {
    let log = Log::default();
    let builder = scripted([Answer::Status(503, "")]).retry(Patient);
    drop_after_a_poll(log.listen(builder).get("a"));
    assert_eq!(log.outcomes(), [Outcome::Failed(ErrorKind::Status)]);
    assert_eq!(log.calls(), [(Outcome::Cancelled, 1)]);
}

/// Waits for half a minute.
struct Patient;

impl RetryPolicy for Patient {
    fn wait(&self, _: &Failed<'_>) -> Option<Duration> {
        Some(Duration::from_secs(30))
    }
}

#[tokio::test]
async fn a_stream_ends_its_call_with_the_head() {
    let log = Log::default();
    let keys = log.listen(scripted([Answer::Events("data: 1\n\n"), Answer::Status(200, "{}")]));
    let mut events = keys.events("a").await.unwrap();
    assert_eq!((log.outcomes(), log.calls()), (vec![Outcome::Succeeded], vec![(Outcome::Succeeded, 1)]));
    assert!(events.try_next().await.unwrap().is_some());
    drop(events);
    assert_eq!(log.calls().len(), 1);
    // Another media type: an error of the call, whose status is fine.
    keys.events("a").await.unwrap_err();
    assert_eq!(log.calls()[1], (Outcome::Failed(ErrorKind::Decode), 1));
}

#[tokio::test]
async fn a_connection_of_a_stream_that_is_made_again_is_a_call() {
    let log = Log::default();
    let keys = log.listen(scripted([Answer::Events("data: 1"), Answer::Events("data: 2\n\n")]));
    let mut events = keys.events("a").await.unwrap().reconnect(Reconnect::new());
    let event = events.try_next().await.unwrap().unwrap();
    assert_eq!((event.data.as_str(), log.calls()), ("2", vec![(Outcome::Succeeded, 1); 2]));
}

#[tokio::test]
async fn an_attempt_includes_its_redirects() {
    let log = Log::default();
    let script = [Answer::To("https://files.example.com/f"), Answer::Status(404, "")];
    log.listen(scripted(script)).file("a", "s").await.unwrap_err();
    let attempts = log.attempts();
    assert_eq!((attempts.len(), attempts[0].server_address()), (1, "files.example.com"));
    assert_eq!((attempts[0].status().unwrap().as_u16(), attempts[0].error_type()), (404, Some("404")));
    assert_eq!(log.calls.lock().unwrap()[0].server_address(), "api.example.com");
}

#[tokio::test]
async fn a_layer_around_the_call_makes_and_saves_attempts() {
    let log = Log::default();
    let twice = tower::layer::layer_fn(|inner: declarest::HttpService| {
        tower::service_fn(move |request: http::Request<Body>| {
            let inner = inner.clone();
            async move {
                let mut again = http::Request::new(Body::empty());
                *again.uri_mut() = request.uri().clone();
                *again.extensions_mut() = request.extensions().clone();
                inner.clone().oneshot(request).await?;
                inner.oneshot(again).await
            }
        })
    });
    log.listen(scripted([Answer::Status(200, KEY), Answer::Status(200, KEY)]).call_layer(twice))
        .get("a")
        .await
        .unwrap();
    assert_eq!(log.calls(), [(Outcome::Succeeded, 2)]);

    let log = Log::default();
    let cache = tower::layer::layer_fn(|_: declarest::HttpService| {
        tower::service_fn(|_: http::Request<Body>| async {
            Ok::<_, BoxError>(http::Response::new(Body::from(KEY)))
        })
    });
    log.listen(scripted([]).call_layer(cache)).get("a").await.unwrap();
    assert_eq!((log.calls(), log.outcomes()), (vec![(Outcome::Succeeded, 0)], vec![]));
}

#[tokio::test]
async fn each_page_of_a_list_is_a_call() {
    let log = Log::default();
    let script = [
        Answer::Status(200, r#"{"ids":["a"],"next":"a"}"#),
        Answer::Status(200, r#"{"ids":["b"],"next":null}"#),
    ];
    let mut items = log.listen(scripted(script)).list().items();
    while items.try_next().await.unwrap().is_some() {}
    assert_eq!(log.calls(), [(Outcome::Succeeded, 1); 2]);
}
