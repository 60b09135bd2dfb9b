//! Does the eight jobs of [`declarest_examples::jobs`] against an embedded server, and prints a JSON line for each.
#![allow(clippy::print_stdout)]

use std::process::ExitCode;

use declarest_examples::server::Server;
use declarest_examples::{Failure, Session, jobs};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            println!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Failure> {
    let session = Session::embedded(Server::start().await?)?;
    let values = std::env::temp_dir().join(format!("declarest-jobs-{}", std::process::id()));
    let results = jobs::all(session.admin(), session.now(), &values).await;
    // Keys of a server that ends with this program.
    let _removed = std::fs::remove_file(&values);
    for result in results? {
        println!("{result}");
    }
    Ok(())
}
