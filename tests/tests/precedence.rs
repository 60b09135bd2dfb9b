//! Nearest wins: for each name the strongest source is sent, once. The table is in the crate's documentation.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use declarest::{Auth, Call, Client, ClientBuilder, api};
use declarest_tests::{Recorder, ScriptedServer, Step};
use http::Method;

/// Where a header may come from, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Option,
    Argument,
    Endpoint,
    Api,
    Client,
}

const SOURCES: [Source; 5] =
    [Source::Option, Source::Argument, Source::Endpoint, Source::Api, Source::Client];

macro_rules! traits {
    ($header:literal) => {
        #[api]
        trait Plain {
            #[get("/x")]
            fn none(&self, #[header($header)] argument: Option<&str>) -> Call<()>;
            #[get("/y", header($header = "Bearer Endpoint"))]
            fn constant(&self) -> Call<()>;
        }

        #[api(header($header = "Bearer Api"))]
        trait Constant {
            #[get("/x")]
            fn none(&self, #[header($header)] argument: Option<&str>) -> Call<()>;
            #[get("/y", header($header = "Bearer Endpoint"))]
            fn constant(&self) -> Call<()>;
        }

        fn describe(client: Client, sources: &[Source]) -> Call<()> {
            let has = |source| sources.contains(&source);
            let argument = has(Source::Argument).then_some("Bearer Argument");
            let call = match (has(Source::Api), has(Source::Endpoint)) {
                (false, false) => PlainClient::new(client).none(argument),
                (false, true) => PlainClient::new(client).constant(),
                (true, false) => ConstantClient::new(client).none(argument),
                (true, true) => ConstantClient::new(client).constant(),
            };
            if has(Source::Option) { call.header($header, "Bearer Option") } else { call }
        }
    };
}

/// Sends a call with two sources of one header and returns its lines.
async fn sent(
    header: &str,
    sources: &[Source],
    client: impl Fn(ClientBuilder, bool) -> ClientBuilder,
    describe: impl Fn(Client, &[Source]) -> Call<()>,
) -> Vec<String> {
    let recorder = Recorder::default();
    let builder = Client::builder("https://api.example.com").transport(recorder.clone());
    let client = client(builder, sources.contains(&Source::Client)).build().unwrap();
    let call = describe(client, sources);
    let shown = call.to_curl();
    call.await.unwrap();
    let lines = recorder.seen()[0].header(header);
    let of_curl =
        shown.lines().filter(|line| line.contains(&format!("-H '{}: ", header.to_lowercase()))).count();
    // What a provider will give is not known before the call runs.
    assert!(of_curl == lines.len() || lines == ["Bearer Client"] && of_curl == 0, "{shown}");
    lines
}

/// Runs every pair of sources that one declaration can have.
macro_rules! every_pair_of_sources {
    ($name:ident, $header:literal, $client:expr) => {
        #[tokio::test]
        async fn $name() {
            traits!($header);
            for (at, strong) in SOURCES.iter().enumerate() {
                for weak in &SOURCES[at..] {
                    // A header that an endpoint has as a constant cannot be an argument too: that does not compile.
                    if (*strong, *weak) == (Source::Argument, Source::Endpoint) {
                        continue;
                    }
                    let lines = sent($header, &[*strong, *weak], $client, describe).await;
                    assert_eq!(lines, [format!("Bearer {strong:?}")], "{strong:?} before {weak:?}");
                }
            }
        }
    };
}

every_pair_of_sources!(the_nearest_of_two_headers_is_sent_once, "X-Nearest", |builder, is_set| {
    if is_set { builder.header("x-nearest", "Bearer Client") } else { builder }
});

// Request row 38 of the table of requests.
every_pair_of_sources!(a_nearer_authorization_replaces_the_credential, "Authorization", |builder, is_set| {
    if is_set { builder.bearer("Client") } else { builder }
});

every_pair_of_sources!(a_nearer_header_replaces_an_api_key_of_that_name, "X-Api-Key", |builder, is_set| {
    if is_set { builder.api_key("x-api-key", "Bearer Client") } else { builder }
});

every_pair_of_sources!(
    a_nearer_authorization_replaces_what_a_provider_gives,
    "Authorization",
    |builder, is_set| {
        if is_set { builder.auth(Auth::provider(|| async { Ok(Auth::bearer("Client")?) })) } else { builder }
    }
);

fn recorded(client: impl Fn(ClientBuilder) -> ClientBuilder) -> (Client, Recorder) {
    let recorder = Recorder::default();
    let builder = Client::builder("https://api.example.com").transport(recorder.clone());
    (client(builder).build().unwrap(), recorder)
}

#[api]
trait Things {
    #[get("/things")]
    fn list(&self) -> Call<()>;
    #[get("/things/of", auth = none)]
    fn public(&self) -> Call<()>;
    #[get("/things/mine", auth = bearer)]
    fn mine(&self, #[header("X-Other")] other: Option<&str>) -> Call<()>;
}

/// Request row 59 of the table of requests.
#[tokio::test]
async fn a_bearer_token_of_the_call_goes_beside_an_api_key_in_a_header_of_its_own() {
    let (client, recorder) = recorded(|builder| builder.api_key("DD-API-KEY", "K"));
    ThingsClient::new(client).list().bearer("U").await.unwrap();
    let seen = &recorder.seen()[0];
    assert_eq!(
        (seen.header("authorization"), seen.header("dd-api-key")),
        (vec!["Bearer U".into()], vec!["K".into()])
    );
}

/// Request row 60 of the table of requests.
#[tokio::test]
async fn an_endpoint_without_a_credential_sends_the_one_that_the_call_names() {
    let (client, recorder) = recorded(|builder| builder.bearer("C"));
    let things = ThingsClient::new(client);
    things.public().await.unwrap();
    things.public().bearer("U").await.unwrap();
    let sent: Vec<_> = recorder.seen().iter().map(|seen| seen.header("authorization")).collect();
    assert_eq!(sent, [vec![], vec!["Bearer U".to_owned()]]);
}

/// Request row 58 of the table of requests.
#[tokio::test]
async fn the_later_of_two_options_of_a_call_is_sent() {
    let (client, recorder) = recorded(|builder| builder.bearer("C"));
    let things = ThingsClient::new(client);
    things.list().bearer("first").header("authorization", "Bearer last").await.unwrap();
    things.list().header("Authorization", "Bearer first").bearer("last").await.unwrap();
    for seen in recorder.seen() {
        assert_eq!(seen.header("authorization"), ["Bearer last"]);
    }
}

#[tokio::test]
async fn a_required_scheme_is_checked_against_what_is_sent() {
    let (client, recorder) = recorded(|builder| builder.basic("u", "p"));
    let things = ThingsClient::new(client);
    let error = things.mine(None).await.unwrap_err();
    assert!(
        error.to_string().contains("the endpoint requires a bearer token, but the client has none"),
        "{error}"
    );
    things.mine(None).bearer("U").await.unwrap();
    things.mine(None).header("authorization", "Bearer U").await.unwrap();
    assert_eq!(recorder.seen().len(), 2);
}

/// Request row 61 of the table of requests.
#[tokio::test]
async fn the_media_type_of_the_content_wins_over_a_default_header() {
    let (client, recorder) = recorded(|builder| builder.header("Content-Type", "text/plain"));
    client.call::<()>(Method::POST, "/x").json(&1).await.unwrap();
    assert_eq!(recorder.seen()[0].header("content-type"), ["application/json"]);
}

#[test]
fn a_credential_and_a_default_header_of_one_name_are_refused() {
    for (header, auth) in [
        ("authorization", Auth::bearer("C")),
        ("Authorization", Auth::basic("u", "p")),
        ("x-api-key", Auth::key("X-Api-Key", "K")),
    ] {
        let error =
            Client::builder("https://a.example").header(header, "D").auth(auth.unwrap()).build().unwrap_err();
        assert!(error.to_string().contains("leave one out"), "{error}");
    }
}

/// Request row 52 of the table of requests.
#[tokio::test]
async fn headers_that_frame_a_message_are_refused_wherever_they_are_given() {
    for name in [
        "Host",
        "content-length",
        "Transfer-Encoding",
        "connection",
        "TE",
        "Upgrade",
        "keep-alive",
        "trailer",
    ] {
        assert!(Auth::key(name, "k").is_err(), "{name} as an API key");
        let refused = Client::builder("https://a.example").header(name, "1").build();
        assert!(refused.is_err(), "{name} as a default header");
        let (client, recorder) = recorded(|builder| builder);
        let error = ThingsClient::new(client.clone()).list().header(name, "1").await.unwrap_err();
        assert!(error.is_argument(), "{name} as an option: {error}");
        let error = client.call::<()>(Method::GET, "/x").header(name, "1").await.unwrap_err();
        assert!(error.is_argument(), "{name} as an argument: {error}");
        assert!(recorder.seen().is_empty());
    }
}

/// On a socket: what a server gets, and nothing twice.
#[tokio::test]
async fn the_wire_shows_one_authorization() {
    for hyper in [false, true] {
        let server = ScriptedServer::start([Step::json(200, "{}")]).await.unwrap();
        let builder = Client::builder(server.base_url()).bearer("C");
        let builder = if hyper { builder.hyper() } else { builder };
        let things = ThingsClient::new(builder.build().unwrap());
        things.list().await.unwrap();
        things.list().header("authorization", "Bearer U").await.unwrap();
        let sent: Vec<Vec<String>> = server
            .requests()
            .iter()
            .map(|request| {
                let lines = request.lines().filter(|line| line.to_lowercase().starts_with("authorization"));
                lines.map(str::to_owned).collect()
            })
            .collect();
        assert_eq!(sent, [["authorization: Bearer C"], ["authorization: Bearer U"]]);
    }
}
