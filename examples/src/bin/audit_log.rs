//! See [`declarest_examples::programs::audit_log`].

use std::process::ExitCode;

use clap::Parser;
use declarest_examples::programs::audit_log::{Args, run};
use declarest_examples::start;

#[tokio::main]
async fn main() -> ExitCode {
    start(Args::parse(), run).await
}
