//! See [`declarest_examples::programs::offboard_user`].

use std::process::ExitCode;

use clap::Parser;
use declarest_examples::programs::offboard_user::{Args, run};
use declarest_examples::start;

#[tokio::main]
async fn main() -> ExitCode {
    start(Args::parse(), run).await
}
