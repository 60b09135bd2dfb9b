//! Runs a program against an embedded server, and keeps what it wrote.

#![allow(dead_code, unreachable_pub)] // each test uses some of it

use clap::Parser;
use declarest_examples::server::Server;
use declarest_examples::{Context, Failure, Session};

/// A session with a fresh server.
pub async fn session() -> Session {
    Session::embedded(Server::start().await.unwrap()).unwrap()
}

/// The server of a session.
pub fn server(session: &Session) -> &Server {
    session.server().unwrap()
}

/// What a run wrote, and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub out: String,
    pub result: Result<(), Failure>,
}

impl Ran {
    /// What it wrote, if it went well.
    #[track_caller]
    pub fn ok(self) -> String {
        if let Err(failure) = &self.result {
            panic!("{failure}\n{}", self.out);
        }
        self.out
    }

    /// What it wrote and why it failed.
    #[track_caller]
    pub fn failed(self) -> (String, String) {
        (self.out, self.result.unwrap_err().to_string())
    }
}

/// Runs a program with these arguments, in a context that `with` may change.
pub async fn run_with<A: Parser>(
    session: &Session,
    args: &[&str],
    with: impl for<'a> FnOnce(Context<'a>) -> Context<'a>,
    run: impl AsyncFnOnce(&A, &mut Context<'_>) -> Result<(), Failure>,
) -> Ran {
    let args = A::try_parse_from([&["program"], args].concat()).unwrap();
    let mut out = Vec::new();
    let result = run(&args, &mut with(Context::new(session, &mut out))).await;
    Ran { out: String::from_utf8(out).unwrap(), result }
}

/// Runs a program with these arguments, asking nobody.
pub async fn run<A: Parser>(
    session: &Session,
    args: &[&str],
    run: impl AsyncFnOnce(&A, &mut Context<'_>) -> Result<(), Failure>,
) -> Ran {
    run_with(session, args, |context| context, run).await
}
