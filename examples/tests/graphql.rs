//! GraphQL queries as they are declared, against a stand-in: what is sent, and what comes out.

// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use declarest::{Client, Effect, ErrorKind};
use declarest_examples::apis::graphql::{Graph, Queries as _, QueriesClient, RepositoryId, StarId, run};
use serde_json::{Value, json};

async fn start() -> (Graph, QueriesClient) {
    let graph = Graph::start().await.unwrap();
    let client = Client::builder(graph.api.url()).bearer("t").build().unwrap();
    (graph, QueriesClient::new(client))
}

/// The query, without what its layout adds, and the variables.
fn seen(graph: &Graph) -> (String, Value) {
    let got = graph.api.requests().pop().unwrap();
    assert_eq!(format!("{got:?}"), "POST /graphql");
    assert_eq!(got.header("content-type"), "application/json");
    assert_eq!(got.header("accept"), "application/graphql-response+json, application/json;q=0.9");
    let mut body: Value = serde_json::from_str(&got.text()).unwrap();
    let query: Vec<_> = body["query"].as_str().unwrap().split_whitespace().collect();
    (query.join(" "), body["variables"].take())
}

#[tokio::test]
async fn several_queries_share_a_path() {
    let (graph, queries) = start().await;
    assert_eq!(queries.viewer().await.unwrap().viewer.login, "octocat");
    assert_eq!(seen(&graph), ("query { viewer { login } }".into(), Value::Null));
    let repository =
        queries.repository(&RepositoryId { owner: "octocat", name: "Spoon-Knife" }).await.unwrap().repository;
    assert_eq!(
        (repository.name_with_owner.as_str(), repository.stargazer_count),
        ("octocat/Spoon-Knife", 13_000)
    );
    let query = "query Repository($owner: String!, $name: String!) { \
                 repository(owner: $owner, name: $name) { id nameWithOwner stargazerCount } }";
    assert_eq!(seen(&graph), (query.into(), json!({ "owner": "octocat", "name": "Spoon-Knife" })));
    assert_eq!(queries.star(&StarId { id: "R_1" }).await.unwrap().add_star.starrable.stargazer_count, 13_001);
    let query =
        "mutation Star($id: ID!) { addStar(input: { starrableId: $id }) { starrable { stargazerCount } } }";
    assert_eq!(seen(&graph), (query.into(), json!({ "id": "R_1" })));
}

#[tokio::test]
async fn errors_in_a_200_are_an_error_with_what_the_server_says() {
    let (_graph, queries) = start().await;
    let error = queries.repository(&RepositoryId { owner: "octocat", name: "CANARY" }).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.effect(), error.status().unwrap().as_u16()),
        (ErrorKind::Classified, Effect::Responded, 200)
    );
    let failure = &error.body().unwrap().errors[0];
    assert_eq!((failure.kind.as_deref(), &failure.path), (Some("NOT_FOUND"), &vec![json!("repository")]));
    assert!(failure.message.contains("CANARY") && !format!("{error} {error:?}").contains("CANARY"));
}

#[tokio::test]
async fn what_reads_may_be_repeated_and_a_mutation_not() {
    let idempotent = QueriesClient::ENDPOINTS.iter().filter(|endpoint| endpoint.idempotent);
    assert_eq!(idempotent.map(|endpoint| endpoint.name).collect::<Vec<_>>(), ["viewer", "repository"]);
}

#[tokio::test]
async fn the_program_asks_four_times() {
    let (graph, mut out) = (Graph::start().await.unwrap(), Vec::new());
    run(Client::builder(graph.api.url()).bearer("t").build().unwrap(), &mut out).await.unwrap();
    assert_eq!(
        String::from_utf8(out).unwrap().replace(graph.api.url().trim_start_matches("http://"), "HOST"),
        "\
viewer      octocat
repository  octocat/Spoon-Knife, 13000 stars
starred     13001 stars
failed      Queries::repository: POST HOST/graphql: the response is an error (200 OK): the query has errors (responded, 1 attempt): NOT_FOUND
"
    );
}
