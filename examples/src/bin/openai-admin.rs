//! See [`declarest_examples::cli`].

use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};
use declarest_examples::cli::{Cli, Command, Screen, run};
use declarest_examples::start;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Command::Completions { shell } = cli.command {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut Cli::command(), "openai-admin", &mut script);
        // It is written here, since the generator panics where nobody reads it to its end.
        let written = std::io::stdout().write_all(&script);
        return if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    start(cli, async |cli, cx| run(cli, Screen::of_stdout(), cx).await).await
}
