//! See [`declarest_examples::programs::admin_keys`].

use std::process::ExitCode;

use clap::Parser;
use declarest_examples::programs::admin_keys::{Args, run};
use declarest_examples::start;

#[tokio::main]
async fn main() -> ExitCode {
    start(Args::parse(), run).await
}
