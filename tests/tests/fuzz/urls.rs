//! URLs that somebody else wrote: none of them leads a credential, or a list, anywhere but home.

use declarest::{
    Auth, Body, BoxError, Call, Client, Cursor, ErrorKind, Next, Page, Pages, Redirects, Sent, api,
};
use http::{HeaderValue, Response, StatusCode, Uri};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::support::{Requests, client, recorded, run};

const BASE: &str = "https://api.example/v1";
const ORIGIN: &str = "https://api.example";

/// A page that goes on where its header `Link` says.
#[derive(Deserialize)]
struct Linked(Vec<Value>);

impl Page for Linked {
    type Item = Value;

    fn next(&self, sent: &Sent<'_>) -> Result<Next, BoxError> {
        Ok(Next::link(&sent.head().headers))
    }

    fn into_items(self) -> Vec<Value> {
        self.0
    }
}

#[api]
trait Urls {
    #[get("/list?order=asc")]
    fn list(&self, #[query] limit: u8) -> Pages<Linked>;
    #[get("/thing")]
    fn thing(&self) -> Call<()>;
    #[get]
    fn go(&self, #[url] to: Uri) -> Call<()>;
    #[get]
    fn go_parsed(&self, #[url] to: Url) -> Call<()>;
}

/// A list of one item a page, and what was asked.
fn pages(
    answer: impl Fn(usize) -> Option<HeaderValue> + Clone + Send + Sync + 'static,
) -> (UrlsClient, Requests) {
    let requests = Requests::default();
    let kept = requests.clone();
    let client = client(BASE, move |request| {
        let mut seen = kept.0.lock().unwrap();
        seen.push(request.into_parts().0);
        let mut response = Response::new(Body::from("[1]"));
        if let Some(link) = answer(seen.len()) {
            response.headers_mut().insert("link", link);
        }
        response
    });
    (UrlsClient::new(client.bearer("token").build().unwrap()), requests)
}

/// As a URL parser sees it, which is what decides where a request goes.
fn parsed(uri: &Uri) -> Url {
    Url::parse(&uri.to_string()).unwrap()
}

/// A stored cursor, which may have been changed, goes to the client's own origin.
pub(super) fn cursor(input: &[u8]) {
    let Ok(cursor) = serde_json::from_slice::<Cursor>(input) else { return };
    let stored = serde_json::to_vec(&cursor).unwrap();
    let again: Cursor = serde_json::from_slice(&stored).unwrap();
    assert_eq!(serde_json::to_vec(&again).unwrap(), stored);
    assert!(!format!("{cursor:?}").contains(['"', '[']));
    let (api, requests) = pages(|_| None);
    let result = run(api.list(5).resume(&cursor));
    for request in requests.take() {
        assert_eq!(parsed(&request.uri).origin().ascii_serialization(), ORIGIN);
    }
    if let Err(error) = result {
        assert!(
            matches!(error.kind(), ErrorKind::Paging | ErrorKind::Argument | ErrorKind::Connect),
            "{error}"
        );
    }
}

/// A `Link` keeps origin and path of the list, and the list ends.
pub(super) fn link(input: &[u8]) {
    let Ok(link) = HeaderValue::from_bytes(input) else { return };
    let (api, requests) = pages(move |count| (count < 4).then(|| link.clone()));
    let mut items = api.list(5).items();
    let mut count = 0;
    while let Ok(Some(_)) = run(items.try_next()) {
        count += 1;
        assert!(count <= 4, "it does not end");
    }
    for request in requests.take() {
        let url = parsed(&request.uri);
        assert_eq!((url.origin().ascii_serialization().as_str(), url.path()), (ORIGIN, "/v1/list"));
    }
}

/// A redirect goes to the same origin, or, where downloads may go elsewhere, without the credential.
pub(super) fn redirect(input: &[u8]) {
    let Ok(location) = HeaderValue::from_bytes(input) else { return };
    for redirects in [Redirects::SameOrigin, Redirects::Downloads] {
        let requests = Requests::default();
        let (kept, location) = (requests.clone(), location.clone());
        let client = client(BASE, move |request| {
            let mut seen = kept.0.lock().unwrap();
            seen.push(request.into_parts().0);
            let mut response = Response::new(Body::empty());
            if seen.len() < 3 {
                *response.status_mut() = StatusCode::FOUND;
                response.headers_mut().insert("location", location.clone());
            }
            response
        });
        let api = UrlsClient::new(client.bearer("token").redirects(redirects).build().unwrap());
        let result = run(api.thing());
        let seen = requests.take();
        assert!(seen.len() <= 3);
        for request in &seen {
            let url = parsed(&request.uri);
            let home = url.origin().ascii_serialization() == ORIGIN;
            assert!(home || redirects == Redirects::Downloads, "{url}");
            assert!(home || !request.headers.contains_key("authorization"), "{url} gets the credential");
            assert!(!request.headers.contains_key("referer"));
            assert_eq!(url.scheme(), "https");
            assert!(url.username().is_empty() && url.password().is_none(), "{url}");
        }
        assert!(
            result.is_ok() || matches!(result.unwrap_err().kind(), ErrorKind::Redirect | ErrorKind::Connect)
        );
    }
}

/// A URL of the caller's gets the credential at home only.
pub(super) fn target_url(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let (client, requests) = recorded(BASE, "null");
    let api = UrlsClient::new(client.bearer("token").build().unwrap());
    if let Ok(uri) = text.parse::<Uri>() {
        judge(run(api.go(uri)), &requests);
    }
    if let Ok(url) = Url::parse(text) {
        judge(run(api.go_parsed(url)), &requests);
    }
}

fn judge(result: Result<(), declarest::Error>, requests: &Requests) {
    let requests = requests.take();
    assert_eq!(requests.len(), usize::from(result.is_ok()));
    for request in requests {
        let url = parsed(&request.uri);
        let home = url.origin().ascii_serialization() == ORIGIN;
        assert_eq!(request.headers.contains_key("authorization"), home, "{url}");
        assert!(url.scheme() == "https" || is_loopback(&url), "{url}");
        assert!(url.username().is_empty() && url.password().is_none(), "{url}");
    }
    if let Err(error) = result {
        assert!(matches!(error.kind(), ErrorKind::Argument | ErrorKind::Connect), "{error}");
    }
}

/// A base URL: every request goes below it, and its credential is as safe as it looks.
pub(super) fn base_url(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let secret = text.split_once('@').map(|(before, _)| before).filter(|before| before.len() > 12);
    let (builder, requests) = recorded(text, "null");
    let client: Client = match builder.auth(Auth::bearer("token").unwrap()).build() {
        Ok(client) => client,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Configuration);
            assert!(secret.is_none_or(|secret| !format!("{error} {error:?}").contains(secret)));
            return;
        }
    };
    let own = Url::parse(text).unwrap();
    assert!(own.username().is_empty() && own.password().is_none() && !text.contains(['?', '#']), "{text}");
    let result = run(UrlsClient::new(client.clone()).thing());
    for request in requests.take() {
        let url = parsed(&request.uri);
        assert!(url.scheme() == "https" || is_loopback(&url), "{url}");
        assert!(url.path().ends_with("/thing") && url.query().is_none(), "{url}");
        assert_eq!(url.origin(), own.origin());
    }
    assert!(result.is_ok() || result.unwrap_err().kind() == ErrorKind::Connect);
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}
