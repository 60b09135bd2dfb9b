//! What goes wrong, and the clock.

use std::time::Duration;

use declarest::testing::{Fault, Mock};
use declarest::{Call, Effect, ErrorKind, Event, Events, Reconnect, Text, api};

use super::{Key, Keys, KeysClient, NewKey, key, panic_of};

fn new() -> NewKey<'static> {
    NewKey { name: "CI", scopes: &[], password: None }
}

/// A POST is repeated only if it was certainly not sent, and a GET is repeated either way.
#[tokio::test]
async fn a_fault_is_what_a_transport_knows_of_it() {
    use {Effect::*, ErrorKind::*};
    for (fault, kind, effect, attempts) in [
        (Fault::Refused, Connect, NotSent, 3),
        (Fault::ResetBeforeRequest, Transport, NotSent, 3),
        (Fault::ResetDuringRequest, Transport, MaybeSent, 1),
        (Fault::ResetAfterRequest, Transport, MaybeSent, 1),
        (Fault::Garbage, Transport, MaybeSent, 1),
        (Fault::Truncated, Truncated, Responded, 1),
        (Fault::Stalled, Deadline, MaybeSent, 1),
    ] {
        let mock = Mock::new();
        let keys = KeysClient::new(mock.client());
        mock.expect(keys.create(&new(), None)).fail(fault);
        let error = keys.create(&new(), None).await.unwrap_err();
        assert_eq!((error.kind(), error.effect(), error.attempts()), (kind, effect, attempts), "{fault:?}");
        mock.expect(keys.get("key_1")).fail(fault).then().respond(&key("key_1"));
        match keys.get("key_1").await {
            Ok(value) => assert_eq!(value, key("key_1")),
            Err(error) => assert_eq!((error.kind(), fault), (Deadline, Fault::Stalled)),
        }
        if fault == Fault::Stalled {
            let report = panic_of(|| mock.verify());
            assert!(report.ends_with("1 of 2 responses were given"), "{report}");
        }
    }
}

#[tokio::test]
async fn waits_take_no_time_and_are_counted() {
    let mock = Mock::new();
    let keys = KeysClient::new(mock.client());
    mock.expect(keys.get("key_1"))
        .respond_status(429)
        .header("retry-after", "30")
        .then()
        .respond(&key("key_1"));
    let reply = keys.get("key_1").with_reply().await.unwrap();
    assert_eq!((reply.attempts, mock.elapsed()), (2, Duration::from_secs(30)));
    // Longer than the deadline: the call ends instead of waiting.
    mock.expect(keys.get("key_2")).respond_status(429).header("retry-after", "70");
    let error = keys.get("key_2").await.unwrap_err();
    assert_eq!((error.attempts(), error.retry_after()), (1, Some(Duration::from_secs(70))));
    assert_eq!(mock.elapsed(), Duration::from_secs(30));
}

#[tokio::test]
async fn what_stalls_ends_with_the_earliest_limit() {
    let mock = Mock::new();
    let keys = KeysClient::new(mock.client());
    mock.expect(keys.get("key_1")).fail(Fault::Stalled);
    let error = keys.get("key_1").attempt_timeout(Duration::from_secs(5)).attempts(1).await.unwrap_err();
    assert_eq!((error.kind(), mock.elapsed()), (ErrorKind::Timeout, Duration::from_secs(5)));
    mock.expect(keys.get("key_1")).fail(Fault::Stalled);
    let call = keys.get("key_1").deadline(Duration::from_secs(2)).attempt_timeout(Duration::from_secs(5));
    assert_eq!(call.await.unwrap_err().kind(), ErrorKind::Deadline);
    assert_eq!(mock.elapsed(), Duration::from_secs(7));
    mock.expect(keys.get("key_1")).respond(&key("key_1")).fail(Fault::Stalled);
    let error = keys.get("key_1").await.unwrap_err();
    assert_eq!((error.kind(), mock.elapsed()), (ErrorKind::Deadline, Duration::from_secs(67)));
}

#[tokio::test]
async fn a_poller_waits_by_the_clock_of_its_client() {
    use declarest::Timer as _;
    let mock = Mock::new();
    let timer = mock.client().timer();
    let start = timer.now();
    let (one, two) = (timer.sleep(Duration::from_secs(3600)), timer.sleep(Duration::from_secs(60)));
    let late = async {
        one.await;
        timer.now().duration_since(start)
    };
    let early = async {
        two.await;
        timer.now().duration_since(start)
    };
    let (late, early) = tokio::join!(late, early);
    assert_eq!((early, late), (Duration::from_secs(60), Duration::from_secs(3600)));
}

/// A deadline does not pass while something real is awaited.
#[tokio::test]
async fn a_layer_that_takes_its_time_is_waited_for() {
    let mock = Mock::new();
    let layer = tower::layer::layer_fn(|inner: declarest::HttpService| {
        tower::service_fn(move |request| {
            let inner = inner.clone();
            async move {
                for _ in 0..1000 {
                    tokio::task::yield_now().await;
                }
                tower::ServiceExt::oneshot(inner, request).await
            }
        })
    });
    let keys = KeysClient::new(mock.builder().layer(layer).build().unwrap());
    mock.expect(keys.get("key_1")).respond_status(503).then().respond(&key("key_1"));
    assert_eq!(keys.get("key_1").await.unwrap(), key("key_1"));
}

#[tokio::test]
async fn a_stream_breaks_or_stalls_after_its_events() {
    #[api]
    trait Chat {
        #[post("/chat", events(end = "[DONE]"))]
        fn stream(&self) -> Call<Events<Key>>;
        #[get("/text")]
        fn text(&self) -> Call<Text>;
    }
    let mock = Mock::new();
    let chat = ChatClient::new(mock.client());
    mock.expect(chat.stream()).events([key("1"), key("2")]);
    mock.expect(chat.stream()).events([key("1")]).fail(Fault::Truncated);
    mock.expect(chat.stream()).events([key("1")]).fail(Fault::Stalled);
    mock.expect(chat.text()).respond(&"abc".to_owned()).fail(Fault::Truncated);
    let mut events = chat.stream().await.unwrap();
    assert_eq!(events.try_next().await.unwrap(), Some(key("1")));
    assert_eq!(events.try_next().await.unwrap(), Some(key("2")));
    assert_eq!(events.try_next().await.unwrap(), None);
    for kind in [ErrorKind::Truncated, ErrorKind::Stalled] {
        let mut events = chat.stream().await.unwrap();
        assert_eq!(events.try_next().await.unwrap(), Some(key("1")));
        assert_eq!(events.try_next().await.unwrap_err().kind(), kind);
    }
    assert_eq!(mock.elapsed(), Duration::from_secs(30));
    let error = chat.text().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Truncated, 3));
}

/// The call that goes on with a stream is another call of the same request, so it gets the next response.
#[tokio::test]
async fn a_stream_goes_on_after_its_connection_was_lost() {
    #[api]
    trait Feed {
        #[get("/feed")]
        fn feed(&self) -> Call<Events<Event>>;
    }
    let event = |id: &str| Event {
        event: "message".to_owned(),
        data: "x".to_owned(),
        id: Some(id.to_owned()),
        retry: None,
    };
    let mock = Mock::new();
    let feed = FeedClient::new(mock.client());
    mock.expect(feed.feed()).events([event("1")]).fail(Fault::Truncated).then().events([event("2")]);
    let mut events = feed.feed().await.unwrap().reconnect(Reconnect::new());
    assert_eq!(events.try_next().await.unwrap(), Some(event("1")));
    assert_eq!(events.try_next().await.unwrap(), Some(event("2")));
    assert_eq!(events.try_next().await.unwrap(), None);
    assert_eq!(mock.requests()[1].header("last-event-id"), Some("1"));
}
