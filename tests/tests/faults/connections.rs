//! No connection, a lost one, and one that was used before.

use std::time::Duration;

use declarest::{ClientBuilder, Effect, ErrorKind};
use declarest_tests::Step;

use super::{KEY, Keys as _, KeysClient, LONG, builder, clocked, keys, server};

/// A port of loopback where nobody listens.
fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Row 1.
#[tokio::test]
async fn a_refused_connection_is_not_sent_and_repeated_for_every_method() {
    let keys = KeysClient::new(builder(format!("http://127.0.0.1:{}/v1", free_port())).build().unwrap());
    let errors = [
        keys.create("x").await.unwrap_err(),
        keys.rename("a", "x").await.unwrap_err(),
        keys.get("a").await.unwrap_err(),
        keys.delete("a").await.unwrap_err(),
    ];
    for error in errors {
        let known = (error.kind(), error.effect(), error.attempts());
        assert_eq!(known, (ErrorKind::Connect, Effect::NotSent, 3));
        assert!(error.is_repeatable());
    }
}

/// Row 1. A label of more than 63 characters is no name (RFC 1035, 2.3.4), so no resolver is asked for it.
#[tokio::test]
async fn a_name_that_does_not_resolve_is_not_sent_and_repeated_for_every_method() {
    let keys = builder(format!("http://{}/v1", "a".repeat(64))).allow_http().build().unwrap();
    let error = KeysClient::new(keys).create("x").await.unwrap_err();
    let known = (error.kind(), error.effect(), error.attempts());
    assert_eq!(known, (ErrorKind::Connect, Effect::NotSent, 3));
}

/// Row 1. The server comes up while the call is still trying.
#[tokio::test]
async fn a_create_goes_out_once_when_the_server_is_there_at_last() {
    let server = server([Step::json(200, KEY)]).await;
    let away: http::Uri = format!("http://127.0.0.1:{}/v1/keys", free_port()).parse().unwrap();
    let attempts = std::sync::atomic::AtomicUsize::new(0);
    let attempts = std::sync::Arc::new(attempts);
    let layer = tower::util::MapRequestLayer::new(move |mut request: http::Request<declarest::Body>| {
        if attempts.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0 {
            *request.uri_mut() = away.clone();
        }
        request
    });
    let keys = KeysClient::new(builder(server.base_url()).layer(layer).build().unwrap());
    assert_eq!(keys.create("x").with_reply().await.unwrap().attempts, 2);
    assert_eq!(server.requests().len(), 1);
}

/// Row 2.
#[tokio::test]
async fn a_full_backlog_ends_with_the_connect_timeout_and_is_not_sent() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    // Fills the queue of who is connected and not yet accepted, until a connection does not come about.
    let mut waiting = Vec::new();
    let limit = Duration::from_millis(200);
    while let Ok(Ok(stream)) = tokio::time::timeout(limit, tokio::net::TcpStream::connect(address)).await {
        waiting.push(stream);
    }
    let client = builder(format!("http://{address}/v1")).connect_timeout(Duration::from_millis(50));
    let error = KeysClient::new(client.build().unwrap()).create("x").await.unwrap_err();
    let known = (error.kind(), error.effect(), error.attempts());
    assert_eq!(known, (ErrorKind::Connect, Effect::NotSent, 3));
}

/// Rows 3 and 21. A request of which the server has read nothing or a part may be carried out all the same, as far as
/// the client can know; only one that never left its hands is sent again.
#[tokio::test]
async fn a_create_that_is_reset_goes_out_once_unless_it_provably_did_not_leave() {
    for bytes in [0, 1, 20, 120] {
        let server = server([Step::ResetAfter(bytes)]).await;
        let error = keys(&server).create(&"x".repeat(4096)).await.unwrap_err();
        let known = (error.effect(), error.attempts(), server.connections());
        match error.effect() {
            Effect::NotSent => assert_eq!(known, (Effect::NotSent, 3, 3), "{bytes}"),
            _ => assert_eq!(known, (Effect::MaybeSent, 1, 1), "{bytes}"),
        }
    }
    let server = server([Step::Reset]).await;
    let error = keys(&server).create("x").await.unwrap_err();
    let known = (error.kind(), error.effect(), error.attempts(), server.requests().len());
    assert_eq!(known, (ErrorKind::Transport, Effect::MaybeSent, 1, 1));
    assert!(!error.is_repeatable());
}

/// Row 3.
#[tokio::test]
async fn an_idempotent_call_that_is_reset_is_repeated() {
    for step in [Step::ResetAfter(0), Step::ResetAfter(20), Step::Reset, Step::SendAndReset(Vec::new())] {
        let server = server([step.clone(), Step::json(200, KEY)]).await;
        let keys = keys(&server);
        for attempts in [
            keys.get("key_1").with_reply().await.unwrap().attempts,
            keys.get("key_1").with_reply().await.unwrap().attempts,
        ] {
            assert!(matches!(attempts, 1 | 2), "{step:?}");
        }
        assert_eq!(server.connections(), 2, "{step:?}");
    }
    let server = server([Step::Reset]).await;
    let error = keys(&server).replace("a", &"x".repeat(1 << 20)).await.unwrap_err();
    assert_eq!((error.effect(), error.attempts()), (Effect::MaybeSent, 3));
    assert!(error.is_repeatable());
}

/// Row 4.
#[tokio::test]
async fn an_idle_connection_that_was_closed_goes_out_once_on_a_new_one() {
    let server = server([Step::json(200, KEY).then_close(), Step::json(200, KEY)]).await;
    let keys = keys(&server);
    keys.create("x").await.unwrap();
    server.is_left().await;
    assert_eq!(keys.create("x").with_reply().await.unwrap().attempts, 1, "the pool's affair is no attempt");
    assert_eq!((server.requests().len(), server.connections()), (2, 2));
}

/// Row 5.
#[tokio::test]
async fn a_used_connection_that_ends_without_a_byte_is_one_fresh_attempt_for_what_is_idempotent() {
    for end in [Step::SendAndClose(Vec::new()), Step::Reset] {
        let script = [Step::json(200, KEY), end.clone(), Step::json(200, KEY)];
        let get = server(script.clone()).await;
        let client = keys(&get);
        client.get("a").await.unwrap();
        assert_eq!(client.get("a").with_reply().await.unwrap().attempts, 2);
        assert_eq!((get.requests().len(), get.connections()), (3, 2), "{end:?}");

        let post = server(script).await;
        let client = keys(&post);
        client.get("a").await.unwrap();
        let error = client.create("x").await.unwrap_err();
        assert_eq!((error.effect(), error.attempts()), (Effect::MaybeSent, 1));
        assert_eq!((post.requests().len(), post.connections()), (2, 1), "{end:?}");
    }
}

/// Row 6.
#[tokio::test]
async fn the_deadline_ends_a_silent_server() {
    let server = server([Step::Silence]).await;
    let (keys, clock) = clocked(&server);
    let error = clock.advance_when(server.has_seen(1), LONG, keys.get("key_1")).await.unwrap_err();
    assert_eq!((error.kind(), error.effect()), (ErrorKind::Deadline, Effect::MaybeSent));
    assert!(error.is_timeout() && error.is_repeatable());
}

/// Rows 6 and 23. What was wrong before the last attempt is the source of the error.
#[tokio::test]
async fn a_deadline_in_a_later_attempt_says_what_was_wrong_before() {
    let server = server([Step::json(503, ""), Step::Silence]).await;
    let (keys, clock) = clocked(&server);
    let error = clock.advance_when(server.has_seen(2), LONG, keys.get("key_1")).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Deadline, 2));
    let source = std::error::Error::source(&error).unwrap().downcast_ref::<declarest::Error>().unwrap();
    assert_eq!((source.status().unwrap().as_u16(), source.attempts()), (503, 1));
}

/// Row 4.
#[tokio::test]
async fn a_connection_is_used_again_also_when_nobody_reads_the_body() {
    let server = server([Step::json(200, KEY)]).await;
    let keys = keys(&server);
    for _ in 0..3 {
        keys.delete("key_1").await.unwrap();
    }
    assert_eq!((server.requests().len(), server.connections()), (3, 1));
}

/// Row 17. No attempt can send what HTTP's own type for a URL does not hold.
#[tokio::test]
async fn a_url_that_is_too_long_is_not_sent_and_not_tried_again() {
    let server = server([Step::json(200, KEY)]).await;
    let identity = tower::layer::util::Identity::new;
    let clients = [
        builder(server.base_url()),
        builder(server.base_url()).layer(identity()),
        builder(server.base_url()).call_layer(identity()),
        builder(server.base_url()).http2_prior_knowledge(),
    ];
    for client in clients {
        let keys = KeysClient::new(client.build().unwrap());
        let error = keys.get(&"CANARY".repeat(12_000)).await.unwrap_err();
        assert_eq!((error.kind(), error.effect()), (ErrorKind::Argument, Effect::NotSent));
        assert!(error.attempts() <= 1 && !format!("{error} {error:?}").contains("CANARY"), "{error:?}");
    }
    assert_eq!(server.connections(), 0);
}

/// The timer of the system's TCP at the client's end of the connection to this port: 2 is keep-alive (`man 5 proc`). Closed
/// connections to an earlier owner of the port may stand in the table, too.
#[cfg(target_os = "linux")]
fn tcp_timer(port: u16) -> Option<u8> {
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
    table.lines().find_map(|line| {
        let columns: Vec<_> = line.split_whitespace().collect();
        let established = columns.get(3) == Some(&"01");
        let ours = established && columns.get(2)?.ends_with(&format!(":{port:04X}"));
        u8::from_str_radix(columns.get(5).filter(|_| ours)?.split(':').next()?, 16).ok()
    })
}

/// Row 37. Where the peer is gone, the system's probes find it: on by default, as reqwest has it, and off where the
/// client says so.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn tcp_is_probed_unless_the_client_says_no() {
    for (probed, timer) in [(true, 2), (false, 0)] {
        let server = server([Step::json(200, KEY)]).await;
        let client = builder(server.base_url());
        let client = if probed { client } else { client.tcp_keepalive(None) };
        let keys = KeysClient::new(client.build().unwrap());
        keys.get("a").await.unwrap();
        assert_eq!(tcp_timer(server.port()), Some(timer));
    }
}

/// Row 4. A client that keeps no connection opens one for each call; one that keeps connections for no time as well.
#[tokio::test]
async fn no_connection_is_kept_where_the_client_says_so() {
    let settings: [fn(ClientBuilder) -> ClientBuilder; 2] =
        [|client| client.pool_max_idle_per_host(0), |client| client.pool_idle_timeout(Duration::ZERO)];
    for setting in settings {
        let server = server([Step::json(200, KEY)]).await;
        let keys = KeysClient::new(setting(builder(server.base_url())).build().unwrap());
        for _ in 0..3 {
            keys.get("a").await.unwrap();
        }
        assert_eq!((server.requests().len(), server.connections()), (3, 3));
    }
}

#[test]
fn a_time_of_zero_that_would_be_ignored_is_refused() {
    type Change = fn(ClientBuilder) -> ClientBuilder;
    let settings: [(&str, Change); 4] = [
        ("http2_keep_alive_interval", |client| client.http2_keep_alive_interval(Duration::ZERO)),
        ("http2_keep_alive_timeout", |client| client.http2_keep_alive_timeout(Duration::ZERO)),
        ("tcp_keepalive", |client| client.tcp_keepalive(Duration::ZERO)),
        ("tcp_user_timeout", |client| client.tcp_user_timeout(Duration::ZERO)),
    ];
    for (name, setting) in settings {
        let error = setting(builder("https://api.example.com".to_owned())).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains(name), "{error}");
    }
}
