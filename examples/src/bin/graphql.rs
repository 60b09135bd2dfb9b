//! See [`declarest_examples::apis::graphql`]: runs against a stand-in for a GraphQL server.

use std::error::Error;

use declarest::Client;
use declarest_examples::apis::graphql::{Graph, run};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let graph = Graph::start().await?;
    run(Client::builder(graph.api.url()).bearer("ghp_example").build()?, &mut std::io::stdout()).await
}
