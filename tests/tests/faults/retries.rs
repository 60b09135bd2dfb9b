//! Which answers are followed by another attempt, and what that may cost.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use declarest::{Auth, Backoff, Budget, Client, Effect, ErrorKind, Verdict};
use declarest_tests::Step;

use super::{KEY, Keys as _, KeysClient, LONG, answered, builder, clocked, in_process, keys, server};

/// Row 17.
#[tokio::test]
async fn what_is_final_is_not_repeated() {
    for status in [400, 401, 402, 403, 404, 405, 406, 409, 410, 412, 413, 415, 418, 422, 451, 501, 505] {
        let server = server([Step::json(status, "{}")]).await;
        let keys = keys(&server);
        for error in [keys.get("a").await.unwrap_err(), keys.create_once("x", 1).await.unwrap_err()] {
            let known = (error.status().unwrap().as_u16(), error.attempts(), error.effect());
            assert_eq!(known, (status, 1, Effect::Responded));
        }
        assert_eq!(server.requests().len(), 2);
    }
}

/// Row 17.
#[tokio::test]
async fn a_404_that_follows_an_attempt_that_may_have_taken_effect_says_so() {
    for first in [Step::Reset, Step::json(503, ""), Step::SendAndClose(Vec::new())] {
        let server = server([first.clone(), Step::json(404, "")]).await;
        let error = keys(&server).delete("a").await.unwrap_err();
        assert!(error.is_not_found() && error.is_after_effect(), "{first:?}");
        assert_eq!((error.attempts(), error.effect()), (2, Effect::Responded));
        let text = error.to_string();
        assert!(text.contains("(responded, 2 attempts in "), "{text}");
        assert!(text.contains(", an earlier attempt may have taken effect)"), "{text}");
        assert!(format!("{error:?}").contains("after_effect: true"));
    }
    // A GET has none, one that was turned away did nothing, and an only attempt has none before it.
    for (first, get) in [(Some(Step::Reset), true), (Some(Step::json(429, "")), false), (None, false)] {
        let server = server(first.into_iter().chain([Step::json(404, "")])).await;
        let keys = keys(&server);
        let error = if get { keys.get("a").await.unwrap_err() } else { keys.delete("a").await.unwrap_err() };
        assert!(error.is_not_found() && !error.is_after_effect());
        assert!(
            !format!("{error} {error:?}").contains("effect may") && !error.to_string().contains("earlier")
        );
    }
}

/// Row 18.
#[tokio::test]
async fn an_idempotent_call_is_repeated() {
    for status in [408, 429, 500, 502, 503, 504] {
        let server = server([Step::json(status, ""), Step::json(status, "{"), Step::json(200, KEY)]).await;
        let keys = keys(&server);
        let reply = keys.get("key_1").with_reply().await.unwrap();
        assert_eq!((reply.attempts, server.requests().len()), (3, 3), "{status}");
    }
    let server = server([Step::json(503, "")]).await;
    let keys = keys(&server);
    assert_eq!(keys.replace("a", "x").await.unwrap_err().attempts(), 3);
    assert_eq!(keys.delete("a").await.unwrap_err().attempts(), 3);
    assert_eq!(keys.head("a").await.unwrap_err().attempts(), 3);
    assert_eq!(keys.search("a").await.unwrap_err().attempts(), 3);
    assert_eq!(keys.create_once("a", 1).await.unwrap_err().attempts(), 3);
    assert_eq!(keys.create("a").idempotency_key("mine").await.unwrap_err().attempts(), 3);
    assert_eq!(keys.create("a").await.unwrap_err().attempts(), 1);
    assert_eq!(keys.rename("a", "x").await.unwrap_err().attempts(), 1);
    assert_eq!(keys.create("a").attempts(9).await.unwrap_err().attempts(), 1);
    assert_eq!(keys.get("a").attempts(1).await.unwrap_err().attempts(), 1);
    assert_eq!(keys.get("a").attempts(5).await.unwrap_err().attempts(), 5);
}

/// Row 18.
#[tokio::test]
async fn a_turned_away_create_is_repeated() {
    let server = server([Step::json(429, "{}"), Step::json(200, KEY)]).await;
    assert_eq!(keys(&server).create("x").with_reply().await.unwrap().attempts, 2);
    assert_eq!(server.requests().len(), 2);
}

/// Row 18.
#[tokio::test]
async fn a_quota_that_is_used_up_is_permanent_where_the_api_says_so() {
    let server = server([Step::json(429, r#"{"error":{"code":"insufficient_quota"}}"#)]).await;
    let client = builder(server.base_url()).classify(|head, body| {
        let used_up = head.status == 429 && String::from_utf8_lossy(body).contains("insufficient_quota");
        if used_up { Verdict::Error } else { Verdict::ByStatus }
    });
    let error = KeysClient::new(client.build().unwrap()).get("a").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), server.requests().len()), (ErrorKind::Status, 1, 1));
}

/// Row 19.
#[tokio::test]
async fn the_server_may_forbid_a_repetition_and_allow_one_where_it_is_safe() {
    let said = |status, word: &str| Step::with_headers(status, &[&format!("x-should-retry: {word}")], "{}");
    for word in
        ["false", "False", " false ", "true\r\nx-should-retry: false", "false\r\nx-should-retry: true"]
    {
        for status in [429, 500, 503] {
            let server = server([said(status, word)]).await;
            assert_eq!(keys(&server).get("a").await.unwrap_err().attempts(), 1, "{word}");
            assert_eq!(keys(&server).create("a").await.unwrap_err().attempts(), 1, "{word}");
        }
    }
    for status in [409, 400, 501, 503] {
        let server = server([said(status, "true")]).await;
        assert_eq!(keys(&server).get("a").await.unwrap_err().attempts(), 3);
        assert_eq!(keys(&server).create_once("a", 1).await.unwrap_err().attempts(), 3);
        assert_eq!(keys(&server).create("a").await.unwrap_err().attempts(), 1, "true makes no POST safe");
    }
    for word in ["", "1", "yes", "no", "maybe"] {
        let server = server([said(503, word), said(404, word)]).await;
        assert_eq!(keys(&server).get("a").await.unwrap_err().attempts(), 2, "{word}: says nothing");
    }
    let cut_off = Step::SendAndClose(
        b"HTTP/1.1 200 OK\r\nx-should-retry: false\r\ncontent-length: 99\r\n\r\n{".to_vec(),
    );
    let server = server([cut_off]).await;
    assert_eq!(keys(&server).get("a").await.unwrap_err().attempts(), 1);
}

/// Row 21: how many requests are on the wire for a POST that creates.
#[tokio::test]
async fn a_create_that_may_have_taken_effect_is_sent_once() {
    for (step, effect) in [
        (Step::json(408, "{}"), Effect::Responded),
        (Step::json(500, "{}"), Effect::Responded),
        (Step::json(502, "{}"), Effect::Responded),
        (Step::json(503, "{}"), Effect::Responded),
        (Step::with_headers(503, &["retry-after: 0"], "{}"), Effect::Responded),
        (Step::json(504, "{}"), Effect::Responded),
        (Step::Reset, Effect::MaybeSent),
        (Step::SendAndClose(Vec::new()), Effect::MaybeSent),
        (Step::SendAndClose(b"HTTP/1.1 2".to_vec()), Effect::MaybeSent),
        (Step::SendAndClose(b"HTTP/1.1 500 X\r\ncontent-length: 99\r\n\r\n{".to_vec()), Effect::Responded),
    ] {
        let server = server([step.clone()]).await;
        let keys = keys(&server);
        for error in [keys.create("x").await.unwrap_err(), keys.rename("a", "x").await.unwrap_err()] {
            assert_eq!((error.effect(), error.attempts()), (effect, 1), "{step:?}");
            assert!(!error.is_repeatable());
        }
        assert_eq!(server.requests().len(), 2, "{step:?}");
    }
    let server = server([Step::Silence]).await;
    let (keys, clock) = clocked(&server);
    let call = keys.create("x").attempt_timeout(Duration::from_secs(9));
    let error = clock.advance_when(server.has_seen(1), Duration::from_secs(9), call).await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Timeout, Effect::MaybeSent));
    let error = clock.advance_when(server.has_seen(2), LONG, keys.create("x")).await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Deadline, Effect::MaybeSent));
    assert_eq!(server.requests().len(), 2, "one for each call");
}

/// Row 21.
#[tokio::test]
async fn an_attempt_that_times_out_is_repeated_where_that_is_safe() {
    let server = server([Step::Silence, Step::json(200, KEY)]).await;
    let (keys, clock) = clocked(&server);
    let call = keys.get("a").attempt_timeout(Duration::from_secs(9)).with_reply();
    let reply = clock.advance_when(server.has_seen(1), Duration::from_secs(9), call).await.unwrap();
    assert_eq!((reply.attempts, server.requests().len()), (2, 2));
}

/// Row 21.
#[tokio::test]
async fn an_idempotency_key_is_the_same_on_every_attempt_and_another_for_the_next_call() {
    let server = server([Step::json(500, ""), Step::Reset, Step::json(200, KEY)]).await;
    let keys = keys(&server);
    keys.create_once("x", 1).await.unwrap();
    keys.create_once("x", 2).await.unwrap();
    keys.create_once("x", 3).idempotency_key("mine").await.unwrap();
    let key = |request: &String| {
        request.lines().find_map(|line| line.strip_prefix("idempotency-key: ")).unwrap().to_owned()
    };
    let sent: Vec<String> = server.requests().iter().map(key).collect();
    assert!(sent.len() == 5 && sent[0] == sent[1] && sent[1] == sent[2] && sent[2] != sent[3]);
    assert!(sent[0].len() >= 32 && sent[4] == "mine");
}

/// Row 22.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_tasks_in_an_outage_cost_no_more_than_the_budget() {
    let sent = Arc::new(AtomicUsize::new(0));
    let count = sent.clone();
    let keys = in_process(Client::builder("http://localhost").backoff(Backoff::none()), move |_, _| {
        count.fetch_add(1, Ordering::SeqCst);
        async {
            tokio::task::yield_now().await;
            Ok(answered(503, ""))
        }
    });
    let calls: Vec<_> = (0..1000).map(|_| tokio::spawn(keys.get("a"))).collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap_err().status().unwrap(), 503);
    }
    assert_eq!(sent.load(Ordering::SeqCst), 1000 + 500 / 14, "500 tokens, 14 a retry");
}

/// Row 22.
#[tokio::test]
async fn an_outage_costs_no_more_than_the_budget_on_the_wire() {
    let server = server([Step::json(503, "")]).await;
    let client = builder(server.base_url()).budget(Budget::new().with_capacity(140)).build().unwrap();
    let keys = KeysClient::new(client);
    for _ in 0..100 {
        assert!(keys.get("key_1").await.is_err());
    }
    assert_eq!(server.requests().len(), 110, "140 tokens are ten retries");
}

/// Row 22. A wait that the call has no time for is no retry, so it costs nothing.
#[tokio::test]
async fn a_retry_that_there_is_no_time_for_costs_nothing() {
    let script = (0..5).map(|_| Step::with_headers(503, &["retry-after: 61"], ""));
    let server = server(script.chain([Step::json(503, ""), Step::json(200, KEY)])).await;
    let budget = Budget::new().with_capacity(14);
    let keys = KeysClient::new(builder(server.base_url()).budget(budget).build().unwrap());
    for _ in 0..5 {
        let error = keys.get("a").await.unwrap_err();
        assert_eq!((error.attempts(), error.retry_after()), (1, Some(Duration::from_secs(61))));
    }
    assert_eq!(keys.get("a").with_reply().await.unwrap().attempts, 2, "there was enough for one");
}

/// Row 22.
#[tokio::test]
async fn success_fills_the_budget_again() {
    let keys = in_process(
        Client::builder("http://localhost")
            .backoff(Backoff::none())
            .budget(Budget::new().with_capacity(14).with_refill(7)),
        |number, _| async move {
            // The second retry has nothing to take from; two successes at the first try pay for the next one.
            Ok(match number {
                0..=1 | 4 => answered(503, ""),
                _ => answered(200, KEY),
            })
        },
    );
    assert_eq!(keys.get("a").await.unwrap_err().attempts(), 2, "one retry, and the budget is spent");
    for _ in 0..2 {
        assert_eq!(keys.get("a").with_reply().await.unwrap().attempts, 1);
    }
    assert_eq!(keys.get("a").with_reply().await.unwrap().attempts, 2);
}

/// Row 22.
#[tokio::test]
async fn a_derived_client_keeps_the_rules_of_the_budget_and_has_one_of_its_own() {
    let server = server([Step::json(503, "")]).await;
    let client = builder(server.base_url()).budget(Budget::new().with_capacity(14)).build().unwrap();
    let other = client.with_auth(Auth::bearer("another tenant").unwrap());
    for client in [client, other] {
        let keys = KeysClient::new(client);
        for _ in 0..5 {
            assert!(keys.get("key_1").await.is_err());
        }
    }
    assert_eq!(server.requests().len(), 12, "five calls and one retry for each credential");
}

/// Row 33.
#[tokio::test]
async fn a_200_that_says_it_failed_is_what_classify_makes_of_it() {
    let client = |server: &declarest_tests::ScriptedServer| {
        let client = builder(server.base_url()).classify(|head, body| match body {
            _ if head.status != 200 => Verdict::ByStatus,
            br#"{"ok":false,"error":"fatal"}"# => Verdict::Error,
            br#"{"ok":false,"error":"busy"}"# => Verdict::Repeat,
            _ => Verdict::ByStatus,
        });
        KeysClient::new(client.build().unwrap())
    };
    let (fatal, busy) = (r#"{"ok":false,"error":"fatal"}"#, r#"{"ok":false,"error":"busy"}"#);
    let final_one = server([Step::json(200, fatal)]).await;
    for error in [
        client(&final_one).create("x").await.unwrap_err(),
        client(&final_one).get("x").await.unwrap_err(),
        client(&final_one).find("x").await.unwrap_err(),
        client(&final_one).delete("x").await.unwrap_err(),
    ] {
        let known = (error.kind(), error.attempts(), error.effect(), error.status().unwrap().as_u16());
        assert_eq!(known, (ErrorKind::Classified, 1, Effect::Responded, 200));
        assert_eq!(error.body(), fatal.as_bytes());
        assert!(!format!("{error} {error:?}").contains("fatal"));
    }
    let passing = server([Step::json(200, busy), Step::json(200, busy), Step::json(200, KEY)]).await;
    assert_eq!(client(&passing).create("x").with_reply().await.unwrap().attempts, 3);
    let passing = server([Step::json(200, busy), Step::json(200, r#"{"ok":true}"#)]).await;
    assert_eq!(client(&passing).delete("x").with_reply().await.unwrap().attempts, 2);
    let lasting = server([Step::json(200, busy)]).await;
    let error = client(&lasting).create("x").await.unwrap_err();
    assert!(error.attempts() == 3 && error.is_repeatable() && error.kind() == ErrorKind::Classified);
    let forbidden = server([Step::with_headers(200, &["x-should-retry: false"], busy)]).await;
    assert_eq!(client(&forbidden).get("x").await.unwrap_err().attempts(), 1);
}
