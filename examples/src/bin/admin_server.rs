//! The embedded server on its own: prints the environment for a client, and serves until its standard input ends.
//!
//! ```sh
//! cargo run -p declarest-examples --bin admin_server
//! ```
#![allow(clippy::print_stdout)]

use std::io::Read as _;

use declarest_examples::server::Server;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let server = Server::start().await?;
    println!("OPENAI_BASE_URL={}", server.base_url());
    println!("OPENAI_ADMIN_KEY={}", server.admin_key());
    println!("NOW={}", server.now());
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    Ok(())
}
