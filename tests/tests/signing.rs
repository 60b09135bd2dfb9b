//! Functions and signers that change each request: where they stand, what they see, and what leaves.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::sync::{Arc, Mutex};

use declarest::{
    AttemptContext, Backoff, Body, BoxError, Call, Client, ClientBuilder, Effect, ErrorKind, ForOrigin,
    NotSent, Sign, api,
};
use tower::util::MapRequestLayer;

#[api]
trait Files {
    #[get("/files/{id}", redirects = downloads)]
    fn get(&self, id: &str) -> Call<()>;
    #[post("/files", idempotent)]
    fn create(&self, #[field] name: &str) -> Call<()>;
    #[get]
    fn at(&self, #[url] url: &http::Uri) -> Call<()>;
}

type Seen = Arc<Mutex<Vec<(String, http::HeaderMap)>>>;

/// A client whose transport answers with these statuses and targets.
fn client(script: &'static [(u16, &'static str)]) -> (ClientBuilder, Seen) {
    let seen = Seen::default();
    let log = seen.clone();
    let transport = tower::service_fn(move |request: http::Request<Body>| {
        let mut log = log.lock().unwrap();
        let (status, location) = script.get(log.len()).copied().unwrap_or((200, ""));
        log.push((request.uri().to_string(), request.headers().clone()));
        let mut response = http::Response::new(Body::empty());
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        response.headers_mut().insert("location", location.parse().unwrap());
        async { Ok::<_, BoxError>(response) }
    });
    let builder = Client::builder("https://api.example.com").bearer("token").backoff(Backoff::none());
    (builder.transport(transport), seen)
}

fn files(builder: ClientBuilder) -> FilesClient {
    FilesClient::new(builder.build().unwrap())
}

/// The lines of a header, request by request.
fn column(seen: &Seen, name: &str) -> Vec<Option<String>> {
    let text = |value: &http::HeaderValue| value.to_str().unwrap().to_owned();
    seen.lock().unwrap().iter().map(|(_, headers)| headers.get(name).map(text)).collect()
}

fn some(texts: &[&str]) -> Vec<Option<String>> {
    texts.iter().map(|text| Some((*text).to_owned())).collect()
}

/// Signs the names of the headers that it sees, in a header and in the query.
#[derive(Clone, Default)]
struct Names {
    contexts: Arc<Mutex<Vec<AttemptContext>>>,
    for_others: bool,
}

impl Sign for Names {
    async fn sign(
        &self,
        request: &mut http::Request<Body>,
        context: &AttemptContext,
    ) -> Result<(), BoxError> {
        tokio::task::yield_now().await;
        self.contexts.lock().unwrap().push(context.clone());
        let mut names: Vec<_> = request.headers().keys().map(|name| name.as_str().to_owned()).collect();
        names.retain(|name| name.starts_with("x-") || name == "authorization");
        let size = request.body().as_bytes().ok_or("a stream")?.len();
        request.headers_mut().insert("signature", format!("{}:{size}", names.join(",")).parse()?);
        *request.uri_mut() = format!("{}?signed", request.uri()).parse()?;
        if self.for_others {
            let uri = request.uri().clone();
            request.extensions_mut().insert(ForOrigin(uri));
        }
        Ok(())
    }
}

/// Fails with an error that, from a transport, would say that the request may be sent again.
struct Refuses;

impl Sign for Refuses {
    async fn sign(&self, _: &mut http::Request<Body>, _: &AttemptContext) -> Result<(), BoxError> {
        Err(NotSent("the key is not there".into()).into())
    }
}

#[tokio::test]
async fn a_signer_sees_what_layers_have_added_and_no_credential() {
    let (builder, seen) = client(&[(503, "")]);
    let signer = Names::default();
    let layer = MapRequestLayer::new(|mut request: http::Request<Body>| {
        request.headers_mut().insert("x-layer", "1".parse().unwrap());
        request
    });
    let builder = builder.sign(signer.clone()).layer(layer).map_request(|request, context| {
        request.headers_mut().insert("x-attempt", context.attempt.into());
        Ok(())
    });
    files(builder).create("name").await.unwrap();
    let size = r#"{"name":"name"}"#.len();
    assert_eq!(column(&seen, "signature"), vec![Some(format!("x-attempt,x-layer:{size}")); 2]);
    assert_eq!(column(&seen, "x-attempt"), some(&["1", "2"]));
    assert_eq!(column(&seen, "authorization"), some(&["Bearer token"; 2]));
    assert_eq!(seen.lock().unwrap()[0].0, "https://api.example.com/files?signed");
    let contexts = signer.contexts.lock().unwrap();
    assert!(contexts.iter().all(|context| context.is_own_origin && context.endpoint.name == "create"));
    assert_eq!(contexts.iter().map(|context| context.attempt).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn a_signature_stays_at_its_origin() {
    // Elsewhere, and back: the chain has left the origin.
    let script = &[(302, "https://other.example.com/a"), (302, "https://api.example.com/b"), (200, "")];
    let (builder, seen) = client(script);
    let signer = Names::default();
    let builder = builder.sign(signer.clone()).map_request(|request, context| {
        request.headers_mut().insert("x-own", u32::from(context.is_own_origin).into());
        Ok(())
    });
    files(builder).get("a").await.unwrap();
    assert_eq!(column(&seen, "signature"), [Some("x-own:0".to_owned()), None, None]);
    assert_eq!(column(&seen, "authorization"), [Some("Bearer token".to_owned()), None, None]);
    assert_eq!(column(&seen, "x-own")[..2], [Some("1".to_owned()), None]);
    let urls: Vec<_> = seen.lock().unwrap().iter().map(|(url, _)| url.clone()).collect();
    let elsewhere = ["https://other.example.com/a", "https://api.example.com/b"];
    assert_eq!(urls, [&["https://api.example.com/files/a?signed"][..], &elsewhere].concat());
    let own: Vec<_> = signer.contexts.lock().unwrap().iter().map(|context| context.is_own_origin).collect();
    assert_eq!(own, [true, false, false]);
}

#[tokio::test]
async fn a_layer_that_leads_elsewhere_takes_no_signature_along() {
    let (builder, seen) = client(&[]);
    // The layer means its own header for the other origin, and says so.
    let builder = builder.sign(Names::default()).map_request(|request, _| {
        *request.uri_mut() = "https://other.example.com/a".parse()?;
        let uri = request.uri().clone();
        request.extensions_mut().insert(ForOrigin(uri));
        request.headers_mut().insert("x-meant", "1".parse()?);
        Ok(())
    });
    files(builder).get("a").await.unwrap();
    assert_eq!((column(&seen, "signature"), column(&seen, "x-meant")), (vec![None], some(&["1"])));
    assert_eq!(seen.lock().unwrap()[0].0, "https://other.example.com/a");
}

#[tokio::test]
async fn a_signature_that_is_meant_for_another_origin_goes_there() {
    let (builder, seen) = client(&[]);
    let builder = builder.sign(Names { for_others: true, ..Names::default() });
    files(builder).at(&"https://other.example.com/a".parse().unwrap()).await.unwrap();
    assert_eq!((column(&seen, "signature"), column(&seen, "authorization")), (some(&[":0"]), vec![None]));
}

#[tokio::test]
async fn what_refuses_a_request_ends_the_call_before_it_is_sent() {
    let (signed, seen) = client(&[]);
    let (mapped, not_mapped) = client(&[]);
    let refuses = |_: &mut http::Request<Body>, _: &AttemptContext| Err(NotSent("no time".into()).into());
    for keys in [files(signed.sign(Refuses)), files(mapped.map_request(refuses))] {
        let error = keys.get("a").await.unwrap_err();
        assert_eq!((error.kind(), error.effect(), error.attempts()), (ErrorKind::Layer, Effect::NotSent, 1));
    }
    assert!(seen.lock().unwrap().is_empty() && not_mapped.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_derived_client_may_sign_otherwise() {
    let (builder, seen) = client(&[]);
    let layer = MapRequestLayer::new(|request: http::Request<Body>| request);
    let client = builder.layer(layer).sign(Refuses).build().unwrap();
    let derived = client.to_builder().sign(Names::default()).map_request(|request, _| {
        request.headers_mut().insert("x-derived", "1".parse()?);
        Ok(())
    });
    files(derived).get("a").await.unwrap();
    assert_eq!(column(&seen, "signature"), some(&["x-derived:0"]));
    FilesClient::new(client).get("a").await.unwrap_err();
}
