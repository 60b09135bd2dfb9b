//! See [`declarest_examples::own_types`]: runs against a stand-in for the APIs.

use std::error::Error;

use declarest_examples::own_types::{Stand, run};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    run(&Stand::start().await?, &mut std::io::stdout()).await
}
