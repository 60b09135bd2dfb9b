//! A proxy that is asked for: what it sees, and what it may do to a call.

use std::sync::{Arc, Mutex};

use declarest::{Effect, ErrorKind};
use declarest_tests::Step;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

use super::{KEY, Keys as _, KeysClient, builder, server, tls::tls_server};

/// A proxy for tunnels, which answers with this status line and, if that is a 200, passes everything on.
struct Tunnels {
    /// `127.0.0.1:PORT`.
    address: String,
    /// What it was asked, whole.
    seen: Arc<Mutex<Vec<String>>>,
}

async fn tunnels(status: &'static str) -> Tunnels {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = seen.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(tunnel(stream, status, log.clone()));
        }
    });
    Tunnels { address, seen }
}

async fn tunnel(mut client: TcpStream, status: &str, log: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let Ok(byte) = client.read_u8().await else { return };
        head.push(byte);
    }
    let head = String::from_utf8(head).unwrap();
    let to = head.split(' ').nth(1).unwrap().to_owned();
    log.lock().unwrap().push(head);
    client.write_all(format!("HTTP/1.1 {status}\r\n\r\n").as_bytes()).await.unwrap();
    if status.starts_with("200") {
        let mut server = TcpStream::connect(to).await.unwrap();
        let _ = copy_bidirectional(&mut client, &mut server).await;
    }
}

/// Row 29. Over plain http the proxy reads the request, which says where it goes, and the password is for the proxy.
#[tokio::test]
async fn a_request_over_http_goes_to_the_proxy_in_absolute_form() {
    let (proxy, server) = (server([Step::json(200, KEY)]).await, server([Step::json(200, KEY)]).await);
    let url = proxy.base_url();
    let url = url.trim_end_matches("/v1").replace("http://", "http://user:p%40ss@");
    let keys = KeysClient::new(builder(server.base_url()).proxy(url).build().unwrap());
    keys.get("a").await.unwrap();
    keys.get("b").await.unwrap();
    let requests = proxy.requests();
    assert!(
        requests[0].starts_with(&format!("GET {}/keys/a HTTP/1.1\r\n", server.base_url())),
        "{requests:?}"
    );
    for request in requests {
        // `user:p@ss`.
        assert!(
            request.to_ascii_lowercase().contains("\r\nproxy-authorization: basic dxnlcjpwqhnz\r\n"),
            "{request}"
        );
        assert_eq!(request.to_ascii_lowercase().matches("\r\nhost:").count(), 1, "{request}");
    }
    assert_eq!((proxy.connections(), server.connections()), (1, 0));
}

/// Row 29. Over https the proxy sees where the tunnel leads and its own password, and nothing else.
#[tokio::test]
async fn a_request_over_https_goes_through_a_tunnel() {
    let (proxy, server) = (tunnels("200 OK").await, tls_server("localhost").await);
    let client = builder(server.base_url.clone()).root_certificate(server.pem.as_str());
    let client = client.proxy(format!("http://user:pass@{}", proxy.address)).build().unwrap();
    let keys = KeysClient::new(client);
    assert_eq!(keys.create("x").await.unwrap().id, "key_1");
    keys.get("a").await.unwrap();
    let seen = proxy.seen.lock().unwrap().clone();
    assert_eq!(seen.len(), 1, "one tunnel for both: {seen:?}");
    let authority = server.base_url.trim_start_matches("https://").trim_end_matches("/v1");
    assert!(seen[0].starts_with(&format!("CONNECT {authority} HTTP/1.1\r\n")), "{seen:?}");
    // `user:pass`.
    assert!(seen[0].contains("Proxy-Authorization: Basic dXNlcjpwYXNz\r\n"), "{seen:?}");
    assert!(!seen[0].contains("CANARY") && !seen[0].contains("keys"), "{seen:?}");
}

/// Row 1. A tunnel that does not come about is a connection that does not.
#[tokio::test]
async fn a_proxy_that_refuses_the_tunnel_is_not_sent_and_repeated_for_every_method() {
    let server = tls_server("localhost").await;
    for status in ["407 Proxy Authentication Required", "403 Forbidden", "502 Bad Gateway", "what?"] {
        let proxy = tunnels(status).await;
        let client = builder(server.base_url.clone()).root_certificate(server.pem.as_str());
        let client = client.proxy(format!("http://user:CANARY@{}", proxy.address)).build().unwrap();
        let error = KeysClient::new(client).create("x").await.unwrap_err();
        let known = (error.kind(), error.effect(), error.attempts());
        assert_eq!(known, (ErrorKind::Connect, Effect::NotSent, 3), "{status}");
        assert!(!shown(&error).contains("CANARY"), "{status}");
    }
}

/// Row 1. Whether the server is trusted is judged behind the tunnel, as without one.
#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_found_behind_a_tunnel() {
    let (proxy, server) = (tunnels("200 OK").await, tls_server("localhost").await);
    let client = builder(server.base_url.clone()).proxy(proxy.address).build().unwrap();
    let error = KeysClient::new(client).create("x").await.unwrap_err();
    let known = (error.kind(), error.effect(), error.attempts());
    assert_eq!(known, (ErrorKind::Tls, Effect::NotSent, 1));
}

/// Row 57.
#[test]
fn a_proxy_that_cannot_work_is_refused() {
    for (url, why) in [
        ("socks5://user:CANARY@localhost:1080", "`socks5`"),
        ("ftp://localhost", "`ftp`"),
        ("http://user:CANARY@[", "invalid"),
        ("http://localhost/CANARY", "path"),
    ] {
        let error = builder("https://localhost".to_owned()).proxy(url).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let text = shown(&error);
        assert!(text.contains(why) && !text.contains("CANARY"), "{text}");
    }
}

/// Everything that an error shows, its sources included.
pub(super) fn shown(error: &declarest::Error) -> String {
    let first: &dyn std::error::Error = error;
    let chain = std::iter::successors(Some(first), |error| error.source());
    chain.map(|error| format!("{error} {error:?}\n")).collect()
}
