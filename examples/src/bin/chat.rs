//! See [`declarest_examples::apis::chat`]: runs against a stand-in for a model.

use std::error::Error;

use declarest::Client;
use declarest_examples::apis::chat::{KEY, Model, run};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let model = Model::start().await?;
    run(Client::builder(model.url()).bearer(KEY).build()?, &mut std::io::stdout()).await
}
