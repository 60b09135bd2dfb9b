//! `cargo declarest`: imports OpenAPI documents as declarest APIs, and runs the test that verifies them.

mod add;
mod import;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Makes declarest APIs of OpenAPI documents, and watches over them.
#[derive(Debug, Parser)]
#[command(name = "cargo declarest", bin_name = "cargo declarest", version, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(import::Arguments),
    Add(add::Arguments),
    Verify(verify::Arguments),
}

/// What a command ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Done,
    /// It ran, and found something that the user has to look at: exit code 1.
    Found,
}

fn main() -> ExitCode {
    // `cargo declarest import` runs `cargo-declarest declarest import`.
    let given = std::env::args_os().enumerate();
    let arguments = given.filter(|(index, text)| *index != 1 || text != "declarest").map(|(_, text)| text);
    let result = match Arguments::parse_from(arguments).command {
        Command::Import(arguments) => import::run(&arguments),
        Command::Add(arguments) => add::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
    };
    match result {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::Found) => ExitCode::from(1),
        Err(message) => {
            say(&format!("error: {message}"));
            ExitCode::from(2)
        }
    }
}

/// Prints progress and messages, so that the standard output holds results only.
#[allow(clippy::print_stderr)] // This is a program.
fn say(text: &str) {
    eprintln!("{text}");
}

/// Prints a result.
fn print(text: &str) {
    use std::io::Write;
    // A reader that has seen enough, such as `head`, closes the pipe: that is not an error.
    drop(writeln!(std::io::stdout(), "{}", text.trim_end()));
}
