//! Settings of reqwest's own, as [`declarest_examples::connections`] shows them: what this crate promises still holds.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use declarest::reqwest::{self, redirect};
use declarest::{BoxError, ClientBuilder, Effect, ErrorKind};
use declarest_examples::connections;
use declarest_tests::Step;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixListener;

use super::proxies::shown;
use super::tls::{client_certificate, tls_server_for};
use super::{KEY, Keys as _, KeysClient, anonymous, builder, is_lean, server};

/// What a user may try after all.
fn with_every_policy(client: ClientBuilder) -> ClientBuilder {
    client.configure_reqwest(|reqwest| {
        let reqwest = reqwest.redirect(redirect::Policy::limited(10)).referer(true).connection_verbose(true);
        Ok(reqwest.retry(reqwest::retry::for_host("127.0.0.1").classify_fn(|attempt| attempt.retryable())))
    })
}

/// Answers each request on a Unix socket with these bytes; keeps what it was sent.
fn unix_server(path: &std::path::Path, answer: String) -> Arc<Mutex<Vec<String>>> {
    let listener = UnixListener::bind(path).unwrap();
    let log = Arc::new(Mutex::new(Vec::new()));
    let seen = log.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (seen, answer) = (seen.clone(), answer.clone());
            tokio::spawn(async move {
                let mut request = vec![0; 4096];
                while let Ok(length @ 1..) = stream.read(&mut request).await {
                    seen.lock().unwrap().push(String::from_utf8_lossy(&request[..length]).into_owned());
                    if stream.write_all(answer.as_bytes()).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    log
}

/// Row 58. Whatever else is set: not sent is known, and repeated for every method.
async fn is_not_sent(client: ClientBuilder, secrets: &[&str]) {
    let keys = KeysClient::new(with_every_policy(client).build().unwrap());
    let error = keys.create("CANARY-BODY").await.unwrap_err();
    let known = (error.kind(), error.effect(), error.attempts());
    assert_eq!(known, (ErrorKind::Connect, Effect::NotSent, 3));
    let text = shown(&error);
    assert!(!text.contains("CANARY") && secrets.iter().all(|secret| !text.contains(secret)), "{text}");
}

/// Row 58.
#[tokio::test]
async fn a_client_certificate_that_reqwest_reads_is_shown() {
    if is_lean() {
        return;
    }
    let own = client_certificate();
    let tls = tls_server_for(&own).await;
    let client = builder(tls.base_url.clone()).root_certificate(tls.pem.as_str());
    let client = connections::with_client_certificate(client, own.pem.clone());
    KeysClient::new(client.build().unwrap()).create("x").await.unwrap();

    let nobody = builder("https://127.0.0.1:9/v1".to_owned());
    is_not_sent(
        connections::with_client_certificate(nobody, own.pem.clone()),
        &[own.pem.get(30..60).unwrap()],
    )
    .await;
    let error = connections::with_client_certificate(anonymous(tls.base_url), "CANARY".to_owned()).build();
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("`configure_reqwest` failed") && !shown(&error).contains("CANARY"));
}

/// Row 58.
#[tokio::test]
async fn a_unix_socket_is_talked_to() {
    if is_lean() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (path, moved) = (folder.path().join("socket"), folder.path().join("moved"));
    let client = |path: &std::path::Path| {
        connections::through_unix_socket(builder("http://localhost/v1".to_owned()), path.to_owned())
    };
    is_not_sent(client(&path), &[]).await;
    let seen = unix_server(&path, format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{KEY}", KEY.len()));
    let keys = KeysClient::new(client(&path).build().unwrap());
    assert_eq!(keys.create("x").await.unwrap().id, "key_1");
    assert!(seen.lock().unwrap()[0].to_ascii_lowercase().contains("\r\nhost: localhost\r\n"));

    let redirect = "HTTP/1.1 302 Found\r\nlocation: /v1/keys/b\r\ncontent-length: 0\r\n\r\n";
    let seen = unix_server(&moved, redirect.to_owned());
    let keys = KeysClient::new(with_every_policy(client(&moved)).build().unwrap());
    assert_eq!(keys.get("a").await.unwrap_err().kind(), ErrorKind::Redirect);
    assert_eq!(seen.lock().unwrap().len(), 1);
}

/// Row 58.
#[tokio::test]
async fn a_cookie_store_keeps_what_the_server_sets() {
    if is_lean() {
        return;
    }
    let jar = Arc::new(reqwest::cookie::Jar::default());
    let server = server([Step::with_headers(200, &["set-cookie: id=COOKIE; Path=/"], KEY)]).await;
    let client = connections::with_cookies(builder(server.base_url()), jar.clone());
    let keys = KeysClient::new(client.build().unwrap());
    keys.get("a").await.unwrap();
    keys.get("a").await.unwrap();
    let requests = server.requests();
    assert!(!requests[0].contains("COOKIE") && requests[1].contains("cookie: id=COOKIE"), "{requests:?}");
    // With the cookie in hand, no error shows it.
    is_not_sent(connections::with_cookies(builder("http://127.0.0.1:9/v1".to_owned()), jar), &["COOKIE"])
        .await;
}

/// Row 58.
#[tokio::test]
async fn a_resolver_finds_the_server() {
    if is_lean() {
        return;
    }
    let server = server([Step::json(200, KEY)]).await;
    let port = server.port();
    let client = || builder("http://registry.test/v1".to_owned()).allow_http();
    let found = connections::with_resolver(client(), move |name| match name {
        "registry.test" => Ok(vec![([127, 0, 0, 1], port).into()]),
        _ => Err("it is unknown".into()),
    });
    KeysClient::new(found.build().unwrap()).create("x").await.unwrap();
    assert!(server.requests()[0].to_ascii_lowercase().contains("\r\nhost: registry.test\r\n"));
    is_not_sent(connections::with_resolver(client(), |_| Err("it is unknown".into())), &[]).await;
    is_not_sent(connections::with_resolver(client(), |_| Ok(Vec::new())), &[]).await;
}

/// Row 58. Redirects, retries and the referrer are this crate's, whatever the user tells reqwest.
#[tokio::test]
async fn policies_of_reqwest_stay_off() {
    if is_lean() {
        return;
    }
    let moved = Step::with_headers(302, &["location: /v1/keys/b"], "");
    let server_moved = server([moved]).await;
    let keys = KeysClient::new(with_every_policy(builder(server_moved.base_url())).build().unwrap());
    let error = keys.get("a").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Redirect, 1));
    assert_eq!(server_moved.requests().len(), 1);

    let server_busy = server([Step::json(503, "")]).await;
    let keys = KeysClient::new(with_every_policy(builder(server_busy.base_url())).build().unwrap());
    assert_eq!(keys.create("x").await.unwrap_err().attempts(), 1);
    assert_eq!(server_busy.requests().len(), 1);
    assert!(!server_busy.requests()[0].to_ascii_lowercase().contains("referer"));
}

/// Row 58. A timeout of reqwest's ends an attempt that may have been sent, and a connection that never was.
#[tokio::test]
async fn a_timeout_of_reqwest_may_be_sent() {
    if is_lean() {
        return;
    }
    let server = server([Step::Silence]).await;
    let limited = |client: ClientBuilder| {
        client.configure_reqwest(|reqwest| Ok(reqwest.timeout(Duration::from_secs(1))))
    };
    let error = KeysClient::new(limited(builder(server.base_url())).build().unwrap()).create("x").await;
    let error = error.unwrap_err();
    let known = (error.kind(), error.effect(), error.attempts());
    assert_eq!(known, (ErrorKind::Transport, Effect::MaybeSent, 1));
    is_not_sent(limited(builder("http://127.0.0.1:9/v1".to_owned())), &[]).await;
}

/// Row 58. What the closure says goes into the error, without the password of a URL.
#[test]
fn settings_that_cannot_be_made_are_refused_at_build() {
    let url = "https://api.example.com".to_owned();
    let proxy = |reqwest: reqwest::ClientBuilder| {
        Ok::<_, BoxError>(reqwest.proxy(reqwest::Proxy::all("http://user:CANARY@[")?))
    };
    let error = anonymous(url.clone()).configure_reqwest(proxy).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(!shown(&error).contains("CANARY"), "{}", shown(&error));

    let elsewhere = tower::service_fn(|_| {
        std::future::ready(Err::<http::Response<declarest::Body>, _>(BoxError::from("")))
    });
    for client in [anonymous(url.clone()).hyper(), anonymous(url).transport(elsewhere)] {
        let error = client.configure_reqwest(Ok).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("another transport"), "{error}");
    }
}
