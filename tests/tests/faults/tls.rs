//! TLS: certificates that are trusted, and those that are not.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use declarest::{Effect, ErrorKind};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::server::danger::ClientCertVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

use super::{KEY, Keys as _, KeysClient, builder};

/// A server with a certificate of its own making.
pub(super) struct Tls {
    pub(super) base_url: String,
    /// The certificate, as a client may trust it.
    pub(super) pem: String,
    pub(super) connections: Arc<AtomicUsize>,
    pub(super) requests: Arc<AtomicUsize>,
}

/// A server on loopback whose certificate is for this name.
pub(super) async fn tls_server(name: &str) -> Tls {
    serve(name, WebPkiClientVerifier::no_client_auth()).await
}

/// A certificate of a client and its private key.
pub(super) struct ClientCertificate {
    pub(super) pem: String,
    certificate: CertificateDer<'static>,
}

pub(super) fn client_certificate() -> ClientCertificate {
    let made = rcgen::generate_simple_self_signed(["client.test".to_owned()]).unwrap();
    let pem = made.cert.pem() + &made.signing_key.serialize_pem();
    ClientCertificate { pem, certificate: made.cert.der().clone() }
}

/// A server on loopback that talks only to clients with this certificate.
pub(super) async fn tls_server_for(client: &ClientCertificate) -> Tls {
    let mut roots = RootCertStore::empty();
    roots.add(client.certificate.clone()).unwrap();
    serve("localhost", WebPkiClientVerifier::builder(Arc::new(roots)).build().unwrap()).await
}

async fn serve(name: &str, clients: Arc<dyn ClientCertVerifier>) -> Tls {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder()
        .with_client_cert_verifier(clients)
        .with_single_cert(vec![made.cert.der().clone()], key);
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
                let mut stream = match acceptor.accept(stream).into_fallible().await {
                    Ok(stream) => stream,
                    // What the client has sent is read, so that the alert is not lost to a reset.
                    Err((_, mut stream)) => {
                        let _ = stream.shutdown().await;
                        while matches!(stream.read(&mut [0; 1024]).await, Ok(1..)) {}
                        return;
                    }
                };
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

/// Row 58.
#[tokio::test]
async fn a_client_certificate_is_shown_to_a_server_that_demands_one() {
    let own = client_certificate();
    let server = tls_server_for(&own).await;
    let client = builder(server.base_url.clone()).root_certificate(server.pem.as_str());
    let keys = KeysClient::new(client.client_certificate(own.pem.as_str()).build().unwrap());
    assert_eq!(keys.create("x").await.unwrap().id, "key_1");
    keys.get("a").await.unwrap();
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

/// Rows 1 and 58. The server reads the certificate after the handshake is over for the client (TLS 1.3), and refuses it.
#[tokio::test]
async fn a_client_without_the_right_certificate_is_not_sent_and_never_repeated() {
    let server = tls_server_for(&client_certificate()).await;
    for other in [None, Some(client_certificate())] {
        let client = builder(server.base_url.clone()).root_certificate(server.pem.as_str());
        let client = match other {
            Some(other) => client.client_certificate(other.pem),
            None => client,
        };
        let keys = KeysClient::new(client.build().unwrap());
        for error in [keys.create("x").await.unwrap_err(), keys.get("a").await.unwrap_err()] {
            let known = (error.kind(), error.effect(), error.attempts());
            assert_eq!(known, (ErrorKind::Tls, Effect::NotSent, 1), "{error:?}");
        }
    }
    assert_eq!(server.requests.load(Ordering::SeqCst), 0);
}

#[test]
fn a_client_certificate_that_is_not_one_is_refused() {
    let (own, other) = (client_certificate(), client_certificate());
    let split =
        |pem: &str| pem.split_inclusive("-----END CERTIFICATE-----\n").map(str::to_owned).collect::<Vec<_>>();
    let (own, other) = (split(&own.pem), split(&other.pem));
    let mixed = format!("{}{}", own[0], other[1]);
    for pem in ["", "no pem", &own[0], &own[1], &mixed] {
        let client = builder("https://localhost".to_owned()).client_certificate(pem);
        let error = client.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{pem}");
        let text = format!("{error} {error:?}");
        assert!(!text.contains(own[1].get(40..80).unwrap()) && text.contains("certificate"), "{text}");
    }
}
