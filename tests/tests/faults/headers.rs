//! What a request says beside its own headers: the host of the URL it goes to (RFC 9110, 7.2), once, as a wrong one is
//! another site's answer; the credential; the media types.

use declarest::{Call, Client, api};
use declarest_tests::{ScriptedServer, Step};

use super::{builder, server};

/// Most calls say no header themselves, and read JSON; the others go another way through the client.
#[api]
trait Hosts {
    #[get("/usual")]
    fn usual(&self) -> Call<Option<u8>>;
    #[post("/usual")]
    fn usual_body(&self, #[field] name: &str) -> Call<Option<u8>>;
    #[get("/header")]
    fn header(&self, #[header("x-said")] value: &str) -> Call<Option<u8>>;
    #[get("/nothing")]
    fn nothing(&self) -> Call<()>;
    #[get("/anonymous", auth = none)]
    fn anonymous(&self) -> Call<Option<u8>>;
    #[get]
    fn anywhere(&self, #[url] url: &http::Uri) -> Call<Option<u8>>;
}

async fn null() -> ScriptedServer {
    server([Step::json(200, "null")]).await
}

fn authority(server: &ScriptedServer) -> String {
    server.base_url().parse::<http::Uri>().unwrap().authority().unwrap().to_string()
}

/// The values of one header in each request.
fn values(server: &ScriptedServer, name: &str) -> Vec<Vec<String>> {
    let lines = |request: &String| {
        let named =
            request.lines().filter_map(|line| line.split_once(": ")).filter(|(line, _)| *line == name);
        named.map(|(_, value)| value.to_owned()).collect()
    };
    server.requests().iter().map(lines).collect()
}

/// Calls of every kind.
async fn call_all(client: Client) -> usize {
    let hosts = HostsClient::new(client);
    hosts.usual().await.unwrap();
    hosts.usual_body("x").await.unwrap();
    hosts.header("x").await.unwrap();
    hosts.nothing().await.unwrap();
    hosts.anonymous().await.unwrap();
    hosts.usual().bearer("another").await.unwrap();
    hosts.usual().with_reply().await.unwrap();
    7
}

#[tokio::test]
async fn every_request_names_the_host_of_its_url_once() {
    let server = null().await;
    let sent = call_all(builder(server.base_url()).build().unwrap()).await;
    assert_eq!(values(&server, "host"), vec![vec![authority(&server)]; sent]);
}

#[tokio::test]
async fn clients_made_of_one_name_their_own_host_and_credential() {
    let (first, second) = (null().await, null().await);
    let client = builder(first.base_url()).build().unwrap();
    let moved = client.with_base_url(&second.base_url()).unwrap();
    let tenant = moved.with_bearer("tenant").unwrap();
    HostsClient::new(client).usual().await.unwrap();
    let sent = call_all(moved).await;
    HostsClient::new(tenant).usual().await.unwrap();
    assert_eq!(values(&first, "host"), [[authority(&first)]]);
    assert_eq!(values(&second, "host"), vec![vec![authority(&second)]; sent + 1]);
    assert_eq!(values(&second, "authorization").first().unwrap(), &["Bearer sk-admin-CANARY"]);
    assert_eq!(values(&second, "authorization").last().unwrap(), &["Bearer tenant"]);
}

#[tokio::test]
async fn a_url_elsewhere_names_its_own_host() {
    let (here, there) = (null().await, null().await);
    let url = format!("{}/file", there.base_url()).parse().unwrap();
    for client in [builder(here.base_url()), super::anonymous(here.base_url())] {
        HostsClient::new(client.build().unwrap()).anywhere(&url).await.unwrap();
    }
    assert_eq!(values(&there, "host"), [[authority(&there)], [authority(&there)]]);
    assert_eq!(values(&there, "authorization"), [const { Vec::<String>::new() }; 2]);
}

#[tokio::test]
async fn usual_calls_say_what_all_others_do() {
    let server = null().await;
    let client = builder(server.base_url()).header("x-team", "platform").build().unwrap();
    let hosts = HostsClient::new(client);
    hosts.usual().await.unwrap();
    hosts.header("x").await.unwrap();
    hosts.usual_body("x").await.unwrap();
    hosts.usual_body("x").header("x-said", "x").await.unwrap();
    let mut heads: Vec<Vec<String>> = Vec::new();
    for request in server.requests() {
        let head = request.split("\r\n\r\n").next().unwrap().lines().skip(1);
        let mut lines: Vec<String> = head.filter(|line| *line != "x-said: x").map(str::to_owned).collect();
        lines.sort();
        heads.push(lines);
    }
    assert_eq!(heads[0], heads[1]);
    assert_eq!(heads[2], heads[3]);
    assert_eq!(heads[0].len() + 2, heads[2].len(), "content type and length");
}

/// Two calls that differ in a header of the call's, and one with an `accept` of the endpoint's.
#[api]
trait Media {
    #[get("/usual")]
    fn usual(&self) -> Call<Option<u8>>;
    #[get("/declared", accept = "application/declared+json")]
    fn declared(&self) -> Call<Option<u8>>;
    #[post("/usual")]
    fn body(&self, #[field] name: &str) -> Call<Option<u8>>;
}

/// What the client says stands between what the endpoint says and what a type asks for by itself; the media type of a
/// body is the body's.
#[tokio::test]
async fn a_clients_media_type_wins_over_a_types_and_loses_to_an_endpoints() {
    let server = null().await;
    let builder = builder(server.base_url());
    let client = builder.header("accept", "application/client+json").header("content-type", "text/wrong");
    let media = MediaClient::new(client.build().unwrap());
    let calls = || [media.usual(), media.declared(), media.body("x")];
    for call in calls().into_iter().chain(calls().map(|call| call.header("x-said", "x"))) {
        let curl = call.to_curl();
        call.await.unwrap();
        let request = server.requests().pop().unwrap();
        let lines: Vec<&str> = request
            .lines()
            .filter(|line| line.starts_with("accept: ") || line.starts_with("content-type: "))
            .collect();
        let accept = if request.starts_with("GET /v1/declared ") { "declared" } else { "client" };
        assert!(lines.contains(&&*format!("accept: application/{accept}+json")), "{request}");
        assert_eq!(
            lines.contains(&"content-type: application/json"),
            request.starts_with("POST"),
            "{request}"
        );
        assert!(lines.iter().all(|line| curl.contains(line)), "{curl}");
        assert_eq!(curl.matches("accept: ").count(), 1, "{curl}");
        assert_eq!(curl.matches("content-type: ").count(), lines.len() - 1, "{curl}");
    }
}

/// Row 57. As read from a file, or with nothing behind the scheme.
#[test]
fn white_space_around_a_credential_is_refused_at_build() {
    let client = || super::anonymous("https://api.example.com".to_owned());
    let clients = [
        client().bearer("CANARY\n"),
        client().bearer("   "),
        client().api_key("x-api-key", "CANARY\r\n"),
        client().basic("user", "CANARY\n"),
        client().header("authorization", "Bearer "),
        client().header("authorization", "Bearer CANARY\n"),
    ];
    for client in clients {
        let error = client.build().unwrap_err();
        assert_eq!(error.kind(), declarest::ErrorKind::Configuration);
        let text = super::proxies::shown(&error);
        assert!(text.contains("trim it") || text.contains("white space only"), "{text}");
        assert!(!text.contains("CANARY"), "{text}");
    }
}
