//! TLS: certificates that are trusted, and those that are not.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use declarest::{Effect, ErrorKind};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::{KEY, Keys as _, KeysClient, builder};

/// A server with a certificate of its own making.
struct Tls {
    base_url: String,
    /// The certificate, as a client may trust it.
    pem: String,
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
}

/// A server on loopback whose certificate is for this name.
async fn tls_server(name: &str) -> Tls {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config =
        ServerConfig::builder().with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key);
    let acceptor = TlsAcceptor::from(Arc::new(config.unwrap()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (connections, requests) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let counts = (connections.clone(), requests.clone());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counts.0.fetch_add(1, Ordering::SeqCst);
            let (acceptor, requests) = (acceptor.clone(), counts.1.clone());
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                let mut request = vec![0; 4096];
                while matches!(stream.read(&mut request).await, Ok(1..)) {
                    requests.fetch_add(1, Ordering::SeqCst);
                    let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{KEY}", KEY.len());
                    if stream.write_all(answer.as_bytes()).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    Tls { base_url: format!("https://localhost:{port}/v1"), pem: made.cert.pem(), connections, requests }
}

/// Row 1. With nobody's word for it, and with a word for another name.
#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_not_sent_and_never_repeated() {
    let (unknown, other) = (tls_server("localhost").await, tls_server("other.test").await);
    for (server, trusted) in [(&unknown, None), (&other, Some(&other.pem))] {
        let client = builder(server.base_url.clone());
        let client = match trusted {
            Some(pem) => client.root_certificate(pem.as_str()),
            None => client,
        };
        let keys = KeysClient::new(client.build().unwrap());
        for error in [keys.create("x").await.unwrap_err(), keys.get("a").await.unwrap_err()] {
            let known = (error.kind(), error.effect(), error.attempts());
            assert_eq!(known, (ErrorKind::Tls, Effect::NotSent, 1));
        }
        let counts = (server.connections.load(Ordering::SeqCst), server.requests.load(Ordering::SeqCst));
        assert_eq!(counts, (2, 0), "one connection for each call");
    }
}

/// Row 1. What answers is no TLS at all.
#[tokio::test]
async fn a_server_that_speaks_no_tls_is_not_sent_and_never_repeated() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").await;
            let _ = stream.read(&mut [0; 1024]).await;
        }
    });
    let keys = KeysClient::new(builder(format!("https://localhost:{port}")).build().unwrap());
    let error = keys.create("x").await.unwrap_err();
    let known = (error.kind(), error.effect(), error.attempts());
    assert_eq!(known, (ErrorKind::Tls, Effect::NotSent, 1));
}

/// Row 1. A connection that ends during the handshake is one that did not come about.
#[tokio::test]
async fn a_connection_that_ends_in_the_handshake_is_not_sent_and_repeated() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { while listener.accept().await.is_ok() {} });
    let keys = KeysClient::new(builder(format!("https://localhost:{port}")).build().unwrap());
    let error = keys.create("x").await.unwrap_err();
    let known = (error.kind(), error.effect(), error.attempts());
    assert_eq!(known, (ErrorKind::Connect, Effect::NotSent, 3));
}

#[tokio::test]
async fn a_root_certificate_of_ones_own_is_trusted() {
    let server = tls_server("localhost").await;
    let client = builder(server.base_url.clone()).root_certificate(server.pem.as_str()).build().unwrap();
    let keys = KeysClient::new(client);
    assert_eq!(keys.create("x").await.unwrap().id, "key_1");
    keys.get("a").await.unwrap();
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
    let no_certificate = "-----BEGIN NOTE-----\nAAAA\n-----END NOTE-----\n";
    for pem in
        ["", "no pem", no_certificate, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
    {
        let error = builder(server.base_url.clone()).root_certificate(pem).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{pem}");
    }
}
